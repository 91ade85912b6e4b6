"""Where a run works, and what it knows of what is to come."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fourpillars.editions import inputs, release
from fourpillars.editions.config import LANGUAGES, EditionConfig, Topic, load_config
from fourpillars.editions.history import FOLDER
from fourpillars.exhibits.dates import period
from fourpillars.exhibits.language import text

if TYPE_CHECKING:
    from fourpillars.catalogue.project import Project


@dataclass(frozen=True)
class Place:
    """Where a run works: the project, what its edition is made of, the site."""

    project: Project
    config: EditionConfig
    out: Path

    @classmethod
    def of(cls, project: Path | None, out: Path | None) -> Place:
        """Find the project, and the site's folder, by default `reports/site`."""
        from fourpillars.catalogue.project import find_project

        found = find_project(project)
        return cls(found, load_config(found.reports), (out or found.reports / "site").absolute())


@dataclass(frozen=True)
class Waiting:
    """The edition that comes next, and the topics it waits for, by name in each language."""

    edition: str
    missing: tuple[dict[str, str], ...]

    def said(self, lang: str) -> str:
        """Say it in a sentence.

        Examples
        --------
        >>> Waiting("2026-09", ({"en": "revenue (operating_revenue, B-D, CN)", "zh": ""},)).said("en")
        'September 2026 waits for revenue (operating_revenue, B-D, CN).'
        """
        what = text("runs.list", lang).join(one[lang] for one in self.missing)
        return text("runs.waiting", lang, month=period(self.edition, lang), what=what)


def waiting_for(place: Place) -> Waiting:
    """Return what the next edition waits for.

    Kept beside the site, and read from the statistics again only when they have changed.
    """
    required = [topic.model_dump() for topic in place.config.required]
    files = inputs.digest([inputs.statistics_files_digest(place.project.data), required])
    path = place.out / FOLDER / "waiting.json"
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["files"] == files:
            return Waiting(kept["edition"], tuple(kept["missing"]))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    found = _awaited(place)
    if place.out.is_dir():
        path.parent.mkdir(exist_ok=True)
        release.write_whole(path, json.dumps({"files": files, **asdict(found)}, ensure_ascii=False) + "\n")
    return found


def _awaited(place: Place) -> Waiting:
    from fourpillars.catalogue import load_catalogue
    from fourpillars.editions.kept_data import kept_file, load_data
    from fourpillars.editions.months import awaited
    from fourpillars.observations import load_observations

    load_data(place.project, kept_file(place.project))
    catalogue = load_catalogue(place.project)
    found = awaited(place.config, load_observations(place.project))

    def named(topic: Topic, lang: str) -> str:
        return f"{catalogue.name(topic.measure, lang)} ({topic.measure}, {topic.activity}, {topic.ref_area})"

    return Waiting(found.edition, tuple({lang: named(topic, lang) for lang in LANGUAGES} for topic in found.missing))
