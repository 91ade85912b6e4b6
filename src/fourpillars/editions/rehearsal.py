"""Exhibits prepared and rehearsed in the warm process: what they load and compute at first, no report has to again.

Only functions of this package are called, as a notebook's cells call them and with its defaults; a notebook's
own code never runs here. What they read counts as read by every report that follows.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fourpillars.observations import reads

if TYPE_CHECKING:
    from fourpillars.exhibits.knowledge import Knowledge

EXHIBITS = "fourpillars.exhibits"


def compute_shared(known: Knowledge) -> None:
    """Compute every indicator's history, and the parts that exhibits add to what an edition knows."""
    from fourpillars.exhibits import behind, coverage, cycle, figures, peers
    from fourpillars.indicators.frame import KINDS

    for code, indicator in known.catalogue.indicators.items():
        for kind in indicator.kinds:
            known.panel.quantity(code, kind)
    for kind in known.scores:
        figures.compared(known, kind)
        peers.structure_of(known, kind)
    for kind in KINDS:
        behind.behind_latest(known, kind)
    for compute in (coverage.reach, cycle.positions, cycle.kept):
        compute(known)


def rehearse(notebooks: Iterable[Path], edition: str, languages: Iterable[str]) -> None:
    """Make the exhibits of notebooks once in each language; one that fails is left to the report to name."""
    from fourpillars.exhibits.snapshots import snapshot

    calls = [call for path in notebooks for call in calls_of(path)]
    with reads.recording() as read:
        for lang in languages:
            shown = snapshot(edition, lang)
            for topic, name, values in calls:
                with suppress(Exception):
                    made = getattr(import_module(f"{EXHIBITS}.{topic}"), name)(shown, *values)
                    made._repr_mimebundle_()
    reads.note_always(read)


def calls_of(notebook: Path) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield topic, function and arguments of each cell such as `fp.profile.table(s, activity)`."""
    from fourpillars.editions.run.parameters import parse

    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    tagged = ["".join(cell["source"]) for cell in cells if "parameters" in cell.get("metadata", {}).get("tags", [])]
    defaults = {parameter.name: parameter.default for parameter in parse("\n".join(tagged))}
    for source in sources:
        with suppress(SyntaxError, ValueError, KeyError):
            match ast.parse(source).body:
                case [ast.Expr(ast.Call(ast.Attribute(ast.Attribute(ast.Name("fp"), topic), name), given, []))]:
                    yield topic, name, [_value(one, defaults) for one in given[1:]]


def _value(node: ast.expr, defaults: dict[str, Any]) -> Any:
    return defaults[node.id] if isinstance(node, ast.Name) else ast.literal_eval(node)
