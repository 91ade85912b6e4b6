"""What an analyst adds: a working start of an indicator or a report, all of it or nothing."""

from fourpillars.editions.new.indicator import new_indicator
from fourpillars.editions.new.report import new_report

__all__ = ["new_indicator", "new_report"]
