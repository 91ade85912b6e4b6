"""The libraries reports are run with, imported without what a report on this machine does not need."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import Any

MODULES = (
    "IPython.core.interactiveshell", "nbformat", "pandas", "altair",
    "fourpillars.editions.run.shell", "fourpillars.editions.run.isolated", "fourpillars.editions.run.charts_ahead",
)  # fmt: skip
FORMATS = (
    "fqdn", "idna", "isoduration", "jsonpointer", "rfc3339_validator", "rfc3986_validator", "rfc3987_syntax",
    "uri_template", "webcolors",
)  # fmt: skip
"""Packages with which jsonschema would check texts' formats, where JupyterLab has brought them: notebooks and charts
have none that they know, and they take longer to load than pandas."""


def import_libraries() -> None:
    """Import what every report needs, whatever else there will be."""
    with ExitStack() as stack:
        for name in (*FORMATS, "boto3"):  # papermill would load boto3 for notebooks in S3: ours lie on a disk
            stack.enter_context(hidden(name))
        for module in MODULES:
            importlib.import_module(module)
        _import_papermill()


def _import_papermill() -> None:
    """Import papermill, but what speaks to kernels and to the web only when it is asked for."""
    client = Later("papermill.clientwrap")
    client.PapermillNotebookClient = lambda *given, **named: importlib.import_module(
        "papermill.clientwrap"
    ).PapermillNotebookClient(*given, **named)
    with instead(client), instead(Later("requests")):
        importlib.import_module("papermill")


class Later(ModuleType):
    """Stands in for a module, which is imported when something of it is wanted.

    Examples
    --------
    >>> Later("fractions").Fraction(1, 2)
    Fraction(1, 2)
    """

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def instead(module: ModuleType) -> Iterator[None]:
    """Let another module stand under its name for a while, unless the real one is imported already."""
    name = module.__name__
    if name in sys.modules:
        yield
        return
    sys.modules[name] = module
    try:
        yield
    finally:
        del sys.modules[name]


@contextmanager
def hidden(name: str) -> Iterator[None]:
    """Let nobody import a package for a while: who can do without it, does.

    Examples
    --------
    >>> with hidden("json.tool"):
    ...     import json.tool
    Traceback (most recent call last):
    ModuleNotFoundError: import of json.tool halted; None in sys.modules
    """
    before = sys.modules.get(name)
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]
        if before is not None:
            sys.modules[name] = before
