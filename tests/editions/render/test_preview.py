"""The picture social media show."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from fourpillars.editions.render.page import Group
from fourpillars.editions.render.preview import preview_image

from .conftest import REPORTS

PILLARS = (("stability", "Stability"), ("expansion", "Expansion"), ("innovation", "Innovation"), ("growth", "Growth"))
LONG = (
    "Industrial value added grew by 5.2% in August, "
    + "while profits fell and prices kept falling, " * 6
    + "as before."
)


@pytest.mark.parametrize("finding", ["", "Output grew by 5.2%: #panic()", LONG])
def test_it_is_of_the_size_they_ask_for_and_light(page, finding):
    png = preview_image(replace(page, navigation=(Group("pillars", "Pillars", PILLARS),)), finding, REPORTS)
    with Image.open(io.BytesIO(png)) as image:
        assert image.size == (1200, 630)
    assert len(png) < 60_000


def test_the_same_edition_gives_the_same_bytes(page):
    assert preview_image(page, "Output grew.", REPORTS) == preview_image(page, "Output grew.", REPORTS)
