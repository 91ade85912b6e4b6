"""Where one unit stands: its scores among all, and its figures between the lowest and the highest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.charts.spine import spine_chart
from fourpillars.exhibits.charts.strips import dot_strips
from fourpillars.exhibits.composite import OVERALL
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.figures import FEWEST, bare, figures, rank_rows, rank_text
from fourpillars.exhibits.intervals import interval_rows, said_of_one
from fourpillars.exhibits.language import join
from fourpillars.exhibits.markdown import literal
from fourpillars.exhibits.rows import figure, kind_of, within
from fourpillars.exhibits.standing import node_name, score_rows, score_sources

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

LONGEST = 9
"""Letters of a figure with its unit that a spine has room for."""
MOST_ROWS = 28
"""Indicators a spine has room for on paper: the principal ones and those in the score first."""


def position(s: Snapshot, code: str) -> Exhibit:
    """Draw a strip of dots for each pillar and overall: all units, this one in colour, with its rank.

    Parameters
    ----------
    code : str
        An industry, 'C31', or a province, '440000'.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> position(snapshot("2026-08"), "C31").id
    'fig-position'
    """
    kind = kind_of(s, code)
    rows = score_rows(s, kind, root="../")
    own = rows[rows["code"] == code]
    scored = own.dropna(subset=["value"])
    missing = tuple(
        s.text(
            "position.gap_overall" if node == OVERALL else "position.gap",
            name=within(s, code),
            pillar=node_name(s, node),
        )
        for node in own.loc[own["value"].isna(), "indicator"]
    )
    subtitle = s.text(f"position.subtitle.{kind}", edition=s.period(s.edition))
    if scored.empty:
        return s.prose(
            "txt-position",
            title=s.text("position.none", name=s.name(code)),
            subtitle=subtitle,
            markdown=literal(" ".join([s.text("position.none", name=s.name(code)) + s.text("stop"), *missing])),
        )
    title = _standing(s, code, scored)
    findings = s.text("gap.comma").join(
        s.text("position.item", pillar=node_name(s, row["indicator"]), score=row["shown"], rank=row["rank"])
        for row in scored[["indicator", "shown", "rank"]].to_dict("records")
    )
    ranks = scored.assign(
        indicator="rank:" + scored["indicator"], value=scored["place"].astype(float), shown=scored["rank"]
    )
    return s.chart(
        "fig-position",
        vegalite=dot_strips(rows, axis="", lang=s.lang, picked=code),
        data=pd.concat([own, ranks, interval_rows(scored), rows[rows["code"] != code]], ignore_index=True),
        title=title,
        subtitle=subtitle,
        alt=s.text("position.alt", title=title, findings=findings),
        notes=(*said_of_one(s, code), *missing),
        source_ids=score_sources(s, kind, [code]),
    )


def spine(s: Snapshot, code: str) -> Exhibit:
    """Draw every current figure of a unit between the lowest and the highest of all, pillar by pillar.

    Parameters
    ----------
    code : str
        An industry, 'C31', or a province, '440000'.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> spine(snapshot("2026-08"), "440000").id
    'fig-spine'
    """
    kind = kind_of(s, code)
    rows = figures(s, code)
    able = rows[(rows["status"] == "ok") & (rows["of"] >= FEWEST) & (rows["high"] > rows["low"])]
    subtitle = s.text(f"position.spine.subtitle.{kind}", edition=s.period(s.edition))
    if able.empty:
        why = s.text("position.spine.none", name=s.name(code))
        return s.prose("txt-spine", title=why, subtitle=subtitle, markdown=literal(why + s.text("stop")))
    kept = (
        able.assign(last=~able["principal"])
        .sort_values(["last", "weight"], ascending=[True, False], kind="stable")
        .head(MOST_ROWS)
    )
    drawn = able.loc[sorted(kept.index)]
    drawn = drawn.assign(
        shown=[_short(s, code, value) for code, value in zip(drawn["indicator"], drawn["value"], strict=True)],
        group=[s.name(pillar) for pillar in drawn["pillar"]],
        median_shown=[
            _short(s, indicator, value) for indicator, value in zip(drawn["indicator"], drawn["median"], strict=True)
        ],
        rank=[rank_text(s, rank, of) for rank, of in zip(drawn["place"], drawn["of"], strict=True)],
    )
    best, worst = (drawn["place"] / drawn["of"] <= 0.25).sum(), (drawn["place"] / drawn["of"] > 0.75).sum()
    title = s.text(
        "position.spine.title",
        name=s.name(code, short=True),
        best=int(best),
        worst=int(worst),
        count=int(drawn["place"].notna().sum()),
    )
    medians = drawn.assign(
        indicator="median:" + drawn["indicator"],
        ref_area="CN",
        activity="B-D",
        value=drawn["median"],
        shown=drawn["median_shown"],
    )
    beyond = len(able) - len(drawn)
    return s.chart(
        "fig-spine",
        vegalite=spine_chart(drawn, lang=s.lang, picked=code),
        data=pd.concat([drawn, rank_rows(s, drawn), medians], ignore_index=True),
        title=title,
        subtitle=subtitle,
        alt=s.text("position.spine.alt", title=title, extremes=_extremes(s, drawn)),
        notes=(
            s.text("position.spine.note"),
            s.text("position.spine.beyond", count=beyond) if beyond else "",
            s.text("position.spine.periods", periods=_periods(s, drawn)),
        ),
    )


def _standing(s: Snapshot, code: str, scored: pd.DataFrame) -> str:
    """Say where the unit is strongest and weakest among all."""
    pillars = scored[scored["indicator"] != OVERALL]
    share = pillars["place"].astype(float) / pillars["of"]
    best, worst = pillars.loc[share.idxmin()], pillars.loc[share.idxmax()]
    said = {
        "name": s.name(code, short=True),
        "best": node_name(s, best["indicator"]),
        "best_rank": best["rank"],
    }
    if best["indicator"] == worst["indicator"]:
        return s.text("position.one", **said)
    return s.text("position.title", worst=node_name(s, worst["indicator"]), worst_rank=worst["rank"], **said)


def _short(s: Snapshot, indicator: str, value: float) -> str:
    """Return a figure with its unit, or without where that takes the room of the chart."""
    shown = figure(s, indicator, value)
    return shown if len(shown) <= LONGEST else bare(s, indicator, value)


def _extremes(s: Snapshot, drawn: pd.DataFrame) -> str:
    ranked = (
        drawn.dropna(subset=["place"])
        .assign(share=lambda rows: rows["place"] / rows["of"])
        .sort_values("share", kind="stable")
    )
    named = ranked if len(ranked) < 4 else pd.concat([ranked.head(2), ranked.tail(2)])
    return join(
        [
            s.text("position.item", pillar=row["label"], score=row["shown"], rank=row["rank"])
            for row in named[["label", "shown", "rank"]].to_dict("records")
        ],
        s.lang,
    )


def _periods(s: Snapshot, drawn: pd.DataFrame) -> str:
    return s.text("separator").join(s.period(period) for period in sorted(set(drawn["time_period"])))
