"""Notebook Jobs as JupyterLab starts them: parameters as people type them, checked before anything runs."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from jupyter_scheduler.orm import Job, create_session, create_tables

from fourpillars.editions.jobs import NotebookJobs

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A function that runs a notebook as a job, and returns its record and its outputs by format."""
    monkeypatch.setenv("FOURPILLARS_HOME", str(ROOT))
    monkeypatch.setenv("FOURPILLARS_UNATTENDED", "")
    monkeypatch.setenv("SALES_TOKEN", "sesame-open")
    database = f"sqlite:///{tmp_path / 'jobs.sqlite'}"
    create_tables(database)

    def job(name: str, **parameters: str) -> tuple[Job, dict[str, str]]:
        folder = tmp_path / name
        folder.mkdir()
        staged = {form: str(folder / f"{name}-job.{form}") for form in ("ipynb", "html")}
        staged["input"] = str(folder / f"{name}.ipynb")
        Path(staged["input"]).write_bytes((ROOT / "notebooks" / f"{name}.ipynb").read_bytes())
        with create_session(database)() as session:
            record = Job(name=name, input_filename=f"{name}.ipynb", runtime_environment_name="here",
                         output_formats=["ipynb", "html"], parameters=parameters)  # fmt: skip
            session.add(record)
            session.commit()
            identity = record.job_id
        NotebookJobs(identity, str(ROOT / "notebooks"), database, staged).process()
        with create_session(database)() as session:
            found = session.query(Job).filter(Job.job_id == identity).first()
        return found, {form: Path(path).read_text() for form, path in staged.items() if Path(path).exists()}

    return job


def test_a_job_runs_with_its_parameters(run) -> None:
    done, written = run("comparison", activities="C36, C39", lang='"zh"')
    assert (done.status, done.status_message) == ("COMPLETED", None)
    cells = nbformat.reads(written["ipynb"], as_version=4).cells
    injected = next(cell for cell in cells if "injected-parameters" in cell.metadata.get("tags", []))
    assert injected.source == "activities = ['C36', 'C39']\nlang = 'zh'"
    assert "data:image/svg+xml" in written["html"]
    assert "sesame-open" not in json.dumps(written)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [({"activities": "C36; open('x')"}, "Unknown activity"), ({"activty": "C36"}, "Did you mean 'activities'")],
)
def test_a_job_with_wrong_parameters_is_refused_before_it_runs(run, parameters: dict, said: str) -> None:
    done, written = run("comparison", **parameters)
    assert done.status == "FAILED"
    assert said in done.status_message
    assert set(written) == {"input"}


def test_jupyterlab_is_told(tmp_path: Path) -> None:
    import sys

    told = Path(sys.prefix) / "etc/jupyter/jupyter_server_config.d/fourpillars.json"
    assert json.loads(told.read_text()) == json.loads((ROOT / "src/fourpillars/editions/jobs.json").read_text())
