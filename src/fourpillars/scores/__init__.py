"""Composite indices by the OECD/JRC handbook: a library of its own, one verb a file.

Any units × indicators table goes in; a `Recipe` is the only state, and `build` keeps every stage of it.
"""

from __future__ import annotations

from fourpillars.scores.aggregate import Aggregate, PowerMean
from fourpillars.scores.audit import collinearity, components, correlations, cronbach_alpha, reliability, statistics
from fourpillars.scores.build import build
from fourpillars.scores.compare import compare
from fourpillars.scores.coupling import coupling_coordination
from fourpillars.scores.denominate import Denominate
from fourpillars.scores.doubt import BenefitOfDoubt
from fourpillars.scores.economic_benefit import StandardValues, economic_benefit
from fourpillars.scores.errors import ScoresError
from fourpillars.scores.explain import change, changes, strengths_weaknesses
from fourpillars.scores.framework import Framework
from fourpillars.scores.goalposts import Goalposts, goalposts_of
from fourpillars.scores.imputation_quality import imputation_quality
from fourpillars.scores.impute import Impute, ImputeTime
from fourpillars.scores.impute_em import ImputeEM
from fourpillars.scores.normalise import MinMax, PerIndicator, ZScore
from fourpillars.scores.rank import Rank
from fourpillars.scores.ranked import Ranked
from fourpillars.scores.recipe import Recipe
from fourpillars.scores.relative import (
    AboutMean,
    DistanceToMax,
    DistanceToReference,
    DistanceToTarget,
    FractionOfMax,
)
from fourpillars.scores.result import Result
from fourpillars.scores.screen import Screen
from fourpillars.scores.treat import BoxCox, Log, Winsorise
from fourpillars.scores.weight import CriticWeights, EntropyWeights, EqualWeights
from fourpillars.scores.weight_components import FactorWeights, PCAWeights
from fourpillars.scores.weight_optimised import OptimisedWeights

__all__ = [
    "AboutMean",
    "Aggregate",
    "BenefitOfDoubt",
    "BoxCox",
    "CriticWeights",
    "Denominate",
    "DistanceToMax",
    "DistanceToReference",
    "DistanceToTarget",
    "EntropyWeights",
    "EqualWeights",
    "FactorWeights",
    "FractionOfMax",
    "Framework",
    "Goalposts",
    "Impute",
    "ImputeEM",
    "ImputeTime",
    "Log",
    "MinMax",
    "OptimisedWeights",
    "PCAWeights",
    "PerIndicator",
    "PowerMean",
    "Rank",
    "Ranked",
    "Recipe",
    "Result",
    "ScoresError",
    "Screen",
    "StandardValues",
    "Winsorise",
    "ZScore",
    "build",
    "change",
    "changes",
    "collinearity",
    "compare",
    "components",
    "correlations",
    "coupling_coordination",
    "cronbach_alpha",
    "economic_benefit",
    "goalposts_of",
    "imputation_quality",
    "reliability",
    "statistics",
    "strengths_weaknesses",
]
