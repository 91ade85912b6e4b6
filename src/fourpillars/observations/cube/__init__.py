"""Enterprise files in: added up by province, industry and size, without giving anyone away."""

from fourpillars.observations.cube.audit import exposed, intervals
from fourpillars.observations.cube.build import Cube, Options, build_cube
from fourpillars.observations.cube.disclosure import Rule, Withheld, derivable, withhold
from fourpillars.observations.cube.synthetic import write_synthetic_enterprises

__all__ = [
    "Cube",
    "Options",
    "Rule",
    "Withheld",
    "build_cube",
    "derivable",
    "exposed",
    "intervals",
    "withhold",
    "write_synthetic_enterprises",
]
