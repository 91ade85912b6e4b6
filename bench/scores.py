"""How fast is the score library? 1,000 replications of a 51 × 49 index, and a plain loop beside it.

Run by hand: ``OPENBLAS_NUM_THREADS=1 python bench/scores.py`` (writes into bench/results.json).
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from measured import keep

from fourpillars.scores import (
    Aggregate,
    EqualWeights,
    Framework,
    MinMax,
    PCAWeights,
    Ranked,
    Recipe,
    Result,
    Winsorise,
    build,
)

SIZES = {
    "physical": 8, "economic": 5, "political": 3, "institutions": 6,
    "people": 8, "environment": 5, "social": 9, "finance": 5,
}  # fmt: skip
CHOICES = {
    "treat": (None, Winsorise()),
    "normalise": (MinMax(1, 100), Ranked("rank")),
    "weight": (None, EqualWeights(), PCAWeights()),
    "aggregate": (Aggregate("arithmetic"), Aggregate("arithmetic", "geometric"), Aggregate("geometric")),
}


def index() -> Result:
    """Make an index of 51 units and 49 indicators in eight pillars, two halves and one whole."""
    rows = [(f"{group}{number}", group) for group, size in SIZES.items() for number in range(size)]
    rows += [(group, "links" if place < 5 else "future") for place, group in enumerate(SIZES)]
    rows += [("links", "index"), ("future", "index"), ("index", "")]
    framework = Framework(pd.DataFrame(rows, columns=["code", "parent"]))
    values = np.random.default_rng(0).lognormal(0, 0.8, (51, len(framework.indicators)))
    return build(pd.DataFrame(values, columns=framework.indicators), framework, Recipe(normalise=MinMax(1, 100)))


def one_by_one(result: Result, n: int) -> None:
    """Build the index anew for each replication, as one would without the library's shortcuts."""
    generator = np.random.default_rng(0)
    for _ in range(n):
        steps = {name: options[generator.integers(len(options))] for name, options in CHOICES.items()}
        made = result.replace(**steps)
        noisy = made.framework.table["weight"] * generator.uniform(0.75, 1.25, len(made.framework.table))
        steps["weight"] = None
        _ = build(result.data, result.given.with_weights(noisy), Recipe(**steps)).ranks["index"]


def seconds(function: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def main() -> None:
    """Measure, print, and write the results."""
    made = index()
    _ = made.ranks
    units, indicators = made.stages["raw"].shape
    made.uncertainty(10, **CHOICES)  # imports, once
    fast = min(seconds(lambda: made.uncertainty(1000, **CHOICES)) for _ in range(3))
    slow = 50 * seconds(lambda: one_by_one(made, 20))
    keep("scores", {
        "units": units, "indicators": indicators, "levels": len(made.framework.levels),
        "replications_1000_seconds": round(fast, 3), "plain_pandas_loop_1000_seconds": round(slow, 1),
        "times_as_fast": round(slow / fast),
        "sobol_1792_replications_seconds": round(seconds(lambda: made.sensitivity(256, **CHOICES)), 3),
        "leave_one_out_49_seconds": round(seconds(made.leave_one_out), 3),
    })  # fmt: skip


if __name__ == "__main__":
    main()
