"""What surrounds a document: the site it belongs to, its neighbours, its other forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

PREVIEW = "preview.png"
METHOD = "method"


@dataclass(frozen=True)
class Group:
    """A group of the site's navigation: the nation, pillars, industries, provinces …

    Attributes
    ----------
    id : str
        The group's id in `reports/edition.yml`; decides how the menu lays it out.
    title : str
        In the language of the page.
    reports : tuple of (str, str)
        Slug and title of each report. With a slug None the title stands without a link.
    """

    id: str
    title: str
    reports: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PageContext:
    """Everything about a page that is not in its notebook.

    Addresses are relative to the page itself, so that a site works from any folder, and from a file.

    Attributes
    ----------
    site_title : str
        Name of the publication, in the language of the page.
    edition, release : str, int
        '2026-08' and the number of the release.
    lang : str
        'en' or 'zh'.
    slug, title : str
        'industry/C31' and the title of the report.
    root : str
        From the page to the folder of `assets/`: '../../../' for `<out>/2026-08.1/en/industry/C31.html`.
    languages : mapping
        Address of the same page by language; the page's own is left out or ignored.
    pdf : str, optional
        Address of the page's PDF.
    navigation : tuple of Group
        All reports of the edition.
    previous, next : (str, str), optional
        Slug and title of the neighbours.
    published : date, optional
        Shown on the page and written into the PDF. None: from SOURCE_DATE_EPOCH, or nothing.
    correction : str
        What this release corrects; '' for a first release.
    missing : tuple of str
        Titles of the reports this release does without.
    data : str, optional
        Address of the report's data file, `data/<lang>/<slug>.json.gz` of the release.
    assets : mapping
        Names of the shared files, as `assets.build_assets` gives them; without them a page is bare.
    keywords : tuple of str
        Written into page and PDF.
    site_address : str
        Where the site is to be found, ending in a slash; '' where that is not known.
    preview : bool
        Whether the page is no part of a release: it has no permanent address then.
    elsewhere : tuple of str
        Slugs a preview does without that are published in the edition, in the language of the page.
    """

    site_title: str
    edition: str
    lang: str
    slug: str
    title: str
    root: str = ""
    release: int = 1
    languages: Mapping[str, str] = field(default_factory=dict)
    pdf: str | None = None
    navigation: tuple[Group, ...] = ()
    previous: tuple[str, str] | None = None
    next: tuple[str, str] | None = None
    published: date | None = None
    correction: str = ""
    missing: tuple[str, ...] = ()
    data: str | None = None
    assets: Mapping[str, str] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    site_address: str = ""
    preview: bool = False
    elsewhere: tuple[str, ...] = ()

    @property
    def up(self) -> str:
        """Return the way from the page to its language's folder.

        Examples
        --------
        >>> PageContext(site_title="", edition="2026-08", lang="en", slug="industry/C31", title="").up
        '../'
        """
        return "../" * self.slug.count("/")

    def address(self, slug: str) -> str:
        """Return the address of another report's page, seen from this one.

        Examples
        --------
        >>> here = PageContext(site_title="", edition="2026-08", lang="en", slug="industry/C31", title="")
        >>> here.address("region/440000")
        '../region/440000.html'
        """
        return f"{self.up}{slug}.html"

    @property
    def permanent(self) -> str:
        """Return the address that will always lead to this release of the page.

        Examples
        --------
        >>> page = PageContext(site_title="", edition="2026-08", lang="en", slug="overview", title="")
        >>> page.permanent
        '2026-08.1/en/overview.html'
        """
        return f"{self.site_address or self.root}{self.edition}.{self.release}/{self.lang}/{self.slug}.html"

    @property
    def canonical(self) -> str:
        """Return the address of the page's newest release."""
        return f"{self.site_address}{self.edition}/{self.lang}/{self.slug}.html"

    @property
    def image(self) -> str:
        """Return the address of the picture social media show beside a link.

        Examples
        --------
        >>> where = {"site_address": "https://statistics.example/", "edition": "2026-08", "lang": "en"}
        >>> PageContext(site_title="", slug="overview", title="", **where).image
        'https://statistics.example/2026-08/en/preview.png'
        """
        return f"{self.site_address}{self.edition}/{self.lang}/{PREVIEW}" if self.site_address else self.up + PREVIEW

    @property
    def method(self) -> str:
        """Return the address of the report that says how figures are made, '' where there is none."""
        slugs = {slug for group in self.navigation for slug, _ in group.reports}
        return self.address(METHOD) if METHOD in slugs else ""

    @property
    def data_csv(self) -> str:
        """Return the address of the report's data as CSV, the same in every language.

        Examples
        --------
        >>> here = {"site_title": "", "edition": "2026-08", "lang": "zh", "slug": "industry/C31", "title": ""}
        >>> PageContext(data="../../data/zh/industry/C31.json.gz", **here).data_csv
        '../../data/csv/industry/C31.csv'
        """
        folder, found, _ = (self.data or "").rpartition(f"{self.lang}/{self.slug}.json")
        return f"{folder}csv/{self.slug}.csv" if found else ""

    @property
    def group(self) -> Group | None:
        """The navigation group the page belongs to."""
        for group in self.navigation:
            if any(slug == self.slug for slug, _ in group.reports):
                return group
        return None
