"""`fourpillars check` and `fourpillars indicators`: what goes in, and what it allows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import pandas as pd

Project = Annotated[
    Path | None, typer.Option("--project", help="The project's root folder.", show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command(rich_help_panel="Analyse")(check)
    app.command(rich_help_panel="Analyse")(indicators)


def check(project: Project = None) -> None:
    """Check the statistics, codelists and indicators: all problems at once, each with file, row, column and a
    hint.

    **Example**: `fourpillars check`
    """
    from fourpillars.catalogue import load_catalogue
    from fourpillars.catalogue.problems import DataError
    from fourpillars.catalogue.project import find_project
    from fourpillars.editions.config import load_config
    from fourpillars.observations import check as check_observations
    from fourpillars.observations import load_observations

    root = find_project(project)
    problems = check_observations(root)
    if problems:
        raise DataError(problems)
    catalogue, observations = load_catalogue(root), load_observations(root)
    config = load_config(root.reports)
    typer.echo(
        f"No problems: {len(observations.frame):,} observations, {len(observations.sources):,} sources, "
        f"{len(catalogue.indicators)} indicators, {len(catalogue.clauses)} clauses, "
        f"{len(config.reports)} kinds of report."
    )


def indicators(
    edition: Annotated[
        str, typer.Option("--edition", help="A month such as 2026-08. Default: the latest.")
    ] = "",
    pillar: Annotated[str, typer.Option("--pillar", help="Only this pillar.")] = "",
    lang: Annotated[str, typer.Option("--lang", help="en or zh.")] = "en",
    project: Project = None,
) -> None:
    """List the indicators, with how many units of each kind have a value in an edition.

    **Example**: `fourpillars indicators --pillar growth --edition 2023-11`
    """
    from fourpillars.catalogue import load_catalogue
    from fourpillars.catalogue.project import find_project
    from fourpillars.cli.console import print_table
    from fourpillars.editions.config import LANGUAGES, load_config
    from fourpillars.editions.months import check_edition, default_edition, known_edition
    from fourpillars.errors import UnknownNameError

    if lang not in LANGUAGES:
        raise UnknownNameError.of("language", lang, LANGUAGES)
    month = check_edition(edition) if edition else ""
    root = find_project(project)
    catalogue = load_catalogue(root)
    names = [item.code for item in catalogue.pillars]
    if pillar and pillar not in names:
        raise UnknownNameError.of("pillar", pillar, names)
    from fourpillars.indicators import compute
    from fourpillars.observations import load_observations

    observations, config = load_observations(root), load_config(root.reports)
    month = known_edition(month, config, observations) if month else default_edition(config, observations)
    frame = compute(observations.until(month), catalogue).frame(month)
    rows = []
    for code, indicator in catalogue.indicators.items():
        if not pillar or indicator.pillar == pillar:
            own = frame[frame["indicator"] == code]
            rows.append([code, indicator.pillar, catalogue.name(code, lang), indicator.unit, *_coverage(own)])
    print_table(("indicator", "pillar", "name", "unit", "industries", "provinces", "nation", "latest"), rows)
    typer.echo(f"Edition {month}: {len(rows)} indicators.", err=True)


def _coverage(frame: pd.DataFrame) -> list[str]:
    """Return 'with a value / all' for industries, provinces and the nation, and the latest period
    observed."""
    national = frame["ref_area"] == "CN"
    total = frame["activity"].isin(["B-D", "_T"])
    kinds = (frame[national & ~total], frame[~national], frame[national & total])
    counts = [f"{(kind['status'] == 'ok').sum()}/{len(kind)}" if len(kind) else "–" for kind in kinds]
    observed = sorted(
        {str(period) for period in frame.loc[frame["status"] == "ok", "observed_period"].dropna()}
    )
    return [*counts, observed[-1] if observed else "–"]
