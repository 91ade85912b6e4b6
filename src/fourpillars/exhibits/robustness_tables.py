"""What the tables on robustness share: a row a thing varied, a column a figure and kind of unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.knowledge import KINDS
from fourpillars.exhibits.robustness_figures import figures
from fourpillars.exhibits.standing import score_sources
from fourpillars.exhibits.tables import Column, html_table

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot


def figures_table(
    s: Snapshot,
    id: str,
    key: str,
    frame: pd.DataFrame,
    columns: list[Column],
    title: str,
    what: tuple[str, ...],
    *,
    groups: str = "",
    note: str = "",
) -> Exhibit:
    """Make a table of figures, each of them a row of its data: `<what>:<kind>:<code>`."""
    decimals = {column.key: column.decimals for column in columns}
    rows = [
        {
            "indicator": f"{part}:{kind}:{code}",
            "ref_area": "CN",
            "activity": "B-D",
            "time_period": s.edition,
            "value": value,
            "unit": "",
            "shown": s.number(value, decimals=decimals[f"{part}:{kind}"]),
        }
        for part in what
        for kind in KINDS
        for code, value in zip(frame["code"], frame[f"{part}:{kind}"], strict=True)
        if value == value
    ]
    sources = {source for kind in KINDS for source in score_sources(s, kind)}
    return s.table(
        id,
        table_html=html_table(frame, columns, lang=s.lang, groups=groups),
        data=pd.DataFrame(rows),
        title=title,
        subtitle=s.text(f"robustness.{key}.subtitle", edition=s.period(s.edition)),
        notes=(note,) if note else (),
        source_ids=sources,
    )


def figures_frame(s: Snapshot, codes: list[str], what: tuple[str, ...]) -> pd.DataFrame:
    """Return a row a code, a column a figure and kind; NaN where there is none."""
    found = figures(s.known)
    return pd.DataFrame(
        {"code": codes}
        | {
            f"{part}:{kind}": [found.get((part, kind, code), float("nan")) for code in codes]
            for part in what
            for kind in KINDS
        }
    )


def has(found: dict, part: str, kind: str, code: str) -> bool:
    """Say whether there is such a figure."""
    return (part, kind, code) in found


def largest(found: dict, part: str, codes: list[str]) -> tuple[str, str, float]:
    """Return the code with the largest figure, its kind, and the figure; '' where none has one."""
    known = [(found[part, kind, code], code, kind) for code in codes for kind in KINDS if (part, kind, code) in found]
    known = [one for one in known if one[0] == one[0]]
    value, code, kind = max(known, default=(0.0, "", ""))
    return code, kind, value
