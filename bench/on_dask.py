"""Two Dask workers on this machine: the same hashes as without, and how long it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from edition import BIN, EDITION, SMALL
from measured import keep, run

SAMPLE = ("industry/C31",) if SMALL else ("overview", "industry/C3*", "region/44*")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        folder = Path(home)
        known = folder / "scheduler.json"
        dask = [sys.executable, "-m", "dask"]
        start = [
            [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
             "--scheduler-file", str(known)],
            [*dask, "worker", "--scheduler-file", str(known), "--nworkers", "2", "--nthreads", "1",
             "--no-dashboard", "--local-directory", home],
        ]  # fmt: skip
        with open(os.devnull, "w") as nowhere:
            running = [subprocess.Popen(command, stdout=nowhere, stderr=nowhere) for command in start]
        try:
            address = address_of(known)
            command = [str(BIN / "fourpillars"), "publish", "--quiet", "--edition", EDITION]
            command += [text for name in SAMPLE for text in ("--only", name)]
            environment = {"SOURCE_DATE_EPOCH": "1790000000"}
            here = run([*command, "--renderer", "embedded", "--out", str(folder / "here")], environment)
            there = run(
                [*command, "--executor", "dask", "--scheduler", address, "--out", str(folder / "there")],
                environment,
            )
        finally:
            for process in reversed(running):
                process.terminate()
                process.wait(timeout=30)
        same = hashes(folder / "here") == hashes(folder / "there")
        documents = len(hashes(folder / "here"))
    results = {
        "documents": documents,
        "same_hashes": same,
        "here": here.told(),
        "two dask workers": there.told(),
    }
    keep("5 dask", results)


def address_of(known: Path) -> str:
    """Wait for the scheduler and its two workers, and return its address."""
    from distributed import Client

    end = time.monotonic() + 60
    while not known.exists():
        if time.monotonic() > end:
            raise RuntimeError("The Dask scheduler did not start within a minute.")
        time.sleep(0.2)
    address = json.loads(known.read_text())["address"]
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    return address


def hashes(out: Path) -> dict[str, str]:
    manifest = json.loads(next(out.glob(f"**/{EDITION}/manifest.json")).read_text(encoding="utf-8"))
    return {entry["id"]: entry["sha256"] for entry in manifest["documents"]}


if __name__ == "__main__":
    main()
