from __future__ import annotations

import pytest

from fourpillars.errors import UnknownNameError
from fourpillars.exhibits.snapshots import snapshot


def test_the_default_is_the_latest_with_value_added_and_revenue() -> None:
    assert snapshot().edition == "2026-08"


def test_languages_share_what_is_known() -> None:
    english = snapshot("2023-11")
    chinese = english.in_language("zh")
    assert chinese.known is english.known
    assert snapshot("2023-11", "zh").known is english.known
    assert (english.name("440000"), chinese.name("440000")) == ("Guangdong", "广东")
    assert (english.period("2023-11"), chinese.period("2023-11")) == ("November 2023", "2023年11月")


def test_an_edition_sees_nothing_later() -> None:
    seen = snapshot("2023-11").observations.frame["time_period"].astype(str)
    assert seen.max() <= "2023-Q3"  # as text, quarters come after months
    assert "2023-12" not in set(seen)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="Unknown language 'eng'"):
        snapshot("2026-08", "eng")


def test_a_prose_exhibit_speaks_the_language() -> None:
    said = snapshot("2026-08", "zh").prose("txt-a", title="甲", markdown="乙")
    assert (said.lang, said.kind) == ("zh", "text")
