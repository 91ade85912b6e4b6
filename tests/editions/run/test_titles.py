"""A document's title names what it is about."""

from __future__ import annotations

import pytest

from fourpillars.editions.run.titles import document_title
from fourpillars.errors import FourPillarsError

METADATA = {
    "fourpillars": {
        "title": {"en": "{name}, {edition}", "zh": "{name}（{edition}）"},
        "description": {"en": "On {name}"},
    }
}


@pytest.mark.parametrize(
    ("parameters", "lang", "title"),
    [
        ({"activity": "C36", "edition": "2026-08"}, "en", "Manufacture of automobiles, August 2026"),
        ({"ref_area": "440000", "edition": "2026-08"}, "zh", "广东（2026年8月）"),
    ],
)
def test_the_name_and_the_edition_are_filled_in(parameters, lang, title):
    assert document_title(METADATA, parameters, lang)[0] == title


def test_the_description_too():
    assert document_title(METADATA, {"ref_area": "440000", "edition": "2026-08"}, "en")[1] == "On Guangdong"


def test_other_braces_stay():
    metadata = {"fourpillars": {"title": {"en": "{x} {0}"}}}
    assert document_title(metadata, {}, "en") == ("{x} {0}", "")


def test_a_missing_title_is_refused():
    with pytest.raises(FourPillarsError, match="no title for the language 'zh'"):
        document_title({}, {}, "zh")
