"""The whole of a publisher's run: publish, keep house, bring the site elsewhere, tell people, remember.

What `publish` does is done when its release is in place. Nothing that follows can undo it: a destination out of
reach makes the run 'undelivered', and a notice that does not go out is logged.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fourpillars.editions import history, retention
from fourpillars.editions.destinations.deliver import Delivery, deliver
from fourpillars.editions.history import Run
from fourpillars.editions.ledger import Clock, Entry, begin, end, fail
from fourpillars.editions.lock import AnotherRun
from fourpillars.editions.notices import message
from fourpillars.editions.notices.send import Sent, send
from fourpillars.editions.place import Place, Waiting, waiting_for
from fourpillars.editions.settings import DestinationConfig
from fourpillars.errors import FourPillarsError, UnknownNameError

if TYPE_CHECKING:
    from fourpillars.editions.build import Watcher
    from fourpillars.editions.outcome import Outcome
    from fourpillars.editions.prepare import Request

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """A run that has ended: what was published, and all that followed."""

    run: Run
    outcome: Outcome | None = None
    waiting: Waiting | None = None
    retired: tuple[str, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    notices: tuple[Sent, ...] = ()

    @property
    def exit_code(self) -> int:
        """0, or 1 where a document failed or a destination was out of reach."""
        failed = self.outcome is not None and self.outcome.exit_code
        return int(bool(failed or any(one.error for one in self.deliveries)))


def publish_and_tell(
    request: Request,
    watch: Watcher,
    to: Iterable[DestinationConfig] = (),
    now: Clock | None = None,
) -> Done:
    """Publish as asked for, and do all that belongs to it.

    Parameters
    ----------
    to : iterable of DestinationConfig
        Where to bring the site besides the places `reports/edition.yml` names.
    now : callable, optional
        The clock.

    Raises
    ------
    FourPillarsError
        If the run is refused. One on schedule is in the history then, and told where notices are asked for; who
        asked by hand has the error, and nothing is written.
    """
    from fourpillars.editions.publish import publish

    place = Place.of(request.project, request.out)
    clock = now or _now
    entry = Entry(place, "publish", clock)
    try:
        outcome = publish(request, watch, entry.begin)
    except (UnknownNameError, AnotherRun) as error:
        entry.end("refused", str(error))
        raise
    except FourPillarsError as error:
        entry.fail("refused", str(error))
        raise
    except (SystemExit, KeyboardInterrupt):
        entry.end(history.INTERRUPTED)
        raise
    except Exception as error:
        entry.fail("crashed", f"{type(error).__name__}: {error}")
        raise
    return _follow_up(place, _told_by(entry.run, outcome), outcome, tuple(to), clock)


def roll_back_and_tell(project: Path | None, out: Path | None, name: str, now: Clock | None = None) -> Done:
    """Give readers another release, bring it to the destinations, and remember that it was done."""
    place = Place.of(project, out)
    clock = now or _now
    done = retention.roll_back(place.out, name, place.project, place.config)
    run = begin(place.out, "rollback", clock())
    run = replace(
        run,
        state="rolled back",
        edition=done.edition,
        release=done.now,
        said=f"Release {done.before} was replaced by release {done.now}.",
    )
    return _delivered(place, Done(end(place, run, clock)), place.config.destinations, clock)


def deliver_and_tell(
    project: Path | None, out: Path | None, to: Iterable[DestinationConfig], everything: bool = False
) -> Done:
    """Bring the published site to `to`, or else to the destinations of `reports/edition.yml`, also once more."""
    place = Place.of(project, out)
    destinations = tuple(to) or place.config.destinations
    if not destinations:
        raise FourPillarsError(
            "No destination is named.", "Name one with --to, or under `destinations` in reports/edition.yml."
        )
    run = replace(begin(place.out, "deliver", _now()), state="delivered")
    return _delivered(place, Done(end(place, run, _now)), destinations, _now, again=True, everything=everything)


def _now() -> datetime:
    return datetime.now(UTC)


def _told_by(run: Run, outcome: Outcome) -> Run:
    return replace(
        run,
        state=outcome.state,
        edition=outcome.edition,
        release=outcome.release,
        built=outcome.built,
        kept=outcome.kept,
        changed=outcome.changed,
        said=outcome.because,
        failures=tuple(f"{one.key}: {one.cause}" for one in outcome.failures),
    )


def _follow_up(place: Place, run: Run, outcome: Outcome, to: tuple[DestinationConfig, ...], clock: Clock) -> Done:
    if outcome.state == "failed":
        return Done(fail(place, run, clock), outcome)
    if outcome.state == "preview":
        return Done(end(place, run, clock), outcome)
    waiting = _waiting(place, outcome.state)
    retired = _retired(place)
    warned = _new_warnings(place, run)
    run = end(
        place, replace(run, said=run.said or (waiting.said("en") if waiting else ""), warnings=len(warned)), clock
    )
    done = _delivered(place, Done(run, outcome, waiting, tuple(retired)), (*place.config.destinations, *to), clock)
    return replace(done, notices=(*_tell_good(place, run, warned), *done.notices))


def _waiting(place: Place, state: str) -> Waiting | None:
    """Return what the next edition waits for, where a run found nothing new; after any other it is kept for the
    next, which then need not read the statistics."""
    try:
        waiting = waiting_for(place)
    except (FourPillarsError, OSError) as error:
        log.warning("what the next edition waits for is not known: %s", error)
        return None
    return waiting if state in ("unchanged", "held", "same") else None


def _retired(place: Place) -> list[str]:
    try:
        return retention.retire(place.out, place.config.keep_releases)
    except (FourPillarsError, OSError) as error:
        log.warning("releases not retired: %s", error)
        return []


def _new_warnings(place: Place, run: Run) -> list[tuple[str, str, str]]:
    """Return the warnings a new release brings, where somebody wants to know."""
    if run.state != "published" or not any("warning" in way.events for way in place.config.notices):
        return []
    from fourpillars.editions.notices.warned import new_warnings

    try:
        return new_warnings(place.out, place.project, run.edition, run.release)
    except Exception as error:  # the release is out: what is only told about it must not fail it
        log.warning("warnings not compared: %s", type(error).__name__)
        return []


def _tell_good(place: Place, run: Run, warned: list[tuple[str, str, str]]) -> list[Sent]:
    if run.state != "published":
        return []
    config = place.config
    sent = send(
        lambda lang: message.of_success(run, config.title.get(lang), config.address, lang), "success", config.notices
    )
    if warned:
        sent += send(lambda lang: _of_warnings(place, run, warned, lang), "warning", config.notices)
    return sent


def _of_warnings(place: Place, run: Run, warned: list[tuple[str, str, str]], lang: str) -> message.Notice:
    from fourpillars.editions.notices.warned import named
    from fourpillars.exhibits.snapshots import snapshot

    shown = named(snapshot(run.edition, lang, place.project), warned)
    return message.of_warnings(run, shown, place.config.title.get(lang), lang)


def _delivered(
    place: Place,
    done: Done,
    destinations: tuple[DestinationConfig, ...],
    clock: Clock,
    *,
    again: bool = False,
    everything: bool = False,
) -> Done:
    if not destinations:
        return done
    found = deliver(place.out, destinations, place.project.root, again=again, everything=everything)
    lost = [one.said for one in found if one.error]
    if not lost:
        return replace(done, deliveries=tuple(found))
    run = replace(done.run, state="undelivered", failures=tuple(lost))
    told = fail(place, run, clock)
    return replace(done, run=told, deliveries=tuple(found))
