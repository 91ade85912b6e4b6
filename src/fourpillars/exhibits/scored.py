"""What stands behind a unit's score: its strengths and weaknesses, and the points each indicator adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.composite import DECIMALS, OVERALL
from fourpillars.exhibits.empty import nothing
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.figures import rank_text, with_unit
from fourpillars.exhibits.formats import is_missing
from fourpillars.exhibits.knowledge import shared
from fourpillars.exhibits.rows import dressed, kind_of, of_kind, place, within
from fourpillars.exhibits.standing import node_name, score_sources
from fourpillars.exhibits.tables import Column, html_table

if TYPE_CHECKING:
    from fourpillars.exhibits.knowledge import Knowledge
    from fourpillars.exhibits.snapshots import Snapshot

EACH = 4
"""Strengths, and weaknesses, at the most."""


def strengths(s: Snapshot, code: str) -> Exhibit:
    """List a unit's best and worst indicators by rank, with figure, period and score.

    Parameters
    ----------
    code : str
        An industry, 'C31', or a province, '440000'.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> strengths(snapshot("2026-08"), "C31").id
    'tbl-strengths'
    """
    kind = kind_of(s, code)
    found = s.scores[kind].strengths_weaknesses(code, EACH)
    subtitle = s.text(f"robustness.strengths.subtitle.{kind}", edition=s.period(s.edition))
    if set(found["kind"]) != {"strength", "weakness"}:
        return nothing(s, "txt-strengths", s.text("robustness.strengths.none", name=s.name(code)))
    own = of_kind(s, kind, list(found["indicator"]))
    own = dressed(s, own[own["code"] == code]).set_index("indicator", drop=False).loc[list(found["indicator"])]
    rows = own.reset_index(drop=True).assign(
        group=[s.text(f"robustness.strengths.{which}") for which in found["kind"]],
        label=[with_unit(s, indicator) for indicator in found["indicator"]],
        bare=[
            s.number(v, u, decimals=s.catalogue.indicators[i].decimals, symbol=False)
            for v, u, i in zip(own["value"], own["unit"], found["indicator"], strict=True)
        ],
        rank=[rank_text(s, rank, of) for rank, of in zip(found["rank"], found["units"], strict=True)],
        score=found["score"].to_numpy(),
    )
    columns = [
        Column("label", s.text("label.indicator")),
        Column("bare", s.text("profile.latest"), "number"),
        Column("period", s.text("label.period")),
        Column("rank", s.text("label.rank"), "number"),
        Column("score", s.text("label.score"), "number", decimals=DECIMALS),
    ]
    ranks = rows.assign(
        indicator="scored:" + rows["indicator"],
        value=found["rank"].astype(float).to_numpy(),
        shown=rows["rank"],
        unit="",
        time_period=s.edition,
    )
    points = rows.assign(
        indicator="score:" + rows["indicator"],
        value=rows["score"],
        unit="",
        time_period=s.edition,
        shown=[s.number(value, decimals=DECIMALS) for value in rows["score"]],
    )
    best, worst = rows.iloc[0], rows[found["kind"].to_numpy() == "weakness"].iloc[0]
    return s.table(
        "tbl-strengths",
        table_html=html_table(rows, columns, lang=s.lang, groups="group"),
        data=pd.concat([rows.assign(shown=rows["bare"]), ranks, points], ignore_index=True),
        title=s.text(
            "robustness.strengths.title",
            name=s.name(code, short=True),
            best=s.name(best["indicator"], short=True),
            best_rank=best["rank"],
            worst=s.name(worst["indicator"], short=True),
            worst_rank=worst["rank"],
        ),
        subtitle=subtitle,
        source_ids=score_sources(s, kind, [code]),
    )


def contributions(s: Snapshot, code: str) -> Exhibit:
    """Split a unit's overall score into the points of its indicators, and say what moved.

    Parameters
    ----------
    code : str
        An industry, 'C31', or a province, '440000'.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> contributions(snapshot("2026-08"), "C31").id
    'tbl-points'
    """
    kind = kind_of(s, code)
    parts = points(s, code)
    if parts.empty:
        return nothing(s, "txt-points", s.text("robustness.parts.none", name=s.name(code)))
    month = s.period(s.before.edition, short=True)
    rows = parts.assign(
        name=[s.name(indicator, short=True) for indicator in parts["indicator"]],
        group=[s.name(s.catalogue.indicators[indicator].pillar) for indicator in parts["indicator"]],
    )
    overall = s.scores[kind].scores.at[code, OVERALL]
    moved = rows["change"].sum() if rows["change"].notna().any() else float("nan")
    total = {
        "name": s.text("robustness.parts.total"),
        "group": node_name(s, OVERALL),
        "weight": 100.0,
        "points": overall,
        "change": moved,
    }
    columns = [
        Column("name", s.text("label.indicator")),
        Column("score", s.text("label.score"), "number", decimals=DECIMALS),
        Column("weight", s.text("robustness.parts.weight"), "number", decimals=1),
        Column("points", s.text("robustness.parts.points"), "number", decimals=DECIMALS),
        Column("change", s.text("robustness.parts.change", month=month), "number", "pp", decimals=DECIMALS),
    ]
    best, lost = (
        rows.loc[rows["points"].idxmax()],
        rows.loc[(rows["weight"] - rows["points"]).drop(rows["points"].idxmax()).idxmax()],
    )
    shown = pd.concat([rows, pd.DataFrame([total])], ignore_index=True)
    return s.table(
        "tbl-points",
        table_html=html_table(shown, columns, lang=s.lang, groups="group"),
        data=_rows(s, code, rows, overall, moved),
        title=s.text(
            "robustness.parts.title",
            name=within(s, code),
            best=best["name"],
            lost=lost["name"],
            best_points=s.number(best["points"], decimals=DECIMALS),
            score=s.number(overall, decimals=DECIMALS),
            lost_points=s.number(lost["weight"] - lost["points"], decimals=DECIMALS),
        ),
        subtitle=s.text("robustness.parts.subtitle", edition=s.period(s.edition)),
        notes=(_moved(s, rows, moved, s.period(s.before.edition)),) if moved == moved else (),
        source_ids=score_sources(s, kind, [code]),
    )


def points(s: Snapshot, code: str) -> pd.DataFrame:
    """Return score, weight (per cent of the overall score), points and their change by indicator.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> list(points(snapshot("2026-08"), "C31").columns[:3])
    ['indicator', 'score', 'points']
    """
    kind = kind_of(s, code)
    result, earlier = s.scores[kind], s.before.scores[kind]
    if is_missing(result.scores.at[code, OVERALL]):
        return pd.DataFrame()
    now = result.contributions.loc[code]
    codes = [indicator for indicator in result.framework.indicators if result.scores.at[code, indicator] >= 0]
    scores = result.scores.loc[code, codes].astype(float)
    table = pd.DataFrame({"indicator": codes, "score": scores.to_numpy(), "points": now[codes].to_numpy(float)})
    table["weight"] = [100 * weight_of(s, kind, code, indicator) for indicator in codes]
    known = earlier.scores.at[code, OVERALL]
    then = earlier.contributions.loc[code] if known == known else pd.Series(dtype=float)
    comparable = known == known and set(codes) == {i for i in then.index if earlier.scores.at[code, i] >= 0}
    table["change"] = table["points"] - then.reindex(codes).to_numpy(float) if comparable else float("nan")
    return table


def weight_of(s: Snapshot, kind: str, code: str, indicator: str) -> float:
    """Return an indicator's share in a unit's overall score; what is missing leaves its to the rest.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> 0 < weight_of(snapshot("2026-08"), "industry", "C31", "profit_margin") < 1
    True
    """
    parents, shares = _shares(s.known, kind, code)
    share, node = 1.0, indicator
    while node != OVERALL:
        share *= shares[node]
        node = parents[node]
    return share


@shared
def _shares(known: Knowledge, kind: str, code: str) -> tuple[dict[str, str], dict[str, float]]:
    """Return each node's parent, and its share among those of the parent's that a unit is scored on."""
    result = known.scores[kind]
    table, scores = result.framework.table, result.scores.loc[code]
    there = table[[scores[node] >= 0 for node in table.index]]
    whole = there.groupby("parent")["weight"].sum()
    return table["parent"].to_dict(), (table["weight"] / table["parent"].map(whole)).to_dict()


def _moved(s: Snapshot, rows: pd.DataFrame, moved: float, month: str) -> str:
    most = rows.loc[rows["change"].abs().idxmax()]
    if round(abs(most["change"]), DECIMALS) == 0:
        return s.text("robustness.parts.still", month=month)
    how = {"unit": "pp", "decimals": DECIMALS, "symbol": False}
    return s.text(
        "robustness.parts.moved",
        month=month,
        name=most["name"],
        change=s.number(moved, **how),
        points=s.number(most["change"], **how),
    )


def _rows(s: Snapshot, code: str, rows: pd.DataFrame, overall: float, moved: float) -> pd.DataFrame:
    """Return every displayed number as a row: `score:`, `weight:`, `points:` and `change:<indicator>`."""
    ref_area, activity = place(s, code)
    places = {"score": DECIMALS, "weight": 1, "points": DECIMALS, "change": DECIMALS}
    cells = [(f"{what}:{row['indicator']}", what, row[what]) for what in places for row in rows.to_dict("records")]
    cells += [(OVERALL, "points", overall), (f"change:{OVERALL}", "change", moved)]
    return pd.DataFrame(
        [
            {
                "indicator": name,
                "ref_area": ref_area,
                "activity": activity,
                "time_period": s.edition,
                "value": value,
                "unit": "",
                "shown": s.number(value, "pp" if what == "change" else "", decimals=places[what], symbol=False),
            }
            for name, what, value in cells
            if value == value
        ]
    )
