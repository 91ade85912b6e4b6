"""What a notice says: of a run, in the language of whom it goes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fourpillars.editions.history import Run
from fourpillars.exhibits.dates import period
from fourpillars.exhibits.language import text

MOST_LINES = 12


@dataclass(frozen=True)
class Notice:
    """A message: the event it is about, a title, and lines. Plain text: names in it are never markup."""

    event: str
    title: str
    lines: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """Title and lines as one text."""
        return "\n".join([self.title, *self.lines])


@dataclass(frozen=True)
class Warned:
    """A warning that the release before did not have: of what, for whom, since when, with which value."""

    indicator: str
    unit: str
    value: str
    period: str


def of_success(run: Run, site: str, address: str, lang: str) -> Notice:
    """Say that a release is published."""
    where = f"{address}{run.edition}.{run.release}/{lang}/index.html" if address else ""
    lines = [
        text("runs.documents", lang, built=run.built, kept=run.kept),
        *([text("runs.changed", lang, what=text("runs.list", lang).join(run.changed[:6]))] if run.changed else ()),
        *([where] if where else ()),
    ]
    return Notice(
        "success", _title("published", site, lang, month=period(run.edition, lang), n=run.release), tuple(lines)
    )


def of_failure(run: Run, site: str, lang: str) -> Notice:
    """Say that a run failed, and that readers keep what they had."""
    month = period(run.edition, lang) if run.edition else ""
    named = f" · {month}" if month else ""
    lines = [*([run.said] if run.said else ()), *_cut(run.failures, lang), text("runs.untouched", lang)]
    return Notice("failure", _title(f"state.{run.state}", f"{site}{named}", lang), tuple(lines))


def of_warnings(run: Run, warned: Sequence[Warned], site: str, lang: str) -> Notice:
    """Say which indicators warn now and did not before."""
    lines = [
        text("runs.warned", lang, indicator=one.indicator, unit=one.unit, value=one.value, period=one.period)
        for one in warned
    ]
    title = text("runs.warnings", lang, count=len(warned), month=period(run.edition, lang))
    return Notice("warning", f"{site}{text('runs.colon', lang)}{title}", tuple(_cut(lines, lang)))


def of_test(site: str, lang: str) -> Notice:
    """Say that notices arrive."""
    return Notice("test", _title("test", site, lang), (text("runs.test_text", lang),))


def _title(key: str, site: str, lang: str, **values: object) -> str:
    return f"{site}{text('runs.colon', lang)}{text(f'runs.{key}', lang, **values)}"


def _cut(lines: Sequence[str], lang: str) -> list[str]:
    shown = [" ".join(line.split())[:300] for line in lines[:MOST_LINES]]
    more = len(lines) - len(shown)
    return [*shown, *([text("runs.more", lang, count=more)] if more else ())]
