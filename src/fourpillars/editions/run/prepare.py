"""From an executed notebook to the copy a renderer reads: one call for a long-lived render worker."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from fourpillars.editions.run.code_names import held
from fourpillars.editions.run.copy import language_copy
from fourpillars.editions.run.executed import dropped_outputs, read_executed, read_exhibits
from fourpillars.editions.run.how_made import Method
from fourpillars.editions.run.kept_charts import KeptCharts, compile_charts


@dataclass(frozen=True)
class PreparedCopy:
    """A language copy, where it was written, the exhibits in it, and what was left out, a sentence each."""

    notebook: NotebookNode
    path: Path | None
    exhibits: tuple[dict[str, Any], ...]
    dropped: tuple[str, ...]


def prepare(
    executed: NotebookNode | Path,
    lang: str,
    copy_path: Path | None = None,
    *,
    title: str | None = None,
    description: str | None = None,
    data: str = "",
    method: Method | None = None,
    commentary: str = "",
    kept: KeptCharts | None = None,
) -> PreparedCopy:
    """Compile the charts of an executed notebook and make its copy in one language, on disk where `copy_path`
    says.

    Runs V8 (see `charts`). The same executed notebook gives the same bytes.

    Raises
    ------
    FourPillarsError
        As `language_copy` and `compile_svg` do.
    """
    if not isinstance(executed, NotebookNode):
        executed = read_executed(executed)
    exhibits = read_exhibits(executed)
    svgs = compile_charts(exhibits, kept)
    texts = {"title": title, "description": description, "data": data, "method": method, "commentary": commentary}
    with held():
        copy = language_copy(executed, lang, svgs, **texts)
    if copy_path is not None:
        copy_path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(copy, copy_path)
    return PreparedCopy(copy, copy_path, tuple(exhibits), dropped_outputs(executed))
