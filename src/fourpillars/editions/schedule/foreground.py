"""The schedule in the foreground, by APScheduler: for containers and machines without systemd or cron.

The scheduler runs its job in its own thread. So there is one run at a time, and the times that pass during a long
run, while the machine sleeps, or while nothing runs here, come to one run afterwards.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.base import STATE_STOPPED, BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler

from fourpillars.editions import history
from fourpillars.editions.place import Place
from fourpillars.editions.schedule.once import Runner, stopped_by_signals
from fourpillars.editions.schedule.timetable import CLOCK_ERROR, Timetable

JOB = "publish"
GLANCE = 60.0  #: seconds after which the clock is looked at again: it may have been set, or the machine have slept
log = logging.getLogger(__name__)


class Foreground(BlockingScheduler):
    """A scheduler that looks at the clock every minute, whatever it was a minute ago."""

    def _process_jobs(self) -> float:
        wait = super()._process_jobs()
        mend(self, datetime.now(self.timezone))
        return GLANCE if wait is None else min(wait, GLANCE)

    def stop(self) -> None:
        """End after the run that is under way. For signal handlers: the loop may hold its lock."""
        threading.Thread(target=self._stop, daemon=True).start()

    def _stop(self) -> None:
        if self.state != STATE_STOPPED:
            self.shutdown(wait=False)


def prepare(
    scheduler: BaseScheduler,
    timetable: Timetable,
    run: Callable[[datetime], Any],
    last: datetime | None,
    now: datetime,
    clock: Callable[[], datetime],
) -> None:
    """Give a scheduler its one job: to run at the times of the timetable, and at once if one was missed.

    Parameters
    ----------
    run : callable
        Takes the time it runs for.
    last : datetime, optional
        The last time a run was begun for; None where none ever was.
    now : datetime
        The moment of the start.
    clock : callable
        The time while it runs.
    """
    first = timetable.first(last, now)
    scheduler.add_executor(DebugExecutor(), "default")
    scheduler.add_job(
        lambda: run(timetable.latest(clock())),
        timetable.trigger(),
        id=JOB,
        next_run_time=first,
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    log.info("schedule begins", extra={"next": first.isoformat(timespec="minutes"), "catches_up": first == now})


def mend(scheduler: BaseScheduler, now: datetime) -> None:
    """Plan anew where the clock was set back by more than a day: the next time lies too far ahead."""
    job = scheduler.get_job(JOB) if scheduler.state != STATE_STOPPED else None
    if job is None or job.next_run_time is None:
        return
    soon = job.trigger.get_next_fire_time(None, now + timedelta(seconds=1))  # not the time that is running now
    if job.next_run_time - soon > CLOCK_ERROR:
        log.warning("the clock was set back; planned anew", extra={"next": soon.isoformat(timespec="minutes")})
        job.modify(next_run_time=soon)


def run_forever(place: Place, runner: Runner, timetable: Timetable) -> None:
    """Keep the schedule until SIGTERM, SIGINT or SIGHUP; a run that is under way is ended gently then."""
    scheduler = Foreground(timezone=timetable.zone)
    last = history.last_slot(place.out)

    def clock() -> datetime:
        return datetime.now(timetable.zone)

    def stop() -> None:
        runner.stop()
        scheduler.stop()

    prepare(scheduler, timetable, runner.run, datetime.fromisoformat(last) if last else None, clock(), clock)
    with stopped_by_signals(stop):
        scheduler.start()
    log.info("schedule ended")
