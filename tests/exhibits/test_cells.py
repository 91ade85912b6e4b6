from __future__ import annotations

import pytest

from fourpillars.exhibits.cells import plain


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd", "\t=1", "\r=1", "-"])
def test_what_a_spreadsheet_would_calculate_becomes_text(text: str) -> None:
    assert plain(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["C31", "+4.0%", "-4.0", "2026-08", "钢铁", "", 4.1, -3])
def test_numbers_and_words_stay_as_they_are(cell: object) -> None:
    assert plain(cell) == cell


def test_nothing_is_an_empty_cell() -> None:
    assert plain(None) == ""
