"""AKShare: a function of that library, which is installed apart."""

from __future__ import annotations

import threading
from typing import Any, Literal

from pydantic import Field

from fourpillars.files import limits
from fourpillars.files.sheet import Sheet, number_text
from fourpillars.observations.services.client import Client, ServiceError
from fourpillars.observations.services.service import Service


class AKShare(Service):
    """A table of AKShare.

    Attributes
    ----------
    function : str
        Such as macro_china_gyzjz.
    arguments : dict
        What it is called with.
    seconds : float
        How long it may take.
    """

    kind: Literal["akshare"]
    function: str
    arguments: dict[str, Any] = Field(default_factory=dict)
    seconds: float = 120

    def fetch(self, client: Client) -> list[Sheet]:
        """Return one sheet: the table's columns and rows."""
        try:
            import akshare
        except ImportError:
            raise ServiceError("AKShare is not installed.", "pip install akshare, or take the source away.") from None
        function = None if self.function.startswith("_") else getattr(akshare, self.function, None)
        if not callable(function):
            raise ServiceError(f"AKShare has no function {self.function!r}.")
        table = _within(self.seconds, function, self.arguments, self.function)
        try:
            names, rows = list(map(str, table.columns)), table.to_numpy().tolist()
        except AttributeError:
            raise ServiceError(f"AKShare's {self.function} gives no table.") from None
        limits.check_cells(self.name, len(rows) + 1, len(names))
        return [Sheet("", [names, *(list(map(_text, row)) for row in rows)])]


def _within(seconds: float, function: Any, arguments: dict[str, Any], name: str) -> Any:
    """Call a function that has no time-out of its own."""
    told: dict[str, Any] = {}

    def call() -> None:
        try:
            told["table"] = function(**arguments)
        except Exception as error:  # whatever the library and its sites come up with
            told["error"] = error

    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join(seconds)
    if "error" in told:
        said = " ".join(f"{type(told['error']).__name__}: {told['error']}".split())[:200]
        raise ServiceError(f"AKShare's {name} failed ({said}).", "Try again later.")
    if "table" not in told:
        raise ServiceError(f"AKShare's {name} takes over {seconds:g} s.", "Try again later.")
    return told["table"]


def _text(value: object) -> str:
    if value is None or value != value:
        return ""
    return number_text(value) if isinstance(value, float) else str(value).strip()
