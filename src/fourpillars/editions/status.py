"""How the site stands: what is published, how the last runs went, what is awaited. As data, and as pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fourpillars.editions import history, release, retention
from fourpillars.editions.config import LANGUAGES
from fourpillars.editions.destinations.deliver import delivered
from fourpillars.editions.destinations.tree import fingerprint
from fourpillars.editions.history import Run
from fourpillars.editions.place import Place, waiting_for
from fourpillars.editions.render.html import status_page
from fourpillars.editions.render.page import PageContext
from fourpillars.errors import FourPillarsError
from fourpillars.exhibits.dates import period
from fourpillars.exhibits.language import text

FOLDER = "status"
SHOWN = 30
LOOKED = "unchanged"


class Beside(PageContext):
    """A page beside the editions: addresses of reports lead into the latest."""

    @property
    def up(self) -> str:
        """Return the way to the latest edition's folder in the page's language."""
        return f"{self.root}{self.edition}/{self.lang}/"


@dataclass(frozen=True)
class Status:
    """How a site stands."""

    editions: tuple[dict[str, Any], ...]
    last: Run | None
    last_good: Run | None
    waiting: dict[str, Any] | None
    next_slot: str
    destinations: tuple[dict[str, Any], ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "editions": list(self.editions),
            "last": self.last.as_dict() if self.last else None,
            "last_good": self.last_good.as_dict() if self.last_good else None,
            "waiting": self.waiting,
            "next_slot": self.next_slot,
            "destinations": list(self.destinations),
        }


def status_of(place: Place, now: datetime) -> Status:
    """Return how a site stands."""
    from fourpillars.editions.schedule.timetable import Timetable

    runs = [run for run in history.read(place.out) if run.what == "publish"]
    slot = Timetable.of(place.config.schedule).after(now)
    return Status(
        editions=tuple(_edition(place.out, month) for month in release.editions(place.out)),
        last=runs[-1] if runs else None,
        last_good=next((run for run in reversed(runs) if not run.bad and run.state != history.RUNNING), None),
        waiting=_waiting(place),
        next_slot=slot.isoformat(timespec="minutes"),
        destinations=tuple(_destinations(place)),
    )


def write_status_pages(place: Place) -> None:
    """Write `status/<lang>.html` beside the editions; nothing where none is published yet."""
    months = release.editions(place.out)
    if not months:
        return
    runs = told(history.read(place.out))
    folder = place.out / FOLDER
    folder.mkdir(exist_ok=True)
    for lang in LANGUAGES:
        release.write_whole(folder / f"{lang}.html", _page(place, months[0], runs, lang))


def _release(run: Run, lang: str) -> str:
    return text("runs.release", lang, month=period(run.edition, lang), n=run.release) if run.release else ""


def told(runs: list[Run]) -> list[Run]:
    """Return the runs a page lists, the latest first: of those that only looked and found nothing, the last.

    Examples
    --------
    >>> runs = [Run("a", state="published"), Run("b", state="unchanged"), Run("c", state="unchanged")]
    >>> [run.id for run in told(runs)]
    ['c', 'a']
    """
    listed = [run for index, run in enumerate(runs) if run.state != LOOKED or index == len(runs) - 1]
    return listed[::-1][:SHOWN]


def clock_time(moment: str, zone: str) -> str:
    """Return a time of the history as a publisher reads it.

    Examples
    --------
    >>> clock_time("2026-09-14T02:30:00+00:00", "Asia/Shanghai")
    '2026-09-14 10:30'
    """
    if not moment:
        return ""
    return f"{datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _page(place: Place, latest: str, runs: list[Run], lang: str) -> str:
    config, zone = place.config, place.config.schedule.time_zone
    page = Beside(
        site_title=config.title.get(lang),
        edition=latest,
        release=retention.shown(place.out, latest),
        lang=lang,
        slug=FOLDER,
        title=text("runs.title", lang),
        root="../",
        languages={other: f"{other}.html" for other in LANGUAGES},
        assets=_assets(place.out / "assets"),
        preview=True,
        elsewhere=("index",),
    )
    rows = [
        {
            "when": clock_time(run.began, zone),
            "took": _took(run.seconds, lang),
            "state": text(f"runs.state.{run.state}", lang),
            "edition": _release(run, lang),
            "about": _about(run, lang),
            "bad": run.bad,
        }
        for run in runs
    ]
    heads = [text(f"runs.{name}", lang) for name in ("when", "took", "came", "edition", "about")]
    return status_page(
        page,
        place.project.reports,
        description=text("runs.description", lang),
        rows=rows,
        heads=heads,
        note=text("runs.time_zone", lang, zone=zone),
        none=text("runs.none", lang),
    )


def _about(run: Run, lang: str) -> str:
    """Say what happened, for everybody: which report failed, not the machine's own words."""
    parts = []
    if run.built:
        parts.append(text("runs.documents", lang, built=run.built, kept=run.kept))
    if run.failures and run.state != "undelivered":
        named = sorted({failure.partition(":")[0] for failure in run.failures})
        parts.append(text("runs.failed", lang, what=text("runs.list", lang).join(named[:6])))
    if run.warnings:
        parts.append(text("runs.new_warnings", lang, count=run.warnings))
    return (" " if lang == "en" else "").join(parts)


def _took(seconds: float, lang: str) -> str:
    if seconds < 60:
        return text("runs.seconds", lang, s=round(seconds))
    return text("runs.minutes", lang, m=int(seconds) // 60, s=int(seconds) % 60)


def _edition(out: Path, month: str) -> dict[str, Any]:
    notes = release.published(out, month)[1]
    return {
        "edition": month,
        "release": retention.shown(out, month),
        "documents": len(notes.documents) if notes else 0,
        "missing": len(notes.missing) if notes else 0,
        "kept": retention.numbers(out, month),
    }


def _waiting(place: Place) -> dict[str, Any] | None:
    try:
        found = waiting_for(place)
    except FourPillarsError:  # broken statistics: `fourpillars check` tells
        return None
    return {"edition": found.edition, "missing": [one["en"] for one in found.missing], "said": found.said("en")}


def _destinations(place: Place) -> list[dict[str, Any]]:
    known, state = delivered(place.out), fingerprint(place.out) if place.out.is_dir() else ""
    return [{"to": one.name, "up_to_date": known.get(one.to) == state} for one in place.config.destinations]


def _assets(folder: Path) -> dict[str, str]:
    """Return the names of style and icon that the site has, the newest of each."""
    names = {}
    for asset, pattern in (("style", "site.*.css"), ("icon", "icon.*.svg")):
        found = sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime_ns)
        if found:
            names[asset] = found[-1].name
    return names
