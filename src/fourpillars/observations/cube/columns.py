"""The columns of an enterprise file: what each must hold, and how it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fourpillars.catalogue.codelists import Codelists
from fourpillars.errors import FourPillarsError, UnknownNameError

SIZES = ("large", "medium", "small", "micro")
#: The columns, in the order in which they are asked for.
COLUMNS = (
    "enterprise", "time_period", "ref_area", "activity", "size",
    "revenue", "profit", "receivables", "overdue",
)  # fmt: skip
CODED = COLUMNS[1:5]
MONEY = COLUMNS[5:]
NEVER_NEGATIVE = ("receivables", "overdue")
#: Units of money, in yuan. Money is added up in whole yuan, so that sums are exact.
YUAN = {"cny": 1, "cny_10k": 10_000, "cny_100m": 100_000_000}
YEARS = range(1980, 2100)


@dataclass(frozen=True)
class Layout:
    """How the files are laid out: the name each column has there, the unit of money, the codes allowed."""

    names: Mapping[str, str]
    yuan: int
    codes: Mapping[str, Sequence[str]]

    def reading(self, column: str, date: bool = False) -> str:
        """Return the SQL that reads a column; NULL where it does not hold what it must.

        Where the periods are dates (`date`), their month is meant.

        Examples
        --------
        >>> Layout({"size": "规模"}, 1, {}).reading("size")
        'TRY_CAST(CAST("规模" AS VARCHAR) AS size_code)'
        """
        raw = quoted(self.names[column])
        if column == "enterprise":
            return f"nullif(CAST({raw} AS VARCHAR), '')"
        if column in CODED:
            whole = f"CAST({raw} AS VARCHAR)"
            text = f"left({whole}, 7)" if date and column == "time_period" else whole
            return f"TRY_CAST({text} AS {column}_code)"
        yuan = self._yuan(column)
        if column == "overdue":
            owed = self.reading("receivables")
            return f"CASE WHEN {yuan} BETWEEN 0 AND coalesce({owed}, {yuan}) THEN {yuan} END"
        return f"CASE WHEN {yuan} >= 0 THEN {yuan} END" if column in NEVER_NEGATIVE else yuan

    def _yuan(self, column: str) -> str:
        number = f"TRY_CAST({quoted(self.names[column])} AS DOUBLE)"
        return f"TRY_CAST(round({number} * {self.yuan}) AS BIGINT)"


def layout_of(codelists: Codelists, names: Mapping[str, str] | None = None, money: str = "cny_10k") -> Layout:
    """Return the layout of the files, with the names given for columns that are called otherwise there.

    Raises
    ------
    FourPillarsError
        If a name is given for no column, two columns have one name, or the unit of money is unknown.

    Examples
    --------
    >>> from fourpillars.catalogue.codelists import load_codelists
    >>> layout = layout_of(load_codelists(), {"revenue": "营业收入"}, "cny")
    >>> layout.names["revenue"], layout.names["profit"], len(layout.codes["activity"])
    ('营业收入', 'profit', 41)
    """
    for column in names or {}:
        if column not in COLUMNS:
            raise UnknownNameError.of("column", column, COLUMNS)
    if money not in YUAN:
        raise UnknownNameError.of("unit of money", money, YUAN)
    given = {column: column for column in COLUMNS} | dict(names or {})
    twice = [name for name in given.values() if list(given.values()).count(name) > 1]
    if twice:
        raise FourPillarsError(f"Two columns are read from {twice[0]!r}.", hint="Name one column for each.")
    codes = {
        "time_period": [f"{year}-{month:02d}" for year in YEARS for month in range(1, 13)],
        "ref_area": codelists.provinces(),
        "activity": codelists.divisions(),
        "size": SIZES,
    }
    return Layout(given, YUAN[money], codes)


def quoted(name: str) -> str:
    """Quote the name of a column for SQL."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """Quote a text for SQL."""
    return "'" + value.replace("'", "''") + "'"
