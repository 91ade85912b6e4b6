"""A sample of the corpus: each file read as expected; each mutant as expected but for its cell, or refused.

`bench/intake.py` runs the whole of it.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            "—",
            "河北",
            "钢铁业",
            "2026年8月",
            "1-8月",
            "亿元",
            "5.2%",
            "1,23",
            "=1+1",
            "１２",
            "-",
            "9e9",
            "注：",
            "合计",
        ]
    ),
    st.integers(-(10**9), 10**9).map(str),
    st.decimals(-1000, 1000, places=2).map(str),
)


@pytest.mark.parametrize("number", range(0, 2000, 53))
def test_a_file_is_read_as_expected(corpus, lists, tmp_path, number):
    file = corpus.make(number, lists)
    assert corpus.read(file, corpus.save(file, tmp_path), lists) == file.expected, (file.format, file.shape)


@settings(max_examples=45, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(number=st.integers(0, 1999), place=st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), text=TEXTS)
def test_a_mutant_differs_in_its_cell_alone_or_is_refused(corpus, lists, tmp_path, number, place, text):
    file = corpus.make(number, lists)
    row, column = place[0] % len(file.rows), place[1] % len(file.rows[0])
    try:
        path = corpus.save(file.with_cell(row, column, text), tmp_path)
    except (ValueError, UnicodeError):
        return  # a text the format itself cannot hold
    found = corpus.read(file, path, lists)
    if isinstance(found, dict):
        assert corpus.wrong_in_mutant(file, row, column, found) == set()


@settings(max_examples=30, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(number=st.integers(0, 1999), cut=st.floats(0, 1), byte=st.integers(0, 255), truncate=st.booleans())
def test_a_damaged_file_is_read_or_refused(corpus, lists, tmp_path, number, cut, byte, truncate):
    file = corpus.make(number, lists)
    path = corpus.save(file, tmp_path)
    data = path.read_bytes()
    at = min(int(cut * len(data)), len(data) - 1)
    path.write_bytes(data[:at] if truncate else data[:at] + bytes([byte]) + data[at + 1 :])
    assert corpus.read(file, path, lists) is not None
