"""A small file of enterprises, worked out by hand in `test_build`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from fourpillars.catalogue.codelists import Codelists, load_codelists

HEADER = "enterprise,time_period,ref_area,activity,size,revenue,profit,receivables,overdue"
ROWS = (
    "e1,2026-01,440000,C31,large,100,10,200,50",  # 60 days
    "e2,2026-01,440000,C31,large,200,-20,100,0",  # 15 days
    "e3,2026-01,440000,C31,large,100,5,100,25",  # 30 days
    "e4,2026-01,440000,C31,large,50,5,200,100",  # 120 days
    "e5,2026-01,110000,C36,small,100,0,50,0",  # 15 days
    "e6,2026-01,110000,C36,small,0,-1,80,8",  # no revenue, no days
    "e1,2026-02,440000,C31,large,100,10,200,50",
    "e2,2026-02,440000,C31,large,200,-20,100,0",
    "e4,2026-02,440000,C31,large,50,5,200,100",
    "e5,2026-02,110000,C36,small,100,0,50,0",
    "e6,2026-02,110000,C36,small,0,-1,80,8",
    "e7,2026-02,440000,C31,large,100,10,100,0",
)


@pytest.fixture(scope="session")
def codelists() -> Codelists:
    return load_codelists()


@pytest.fixture
def firms(tmp_path: Path) -> Callable[..., Path]:
    """Write an enterprise file: the rows given, or those above."""

    def write(rows: Sequence[str] = ROWS, name: str = "firms.csv", header: str = HEADER) -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        return path

    return write
