"""`fourpillars publish` and `fourpillars plan`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fourpillars.errors import FourPillarsError

if TYPE_CHECKING:
    from fourpillars.editions.failures import Failure
    from fourpillars.editions.outcome import Outcome
    from fourpillars.editions.plan import PlannedPage
    from fourpillars.editions.prepare import Request
    from fourpillars.editions.routine import Done

Project = Annotated[Path | None, typer.Option("--project", help="The project's root folder.", show_default=False)]
Edition = Annotated[
    str,
    typer.Option("--edition", help="A month such as 2026-08. Default: the latest with all required statistics."),
]
Only = Annotated[
    list[str] | None,
    typer.Option("--only", help="A report such as industry/C31, or a pattern such as 'region/*'. Can be repeated."),
]
Languages = Annotated[str, typer.Option("--lang", help="Languages, such as en or en,zh.")]
Formats = Annotated[str, typer.Option("--format", help="Formats, such as html or html,pdf.")]
RendererName = Annotated[str, typer.Option("--renderer", help="auto (Quarto where it is found), quarto or embedded.")]
Json = Annotated[bool, typer.Option("--json", help="The result as JSON.")]
Out = Annotated[
    Path | None, typer.Option("--out", help="The site's folder. Default: reports/site.", show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command(rich_help_panel="Publish")(publish)
    app.command(rich_help_panel="Publish")(plan)


def publish(
    edition: Edition = "",
    only: Only = None,
    lang: Languages = "en,zh",
    format: Formats = "html,pdf",
    renderer: RendererName = "auto",
    jobs: Annotated[
        int,
        typer.Option("--jobs", "-j", help="Reports made at once. Default: one a core.", show_default=False),
    ] = 0,
    out: Out = None,
    if_new: Annotated[
        bool, typer.Option("--if-new", help="End at once when neither statistics nor code have changed.")
    ] = False,
    allow_missing: Annotated[
        bool,
        typer.Option("--allow-missing", help="Publish although reports failed, and say what is missing."),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Build everything again.")] = False,
    executor: Annotated[
        str, typer.Option("--executor", help="local, or dask: on the cluster of --scheduler.")
    ] = "local",
    scheduler: Annotated[str, typer.Option("--scheduler", help="The Dask scheduler, such as tcp://host:8786.")] = "",
    shared: Annotated[
        str,
        typer.Option("--shared", help="A folder or object store the workers reach too, as fsspec names it."),
    ] = "",
    to: Annotated[
        list[str] | None,
        typer.Option("--to", help="Bring the site there too: a folder, s3://bucket/folder, rsync:host:/folder."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the result.")] = False,
    json: Json = False,
    project: Project = None,
) -> None:
    """Publish an edition: every report, in both languages, as page and PDF.

    What has not changed is kept as it is. Readers have the edition before until the new one is complete; if a
    report fails, they keep it, and the failure is named.

    After `--only`, a process with everything loaded stands by for five minutes, and the next `--only` takes little
    more than half the time. The variable FOURPILLARS_STANDBY gives other seconds, 0 for none.

    **Examples**

    `fourpillars publish`

    `fourpillars publish --edition 2023-11 --out build/site`

    `fourpillars publish --only overview --only 'industry/C3*' --lang zh`
    """
    from fourpillars.cli.console import print_json
    from fourpillars.cli.progress import Progress
    from fourpillars.cli.running import destinations
    from fourpillars.editions.routine import publish_and_tell

    request = _request(
        edition, only, lang, format, renderer, jobs, out, if_new, allow_missing, force, project,
        executor=executor, scheduler=scheduler, shared=shared,
    )  # fmt: skip
    try:
        with Progress(quiet or json) as progress:
            done = publish_and_tell(request, progress, destinations(to))
    except SystemExit:
        typer.echo("Interrupted. What was published before is untouched.", err=True)
        raise
    if json:
        print_json(_as_data(done))
        raise typer.Exit(done.exit_code)
    for failure in done.outcome.failures:
        _print_failure(failure)
    _print_outcome(done.outcome)
    if done.waiting:
        typer.echo(f"  {done.waiting.said('en')}")
    for one in done.deliveries:
        typer.echo(f"  {one.said}", err=bool(one.error))
    raise typer.Exit(done.exit_code)


def plan(
    edition: Edition = "",
    only: Only = None,
    lang: Languages = "en,zh",
    format: Formats = "html,pdf",
    renderer: RendererName = "auto",
    out: Out = None,
    json: Json = False,
    project: Project = None,
) -> None:
    """Show what `publish` would do: every document, and why it would be built.

    **Examples**

    `fourpillars plan`

    `fourpillars plan --only 'region/*'`
    """
    from fourpillars.cli.console import print_json, print_table
    from fourpillars.editions.prepare import prepare

    request = _request(edition, only, lang, format, renderer, 1, out, False, False, False, project)
    ready = prepare(request)
    rows = [[path, "build" if item.reasons else "keep", _why(item)] for item in ready.plan.pages for path in item.paths]
    heads = ("document", "action", "because")
    if json:
        documents = [dict(zip(heads, row, strict=True)) for row in rows]
        print_json({"edition": ready.edition, "preview": ready.plan.because, "documents": documents})
        return
    print_table(heads, rows)
    counts = Counter(row[1] for row in rows)
    kind = (
        f"a preview, as {ready.plan.because}"
        if ready.plan.preview
        else "a release"
        if counts["build"]
        else "nothing new"
    )
    typer.echo(
        f"Edition {ready.edition}, {ready.renderer.identity}: {counts['build']} to build, "
        f"{counts['keep']} to keep; makes {kind}.",
        err=True,
    )


def _why(item: PlannedPage) -> str:
    """Say why a page would be built; of the statistics, which it read that have changed."""
    said = ", ".join(item.reasons)
    named = [name.replace("/", " of the ") for name in item.changed if "/" in name]
    if not named:
        return said
    more = f" and {len(named) - 3} more" if len(named) > 3 else ""
    return f"{said}: {', '.join(named[:3])}{more}"


def _request(
    edition: str, only: list[str] | None, lang: str, format: str, renderer: str, jobs: int, out: Path | None,
    if_new: bool, allow_missing: bool, force: bool, project: Path | None, **cluster: str,
) -> Request:  # fmt: skip
    import os

    from fourpillars.editions.prepare import Request

    if jobs < 0:
        raise FourPillarsError(f"--jobs is {jobs}.", "It must be at least 1.")
    return Request(
        project=project,
        edition=edition,
        only=tuple(name.strip("/").removesuffix(".html").removesuffix(".pdf") for name in only or ()),
        languages=_words(lang),
        formats=_words(format),
        renderer=renderer,
        jobs=jobs or len(os.sched_getaffinity(0)),
        out=out,
        if_new=if_new,
        allow_missing=allow_missing,
        force=force,
        **cluster,
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def _as_data(done: Done) -> dict[str, Any]:
    outcome = done.outcome
    return {
        **done.run.as_dict(),
        "folder": str(outcome.folder),
        "failures": [failure.as_dict() for failure in outcome.failures],
        "measured": outcome.measured,
        "waiting": {"edition": done.waiting.edition, "said": done.waiting.said("en")} if done.waiting else None,
        "retired": list(done.retired),
        "deliveries": [vars(one) for one in done.deliveries],
        "notices": [vars(one) for one in done.notices],
    }


def _print_failure(failure: Failure) -> None:
    cell = "" if failure.cell is None else f", cell {failure.cell}"
    values = ", ".join(f"{name}={value!r}" for name, value in failure.parameters.items())
    lines = [
        f"\nFailed: {failure.key} ({failure.title})",
        f"  notebook    {failure.notebook}{cell}",
        f"  parameters  {values}",
    ]
    lines.append(f"  cause       {failure.cause}")
    if failure.hint:
        lines.append(f"              {failure.hint}")
    if failure.kept:
        lines.append(f"  kept        {failure.kept}")
    typer.echo("\n".join(lines), err=True)


def _print_outcome(outcome: Outcome) -> None:
    from fourpillars.cli.console import megabytes, seconds

    built, kept, failed = outcome.built, outcome.kept, len(outcome.failures)
    sentence = {
        "published": f"release {outcome.release} is published: {built} documents built, {kept} unchanged.",
        "same": f"{built} documents were built and came out as published; release {outcome.release} stays.",
        "unchanged": f"nothing has changed; release {outcome.release} stays.",
        "held": f"release {outcome.release} was rolled back to, and nothing has changed since; it stays.",
        "preview": f"a preview of {built} documents, as {outcome.because}.",
        "failed": f"{failed} failed, {built} documents were built. What was published before stays.",
    }[outcome.state]
    if outcome.state != "failed" and outcome.failures:
        sentence += f" {failed} failed and are left out."
    typer.echo(f"Edition {outcome.edition}: {sentence}")
    typer.echo(f"  {outcome.folder}")
    if outcome.measured:
        measured = outcome.measured
        stages = ", ".join(f"{stage} {seconds(value)}" for stage, value in measured["stages_wall_seconds"].items())
        memory = megabytes(measured["peak_memory_bytes"])
        typer.echo(f"  {seconds(measured['wall_seconds'])} ({stages}); peak memory {memory}; {outcome.renderer}")
