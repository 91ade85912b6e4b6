"""vl-convert, which compiles charts: set up once in a process, to measure labels in the brand's type."""

from __future__ import annotations

import logging
from functools import cache
from types import ModuleType

from fourpillars.exhibits.fonts import font_directories

_CHATTER = ("vl_convert", "swc_ecma_transforms_optimization")
"""Loggers of what is no mistake here: panels without figures have no extent, and bundling names its passes."""


@cache
def chart_compiler() -> ModuleType:
    """Return vl-convert, told of the fonts; without them labels are measured twice too wide.

    Starts V8 in this process: never call it where forks are made.
    """
    import vl_convert

    for name in _CHATTER:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    for folder in font_directories():
        vl_convert.register_font_directory(str(folder))
    return vl_convert
