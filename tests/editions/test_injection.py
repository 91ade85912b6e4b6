"""Data is never markup, code or a path: one hostile text in every place a text can come from."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pypandoc
import pypdfium2
import pytest
import yaml
from bs4 import BeautifulSoup
from lxml import etree

from fourpillars.cli.progress import Progress
from fourpillars.editions.config import load_config
from fourpillars.editions.prepare import Request
from fourpillars.editions.publish import publish
from fourpillars.editions.render.document import cell_options
from fourpillars.editions.run.commentary import safe_markdown
from fourpillars.editions.run.copy import language_copy
from fourpillars.editions.run.exhibit_form import links_of
from fourpillars.errors import FourPillarsError
from fourpillars.exhibits.cells import plain
from fourpillars.exhibits.exhibit import MIME, Exhibit, chart, prose, table
from fourpillars.exhibits.markdown import literal
from fourpillars.exhibits.tables import Column, html_table

from .conftest import write_project

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> <!-- a --> &lt;b&gt; **bold** _it_ `code`{=html} "
    '[link](javascript:alert) ![p](x.png) {{< include /etc/passwd >}} #panic("t") #read("/etc/passwd") $x^2$ '
    "\\input{/etc/passwd} @fig-growth {.cls onclick=a} ::: </table></figure> $(touch pwned) os.execute('touch pwned') "
    "../../up '; -- --> ..."
)
FORMULA = '=HYPERLINK("http://evil.example","x")'
SHORT = "<i>*x*"  # an axis has room for no more
COMMENTARY = (
    f"{HOSTILE}\n\n# Heading {{onclick=a}}\n\n```{{=html}}\n<script>alert(3)</script>\n```\n\n::: {{.cls}}\na\n:::\n"
)
PARAMETER = "\"; open('pwned', 'w') #{note}\\"
CELLS = r"""
from fourpillars.catalogue import load_catalogue
from fourpillars.exhibits.markdown import literal
from fourpillars.exhibits.exhibit import prose
from fourpillars.exhibits.tables import Column, html_table
evil = load_catalogue().name("C31", lang)
data["activity"] = ["C31", "C39"]
data["shown"] = [evil, "=1+1"]
spec["data"]["values"][0]["month"] = evil
spec["data"]["values"][0] |= {"href": "javascript:alert(4)", "code": "C31"}
spec["encoding"]["href"] = {"field": "href"}
spec["title"] = evil
"""
SHOWN = [
    'chart("fig-growth", vegalite=spec, title=evil, subtitle=evil, alt=evil, notes=[evil, note], lang=lang, data=data, '
    "source_ids=[source], sources=sources)",
    'table("tbl-growth", table_html=html_table(pd.DataFrame({"a": [evil, "=1+1"]}), [Column("a", evil)], lang=lang), '
    "title=evil, lang=lang, data=data)",
    'prose("txt-finding", markdown=literal(evil), title=evil, lang=lang)',
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny project with hostile texts wherever there are texts, published once."""
    root = write_project(tmp_path_factory.mktemp("hostile") / "a {project}")
    _rename(root / "data/codelists/activity.csv", "code", {"C31": HOSTILE, "C39": FORMULA}, "name_")
    _rename(root / "data/codelists/activity.csv", "code", {"C31": SHORT, "C39": SHORT}, "short_")
    source = next(csv.DictReader((root / "data/observations/sources.csv").open(encoding="utf-8")))["source_id"]
    _rename(root / "data/observations/sources.csv", "source_id", {source: HOSTILE}, "title", "publisher")
    both = {"en": HOSTILE, "zh": HOSTILE}
    path = root / "reports/edition.yml"
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    config |= {"title": both, "description": both, "corrections": {"2026-08": {1: both}}}
    config["groups"] = [{**group, "title": both} for group in config["groups"]]
    config["front"] = {
        "findings": [{"report": "overview"}],
        "exhibits": [{"report": "overview", "exhibit": "fig-growth"}],
    }
    config["reports"][0] |= {"label": both, "parameters": {"note": PARAMETER}}
    path.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    _write_notebook(root / "notebooks/tiny.ipynb", source)
    commentary = root / "reports/commentary/2026-08/en/overview.md"
    commentary.parent.mkdir(parents=True)
    commentary.write_text(COMMENTARY, encoding="utf-8")
    before = _files(root)
    outcome = publish(Request(project=root, renderer="embedded", languages=("en",), jobs=1), Progress(quiet=True))
    assert outcome.state == "published", outcome.failures
    assert {name for name in _files(root) - before if not name.startswith("reports/site/")} == set()
    assert {path.name for path in root.parent.iterdir()} == {root.name}
    return root


@pytest.fixture
def release(hostile: Path) -> Path:
    return hostile / "reports/site/2026-08"


