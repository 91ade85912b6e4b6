"""The notebooks as an analyst meets them: a real JupyterLab, in a real browser, without a network."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
LAUNCH = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
LAUNCH += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
MINUTES = 60_000
PATIENCE = 2 * MINUTES
NOTEBOOKS = ("explore", "industry")


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: where it is, and the folder of its notebooks."""

    address: str
    token: str
    folder: Path

    def notebook(self, name: str) -> str:
        return f"{self.address}/lab/tree/{name}.ipynb?token={self.token}&reset"

    def ask(self, path: str, data: dict[str, Any] | None = None) -> dict[str, Any]:
        body = json.dumps(data).encode() if data else None
        request = urllib.request.Request(f"{self.address}/{path}?token={self.token}", body)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Lab]:
    """A JupyterLab on copies of the notebooks, with a home of its own."""
    home = tmp_path_factory.mktemp("home")
    folder = home / "notebooks"
    folder.mkdir()
    for name in NOTEBOOKS:
        shutil.copy(ROOT / "notebooks" / f"{name}.ipynb", folder)
    token, port = secrets.token_hex(16), _free_port()
    settings = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"]
    settings += [f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}"]
    settings += ["--allow-root", "--LabApp.expose_app_in_browser=True"]
    settings += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    own = {"HOME": str(home), "FOURPILLARS_HOME": str(ROOT), "JUPYTER_CONFIG_DIR": str(home / "config")}
    own |= {
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "run"),
        "IPYTHONDIR": str(home / "i"),
    }
    own |= {"SALES_TOKEN": "sesame-open"}
    kept = {name: value for name, value in os.environ.items() if name not in ("FOURPILLARS_STATIC", "JUPYTER_PATH")}
    with (home / "log.txt").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *settings], env=kept | own, stdout=log, stderr=log
        )
        try:
            _wait(server, f"http://127.0.0.1:{port}/api/status?token={token}", home / "log.txt")
            yield Lab(f"http://127.0.0.1:{port}", token, folder)
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture
def page(chromium: str) -> Iterator[object]:
    """A browser page that reaches this machine and nothing else."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=LAUNCH)
        own = {"viewport": {"width": 1300, "height": 1000}, "permissions": ["clipboard-read", "clipboard-write"]}
        page = browser.new_page(**own)
        page.route("**/*", lambda route: route.continue_() if "127.0.0.1" in route.request.url else route.abort())
        page.set_default_timeout(PATIENCE)
        yield page
        browser.close()


def test_the_panel_answers_a_choice_and_gives_code_and_files(lab: Lab, page: object) -> None:
    _run_all(page, lab.notebook("explore"))
    assert _errors(page) == []
    picture = page.locator(".jupyter-widgets .jp-RenderedVegaCommon5 svg").first
    picture.wait_for()
    title = page.locator(".jupyter-widgets figcaption strong").first
    before = title.inner_text()
    chooser = page.locator(".widget-dropdown select").first
    chooser.select_option(index=2)
    page.wait_for_function(
        "before => document.querySelector('.jupyter-widgets figcaption strong')?.innerText !== before", arg=before
    )
    chosen = chooser.locator("option:checked").inner_text().replace("\xa0", " ")
    assert title.inner_text().startswith(chosen)
    picture.wait_for()
    page.get_by_role("button", name="median of all").click()
    code = page.locator(".fp-take pre").first
    page.wait_for_function("() => document.querySelector('.fp-take pre')?.innerText.includes('against=')")
    assert "fp.explore.lines" in code.inner_text()
    page.get_by_role("button", name="Copy the code").click()
    page.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == code.inner_text()
    with page.expect_download() as saved:
        page.get_by_text("Save the figures (CSV)").click()
    figures = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert figures[0].startswith("indicator,ref_area,activity,time_period,value,unit")
    assert any(",Median," in line for line in figures)
    picture.scroll_into_view_if_needed()
    _keep(page, "explore")


def test_a_notebook_shows_its_exhibits(lab: str, page: object) -> None:
    _run_all(page, lab.notebook("industry"))
    assert _errors(page) == []
    assert page.locator(".fp-exhibit").count() >= 5
    alive = page.locator(".jp-RenderedVegaCommon5 svg")
    alive.first.wait_for()
    assert alive.count() >= 2
    _keep(page, "industry")


ASKED = """edition: str = ""
activities: list[str] = ["C31"]
lang: str = "en"
"""
SHOWN = """import os
print(activities, lang, os.environ.get("SALES_TOKEN"), os.environ["FOURPILLARS_UNATTENDED"])
"""


def test_notebook_jobs_take_parameters_as_people_write_them(lab: Lab) -> None:
    v4 = nbformat.v4
    cells = [v4.new_code_cell(ASKED, metadata={"tags": ["parameters"]}), v4.new_code_cell(SHOWN)]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    nbformat.write(v4.new_notebook(cells=cells, metadata=kernel), lab.folder / "job.ipynb")
    job = {"input_uri": "job.ipynb", "name": "a", "runtime_environment_name": "python", "output_formats": ["ipynb"]}
    given = [{"activities": "C36, C39", "lang": '"zh"'}, {"activty": "C36"}, {"activities": "C36; open('x')"}]
    asked = [lab.ask("scheduler/jobs", {**job, "parameters": one})["job_id"] for one in given]
    done, misspelt, unknown = (_ended(lab, one) for one in asked)
    assert done["status"] == "COMPLETED", done
    (written,) = lab.folder.parent.joinpath("data/scheduler_staging_area", asked[0]).glob("job-*.ipynb")
    shown = nbformat.read(written, as_version=4).cells[-1].outputs[0].text
    assert shown == "['C36', 'C39'] zh None 1\n"
    assert (misspelt["status"], unknown["status"]) == ("FAILED", "FAILED")
    assert misspelt["status_message"].endswith("Did you mean 'activities'?")
    assert "Unknown activity" in unknown["status_message"]


def _ended(lab: Lab, job: str) -> dict[str, Any]:
    for _ in range(240):
        found = lab.ask(f"scheduler/jobs/{job}")
        if found["status"] in ("COMPLETED", "FAILED"):  # before it starts a job is called stopped
            return found
        time.sleep(0.5)
    pytest.fail(f"The job did not end: {found}")


def _run_all(page: object, address: str) -> None:
    """Open a notebook, run all its cells, and wait until the last has run."""
    page.goto(address)
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.get_by_text("| Idle").wait_for()  # before that, running asks which kernel to use
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(
        """() => {
            const app = window.jupyterapp ?? window.jupyterlab;
            const panel = app?.shell?.currentWidget;
            const cells = panel?.content?.model?.sharedModel?.cells ?? [];
            const code = cells.filter(cell => cell.cell_type === 'code');
            const failed = code.some(cell => cell.outputs.some(output => output.output_type === 'error'));
            return code.length > 0 && (failed || code.every(cell => cell.execution_count !== null));
        }"""
    )
    page.wait_for_timeout(1500)


def _errors(page: object) -> list[str]:
    """What cells said in red."""
    kinds = ("error", "stderr")
    red = ", ".join(f'.jp-RenderedText[data-mime-type="application/vnd.jupyter.{kind}"]' for kind in kinds)
    return page.locator(red).all_inner_texts()


def _keep(page: object, name: str) -> None:
    """Keep a picture, where FOURPILLARS_PICTURES names a folder to look in."""
    if folder := os.environ.get("FOURPILLARS_PICTURES"):
        page.screenshot(path=Path(folder) / f"lab-{name}.png")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    for _ in range(240):
        assert server.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(address, timeout=2)
        except OSError:
            time.sleep(0.25)
        else:
            return
    pytest.fail(f"JupyterLab did not answer: {log.read_text()}")
