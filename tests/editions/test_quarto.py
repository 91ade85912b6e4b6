"""The Quarto renderer, against a stand-in that behaves as Quarto does: one failing document stops the whole
render."""

from __future__ import annotations

import shutil
import stat
import sys
from pathlib import Path

import pytest

from fourpillars.editions.manifest import read_manifest
from fourpillars.editions.prepare import Request
from fourpillars.editions.publish import publish
from fourpillars.editions.render.policy import declared
from fourpillars.editions.renderer import choose_renderer
from fourpillars.errors import FourPillarsError

STAND_IN = """#!{python}
import pathlib, sys, yaml
PDF = "%PDF-1.7\\n" + "\\n".join([
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj",
    "trailer<</Root 1 0 R>>",
])
if sys.argv[1] == "--version":
    print("1.11.99")
    raise SystemExit
project = yaml.safe_load(open("_quarto.yml"))
documents = sys.argv[2:] or project["project"]["render"]
for number, name in enumerate(documents, 1):
    source = pathlib.Path(name)
    {say}
    if "POISON" in source.read_text():
        print("ERROR: cannot be set", file=sys.stderr)
        raise SystemExit(1)
    for suffix in (".html", ".pdf") if source.suffix == ".ipynb" else (".html",):
        made = pathlib.Path("_site", source).with_suffix(suffix)
        made.parent.mkdir(parents=True, exist_ok=True)
        head = '<head><script>f()</script><script src="../assets/vega.0a1b2c3d.js"></script></head>'
        made.write_text(head + "<main>" + str(source) + "</main>" if suffix == ".html" else PDF)
libs = pathlib.Path("_site/site_libs/quarto.css")
libs.parent.mkdir(exist_ok=True)
libs.write_text("")
"""
SAYS = 'print(f"[{number:2}/{len(documents)}] {name}", file=sys.stderr)'


@pytest.fixture(params=[SAYS, "pass"], ids=["says where it is", "says nothing"])
def stand_in(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "bin" / "quarto"
    path.parent.mkdir()
    path.write_text(STAND_IN.replace("{python}", sys.executable).replace("{say}", request.param))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("QUARTO_PATH", str(path.parent))
    return path


class Silent:
    def begin(self, stage: str, total: int) -> None:
        pass

    def step(self, stage: str, key: str, failed: bool = False) -> None:
        pass


def test_a_failing_document_is_found_named_and_left_out(project: Path, first_site: Path, stand_in: Path, edit) -> None:
    edit("notebooks/tiny_industry.ipynb", "activity} grew", "activity.replace('C39', 'POI' 'SON')} grew")
    site = project / "reports/site"
    shutil.copytree(first_site / "assets", site / "assets")
    outcome = publish(Request(project=project, allow_missing=True, jobs=1), Silent())
    assert outcome.renderer == "quarto 1.11.99"
    assert sorted(failure.key for failure in outcome.failures) == ["en/industry/C39", "zh/industry/C39"]
    assert all("cannot be set" in failure.cause for failure in outcome.failures)
    release = site / "2026-08"
    assert "<main>zh/overview.ipynb</main>" in (release / "zh/overview.html").read_text()
    assert 'src="../../assets/vega.0a1b2c3d.js"' in (release / "zh/overview.html").read_text()
    assert 'src="../../../assets/vega.0a1b2c3d.js"' in (release / "zh/industry/C31.html").read_text()
    page = (release / "zh/overview.html").read_text()
    assert "'sha256-" in declared(page)
    assert '<meta property="og:image" content="preview.png">' in page
    assert (release / "zh/preview.png").is_file()
    assert (release / "site_libs/quarto.css").is_file()
    assert "<main>en/index.md</main>" in (release / "en/index.html").read_text()
    manifest = read_manifest(release)
    assert {entry.slug for entry in manifest.missing} == {"industry/C39"}


def test_quarto_is_found_by_its_variable(stand_in: Path) -> None:
    assert choose_renderer("auto").identity == "quarto 1.11.99"
    assert choose_renderer("embedded").name == "embedded"


def test_a_variable_that_leads_nowhere_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTO_PATH", "/nowhere")
    with pytest.raises(FourPillarsError, match="/nowhere"):
        choose_renderer("auto")


def test_without_quarto_the_embedded_renderer_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fourpillars.editions.renderer.find_quarto", lambda: "")
    assert choose_renderer("auto").name == "embedded"
    with pytest.raises(FourPillarsError, match="No Quarto was found"):
        choose_renderer("quarto")
