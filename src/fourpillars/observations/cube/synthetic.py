"""Synthetic enterprises, made up by a random number generator, for tests and benchmarks: no one's figures."""

from __future__ import annotations

from pathlib import Path

from fourpillars.catalogue.codelists import Codelists, load_codelists
from fourpillars.catalogue.periods import freq_of
from fourpillars.errors import FourPillarsError
from fourpillars.observations.cube.columns import text

#: Of all enterprises, the share that first reports, or last reports, in the course of the months.
LATE, EARLY = 0.08, 0.06


def write_synthetic_enterprises(
    path: Path,
    enterprises: int,
    months: int = 12,
    first: str = "2026-01",
    seed: int = 0,
    threads: int = 2,
    codelists: Codelists | None = None,
) -> int:
    """Write synthetic enterprises, month by month, and return how many rows that made.

    Provinces and industries are of very unequal size; revenue is lognormal by size; some enterprises appear
    late and some disappear early. Ids read SYNTHETIC and nine digits. The same arguments make the same rows.

    Parameters
    ----------
    path : Path
        A .parquet or .csv file; money in CNY 10,000.
    enterprises : int
        How many there are in all.
    months : int
        How many months, from `first` on.
    seed : int
        Another seed, other enterprises.
    """
    import duckdb

    if freq_of(first) != "M":
        raise FourPillarsError(f"{first!r} is no month.", hint="Write 2026-01.")
    format = "csv, header" if path.suffix == ".csv" else "parquet"
    with duckdb.connect(config={"threads": threads}) as connection:
        _make(connection, enterprises, seed, months, codelists or load_codelists())
        rows = _rows(months, first, seed)
        return connection.execute(f"COPY ({rows}) TO {text(path.as_posix())} (FORMAT {format})").fetchall()[0][0]


def _make(connection: object, enterprises: int, seed: int, months: int, codelists: Codelists) -> None:
    """Make the enterprises: what does not change from month to month."""
    provinces = "[" + ", ".join(map(text, codelists.provinces())) + "]"
    divisions = "[" + ", ".join(map(text, codelists.divisions())) + "]"
    chance = {name: _chance(seed, salt) for salt, name in enumerate(("where", "what", "size", "late", "early"))}
    connection.execute(f"""
        CREATE TEMP TABLE enterprise AS
        SELECT id, 'SYNTHETIC' || lpad(CAST(id AS VARCHAR), 9, '0') AS enterprise,
            {provinces}[1 + CAST(floor(31 * pow({chance["where"]}, 1.6)) AS INT)] AS ref_area,
            {divisions}[1 + CAST(floor(41 * pow({chance["what"]}, 0.7)) AS INT)] AS activity,
            CASE WHEN {chance["size"]} < 0.02 THEN 'large' WHEN {chance["size"]} < 0.12 THEN 'medium'
                 WHEN {chance["size"]} < 0.72 THEN 'small' ELSE 'micro' END AS size,
            CASE WHEN {chance["late"]} < {LATE} THEN floor({chance["late"]} / {LATE} * {months})
                 ELSE 0 END AS since,
            CASE WHEN {chance["early"]} < {EARLY} THEN floor({chance["early"]} / {EARLY} * {months})
                 ELSE {months} END AS until
        FROM range({enterprises}) made(id)
    """)


def _rows(months: int, first: str, seed: int) -> str:
    """Return the SQL of all enterprise-months, month after month."""
    start = 12 * int(first[:4]) + int(first[5:]) - 1
    return " UNION ALL ".join(_month(n, start + n, seed) for n in range(months))


def _month(number: int, month: int, seed: int) -> str:
    period = f"{month // 12}-{month % 12 + 1:02d}"
    one, two, margin, days, late = (_chance(seed, 100 + 5 * number + salt) for salt in range(5))
    normal = f"sqrt(-2 * ln(1 - {one})) * cos(2 * pi() * {two})"
    scale = "CASE size WHEN 'large' THEN 11 WHEN 'medium' THEN 9 WHEN 'small' THEN 7 ELSE 5 END"
    return f"""
        (SELECT enterprise, '{period}' AS time_period, ref_area, activity, size,
            round(exp({scale} + 0.8 * {normal}), 2) AS revenue,
            round(revenue * (0.25 * {margin} - 0.07), 2) AS profit,
            round(revenue * 4 * pow({days}, 2), 2) AS receivables,
            round(receivables * 0.6 * pow({late}, 3), 2) AS overdue
        FROM enterprise WHERE {number} >= since AND {number} < until ORDER BY id)"""


def _chance(seed: int, salt: int) -> str:
    """Return the SQL of a number from 0 to 1 (not reached) for each id."""
    return f"((hash(id * 10000 + {salt} + {seed} * 10000000000000) >> 11) / 9007199254740992.0)"
