"""The last lines of a PDF: how to cite it, and the address that always leads to this release."""

from __future__ import annotations

import copy as copies
from typing import Any

from nbformat import NotebookNode

from fourpillars.editions.render.page import PageContext
from fourpillars.exhibits.dates import period
from fourpillars.exhibits.language import text
from fourpillars.exhibits.markdown import line, strong

_BLOCK = '::: {{.content-visible when-format="typst"}}\n\n::: {{.fp-colophon}}\n\n{}\n\n:::\n\n:::'


def with_colophon(copy: NotebookNode, page: PageContext, words: dict[str, Any]) -> NotebookNode:
    """Return a language copy that ends with what a printed report is cited by; a preview is not to be cited.

    Parameters
    ----------
    copy : NotebookNode
        As `language_copy` makes it; it is left as it is.
    page : PageContext
        The document's name, edition, release and address.
    words : dict
        The words of its language.
    """
    from nbformat import v4

    if page.preview:
        return copy
    cell = v4.new_markdown_cell(_BLOCK.format(colophon(page, words)), id=f"cell-{len(copy.cells):02d}")
    ended = copies.copy(copy)
    ended.cells = [*copy.cells, cell]
    return ended


def colophon(page: PageContext, words: dict[str, Any]) -> str:
    r"""Return the lines as Markdown.

    Examples
    --------
    >>> page = PageContext(site_title="Four Pillars", edition="2026-08", lang="en", slug="overview", title="Overview")
    >>> words = {"cite": "To cite", "colon": ": ", "stop": ". ", "permanent": "Permanent address"}
    >>> print(colophon(page, words))
    **To cite**: Overview\. Four Pillars, edition of August 2026, release 2026-08.1.
    <BLANKLINE>
    **Permanent address**: 2026-08.1/en/overview.html
    """
    colon = words["colon"]
    cited = text(
        "download.citation",
        page.lang,
        title=page.site_title,
        month=period(page.edition, page.lang),
        release=f"{page.edition}.{page.release}",
    )
    address = f"<{page.permanent}>" if page.site_address else line(page.permanent.removeprefix(page.root))
    return (
        f"{strong(words['cite'])}{colon}{line(page.title + words['stop'] + cited)}\n\n"
        f"{strong(words['permanent'])}{colon}{address}"
    )
