"""What changed since the edition of the month before: warnings that came, and warnings that went."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.alerts import active
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.rows import address, figure, kind_of, of_kind
from fourpillars.exhibits.tables import Column, html_table

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

KEY = ["indicator", "ref_area", "activity"]
MOST_ROWS = 30


def since_last(s: Snapshot) -> Exhibit:
    """List the warnings in force now that were not a month ago, and those that were and are no longer.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> since_last(snapshot("2026-08")).id
    'tbl-changes'
    """
    moves = changed(s)
    came, went = moves[moves["came"]], moves[~moves["came"]]
    month = s.period(s.before.edition)
    principal = pd.Series(
        [s.catalogue.indicators[code].principal for code in moves["indicator"]], moves.index, dtype=bool
    )
    notable = principal | (moves["code"] == "CN")
    title = s.text(
        "changes.title",
        came=s.text("changes.came", count=len(came)),
        went=s.text("changes.went", count=len(went)),
        month=month,
    )
    listed = moves[notable].head(MOST_ROWS)
    shown = listed.assign(
        group=[s.text("changes.group.came" if came else "changes.group.went") for came in listed["came"]],
        name=[s.text("kind.nation") if code == "CN" else s.name(code, short=True) for code in listed["code"]],
        href=["" if code == "CN" else address(kind_of(s, code), code) for code in listed["code"]],
        label=[s.name(code, short=True) for code in listed["indicator"]],
        shown=_figures(s, listed, "value"),
        was=_figures(s, listed, "value_before"),
        when=[s.period(period, short=True) for period in listed["time_period"]],
        when_before=[s.period(period, short=True) for period in listed["period_before"]],
    )
    columns = [
        Column("name", s.text("label.name"), href="href"),
        Column("label", s.text("label.indicator")),
        Column("was", s.text("changes.before"), "number"),
        Column("when_before", s.text("label.period")),
        Column("shown", s.text("changes.now"), "number"),
        Column("when", s.text("label.period")),
    ]
    earlier = shown.assign(value=shown["value_before"], time_period=shown["period_before"], shown=shown["was"])
    data = (
        pd.concat([shown, earlier], ignore_index=True).dropna(subset=["value"]).drop_duplicates([*KEY, "time_period"])
    )
    beyond = len(moves) - len(listed)
    return s.table(
        "tbl-changes",
        table_html=html_table(shown, columns, lang=s.lang, groups="group"),
        data=data,
        title=title,
        subtitle=s.text("changes.subtitle", edition=s.period(s.edition), month=month),
        notes=(s.text("alerts.beyond", count=beyond),) if beyond > 0 else (),
    )


def changed(s: Snapshot) -> pd.DataFrame:
    """Return the units and indicators whose warning came or went, the nation first, with values now and then.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> list(changed(snapshot("2026-08")).columns[:2])
    ['indicator', 'ref_area']
    """
    now, then = active(s), active(s.before)
    warned_now, warned_then = (
        set(map(tuple, found.loc[found["level"] == "warn", KEY].to_numpy())) for found in (now, then)
    )
    keys = [(*key, True) for key in warned_now - warned_then] + [(*key, False) for key in warned_then - warned_now]
    moves = pd.DataFrame(keys, columns=[*KEY, "came"]).astype({"came": bool})
    moves = moves.merge(_values(s, ""), on=KEY, how="left").merge(_values(s.before, "_before"), on=KEY, how="left")
    moves = moves[moves["time_period"].fillna("") != moves["period_before"].fillna("")]
    order = (moves["ref_area"] != "CN") * 2 + ((moves["ref_area"] == "CN") & (moves["activity"] != "B-D")) * 1
    return moves.assign(order=order, calm=~moves["came"]).sort_values(
        ["calm", "order", "indicator", "code"], kind="stable"
    )


def _values(s: Snapshot, suffix: str) -> pd.DataFrame:
    rows = pd.concat([of_kind(s, kind) for kind in ("nation", "industry", "region")])
    rows = rows[rows["status"] == "ok"]
    if suffix:
        return rows[[*KEY, "value", "observed_period"]].rename(
            columns={"value": "value_before", "observed_period": "period_before"}
        )
    return rows[[*KEY, "value", "unit", "observed_period", "source_ids", "code"]].rename(
        columns={"observed_period": "time_period"}
    )


def _figures(s: Snapshot, rows: pd.DataFrame, column: str) -> list[str]:
    return [figure(s, code, value) for code, value in zip(rows["indicator"], rows[column], strict=True)]
