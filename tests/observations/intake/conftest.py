"""The corpus of synthetic files, and the codelists they use."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from fourpillars.catalogue.codelists import Codelists, load_codelists


@pytest.fixture(scope="session")
def corpus() -> ModuleType:
    path = Path(__file__).with_name("corpus.py")
    spec = importlib.util.spec_from_file_location("intake_corpus", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["intake_corpus"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def lists() -> Codelists:
    return load_codelists()
