"""Signals: temperature, warnings and the tracking of targets. Hot is not bad, and cool is not good."""

from __future__ import annotations

from fourpillars.signals.backtest import backtest
from fourpillars.signals.backtests import backtests
from fourpillars.signals.capacity import capacity_verdicts, capacity_warning
from fourpillars.signals.cycle import clock, cycle
from fourpillars.signals.summary import summary
from fourpillars.signals.targets import track_targets
from fourpillars.signals.targets_backtest import targets_backtest
from fourpillars.signals.temperature import climate, temperature, temperatures
from fourpillars.signals.turning_points import turning_points
from fourpillars.signals.warnings import warnings

__all__ = [
    "backtest",
    "backtests",
    "capacity_verdicts",
    "capacity_warning",
    "climate",
    "clock",
    "cycle",
    "summary",
    "targets_backtest",
    "temperature",
    "temperatures",
    "track_targets",
    "turning_points",
    "warnings",
]
