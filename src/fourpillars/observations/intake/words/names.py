"""Codes by their names, in either language: an exact name or none, and the nearest to offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fourpillars.catalogue.codelists import Codelists
from fourpillars.observations.intake.words.labels import plain

if TYPE_CHECKING:
    import pandas as pd

#: The columns of the key whose codes have names.
NAMED = ("measure", "ref_area", "activity", "item", "ownership", "freq", "basis", "unit", "obs_status")
#: The answer that leaves the rows of a label out.
LEAVE_OUT = "skip"
_NAMES = ("name_zh", "name_en", "short_zh", "short_en", "name_zh_full")
_MORE = {
    "basis": {"当月": "month", "本月": "month", "当期": "month", "当月值": "month", "累计值": "ytd", "本年累计": "ytd",
              "自年初累计": "ytd", "1-本月": "ytd", "1-本月累计": "ytd", "年初至今": "ytd", "月末": "end_of_period",
              "期末值": "end_of_period", "年末": "end_of_period", "季末": "end_of_period"},
    "freq": {"月": "M", "季": "Q", "年": "A", "月报": "M", "季报": "Q", "年报": "A"},
    "ref_area": {"中国": "CN", "全国合计": "CN", "CHN": "CN"},
}  # fmt: skip


class Names:
    """The names of all codes, and those a person has answered for.

    Parameters
    ----------
    codelists : Codelists
        The lists.
    answered : mapping, optional
        For each dimension, what further labels mean.
    """

    def __init__(self, codelists: Codelists, answered: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self.codelists = codelists
        self.meanings: dict[Any, Any] = {}  # what texts were found to mean: the same stand in many cells
        self._shown, known = _known(codelists)
        self._codes = {dimension: dict(labels) for dimension, labels in known.items()}
        self.measures, self.items = _tables(codelists)
        self._answered: dict[str, set[str]] = {}
        self._left_out: set[str] = set()
        for dimension, told in (answered or {}).items():
            labels = {label: code for label, code in told.items() if code != LEAVE_OUT}
            self._left_out |= {plain(label) for label in told.keys() - labels.keys()}
            self._answered[dimension] = {plain(label) for label in labels}
            self._codes[dimension] |= {plain(label): {code} for label, code in labels.items()}

    def codes(self, label: str, dimension: str) -> set[str]:
        """Return the codes of a dimension that a label names exactly.

        Examples
        --------
        >>> from fourpillars.catalogue import load_codelists
        >>> names = Names(load_codelists())
        >>> names.codes("河北省", "ref_area"), names.codes("钢铁业", "activity")
        ({'130000'}, set())
        """
        known = self._codes[dimension]
        found = known.get(plain(label), set())
        if not found and ":" in label:  # SDMX writes 'CN: China'
            found = known.get(plain(label.partition(":")[0]), set())
        return found

    def is_left_out(self, label: str) -> bool:
        """Say whether rows with a label are to be left out, as a person answered."""
        return bool(self._left_out) and plain(label) in self._left_out

    def readings(self, label: str, dimensions: Iterable[str]) -> list[tuple[str, str]]:
        """Return every dimension and code that a label names; where it was answered for, what was answered."""
        told = [dimension for dimension in dimensions if plain(label) in self._answered.get(dimension, ())]
        dimensions = told or dimensions
        return [(dimension, code) for dimension in dimensions for code in sorted(self.codes(label, dimension))]

    def name(self, dimension: str, code: str) -> str:
        """Return the Chinese name of a code."""
        return self._shown[dimension].get(code, "")

    def is_code(self, dimension: str, code: str) -> bool:
        """Say whether a dimension has a code."""
        return code in self._shown[dimension]

    def nearest(self, label: str, dimension: str, most: int = 3) -> list[str]:
        """Return the codes whose names are most like a label, best first.

        Examples
        --------
        >>> from fourpillars.catalogue import load_codelists
        >>> Names(load_codelists()).nearest("黑色金属冶炼及压延加工业", "activity", 1)
        ['C31']
        """
        wanted = plain(label)
        likeness: dict[str, float] = {}
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(wanted[:60])
        for name, codes in self._codes[dimension].items():
            matcher.set_seq1(name[:60])
            ratio = matcher.ratio() if matcher.real_quick_ratio() > 0.3 and matcher.quick_ratio() > 0.3 else 0.0
            if wanted and (wanted in name or name in wanted):
                ratio += 0.3
            for code in codes:
                likeness[code] = max(likeness.get(code, 0), ratio)
        best = sorted(likeness, key=lambda code: -likeness[code])[:most]
        return [code for code in best if likeness[code] > 0.3]


@lru_cache(maxsize=4)
def _tables(codelists: Codelists) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """Return measures and items as plain tables: asked for each figure, frames are slow."""
    return codelists.measures.to_dict("index"), codelists.items.to_dict("index")


@lru_cache(maxsize=4)
def _known(codelists: Codelists) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, set[str]]]]:
    """Return, for each dimension, the Chinese name of each code, and the codes of each name as compared."""
    frames = {
        "measure": codelists.measures,
        "ref_area": codelists.ref_areas,
        "activity": codelists.activities,
        "item": codelists.items,
        "ownership": codelists.ownerships,
        "unit": codelists.units,
    }
    for name in ("freq", "basis", "obs_status"):
        frames[name] = codelists.terms[codelists.terms["list"] == name].set_index("code")
    shown = {name: dict(zip(map(str, frame.index), frame["name_zh"], strict=True)) for name, frame in frames.items()}
    known = {name: _by_name(frame) for name, frame in frames.items()}
    for dimension, labels in _MORE.items():
        for label, code in labels.items():
            known[dimension].setdefault(plain(label), {code})
    measures = codelists.measures
    for code, name in zip(measures.index, measures["name_zh"], strict=True):
        if code.endswith("_growth") and code.removesuffix("_growth") not in measures.index:
            # published as a rate only, such as value added: a table may leave 'growth of' to another heading
            known["measure"].setdefault(plain(name.removesuffix("增速")), {str(code)})
    return shown, known


def _by_name(frame: pd.DataFrame) -> dict[str, set[str]]:
    columns = [column for column in _NAMES if column in frame]
    codes: dict[str, set[str]] = {}
    for code, *names in frame[columns].itertuples(name=None):
        for name in filter(None, (str(code), *names)):
            codes.setdefault(plain(name), set()).add(str(code))
    return codes
