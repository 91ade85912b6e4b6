"""Trace: every value a document shows, the formula that makes it, the observations it came from, and who
published them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from fourpillars.editions import release
from fourpillars.editions.manifest import Entry, Manifest, read_manifest
from fourpillars.editions.shown import SHOWN, read_shown
from fourpillars.errors import FourPillarsError, UnknownNameError

if TYPE_CHECKING:
    from fourpillars.catalogue.project import Project
    from fourpillars.indicators.expression import Explanation
    from fourpillars.observations import Observations

COLUMNS = (
    "document", "exhibit", "indicator", "ref_area", "activity", "time_period", "value", "shown", "unit",
    "formula", "observations", "keys", "source_ids", "publishers", "published",
)  # fmt: skip
KEY = ("ref_area", "activity", "ownership", "item", "measure", "freq", "time_period", "basis", "unit")
BETWEEN = "; "


def trace_document(
    project: Project, out: Path, document: str, exhibit: str = "", edition: str = ""
) -> Iterator[dict[str, str]]:
    """Yield a row for each value a published document shows.

    Parameters
    ----------
    out : Path
        The site's folder.
    document : str
        'en/industry/C31.html', or 'industry/C31' (then in English where there is one).
    exhibit : str
        One of its exhibits; '' for all.
    edition : str
        '' for the latest published.

    Yields
    ------
    dict
        `COLUMNS`. The observations stand as 'o1=5.2; o2=4.1', as the formula names them; keys, sources,
        publishers and dates ('published', else 'vintage', the date of the copy) in the same order. A value
        nothing explains has an empty formula.

    Raises
    ------
    FourPillarsError
        If nothing is published there, or document or exhibit are unknown.
    """
    folder, manifest = _release(out, edition)
    entry = _entry(manifest, document)
    shown = read_shown(folder / "data" / entry.lang / f"{entry.slug}{SHOWN}")
    exhibits = _chosen(shown, exhibit)
    return _rows(project, manifest.edition, entry, exhibits)


def write_csv(rows: Iterable[dict[str, str]], to: TextIO) -> None:
    """Write trace rows as CSV."""
    writer = csv.DictWriter(to, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _release(out: Path, edition: str) -> tuple[Path, Manifest]:
    from fourpillars.editions.months import check_edition

    known = release.editions(out)
    month = check_edition(edition) if edition else next(iter(known), "")
    manifest = read_manifest(out / month) if month in known else None
    if manifest is None:
        if edition and known:
            raise UnknownNameError.of("published edition", edition, known)
        raise FourPillarsError(f"Nothing is published in {out}.", "Publish an edition first: fourpillars publish.")
    return out / month, manifest


def _entry(manifest: Manifest, document: str) -> Entry:
    entries = {entry.id: entry for entry in manifest.documents if entry.status == "ok"}
    slugs = {
        entry.slug: entry
        for entry in sorted(entries.values(), key=lambda e: (e.lang != "en", e.format != "html"))[::-1]
    }
    pages = {f"{entry.lang}/{entry.slug}": entry for entry in entries.values()}
    name = document.strip("/")
    found = entries.get(name) or pages.get(name) or slugs.get(name)
    if found is None:
        raise UnknownNameError.of("document", document, [*slugs, *entries])
    return found


def _chosen(exhibits: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    if name and name not in {exhibit["id"] for exhibit in exhibits}:
        raise UnknownNameError.of("exhibit", name, [exhibit["id"] for exhibit in exhibits])
    return [exhibit for exhibit in exhibits if name in ("", exhibit["id"])]


def _rows(project: Project, edition: str, entry: Entry, exhibits: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    from fourpillars.editions.origins import Origins
    from fourpillars.exhibits.snapshots import snapshot

    known = snapshot(edition, entry.lang, project)
    origins = Origins(known)
    for exhibit in exhibits:
        for shown in exhibit["data"]:
            if shown.get("value") is None:
                continue
            own = {name: shown.get(name) for name in COLUMNS[2:9]}
            yield {
                "document": entry.id,
                "exhibit": exhibit["id"],
                **{name: "" if value is None else value for name, value in own.items()},
                **_observed(origins.explain(own), known.observations),
            }


def _observed(explanation: Explanation, observations: Observations) -> dict[str, str]:
    rows = observations.frame.loc[list(explanation.rows)]
    sources = observations.sources
    used = [sources.loc[name] if name in sources.index else {} for name in rows["source_id"].astype(str)]
    dates = [str(source.get("published") or source.get("vintage") or "") for source in used]
    keys = ["|".join(map(str, key)) for key in rows[list(KEY)].astype(str).itertuples(index=False)]
    values = [f"o{number}={value!r}" for number, value in enumerate(map(float, rows["obs_value"]), start=1)]
    columns = (
        values,
        keys,
        rows["source_id"].astype(str),
        [str(source.get("publisher", "")) for source in used],
        dates,
    )
    names = ("observations", "keys", "source_ids", "publishers", "published")
    return {
        "formula": explanation.formula,
        **{name: BETWEEN.join(column) for name, column in zip(names, columns, strict=True)},
    }
