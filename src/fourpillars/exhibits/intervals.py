"""How sure a rank is: the ranks that other choices, as defensible as those made, would have given.

A thousand times each index is made with alternatives drawn at random: values between the catalogue's
goalposts, between the lowest and highest unit, or as percentile ranks; weights as given or equal, each then
moved by up to a quarter; arithmetic means, or a geometric mean above or below. The interval holds nine
tenths of the ranks. By convention a rank is robust where it lies in its interval and the interval spans no
more than a quarter of the units.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from fourpillars.exhibits.composite import COVERAGE, OVERALL
from fourpillars.exhibits.formats import is_missing
from fourpillars.exhibits.language import join
from fourpillars.exhibits.rows import kind_of, some

if TYPE_CHECKING:
    from fourpillars.catalogue import Catalogue
    from fourpillars.exhibits.headline import Said
    from fourpillars.exhibits.snapshots import Snapshot
    from fourpillars.scores import Result

REPLICATIONS, SEED = 1000, 0
NOISE = 0.25
WIDEST = 0.25
"""Share of the units that the interval of a robust rank spans at the most."""


def alternatives(result: Result) -> dict[str, tuple[Any, ...]]:
    """Return the choices that could have been made otherwise, by step of the recipe."""
    from fourpillars.scores import Aggregate, EqualWeights, Goalposts, MinMax, Ranked

    scales = [Goalposts(), MinMax(constant="middle")]
    if (result.stages["raw"].notna().sum() != 1).all():
        scales.append(Ranked("percentile"))
    means = [("arithmetic",), ("arithmetic", "geometric"), ("geometric", "arithmetic")]
    return {
        "normalise": tuple(scales),
        "weight": (None, EqualWeights()),
        "aggregate": tuple(Aggregate(*names, threshold=COVERAGE) for names in means),
    }


def intervals(result: Result, catalogue: Catalogue) -> pd.DataFrame:
    """Return the interval of every rank of a result.

    Returns
    -------
    DataFrame
        By node (pillars, 'overall') and unit: low, high, median (ranks), robust.
    """
    parts = {}
    for node in [*(pillar.code for pillar in catalogue.pillars), OVERALL]:
        units = int(result.scores[node].notna().sum())
        in_use = [code for code in result.framework.leaves(node) if result.stages["raw"][code].notna().any()]
        if units < 2 or len(in_use) < 2:  # a pillar of one indicator has nothing to vary
            continue
        drawn = result.uncertainty(REPLICATIONS, SEED, noise=NOISE, node=node, **alternatives(result)).summary()
        narrow = (drawn["high"] - drawn["low"]) <= WIDEST * units
        drawn["robust"] = drawn["robust"].fillna(False).astype(bool) & narrow
        parts[node] = drawn.loc[drawn["rank"].notna(), ["low", "high", "median", "robust"]]
    if not parts:
        return pd.DataFrame(columns=["low", "high", "median", "robust"], index=pd.MultiIndex.from_arrays([[], []]))
    return pd.concat(parts)


def ends_of(s: Snapshot, kind: str, node: str, code: str) -> tuple[int, int] | None:
    """Return the interval of a unit's rank; None where it has none."""
    table = s.intervals[kind]
    if (node, code) not in table.index:
        return None
    low, high = table.loc[(node, code), ["low", "high"]]
    return int(low), int(high)


def interval_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the ends of the intervals of `score_rows` as rows, `low:<node>` and `high:<node>`."""
    known = rows.dropna(subset=["rank_low", "rank_high"])
    ends = [
        known.assign(
            indicator=f"{end}:" + known["indicator"],
            value=known[f"rank_{end}"].astype(float),
            shown=[str(int(rank)) for rank in known[f"rank_{end}"]],
        )
        for end in ("low", "high")
    ]
    return pd.concat(ends, ignore_index=True)


def cite_rank(said: Said, row: Mapping[str, Any]) -> str:
    """Return the rank of a row of `score_rows` as text, and cite it with the ends of its interval."""
    place = {**row, "indicator": f"rank:{row['indicator']}", "value": float(row["place"])}
    text = said.cite(place, row["rank"])
    ends = {end: row[f"rank_{end}"] for end in ("low", "high")}
    if not any(map(is_missing, ends.values())):
        for end, rank in ends.items():
            said.cite({**row, "indicator": f"{end}:{row['indicator']}", "value": float(rank)}, str(int(rank)))
    return text


def spans(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the scores at the ends of each interval as `low` and `high`, and the rank to what is printed."""
    ranked = rows["value"].sort_values(ascending=False).to_numpy()
    at = {
        end: rows[f"rank_{end}"].fillna(rows["place"].astype(float)).astype(int).to_numpy() - 1
        for end in ("low", "high")
    }
    printed = [
        f"{shown} · {int(place)} [{between}]" if between else f"{shown} · {int(place)}"
        for shown, place, between in zip(rows["shown"], rows["place"], rows["between"], strict=True)
    ]
    return rows.assign(low=ranked[at["high"]], high=ranked[at["low"]], shown=printed)


def said_of_all(s: Snapshot, kind: str, nodes: list[str] | None = None) -> tuple[str, ...]:
    """Say what the intervals are, and how many ranks are not robust, and whose, node by node."""
    from fourpillars.exhibits.standing import node_name

    table = s.intervals[kind]
    sentences = [s.text("robustness.what", count=REPLICATIONS)] if len(table) else []
    for node in nodes or [OVERALL]:
        if node not in table.index.get_level_values(0):
            if s.scores[kind].scores[node].notna().sum() > 1:
                sentences.append(s.text("robustness.single", node=node_name(s, node)))
            continue
        own = table.loc[node]
        loose = [s.name(code, short=True) for code in own.index[~own["robust"].astype(bool)]]
        key = "robustness.not_robust" if loose else "robustness.all_robust"
        sentences.append(
            s.text(
                key,
                node=node_name(s, node),
                count=len(loose),
                total=len(own),
                names=some(s, loose) if loose else "",
            )
        )
    return tuple(sentences)


def said_of_one(s: Snapshot, code: str) -> tuple[str, ...]:
    """Say which of a unit's ranks are not robust, and between which places they lie."""
    from fourpillars.exhibits.standing import node_name

    table = s.intervals[kind_of(s, code)]
    own = table[table.index.get_level_values(1) == code].droplevel(1)
    if own.empty:
        return ()
    loose = own[~own["robust"].astype(bool)]
    if loose.empty:
        return (s.text("robustness.what", count=REPLICATIONS), s.text("robustness.one_robust"))
    named = [
        s.text("robustness.between", node=node_name(s, node), low=int(row["low"]), high=int(row["high"]))
        for node, row in loose.iterrows()
    ]
    return (
        s.text("robustness.what", count=REPLICATIONS),
        s.text("robustness.one_not", named=join(named, s.lang)),
    )
