"""Targets of the plans: what is asked, what has been reached, what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.formats import is_missing, number
from fourpillars.exhibits.language import join
from fourpillars.exhibits.markdown import literal
from fourpillars.exhibits.rows import kind_of, place, some, within
from fourpillars.exhibits.tables import Column, html_table

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

POINTS = ("pct", "pct_yoy", "pct_of_gdp", "pct_of_revenue")
"""Units whose differences are percentage points."""
STATES = ("met", "on_track", "behind")


def entity(s: Snapshot, code: str) -> Exhibit:
    """List the targets that concern an industry or a province, and how they stand.

    Parameters
    ----------
    code : str
        An industry, 'C31', or a province, '440000'.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> entity(snapshot("2026-08"), "440000").id
    'txt-targets'
    """
    mine = of_unit(s, code)
    rows = target_rows(s, mine[~mine["partly"] | (mine["state"] != "not_computable")])
    subtitle = s.text("targets.subtitle", edition=s.period(s.edition))
    if rows.empty:
        why = s.text("targets.none", name=within(s, code))
        return s.prose(
            "txt-targets",
            title=why,
            subtitle=subtitle,
            markdown=literal(s.text(f"targets.why.{kind_of(s, code)}", finding=why)),
        )
    columns = [
        Column("label", s.text("label.target")),
        Column("years", s.text("targets.years")),
        Column("asked", s.text("targets.asked"), "number"),
        Column("reached", s.text("targets.reached"), "number"),
        Column("reached_by", s.text("label.period")),
        Column("left", s.text("targets.distance"), "number"),
        Column("pace", s.text("targets.pace"), "number"),
        Column("word", s.text("targets.state")),
    ]
    return s.table(
        "tbl-targets",
        table_html=html_table(rows, columns, lang=s.lang, groups="group"),
        data=target_data(s, rows),
        title=finding(s, rows),
        subtitle=subtitle,
        notes=target_notes(s, rows),
    )


def of_unit(s: Snapshot, code: str) -> pd.DataFrame:
    """Return the targets known at the edition that concern a unit, or its key industries.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> set(of_unit(snapshot("2026-08"), "C31")["scope_kind"])
    {'key_industry'}
    """
    rows = known(s)
    table = s.catalogue.key_industries.reset_index()
    whole = set(table.loc[(table["activity"] == code) & (table["coverage"] == "primary"), "key_industry"])
    partly = set(table.loc[table["activity"] == code, "key_industry"]) - whole
    own = rows["scope_kind"].isin(["activity", "ref_area"]) & (rows["scope"] == code)
    sector = (rows["scope_kind"] == "key_industry") & rows["scope"].isin(whole | partly)
    return rows.assign(partly=rows["scope"].isin(partly))[own | sector]


def known(s: Snapshot) -> pd.DataFrame:
    """Return the targets an edition can know: issued by then, for years that have begun.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> len(known(snapshot("2026-08"))) <= len(snapshot("2026-08").targets)
    True
    """
    published = s.observations.targets.loc[list(s.targets["target_id"])]
    issued = published["issued"].fillna("").astype(str).str[:7].to_numpy()
    begun = s.targets["period_start"].to_numpy() <= int(s.edition[:4])
    return s.targets[(issued <= s.edition) & begun]


def target_rows(s: Snapshot, rows: pd.DataFrame) -> pd.DataFrame:
    """Dress targets for a reader, the latest plans first.

    Parameters
    ----------
    rows : DataFrame
        Rows of `Snapshot.targets`; `partly` True says that a unit belongs to the target's scope in part.

    Returns
    -------
    DataFrame
        The rows with label (measure and product), scope_name, document, group (scope and document), years,
        asked ('about 4%'), reached, reached_by, left (distance), pace (that the rest needs; '–' where none
        is left), word (the state), why (of what cannot be computed), source_ids.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> one = snapshot("2026-08")
    >>> len(target_rows(one, of_unit(one, "440000"))) == len(of_unit(one, "440000"))
    True
    """
    if rows.empty:
        return rows
    rows = rows.sort_values(["period_end", "period_start"], ascending=False, kind="stable")
    documents = s.observations.targets.loc[list(rows["target_id"]), f"document_{s.lang}"].astype(str).to_numpy()
    records = rows.to_dict("records")
    rows = rows.assign(
        label=[_label(s, row) for row in records],
        scope_name=[_scope(s, row) for row in records],
        document=documents,
        years=[_years(s, row["period_start"], row["period_end"]) for row in records],
        asked=[_asked(s, row) for row in records],
        reached=[number(row["actual"], row["unit"], s.lang, signed=False) for row in records],
        reached_by=[s.period(row["actual_period"], short=True) for row in records],
        left=[_left(s, row) for row in records],
        pace=[_pace(s, row) for row in records],
        word=[s.text(f"state.{row['state']}") for row in records],
        why=[s.text(f"targets.reason.{row['reason']}") if row["reason"] else "" for row in records],
        source_ids=[_sources(s, row["rows"]) for row in records],
    )
    group = [
        s.text("targets.group", scope=scope, document=document) if scope else document
        for scope, document in zip(rows["scope_name"], rows["document"], strict=True)
    ]
    first = {name: number for number, name in reversed(list(enumerate(group)))}
    rows = rows.assign(group=group, order=[first[name] for name in group])
    return rows.sort_values("order", kind="stable").drop(columns="order").reset_index(drop=True)


def target_data(s: Snapshot, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the displayed figures of `target_rows` as an exhibit's data.

    A figure reached that is published as it stands goes by its measure; else by `actual:<target>`. `target:`,
    `distance:` and `pace:` name the others.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> s = snapshot("2026-08")
    >>> list(target_data(s, target_rows(s, of_unit(s, "C31"))).columns[:3])
    ['ref_area', 'activity', 'unit']
    """
    found = []
    for row in rows.to_dict("records"):
        published = row["rate_basis"] != "average_annual" and len(row["rows"]) == 1
        ref_area, activity = _place(s, row, published)
        where = {
            "ref_area": ref_area,
            "activity": activity,
            "unit": row["unit"],
            "source_ids": row["source_ids"],
        }
        figures = (
            ("target", row["target_value"], row["asked"]),
            ("actual", row["actual"], row["reached"]),
            ("distance", row["distance"], row["left"]),
            ("pace", row["pace_needed"], row["pace"]),
        )
        for name, value, shown in figures:
            if is_missing(value) or shown == s.text("missing"):
                continue
            indicator = row["measure"] if published and name == "actual" else f"{name}:{row['target_id']}"
            when = str(row["period_end"] or "") if name == "target" else row["actual_period"]
            found.append(where | {"indicator": indicator, "value": float(value), "shown": shown, "time_period": when})
    return pd.DataFrame(found)


