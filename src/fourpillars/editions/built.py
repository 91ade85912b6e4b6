"""What came of building the pages of an edition."""

from __future__ import annotations

from dataclasses import dataclass, field

from fourpillars.editions.failures import Failure
from fourpillars.editions.page_task import PageTask
from fourpillars.editions.pages import PageResult


@dataclass
class Built:
    """What came of the pages: results by key, failures, what each read, and where everything lies."""

    number: int
    correction: dict[str, str]
    assets: dict[str, str]
    tasks: dict[str, PageTask] = field(default_factory=dict)
    results: dict[str, PageResult] = field(default_factory=dict)
    reads: dict[str, tuple[str, ...]] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
