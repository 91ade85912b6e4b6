"""A failure says what, where and why, and survives the way between processes."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from fourpillars.editions.run.failure import ReportFailure, likely_cause_of


@pytest.fixture
def failure() -> ReportFailure:
    return ReportFailure(
        "industry/C31", Path("notebooks/industry.ipynb"), cell_index=4, source="levels[activity]",
        parameters={"activity": "C31"}, ename="KeyError", evalue="'C31'",
        traceback="\x1b[0;31mKeyError\x1b[0m: 'C31'", part_run=Path("industry-C31.failed.ipynb"), attempts=2,
    )  # fmt: skip


def test_it_is_the_same_after_pickling(failure):
    again = pickle.loads(pickle.dumps(failure))
    assert vars(again) == vars(failure)
    assert str(again) == str(failure)


def test_its_sentence_names_report_cell_notebook_and_cause(failure):
    assert failure.message == "Report industry/C31 failed in cell 4 of industry.ipynb: KeyError: 'C31'."
    assert failure.hint == "The data hold no row or column of this name for these parameters."


def test_its_traceback_is_plain_text(failure):
    assert failure.traceback == "KeyError: 'C31'"


def test_it_is_plain_data_for_the_run_record(failure):
    record = failure.as_dict()
    assert record["part_run"] == "industry-C31.failed.ipynb"
    assert record["cell"] == 4
    assert record["attempts"] == 2


@pytest.mark.parametrize(("signal", "said"), [(9, "memory"), (11, "segmentation fault"), (15, "signal 15")])
def test_a_signal_has_a_likely_cause(signal, said):
    assert said in likely_cause_of("ReportKilled", signal)
