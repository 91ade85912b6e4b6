"""Measures into indicators: transforms, one module a pillar, and the panel of them all with its lineage."""

from fourpillars.indicators.coverage import coverage
from fourpillars.indicators.expression import Explanation, evaluate
from fourpillars.indicators.panel import Panel, compute, unit_at
from fourpillars.indicators.quantity import Quantity

__all__ = ["Explanation", "Panel", "Quantity", "compute", "coverage", "evaluate", "unit_at"]
