"""Contributions: which industries make the growth of revenue and profit, which few make 80 % of revenue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.charts.bars import diverging_bars
from fourpillars.exhibits.empty import nothing
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.formats import unit_label
from fourpillars.exhibits.past import a_year_before
from fourpillars.exhibits.rows import address, dressed, figure, gaps, in_words, of_kind, without_units
from fourpillars.exhibits.tables import Column, html_table

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

EACH_END = 10
"""Industries named at either end; those between are one bar."""
INDICATORS = {
    "operating_revenue": ("revenue_contribution", "revenue_growth"),
    "total_profit": ("profit_contribution", "profit_growth"),
}
SET_COLUMNS = ("revenue_share", "revenue_cumulative_share", "revenue_growth", "revenue_contribution")
PART = 80.0
REST, TOTAL = "rest", "total"


def bars(s: Snapshot, measure: str) -> Exhibit:
    """Draw what each industry contributes to the growth of a total: the ten most, the ten least, the rest.

    Parameters
    ----------
    measure : {'operating_revenue', 'total_profit'}

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> bars(snapshot("2026-08"), "total_profit").id
    'fig-contributions-total-profit'
    """
    code, of = INDICATORS[measure]
    rows = dressed(s, of_kind(s, "industry", [code]))
    known = rows.dropna(subset=["value"]).sort_values(["value", "code"], ascending=[False, True])
    slug = measure.replace("_", "-")
    total = dressed(s, of_kind(s, "nation", [of])).iloc[0]
    if known.empty or total["status"] != "ok":
        return nothing(s, f"txt-contributions-{slug}", s.name(code), gaps(s, rows))
    drawn = pd.concat([_total(s, total), _ends(s, known, code)], ignore_index=True)
    first, last = known.iloc[0], known.iloc[-1]
    title = s.text(
        f"contributions.{measure}",
        first=first["name"],
        last=last["name"],
        first_value=first["shown"],
        last_value=last["shown"],
        moved=s.text(
            f"contributions.moved.{'up' if total['value'] >= 0 else 'down'}",
            value=in_words(s, of, abs(total["value"])),
        ),
        period=s.period(total["time_period"], basis="ytd"),
    )
    summed = s.text(
        "contributions.sum",
        count=len(known),
        sum=_points(s, known["value"].sum()),
        growth=figure(s, of, total["value"]),
    )
    return s.chart(
        f"fig-contributions-{slug}",
        vegalite=diverging_bars(
            drawn, axis=s.text("contributions.axis", unit=unit_label("pp", s.lang)), lang=s.lang, total=TOTAL
        ),
        data=drawn,
        title=title,
        alt=s.text("contributions.alt", title=title),
        subtitle=s.text(
            "contributions.subtitle", name=s.name(code), period=s.period(total["time_period"], basis="ytd")
        ),
        notes=(summed, *gaps(s, rows)),
    )


def eighty_percent(s: Snapshot) -> Exhibit:
    """List the fewest industries that make 80 % of revenue, with their growth; how concentrated it is.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> eighty_percent(snapshot("2026-08")).id
    'tbl-eighty'
    """
    rows = without_units(s, dressed(s, of_kind(s, "industry", list(SET_COLUMNS))))
    share = rows[rows["indicator"] == "revenue_cumulative_share"].dropna(subset=["value"])
    share = share.sort_values("value", kind="stable")
    nation = dressed(
        s, of_kind(s, "nation", ["top80_industries", "top80_growth", "top80_lead", "revenue_concentration"])
    )
    nation = nation.set_index("indicator", drop=False)
    if share.empty or nation["value"].isna().any():
        return nothing(s, "txt-eighty", s.name("top80_industries"), gaps(s, nation.assign(code=nation["indicator"])))
    members = list(share["code"][: int(nation.at["top80_industries", "value"])])
    wide = rows[rows["code"].isin(members)].pivot(index="code", columns="indicator", values="value").loc[members]
    wide = wide.assign(
        name=[s.name(code, short=True) for code in members],
        href=[address("industry", code) for code in members],
    )
    columns = [
        Column("name", s.text("kind.industry"), href="href"),
        *(_column(s, code) for code in SET_COLUMNS),
    ]
    lead = nation.at["top80_lead", "value"]
    before_period, before = a_year_before(
        s, "revenue_concentration", "nation", "CN", nation.at["revenue_concentration", "time_period"]
    )
    earlier = nation.loc[["revenue_concentration"]].assign(
        value=before, time_period=before_period, shown=figure(s, "revenue_concentration", before)
    )
    data = pd.concat([nation, earlier.dropna(subset=["value"]), rows[rows["code"].isin(members)]], ignore_index=True)
    period = s.period(nation.at["top80_growth", "time_period"], basis="ytd")
    return s.table(
        "tbl-eighty",
        table_html=html_table(wide, columns, lang=s.lang),
        data=data,
        title=s.text(
            f"contributions.eighty.{'more' if lead >= 0 else 'less'}",
            count=len(members),
            growth=in_words(s, "top80_growth", nation.at["top80_growth", "value"]),
            lead=_points(s, abs(lead), places=1),
            period=period,
        ),
        subtitle=s.text("contributions.eighty.subtitle", period=period),
        notes=(
            s.text(
                "contributions.eighty.concentration",
                value=nation.at["revenue_concentration", "shown"],
                period=period,
                against=s.text(
                    "contributions.eighty.against",
                    value=earlier["shown"].iloc[0],
                    period=s.period(before_period, basis="ytd"),
                )
                if before == before
                else "",
            ),
            s.text("contributions.eighty.basis"),
        ),
    )


def _ends(s: Snapshot, known: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return the first and last rows, and one for all between."""
    between = known.iloc[EACH_END:-EACH_END]
    if len(between) < 2:
        return known
    value = float(between["value"].sum())
    rest = known.iloc[[0]].assign(
        code=REST,
        indicator=f"sum:{code}",
        activity="B-D",
        value=value,
        shown=figure(s, code, value),
        name=s.text("contributions.rest", count=len(between)),
        source_ids=";".join(between["source_ids"].unique()),
    )
    return pd.concat([known.iloc[:EACH_END], rest, known.iloc[-EACH_END:]], ignore_index=True)


def _total(s: Snapshot, total: pd.Series) -> pd.DataFrame:
    return total.to_frame().T.assign(code=TOTAL, name=s.text("contributions.total")).astype({"value": float})


def _points(s: Snapshot, value: float, places: int = 2) -> str:
    return s.number(value, "pp", decimals=places, signed=False)


def _column(s: Snapshot, code: str) -> Column:
    entry = s.catalogue.indicators[code]
    head = s.text(f"contributions.head.{code}", unit=unit_label(entry.unit, s.lang))
    return Column(code, head, "number", entry.unit, entry.decimals)
