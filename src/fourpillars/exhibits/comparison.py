"""A chosen set of industries or provinces side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.errors import FourPillarsError
from fourpillars.exhibits.charts.heatmap import heatmap as heatmap_chart
from fourpillars.exhibits.charts.multiples import small_multiples
from fourpillars.exhibits.charts.strips import dot_strips
from fourpillars.exhibits.comparison_headline import headline
from fourpillars.exhibits.composite import OVERALL
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.figures import bare, basis_of, companion, compared, with_unit
from fourpillars.exhibits.intervals import said_of_all
from fourpillars.exhibits.language import join
from fourpillars.exhibits.markdown import literal
from fourpillars.exhibits.past import past
from fourpillars.exhibits.rows import dressed, in_words
from fourpillars.exhibits.standing import node_name, ranked_codes, score_gaps, score_rows, score_sources
from fourpillars.exhibits.tables import Column, html_table

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

__all__ = ["headline", "heatmap", "history", "scores", "table"]

YEARS = 5
FOLLOWED = {"industry": ("revenue_growth", "va_growth"), "region": ("va_growth_month", "fai_growth")}
"""What the small charts follow: the first that most of the chosen have a current figure of."""
FEWEST_POINTS = 3


def scores(s: Snapshot, activities: list[str], ref_areas: list[str]) -> Exhibit:
    """Draw the scores of the chosen among all, a strip a pillar, with a list to pick one from.

    Parameters
    ----------
    activities : list of str
        Divisions, ['C31', 'C36']; or else
    ref_areas : list of str
        Provinces, ['440000', '320000'].

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> scores(snapshot("2026-08"), ["C31", "C36"], []).id
    'fig-scores'
    """
    kind, units = chosen(s, activities, ref_areas)
    rows = score_rows(s, kind, root="../").assign(chosen=lambda all: all["code"].isin(units))
    own = rows[rows["chosen"]]
    subtitle = s.text(f"comparison.scores.subtitle.{kind}", edition=s.period(s.edition))
    if own["value"].notna().sum() == 0:
        why = s.text("comparison.scores.none")
        return s.prose(
            "txt-scores",
            title=why,
            subtitle=subtitle,
            markdown=literal(" ".join([why + s.text("stop"), *score_gaps(s, own)])),
        )
    leaders = (
        own.dropna(subset=["value"])
        .sort_values(["value", "code"], ascending=[False, True])
        .groupby("indicator", sort=False)
        .head(1)
    )
    leaders = leaders.set_index("indicator").reindex(list(dict.fromkeys(own["indicator"]))).dropna(subset=["value"])
    first = ranked_codes(own)[0]
    title = s.text(
        "comparison.scores.title",
        leaders=s.text("gap.comma").join(
            s.text("comparison.first", name=row["name"], pillar=node_name(s, node), score=row["shown"])
            for node, row in leaders.iterrows()
            if node != OVERALL or len(leaders) == 1
        ),
    )
    return s.chart(
        "fig-scores",
        vegalite=dot_strips(rows, axis=s.text("label.score"), lang=s.lang, picked=first, choose=True),
        data=rows,
        title=title,
        subtitle=s.text("comparison.picked", subtitle=subtitle, name=s.name(first, short=True)),
        alt=s.text("comparison.scores.alt", title=title),
        notes=(*said_of_all(s, kind), *score_gaps(s, own)),
        source_ids=score_sources(s, kind, units),
    )


def heatmap(s: Snapshot, activities: list[str], ref_areas: list[str]) -> Exhibit:
    """Show the scores of the chosen on the four pillars and overall, best first.

    Parameters
    ----------
    activities : list of str
        Divisions, ['C31', 'C36']; or else
    ref_areas : list of str
        Provinces, ['440000', '320000'].

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> heatmap(snapshot("2026-08"), ["C31", "C36"], []).id
    'fig-heatmap'
    """
    kind, units = chosen(s, activities, ref_areas)
    rows = score_rows(s, kind, root="../")
    rows = rows[rows["code"].isin(units)]
    order = ranked_codes(rows)
    title = s.text("comparison.heat.title", best=s.name(order[0], short=True), count=len(order))
    return s.chart(
        "fig-heatmap",
        vegalite=heatmap_chart(rows, lang=s.lang, order=order, row_height=26),
        data=rows,
        title=title,
        subtitle=s.text("standing.subtitle", edition=s.period(s.edition)),
        alt=s.text("comparison.heat.alt", title=title),
        notes=(*said_of_all(s, kind), *score_gaps(s, rows)),
        source_ids=score_sources(s, kind, units),
    )


def history(s: Snapshot, activities: list[str], ref_areas: list[str], indicator: str = "") -> Exhibit:
    """Draw one indicator's past five years, a small chart for each chosen, the nation's grey beside it.

    Parameters
    ----------
    indicator : str
        '' is the growth of revenue for industries, of value added for provinces.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> history(snapshot("2026-08"), ["C31", "C36"], []).id
    'fig-history'
    """
    kind, units = chosen(s, activities, ref_areas)
    indicator = indicator or _followed(s, kind, units)
    since = f"{int(s.edition[:4]) - YEARS}{s.edition[4:]}"
    own = [past(s, indicator, kind, [unit], since=since) for unit in units]
    lacking = [s.name(unit, short=True) for unit, rows in zip(units, own, strict=True) if len(rows) < FEWEST_POINTS]
    own = [rows for rows in own if len(rows) >= FEWEST_POINTS]
    subtitle = s.text(
        f"comparison.history.subtitle.{kind}",
        name=with_unit(s, indicator),
        since=s.period(since),
        edition=s.period(s.edition),
    )
    if not own:
        why = s.text("comparison.history.none", name=s.name(indicator))
        return s.prose("txt-history", title=why, subtitle=subtitle, markdown=literal(why + s.text("stop")))
    whole = companion(s, indicator, own[0], since)
    beside = [whole.assign(code=rows["code"].iloc[0], name=rows["name"].iloc[0], companion=True) for rows in own]
    drawn = pd.concat([*(rows.assign(companion=False) for rows in own), *beside], ignore_index=True)
    title = _spread(s, indicator, pd.concat(own).groupby("code", sort=False).tail(1))
    return s.chart(
        "fig-history",
        vegalite=small_multiples(drawn, lang=s.lang, zero=True),
        data=pd.concat([*own, whole], ignore_index=True),
        title=title,
        subtitle=subtitle,
        alt=s.text("comparison.history.alt", title=title),
        notes=(s.text("comparison.history.lacking", names=join(lacking, s.lang)),) if lacking else (),
    )


def table(s: Snapshot, activities: list[str], ref_areas: list[str]) -> Exhibit:
    """List every current indicator for each of the chosen, all figures of a row of one period.

    Parameters
    ----------
    activities : list of str
        Divisions, ['C31', 'C36']; or else
    ref_areas : list of str
        Provinces, ['440000', '320000'].

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> table(snapshot("2026-08"), [], ["440000", "320000"]).id
    'tbl-figures'
    """
    kind, units = chosen(s, activities, ref_areas)
    rows = compared(s.known, kind)
    rows = dressed(s, rows[rows["code"].isin(units)])
    current = rows[rows["status"] == "ok"]
    latest = current.groupby("indicator")["time_period"].max()
    current = current[current["time_period"] == current["indicator"].map(latest)]
    current = current.assign(
        shown=[bare(s, code, value) for code, value in zip(current["indicator"], current["value"], strict=True)]
    )
    order = _by_pillar_and_period(s, latest)
    texts = (
        current.pivot(index="indicator", columns="code", values="shown").reindex(index=order, columns=units).fillna("")
    )
    texts["label"] = [with_unit(s, code) for code in order]
    texts["group"] = [
        s.text(
            "comparison.group",
            pillar=s.name(s.catalogue.indicators[code].pillar),
            period=s.period(latest[code]),
        )
        for code in order
    ]
    columns = [
        Column("label", s.text("label.indicator")),
        *(Column(unit, s.name(unit, short=True), "number") for unit in units),
    ]
    absent = [s.name(code, short=True) for code in dict.fromkeys(rows["indicator"]) if code not in latest.index]
    return s.table(
        "tbl-figures",
        table_html=html_table(texts, columns, lang=s.lang, groups="group"),
        data=current,
        title=s.text("comparison.table.title", count=len(order), units=len(units)),
        subtitle=s.text("comparison.table.subtitle", edition=s.period(s.edition)),
        notes=(s.text("comparison.table.absent", count=len(absent), names=join(absent, s.lang)),) if absent else (),
    )


def chosen(s: Snapshot, activities: list[str], ref_areas: list[str]) -> tuple[str, list[str]]:
    """Return the kind compared and its units, each once; industries and provinces do not mix.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> chosen(snapshot("2026-08"), ["C31", "C36"], [])
    ('industry', ['C31', 'C36'])
    """
    if bool(activities) == bool(ref_areas):
        found = "both industries and provinces" if activities else "neither industries nor provinces"
        raise FourPillarsError(f"The comparison was given {found}.", hint="Give either activities or ref_areas.")
    return ("industry", list(dict.fromkeys(activities))) if activities else ("region", list(dict.fromkeys(ref_areas)))


def _followed(s: Snapshot, kind: str, units: list[str]) -> str:
    rows = compared(s.known, kind)
    rows = rows[(rows["status"] == "ok") & rows["code"].isin(units)]
    known = rows.groupby("indicator").size()
    return max(FOLLOWED[kind], key=lambda code: int(known.get(code, 0)))


def _by_pillar_and_period(s: Snapshot, latest: pd.Series) -> list[str]:
    """Order indicators by pillar and, within it, those of one period together."""
    pillars = {pillar.code: number for number, pillar in enumerate(s.catalogue.pillars)}
    places = {code: number for number, code in enumerate(s.catalogue.indicators)}
    first = {}
    for code in sorted(latest.index, key=places.get):
        first.setdefault((s.catalogue.indicators[code].pillar, latest[code]), len(first))
    return sorted(
        latest.index,
        key=lambda code: (
            pillars[s.catalogue.indicators[code].pillar],
            first[s.catalogue.indicators[code].pillar, latest[code]],
            places[code],
        ),
    )


def _spread(s: Snapshot, indicator: str, last: pd.DataFrame) -> str:
    """Say who is highest and who lowest, among those with the latest period."""
    now = last[last["time_period"] == last["time_period"].max()].sort_values(["value", "code"], ascending=[False, True])
    period = now["time_period"].iloc[0]
    said = {
        "name": s.name(indicator),
        "first": now["name"].iloc[0],
        "first_value": in_words(s, indicator, now["value"].iloc[0]),
        "period": s.period(period, basis=basis_of(s, indicator, now["code"].iloc[0], period)),
    }
    if len(now) == 1:
        return s.text("comparison.history.one", **said)
    return s.text(
        "comparison.history.title",
        last=now["name"].iloc[-1],
        last_value=in_words(s, indicator, now["value"].iloc[-1]),
        **said,
    )
