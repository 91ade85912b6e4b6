"""Four Pillars: a notebook-based report kit for a country's industrial policy."""

__version__ = "0.1.0"
