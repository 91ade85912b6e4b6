"""An edition once more: unchanged, after one observation, one report alone; then how soon its pages show a chart."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import first_chart
import yaml
from edition import BIN, EDITION, SMALL, forget, keep_whole, told
from measured import NOBODY, keep, run

from fourpillars.catalogue.project import find_project

REVISED = ("enterprise_accounts.csv", "CN,C31,")
PACKED = ("data", "notebooks", "reports", "requirements.lock")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        project = copied(Path(home) / "project")
        command = [str(BIN / "fourpillars"), "publish", "--project", str(project), "--renderer", "embedded"]
        command += ["--edition", EDITION, "--quiet"]
        print("reruns: the whole edition, once", flush=True)
        forget()
        first = keep_whole(2, told(run(command), project / "reports/site"))
        results = {"first": first, "unchanged": run(command).told()}
        results["plan"] = run([str(BIN / "fourpillars"), "plan", "--project", str(project)]).told()
        revise(project)
        print("reruns: after one observation", flush=True)
        results["after one observation"] = run(command).told() | pages(project)
        print("reruns: one report", flush=True)
        results["one report"] = one_report([*command, "--only", "industry/C31", "--lang", "en"], project)
        if shutil.which("chromium"):
            first_chart.main(project / "reports/site", EDITION)
    keep("3 reruns", results)


def one_report(command: list[str], project: Path) -> dict[str, object]:
    """Publish one report in one language into the published site, by itself and by a process that stands by.

    Its notebook's other reports are out of date once it is edited: then it is a preview.
    """
    found: dict[str, object] = {}
    edit = partial(rewrite, project / "notebooks/industry.ipynb")
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        somebody = {"XDG_RUNTIME_DIR": place, "FOURPILLARS_STANDBY": "300"}
        run([*command, "--force"], somebody)  # after a first such command it stands by
        wait_for(Path(place))
        for what, before, options in (
            ("forced", lambda: None, ["--force"]),
            ("notebook edited", edit, []),
            ("notebook edited, HTML alone", edit, ["--format", "html"]),
        ):
            found[f"{what}, by itself"] = thrice(before, [*command, *options], NOBODY)
            found[f"{what}, by one that stands by"] = thrice(before, [*command, *options], somebody)
    return found


def thrice(before: Callable[[], object], command: list[str], environment: dict[str, str]) -> dict[str, object]:
    """Run a command three times, each after something else, and tell the middle one and the walls of all."""
    costs = []
    for _ in range(3):
        before()
        costs.append(run(command, environment))
    middle = sorted(costs, key=lambda cost: cost.wall)[1]
    told = {"walls": [round(cost.wall, 2) for cost in costs]}
    if environment is NOBODY:  # what another process does is not seen from here
        return middle.told() | told
    return {"wall_seconds": round(middle.wall, 2)} | told


def wait_for(place: Path, seconds: float = 30) -> None:
    """Wait until a process stands by in a place."""
    end = time.monotonic() + seconds
    while not list(place.glob("*/*.sock")):
        if time.monotonic() > end:
            raise TimeoutError(f"nobody stands by in {place}")
        time.sleep(0.1)


def copied(root: Path) -> Path:
    """Copy the project, without its site, to where it may be changed."""
    root.mkdir()
    source = find_project().root
    for name in PACKED:
        if (source / name).is_dir():
            shutil.copytree(source / name, root / name, ignore=shutil.ignore_patterns("site"))
        else:
            shutil.copy(source / name, root)
    if SMALL:
        keep_few_reports(root / "reports/edition.yml")
    return root


def keep_few_reports(edition: Path) -> None:
    """Leave the pages of two pillars and of a few industries."""
    config = yaml.safe_load(edition.read_text(encoding="utf-8"))
    config["reports"] = [
        report | {"codes": ["C31", "C39"]} if report["notebook"] == "industry" else report
        for report in config["reports"]
        if report["notebook"] in ("growth", "expansion", "industry")
    ]
    edition.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")


def revise(project: Path) -> None:
    """Add one to the last figure of a division."""
    path = project / "data/observations" / REVISED[0]
    lines = path.read_text(encoding="utf-8").splitlines()
    column = lines[0].split(",").index("obs_value")
    place = max(n for n, line in enumerate(lines) if line.startswith(REVISED[1]))
    cells = lines[place].split(",")
    cells[column] = str(float(cells[column]) + 1)
    path.write_text("\n".join([*lines[:place], ",".join(cells), *lines[place + 1 :]]) + "\n", encoding="utf-8")


def rewrite(notebook: Path) -> None:
    """Add a sentence to the first text of a notebook."""
    told = json.loads(notebook.read_text(encoding="utf-8"))
    cell = next(cell for cell in told["cells"] if cell["cell_type"] == "markdown")
    cell["source"] = [*cell["source"], "\n\nOne sentence more."]
    notebook.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def pages(project: Path) -> dict[str, object]:
    """Return how many pages were run, and how many documents rendered."""
    return json.loads((project / "reports/site" / EDITION / "run.json").read_text(encoding="utf-8"))["pages"]


if __name__ == "__main__":
    main()