def target_notes(s: Snapshot, rows: pd.DataFrame) -> tuple[str, ...]:
    """Say which targets cannot be computed and why, and how to read the pace.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> s = snapshot("2026-08")
    >>> len(target_notes(s, target_rows(s, of_unit(s, "C31")))) > 0
    True
    """
    notes = [s.text("targets.note")] if (rows["state"] != "not_computable").any() else []
    for why, part in rows[rows["state"] == "not_computable"].groupby("why", sort=False):
        notes.append(s.text("targets.missing", names=some(s, list(dict.fromkeys(part["label"]))), why=why))
    if (rows["reason"] == "partial_coverage").any():
        notes.append(s.text("targets.partial"))
    return tuple(notes)


def finding(s: Snapshot, rows: pd.DataFrame) -> str:
    """Say how the targets stand, in one sentence.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> one = snapshot("2026-08")
    >>> len(finding(one, of_unit(one, "440000"))) > 10
    True
    """
    counted = rows["state"].value_counts()
    judged = int(counted.reindex(STATES).sum())
    if not judged:
        return s.text("targets.unjudged", count=len(rows))
    parts = [s.text(f"targets.count.{state}", count=int(counted[state])) for state in STATES if state in counted]
    return s.text("targets.title", count=judged, parts=join(parts, s.lang))


def _label(s: Snapshot, row: dict) -> str:
    measure = s.name(row["measure"])
    return s.text("targets.of_item", item=s.name(row["item"]), measure=measure) if row["item"] else measure


def _scope(s: Snapshot, row: dict) -> str:
    if row["scope_kind"] == "key_industry":
        table = s.catalogue.key_industries
        name = str(table.loc[table["key_industry"] == row["scope"], f"name_{s.lang}"].iloc[0])
        return s.text("targets.partly", name=name) if row.get("partly") else name
    return ""


def _years(s: Snapshot, start: int, end: int) -> str:
    return (
        s.text("missing")
        if not end
        else s.text("targets.one_year", year=end)
        if start == end
        else s.text("targets.span", start=start, end=end)
    )


def _asked(s: Snapshot, row: dict) -> str:
    if is_missing(row["target_value"]):
        return s.text("missing")
    whole = (
        0
        if float(row["target_value"]).is_integer()
        else 2
        if round(row["target_value"], 1) != row["target_value"]
        else 1
    )
    value = number(row["target_value"], row["unit"], s.lang, signed=False, decimals=whole)
    return s.text(f"targets.operator.{row['operator'] or 'equals'}", value=value)


def _left(s: Snapshot, row: dict) -> str:
    if row["unit"] in POINTS:
        return number(
            row["distance"],
            "pp",
            s.lang,
            signed=True,
            decimals=int(s.catalogue.units.at[row["unit"], "decimals"]),
        )
    return number(row["distance"], row["unit"], s.lang, signed=True)


def _pace(s: Snapshot, row: dict) -> str:
    if is_missing(row["pace_needed"]) or (row["state"] != "behind" and row["pace_needed"] <= 0):
        return s.text("missing")
    return number(row["pace_needed"], row["unit"], s.lang, signed=True)


def _place(s: Snapshot, row: dict, published: bool) -> tuple[str, str]:
    """Return where a figure stands: of a published one its own area and activity, else the target's scope."""
    if published:
        return tuple(s.observations.said_of(row["rows"][:1], column)[0] for column in ("ref_area", "activity"))
    return place(s, row["scope"]) if row["scope_kind"] in ("activity", "ref_area") else ("CN", "B-D")


def _sources(s: Snapshot, rows: tuple[int, ...]) -> str:
    return ";".join(s.observations.said_of(rows, "source_id"))
