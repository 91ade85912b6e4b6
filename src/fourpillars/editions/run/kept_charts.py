"""Charts of a page as an earlier run compiled them: where one figure has changed, one chart is compiled."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fourpillars.editions import cache
from fourpillars.editions.run.charts import spec_hash
from fourpillars.editions.run.charts_ahead import compiled

_FAST = 1


@dataclass(frozen=True)
class KeptCharts:
    """A file that keeps a page's charts, what they are `compiled_by`, and whether to compile all `again`."""

    path: Path
    compiled_by: str
    again: bool = False

    def read(self) -> dict[str, str]:
        """Return the SVGs by the hash of their charts; none where other code or fonts made them."""
        try:
            told = json.loads(zlib.decompress(self.path.read_bytes()))
            os.utime(self.path)  # what is used is not swept away
            return told["charts"] if told["compiled_by"] == self.compiled_by and not self.again else {}
        except (OSError, ValueError, zlib.error, KeyError, TypeError):
            return {}

    def write(self, charts: dict[str, str]) -> None:
        """Keep the SVGs of a page, and no others."""
        told = {"compiled_by": self.compiled_by, "charts": charts}
        cache.write(self.path, zlib.compress(json.dumps(told, ensure_ascii=False).encode(), _FAST))


def compile_charts(exhibits: Sequence[dict[str, Any]], kept: KeptCharts | None = None) -> dict[str, str]:
    """Return the charts among a page's exhibits as SVG, by the exhibit's id; each chart is compiled once.

    Raises
    ------
    FourPillarsError
        As `compile_svg` does.
    """
    hashes = {one["id"]: spec_hash(one["vegalite"]) for one in exhibits if one["kind"] == "chart"}
    before = kept.read() if kept else {}
    charts: dict[str, str] = {}
    for exhibit in exhibits:
        key = hashes.get(exhibit["id"])
        if key is not None and key not in charts:
            charts[key] = before.get(key) or compiled(exhibit["vegalite"], key)
    if kept is not None and charts != before:
        kept.write(charts)
    return {name: charts[key] for name, key in hashes.items()}
