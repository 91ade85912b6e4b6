"""What an editor would say first of one industry or province, every figure of it in the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from fourpillars.exhibits.alerts import active, counts
from fourpillars.exhibits.composite import OVERALL
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.figures import basis_of, earlier_rows, figures, nation_rows, rank_rows, rank_said
from fourpillars.exhibits.headline import Said
from fourpillars.exhibits.intervals import cite_rank
from fourpillars.exhibits.language import join
from fourpillars.exhibits.markdown import bullets, literal, paragraphs, strong
from fourpillars.exhibits.rows import figure, kind_of, place
from fourpillars.exhibits.standing import node_name, score_rows, score_sources

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

FIRST = {"industry": ("va_growth", "revenue_growth"), "region": ("va_growth_month", "fai_growth")}
"""The leading figure: the first of these that is current."""
NEXT = {
    "industry": (
        "revenue_growth",
        "profit_growth",
        "profit_margin",
        "capacity_utilization",
        "producer_prices",
    ),
    "region": ("fai_growth", "retail_growth", "trade_growth", "rd_intensity_gdp"),
}
MOST_SAID = 3
"""Figures after the leading one."""
MOST_NAMED = 4


def headline(s: Snapshot, code: str) -> Exhibit:
    """Say of a unit: what and how much, against whom, where it stands, what to watch."""
    kind = kind_of(s, code)
    said = Said(s)
    rows = figures(s, code)
    rows = rows.assign(
        rank=[
            "" if rank != rank else rank_said(s, rank, of) for rank, of in zip(rows["place"], rows["of"], strict=True)
        ]
    )
    current = rows[rows["status"] == "ok"].set_index("indicator", drop=False)
    first = next((indicator for indicator in FIRST[kind] if indicator in current.index), "")
    others = [indicator for indicator in NEXT[kind] if indicator in current.index and indicator != first]
    figures_said = _beside(s, code, current.loc[[*filter(None, [first]), *others[:MOST_SAID]]])
    for indicator, rows_of in figures_said.items():
        facts = _facts(said, code, **rows_of)
        if indicator == first:
            said.say(f"profile.headline.lead_{kind}", who=s.name(code), **facts)
        else:
            said.say("profile.headline.figure", **facts)
    _standing(said, code)
    _watch(said, code, int((rows["status"] != "ok").sum()), len(rows))
    lead, *rest = said.sentences
    return s.prose(
        "txt-headline",
        title=s.text("profile.headline.title", name=s.name(code), period=s.period(s.edition)),
        markdown=paragraphs(strong(lead), bullets([literal(text) for text in rest])),
        data=pd.DataFrame(said.rows),
        source_ids=score_sources(s, kind, [code]),
    )


def _beside(s: Snapshot, code: str, rows: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return by indicator the unit's row, the nation's, that of a year before, and its rank's, None without one."""
    parts = {"one": rows, "nation": nation_rows(s, rows), "earlier": earlier_rows(s, rows, code)}
    parts["ranked"] = rank_rows(s, rows)
    found = {name: dict(zip(part.index, part.to_dict("records"), strict=True)) for name, part in parts.items()}
    return {indicator: {name: of.get(indicator) for name, of in found.items()} for indicator in rows.index}


def _facts(
    said: Said,
    code: str,
    one: dict[str, Any],
    nation: dict[str, Any],
    earlier: dict[str, Any],
    ranked: dict[str, Any] | None,
) -> dict[str, str]:
    """Return what can be said of a figure: value, period, the nation's, a year before, rank."""
    s, indicator = said.s, one["indicator"]
    basis = basis_of(s, indicator, code, one["time_period"])
    compared = []
    if nation["value"] == nation["value"]:
        value = said.cite(nation, figure(s, indicator, nation["value"]))
        compared.append(s.text(f"profile.headline.nation_{kind_of(s, code)}", value=value))
    if earlier["value"] == earlier["value"]:
        value = said.cite(earlier, figure(s, indicator, earlier["value"]))
        compared.append(
            s.text("profile.headline.before", value=value, period=s.period(earlier["time_period"], basis=basis))
        )
    if ranked is not None:
        compared.append(s.text("profile.headline.rank", rank=said.cite(ranked, one["rank"])))
    return {
        "indicator": s.name(indicator),
        "value": said.cite(one, figure(s, indicator, one["value"])),
        "period": s.period(one["time_period"], basis=basis),
        "compared": s.text("profile.headline.compared", parts=s.text("profile.headline.comma").join(compared))
        if compared
        else "",
    }


def _standing(said: Said, code: str) -> None:
    """Say the overall score and rank, and the best and the weakest pillar."""
    s = said.s
    own = score_rows(s, kind_of(s, code))
    own = own[(own["code"] == code) & own["value"].notna()].set_index("indicator", drop=False)
    pillars = own.drop(index=OVERALL, errors="ignore")
    if pillars.empty:
        said.say("position.none", name=s.name(code, short=True))
        said.sentences[-1] += s.text("stop")
        return
    share = pillars["place"].astype(float) / pillars["of"]
    ends = [own.loc[name] for name in dict.fromkeys([share.idxmin(), share.idxmax()])]
    named = [
        s.text(
            "profile.headline.pillar",
            pillar=node_name(s, row["indicator"]),
            score=_cited(said, row),
            rank=row["rank"],
        )
        for row in ends
    ]
    overall = own.loc[OVERALL] if OVERALL in own.index else None
    key = ("one" if len(ends) == 1 else "ends") + ("" if overall is not None else "_only")
    score = {} if overall is None else {"score": _cited(said, overall), "rank": overall["rank"]}
    said.say(f"profile.headline.standing.{key}", best=named[0], worst=named[-1], **score)


def _cited(said: Said, row: pd.Series) -> str:
    cite_rank(said, dict(row))
    return said.cite(row, row["shown"])


def _watch(said: Said, code: str, lacking: int, total: int) -> None:
    """Say what is at warning or watch level, and how much is not published."""
    s = said.s
    found = active(s)
    found = found[found["code"] == code]
    warns, watches = counts(found)
    if warns + watches:
        names = [s.name(indicator, short=True) for indicator in found["indicator"]]
        beyond = len(names) - MOST_NAMED
        listed = (
            join(names, s.lang)
            if beyond <= 0
            else s.text("gap.more", names=s.text("gap.comma").join(names[:MOST_NAMED]), count=beyond)
        )
        levels = [
            s.text(
                f"alerts.{what}es" if what == "watch" else "alerts.warns",
                count=_counted(said, code, what, number),
            )
            for what, number in (("warn", warns), ("watch", watches))
            if number
        ]
        said.say("profile.headline.watch", levels=join(levels, s.lang), names=listed)
    else:
        said.say("profile.headline.calm")
    if lacking:
        said.say(
            "profile.headline.lacking",
            lacking=_counted(said, code, "lacking", lacking),
            total=_counted(said, code, "indicators", total),
        )


def _counted(said: Said, code: str, what: str, number: int) -> int:
    """Keep a count of a unit's own, and return it."""
    ref_area, activity = place(said.s, code)
    said.rows.append(
        {
            "indicator": f"count:{what}",
            "ref_area": ref_area,
            "activity": activity,
            "time_period": said.s.edition,
            "value": float(number),
            "unit": "count",
            "shown": str(number),
        }
    )
    return number
