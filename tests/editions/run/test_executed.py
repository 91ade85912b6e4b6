"""What an executed notebook shows, and what it must not."""

from __future__ import annotations

import nbformat
import pytest
from nbformat import v4

from fourpillars.editions.run.executed import dropped_outputs, read_executed, read_exhibits, used_parameters
from fourpillars.errors import FourPillarsError


def test_exhibits_come_in_order(executed, tmp_path):
    nbformat.write(executed, tmp_path / "executed.ipynb")
    for read in (read_exhibits(executed), read_exhibits(tmp_path / "executed.ipynb")):
        assert [exhibit["id"] for exhibit in read] == ["txt-finding", "fig-growth", "tbl-growth"]


def test_a_notebook_is_read_as_nbformat_does_with_exhibits_as_they_lie_there(executed, tmp_path):
    nbformat.write(executed, tmp_path / "executed.ipynb")
    read = read_executed(tmp_path / "executed.ipynb")
    assert read == nbformat.read(tmp_path / "executed.ipynb", as_version=4)
    assert {type(exhibit) for exhibit in read_exhibits(read)} == {dict}


def test_an_error_is_refused(executed):
    executed.cells[5].outputs = [v4.new_output("error", ename="KeyError", evalue="'C31'", traceback=[])]
    with pytest.raises(FourPillarsError, match="Cell 5 ended with KeyError: 'C31'"):
        read_exhibits(executed)


def test_two_exhibits_in_a_cell_are_refused(executed):
    executed.cells[7].outputs *= 2
    with pytest.raises(FourPillarsError, match="Cell 7 shows 2 exhibits"):
        read_exhibits(executed)


def test_an_id_used_twice_is_refused(executed):
    executed.cells.append(executed.cells[7])
    with pytest.raises(FourPillarsError, match="'fig-growth' is used twice"):
        read_exhibits(executed)


def test_what_reaches_no_reader_is_listed(executed):
    frame = v4.new_output(
        "execute_result", data={"text/html": "<table>", "text/plain": "   a\n0  1"}, execution_count=1
    )
    executed.cells.append(v4.new_code_cell("frame", outputs=[frame]))
    assert dropped_outputs(executed) == (
        "Cell 5 printed on stdout: '1'.",
        "Cell 9 shows something that is no exhibit: 'a …'.",
    )


def test_the_parameters_it_ran_with(executed):
    assert used_parameters(executed) == {"edition": "2026-08", "lang": "en", "activity": "C31"}
