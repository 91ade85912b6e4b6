"""A text of data as Markdown, and back."""

from __future__ import annotations

import pytest

from fourpillars.exhibits.markdown import line, literal, plain

ESCAPED = [
    ("a_b*c", r"a\_b\*c"),
    ("[x]{y}<z>", r"\[x\]\{y\}\<z\>"),
    ("#1 @fig ^2~ |", r"\#1 \@fig \^2\~ \|"),
    ('don\'t "say" `x` \\ $5', r"don\'t \"say\" \`x\` \\ \$5"),
    ("2026年8月增长1.0%", "2026年8月增长1.0%"),
    ("[a](b) <script> `x` {=html} $", r"\[a\](b) \<script\> \`x\` \{=html\} \$"),
    ("R&D &lt;b&gt;", r"R&D \&lt;b\&gt;"),
    ("1. First", r"1\. First"),
    ("(a) first", r"(a\) first"),
    ("- item", r"\- item"),
    ("::: {.a}", r"\::: \{.a\}"),
    ("= Heading -- and …", r"\= Heading \-- and …"),
    ("wait...", r"wait\..."),
]


@pytest.mark.parametrize(("text", "escaped"), ESCAPED)
def test_a_text_is_escaped_and_read_back(text: str, escaped: str) -> None:
    assert literal(text) == escaped
    assert plain(escaped) == text


def test_every_line_is_escaped_and_a_title_has_one() -> None:
    assert literal("a\n- b\n2) c") == "a\n\\- b\n2\\) c"
    assert line("two\n lines") == "two lines"
