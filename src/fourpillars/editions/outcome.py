"""What a publication came to, and the record of how it went."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fourpillars import __version__
from fourpillars.editions import release
from fourpillars.editions.built import Built
from fourpillars.editions.failures import Failure
from fourpillars.editions.measure import Meter
from fourpillars.editions.plan import Plan
from fourpillars.editions.prepare import Prepared
from fourpillars.editions.redaction import redacted


@dataclass(frozen=True)
class Outcome:
    """What a publication came to.

    `state` is 'published' (a new release), 'same' (built, and it came out as published), 'unchanged' (nothing
    to build), 'held' (rolled back to, and nothing has changed since), 'preview' or 'failed' (the release readers
    have stays). `changed` says why documents were built.
    """

    state: str
    edition: str
    folder: Path
    release: int = 0
    built: int = 0
    kept: int = 0
    failures: tuple[Failure, ...] = ()
    because: str = ""
    renderer: str = ""
    measured: dict[str, Any] = field(default_factory=dict)
    changed: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0, or 1 where a document failed."""
        return 1 if self.failures else 0


def of_build(
    state: str,
    ready: Prepared,
    built: Built,
    failures: tuple[Failure, ...],
    where: Path,
    meter: Meter,
    number: int = 0,
) -> Outcome:
    """Say what a build came to."""
    rendered = sum(len(built.tasks[key].formats) for key in built.results)
    return Outcome(
        state=state,
        edition=ready.edition,
        folder=where,
        release=0 if state in ("preview", "failed") else number,
        built=rendered,
        kept=len(ready.plan.kept),
        failures=failures,
        because=ready.plan.because,
        renderer=ready.renderer.identity,
        measured=meter.summary(),
        changed=_why_built(ready.plan),
    )


def _why_built(plan: Plan) -> tuple[str, ...]:
    """Name each reason for which something was built, the statistics that changed by their names."""
    reasons = (reason for item in plan.to_build for reason in (*item.reasons, *item.changed))
    return tuple(dict.fromkeys(reasons))


def write_run(folder: Path, outcome: Outcome) -> None:
    """Write what is not the same every time: when, where, how long."""
    folder.mkdir(parents=True, exist_ok=True)
    run = {
        "state": outcome.state,
        "edition": outcome.edition,
        "release": outcome.release,
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "documents_built": outcome.built,
        "documents_kept": outcome.kept,
        "renderer": outcome.renderer,
        "version": __version__,
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "failures": [failure.as_dict() for failure in outcome.failures],
        **outcome.measured,
    }
    release.write_whole(folder / "run.json", json.dumps(redacted(run), ensure_ascii=False, indent=1) + "\n")
