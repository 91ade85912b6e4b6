"""Charts compiled while the report that shows them still runs: its render worker would only wait for it.

The report puts each chart into a folder as it is shown; the worker looks there until the report has ended.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from fourpillars.editions.run.charts import compile_svg, spec_hash
from fourpillars.errors import FourPillarsError

_ENDED = "ended"
_PAUSE = 0.01  #: seconds between two looks
_compiled: dict[str, str] = {}


@contextmanager
def folders(wanted: Iterable[Path]) -> Iterator[None]:
    """Make the folders of reports; whatever happens, whoever looks into one will see that its report has ended."""
    wanted = tuple(wanted)
    for folder in wanted:
        folder.mkdir(parents=True)
    try:
        yield
    finally:
        for folder in wanted:
            end(folder)


def end(folder: Path) -> None:
    """Say that a report shows no more charts."""
    with suppress(OSError):
        (folder / _ENDED).touch()


def hand_over(cell: Any, folder: Path) -> None:
    """Put the charts a cell shows into a folder, one that takes no more excepted: the page has them in any case."""
    from fourpillars.editions.run.executed import MIME

    for output in cell.outputs:
        exhibit = output.get("data", {}).get(MIME)
        if exhibit is not None and exhibit.get("kind") == "chart":
            with suppress(OSError):
                part = folder / f"{len(list(folder.iterdir())):03}.part"
                part.write_text(json.dumps(exhibit["vegalite"], ensure_ascii=False), encoding="utf-8")
                part.rename(part.with_suffix(".json"))


def compile_ahead(folder: Path, known: Collection[str], seconds: float) -> None:
    """Compile the charts that come into a folder until its report has ended, but those whose hashes are known.

    What cannot be compiled is left to the page, which names it.
    """
    until, seen = time.monotonic() + seconds, set()
    ended = False
    while not ended and folder.is_dir() and time.monotonic() < until:
        ended = (folder / _ENDED).exists()
        for path in sorted(set(folder.glob("*.json")) - seen):
            seen.add(path)
            with suppress(FourPillarsError, OSError, ValueError):
                chart = json.loads(path.read_text(encoding="utf-8"))
                if (key := spec_hash(chart)) not in known:
                    _compiled[key] = compile_svg(chart)
        time.sleep(0 if ended else _PAUSE)


def compiled(vegalite: dict[str, Any], key: str) -> str:
    """Return a chart as SVG, once: as compiled ahead, or compiled now.

    Raises
    ------
    FourPillarsError
        As `compile_svg` does.
    """
    return _compiled.pop(key, None) or compile_svg(vegalite)
