"""Read the whole corpus of 2,000 synthetic data files, and mutants of each; say how many were read as expected.

    python bench/intake.py [--first 0] [--files 2000] [--mutants 5]

Every file must be read as expected. Every mutant must be read as expected but for the cell that was changed,
or be refused. Figures of the corpus are made up; nothing of the project's data is touched.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from measured import keep

from fourpillars.catalogue.codelists import load_codelists

ROOT = Path(__file__).resolve().parents[1]


def load(name: str):
    path = ROOT / "tests" / "observations" / "intake" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"intake_{name}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--first", type=int, default=0, help="the number of the first file")
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--mutants", type=int, default=5, help="a file")
    options = parser.parse_args()
    corpus, texts, lists = load("corpus"), load("test_corpus").TEXTS, load_codelists()
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    wrong: list[str] = []
    slowest, start = 0.0, time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.first, options.first + options.files):
            file = corpus.make(number, lists)
            kinds[f"{file.format}, {file.shape}"] += 1
            began = time.perf_counter()
            found = corpus.read(file, corpus.save(file, Path(folder)), lists)
            slowest = max(slowest, time.perf_counter() - began)
            counts["files read as expected" if found == file.expected else "files wrong"] += 1
            if found != file.expected:
                wrong.append(f"file {number} ({file.format}, {file.shape}): {str(found)[:200]}")

        @seed(options.first)
        @settings(max_examples=options.files * options.mutants, deadline=None, database=None,
                  report_multiple_bugs=False, suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(
            st.integers(options.first, options.first + options.files - 1),
            st.integers(0, 10**9),
            texts,
            st.integers(0, 9),
        )
        def mutants(number: int, place: int, text: str, kind: int) -> None:
            counts[_mutant(corpus, lists, Path(folder), number, place, text, kind, wrong)] += 1

        mutants()
    for name, count in [*sorted(kinds.items()), *sorted(counts.items())]:
        print(f"{count:7,}  {name}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"slowest file {slowest:.2f} s; peak memory {peak:.0f} MB")
    counted = {name.replace(",", "").replace(" ", "_"): count for name, count in sorted(counts.items())}
    took = {"seconds": round(time.perf_counter() - start, 1), "slowest_file_seconds": round(slowest, 2)}
    keep("intake", {"files": options.files, **counted, **took, "peak_memory_mb": round(peak)})
    print(*wrong[:20], sep="\n")
    sys.exit(bool(wrong))


def _mutant(corpus, lists, folder: Path, number: int, place: int, text: str, kind: int, wrong: list[str]) -> str:
    """Make one mutant and judge it: of ten, eight have another cell, two have damaged bytes."""
    file = corpus.make(number, lists)
    spot = random.Random(place)
    row, column = spot.randrange(len(file.rows)), spot.randrange(len(file.rows[0]))
    try:
        path = corpus.save(file if kind > 7 else file.with_cell(row, column, text), folder)
    except (ValueError, UnicodeError):
        return "mutants the format cannot hold"
    if kind > 7:
        _damage(path, random.Random(place), truncate=kind == 8)
    try:
        found = corpus.read(file, path, lists)
    except Exception:
        wrong.append(f"mutant of {number} ({file.format}, {file.shape}) at {row},{column} {text!r} {kind}:\n"
                     + traceback.format_exc(limit=-3))  # fmt: skip
        return "mutants with a traceback"
    if isinstance(found, str):
        return "mutants refused"
    if found == file.expected:
        return "mutants read as expected"
    if kind > 7:
        return "damaged bytes, read otherwise"
    if corpus.wrong_in_mutant(file, row, column, found):
        wrong.append(f"mutant of {number} ({file.format}, {file.shape}) at {row},{column} {text!r}")
        return "mutants wrong elsewhere"
    return "mutants different only by their cell"


def _damage(path: Path, rng: random.Random, truncate: bool) -> None:
    data = bytearray(path.read_bytes())
    if truncate:
        data = data[: rng.randrange(len(data))]
    for _ in range(0 if truncate else rng.randint(1, 8)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    path.write_bytes(bytes(data))


if __name__ == "__main__":
    main()
