"""The picture social media show beside a link: one an edition and language, 1200 × 630 pixels."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from fourpillars.editions.render.page import PageContext
from fourpillars.editions.render.typst import compiler, edition_line, logo_path
from fourpillars.editions.render.words import load_words
from fourpillars.exhibits.brand import load_brand

COLOURS = 64  #: of flat ground and type; a third of the weight of all


def preview_image(page: PageContext, finding: str, reports: Path) -> bytes:
    """Return the picture of an edition as PNG: its name, month and first finding, and the four pillars.

    Parameters
    ----------
    page : PageContext
        Of the edition's front page; its navigation names the pillars.
    finding : str
        A sentence, '' for none.
    reports : Path
        The folder with `templates/preview.typ` and the brand.
    """
    brand = load_brand(reports / "brand" / "_brand.yml")
    labels = {slug: label for group in page.navigation for slug, label in group.reports}
    told = {
        "lang": page.lang,
        "site-title": page.site_title,
        "edition-line": edition_line(page, load_words(reports, page.lang)),
        "finding": finding,
        "pillars": [[labels[name], colour] for name, colour in brand.pillars.items() if name in labels],
        "ink": brand.colours["ink"],
        "paper": brand.colours["paper"],
        "slate": brand.colours["slate"],
        "accent": brand.accent,
        "base": brand.base,
        "headings": brand.headings,
        "fallback": brand.fallback,
        "logo": logo_path(brand, reports),
    }
    return _set(told, reports)


def _set(told: dict[str, Any], reports: Path) -> bytes:
    picture = compiler(reports).compile(
        input=b'#import "/templates/preview.typ": *\n#picture',
        format="png",
        ppi=72,  # a point is a pixel
        sys_inputs={"page": json.dumps(told, ensure_ascii=False, sort_keys=True)},
    )
    return _few_colours(picture)


def _few_colours(png: bytes) -> bytes:
    from PIL import Image

    written = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()
