"""The times at which to look for something new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from fourpillars.editions.settings import DAYS, ScheduleConfig, weekdays

CLOCK_ERROR = timedelta(days=1)  #: by how much a clock that is set right may go back before all is planned anew
_WEEK = timedelta(days=8)  #: any timetable has a time in it


@dataclass(frozen=True)
class Timetable:
    """Times of day on days of the week, in a time zone."""

    at: tuple[str, ...]
    days: tuple[int, ...]
    time_zone: str

    @classmethod
    def of(cls, config: ScheduleConfig) -> Timetable:
        """Return the timetable that `reports/edition.yml` asks for."""
        return cls(tuple(sorted(set(config.at))), weekdays(config.days), config.time_zone)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.time_zone)

    def trigger(self) -> Any:
        """Return the timetable as APScheduler knows it."""
        from apscheduler.triggers.combining import OrTrigger
        from apscheduler.triggers.cron import CronTrigger

        days = ",".join(DAYS[day] for day in self.days)
        hours = [clock.split(":") for clock in self.at]
        return OrTrigger(
            [CronTrigger(day_of_week=days, hour=hour, minute=minute, timezone=self.zone) for hour, minute in hours]
        )

    def after(self, moment: datetime) -> datetime:
        """Return the first time after a moment.

        Examples
        --------
        >>> table = Timetable(("10:30", "18:30"), weekdays("mon-fri"), "Asia/Shanghai")
        >>> friday_evening = datetime(2026, 9, 18, 20, 0, tzinfo=table.zone)
        >>> table.after(friday_evening).isoformat()
        '2026-09-21T10:30:00+08:00'
        """
        return self.trigger().get_next_fire_time(None, moment + timedelta(seconds=1))

    def latest(self, moment: datetime) -> datetime:
        """Return the last time up to a moment.

        Examples
        --------
        >>> table = Timetable(("10:30",), weekdays("mon-fri"), "Asia/Shanghai")
        >>> table.latest(datetime(2026, 9, 20, 12, 0, tzinfo=table.zone)).isoformat()
        '2026-09-18T10:30:00+08:00'
        """
        found, coming = None, self.after(moment - _WEEK)
        while coming <= moment:
            found, coming = coming, self.after(coming)
        return found or coming

    def missed(self, last: datetime | None, now: datetime) -> bool:
        """Say whether a time has passed since the one the `last` run was begun for: however many, one run does.

        Examples
        --------
        >>> table = Timetable(("10:30", "18:30"), weekdays("mon-fri"), "Asia/Shanghai")
        >>> monday, wednesday = (datetime(2026, 9, day, 10, 30, tzinfo=table.zone) for day in (14, 16))
        >>> table.missed(monday, wednesday), table.missed(wednesday, wednesday + timedelta(hours=1))
        (True, False)
        """
        return last is not None and last < self.latest(now)

    def first(self, last: datetime | None, now: datetime) -> datetime:
        """Return when to run first: now where a time was missed, else at the next.

        Where the clock was set back a little, the time a run was begun for is not gone through again; a `last`
        over a day ahead was written by a clock that was wrong, and does not count.
        """
        if self.missed(last, now):
            return now
        return self.after(last if last is not None and now < last <= now + CLOCK_ERROR else now)
