"""What `fourpillars new` makes works as it is, from the command to the page; what it refuses leaves nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from fourpillars.catalogue import load_catalogue
from fourpillars.catalogue.project import Project
from fourpillars.cli.app import app
from fourpillars.cli.progress import Progress
from fourpillars.editions.new import new_indicator, new_report
from fourpillars.editions.prepare import Request
from fourpillars.editions.publish import publish
from fourpillars.editions.run.executed import read_exhibits
from fourpillars.errors import FourPillarsError
from fourpillars.indicators import compute
from fourpillars.observations import load_observations

REAL = Path(__file__).resolve().parents[2]


@pytest.fixture
def real(tmp_path: Path) -> Project:
    """The real statistics and reports, in a folder of its own."""
    root = tmp_path / "a project"
    for name in ("data", "notebooks", "reports"):
        shutil.copytree(REAL / name, root / name, ignore=shutil.ignore_patterns("site", ".*", "jobs"))
    return Project(root)


def everything(project: Project) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in project.root.rglob("*") if path.is_file()}


def ask(project: Project, *arguments: str) -> tuple[int, str]:
    """Call the command line in this process."""
    answer = CliRunner().invoke(app, [*arguments, "--project", str(project.root)])
    if answer.exception and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer.exit_code, answer.stdout


def test_a_report_is_made_planned_and_run(real: Project) -> None:
    before = (real.reports / "edition.yml").read_text(encoding="utf-8")
    made = json.loads(
        ask(real, "new", "report", "chips", "--title", "Chips, cars: #1", "--title-zh", "芯片", "--json")[1]
    )
    assert made["files"] == ["notebooks/chips.ipynb", "reports/edition.yml"]
    after = (real.reports / "edition.yml").read_text(encoding="utf-8")
    assert [line for line in after.splitlines() if line not in before.splitlines()] == [f"  {made['line']}"]
    assert after.replace(f"  {made['line']}\n", "") == before
    ask(real, "new", "report", "outlook", "--for-each", "ref_area")
    asked = ["--lang", "en", "--renderer", "embedded"]
    planned = json.loads(ask(real, "plan", *asked, "--json")[1])
    assert {"en/chips.html", "en/outlook/440000.pdf"} <= {row["document"] for row in planned["documents"]}
    output = real.root / "chips.ipynb"
    ask(real, "run", "chips", "-p", "lang=zh", "-o", str(output))
    assert [exhibit["lang"] for exhibit in read_exhibits(output)] == ["zh"] * 3


def test_a_line_makes_a_report_of_a_notebook_of_theirs(project: Path, edit: Callable[[str, str, str], None]) -> None:
    own = (project / "notebooks/tiny.ipynb").read_text(encoding="utf-8").replace("Output grew", "Chips grew")
    (project / "notebooks/chips.ipynb").write_text(own, encoding="utf-8")
    line = "  - {slug: chips, notebook: chips, group: nation, label: {en: Chips, zh: 芯片}}"
    edit("reports/edition.yml", "\nreports:\n", f"\nreports:\n{line}\n")
    asked = {"languages": ("en",), "formats": ("html",), "only": ("chips",)}
    outcome = publish(Request(project=project, renderer="embedded", jobs=1, **asked), Progress(quiet=True))
    assert not outcome.failures
    (page,) = (project / "reports/site").rglob("en/chips.html")
    assert "Chips grew" in page.read_text(encoding="utf-8")


def test_an_indicator_is_computed_shown_and_tested(real: Project) -> None:
    ask(real, "new", "indicator", "export_delivery_growth_start", "--measure", "export_delivery_growth",
        "--pillar", "expansion")  # fmt: skip
    assert "No problems" in ask(real, "check")[1]
    catalogue = load_catalogue(real)
    entry = catalogue.indicators["export_delivery_growth_start"]
    assert (entry.weight, entry.unit, entry.pillar) == (0, "pct_yoy", "expansion")
    panel = compute(load_observations(real), catalogue)
    assert panel.history(entry.code, entry.kinds[0]).notna().to_numpy().any()
    test = real.root / "tests/indicators/test_export_delivery_growth_start.py"
    own: dict = {}
    exec(compile(test.read_text(encoding="utf-8"), test, "exec"), own)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOURPILLARS_HOME", str(real.root))
        own["test_it_is_as_published"]()


REFUSED = [
    (lambda at: new_report(at, "Up Report"), "cannot name a report"),
    (lambda at: new_report(at, "../up"), "cannot name a report"),
    (lambda at: new_report(at, "overview"), "There is a notebook 'overview' already"),
    (lambda at: new_report(at, "chips", for_each="province"), "Unknown codelist 'province'"),
    (lambda at: new_report(at, "chips", group="induztries"), "Did you mean 'industries'"),
    (lambda at: new_indicator(at, "Margin"), "cannot name an indicator"),
    (lambda at: new_indicator(at, "profit_margin"), "There is an indicator 'profit_margin' already"),
    (lambda at: new_indicator(at, "mine", measure="pmi_ordrs"), "Unknown measure"),
    (lambda at: new_indicator(at, "mine", pillar="grwth"), "Did you mean 'growth'"),
    (lambda at: new_indicator(at, "mine", measure="output_growth"), "as a whole"),
    (lambda at: new_indicator(at, "mine", function=True), "needs the checkout"),
]


def test_what_is_refused_leaves_nothing(real: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(real)
    for call, said in REFUSED:
        with pytest.raises(FourPillarsError, match=said):
            call(real)
    monkeypatch.setattr("os.replace", _second_fails())
    with pytest.raises(FourPillarsError, match="cannot be written"):
        new_report(real, "chips")
    assert everything(real) == before


def _second_fails() -> Callable[[Path, Path], None]:
    calls = []

    def replace(source: Path, target: Path) -> None:
        calls.append(source)
        if len(calls) > 1:
            raise OSError(28, "No space left on device", str(target))
        Path(source).rename(target)

    return replace


def test_a_list_on_one_line_is_left_to_its_owner(real: Project) -> None:
    path = real.reports / "edition.yml"
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump(config, default_flow_style=True, allow_unicode=True), encoding="utf-8")
    before = everything(real)
    with pytest.raises(FourPillarsError, match="by hand"):
        new_report(real, "chips")
    assert everything(real) == before
