"""Words in the reader's language: texts from `words/<lang>.yml`, never a sentence written twice in code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.lists import format_list

from fourpillars.errors import FourPillarsError, UnknownNameError
from fourpillars.yaml_text import parse_yaml

LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN"}
TAGS = {"en": "en", "zh": "zh-CN"}
PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})


def locale(lang: str) -> Locale:
    """Return the Babel locale of 'en' or 'zh'.

    Examples
    --------
    >>> str(locale("zh"))
    'zh_Hans_CN'
    """
    if lang not in LOCALES:
        raise UnknownNameError.of("language", lang, LOCALES)
    return _locale(lang)


def document_tag(lang: str) -> str:
    """Return the tag a document carries: 'en' or 'zh-CN' (as 'zh' alone a PDF would be tagged zh-US)."""
    locale(lang)
    return TAGS[lang]


def text(key: str, lang: str, **values: Any) -> str:
    """Return the words of `key`, with the values in their places.

    Parameters
    ----------
    key : str
        Dotted name, such as 'reason.no_data'.
    lang : {'en', 'zh'}
    **values
        What stands in the {placeholders}. Where the words have plural forms, `count` chooses among them; it
        is shown with its thousands separated.

    Raises
    ------
    UnknownNameError
        If there are no such words.
    FourPillarsError
        If a placeholder has no value.

    Examples
    --------
    >>> text("count.industries", "en", count=1), text("count.industries", "en", count=41)
    ('1 industry', '41 industries')
    >>> text("count.industries", "zh", count=41)
    '41个行业'
    """
    found = words(lang).get(key)
    if found is None:
        raise UnknownNameError.of("text", key, words(lang))
    if isinstance(found, dict):
        if "count" not in values:
            raise FourPillarsError(f"The text {key!r} has plural forms and needs a count.")
        found = found.get(locale(lang).plural_form(values["count"]), found["other"])
    if isinstance(values.get("count"), int):
        values["count"] = f"{values['count']:,}"
    try:
        return found.format(**values)
    except KeyError as absent:
        raise FourPillarsError(f"The text {key!r} needs a value for {absent.args[0]!r}.") from None


def has_text(key: str, lang: str) -> bool:
    """Say whether there are words of that key."""
    return key in words(lang)


def join(parts: list[str], lang: str) -> str:
    """Join names as a sentence does.

    Examples
    --------
    >>> join(["steel", "cars", "chips"], "en"), join(["钢铁", "汽车", "芯片"], "zh")
    ('steel, cars and chips', '钢铁、汽车和芯片')
    """
    return format_list(list(parts), locale=locale(lang)) if parts else ""


@cache
def words(lang: str) -> dict[str, str | dict[str, str]]:
    """Return all words of a language by dotted key; a text with plural forms is a mapping of them.

    They stand in `words/<lang>.yml` and, one topic a file, in `words/<topic>.<lang>.yml`, whose keys open
    with the topic.
    """
    locale(lang)
    found: dict[str, str | dict[str, str]] = {}
    for file in sorted(files(__package__).joinpath("words").iterdir(), key=lambda file: file.name):
        topic, _, rest = file.name.partition(".")
        if file.name == f"{lang}.yml":
            found |= _flat(_load(file), "")
        elif rest == f"{lang}.yml":
            found |= _flat(_load(file), topic)
    return found


@cache
def _locale(lang: str) -> Locale:
    return Locale.parse(LOCALES[lang])


def _load(file: Any) -> dict[str, Any]:
    return parse_yaml(file.read_text(encoding="utf-8")) or {}


def _flat(tree: dict[str, Any], prefix: str) -> dict[str, str | dict[str, str]]:
    flat: dict[str, str | dict[str, str]] = {}
    for name, value in tree.items():
        key = f"{prefix}.{name}" if prefix else str(name)
        if isinstance(value, dict) and not set(value) <= PLURALS:
            flat |= _flat(value, key)
        else:
            flat[key] = value if isinstance(value, dict) else str(value)
    return flat
