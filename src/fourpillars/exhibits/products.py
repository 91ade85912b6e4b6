"""New products: how the output of robots, chips, electric vehicles and the like grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.charts.bars import diverging_bars
from fourpillars.exhibits.charts.multiples import small_multiples
from fourpillars.exhibits.empty import nothing
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.formats import unit_label
from fourpillars.exhibits.nation import SINCE, gaps_of_indicators
from fourpillars.exhibits.past import past
from fourpillars.exhibits.rows import dressed, in_words, of_kind

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

LEAST = 12
"""Months with a figure that a small chart needs."""


def growth(s: Snapshot) -> Exhibit:
    """Draw the growth of each new product's output, fastest first.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> growth(snapshot("2026-08")).id
    'fig-products'
    """
    rows = dressed(s, of_kind(s, "nation", products(s)))
    known = rows.dropna(subset=["value"]).sort_values(["value", "indicator"], ascending=[False, True])
    missing = gaps_of_indicators(s, rows)
    if known.empty:
        return nothing(s, "txt-products", s.text("products.name"), missing)
    drawn = known.assign(code=known["indicator"], name=known["label"]).drop(columns="label")
    first, last = drawn.iloc[0], drawn.iloc[-1]
    grew = int((known["value"] > 0).sum())
    title = s.text(
        "products.growth",
        grew=grew,
        total=len(known),
        first=first["name"],
        last=last["name"],
        first_value=first["shown"],
        last_value=last["shown"],
    )
    return s.chart(
        "fig-products",
        vegalite=diverging_bars(drawn, axis=s.text("products.axis", unit=unit_label("pct_yoy", s.lang)), lang=s.lang),
        data=rows,
        title=title,
        alt=s.text("products.alt", title=title),
        subtitle=s.text("products.subtitle", periods=_periods(s, known)),
        notes=missing,
    )


def history(s: Snapshot) -> Exhibit:
    """Draw the growth of each new product's output since 2019, a small chart each, on one scale.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> history(snapshot("2026-08")).id
    'fig-products-history'
    """
    parts = [past(s, code, "nation", ["CN"], since=SINCE) for code in products(s)]
    parts = [part for part in parts if len(part) >= LEAST]
    if not parts:
        return nothing(
            s,
            "txt-products-history",
            s.text("products.name"),
            gaps_of_indicators(s, dressed(s, of_kind(s, "nation", products(s)))),
        )
    data = pd.concat(parts, ignore_index=True)
    drawn = data.assign(code=data["indicator"], name=[s.name(code, short=True) for code in data["indicator"]])
    highest = data.loc[data.groupby("indicator")["value"].idxmax()]
    highest = highest.sort_values("value", ascending=False, kind="stable").iloc[0]
    title = s.text(
        "products.history",
        name=s.name(highest["indicator"], short=True),
        value=in_words(s, highest["indicator"], highest["value"]),
        period=s.period(highest["time_period"], basis="ytd"),
    )
    last = data.groupby("indicator", sort=False).tail(1)
    findings = s.text("gap.comma").join(
        s.text("nation.history.item", name=s.name(code, short=True), value=shown, period=period)
        for code, shown, period in zip(last["indicator"], last["shown"], last["period"], strict=True)
    )
    return s.chart(
        "fig-products-history",
        vegalite=small_multiples(drawn, lang=s.lang, zero=True),
        data=data,
        title=title,
        alt=s.text("nation.history.alt", findings=findings),
        subtitle=s.text("products.history_subtitle", edition=s.period(s.edition)),
        notes=_short(s, len(parts)),
    )


def products(s: Snapshot) -> list[str]:
    """Return the indicators of single products' output, in the catalogue's order.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> len(products(snapshot("2026-08"))) > 5
    True
    """
    return [code for code in s.catalogue.indicators if code.startswith("output_")]


def _short(s: Snapshot, drawn: int) -> tuple[str, ...]:
    left = len(products(s)) - drawn
    return (s.text("products.short", count=left, least=LEAST),) if left else ()


def _periods(s: Snapshot, known: pd.DataFrame) -> str:
    return s.text("separator").join(s.period(period, basis="ytd") for period in sorted(set(known["time_period"])))
