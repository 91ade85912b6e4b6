"""What a page shows, as a file: its exhibits, their data as columns and rows; what all say, once."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

SHOWN = ".json.gz"
_ON_THE_PAGE = ("vegalite", "table_html")


def write_shown(path: Path, about: Mapping[str, Any], exhibits: Sequence[Mapping[str, Any]]) -> None:
    """Write the exhibits of a page with what the page is; charts and tables as drawn are on the page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {**about, "exhibits": [_packed(exhibit) for exhibit in exhibits]}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def read_shown(path: Path) -> list[dict[str, Any]]:
    """Return the exhibits of a page, the data of each as a list of rows by column.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / f"overview{SHOWN}"
    ...     rows = [{"unit": "pct", "value": 1.0}, {"unit": "pct", "value": 2.0}]
    ...     write_shown(path, {"lang": "en"}, [{"id": "fig-a", "data": rows}])
    ...     read_shown(path)
    [{'data': [{'unit': 'pct', 'value': 1.0}, {'unit': 'pct', 'value': 2.0}], 'id': 'fig-a'}]
    """
    return parse_shown(path.read_bytes())


def parse_shown(content: bytes) -> list[dict[str, Any]]:
    """Return the exhibits of a page from the content of its file."""
    exhibits = json.loads(gzip.decompress(content))["exhibits"]
    for exhibit in exhibits:
        data = exhibit.get("data")
        if isinstance(data, dict):  # releases of the first months hold lists of rows
            same, columns = data["same"], data["columns"]
            exhibit["data"] = [same | dict(zip(columns, row, strict=True)) for row in data["rows"]]
    return exhibits


def _packed(exhibit: Mapping[str, Any]) -> dict[str, Any]:
    rows = exhibit.get("data") or []
    names = list(rows[0]) if rows else []
    same = {name: rows[0][name] for name in names if all(row[name] == rows[0][name] for row in rows)}
    columns = [name for name in names if name not in same]
    data = {"same": same, "columns": columns, "rows": [[row[name] for name in columns] for row in rows]}
    kept = {name: value for name, value in exhibit.items() if name not in _ON_THE_PAGE}
    return {**kept, "data": data}
