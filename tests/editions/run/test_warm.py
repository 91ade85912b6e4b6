"""Reports in forks of a warm process: isolated, limited, tried again, and never outliving their publisher."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import nbformat
import pytest

from fourpillars.editions.run.failure import ReportFailure
from fourpillars.editions.run.job import Limits, ReportJob, ReportRun
from fourpillars.editions.run.warm import WarmExecutor
from fourpillars.errors import FourPillarsError

GIGABYTE = 1024**3


@pytest.fixture(scope="module")
def executor():
    with WarmExecutor(jobs=2) as executor:
        executor.ready.result(timeout=60)
        yield executor


@pytest.fixture
def job(notebooks, tmp_path):
    def make(name: str, report_id: str = "", seconds: float = 30, grace: float = 30, **parameters) -> ReportJob:
        report_id = report_id or f"{name}/{time.monotonic_ns()}"
        output = tmp_path / f"{report_id.replace('/', '-')}.ipynb"
        limits = Limits(seconds=seconds, memory=2 * GIGABYTE, grace=grace)
        return ReportJob(report_id, notebooks / f"{name}.ipynb", parameters, output, limits=limits)

    return make


def shown(path: Path, cell: int) -> object:
    """The value a cell of an executed notebook shows."""
    return ast.literal_eval(nbformat.read(path, 4).cells[cell].outputs[0].data["text/plain"])


def failed(executor, job) -> ReportFailure:
    error = executor.submit(job).exception(timeout=60)
    assert isinstance(error, ReportFailure)
    return error


def test_the_warm_process_forks_with_one_thread(executor):
    assert executor.ready.result().threads == 1


def test_a_report_is_run(executor, job):
    run = executor.submit(job("ok", activity="C36")).result(timeout=60)
    assert isinstance(run, ReportRun)
    assert nbformat.read(run.output, 4).cells[4].outputs[0].text == " C36\n"
    assert run.attempts == 1
    assert run.peak_memory > 10_000_000


def test_nothing_leaks_from_one_report_to_the_next(executor, job):
    seen = [shown(executor.submit(job("leaks", step=step)).result(timeout=60).output, cell=2) for step in (1, 2)]
    assert seen[0] == seen[1]
    assert seen[0] | {"random": 0, "numpy": 0} == {
        "global": False, "environment": "", "module": False, "pandas": 60, "altair": "default", "files": [],
        "random": 0, "numpy": 0,
    }  # fmt: skip


def test_a_report_that_raises_is_not_tried_again(executor, job):
    failure = failed(executor, job("raises", activity="C36"))
    assert (failure.ename, failure.cell_index, failure.attempts) == ("KeyError", 3, 1)
    assert failure.part_run.is_file()


def test_a_report_that_hangs_is_ended_and_says_where(executor, job):
    failure = failed(executor, job("hangs", seconds=6))
    assert (failure.ename, failure.cell_index, failure.attempts) == ("ReportTimedOut", 2, 2)
    assert "time.sleep(1000)" in failure.traceback
    assert failure.likely_cause == "It took longer than the time limit allows."
    assert failure.part_run.is_file()


def test_a_report_that_does_not_listen_is_killed(executor, job):
    failure = failed(executor, job("hangs_deaf", seconds=0.2, grace=0.3))
    assert (failure.ename, failure.cell_index, failure.attempts) == ("ReportTimedOut", 1, 2)


def test_a_report_that_dies_once_is_tried_again(executor, job, tmp_path):
    run = executor.submit(job("dies_once", flag=str(tmp_path / "flag"))).result(timeout=60)
    assert run.attempts == 2


def test_a_report_that_is_killed_names_the_likely_cause(executor, job):
    failure = failed(executor, job("dies"))
    assert (failure.ename, failure.cell_index, failure.attempts) == ("ReportKilled", 2, 2)
    assert "ran out of memory" in failure.likely_cause
    assert failure.part_run.is_file()


def test_a_crash_leaves_its_last_words(executor, job):
    failure = failed(executor, job("crashes"))
    assert "Segmentation fault" in failure.traceback
    assert "segmentation fault" in failure.likely_cause


def test_too_much_memory_is_refused_to_the_report_alone(executor, job):
    failure = failed(executor, job("eats_memory"))
    assert (failure.ename, failure.likely_cause) == (
        "MemoryError",
        "It asked for more memory than a report may use.",
    )


def test_failures_do_not_stop_the_others(executor, job):
    outcomes = {o.report_id: o for o in executor.run([job("raises", "a"), job("ok", "b"), job("no_parameters", "c")])}
    assert {name: isinstance(outcome, ReportRun) for name, outcome in outcomes.items()} == {
        "a": False, "b": True, "c": True,
    }  # fmt: skip


def test_a_report_cannot_run_twice_at_once(executor, job):
    first = executor.submit(job("ok", "same"))
    with pytest.raises(ValueError, match="running already"):
        executor.submit(job("ok", "same"))
    first.result(timeout=60)


def test_what_was_preloaded_is_there(job):
    with WarmExecutor(jobs=1, preload=partial(exec, "import os; os.environ['FP_LEAK'] = 'loaded'")) as executor:
        run = executor.submit(job("leaks")).result(timeout=60)
        assert shown(run.output, cell=1)["environment"] == "loaded"


def test_a_preload_that_fails_fails_everything_with_its_reason(job):
    with WarmExecutor(jobs=1, preload=partial(int, "forty")) as executor:
        error = executor.submit(job("ok")).exception(timeout=60)
        assert isinstance(error, FourPillarsError)
        assert "forty" in error.hint


def test_a_warm_process_that_dies_is_replaced(job):
    with WarmExecutor(jobs=1) as executor:
        first = executor.ready.result(timeout=60)
        assert first.threads == 1
        os.kill(executor.pid, signal.SIGSTOP)
        future = executor.submit(job("ok"))
        os.kill(executor.pid, signal.SIGKILL)
        assert future.result(timeout=60).attempts == 1


def test_a_warm_process_that_dies_idle_is_replaced_too(job):
    with WarmExecutor(jobs=1) as executor:
        executor.ready.result(timeout=60)
        first = executor.pid
        os.kill(first, signal.SIGKILL)
        deadline = time.monotonic() + 30
        while executor.pid == first and time.monotonic() < deadline:
            time.sleep(0.05)
        assert executor.submit(job("ok")).result(timeout=60).attempts == 1


def test_closing_does_not_wait_for_a_preload(job):
    executor = WarmExecutor(jobs=1, preload=partial(time.sleep, 60))
    future = executor.submit(job("ok"))
    started = time.monotonic()
    executor.close()
    assert time.monotonic() - started < 30
    assert future.exception(timeout=1) is not None


def test_closing_ends_what_still_runs(job):
    executor = WarmExecutor(jobs=1)
    future = executor.submit(job("hangs"))
    executor.ready.result(timeout=60)
    children = _first_children(executor.pid)
    executor.close()
    assert isinstance(future.exception(timeout=60), ReportFailure)
    assert not any(_alive(pid) for pid in [executor.pid, *children])


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_nothing_outlives_a_publisher_that_is_killed(notebooks, tmp_path):
    program = f"""
import time
from pathlib import Path
from fourpillars.editions.run.job import ReportJob
from fourpillars.editions.run.warm import WarmExecutor
executor = WarmExecutor(jobs=1)
notebook, output = Path({str(notebooks / "hangs.ipynb")!r}), Path({str(tmp_path / "o.ipynb")!r})
executor.submit(ReportJob("r", notebook, {{}}, output))
executor.ready.result()
print(executor.pid, flush=True)
time.sleep(60)
"""
    publisher = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    warm = int(publisher.stdout.readline())
    family = [warm, *_first_children(warm)]
    publisher.kill()
    publisher.wait()
    publisher.stdout.close()
    deadline = time.monotonic() + 30
    while any(_alive(pid) for pid in family) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(family) == 2
    assert not any(_alive(pid) for pid in family)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _first_children(pid: int) -> list[int]:
    deadline = time.monotonic() + 30
    while not (children := _children(pid)):
        assert time.monotonic() < deadline, "no report was begun"
        time.sleep(0.05)
    return children


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
