"""Kill a publication at random moments and look what it left: readers must never notice, nothing may remain.

python bench/chaos.py --kills 200 --seed 20260831
python bench/chaos.py --kills 5 --first 20 --home chaos.tmp     five more, on the site of the calls before

Each round publishes a change to six documents, ends the publisher with SIGKILL after a random time (every
other round together with its process group), looks at the site, and publishes again.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

EDITION = "2026-08"
PATIENCE = 5.0  #: seconds after which no process of a killed publication may be left
MARK = "FOURPILLARS_CHAOS"
_ASSET = re.compile(r'(?:src|href)="([^"]*assets/[^"]+)"')
_TINY = Path(__file__).resolve().parents[1] / "tests" / "editions" / "conftest.py"


@dataclass
class Round:
    """One kill and what came after; empty `problems` are what is hoped for."""

    number: int
    group: bool
    moment: float
    seen: str = ""
    released: bool = False
    gone_after: float = 0.0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """A tiny project in a folder of its own, with folders of its own for temporary and for kept files."""

    home: Path
    languages: str = "en"
    documents: int = 6

    @property
    def project(self) -> Path:
        return self.home / "a project"

    @property
    def site(self) -> Path:
        return self.project / "reports" / "site"

    @property
    def temporary(self) -> Path:
        return self.home / "tmp"

    def environment(self) -> dict[str, str]:
        own = {"TMPDIR": str(self.temporary), "XDG_CACHE_HOME": str(self.home / "kept"), MARK: str(self.home)}
        return {**os.environ, **own}


def settle(home: Path) -> Place:
    """Write the tiny project of the tests and publish it once; where that was done before, take it as it is."""
    place = Place(home)
    place.temporary.mkdir(parents=True, exist_ok=True)
    if not place.project.exists():
        _write_tiny_project(place.project)
    publish(place).wait()
    return place


def publish(place: Place) -> subprocess.Popen:
    """Start a publication of six documents, in a process group of its own."""
    code = "from fourpillars.cli import main; main()"
    asked = ["--project", str(place.project), "--renderer", "embedded", "--lang", place.languages, "--jobs", "2"]
    return subprocess.Popen(
        [sys.executable, "-c", code, "publish", *asked],
        env=place.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, start_new_session=True,
    )  # fmt: skip


def one_round(place: Place, number: int, seed: int, longest: float) -> Round:
    """Publish a change, kill the publisher, look, and publish again."""
    chance = random.Random(f"{seed}-{number}")
    found = Round(number, group=bool(number % 2), moment=round(chance.uniform(0.0, longest), 3))
    change(place, f"{seed}-{number}")
    before = _release(place)
    run = publish(place)
    time.sleep(found.moment)
    found.seen = stage(place) if run.poll() is None else "over"
    kill(run, found.group)
    found.released = _release(place) != before
    found.problems += complete(place)
    found.gone_after = wait_until_gone(place)
    if found.gone_after > PATIENCE:
        found.problems.append("a process is left")
    found.problems += [*complete(place), *next_run(place)]
    return found


def next_run(place: Place) -> Iterator[str]:
    run = publish(place)
    said = run.communicate(timeout=300)[1]
    if run.returncode:
        yield f"the next run ended with {run.returncode}: {said[-300:]}"
    yield from complete(place)
    yield from (f"left over: {path}" for path in left_over(place))


def complete(place: Place) -> Iterator[str]:
    """Say what readers of the site would miss: documents of the manifest, their bytes, what pages ask for."""
    release = place.site / EDITION
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    documents = manifest["documents"]
    if len(documents) != place.documents or not (place.site / "index.html").is_file():
        yield f"{len(documents)} documents, or no way in"
    for entry in documents:
        path = release / entry["path"]
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            yield f"{entry['path']} is not what the manifest says"
        elif path.suffix == ".html":
            wanted = _ASSET.findall(path.read_text(encoding="utf-8"))
            # the page's address is below the link's own name, so `..` leads out of the release
            missing = [name for name in wanted if not Path(os.path.normpath(path.parent / name)).is_file()]
            yield from (f"{entry['path']} asks for {name}" for name in missing)


def left_over(place: Place) -> list[str]:
    """Return what a finished publication must not leave: temporary files, parts of files, work under way."""
    parts = [path for path in place.home.rglob("*") if path.name.endswith(".part") or path.name.startswith(".build-")]
    numbers = {path.name for path in Path("/proc").iterdir() if path.name.isdigit()}
    semaphores = [path for path in Path("/dev/shm").glob("sem.fourpillars-*") if path.name.split("-")[1] not in numbers]
    return [str(path) for path in [*place.temporary.rglob("*"), *parts, *semaphores]]


def kill(run: subprocess.Popen, group: bool) -> None:
    if group:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
    run.kill()
    run.wait()
    run.stderr.close()


def wait_until_gone(place: Place) -> float:
    """Return the seconds until no process of the publication was left; more than `PATIENCE` if one stayed."""
    start = time.monotonic()
    while _processes(place):
        if time.monotonic() - start > PATIENCE:
            break
        time.sleep(0.02)
    return round(time.monotonic() - start, 3)


def _processes(place: Place) -> list[int]:
    """Return the processes that carry this place's mark, zombies left aside."""
    mark = f"{MARK}={place.home}".encode()
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        try:
            ended = (folder / "stat").read_text().rpartition(")")[2].split()[0] in "ZX"
            if not ended and mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except (OSError, IndexError):
            continue
    return found


