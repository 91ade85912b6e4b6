"""Render the pages of an edition with the Quarto command line: one project, one render, both formats.

A document that makes the render fail is found, named and left out, and the rest is rendered.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import yaml

from fourpillars.editions.front import findings
from fourpillars.editions.page_task import PageTask
from fourpillars.editions.prepare import Prepared
from fourpillars.editions.quarto_paper import SETTINGS, furnish_paper, tell_of_page
from fourpillars.editions.redaction import without_secrets
from fourpillars.editions.render.compact import compact
from fourpillars.editions.render.page import Group, PageContext
from fourpillars.editions.render.policy import with_policy
from fourpillars.editions.render.words import load_words
from fourpillars.errors import FourPillarsError
from fourpillars.exhibits.dates import period
from fourpillars.exhibits.language import document_tag, text
from fourpillars.exhibits.markdown import line

OUTPUT = "_site"
INDEX = "index"
_AT = re.compile(r"\[\s*\d+/\d+\]\s+(\S+)\.(?:ipynb|md)")
_ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_LAST_WORDS = 12


def render_project(tasks: Sequence[PageTask], folder: Path, ready: Prepared) -> dict[str, str]:
    """Render the language copies that lie in `folder` into the tree of the release.

    Parameters
    ----------
    tasks : sequence of PageTask
        The pages; each one's copy is `folder/<lang>/<slug>.ipynb`.
    folder : Path
        Becomes the Quarto project.

    Returns
    -------
    dict
        What went wrong, by key of the page; empty where nothing did.
    """
    errors: dict[str, str] = {}
    waiting = {task.key: task for task in tasks}
    _furnish(folder, tasks, ready)
    for task in tasks:
        if said := _untold(task, ready):
            errors[task.key] = said
            waiting.pop(task.key).copy.unlink()
    while waiting:
        _write_project(folder, list(waiting.values()), ready)
        said = _quarto(ready.renderer.command, folder)
        if said is None:
            break
        culprit = _named(said, waiting) or _found_alone(ready.renderer.command, folder, waiting)
        if culprit is None:
            return {**errors, **dict.fromkeys(waiting, f"Quarto failed: {said}")}
        errors[culprit] = f"Quarto failed: {said}"
        waiting.pop(culprit).copy.unlink()
    for task in waiting.values():
        missing = _collect(task, folder / OUTPUT)
        if missing:
            errors[task.key] = f"Quarto wrote no {missing}."
    _collect_shared(list(waiting.values()), folder / OUTPUT)
    return errors


def project_file(base: dict[str, Any], tasks: Sequence[PageTask], title: str) -> dict[str, Any]:
    """Return the contents of `_quarto.yml`: those of `reports/_quarto.yml` with an edition's documents and
    navigation."""
    documents = [f"{lang}/{INDEX}.md" for lang in _languages(tasks)] + [f"{task.key}.ipynb" for task in tasks]
    made = {key: dict(value) if isinstance(value, dict) else value for key, value in base.items()}
    made["project"] = {**made.get("project", {}), "output-dir": OUTPUT, "render": documents}
    made["website"] = {
        **made.get("website", {}),
        "title": title,
        "navbar": {"left": [_language_link(lang) for lang in _languages(tasks)]},
        "sidebar": [_sidebar(lang, tasks) for lang in _languages(tasks)],
    }
    html = {**made["format"]["html"], "include-in-header": {"file": "head.html"}}
    typst = {**(made["format"].get("typst") or {}), **SETTINGS}
    made["format"] = {**made["format"], "html": html, "typst": typst}
    formats = {"html": "html", "pdf": "typst"}
    wanted = {formats[format] for task in tasks for format in task.formats}
    made["format"] = {name: value for name, value in made["format"].items() if name in wanted}
    return made


def _furnish(folder: Path, tasks: Sequence[PageTask], ready: Prepared) -> None:
    """Put style and fonts into the project, and what its PDFs need."""
    from fourpillars.exhibits.fonts import font_files

    shutil.copyfile(ready.project.reports / "theme" / "quarto.css", folder / "quarto.css")
    (folder / "fonts").mkdir(exist_ok=True)
    for path in font_files().values():
        shutil.copyfile(path, folder / "fonts" / path.name)
    if any("pdf" in task.formats for task in tasks):
        furnish_paper(folder, ready)


def _untold(task: PageTask, ready: Prepared) -> str:
    """Write beside a page's copy what its PDF is told; return what is wrong with the copy, or ''."""
    try:
        if "pdf" in task.formats:
            tell_of_page(task, ready)
    except FourPillarsError as error:
        return error.message
    return ""


