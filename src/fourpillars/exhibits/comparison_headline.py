"""What an editor would say first of a chosen set: who leads, how far apart they are, what to watch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.alerts import active, counts
from fourpillars.exhibits.composite import OVERALL
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.figures import basis_of, compared, nation_rows
from fourpillars.exhibits.headline import Said
from fourpillars.exhibits.intervals import cite_rank
from fourpillars.exhibits.language import join
from fourpillars.exhibits.markdown import bullets, literal, paragraphs, strong
from fourpillars.exhibits.rows import dressed, figure
from fourpillars.exhibits.standing import node_name, score_rows, score_sources

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

SAID = {
    "industry": ("va_growth", "revenue_growth", "profit_growth", "profit_margin"),
    "region": ("va_growth_month", "fai_growth", "trade_growth", "rd_intensity_gdp"),
}
MOST_SAID = 3


def headline(s: Snapshot, activities: list[str], ref_areas: list[str]) -> Exhibit:
    """Say who leads the chosen, how far apart they are on the main figures, and who is warned most."""
    from fourpillars.exhibits.comparison import chosen

    kind, units = chosen(s, activities, ref_areas)
    said = Said(s)
    _scores(said, kind, units)
    rows = compared(s.known, kind)
    rows = dressed(s, rows[rows["code"].isin(units) & (rows["status"] == "ok")])
    spoken = [code for code in SAID[kind] if (rows["indicator"] == code).sum() > 1][:MOST_SAID]
    for code in spoken:
        _range(said, code, rows[rows["indicator"] == code], len(units))
    _watch(said, units)
    lead, *rest = said.sentences
    return s.prose(
        "txt-headline",
        title=s.text("comparison.headline.title", names=_named(s, units), edition=s.period(s.edition)),
        markdown=paragraphs(strong(lead), bullets([literal(text) for text in rest])),
        data=pd.DataFrame(said.rows),
        source_ids=score_sources(s, kind, units),
    )


def _scores(said: Said, kind: str, units: list[str]) -> None:
    """Say the best and the last overall score, and who leads each pillar."""
    s = said.s
    rows = score_rows(s, kind)
    rows = rows[rows["code"].isin(units) & rows["value"].notna()].sort_values(
        ["value", "code"], ascending=[False, True]
    )
    overall = rows[rows["indicator"] == OVERALL]
    if len(overall) > 1:
        first, last = overall.iloc[0], overall.iloc[-1]
        said.say(
            f"comparison.headline.overall.{kind}",
            first=first["name"],
            first_score=said.cite(first, first["shown"]),
            first_rank=cite_rank(said, dict(first)),
            last=last["name"],
            last_score=said.cite(last, last["shown"]),
            last_rank=cite_rank(said, dict(last)),
            count=len(overall),
        )
    leaders = (
        rows[rows["indicator"] != OVERALL].groupby("indicator", sort=False).head(1).set_index("indicator", drop=False)
    )
    known = [pillar.code for pillar in s.catalogue.pillars if pillar.code in leaders.index]
    if known:
        parts = [
            s.text(
                "comparison.leader",
                name=leaders.at[node, "name"],
                pillar=node_name(s, node),
                score=said.cite(leaders.loc[node], leaders.at[node, "shown"]),
                rank=cite_rank(said, leaders.loc[node].to_dict()),
            )
            for node in known
        ]
        said.say("comparison.headline.leaders", leaders=join(parts, s.lang))
    else:
        said.say("comparison.headline.unscored")


def _range(said: Said, code: str, rows: pd.DataFrame, total: int) -> None:
    """Say the highest and lowest of a figure, of the chosen's latest period, beside the nation's."""
    s = said.s
    rows = rows[rows["time_period"] == rows["time_period"].max()].sort_values(
        ["value", "code"], ascending=[False, True]
    )
    first, last = rows.iloc[0], rows.iloc[-1]
    nation = nation_rows(s, rows.head(1)).iloc[0]
    against = ""
    if nation["value"] == nation["value"]:
        against = s.text("comparison.headline.against", value=said.cite(nation, figure(s, code, nation["value"])))
    of = "" if len(rows) == total else s.text("comparison.headline.of", count=len(rows), total=total)
    said.say(
        "comparison.headline.range",
        name=s.name(code),
        period=s.period(first["time_period"], basis=basis_of(s, code, first["code"], first["time_period"])),
        of=of,
        against=against,
        first=first["name"],
        first_value=said.cite(first, first["shown"]),
        last=last["name"],
        last_value=said.cite(last, last["shown"]),
    )


def _watch(said: Said, units: list[str]) -> None:
    s = said.s
    found = active(s)
    found = found[found["code"].isin(units)]
    warns, watches = counts(found)
    if not warns + watches:
        said.say("comparison.headline.calm")
        return
    most = found.groupby("code").size()
    code = min(most[most == most.max()].index)
    levels = [
        s.text(f"alerts.{word}", count=said.count(f"{what}:{'+'.join(units)}", number))
        for what, word, number in (("warn", "warns", warns), ("watch", "watches", watches))
        if number
    ]
    said.say(
        "comparison.headline.watch",
        levels=join(levels, s.lang),
        name=s.name(code, short=True),
        count=said.count(f"warned:{code}", int(most.max())),
    )


def _named(s: Snapshot, units: list[str]) -> str:
    names = [s.name(unit, short=True) for unit in units]
    return (
        join(names, s.lang)
        if len(names) <= 4
        else s.text("gap.more", names=s.text("gap.comma").join(names[:3]), count=len(names) - 3)
    )
