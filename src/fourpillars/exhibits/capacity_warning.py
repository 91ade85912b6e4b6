"""The capacity warning: one binding test, four advisory ones, and the verdict, each with its figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.formats import is_missing
from fourpillars.exhibits.language import join
from fourpillars.exhibits.markdown import literal
from fourpillars.exhibits.rows import address, dressed, of_kind, within
from fourpillars.exhibits.tables import Column, html_table
from fourpillars.signals.capacity import ADVISORY, UTILISATION

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

VERDICTS = ("red", "orange", "green", "")
NAMED = 4


def table(s: Snapshot) -> Exhibit:
    """List every industry whose utilisation is published: its figures, which of them are signs, the verdict.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> table(snapshot("2026-08")).id
    'tbl-capacity-warning'
    """
    found = s.known.capacity
    figures = _figures(s, list(found.index))
    judged = found[found["verdict"] != ""]
    if judged.empty:
        from fourpillars.exhibits.empty import nothing

        return nothing(s, "txt-capacity-warning", s.name(UTILISATION))
    rows = pd.DataFrame([_row(s, one, figures) for one in found.to_dict("records")])
    rows = rows.sort_values(["order", "value", "code"]).reset_index(drop=True)
    columns = [
        Column("name", s.text("kind.industry"), href="href"),
        Column(UTILISATION, s.name(UTILISATION, short=True), "number"),
        Column("binding", s.text("capacity.warning.binding")),
        *(Column(code, s.name(code, short=True), "number") for code in ADVISORY),
        Column("signs", s.text("capacity.warning.signs")),
    ]
    red = list(rows.loc[rows["order"] == 0, "name"])
    named = s.text("capacity.warning.named", names=join(red[:NAMED], s.lang)) if 0 < len(red) <= NAMED else ""
    return s.table(
        "tbl-capacity-warning",
        table_html=html_table(rows, columns, lang=s.lang, groups="group"),
        data=figures,
        title=s.text(
            "capacity.warning.title",
            red=len(red),
            orange=int((judged["verdict"] == "orange").sum()),
            total=len(judged),
            named=named,
        ),
        subtitle=s.text("capacity.warning.subtitle", edition=s.period(s.edition)),
        notes=_notes(s),
    )


def entity(s: Snapshot, activity: str) -> Exhibit:
    """Say how one industry stands on each test, or that its utilisation is not published.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> entity(snapshot("2026-08"), "C31").id
    'tbl-capacity-warning'
    """
    name = s.name(activity, short=True)
    if activity not in s.known.capacity.index:
        why = s.text("capacity.warning.not_published", name=within(s, activity))
        return s.prose("txt-capacity-warning", title=why, markdown=literal(why))
    one = s.known.capacity.loc[activity].to_dict()
    figures = _figures(s, [activity])
    by_code = figures.set_index("indicator")
    rows = [(UTILISATION, s.text("capacity.warning.binding_test"), _binding(s, one))]
    rows += [
        (code, s.text(f"capacity.warning.tests.{code}"), s.text(f"capacity.warning.{_said(one[code])}"))
        for code in ADVISORY
    ]
    frame = pd.DataFrame([{"test": test, "result": result, **_shown(by_code, code)} for code, test, result in rows])
    columns = [
        Column("test", s.text("capacity.warning.test")),
        Column("shown", s.text("label.value"), "number"),
        Column("period", s.text("label.period")),
        Column("result", s.text("capacity.warning.result")),
    ]
    return s.table(
        "tbl-capacity-warning",
        table_html=html_table(frame, columns, lang=s.lang),
        data=figures,
        title=s.text("capacity.warning.one", verdict=_verdict(s, one), signs=_signs(s, one)),
        subtitle=s.text(
            "capacity.warning.one_subtitle",
            name=name,
            value=by_code.at[UTILISATION, "shown"],
            period=by_code.at[UTILISATION, "period"],
        ),
        notes=_notes(s),
    )


def _figures(s: Snapshot, activities: list[str]) -> pd.DataFrame:
    """Return the current figures of the tests, of the industries that are judged."""
    rows = of_kind(s, "industry", [UTILISATION, *ADVISORY])
    rows = dressed(s, rows[rows["code"].isin(activities)])
    return rows[rows["value"].notna()].reset_index(drop=True)


def _row(s: Snapshot, one: dict, figures: pd.DataFrame) -> dict[str, object]:
    """Dress one industry's tests as a row."""
    own = figures[figures["code"] == one["activity"]].set_index("indicator")["shown"].to_dict()
    cells = {UTILISATION: own.get(UTILISATION, "")}
    for code in ADVISORY:
        shown = own.get(code, "")
        cells[code] = s.text("capacity.warning.mark", value=shown) if shown and one[code] is True else shown
    return cells | {
        "code": one["activity"],
        "name": s.name(one["activity"], short=True),
        "href": address("industry", one["activity"]),
        "value": one["value"],
        "binding": _binding(s, one),
        "signs": _signs(s, one),
        "group": _verdict(s, one),
        "order": VERDICTS.index(one["verdict"]),
    }


def _binding(s: Snapshot, one: dict) -> str:
    return s.text(f"capacity.warning.binding_of.{one['binding'] or 'unknown'}")


def _verdict(s: Snapshot, one: dict) -> str:
    return s.text(f"capacity.warning.verdict.{one['verdict'] or 'unknown'}")


def _signs(s: Snapshot, one: dict) -> str:
    known = sum(not is_missing(one[code]) for code in ADVISORY)
    return s.text("capacity.warning.signs_of", count=int(one["signs"]), known=known)


def _said(sign: bool | None) -> str:
    return "unknown" if is_missing(sign) else "sign" if sign else "no_sign"


def _shown(by_code: pd.DataFrame, code: str) -> dict[str, str]:
    if code not in by_code.index:
        return {"shown": "", "period": ""}
    return {"shown": by_code.at[code, "shown"], "period": by_code.at[code, "period"]}


def _notes(s: Snapshot) -> tuple[str, str]:
    return s.text("capacity.warning.rule"), s.text("capacity.warning.source")
