"""All files of a release that readers take away, made once when the release is complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fourpillars.editions import kept_data
from fourpillars.editions.around import publication_date
from fourpillars.editions.downloads.edition_data import codes, edition_data
from fourpillars.editions.downloads.report_csv import FOLDER as CSV
from fourpillars.editions.downloads.report_csv import write_csv, write_report_csv
from fourpillars.editions.shown import SHOWN, read_shown
from fourpillars.exhibits.dates import period
from fourpillars.exhibits.language import text

if TYPE_CHECKING:
    from fourpillars.editions.manifest import Manifest
    from fourpillars.editions.prepare import Prepared

FOLDER = "data"
NAME = "four-pillars-{edition}"


def write_downloads(manifest: Manifest, tree: Path, ready: Prepared) -> None:
    """Write into a release the data of every page as CSV and, unless it is a preview, the edition's files.

    A report's data are the same in every language, and are there once.
    """
    names = kept_data.names_of(ready.project, ready.data)
    exhibits: list[dict[str, Any]] = []
    pages = dict.fromkeys((entry.slug, entry.lang) for entry in manifest.documents if entry.status == "ok")
    for slug in dict.fromkeys(slug for slug, _ in pages):
        shown = [
            exhibit
            for of, lang in pages
            if of == slug
            for exhibit in read_shown(tree / FOLDER / lang / f"{slug}{SHOWN}")
            if exhibit["data"]
        ]
        write_report_csv(tree, slug, shown)
        exhibits += shown
    data = edition_data(exhibits, names)
    write_csv(tree / FOLDER / "codes.csv", ("dimension", "code", "name_en", "name_zh"), codes(data, names))
    if not manifest.preview:
        _write_edition(manifest, tree / FOLDER, ready, data, exhibits)


def has_downloads(manifest: Manifest, folder: Path) -> bool:
    """Say whether a release has its files already: the edition's, and those of every report."""
    edition = [folder / FOLDER / name for name in edition_files(manifest.edition).values()]
    reports = {folder / CSV / f"{entry.slug}.csv" for entry in manifest.documents if entry.status == "ok"}
    return all(path.is_file() for path in (*edition, *reports))


def edition_files(edition: str) -> dict[str, str]:
    """Return the edition's files below `data/` by what they are.

    Examples
    --------
    >>> edition_files("2026-08")["workbook"]
    'four-pillars-2026-08.xlsx'
    """
    name = NAME.format(edition=edition)
    return {
        "workbook": f"{name}.xlsx",
        "parquet": f"{name}.parquet",
        "sdmx_csv": f"{name}.sdmx.csv",
        "structure": f"{name}.sdmx-structure.json",
        "codes": "codes.csv",
    }


def citation(site_title: str, edition: str, release: int, lang: str) -> str:
    """Return how the edition is cited.

    Examples
    --------
    >>> citation("Four Pillars of Industry", "2026-08", 2, "en")
    'Four Pillars of Industry, edition of August 2026, release 2026-08.2.'
    """
    return text(
        "download.citation",
        lang,
        title=site_title,
        month=period(edition, lang),
        release=f"{edition}.{release}",
    )


def _write_edition(
    manifest: Manifest,
    folder: Path,
    ready: Prepared,
    data: Mapping[str, Sequence[Any]],
    exhibits: Sequence[Mapping[str, Any]],
) -> None:
    import pandas as pd

    from fourpillars.catalogue import load_catalogue
    from fourpillars.editions.downloads.parquet import write_parquet
    from fourpillars.editions.downloads.sdmx import write_sdmx_csv, write_structure
    from fourpillars.editions.downloads.workbook import write_workbook

    kept_data.load_kept_catalogue(ready.project, ready.data)
    catalogue, frame = load_catalogue(ready.project), pd.DataFrame(data)
    files = {what: folder / name for what, name in edition_files(manifest.edition).items()}
    cited = {lang: citation(manifest.title[lang], manifest.edition, manifest.release, lang) for lang in ("en", "zh")}
    write_parquet(files["parquet"], frame, {"citation": cited["en"], "release": str(manifest.release)})
    write_sdmx_csv(files["sdmx_csv"], frame)
    write_structure(files["structure"], data, catalogue.names, manifest.title)
    used = sorted({source for exhibit in exhibits for source in exhibit["sources"]})
    write_workbook(
        files["workbook"],
        frame,
        catalogue,
        title={lang: f"{manifest.title[lang]}, {period(manifest.edition, lang)}" for lang in ("en", "zh")},
        about=[*cited.values(), *_address(ready, manifest)],
        sources=_sources(ready.project.data / "observations" / "sources.csv", used),
        day=publication_date(),
    )


def _address(ready: Prepared, manifest: Manifest) -> list[str]:
    address = ready.config.address
    return [f"{address}{manifest.edition}.{manifest.release}/"] if address else []


def _sources(path: Path, used: Sequence[str]) -> list[tuple[str, ...]]:
    import pandas as pd

    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    kept = table[table["source_id"].isin(used)].sort_values("source_id")
    return list(kept[["source_id", "publisher", "title", "published"]].itertuples(index=False, name=None))
