"""Small statistics written out in the tests, and the real ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import pytest

from fourpillars.catalogue import Catalogue, load_catalogue, load_codelists
from fourpillars.indicators import Panel, compute
from fourpillars.indicators.inputs import Inputs
from fourpillars.observations import Observations, load_observations

COLUMNS = ["ref_area", "activity", "ownership", "item", "measure", "freq", "time_period", "basis", "unit"]


def observed(*series: Mapping[str, object]) -> Observations:
    """Make observations of series: each a measure, basis, unit, and values by period; row ids count up."""
    rows = []
    for one in series:
        fixed = {
            "ref_area": "CN",
            "activity": "B-D",
            "ownership": "",
            "item": "",
            "freq": "M",
            "unit": "pct_yoy",
        }
        fixed |= {name: value for name, value in one.items() if name != "values"}
        for period, value in one["values"].items():
            rows.append(fixed | {"time_period": period, "obs_value": value, "obs_status": "A"})
    frame = pd.DataFrame(rows).assign(file="small.csv", source_id=lambda f: "s_" + f["measure"])
    frame["line"] = range(2, len(frame) + 2)
    for column in [*COLUMNS, "obs_status", "source_id"]:
        frame[column] = frame[column].astype("category")
    frame["obs_value"] = frame["obs_value"].astype(float)
    sources = targets = pd.DataFrame()
    return Observations(frame, sources, targets, "", load_codelists())


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def observations() -> Observations:
    return load_observations()


@pytest.fixture(scope="session")
def panel(observations: Observations, catalogue: Catalogue) -> Panel:
    return compute(observations, catalogue)


@pytest.fixture
def small(catalogue: Catalogue) -> Callable[..., Panel]:
    """Make a panel of the catalogue's indicators over a few literal series."""
    return lambda *series: compute(observed(*series), catalogue)


@pytest.fixture
def inputs(small: Callable[..., Panel], catalogue: Catalogue) -> Callable[..., Inputs]:
    """Make the inputs of a kind of unit over a few literal series."""

    def make(kind: str, *series: Mapping[str, object]) -> Inputs:
        panel = small(*series)
        return Inputs(panel.observations, catalogue, kind, panel.quantity)

    return make
