"""A document's title and description, from its notebook's metadata, with the names of what it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fourpillars.errors import FourPillarsError

_NAMED_AFTER = ("activity", "ref_area", "indicator", "pillar")


def document_title(metadata: Mapping[str, Any], parameters: Mapping[str, Any], lang: str) -> tuple[str, str]:
    """Return title and description in a language.

    In the notebook's metadata stands `fourpillars: {title: {en, zh}, description: {en, zh}}`, where {name} is the name
    of the activity, area, indicator or pillar the report is about and {edition} its month.

    Raises
    ------
    FourPillarsError
        If there is no title in that language.

    Examples
    --------
    >>> document_title({"fourpillars": {"title": {"en": "{name}, {edition}"}}}, {"activity": "C31", "edition": "2026-08"}, "en")
    ('Smelting and pressing of ferrous metals, August 2026', '')
    """  # noqa: E501
    texts = metadata.get("fourpillars", {})
    title = texts.get("title", {}).get(lang)
    if not title:
        raise FourPillarsError(
            f"The notebook has no title for the language {lang!r}.",
            hint='Add "fourpillars": {"title": {"en": …, "zh": …}} to its metadata.',
        )
    return _filled(title, parameters, lang), _filled(texts.get("description", {}).get(lang, ""), parameters, lang)


def _filled(template: str, parameters: Mapping[str, Any], lang: str) -> str:
    text = template
    if "{edition}" in text:
        from fourpillars.exhibits.dates import period

        text = text.replace("{edition}", period(parameters.get("edition") or "", lang))
    if "{name}" in text:
        from fourpillars.catalogue.names import load_names

        code = next((parameters[name] for name in _NAMED_AFTER if parameters.get(name)), "")
        name = load_names().name(code, lang) if code else ""
        text = with_name(text, name, common=lang == "en" and code == parameters.get("activity"))
    return text


def with_name(template: str, name: str, *, common: bool) -> str:
    """Put a name in the place of {name}; a common one, as an industry's is in English, begins small within a
    sentence.

    Examples
    --------
    >>> with_name("{name}: where {name} stands", "Textiles", common=True)
    'Textiles: where textiles stands'
    """
    small = re.sub(r"(?<=\w )\{name\}", lambda _: name[:1].lower() + name[1:], template) if common else template
    return small.replace("{name}", name)