def _write_project(folder: Path, tasks: list[PageTask], ready: Prepared) -> None:
    base = yaml.safe_load((ready.project.reports / "_quarto.yml").read_text(encoding="utf-8"))
    title = " · ".join(line(ready.config.title.get(lang)) for lang in _languages(tasks))
    made = project_file(base, tasks, title)
    (folder / "_quarto.yml").write_text(yaml.safe_dump(made, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assets = tasks[0].context.assets
    scripts = [f'<script defer src="/assets/{assets[name]}"></script>' for name in ("vega", "charts") if name in assets]
    (folder / "head.html").write_text("\n".join(scripts) + "\n", encoding="utf-8")
    for lang in _languages(tasks):
        (folder / lang / f"{INDEX}.md").write_text(_index(lang, tasks, ready), encoding="utf-8")


def _index(lang: str, tasks: Sequence[PageTask], ready: Prepared) -> str:
    """Return the front page of a language, as Markdown that Quarto renders to a page only."""
    own = [task for task in tasks if task.context.lang == lang]
    month = text("edition.edition", lang, month=period(ready.edition, lang))
    head = {
        "title": line(ready.config.title.get(lang)),
        "subtitle": month,
        "lang": document_tag(lang),
        "format": {"html": {"toc": False}},
    }
    lines = [
        "---",
        yaml.safe_dump(head, allow_unicode=True).rstrip(),
        "---",
        "",
        line(ready.config.description.get(lang)),
    ]
    if own[0].context.correction:
        lines += ["", "::: {.callout-important}", line(own[0].context.correction), ":::"]
    present = {task.context.slug for task in own}
    found = findings(own[0].tree, lang, ready.config.front)
    if found:
        words = load_words(ready.project.reports, lang)
        lines += ["", f"## {line(words['findings'])}", ""]
        lines += [f"- {line(one.text)}" for one in found]
    for group in own[0].context.navigation:
        links = [f"- [{line(label)}]({slug}.ipynb)" for slug, label in group.reports if slug in present]
        lines += ["", f"## {line(group.title)}", "", *links] if links else []
    return "\n".join(lines) + "\n"


def _sidebar(lang: str, tasks: Sequence[PageTask]) -> dict[str, Any]:
    own = [task for task in tasks if task.context.lang == lang]
    present = {task.context.slug for task in own}
    contents: list[dict[str, Any]] = [{"text": text("edition.contents", lang), "href": f"{lang}/{INDEX}.md"}]
    for group in own[0].context.navigation:
        links = [
            {"text": line(label), "href": f"{lang}/{slug}.ipynb"} for slug, label in group.reports if slug in present
        ]
        contents += _section(group, links)
    return {"id": f"reports-{lang}", "style": "docked", "collapse-level": 1, "contents": contents}


def _section(group: Group, links: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return links if len(links) < 2 else [{"section": line(group.title), "contents": links}]


def _language_link(lang: str) -> dict[str, str]:
    return {"text": {"en": "English", "zh": "中文"}[lang], "href": f"{lang}/{INDEX}.md"}


def _languages(tasks: Sequence[PageTask]) -> list[str]:
    return sorted({task.context.lang for task in tasks})


def _quarto(command: str, folder: Path, document: str = "") -> str | None:
    """Render the project, or one document of it; return what Quarto said last if it failed, None if it did
    not."""
    log = folder / "quarto.log"
    with log.open("w", encoding="utf-8") as output:
        try:
            ended = subprocess.run(
                [command, "render", *([document] if document else [])],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**without_secrets(os.environ), "NO_COLOR": "1"},
            )
        except OSError as error:
            raise FourPillarsError(
                f"Quarto ({command}) could not be started: {error.strerror}.",
                "The published edition is untouched. Install Quarto again, or publish with --renderer embedded.",
            ) from None
    if ended.returncode == 0:
        return None
    lines = _ANSI.sub("", log.read_text(encoding="utf-8", errors="replace")).splitlines()
    said = [line.strip() for line in lines if line.strip()]
    return "\n".join(said[-_LAST_WORDS:]) or f"exit code {ended.returncode}"


def _named(said: str, waiting: dict[str, PageTask]) -> str | None:
    """Return the document Quarto was at when it failed."""
    at = [key for key in _AT.findall(said) if key in waiting]
    return at[-1] if at else None


def _found_alone(command: str, folder: Path, waiting: dict[str, PageTask]) -> str | None:
    """Render one document after another until one fails."""
    return next((key for key in waiting if _quarto(command, folder, f"{key}.ipynb") is not None), None)


def _collect(task: PageTask, site: Path) -> str:
    """Move a page's documents into the tree; return the format that is missing, or ''."""
    for format in task.formats:
        made, into = site / task.path(format), task.tree / task.path(format)
        if not made.is_file():
            return format
        into.parent.mkdir(parents=True, exist_ok=True)
        if format == "html":
            into.write_text(_as_of_this_site(made.read_text(encoding="utf-8"), task.context), encoding="utf-8")
        else:
            into.write_bytes(compact(made.read_bytes()))
    return ""


def _collect_shared(tasks: Sequence[PageTask], site: Path) -> None:
    """Take over what the pages share: Quarto's own scripts and styles, the search index, the front pages."""
    if not tasks:
        return
    tree = tasks[0].tree
    if (site / "site_libs").is_dir():
        shutil.copytree(site / "site_libs", tree / "site_libs", dirs_exist_ok=True)
    if (site / "search.json").is_file():
        shutil.copyfile(site / "search.json", tree / "search.json")
    for lang in _languages(tasks):
        page = site / lang / f"{INDEX}.html"
        if page.is_file():
            context = tasks[0].context
            here = replace(context, slug=INDEX, lang=lang, root=context.root.removeprefix(context.up))
            html = _as_of_this_site(page.read_text(encoding="utf-8"), here)
            (tree / lang / f"{INDEX}.html").write_text(html, encoding="utf-8")


def _as_of_this_site(html: str, page: PageContext) -> str:
    """Give a page the shared scripts, the picture for social media, and the policy that says what it may do."""
    picture = "" if page.preview else f'<meta property="og:image" content="{escape(page.image)}">\n'
    return with_policy(_with_shared_assets(html, page.root).replace("</head>", f"{picture}</head>", 1))


def _with_shared_assets(html: str, root: str) -> str:
    """Point a page to the scripts that all releases of a site share.

    Examples
    --------
    >>> _with_shared_assets('<script src="../assets/vega.0a1b2c3d.js">', "../../")
    '<script src="../../assets/vega.0a1b2c3d.js">'
    """
    return re.sub(r'(src|href)="(?:\.{0,2}/)*assets/([\w.-]+\.[0-9a-f]{8}\.\w+)"', rf'\1="{root}assets/\2"', html)