def _rename(path: Path, key: str, names: dict[str, str], *columns: str) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row[key] in names:
            row |= {column: names[row[key]] for column in row if column.startswith(columns)}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_notebook(path: Path, source: str) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"]["fourpillars"] = {
        "title": {"en": HOSTILE, "zh": HOSTILE},
        "description": {"en": HOSTILE, "zh": HOSTILE},
    }
    parameters, exhibits, english, chinese, shown_cell, _ = notebook["cells"]
    parameters["source"] = ['edition: str = ""\nlang: str = "en"\nnote: str = ""']
    exhibits["source"] = [
        "".join(exhibits["source"]),
        CELLS,
        "from fourpillars.observations import load_observations\n"
        f"source, sources = {source!r}, load_observations().sources\n",
    ]
    cells = []
    for index, shown in enumerate(SHOWN):
        cells.append({**shown_cell, "id": f"shown-{index}", "source": [shown]})
    notebook["cells"] = [parameters, exhibits, english, chinese, *cells]
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def _files(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def _pages(release: Path) -> Iterator[tuple[Path, BeautifulSoup]]:
    site = release.parent
    for path in [*release.rglob("*.html"), site / "index.html", site / "404.html"]:
        yield path, BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_pages_show_it_as_text(release: Path) -> None:
    for path, page in _pages(release):
        for script in page("script"):
            own = script.get("src", "").startswith(("../", "assets/"))
            assert own or script["type"] in ("application/json", "text/plain"), path  # data, never run
        for element in page(True):
            assert not [name for name in element.attrs if name.startswith("on")], (path, element.name)
            for name in ("href", "xlink:href", "src"):
                address = str(element.get(name, "")).strip().lower()
                assert address == "data:," or not address.startswith(("javascript:", "data:")), path
            assert "cls" not in element.get("class", []), path
        assert not page(["img", "iframe", "object", "embed", "base"]), path
        assert not page.find_all("a", href=re.compile("alert|passwd")), path


def test_it_is_there_in_full(release: Path) -> None:
    page = BeautifulSoup((release / "en/overview.html").read_text(encoding="utf-8"), "html.parser")
    wanted = _squeezed(HOSTILE)
    for chosen in ("h1", ".description", ".fp-finding", ".fp-subtitle", ".fp-notes", "table th", ".breadcrumb"):
        assert any(wanted in _squeezed(found.get_text()) for found in page.select(chosen)), chosen
    assert wanted in _squeezed(page.select_one(".fp-source").get_text())
    assert PARAMETER in [found.get_text() for found in page.select(".fp-notes")]
    assert wanted in _squeezed(page.select_one("[role=img]")["aria-label"])
    assert "<script>alert(3)</script>" in page.select_one(".fp-commentary").get_text()
    assert wanted in _squeezed(page.select_one("svg").get_text())
    front = BeautifulSoup((release / "en/index.html").read_text(encoding="utf-8"), "html.parser")
    for chosen in ("h1", ".description", ".group-nation h2", ".front-list a"):
        assert any(wanted in _squeezed(found.get_text()) for found in front.select(chosen)), chosen


def test_the_pdf_shows_it_as_text(release: Path) -> None:
    with pypdfium2.PdfDocument(release / "en/overview.pdf") as pdf:
        seen = _squeezed("".join(page.get_textpage().get_text_range() for page in pdf))
        title = pdf.get_metadata_value("Title")
    assert " ".join(title.split()) == " ".join(HOSTILE.split())
    assert "root:x:0" not in seen
    for part in ("<script>alert(1)</script>", '#panic("t")', "{{<include/etc/passwd>}}", "$x^2$", "**bold**"):
        assert seen.count(part.replace(" ", "")) >= 3, part


def test_tables_to_take_away_hold_no_formula(release: Path) -> None:
    for path in (release / "data").rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if plain(cell) != cell], path
    workbook = next((release / "data").glob("*.xlsx"))
    with zipfile.ZipFile(workbook) as book:
        for name in book.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in book.read(name)
                assert b"hyperlink" not in book.read(name)
        strings = etree.fromstring(book.read("xl/sharedStrings.xml"))
    assert HOSTILE in {"".join(item.itertext()) for item in strings}
    with (release / "data/codes.csv").open(encoding="utf-8-sig", newline="") as file:
        named = {row["code"]: row["name_en"] for row in csv.DictReader(file)}
    assert named["C31"] == HOSTILE
    assert named["C39"] == f"'{FORMULA}"


def test_feed_manifest_and_search_hold_text(release: Path) -> None:
    feed = etree.parse(release.parent / "feed.en.xml").getroot()
    assert feed.findtext("{*}title") == HOSTILE
    assert {etree.QName(element).localname for element in feed.iter()} == {
        "feed", "id", "title", "updated", "author", "name", "link", "entry", "summary",
    }  # fmt: skip
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["title"]["en"] == HOSTILE
    assert all(".." not in entry["path"] for entry in manifest["documents"])
    assert (release / "pagefind/pagefind.js").is_file()


