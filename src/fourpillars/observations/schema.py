"""What the statistics must look like: their columns, and a pandera schema made of rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import pandera.pandas as pa

KEY = ("ref_area", "activity", "ownership", "item", "measure", "freq", "time_period", "basis", "unit")
COLUMNS = (*KEY, "obs_value", "obs_status", "source_id")


@dataclass(frozen=True)
class Rule:
    """One rule that every row must keep.

    Attributes
    ----------
    name : str
        What the rule is called in pandera's report.
    column : str
        The column that is wrong where the rule is broken.
    kept : callable
        From the frame, for each row, whether it keeps the rule.
    explain : callable
        From the frame and the rows that break it: for each, what was found, what is wrong, and a hint.
    """

    name: str
    column: str
    kept: Callable[[pd.DataFrame], pd.Series]
    explain: Callable[[pd.DataFrame, Sequence[int]], list[tuple[str, str, str]]]


def observation_schema(rules: Sequence[Rule]) -> pa.DataFrameSchema:
    """Return the pandera schema of a frame of categorical codes and numeric values: a check for each rule."""
    import pandera.pandas as pa

    columns = {name: pa.Column("category") for name in (*KEY, "obs_status", "source_id")}
    columns["obs_value"] = pa.Column(float, nullable=True)  # a text that is no number is reported when it is read
    checks = [pa.Check(rule.kept, name=rule.name, error=rule.name, ignore_na=False) for rule in rules]
    return pa.DataFrameSchema(columns, checks=checks)
