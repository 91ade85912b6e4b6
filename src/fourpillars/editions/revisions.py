"""What a page's figures were in the release before: marked under the exhibit, and kept as a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isclose
from pathlib import Path
from typing import Any

from fourpillars.editions.shown import SHOWN, parse_shown

REVISED = ".revisions.json"
MOST = 4  #: values named under an exhibit; the others are counted
_KEY = ("indicator", "ref_area", "activity", "time_period")
_EXACT = 1e-9  #: relative; computing again may move the last digits


@dataclass(frozen=True)
class Before:
    """What readers have of a page: the release, its data and its revisions, as files hold them."""

    release: int
    shown: bytes
    revised: bytes = b""


def read_before(folder: Path, key: str, release: int) -> Before | None:
    """Read what a published release has of a page; None where it has no data of it."""
    data = folder / "data"
    shown, revised = data / f"{key}{SHOWN}", data / f"{key}{REVISED}"
    if not shown.is_file():
        return None
    return Before(release, shown.read_bytes(), revised.read_bytes() if revised.is_file() else b"")


def find(exhibits: Iterable[Mapping[str, Any]], before: Before | None, release: int) -> dict[str, Any]:
    """Return the figures of a page that differ from those readers have, {} where none does.

    Where nothing differs now, what the release they have had revised stays marked: a page that is only built
    again says what it said.

    Parameters
    ----------
    exhibits : iterable of mappings
        What the page shows now, each with its data.
    before : Before, optional
        What readers have.
    release : int
        Of the release the page is built for.

    Returns
    -------
    dict
        release, before, and by exhibit the rows: what they are of, `was` and `now`.

    Examples
    --------
    >>> row = {"indicator": "ppi", "ref_area": "CN", "activity": "C31", "time_period": "2026-08"}
    >>> import gzip
    >>> had = {"exhibits": [{"id": "fig-a", "data": [row | {"value": 1.0, "shown": "1.0"}]}]}
    >>> before = Before(1, gzip.compress(json.dumps(had).encode()))
    >>> find([{"id": "fig-a", "data": [row | {"value": 1.2, "shown": "1.2"}]}], before, 2)["exhibits"]["fig-a"]
    [{'indicator': 'ppi', 'ref_area': 'CN', 'activity': 'C31', 'time_period': '2026-08', 'was': '1.0', 'now': '1.2'}]
    """
    if before is None:
        return {}
    earlier = {exhibit["id"]: exhibit.get("data") or [] for exhibit in parse_shown(before.shown)}
    found = {
        exhibit["id"]: _differing(exhibit.get("data") or [], earlier.get(exhibit["id"], [])) for exhibit in exhibits
    }
    found = {exhibit: rows for exhibit, rows in found.items() if rows}
    if found:
        return {"release": release, "before": before.release, "exhibits": found}
    return json.loads(before.revised) if before.revised else {}


def write_revisions(path: Path, found: Mapping[str, Any]) -> None:
    """Write the revisions of a page beside its data; nothing where there are none."""
    if found:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def mark(exhibits: Iterable[dict[str, Any]], found: Mapping[str, Any]) -> None:
    """Add to the notes of each revised exhibit what its figures were, and what they are."""
    for exhibit in exhibits:
        rows = found.get("exhibits", {}).get(exhibit["id"], [])
        if rows and exhibit["kind"] != "text":
            exhibit["notes"] = [*exhibit.get("notes", ()), note(rows, found, exhibit["lang"])]


def note(rows: Sequence[Mapping[str, str]], found: Mapping[str, Any], lang: str) -> str:
    """Say what was revised, in a sentence."""
    from fourpillars.exhibits.language import text

    varying = [name for name in _KEY if len({row[name] for row in rows}) > 1] or ["time_period"]
    said = [
        text(
            "revisions.value",
            lang,
            what=text("revisions.of", lang).join(_named(name, row[name], lang) for name in varying if row[name]),
            was=row["was"],
            now=row["now"],
        )
        for row in rows[:MOST]
    ]
    if len(rows) > MOST:
        said.append(text("revisions.more", lang, count=len(rows) - MOST))
    listed = text("separator", lang).join(said)
    return text("revisions.note", lang, release=found["release"], before=found["before"], values=listed)


def _named(dimension: str, code: str, lang: str) -> str:
    from fourpillars.editions.run.code_names import name_of

    return name_of(dimension, code, lang)


def _differing(now: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    known = _by_key(before)
    return [
        {**dict(zip(_KEY, key, strict=True)), "was": _said(known[key]), "now": _said(row)}
        for key, row in _by_key(now).items()
        if key in known and _is_revised(row, known[key])
    ]


def _by_key(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, ...], Mapping[str, Any]]:
    """Return rows by what they are of; where an exhibit shows two figures of the same, the first."""
    found: dict[tuple[str, ...], Mapping[str, Any]] = {}
    for row in rows:
        found.setdefault(tuple(row[name] for name in _KEY), row)
    return found


def _is_revised(now: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Say whether a figure is another, and is shown as another."""
    if now["value"] is None or before["value"] is None:
        return False
    return _said(now) != _said(before) and not isclose(now["value"], before["value"], rel_tol=_EXACT, abs_tol=_EXACT)


def _said(row: Mapping[str, Any]) -> str:
    return row["shown"] or f"{row['value']:g}"
