"""`fourpillars trace`, `compare`, `serve` and `doctor`: looking at what was published, and with what."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

Project = Annotated[Path | None, typer.Option("--project", help="The project's root folder.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="The result as JSON.")]
Out = Annotated[
    Path | None, typer.Option("--out", help="The site's folder. Default: reports/site.", show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command(rich_help_panel="Publish")(serve)
    app.command(rich_help_panel="Verify")(trace)
    app.command(rich_help_panel="Verify")(compare)
    app.command(rich_help_panel="Verify")(doctor)


def serve(
    port: Annotated[int, typer.Option("--port", help="0 takes any that is free.")] = 8000,
    out: Out = None,
    json: Json = False,
    project: Project = None,
) -> None:
    """Show the published site on this machine, and to this machine only.

    **Example**: `fourpillars serve --port 8080`
    """
    from fourpillars.catalogue.project import find_project
    from fourpillars.editions.serve import serve_site

    folder = out or find_project(project).reports / "site"

    def ready(address: str) -> None:
        from fourpillars.cli.console import print_json

        if json:
            print_json({"folder": str(folder), "address": address})
        else:
            typer.echo(f"Serving {folder} at {address} (Ctrl-C ends it)")

    serve_site(folder, port, on_ready=ready)


def trace(
    document: Annotated[
        str, typer.Argument(help="A document such as en/industry/C31.html, or a report such as industry/C31.")
    ],
    exhibit: Annotated[str, typer.Argument(help="One of its exhibits, such as fig-growth. Default: all.")] = "",
    edition: Annotated[
        str, typer.Option("--edition", help="A month such as 2026-08. Default: the latest published.")
    ] = "",
    out: Out = None,
    json: Json = False,
    project: Project = None,
) -> None:
    """Follow every value a document shows back to the observations it came from, as CSV on standard output.

    **Examples**

    `fourpillars trace industry/C31 > steel.csv`

    `fourpillars trace zh/overview.pdf fig-heatmap`
    """
    import sys

    from fourpillars.catalogue.project import find_project
    from fourpillars.editions.trace import trace_document, write_csv

    root = find_project(project)
    rows = list(trace_document(root, out or root.reports / "site", document, exhibit, edition))
    if json:
        from fourpillars.cli.console import print_json

        print_json(rows)
    else:
        write_csv(rows, sys.stdout)


def compare(
    first: Annotated[Path, typer.Argument(help="A release, such as reports/site/2026-08.")],
    second: Annotated[Path, typer.Argument(help="Another.")],
    json: Json = False,
) -> None:
    """Compare two sites document by document: text, numbers, captions, order. Exit code 1 where they differ.

    **Example**: `fourpillars compare site-quarto/2026-08 site-embedded/2026-08`
    """
    from fourpillars.editions.compare import compare_sites

    differences = compare_sites(first, second)
    if json:
        from fourpillars.cli.console import print_json

        print_json({"differences": [asdict(one) for one in differences.found], "summary": differences.summary()})
        raise typer.Exit(1 if differences.found else 0)
    for difference in differences.found:
        typer.echo(str(difference))
    typer.echo(differences.summary(), err=True)
    raise typer.Exit(1 if differences.found else 0)


def doctor(json: Json = False, project: Project = None) -> None:
    """Say what is installed and what is missing: Python, packages, Quarto, fonts, data, disk.

    **Example**: `fourpillars doctor`
    """
    from fourpillars.cli.console import print_json, print_table
    from fourpillars.editions.doctor import examine

    findings = examine(project)
    if json:
        print_json([asdict(finding) for finding in findings])
        raise typer.Exit(1 if any(finding.bad for finding in findings) else 0)
    print_table(("", "what", "found"), [[finding.mark, finding.what, finding.found] for finding in findings])
    raise typer.Exit(1 if any(finding.bad for finding in findings) else 0)
