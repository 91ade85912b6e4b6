"""Runs as they are remembered and told of: each has a beginning and an end, however it ends."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fourpillars.editions import history
from fourpillars.editions.history import Run
from fourpillars.editions.notices import message
from fourpillars.editions.notices.send import send
from fourpillars.editions.place import Place
from fourpillars.editions.redaction import redacted
from fourpillars.errors import FourPillarsError

RUN_ID, SLOT, LAST_TRY = "FOURPILLARS_RUN_ID", "FOURPILLARS_SLOT", "FOURPILLARS_LAST_TRY"
SILENCE = timedelta(hours=24)  #: the same failure is told once in this time
log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


class Entry:
    """A run in the history, from the moment it is more than a request.

    A request by hand that is refused is nobody's history: who asked has the error, and nothing is written. On
    schedule nobody is there, and every run is remembered from its start.
    """

    def __init__(self, place: Place, what: str, clock: Clock) -> None:
        self.place, self.clock, self.begun = place, clock, False
        self.run = new_run(what, clock())
        if is_scheduled():
            self.begin()

    def begin(self) -> None:
        """Remember that the run has begun, once."""
        if not self.begun:
            note_begun(self.place.out, self.run)
        self.begun = True

    def end(self, state: str, said: str = "") -> None:
        """Remember how the run ended."""
        if self.begun:
            end(self.place, replace(self.run, state=state, said=said), self.clock)

    def fail(self, state: str, said: str) -> None:
        """Remember a run that went wrong, and tell of it."""
        if self.begun:
            fail(self.place, replace(self.run, state=state, said=said), self.clock)


def note_killed(place: Place, run_id: str, slot: str, state: str, said: str) -> Run:
    """Remember, and tell, that a run was ended from outside: it could not do so itself."""
    found = next((run for run in history.read(place.out) if run.id == run_id), Run(run_id, slot=slot))
    run = replace(found, state=state, said=said, began=found.began or history.moment(datetime.now(UTC)))
    return fail(place, run, lambda: datetime.now(UTC))


def is_scheduled() -> bool:
    """Say whether the schedule started this process."""
    return bool(os.environ.get(RUN_ID))


def begin(out: Path, what: str, now: datetime) -> Run:
    """Remember that a run has begun."""
    run = new_run(what, now)
    note_begun(out, run)
    return run


def new_run(what: str, now: datetime) -> Run:
    """Return a run that begins; one on schedule has its id and its time from who started it."""
    return Run(
        os.environ.get(RUN_ID) or history.new_id(now),
        what,
        began=history.moment(now),
        slot=os.environ.get(SLOT, ""),
        process=history.process_mark(os.getpid()),
    )


def note_begun(out: Path, run: Run) -> None:
    """Remember that a run has begun."""
    _remember(out, history.BEGAN, run)


def fail(place: Place, run: Run, clock: Clock) -> Run:
    """Remember a run that went wrong, and tell of it: after its last try, and the same failure once a day."""
    run = replace(run, said=redacted(run.said), failures=tuple(map(redacted, run.failures)))
    ways = place.config.notices
    tell = bool(ways) and os.environ.get(LAST_TRY, "1") == "1" and not _told_already(place.out, run, clock())
    run = end(place, replace(run, told=tell), clock)
    if tell:
        send(lambda lang: message.of_failure(run, place.config.title.get(lang), lang), "failure", ways)
    return run


def _told_already(out: Path, run: Run, now: datetime) -> bool:
    """Say whether all runs since one that was told of failed as this one does."""
    for before in reversed(history.read(out)):
        if before.id == run.id or before.state == history.RUNNING or not before.ended:
            continue
        if (before.state, before.said, before.failures) != (run.state, run.said, run.failures):
            return False
        if before.told:
            return now - datetime.fromisoformat(before.ended) < SILENCE
    return False


def end(place: Place, run: Run, clock: Clock) -> Run:
    """Remember the end of a run, and bring the pages that tell of runs up to date."""
    now = clock()
    began = datetime.fromisoformat(run.began)
    run = replace(run, ended=history.moment(now), seconds=max(0.0, round((now - began).total_seconds(), 1)))
    _remember(place.out, history.ENDED, run)
    log.log(
        logging.INFO if not run.bad or not is_scheduled() else logging.ERROR,  # whoever is there is told by the command
        "run ended: %s",
        run.state,
        extra={name: value for name, value in run.as_dict().items() if value and name not in ("process", "state")},
    )
    _write_pages(place)
    return run


def _remember(out: Path, event: str, run: Run) -> None:
    """Write into the history of a site that is there; where that cannot be written, the log has it."""
    if not out.is_dir():
        return
    try:
        history.append(out, event, run)
    except OSError as error:
        log.warning("history not written: %s", error.strerror)


def _write_pages(place: Place) -> None:
    from fourpillars.editions.status import write_status_pages

    try:
        write_status_pages(place)
    except (OSError, FourPillarsError) as error:
        log.warning("pages on runs not written: %s", error)
