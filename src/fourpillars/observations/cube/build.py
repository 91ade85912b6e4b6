"""From enterprise files to a file of observations: the whole way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fourpillars.catalogue.codelists import Codelists
from fourpillars.catalogue.periods import months_between
from fourpillars.catalogue.problems import DataError
from fourpillars.observations.cube.aggregate import add_up, months_of
from fourpillars.observations.cube.axes import AXES, Axis, axes_of, sectors
from fourpillars.observations.cube.columns import Layout, layout_of
from fourpillars.observations.cube.disclosure import Rule, withhold
from fourpillars.observations.cube.engine import bounded
from fourpillars.observations.cube.faults import repeated
from fourpillars.observations.cube.figures import Month, figures
from fourpillars.observations.cube.files import EnterpriseFile, open_files
from fourpillars.observations.cube.margins import Margins, margins_of
from fourpillars.observations.cube.stage import stage
from fourpillars.observations.cube.write import ObservationWriter, check_output, source_row, whole_file

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Options:
    """How a cube is built.

    Attributes
    ----------
    by : sequence of str
        The axes it is divided by, of ref_area, activity and size; the others have their whole alone.
    rule : Rule
        Which cells are withheld.
    columns : mapping
        The names of columns that are called otherwise in the files.
    money : str
        The unit of money there: cny, cny_10k or cny_100m.
    source_id, publisher, title : str
        The source as readers are shown it; by default named after the output and the files.
    memory : str
        What the process may use.
    threads : int
        How many threads work.
    temporary : Path or None
        Where what does not fit into memory is put.
    """

    by: Sequence[str] = AXES
    rule: Rule = field(default_factory=Rule)
    columns: Mapping[str, str] = field(default_factory=dict)
    money: str = "cny_10k"
    source_id: str = ""
    publisher: str = "Enterprise files"
    title: str = ""
    memory: str = "4GB"
    threads: int = 2
    temporary: Path | None = None


@dataclass(frozen=True)
class Cube:
    """What came of it: rows read and written, months, cells with enterprises, those withheld, the source."""

    output: Path
    enterprise_months: int
    observations: int
    months: tuple[str, ...]
    cells: int
    withheld_primary: int
    withheld_secondary: int
    source: str


def build_cube(files: Sequence[Path], output: Path, codelists: Codelists, options: Options | None = None) -> Cube:
    """Add enterprise files up to observations, and write them as a file of observations.

    The files hold one row an enterprise and month, in Parquet or CSV, with the columns `columns.COLUMNS`.
    Month by month the enterprises are added up by province, industry and size and all their margins; cells of
    few enterprises are withheld, and so many others that they cannot be worked back.

    Returns
    -------
    Cube
        Counts, and the row to add to sources.csv.

    Raises
    ------
    FourPillarsError
        If a file or an option is not what it must be; `DataError` with file, line and column of bad values
        and of enterprises that stand twice in a month. Nothing is written then.

    Examples
    --------
    >>> import tempfile
    >>> from fourpillars.catalogue.codelists import load_codelists
    >>> from fourpillars.observations.cube import write_synthetic_enterprises
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file, output = Path(folder) / "firms.parquet", Path(folder) / "firms.csv"
    ...     rows = write_synthetic_enterprises(file, 300, months=2)
    ...     cube = build_cube([file], output, load_codelists(), Options(by=["size"], threads=1))
    >>> cube.enterprise_months == rows, cube.months
    (True, ('2026-01', '2026-02'))
    """
    options = options or Options()
    layout = layout_of(codelists, options.columns, options.money)
    axes = axes_of(codelists, options.by)
    check_output(output, files)
    with bounded(options.memory, options.threads, options.temporary) as connection:
        opened = open_files(connection, files, layout)
        rows = stage(connection, opened, layout, sectors(codelists))
        source = _source(options, output, files, rows)
        with whole_file(output) as stream:
            writer = ObservationWriter(stream, axes, source["source_id"])
            built = _build(connection, opened, layout, axes, options.rule, writer)
    counts = [sum(column) for column in zip(*built.values(), strict=True)]
    return Cube(output, rows, writer.rows, tuple(built), *counts, source=source_row(source))


def _build(
    connection: DuckDBPyConnection,
    files: Sequence[EnterpriseFile],
    layout: Layout,
    axes: Sequence[Axis],
    rule: Rule,
    writer: ObservationWriter,
) -> dict[str, tuple[int, int, int]]:
    """Write month after month; return for each its cells and those withheld, primary and secondary."""
    margins, built = margins_of(axes), {}
    before: Month | None = None
    for name in months_of(connection):
        problems = repeated(connection, files, layout, name)
        if problems:
            raise DataError(problems)
        if before is not None and months_between(before.cells.month, name) != 1:
            before = None
        month = _month(connection, name, before, axes, margins, rule)
        writer.write(name, figures(month, before, rule))
        withheld = month.withheld
        built[name] = (
            int((month.cells["enterprises"] > 0).sum()),
            int(withheld.primary.sum()),
            int(withheld.secondary.sum()),
        )
        before = month
    return built


def _month(
    connection: DuckDBPyConnection,
    name: str,
    before: Month | None,
    axes: Sequence[Axis],
    margins: Margins,
    rule: Rule,
) -> Month:
    cells = add_up(connection, name, before.cells.month if before else None, axes)
    return Month(cells, withhold(margins, rule, cells["enterprises"], cells["volume"], cells["largest"]))


def _source(options: Options, output: Path, files: Sequence[Path], rows: int) -> dict[str, str]:
    copied = max(file.stat().st_mtime for file in files)
    names = ", ".join(file.name for file in files[:3]) + (" …" if len(files) > 3 else "")
    rule = options.rule
    note = f"{rows:,} enterprise-months; cells of fewer than {rule.least} enterprises withheld"
    if rule.dominance is not None:
        note += f", and those in which one has over {rule.dominance:g} % of revenue"
    return {
        "source_id": options.source_id or f"F-{output.stem}",
        "publisher": options.publisher,
        "title": options.title or f"Enterprise files: {names}",
        "vintage": datetime.fromtimestamp(copied, UTC).date().isoformat(),
        "read_from": names,
        "note": note,
    }
