"""Demand against supply: manufacturers' new orders beside their production."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourpillars.exhibits.charts.lines import lines_over_time
from fourpillars.exhibits.empty import nothing
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.formats import unit_label
from fourpillars.exhibits.nation import SINCE, gaps_of_indicators
from fourpillars.exhibits.past import past
from fourpillars.exhibits.rows import dressed, in_words, of_kind

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

GAP = "orders_gap"
MONTHS = 12


def orders(s: Snapshot) -> Exhibit:
    """Draw new orders less production, as purchasing managers say: below zero, demand lags supply.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> orders(snapshot("2026-08")).id
    'fig-orders'
    """
    data = past(s, GAP, "nation", ["CN"], since=SINCE)
    missing = gaps_of_indicators(s, dressed(s, of_kind(s, "nation", [GAP])))
    if data.empty:
        return nothing(s, "txt-orders", s.name(GAP), missing)
    last, year = data.iloc[-1], data.tail(MONTHS)
    below = int((year["value"] < 0).sum())
    side = "below" if last["value"] < 0 else "above" if last["value"] > 0 else "equal"
    title = s.text(
        f"demand.orders.{side}",
        value=in_words(s, GAP, abs(last["value"])),
        period=s.period(last["time_period"]),
        below=below,
        months=len(year),
    )
    drawn = data.assign(name=s.name(GAP, short=True))
    return s.chart(
        "fig-orders",
        vegalite=lines_over_time(drawn, axis=unit_label("pp", s.lang), lang=s.lang, zero=True, picked="CN"),
        data=data,
        title=title,
        alt=s.text("demand.alt", title=title),
        subtitle=s.text("demand.subtitle", name=s.name(GAP), period=s.period(last["time_period"])),
        notes=missing,
    )
