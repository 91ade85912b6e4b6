"""A small project: the real codelists, one file of a few observations, two sources, one target; and a corpus."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from fourpillars.catalogue.codelists import Codelists, load_codelists
from fourpillars.catalogue.project import Project

REAL = Path(__file__).resolve().parents[2] / "data"
HEADER = "ref_area,activity,ownership,item,measure,freq,time_period,basis,unit,obs_value,obs_status,source_id"
ROWS = (
    "CN,B-D,,,value_added_growth,M,2026-07,month,pct_yoy,5.7,A,S1",
    "CN,B-D,,,value_added_growth,M,2026-08,month,pct_yoy,5.2,A,S1",
    "CN,C31,,,value_added_growth,M,2026-08,month,pct_yoy,-1.5,A,S1",
    "440000,B-D,,,value_added_growth,M,2026-08,month,pct_yoy,3.1,P,S2",
    "CN,B-D,,crude_steel,output,M,2026-08,month,10k_t,7700,A,S2",
    "CN,C31,,,capacity_utilization,Q,2026-Q2,quarter,pct,78.4,A,S2",
    "CN,C31,,,enterprises,A,2022,year,count,5600,A,S2",
)
SOURCES = """source_id,publisher,title,published,vintage,read_from,note
S1,Bureau,Industry in August,2026-09-15,,https://example.org/1,
S2,Bureau,"Output, capacity",,2026-09,https://example.org/2,
"""
TARGETS = """target_id,scope_kind,scope,measure,item,operator,target_value,unit,period_start,period_end,\
rate_basis,document_en,document_zh,issued,source_url,note
T1,key_industry,steel,value_added_growth,,about,4,pct_yoy,2025,2026,average_annual,Plan,方案,2025-09-22,,
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    shutil.copytree(REAL / "codelists", project.codelists)
    project.observations.mkdir()
    (project.observations / "industry.csv").write_text("\n".join([HEADER, *ROWS, ""]), encoding="utf-8")
    (project.observations / "sources.csv").write_text(SOURCES, encoding="utf-8")
    (project.observations / "targets.csv").write_text(TARGETS, encoding="utf-8")
    return project


@pytest.fixture
def write(project: Project) -> Callable[..., None]:
    """Write a file of observations: the header, and the lines given."""

    def write(*lines: str, name: str = "industry.csv", header: str = HEADER) -> None:
        (project.observations / name).write_text("\n".join([header, *lines, ""]), encoding="utf-8")

    return write


@pytest.fixture(scope="session")
def corpus() -> ModuleType:
    """Synthetic data files, each with what must be read from it."""
    path = Path(__file__).parent / "intake" / "corpus.py"
    spec = importlib.util.spec_from_file_location("intake_corpus", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["intake_corpus"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def lists() -> Codelists:
    return load_codelists()
