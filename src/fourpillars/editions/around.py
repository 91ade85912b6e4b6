"""What stands around each page: navigation, neighbours, other languages, and where everything is from
there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from fourpillars.editions.config import EditionConfig
from fourpillars.editions.plan import Plan
from fourpillars.editions.render.page import Group, PageContext
from fourpillars.editions.reports import Page, Report
from fourpillars.editions.shown import SHOWN
from fourpillars.exhibits.language import join, text

_METHOD = {"code", "notebook", "parameters", "catalogue", "targets", "reports"}
_LOOK = {"look", "contents", "renderer", "environment"}


def context_of(
    page: Page, plan: Plan, config: EditionConfig, release: int, correction: str, assets: Mapping[str, str]
) -> PageContext:
    """Return all a page shows that is not in its notebook."""
    order = list(plan.reports)
    place = next(i for i, report in enumerate(order) if report.slug == page.report.slug)
    slug, lang = page.report.slug, page.lang
    up = "../" * slug.count("/")
    return PageContext(
        site_title=config.title.get(lang),
        edition=plan.edition,
        release=release,
        lang=lang,
        slug=slug,
        title=page.title,
        root=up + ("../../../" if plan.preview else "../../"),
        languages={other: f"{up}../{other}/{slug}.html" for other in plan.shape.languages},
        pdf=f"{slug.rpartition('/')[2]}.pdf" if "pdf" in plan.shape.formats else None,
        navigation=navigation(plan.reports, config, lang),
        previous=_neighbour(order, place - 1, lang),
        next=_neighbour(order, place + 1, lang),
        published=publication_date(),
        correction=correction,
        data=f"{up}../data/{lang}/{slug}{SHOWN}",
        assets=assets,
        site_address="" if plan.preview else config.address,
        preview=plan.preview,
        elsewhere=tuple(slug for of, slug in plan.elsewhere if of == lang),
    )


def navigation(reports: Iterable[Report], config: EditionConfig, lang: str) -> tuple[Group, ...]:
    """Return the reports in their groups, those of `edition.yml` in its order; an empty group is left out."""
    reports = tuple(reports)
    groups = (
        Group(
            group.id,
            group.title.get(lang),
            tuple((r.slug, r.label.get(lang)) for r in reports if r.group == group.id),
        )
        for group in config.groups
    )
    return tuple(group for group in groups if group.reports)


def publication_date() -> date:
    """Return today's date, or that of `SOURCE_DATE_EPOCH`."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)).date()


def correction_note(plan: Plan, config: EditionConfig, release: int) -> dict[str, str]:
    """Return what readers are told about this release by language; nothing for a first one.

    The note in `edition.yml` where there is one; otherwise which release this one replaces, and what had
    changed.
    """
    if release == 1 or plan.preview:
        return {}
    written = config.corrections.get(plan.edition, {}).get(release)
    if written is not None:
        return written.model_dump()
    reasons = {reason for planned in plan.to_build for reason in planned.reasons}
    changed = [
        name
        for name, members in (("statistics", {"statistics"}), ("method", _METHOD), ("look", _LOOK))
        if reasons & members
    ] or ["completed"]
    return {
        lang: text(
            "edition.replaces",
            lang,
            before=release - 1,
            changed=join([text(f"edition.changed.{name}", lang) for name in changed], lang),
        )
        for lang in plan.shape.languages
    }


def _neighbour(order: list[Report], place: int, lang: str) -> tuple[str, str] | None:
    if not 0 <= place < len(order):
        return None
    return order[place].slug, order[place].label.get(lang)
