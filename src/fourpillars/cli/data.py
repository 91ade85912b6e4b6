"""`fourpillars check` and `fourpillars indicators`: what goes in, and what it allows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import pandas as pd

    from fourpillars.catalogue import Catalogue
    from fourpillars.catalogue.indicator import Indicator

Project = Annotated[Path | None, typer.Option("--project", help="The project's root folder.", show_default=False)]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command(rich_help_panel="Analyse")(check)
    app.command(rich_help_panel="Analyse")(indicators)


def check(
    json: Annotated[bool, typer.Option("--json", help="The result as JSON.")] = False, project: Project = None
) -> None:
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
    if json:
        from fourpillars.cli.console import print_json

        counts = {"observations": len(observations.frame), "sources": len(observations.sources)}
        counts |= {"indicators": len(catalogue.indicators), "clauses": len(catalogue.clauses)}
        print_json({"problems": [], **counts, "reports": len(config.reports)})
        return
    typer.echo(
        f"No problems: {len(observations.frame):,} observations, {len(observations.sources):,} sources, "
        f"{len(catalogue.indicators)} indicators, {len(catalogue.clauses)} clauses, "
        f"{len(config.reports)} kinds of report."
    )


def indicators(
    edition: Annotated[str, typer.Option("--edition", help="A month such as 2026-08. Default: the latest.")] = "",
    pillar: Annotated[str, typer.Option("--pillar", help="Only this pillar.")] = "",
    lang: Annotated[str, typer.Option("--lang", help="en or zh.")] = "en",
    json: Annotated[bool, typer.Option("--json", help="One record an indicator and kind, as JSON.")] = False,
    project: Project = None,
) -> None:
    """List the indicators with their coverage: units with a current value, first and last period.

    A count such as 20/41 is of industries with a current value; in brackets, where more have had one, how
    many in all.

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
    from fourpillars.indicators.coverage import coverage
    from fourpillars.observations import load_observations

    observations, config = load_observations(root), load_config(root.reports)
    month = known_edition(month, config, observations) if month else default_edition(config, observations)
    table = coverage(compute(observations.until(month), catalogue), month)
    entries = {code: entry for code, entry in catalogue.indicators.items() if pillar in ("", entry.pillar)}
    table = table[table["indicator"].isin(list(entries))]
    if json:
        typer.echo(_as_json(table, entries, catalogue, lang))
        return
    by_code = dict(list(table.groupby("indicator")))
    rows = [
        [code, entry.pillar, catalogue.name(code, lang), entry.unit, *_reach(by_code[code])]
        for code, entry in entries.items()
    ]
    heads = ("indicator", "pillar", "name", "unit", "industries", "provinces", "nation", "first", "last")
    print_table(heads, rows)
    typer.echo(f"Edition {month}: {len(rows)} indicators.", err=True)


def _reach(table: pd.DataFrame) -> list[str]:
    """Return 'with a current value / all' for industries, provinces and the nation, first and last period."""
    by_kind = table.set_index("kind")
    counts = []
    for kind in ("industry", "region", "nation"):
        if kind not in by_kind.index:
            counts.append("–")
            continue
        ok, stale, units = (int(by_kind.at[kind, column]) for column in ("ok", "stale", "units"))
        counts.append(f"{ok}/{units}" + (f" ({ok + stale})" if stale else ""))
    known = table[table["first"] != ""]
    return [*counts, known["first"].min() if len(known) else "–", known["last"].max() if len(known) else "–"]


def _as_json(table: pd.DataFrame, entries: dict[str, Indicator], catalogue: Catalogue, lang: str) -> str:
    """Return one record an indicator and kind: what it is, and how far it reaches."""
    from json import dumps

    records = []
    for row in table.to_dict("records"):
        entry = entries[row["indicator"]].of(row["kind"])
        records.append(
            {
                "indicator": entry.code,
                "kind": row["kind"],
                "pillar": entry.pillar,
                "clauses": list(entry.clause),
                "name": catalogue.name(entry.code, lang),
                "unit": entry.unit,
                "frequency": entry.frequency,
                "polarity": entry.polarity,
                "weight": entry.weight,
                "staleness": entry.staleness,
            }
            | {name: row[name] for name in ("units", "ok", "stale", "missing", "first", "last")}
        )
    return dumps(records, ensure_ascii=False, indent=1)
