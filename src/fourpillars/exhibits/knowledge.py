"""What an edition knows, in no language: parts that are computed once, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from fourpillars.catalogue import Catalogue
    from fourpillars.indicators import Panel
    from fourpillars.observations import Observations
    from fourpillars.scores import Result

KINDS = ("industry", "region")


def shared(make: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate a function of `Knowledge` and codes: what it returns is a part of it, made once for an edition.

    Its `made` returns the part only where it has been made, else None.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> known = Knowledge("2026-08", SimpleNamespace(names={"C31": "Steel"}), None)
    >>> @shared
    ... def name(known, code):
    ...     return known.catalogue.names[code]
    >>> name(known, "C31"), name.made(known, "C31"), name.made(known, "C39")
    ('Steel', 'Steel', None)
    """

    def name(codes: tuple[str, ...]) -> str:
        return ":".join([make.__module__, make.__qualname__, *codes])

    @wraps(make)
    def part(known: Knowledge, *codes: str) -> Any:
        return known.part(name(codes), lambda: make(known, *codes))

    part.made = lambda known, *codes: known.made(name(codes))
    return part


class Knowledge:
    """What an edition knows, in no language; each part is made when first asked for."""

    def __init__(self, edition: str, catalogue: Catalogue, observations: Observations) -> None:
        self.edition, self.catalogue, self.observations = edition, catalogue, observations
        self.parts: dict[str, Any] = {}

    def part(self, name: str, make: Callable[[], Any]) -> Any:
        """Return a part, made when first asked for."""
        if name not in self.parts:
            self.parts[name] = make()
        return self.parts[name]

    def made(self, name: str) -> Any:
        """Return a part that has been made, None where it has not."""
        return self.part(name, dict) if name in self.parts else None

    @cached_property
    def panel(self) -> Panel:
        """The indicators over the edition's observations."""
        from fourpillars.indicators import compute

        return compute(self.observations, self.catalogue)

    @property
    @shared
    def frame(self) -> pd.DataFrame:
        """The indicator frame: every indicator and unit, with its value or the reason it has none."""
        return self.panel.frame(self.edition)

    @property
    @shared
    def by_unit(self) -> pd.DataFrame:
        """The frame by indicator, area and activity."""
        return self.frame.set_index(["indicator", "ref_area", "activity"], drop=False).sort_index()

    @property
    @shared
    def scores(self) -> dict[str, Result]:
        """Pillar and overall scores by kind: 'industry', 'region'."""
        from fourpillars.exhibits.composite import composite

        return {kind: composite(self.frame, self.catalogue, kind) for kind in KINDS}

    @property
    @shared
    def intervals(self) -> dict[str, pd.DataFrame]:
        """The interval of every rank by kind: what other choices would have made of it."""
        from fourpillars.exhibits.intervals import intervals

        return {kind: intervals(result, self.catalogue) for kind, result in self.scores.items()}

    @cached_property
    def before(self) -> Knowledge:
        """What the edition of the month before knew, as far as today's copy of the statistics tells."""
        from fourpillars.catalogue.periods import edition_before

        earlier = edition_before(self.edition)
        return Knowledge(earlier, self.catalogue, self.observations.until(earlier))

    @property
    @shared
    def warnings(self) -> pd.DataFrame:
        """The warning level of every latest value."""
        from fourpillars.signals import warnings

        return warnings(self.panel, self.catalogue, self.edition)

    @property
    @shared
    def temperatures(self) -> pd.DataFrame:
        """The light of every cyclical indicator's latest value."""
        from fourpillars.signals import temperatures

        return temperatures(self.panel, self.catalogue, self.edition)

    @property
    @shared
    def backtests(self) -> pd.DataFrame:
        """How the warnings since 2018 came true."""
        from fourpillars.signals import backtests

        return backtests(self.panel, self.catalogue, self.edition)

    @property
    @shared
    def targets_backtest(self) -> pd.DataFrame:
        """What was told, month by month, of targets that are over."""
        from fourpillars.signals import targets_backtest

        return targets_backtest(self.observations, self.catalogue, self.edition)

    @property
    @shared
    def capacity(self) -> pd.DataFrame:
        """The capacity warning of every division, by `activity`."""
        from fourpillars.signals import capacity_warning

        return capacity_warning(self.panel, self.catalogue, self.edition).set_index("activity", drop=False)

    @property
    @shared
    def targets(self) -> pd.DataFrame:
        """Every target against what has been reached."""
        from fourpillars.signals import track_targets

        return track_targets(self.observations, self.catalogue, self.edition)
