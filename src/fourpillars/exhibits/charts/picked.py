"""The entity picked, in colour among the rest; a page may pick it in all its charts at once."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from fourpillars.exhibits.language import text

PICKED = "picked"
"""The parameter that holds the code of the entity in colour."""

ALIVE = "alive"
"""The parameter that is false in a still picture."""


def picked_param(frame: pd.DataFrame, code: str, lang: str, *, choose: bool = False) -> dict[str, Any]:
    """Return the parameter of the entity in colour, with a list to choose from where `choose`."""
    if not choose:
        return {"name": PICKED, "value": code}
    named = frame.drop_duplicates("code").sort_values("name")
    options = {
        "input": "select",
        "options": ["", *named["code"]],
        "labels": [text("label.nobody", lang), *named["name"]],
        "name": text("label.highlight", lang) + " ",
    }
    return {"name": PICKED, "value": code, "bind": options}


def alive_param() -> dict[str, Any]:
    """Return the parameter on which hangs what only a pointer needs."""
    return {"name": ALIVE, "value": True}


def is_picked(then: Any, otherwise: Any) -> Any:
    """Return a condition: one value for the entity picked, another for the rest."""
    return alt.condition(f"datum.code === {PICKED}", alt.value(then), alt.value(otherwise))
