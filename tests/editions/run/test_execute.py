"""One notebook, run through papermill in this process or in a new kernel."""

from __future__ import annotations

import os
from contextlib import suppress

import nbformat
import psutil
import pytest

from fourpillars.editions.run.execute import run_notebook, source_cell
from fourpillars.editions.run.failure import ReportFailure
from fourpillars.errors import UnknownNameError


def outputs(path):
    return [output for cell in nbformat.read(path, 4).cells for output in cell.get("outputs", [])]


@pytest.mark.parametrize("engine", ["fourpillars", "jupyter"])
def test_the_engines_leave_the_same_outputs(notebooks, tmp_path, engine):
    done = run_notebook(notebooks / "ok.ipynb", {"activity": "C36"}, tmp_path / "ok.ipynb", engine=engine)
    stream, result, display = outputs(done)
    assert (stream.output_type, stream.name, stream.text) == ("stream", "stdout", " C36\n")
    assert (result.output_type, result.data["text/plain"]) == ("execute_result", "'C36C36'")
    assert result.execution_count == 4
    assert (display.output_type, display.data["text/plain"]) == ("display_data", "shown")


@pytest.mark.parametrize("name", ["ok", "raises"])
def test_no_kernel_outlives_its_report(notebooks, tmp_path, name):
    before = set(psutil.Process().children(recursive=True))
    with suppress(ReportFailure):
        run_notebook(notebooks / f"{name}.ipynb", {"activity": "C36"}, tmp_path / "out.ipynb", engine="jupyter")
    assert set(psutil.Process().children(recursive=True)) <= before


def test_a_kernel_listens_at_files_and_takes_no_port(tmp_path):
    asks = "from ipykernel.connect import get_connection_info\nget_connection_info(unpack=True)['transport']"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(asks)])
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(notebook, tmp_path / "asks.ipynb")
    (answer,) = outputs(run_notebook(tmp_path / "asks.ipynb", {}, tmp_path / "out.ipynb", engine="jupyter"))
    assert answer.data["text/plain"] == "'ipc'"


def test_an_unknown_parameter_is_refused_before_anything_is_written(notebooks, tmp_path):
    with pytest.raises(UnknownNameError, match="Did you mean 'activity'"):
        run_notebook(notebooks / "ok.ipynb", {"activty": "C36"}, tmp_path / "ok.ipynb")
    assert list(tmp_path.iterdir()) == []


def test_a_cell_that_raises_is_named_and_the_part_run_kept(notebooks, tmp_path):
    with pytest.raises(ReportFailure) as caught:
        run_notebook(notebooks / "raises.ipynb", {"activity": "C36"}, tmp_path / "out.ipynb")
    failure = caught.value
    assert (failure.ename, failure.evalue, failure.cell_index) == ("KeyError", "'C36'", 3)
    assert failure.source.endswith("levels[activity]")
    assert failure.parameters == {"activity": "C36"}
    assert "levels[activity]" in failure.traceback
    assert failure.part_run == tmp_path / "out.failed.ipynb"
    assert [output.output_type for output in outputs(failure.part_run)] == ["execute_result", "error"]
    assert not (tmp_path / "out.ipynb").exists()


@pytest.mark.filterwarnings("ignore:To exit")
def test_a_notebook_that_exits_early_is_a_failure(notebooks, tmp_path):
    with pytest.raises(ReportFailure, match="SystemExit"):
        run_notebook(notebooks / "exits.ipynb", {}, tmp_path / "out.ipynb")


def test_braces_in_a_path_are_not_filled_in(notebooks, tmp_path):
    target = tmp_path / "{activity}" / "out.ipynb"
    assert run_notebook(notebooks / "ok.ipynb", {"activity": "C36"}, target) == target
    assert target.is_file()


def test_endless_printing_is_cut(notebooks, tmp_path):
    done = run_notebook(notebooks / "prints_much.ipynb", {}, tmp_path / "out.ipynb")
    (stream,) = [output for output in outputs(done) if output.name == "stdout"]  # a kernel's last words may come too
    assert stream.text.endswith("… (the rest was cut)\n")
    assert len(stream.text) < 70_000


def test_the_folder_and_the_shell_are_as_before(notebooks, tmp_path):
    from IPython.core.interactiveshell import InteractiveShell

    before = os.getcwd(), InteractiveShell.initialized()
    run_notebook(notebooks / "ok.ipynb", {}, tmp_path / "out.ipynb")
    assert (os.getcwd(), InteractiveShell.initialized()) == before


@pytest.mark.parametrize(("executed", "injected", "source"), [(0, True, 0), (2, True, 1), (3, True, 2), (3, False, 3)])
def test_a_cell_of_the_run_is_found_in_the_notebook_as_written(notebooks, executed, injected, source):
    assert source_cell(notebooks / "raises.ipynb", executed, injected=injected)[0] == source