def stage(place: Place) -> str:
    """Say how far a publication has come, by what lies on the disk."""
    work = next(place.site.glob(".build-*"), None)
    if work is None:
        return "planning or putting in place"
    if any((work / "tree").rglob("manifest.json")):
        return "complete"
    if any((work / "tree").rglob("*.html")):
        return "rendering"
    return "running" if any((work / "executed").rglob("*.ipynb")) else "loading"


def _release(place: Place) -> str:
    return os.readlink(place.site / EDITION)


def change(place: Place, word: str) -> None:
    """Change a title in both notebooks, and so every document."""
    for path in place.project.glob("notebooks/*.ipynb"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r" grew[^\"']*?(\\?[\"'])", rf" grew {word}\1", text), encoding="utf-8")


def _write_tiny_project(root: Path) -> None:
    spec = importlib.util.spec_from_file_location("tiny_project", _TINY)
    tiny = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tiny)
    tiny.write_project(root)


def summary(rounds: list[dict]) -> dict[str, object]:
    """Return the figures of all rounds."""
    stages: dict[str, int] = {}
    for found in rounds:
        stages[found["seen"]] = stages.get(found["seen"], 0) + 1
    return {
        "kills": len(rounds),
        "of the process group": sum(found["group"] for found in rounds),
        "by stage": dict(sorted(stages.items())),
        "released before the end": sum(found["released"] for found in rounds),
        "seconds until the last process was gone, at most": max((found["gone_after"] for found in rounds), default=0),
        "rounds with a problem": sum(bool(found["problems"]) for found in rounds),
        "problems": [f"{found['number']}: {problem}" for found in rounds for problem in found["problems"]][:20],
    }


def main() -> int:
    from measured import keep

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="number of the first round")
    parser.add_argument("--seed", type=int, default=20260831)
    parser.add_argument("--home", type=Path, help="keep the site here, and the rounds beside it")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        home = (asked.home or Path(folder)).absolute()
        place = settle(home)
        change(place, "for the clock")
        start = time.monotonic()
        publish(place).wait()
        longest = time.monotonic() - start
        log = home / "rounds.jsonl"
        for number in range(asked.first, asked.first + asked.kills):
            found = one_round(place, number, asked.seed, longest)
            with log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(found)) + "\n")
            print(found, flush=True)
        rounds = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    keep("9 kills", summary(rounds))
    return int(any(found["problems"] for found in rounds))


if __name__ == "__main__":
    sys.exit(main())
