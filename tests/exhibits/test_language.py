from __future__ import annotations

import string

import pytest

from fourpillars.errors import FourPillarsError, UnknownNameError
from fourpillars.exhibits.language import LOCALES, document_tag, join, text, words


def forms(entry: str | dict[str, str]) -> list[str]:
    return list(entry.values()) if isinstance(entry, dict) else [entry]


def placeholders(pattern: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name}


def test_every_language_has_the_same_keys() -> None:
    assert set(words("en")) == set(words("zh"))


@pytest.mark.parametrize("key", sorted(words("en")))
def test_every_language_has_the_same_placeholders(key: str) -> None:
    # 'count' may be unsaid: 'one industry'.
    said = {lang: set.union(*map(placeholders, forms(words(lang)[key]))) - {"count"} for lang in LOCALES}
    assert said["en"] == said["zh"]


@pytest.mark.parametrize("lang", list(LOCALES))
def test_plural_forms_are_those_of_the_language(lang: str) -> None:
    wanted = {"en": {"one", "other"}, "zh": {"other"}}[lang]
    for key, entry in words(lang).items():
        if isinstance(entry, dict):
            assert set(entry) == wanted, key


def test_text_fills_places_and_chooses_the_plural() -> None:
    assert text("count.industries", "en", count=1) == "1 industry"
    assert text("count.industries", "en", count=0) == "0 industries"
    assert text("count.releases", "en", count=1234) == "1,234 releases"
    assert text("rank.of", "zh", rank=3, total=41) == "41个中第3位"


def test_a_year_keeps_its_digits_together() -> None:
    assert text("rank.of", "en", rank=1, total=2026) == "1 of 2026"


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownNameError, match=r"Did you mean 'light\.red'"):
        text("light.rad", "en")
    with pytest.raises(FourPillarsError, match="needs a value for 'total'"):
        text("rank.of", "en", rank=1)
    with pytest.raises(FourPillarsError, match="needs a count"):
        text("count.industries", "en")
    with pytest.raises(UnknownNameError, match="Unknown language 'fr'"):
        text("light.red", "fr")


def test_values_are_never_patterns() -> None:
    assert text("rank.of", "en", rank="{total}", total="{0}") == "{total} of {0}"


def test_lists_and_tags() -> None:
    assert join([], "en") == ""
    assert join(["steel"], "en") == "steel"
    assert join(["a", "b"], "zh") == "a和b"
    assert document_tag("zh") == "zh-CN"
