"""Official statistics in: read, checked, with their sources, and seen as an edition sees them."""

from fourpillars.catalogue.problems import DataError, Problem
from fourpillars.observations.load import check, load_observations
from fourpillars.observations.store import Observations, Wide

__all__ = ["DataError", "Observations", "Problem", "Wide", "check", "load_observations"]
