"""Exhibits set aside come back as they were; what pandoc or the filters must see is left to them."""

import pytest

from fourpillars.editions.render.aside import put_back, set_aside
from fourpillars.editions.run.exhibit_form import UNPROCESSED


def exhibit(page="<table></table>", paper="#table()", fence="```", first=UNPROCESSED):
    return f"{fence}{{=html}}\n{first}\n{page}\n{fence}\n\n```{{=typst}}\n{paper}\n```\n"


@pytest.mark.parametrize(
    "markdown",
    [
        exhibit(),
        exhibit(page="<p>```</p>", fence="````"),
        exhibit(paper='#image(bytes("<svg width=\\"9\\" height=\\"183\\"><g/></svg>"))'),
    ],
)
def test_an_exhibit_is_short_until_it_is_put_back(markdown):
    kept = {}
    short = set_aside(markdown, kept)
    assert len(kept) == 2
    assert short != markdown
    assert put_back(short, kept) == markdown


def test_the_height_of_a_chart_stays_where_the_filters_look_for_it():
    paper = '#image(bytes("<svg width=\\"9\\" height=\\"183\\" class=\\"marks\\"><g/></svg>"))'
    short = set_aside(exhibit(paper=paper), {})
    assert '<svg width=\\"9\\" height=\\"183fp-aside-' in short


@pytest.mark.parametrize(
    "markdown",
    [
        "It grew.",
        exhibit(first="<!-- an analyst's own -->"),
        exhibit(page="a\tb"),
        exhibit(paper="a\r\nb"),
        exhibit(paper="ends in a space "),
        exhibit() + "\nAnd more.\n",
        exhibit(page="<p>\n```\n\nbetween\n\n```{=html}\n</p>"),
    ],
)
def test_whatever_else_is_left_to_pandoc(markdown):
    kept = {}
    assert set_aside(markdown, kept) == markdown
    assert not kept


def test_a_name_nobody_kept_stays():
    name = "fp-aside-" + "0" * 64
    assert put_back(name, {}) == name