def test_quarto_reads_its_copy_as_the_same_text() -> None:
    executed = nbformat.v4.new_notebook(cells=[_shown(exhibit) for exhibit in _exhibits()])
    texts = {"title": HOSTILE, "description": HOSTILE, "commentary": safe_markdown(COMMENTARY)}
    copy = language_copy(executed, "en", {"fig-a": "<svg></svg>"}, **texts)
    nbformat.validate(copy)
    options = [cell_options(cell.source) for cell in copy.cells if cell.cell_type == "code"]
    captions = {name: value for own in options for name, value in own.items() if name.endswith("-cap")}
    assert set(captions) == {"fig-cap", "tbl-cap"}
    captions["tbl-cap"] = _as_attribute(captions["tbl-cap"])
    metadata = {**yaml.safe_load(copy.cells[0].source.strip("-")), **captions}
    prose = [cell.source for cell in copy.cells if cell.cell_type == "markdown"]
    outputs = [cell.outputs[0].data["text/markdown"] for cell in copy.cells if cell.cell_type == "code"]
    document = _pandoc_reads(metadata, "\n\n".join([*prose, *outputs]))
    for name in ("title", "description", "fig-cap", "tbl-cap"):
        assert _squeezed(_said(document["meta"][name])) == _squeezed(HOSTILE), name
    said = _squeezed(_said(document["blocks"]))
    assert said.count(_squeezed(HOSTILE)) == 1  # the finding
    assert said.count("<script>alert(1)</script><imgsrc=xonerror=alert(2)>") == 2  # and the commentary
    raw = [node["c"] for node in _nodes(document) if node["t"] in ("RawBlock", "RawInline")]
    assert [form for form, _ in raw] == ["html", "typst"] * 2
    assert not [node for node in _nodes(document) if node["t"] in ("Image", "Math", "Cite", "Link")]
    for form, content in raw:
        if form == "html":
            page = BeautifulSoup(content, "html.parser")
            assert not page(["img", "b"])
            assert not [name for element in page(True) for name in element.attrs if name.startswith("on")]
        else:
            assert '#panic("t")' not in content  # in a string its quotes are escaped


def _exhibits() -> Iterator[Exhibit]:
    frame = pd.DataFrame({"activity": ["C31"], "time_period": ["2026-08"], "value": [1.0], "shown": [HOSTILE]})
    about = {"title": HOSTILE, "lang": "en", "data": frame, "notes": [HOSTILE]}
    spec = {"data": {"values": [{"a": HOSTILE}]}, "mark": "bar", "title": HOSTILE}
    yield chart("fig-a", vegalite=spec, alt=HOSTILE, subtitle=HOSTILE, **about)
    rows = pd.DataFrame({"a": [HOSTILE]})
    yield table("tbl-a", table_html=html_table(rows, [Column("a", HOSTILE)], lang="en"), **about)
    yield prose("txt-a", markdown=literal(HOSTILE), **about)


def _shown(exhibit: Exhibit) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(outputs=[nbformat.v4.new_output("display_data", data={MIME: exhibit.to_json()})])


def _as_attribute(caption: str) -> str:
    """Hand a caption on as Quarto hands on a table's."""
    escaped = caption.replace("'", "\\'")
    (div,) = _pandoc_reads({}, f"::: {{#tbl-a tbl-cap='{escaped}'}}\nText\n:::")["blocks"]
    return dict(div["c"][0][2])["tbl-cap"]


def _pandoc_reads(metadata: dict[str, str], markdown: str) -> dict[str, Any]:
    head = yaml.safe_dump(metadata, allow_unicode=True, width=10**6)
    return json.loads(pypandoc.convert_text(f"---\n{head}---\n\n{markdown}", "json", format="markdown"))


def _nodes(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if "t" in part:
            yield part
        part = list(part.values())
    for one in part if isinstance(part, list) else ():
        yield from _nodes(one)


def _said(part: Any) -> str:
    marks = {"SingleQuote": "'", "DoubleQuote": '"'}
    return "".join(marks.get(node["t"], node["c"] if node["t"] == "Str" else "") for node in _nodes(part))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//evil.example/a.html", "http://e/a.html", "../a.html?x", ""]
)
def test_charts_lead_to_pages_of_the_site_only(address: str) -> None:
    assert links_of({"datasets": {"d": [{"code": "C31", "href": address}]}}) == {}


@pytest.mark.parametrize("slug", ["../up", "a/../../b", "/etc/x", "a\\b", "a b", "a%2e", "A/b", ".hidden", "a//b"])
def test_an_address_that_leaves_the_site_is_refused(project: Path, edit, slug: str) -> None:
    edit("reports/edition.yml", "slug: overview", f"slug: {json.dumps(slug)}")
    with pytest.raises(FourPillarsError, match="slug"):
        load_config(project / "reports")


@pytest.mark.parametrize("asked", [{"edition": "../../x"}, {"only": ("../x",)}, {"languages": ("../en",)}])
def test_a_request_that_leaves_the_site_is_refused(project: Path, asked: dict) -> None:
    with pytest.raises(FourPillarsError):
        publish(Request(project=project, renderer="embedded", **asked), Progress(quiet=True))
    assert not (project / "reports/site").exists()


def test_a_code_that_leaves_the_site_is_refused(project: Path, edit) -> None:
    edit("data/codelists/activity.csv", "C39,", "../../up,")
    edit("reports/edition.yml", "codes: [C31, C39]", "codes: [C31, ../../up]")
    with pytest.raises(FourPillarsError):
        publish(Request(project=project, renderer="embedded"), Progress(quiet=True))
    assert not (project / "reports/site").exists()
