"""What a file was understood to say, as a table or JSON; and whether it is written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import typer

from fourpillars.cli.console import print_table
from fourpillars.errors import FourPillarsError

if TYPE_CHECKING:
    from fourpillars.catalogue.project import Project
    from fourpillars.observations.intake.compare import Change

_SHOWN = 12
_SPREAD = ("measure", "ref_area", "activity", "item", "ownership", "freq", "time_period", "basis", "unit")


class UnconfirmedError(FourPillarsError):
    """Something is ready to be written, and nobody said that it may; the command ends with exit code 3."""

    exit_code = 3


def conclude(change: Change, project: Project, *, yes: bool, revise: bool, talks: bool, quiet: bool) -> list[str]:
    """Show a change and write it, if a person or the options say so; return the files written.

    Raises
    ------
    UnconfirmedError
        If there is something to write and neither says so.
    """
    if not quiet:
        show(change)
    written: list[str] = []
    if change.new or change.revised:
        _confirm(change, yes, revise, talks)
        from fourpillars.observations.intake.write import write

        written = [project.relative(path) for path in write(change, project)]
    if not quiet:
        typer.echo(f"Written: {', '.join(written)}" if written else "Nothing to write: all of it is there already.")
    return written


def _confirm(change: Change, yes: bool, revise: bool, talks: bool) -> None:
    if change.revised and not revise:
        count = len(change.revised)
        if not (talks and typer.confirm(f"{count:,} figures differ from those that are there. Revise them?")):
            told = "; ".join(_revision(one) for one, _ in change.revised[:3])
            raise UnconfirmedError(
                f"{change.said.file} differs from {count:,} figures that are there ({told}); nothing was written.",
                "Look at them, then give --revise: the old figures are kept as vintages.",
            )
    if not (yes or (talks and typer.confirm(f"Write {len(change.new):,} new figures?"))):
        raise UnconfirmedError("Nothing was written.", "Give --yes to write it.")


def _revision(one: Any) -> str:
    return f"{' '.join(filter(None, one.key))}: {one.old_value} → {one.new_value}"


def show(change: Change) -> None:
    """Print what was understood: columns, what the figures are of, conversions, what was left out, revisions."""
    said = change.said
    columns = [[name, column.name, _holds(column)] for name, columns in said.tables for column in columns]
    several = len(said.tables) > 1
    print_table(
        ("sheet", "column", "understood as") if several else ("column", "understood as"),
        [row if several else row[1:] for row in columns[: 3 * _SHOWN]],
    )
    if len(columns) > 3 * _SHOWN:
        typer.echo(f"… and {len(columns) - 3 * _SHOWN} more columns")
    typer.echo()
    print_table(("figures are of", "how many", "which"), _spread(change))
    for (text, unit), count in said.converted.items():
        typer.echo(f"{count:,} figures converted: {text} → {unit}")
    if said.missing:
        typer.echo(f"{said.missing:,} cells say that there is no figure.")
    for note in said.notes[:_SHOWN]:
        typer.echo(note)
    if len(said.notes) > _SHOWN:
        typer.echo(f"… and {len(said.notes) - _SHOWN} more notes")
    typer.echo(f"{len(change.new):,} new, {change.same:,} there already, {len(change.revised):,} differ.")
    if change.revised:
        rows = [[" ".join(filter(None, one.key)), one.old_value, one.new_value] for one, _ in change.revised[:_SHOWN]]
        print_table(("revised", "old", "new"), rows)


def _holds(column: Any) -> str:
    if column.holds != "value":
        return {"skip": "left out", "labels": "names"}.get(column.holds, column.holds)
    said = column.meaning
    parts = [*said.codes.values(), _when(said.when), said.change, said.unit_text]
    return ": ".join(filter(None, ["figures", ", ".join(filter(None, parts))]))


def _when(when: Any) -> str:
    """Say a period, or a part of one, such as 'month 9, ytd'."""
    if when is None:
        return ""
    part = when.period or f"{ {'M': 'month', 'Q': 'quarter'}.get(when.freq, '') } {when.number}"
    return f"{part} {when.basis}".strip()


def _spread(change: Change) -> list[list[str]]:
    """Return, for each column of the key, how many codes the figures have, and which."""
    from fourpillars.observations.schema import KEY

    rows = []
    for name in _SPREAD:
        counts = Counter(one.key[KEY.index(name)] for one in change.said.found)
        codes = [code or "–" for code in counts]
        if codes == ["–"]:
            continue
        shown = f"{min(codes)} … {max(codes)}" if name == "time_period" and len(codes) > 3 else ", ".join(codes[:6])
        rows.append([name, str(len(codes)), shown + (", …" if name != "time_period" and len(codes) > 6 else "")])
    return rows


def as_record(change: Change, written: list[str]) -> dict[str, Any]:
    """Return a change for programs."""
    said = change.said
    columns = [{"sheet": name, "column": column.name, "holds": column.holds, "understood": _holds(column)}
               for name, table in said.tables for column in table]  # fmt: skip
    revised = [{"key": list(one.key), "old": one.old_value, "new": one.new_value, "known": one.known}
               for one, _ in change.revised]  # fmt: skip
    return {"file": said.file, "columns": columns, "figures": len(said.found), "new": len(change.new),
            "same": change.same, "revised": revised, "missing": said.missing, "notes": said.notes,
            "converted": [{"from": text, "to": unit, "figures": n} for (text, unit), n in said.converted.items()],
            "source": change.source, "written": written}  # fmt: skip
