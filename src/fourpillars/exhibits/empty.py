"""What stands where an exhibit has nothing to show: a sentence that says so, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.markdown import literal

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot


def nothing(s: Snapshot, id: str, name: str, why: Iterable[str] = ()) -> Exhibit:
    """Say that there is nothing to show of what is named in this edition, and why.

    Parameters
    ----------
    id : str
        'txt-…'.
    name : str
        What would have been shown.
    why : iterable of str
        Sentences, as `rows.gaps` gives them.

    Examples
    --------
    >>> from fourpillars.exhibits.snapshots import snapshot
    >>> nothing(snapshot("2026-08"), "txt-flows", "Flows", ["No one publishes them."]).markdown
    'Flows: nothing to show in this edition. No one publishes them.'
    """
    title = s.text("gap.nothing", name=name)
    space = " " if s.lang == "en" else ""
    return s.prose(id, title=title, markdown=literal(space.join([title + s.text("stop"), *why])))
