"""Signs of 'zero-sum' competition: prices falling while volume grows and margins shrink."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.empty import nothing
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.language import join
from fourpillars.exhibits.rows import address, dressed, figure, gaps, of_kind
from fourpillars.exhibits.tables import Column, html_table

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

SIGNAL = "price_war"
ALL, SOME = 3, 2
"""Signs of the signal, and of a near signal: falling prices and one of the other two."""
NAMED = 3
_UNITS = {"pct_yoy": 0.0, "index_prev_year_period_100": 100.0}
"""Units producer prices are published in, and what stands for no change."""


def table(s: Snapshot) -> Exhibit:
    """List the industries with two or three signs of a price war; all three first, by the fall of prices.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> table(snapshot("2026-08")).id
    'tbl-price-war'
    """
    rows = dressed(s, of_kind(s, "industry", [SIGNAL]))
    known = rows.dropna(subset=["value"])
    missing = gaps(s, rows)
    if known.empty:
        return nothing(s, "txt-price-war", s.name(SIGNAL), missing)
    listed = known[known["value"] >= SOME]
    if listed.empty:
        return nothing(s, "txt-price-war", s.name(SIGNAL), (s.text("pricewar.none", total=len(known)), *missing))
    parts = {name: _part(s, listed, name) for name in ("price", "volume", "margin")}
    shown = listed.assign(
        href=[address("industry", code) for code in listed["code"]],
        group=[s.text("pricewar.all" if value >= ALL else "pricewar.some") for value in listed["value"]],
        **{name: part["shown"].reindex(listed["code"]).to_numpy() for name, part in parts.items()},
        basis=[s.name(code, short=True) for code in parts["volume"]["indicator"].reindex(listed["code"])],
        fall=parts["price"]["change"].reindex(listed["code"]).to_numpy(),
    ).sort_values(["value", "fall", "code"], ascending=[False, True, True])
    strongest = shown[shown["value"] >= ALL]
    period = s.period(listed["time_period"].iloc[0], basis="ytd")
    columns = [
        Column("name", s.text("kind.industry"), href="href"),
        Column("price", s.text("pricewar.price"), "number"),
        Column("volume", s.text("pricewar.volume"), "number"),
        Column("basis", s.text("pricewar.basis")),
        Column("margin", s.text("pricewar.margin"), "number"),
    ]
    title = s.text(
        "pricewar.title" if len(strongest) else "pricewar.title_none",
        count=len(strongest),
        total=len(known),
        names=join(list(strongest["name"].head(NAMED)), s.lang),
        period=period,
    )
    return s.table(
        "tbl-price-war",
        table_html=html_table(shown, columns, lang=s.lang, groups="group"),
        data=pd.concat([listed, *parts.values()], ignore_index=True),
        title=title,
        subtitle=s.text("pricewar.subtitle", period=period),
        notes=(s.text("pricewar.neutral"), s.text("pricewar.rule"), *missing),
    )


def _part(s: Snapshot, listed: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return one sign's figures by industry, each with its text."""
    if name == "price":
        return pd.DataFrame(
            [_price(s, row["code"], row["time_period"]) for row in listed.to_dict("records")]
        ).set_index("code", drop=False)
    if name == "margin":
        return _at(s, "margin_change", listed)
    grown, real = _at(s, "va_growth", listed), _at(s, "real_revenue_growth", listed)
    return grown.where(grown["value"].notna(), real)


def _at(s: Snapshot, indicator: str, listed: pd.DataFrame) -> pd.DataFrame:
    """Return an indicator's current rows for the industries listed, those of another month left empty."""
    rows = dressed(s, of_kind(s, "industry", [indicator])).set_index("code", drop=False).reindex(listed["code"])
    same = rows["time_period"].to_numpy() == listed["time_period"].to_numpy()
    return rows.where(pd.Series(same, rows.index), other=None)


def _price(s: Snapshot, activity: str, time_period: str) -> dict:
    """Find producer prices, year to date, as published: a change, or an index of which 100 is no change."""
    frame = _published(s)
    found = frame[(frame["activity"] == activity) & (frame["time_period"] == time_period)].iloc[0]
    change = float(found["obs_value"]) - _UNITS[str(found["unit"])]
    return {
        "code": activity,
        "indicator": "ppi",
        "ref_area": "CN",
        "activity": activity,
        "time_period": time_period,
        "value": float(found["obs_value"]),
        "unit": str(found["unit"]),
        "change": change,
        "shown": figure(s, "producer_prices", change),
        "source_ids": str(found["source_id"]),
    }


def _published(s: Snapshot) -> pd.DataFrame:
    frame = s.observations.of_measures(["ppi"])
    own = (frame["basis"] == "ytd") & (frame["ref_area"] == "CN") & frame["unit"].isin(list(_UNITS))
    return frame[own]
