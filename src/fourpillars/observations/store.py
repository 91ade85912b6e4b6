"""The store: all observations in one frame, as an edition sees them, and measures as periods by units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from fourpillars.catalogue.codelists import ALL_INDUSTRY, KINDS, NATION, WHOLE_ECONOMY, Codelists
from fourpillars.catalogue.periods import PANDAS_FREQ, end_month, from_period, to_period_index
from fourpillars.errors import FourPillarsError, UnknownNameError
from fourpillars.observations import reads
from fourpillars.observations.schema import KEY


@dataclass(frozen=True, eq=False)
class Wide:
    """One measure, periods by units.

    Attributes
    ----------
    values : DataFrame
        Index: a PeriodIndex without gaps; columns: the units' codes; NaN where nothing was published.
    rows : DataFrame
        The same shape: the row of the observation each value is, -1 where there is none.
    unit : str
        The unit of the values; empty where there are none.
    """

    values: pd.DataFrame
    rows: pd.DataFrame
    unit: str


@dataclass(frozen=True, eq=False)
class Observations:
    """The statistics, or as much of them as an edition sees.

    Attributes
    ----------
    table : DataFrame
        One row an observation: the twelve columns of the files, all but obs_value as categoricals, and its
        ``file`` and ``line``. The index is the observation's row, the same in every edition. Readers take
        it as `frame`, which notes that everything was read.
    sources : DataFrame
        The sources, indexed by source_id.
    targets : DataFrame
        The targets, indexed by target_id.
    fingerprint : str
        The SHA-256 of the files they were read from.
    edition : str
        The edition that sees them; empty for all there is.
    """

    table: pd.DataFrame
    sources: pd.DataFrame
    targets: pd.DataFrame
    fingerprint: str
    codelists: Codelists = field(repr=False)
    edition: str = ""

    @property
    def frame(self) -> pd.DataFrame:
        """All observations; whoever takes them is noted as having read every one."""
        reads.note([reads.Read(reads.ALL, reads.ALL, self.edition)])
        return self.table

    def of_measures(self, measures: Iterable[str]) -> pd.DataFrame:
        """Return the observations of some measures, in their order in `frame`."""
        wanted = set(measures)
        reads.note(
            reads.Read(measure, scope, self.edition) for measure in wanted for scope in (reads.NATION, reads.REGIONS)
        )
        kept = self.table["measure"].cat.categories.isin(list(wanted))
        return self.table[kept[self._codes["measure"]]]

    def said_of(self, rows: Iterable[int], column: str) -> list[str]:
        """Return what a column says of observations, by their rows, each text once; as in `source_of_row`, a row
        is known to whoever has read the observation.

        Examples
        --------
        >>> from fourpillars.observations import load_observations
        >>> len(load_observations().said_of([0, 0], "measure"))
        1
        """
        codes, texts, place_of = self._codes[column], self._texts[column], self.table.index.get_loc
        return list(dict.fromkeys(texts[codes[place_of(row)]] for row in rows))

    @cached_property
    def source_of_row(self) -> list[str]:
        """The source of each observation by its row, '' where the edition does not see it; a row is known to whoever
        has read the observation."""
        rows = self.table.index.to_numpy()
        sources = np.full(rows.max(initial=-1) + 1, "", dtype=object)
        sources[rows] = np.array(self._texts["source_id"], dtype=object)[self._codes["source_id"]]
        return sources.tolist()

    def until(self, edition: str) -> Observations:
        """Return what an edition sees: the observations whose period ends by then, with their rows.

        Examples
        --------
        >>> from fourpillars.observations import load_observations
        >>> seen = load_observations().until("2023-11")
        >>> seen.latest_period("value_added_growth", "M")
        '2023-11'
        """
        periods = self.table["time_period"].cat
        seen = np.array([end_month(period) <= edition for period in periods.categories], dtype=bool)
        return replace(self, table=self.table[seen[periods.codes]], edition=edition)

    def latest_period(self, measure: str, freq: str) -> str:
        """Return the last period for which a measure has any value of a frequency; empty if there is none."""
        scopes = (reads.NATION, reads.REGIONS)
        reads.note(reads.Read(measure, scope, self.edition) for scope in scopes)
        return max(self._present(self._where(self._positions(measure), {"freq": freq}), "time_period"), default="")

    def wide(
        self,
        measure: str,
        *,
        freq: str,
        basis: str,
        kind: str,
        item: str = "",
        ownership: str = "",
        activity: str | None = None,
        unit: str | None = None,
    ) -> Wide:
        """Return a measure as a frame of periods by units.

        Parameters
        ----------
        measure, freq, basis, item, ownership : str
            What singles the series out; an item or ownership left empty means the rows without one.
        kind : str
            'industry': the activities of the nation, divisions and aggregates; 'region': the provinces;
            'nation': one column, 'CN'.
        activity : str, optional
            For regions and the nation, the activity: by default, for the nation, all industry, else the whole
            economy, else the only one there is; for regions the only one there is.
        unit : str, optional
            The unit, where a measure is published in several.

        Raises
        ------
        FourPillarsError
            If the measure is unknown, or has several units or activities there and none was chosen.

        Examples
        --------
        >>> from fourpillars.observations import load_observations
        >>> growth = load_observations().wide("value_added_growth", freq="M", basis="month", kind="industry")
        >>> float(growth.values.loc["2020-03", "B"]), growth.unit
        (4.2, 'pct_yoy')
        """
        if measure not in self.codelists.measures.index:
            raise UnknownNameError.of("measure", measure, self.codelists.measures.index)
        scope = reads.REGIONS if kind == "region" else reads.NATION
        reads.note([reads.Read(measure, scope, self.edition)])
        asked = (measure, freq, basis, kind, item, ownership, activity, unit)
        if asked not in self._wide:
            self._wide[asked] = self._read(*asked)
        return self._wide[asked]

    @cached_property
    def _wide(self) -> dict[tuple[str | None, ...], Wide]:
        return {}

    def _read(
        self,
        measure: str,
        freq: str,
        basis: str,
        kind: str,
        item: str,
        ownership: str,
        activity: str | None,
        unit: str | None,
    ) -> Wide:
        wanted = {"freq": freq, "basis": basis, "item": item, "ownership": ownership}
        if unit is not None:
            wanted["unit"] = unit
        part = self._of_kind(self._where(self._positions(measure), wanted), kind, activity, measure)
        units = self._present(part, "unit")
        if len(units) > 1:
            hint = f"Choose unit= one of {', '.join(map(repr, units))}."
            raise FourPillarsError(f"{measure} ({freq}, {basis}) is published in {len(units)} units.", hint=hint)
        return self._laid_out(part, "activity" if kind == "industry" else "ref_area", freq, unit or "".join(units))

    def _of_kind(self, part: np.ndarray, kind: str, activity: str | None, measure: str) -> np.ndarray:
        if kind not in KINDS:
            raise UnknownNameError.of("kind", kind, KINDS)
        if kind == "region":
            provinces = self.table["ref_area"].cat.categories.isin(self.codelists.provinces())
            part = part[provinces[self._codes["ref_area"][part]]]
        else:
            part = self._where(part, {"ref_area": NATION})
        if kind == "industry":
            return part
        if activity is None:
            preferred = (ALL_INDUSTRY, WHOLE_ECONOMY) if kind == "nation" else ()
            activity = _choose(self._present(part, "activity"), preferred, measure)
        return self._where(part, {"activity": activity})

    def _laid_out(self, part: np.ndarray, column: str, freq: str, unit: str) -> Wide:
        """Lay rows out as periods by units: no gaps in time, the units in the order of their codelist."""
        codelist = self.codelists.activities if column == "activity" else self.codelists.ref_areas
        entities = sorted(self._present(part, column), key=codelist.index.get_loc)
        index = _gap_free(self._present(part, "time_period"), freq)
        line = self._places(part, "time_period", [from_period(period) for period in index])
        place = self._places(part, column, entities)
        values = np.full((len(index), len(entities)), np.nan)
        rows = np.full(values.shape, -1, dtype=np.int64)
        values[line, place] = self.table["obs_value"].to_numpy()[part]
        rows[line, place] = self.table.index.to_numpy()[part]
        columns = pd.Index(entities, dtype="str")
        return Wide(pd.DataFrame(values, index, columns), pd.DataFrame(rows, index, columns), unit)

    def _positions(self, measure: str) -> np.ndarray:
        return self._by_measure.get(measure, np.empty(0, dtype=np.int64))

    def _where(self, part: np.ndarray, wanted: dict[str, str]) -> np.ndarray:
        for column, code in wanted.items():
            categories = self.table[column].cat.categories
            number = categories.get_loc(code) if code in categories else -1
            part = part[self._codes[column][part] == number]
        return part

    def _present(self, part: np.ndarray, column: str) -> list[str]:
        return list(self.table[column].cat.categories[np.unique(self._codes[column][part])])

    def _places(self, part: np.ndarray, column: str, order: list[str]) -> np.ndarray:
        """Return, for each row of a part, the place of its code of a column in `order`."""
        place = pd.Index(order, dtype="str").get_indexer(self.table[column].cat.categories)
        return place[self._codes[column][part]]

    @cached_property
    def _codes(self) -> dict[str, np.ndarray]:
        return {name: self.table[name].cat.codes.to_numpy() for name in (*KEY, "source_id")}

    @cached_property
    def _texts(self) -> dict[str, list[str]]:
        return {name: self.table[name].cat.categories.tolist() for name in self._codes}

    @cached_property
    def _by_measure(self) -> dict[str, np.ndarray]:
        codes = self._codes["measure"]
        order = np.argsort(codes, kind="stable")
        categories = self.table["measure"].cat.categories
        bounds = np.searchsorted(codes[order], np.arange(len(categories) + 1))
        return {code: order[bounds[n] : bounds[n + 1]] for n, code in enumerate(categories)}


def _choose(activities: list[str], preferred: tuple[str, ...], measure: str) -> str:
    for activity in preferred:
        if activity in activities:
            return activity
    if len(activities) > 1:
        hint = f"Choose activity= one of {', '.join(map(repr, activities))}."
        raise FourPillarsError(f"{measure} is published there for {len(activities)} activities.", hint=hint)
    return activities[0] if activities else ""


def _gap_free(periods: list[str], freq: str) -> pd.PeriodIndex:
    if freq not in PANDAS_FREQ:
        raise UnknownNameError.of("frequency", freq, PANDAS_FREQ)
    if not periods:
        return pd.PeriodIndex([], freq=PANDAS_FREQ[freq])
    first, last = to_period_index([min(periods), max(periods)], freq)
    return pd.period_range(first, last)
