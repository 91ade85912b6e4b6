"""Who stands where: the score of each pillar, and of all four, for one kind of unit at an edition.

The framework is the catalogue's: an indicator's goalposts, polarity and weight; equal weights of the pillars.
Nothing is imputed. An indicator that nobody has a current figure for sits the edition out; of the others a
unit needs at least half for a pillar's score, and all four pillars for an overall score.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from fourpillars.catalogue import Catalogue
    from fourpillars.scores import Framework, Result

OVERALL = "overall"
DECIMALS = 1
"""Scores are published, and ranked, to one decimal."""
COVERAGE = (0.5, 1.0)
"""Least share of members with a value: of a pillar's indicators in use, of the four pillars."""
_UNIT = {"industry": "activity", "region": "ref_area"}


def weighted(catalogue: Catalogue, kind: str) -> list[str]:
    """Return the codes of the indicators that carry a weight for a kind of unit.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> weighted(snapshot("2026-08").catalogue, "region")[:2]
    ['va_growth', 'va_momentum']
    """
    own = {code: entry.of(kind) for code, entry in catalogue.indicators.items() if kind in entry.kinds}
    return [code for code, entry in own.items() if entry.weight and kind in entry.goalposts]


def framework_of(catalogue: Catalogue, kind: str, codes: Sequence[str] | None = None) -> Framework:
    """Return the composite's framework for 'industry' or 'region': indicators, pillars, overall.

    Parameters
    ----------
    codes : sequence of str, optional
        The indicators in use; default all that carry a weight.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> type(framework_of(snapshot("2026-08").catalogue, "region")).__name__
    'Framework'
    """
    from fourpillars.scores import Framework

    rows = []
    for code in weighted(catalogue, kind) if codes is None else codes:
        here = catalogue.indicators[code].of(kind)
        rows.append((code, here.pillar, here.weight, here.polarity, *here.goalposts[kind]))
    # A pillar without indicators for this kind stays in the tree, without a value: then nobody has an overall
    # score.
    rows += [(pillar.code, OVERALL, 1.0, 1, 0.0, 100.0) for pillar in catalogue.pillars]
    rows.append((OVERALL, "", 1.0, 1, None, None))
    columns = ["code", "parent", "weight", "polarity", "goalpost_low", "goalpost_high"]
    return Framework(pd.DataFrame(rows, columns=columns))


def composite(frame: pd.DataFrame, catalogue: Catalogue, kind: str) -> Result:
    """Score the units of a kind from the indicator frame of an edition.

    Parameters
    ----------
    frame : DataFrame
        As `Panel.frame` gives it. Only values of status ok count: a series that has ended is shown, never
        scored.
    catalogue : Catalogue
    kind : {'industry', 'region'}

    Returns
    -------
    Result
        Units × nodes: indicators, the four pillars by their codes, 'overall'.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> one = snapshot("2026-08")
    >>> type(composite(one.frame, one.catalogue, "industry")).__name__
    'Result'
    """
    from fourpillars.scores import Aggregate, Goalposts, Rank, Recipe, build

    unit, units, codes = _UNIT[kind], catalogue.units_of(kind), weighted(catalogue, kind)
    known = frame[(frame["status"] == "ok") & frame[unit].isin(units) & frame["indicator"].isin(codes)]
    if kind == "industry":
        known = known[known["ref_area"] == "CN"]
    current = set(known["indicator"])
    framework = framework_of(catalogue, kind, [code for code in codes if code in current])
    table = known.pivot(index=unit, columns="indicator", values="value")
    table = table.reindex(index=units, columns=framework.indicators)
    recipe = Recipe(
        normalise=Goalposts(),
        aggregate=Aggregate("arithmetic", threshold=COVERAGE),
        rank=Rank(decimals=DECIMALS),
    )
    return build(table, framework, recipe)
