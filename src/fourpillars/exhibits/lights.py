"""Lights: how warm or cold a unit's cyclical indicators have run, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.charts.lights import LIGHTS, light_strip
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.knowledge import shared
from fourpillars.exhibits.language import join
from fourpillars.exhibits.markdown import literal
from fourpillars.exhibits.past import past
from fourpillars.exhibits.rows import kind_of

if TYPE_CHECKING:
    from fourpillars.exhibits.knowledge import Knowledge
    from fourpillars.exhibits.snapshots import Snapshot

MONTHS = 30
QUARTER = {
    "Q1": ("01", "02", "03"),
    "Q2": ("04", "05", "06"),
    "Q3": ("07", "08", "09"),
    "Q4": ("10", "11", "12"),
}
SLOWEST = "A"
"""Yearly figures are too few for a light."""


def strip(s: Snapshot, code: str) -> Exhibit:
    """Draw the lights of a unit's cyclical indicators over the last two and a half years.

    Parameters
    ----------
    code : str
        An industry, 'C31', or a province, '440000'.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> strip(snapshot("2026-08"), "C31").id
    'fig-lights'
    """
    kind = kind_of(s, code)
    since = str(pd.Period(s.edition, "M") - MONTHS + 1)
    parts = [_lit(s, indicator, kind, code, since) for indicator in _cyclical(s, kind)]
    parts = [part for part in parts if len(part) and part["light"].notna().any()]
    subtitle = s.text("lights.subtitle", since=s.period(since), edition=s.period(s.edition))
    if not parts:
        why = s.text("lights.none", name=s.name(code))
        return s.prose("txt-lights", title=why, subtitle=subtitle, markdown=literal(s.text("lights.why", finding=why)))
    data = pd.concat(parts, ignore_index=True)
    last = data.sort_values("time_period", kind="stable").groupby("indicator", sort=False).tail(1)
    title = _finding(s, code, last[last["light"].notna()])
    findings = join(
        [
            s.text(
                "lights.item",
                name=s.name(row["indicator"], short=True),
                light=s.text(f"light.{row['light']}"),
                period=row["period"],
            )
            for row in last[last["light"].notna()].to_dict("records")
        ],
        s.lang,
    )
    return s.chart(
        "fig-lights",
        vegalite=light_strip(_by_month(data, s), lang=s.lang),
        data=data,
        title=title,
        subtitle=subtitle,
        alt=s.text("lights.alt", title=title, findings=findings),
        notes=(s.text("lights.note"), *_ended(s, last)),
    )


def _cyclical(s: Snapshot, kind: str) -> list[str]:
    own = {code: entry.of(kind) for code, entry in s.catalogue.indicators.items() if kind in entry.kinds}
    return [code for code, entry in own.items() if entry.cyclical and entry.frequency != SLOWEST]


def _lit(s: Snapshot, indicator: str, kind: str, code: str, since: str) -> pd.DataFrame:
    """Return the shown past of an indicator, with the light each value has by its own past."""
    rows = past(s, indicator, kind, [code], since=since)
    if rows.empty:
        return rows.assign(light=None)
    by_period = _lights(s.known, indicator, kind)[code]
    return rows.assign(light=[by_period.get(period) for period in rows["time_period"]])


@shared
def _lights(known: Knowledge, indicator: str, kind: str) -> dict[str, dict[str, str | None]]:
    """Return the lights of all units by period: of all at once they take little longer than of one."""
    from fourpillars.catalogue.periods import from_period
    from fourpillars.signals import temperature

    lights = temperature(known.panel.history(indicator, kind))
    periods = [from_period(period) for period in lights.index]
    return {code: dict(zip(periods, lights[code], strict=True)) for code in lights.columns}


def _by_month(data: pd.DataFrame, s: Snapshot) -> pd.DataFrame:
    """Return the rows as cells: an indicator each row, a quarter over its three months."""
    quarter = data["time_period"].str.contains("-Q")
    months = [
        [f"{name[:4]}-{month}" for month in QUARTER[name[5:]]] if is_quarter else [name]
        for name, is_quarter in zip(data["time_period"], quarter, strict=True)
    ]
    cells = data.assign(
        time_period=months,
        code=data["indicator"],
        name=[s.name(code, short=True) for code in data["indicator"]],
    )
    return cells.explode("time_period", ignore_index=True)


def _finding(s: Snapshot, code: str, last: pd.DataFrame) -> str:
    counted = last["light"].value_counts()
    warm, cold = (int(counted.reindex(names).sum()) for names in (LIGHTS[:2], LIGHTS[3:]))
    return s.text("lights.title", name=s.name(code, short=True), warm=warm, cold=cold, count=len(last))


def _ended(s: Snapshot, last: pd.DataFrame) -> list[str]:
    """Name the series whose last light is not of these months."""
    ends = [pd.Period(name.replace("-Q", "Q")).asfreq("M", how="end") for name in last["time_period"]]
    limit = pd.Period(s.edition, "M")
    old = [
        s.text("lights.item_ended", name=s.name(row["indicator"], short=True), period=row["period"])
        for row, end in zip(last.to_dict("records"), ends, strict=True)
        if (limit - end).n > 3
    ]
    return [s.text("lights.ended", names=s.text("separator").join(old))] if old else []
