"""Did the warnings of the past come true? The back-test, for readers to judge the signals by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.empty import nothing
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.tables import Column, html_table
from fourpillars.signals.backtest import HORIZON
from fourpillars.signals.backtests import EVENT

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshot import Snapshot

SHOWN = {"warnings": 0, "right": 0, "in_vain": 0, "undecided": 0, "events": 0, "announced": 0, "lead": 0}
"""What the table has, and its decimals."""


def table(s: Snapshot) -> Exhibit:
    """Count how often each warning fired since 2018, how often rightly and in vain, and how early."""
    found = s.known.backtests
    if found.empty:
        return nothing(s, "txt-backtest", s.text("robustness.backtest.none"))
    span = [
        s.period(first, short=True) + "–" + s.period(last, short=True)
        for first, last in zip(found["first"], found["last"], strict=True)
    ]
    rows = found.assign(name=[s.name(code, short=True) for code in found["indicator"]], span=span)
    heads = {"warnings": "fired", "in_vain": "vain", "undecided": "open"}
    columns = [Column("name", s.text("robustness.backtest.signal")), Column("span", s.text("label.period"))]
    columns += [
        Column(what, s.text(f"robustness.backtest.{heads.get(what, what)}"), "number", decimals=places)
        for what, places in SHOWN.items()
    ]
    data = pd.DataFrame(
        [
            {
                "indicator": f"backtest_{what}:{row['indicator']}",
                "ref_area": "CN",
                "activity": "B-D",
                "time_period": s.edition,
                "value": float(row[what]),
                "unit": "",
                "shown": s.number(row[what], decimals=places),
            }
            for row in rows.to_dict("records")
            for what, places in SHOWN.items()
            if row[what] == row[what]
        ]
    )
    used = s.frame[s.frame["indicator"].isin([EVENT, *found["indicator"]]) & (s.frame["ref_area"] == "CN")]
    sources = {source for ids in used["source_ids"].unique() for source in str(ids).split(";") if source}
    return s.table(
        "tbl-backtest",
        table_html=html_table(rows, columns, lang=s.lang),
        data=data,
        title=s.text(
            "robustness.backtest.title",
            warnings=s.number(found["warnings"].sum(), decimals=0),
            vain=s.number(found["in_vain"].sum(), decimals=0),
        ),
        subtitle=s.text("robustness.backtest.subtitle", edition=s.period(s.edition)),
        notes=(s.text("robustness.backtest.note", horizon=HORIZON), s.text("robustness.backtest.caveat")),
        source_ids=sources,
    )
