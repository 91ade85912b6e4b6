"""The words around a report, by language: `reports/templates/words.yml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from fourpillars.errors import UnknownNameError
from fourpillars.yaml_text import parse_yaml


def load_words(reports: Path, lang: str) -> dict[str, Any]:
    """Return the words of a language ('en' or 'zh'; 'zh-CN' is 'zh').

    Raises
    ------
    UnknownNameError
        If there are no words in that language.
    """
    path = Path(reports) / "templates" / "words.yml"
    languages = _read(path, path.stat().st_mtime_ns)
    code = lang.split("-")[0]
    if code not in languages:
        raise UnknownNameError.of("language", lang, languages)
    return languages[code]


@cache
def _read(path: Path, _changed: int) -> dict[str, dict[str, Any]]:
    return parse_yaml(path.read_text(encoding="utf-8"))
