"""Render one executed notebook to a page and a PDF, as a script in a loop would: python bench/one_page.py NOTEBOOK LANG FOLDER."""  # noqa: E501

from __future__ import annotations

import sys
from pathlib import Path


def main(notebook: str, lang: str, folder: str) -> None:
    """Make charts and copy, then render both formats."""
    sys.modules["rfc3987_syntax"] = None  # two seconds of import nobody needs: the loop is not made to look slow
    from fourpillars.editions.render import embedded
    from fourpillars.editions.render.page import PageContext
    from fourpillars.editions.run.prepare import prepare

    into = Path(folder)
    prepare(Path(notebook), lang, into / "copy.ipynb")
    page = PageContext(site_title="Bench", edition="2026-08", lang=lang, slug="page", title="Page")
    embedded.render(into / "copy.ipynb", page=page, html=into / "page.html", pdf=into / "page.pdf")


if __name__ == "__main__":
    main(*sys.argv[1:])
