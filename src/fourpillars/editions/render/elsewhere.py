"""Links of a preview to reports it does without: into the published edition, or none."""

from __future__ import annotations

import posixpath
import re
from functools import partial

from fourpillars.editions.render.page import PageContext

_ADDRESS = r"(?:\.\./)*[A-Za-z0-9][\w/-]*\.html"
_HREF = rf'href="(?P<address>{_ADDRESS})(?P<place>#[^"]*)?"'
_LINK = re.compile(rf"<a\b(?P<before>[^>]*?) {_HREF}(?P<after>[^>]*)>(?P<text>.*?)</a>", re.S)
_CHART = re.compile(r'(<script type="application/json" class="fp-spec">)(.*?)(</script>)', re.S)


def with_links_that_lead(body: str, page: PageContext) -> str:
    """Return the body of a preview's page so that no link is dead.

    Examples
    --------
    >>> from fourpillars.editions.render.page import Group
    >>> nation = Group("nation", "Nation", (("overview", "Overview"),))
    >>> about = {"site_title": "", "edition": "2026-08", "lang": "en", "slug": "industry/C31", "title": ""}
    >>> page = PageContext(preview=True, root="../../../../", navigation=(nation,), elsewhere=("growth",), **about)
    >>> with_links_that_lead('<a href="../growth.html">Growth</a>, <a href="C39.html">electronics</a>', page)
    '<a href="../../../../2026-08/en/growth.html">Growth</a>, electronics'
    """
    if not page.preview:
        return body
    body = _LINK.sub(partial(_linked, page=page), body)
    return _CHART.sub(
        lambda chart: chart[1] + re.sub(_ADDRESS, lambda found: _address(found[0], page), chart[2]) + chart[3], body
    )


def _linked(link: re.Match[str], page: PageContext) -> str:
    address = _address(link["address"], page)
    if not address:
        return link["text"]
    return f'<a{link["before"]} href="{address}{link["place"] or ""}"{link["after"]}>{link["text"]}</a>'


def _address(address: str, page: PageContext) -> str:
    """Return where a link to a page of the edition leads from a preview, '' where it leads nowhere."""
    slug = posixpath.normpath(posixpath.join(posixpath.dirname(page.slug), address)).removesuffix(".html")
    here = {"index", *(slug for group in page.navigation for slug, _ in group.reports)}
    if slug in here or slug.startswith(".."):
        return address
    return f"{page.root}{page.edition}/{page.lang}/{slug}.html" if slug in page.elsewhere else ""
