"""The growth-rate cycle clock: who stands above or below its trend, and which way it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.charts.quadrant import quadrant
from fourpillars.exhibits.empty import nothing
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.knowledge import shared
from fourpillars.exhibits.language import join
from fourpillars.exhibits.rows import place

if TYPE_CHECKING:
    from fourpillars.exhibits.knowledge import Knowledge
    from fourpillars.exhibits.snapshots import Snapshot

FOLLOWED = "va_growth_month"
"""Growth of real value added, month by month."""
STEP = 3
"""Months over which the movement is taken."""
FRESH = 3
"""Months a series may be behind the edition."""
LAST_POINTS = 3


def clock(s: Snapshot) -> Exhibit:
    """Draw where industries and the nation stand against their trends, and which way they move.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> clock(snapshot("2026-08")).id
    'fig-clock'
    """
    known = positions(s.known)
    subtitle = s.text("robustness.cycle.subtitle")
    if known.empty:
        return nothing(s, "txt-clock", s.text("robustness.cycle.none"))
    current = known[~known["ended"]]
    rows = current.assign(
        name=[s.text("kind.nation") if code == "CN" else s.name(code, short=True) for code in current["code"]],
        shown=[_sd(s, x) + ", " + _sd(s, y) for x, y in zip(current["x"], current["y"], strict=True)],
        period=[s.period(period) for period in current["time_period"]],
    )
    corner = {
        phase: s.text(f"robustness.cycle.corner.{phase}") for phase in ("recovery", "expansion", "downturn", "slowdown")
    }
    title = s.text(
        "robustness.cycle.title",
        count=len(rows),
        below=int((rows["x"] < 0).sum()),
        falling=int((rows["y"] < 0).sum()),
    )
    return s.chart(
        "fig-clock",
        vegalite=quadrant(
            rows,
            x_axis=s.text("robustness.cycle.x"),
            y_axis=s.text("robustness.cycle.y"),
            lang=s.lang,
            x_split=0.0,
            y_split=0.0,
            corners=tuple(corner.values()),
            picked="CN",
        ),
        data=_data(s, rows),
        title=title,
        subtitle=subtitle,
        alt=s.text("robustness.cycle.alt", title=title),
        notes=_notes(s, known),
        source_ids=_sources(s),
    )


@shared
def positions(known: Knowledge) -> pd.DataFrame:
    """Return the last place of every series on the clock.

    Returns
    -------
    DataFrame
        code ('CN' or a division), time_period, x (deviation from the trend, standard deviations), y (its
        change over three months), ended (the series stopped before the edition).

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> sorted(set(positions(snapshot("2026-08").known).columns))[:2]
    ['code', 'ended']
    """
    from fourpillars.signals import cycle
    from fourpillars.signals.units import known_by, written

    rows = []
    for kind in ("nation", "industry"):
        if kind not in known.catalogue.indicators[FOLLOWED].kinds:
            continue
        around = cycle(known_by(known.panel.history(FOLLOWED, kind), known.edition))
        for code in around.columns:
            own = around[code].dropna()
            if len(own) > STEP:
                age = pd.Period(known.edition, freq="M").ordinal - own.index[-1].ordinal
                moved = own.iloc[-1] - own.iloc[-1 - STEP]
                rows.append((code, written(own.index[-1]), own.iloc[-1], moved, age > FRESH))
    return pd.DataFrame(rows, columns=["code", "time_period", "x", "y", "ended"])


@shared
def kept(known: Knowledge) -> tuple[int, int]:
    """Count the phases of industries told one to three years ago, and those that stood a year later.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> told, stood = kept(snapshot("2026-08").known)
    >>> 0 <= stood <= told
    True
    """
    from fourpillars.signals.cycle import phases_kept
    from fourpillars.signals.units import known_by

    return phases_kept(known_by(known.panel.history(FOLLOWED, "industry"), known.edition))


def _data(s: Snapshot, rows: pd.DataFrame) -> pd.DataFrame:
    where = [place(s, code) if code != "CN" else ("CN", "B-D") for code in rows["code"]]
    base = rows.assign(ref_area=[area for area, _ in where], activity=[activity for _, activity in where], unit="")
    return pd.concat(
        [
            base.assign(
                indicator=f"{what}:{FOLLOWED}",
                value=base[axis],
                shown=[_sd(s, value) for value in base[axis]],
            )
            for what, axis in (("cycle", "x"), ("cycle_change", "y"))
        ],
        ignore_index=True,
    )


def _sources(s: Snapshot) -> set[str]:
    """Return the sources of the whole past the filters see."""
    frame = s.observations.of_measures(["value_added_growth"])
    read = (frame["basis"] == "month") & (frame["ref_area"] == "CN")
    return set(frame.loc[read & (frame["ownership"] == ""), "source_id"].astype(str))


def _sd(s: Snapshot, value: float) -> str:
    return s.number(value, "pp", decimals=2, symbol=False)


def _notes(s: Snapshot, known: pd.DataFrame) -> tuple[str, ...]:
    from fourpillars.signals import cycle, turning_points
    from fourpillars.signals.units import known_by

    notes = [s.text("robustness.cycle.note")]
    history = known_by(s.panel.history(FOLLOWED, "nation"), s.edition)
    points = turning_points(cycle(history)["CN"]).tail(LAST_POINTS) if "CN" in history else pd.DataFrame()
    if len(points):
        named = []
        for row in points.to_dict("records"):
            said = s.text(f"robustness.cycle.{row['kind']}", period=s.period(str(row["period"]), short=True))
            mark = s.text("robustness.cycle.provisional")
            named.append(f"{said} ({mark})" if row["provisional"] else said)
        notes.append(s.text("robustness.cycle.turning", points=join(named, s.lang)))
    told, stood = kept(s.known)
    if told:
        notes.append(s.text("robustness.cycle.kept", told=told, kept=stood))
    ended = int(known["ended"].sum())
    if ended:
        notes.append(s.text("robustness.cycle.ended", count=ended, period=s.period(s.edition)))
    return tuple(notes)
