"""The headline of a report: what an editor would say first, every figure of it in the data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from fourpillars.exhibits.alerts import active, counts
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.intervals import cite_rank
from fourpillars.exhibits.language import join
from fourpillars.exhibits.markdown import bullets, literal, paragraphs, strong
from fourpillars.exhibits.nation import chosen
from fourpillars.exhibits.past import a_year_before
from fourpillars.exhibits.rows import dressed, figure, in_words, of_kind
from fourpillars.exhibits.standing import node_name, score_rows, score_sources

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

NAMED = 3
"""Leaders named in a sentence."""
NATIONAL = (
    ("growth", ("va_growth",)),
    ("accounts", ("revenue_growth", "profit_growth")),
    ("capacity", ("capacity_utilization",)),
    ("prices", ("producer_prices",)),
    ("demand", ("retail_growth", "fai_growth", "export_growth")),
    ("pmi", ("pmi",)),
)
"""The nation's sentences and the figures each needs; one without all its figures is left out."""


@dataclass
class Said:
    """Sentences, and the rows of the figures they hold."""

    s: Snapshot
    sentences: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def say(self, key: str, **values: Any) -> None:
        """Add a sentence."""
        self.sentences.append(self.s.text(key, **values))

    def cite(self, row: pd.Series | dict[str, Any], shown: str) -> str:
        """Keep a figure's row, and return the figure as said."""
        self.rows.append({**dict(row), "shown": shown})
        return shown

    def count(self, what: str, number: int) -> int:
        """Keep a count, and return it."""
        self.rows.append(
            {
                "indicator": f"count:{what}",
                "ref_area": "CN",
                "activity": "B-D",
                "time_period": self.s.edition,
                "value": float(number),
                "unit": "count",
                "shown": f"{number:,}",
            }
        )
        return number


def nation(s: Snapshot) -> Exhibit:
    """Say how the nation's industry is doing, in a few sentences, and what is at warning level.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> nation(snapshot("2026-08")).id
    'txt-headline'
    """
    said = Said(s)
    for key, codes in NATIONAL:
        facts = [_fact(said, code) for code in codes]
        if all(facts):
            values = {f"{name}{number or ''}": text for number, fact in enumerate(facts) for name, text in fact.items()}
            said.say(f"headline.nation.{key}", **values)
    _warned(said, active(s))
    return _headline(said, "txt-headline", s.text("headline.nation.title", period=s.period(s.edition)))


def pillar(s: Snapshot, code: str) -> Exhibit:
    """Say who leads on a pillar, how the nation's principal figures stand, and what is at warning level.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> pillar(snapshot("2026-08"), "growth").kind
    'text'
    """
    said = Said(s)
    for indicator in chosen(s, code)[:NAMED]:
        fact = _fact(said, indicator)
        if fact:
            said.say("headline.pillar.figure", name=s.name(indicator), **fact)
    for kind in ("industry", "region"):
        _leaders(said, kind, code)
    found = active(s)
    _warned(said, found[[s.catalogue.indicators[i].pillar == code for i in found["indicator"]]])
    sources = {source for kind in ("industry", "region") for source in score_sources(s, kind, pillar=code)}
    return _headline(said, "txt-headline", s.text("headline.pillar.title", pillar=node_name(s, code)), sources)


def _fact(said: Said, code: str) -> dict[str, str]:
    """Return what can be said of a national figure: value, movement, period, a year before; {} where it has none."""
    s = said.s
    if code not in s.catalogue.indicators or "nation" not in s.catalogue.indicators[code].kinds:
        return {}
    row = dressed(s, of_kind(s, "nation", [code])).iloc[0]
    if row["status"] != "ok":
        return {}
    before_period, before = a_year_before(s, code, "nation", "CN", row["time_period"])
    known = before == before
    if known:
        said.cite({**dict(row), "value": before, "time_period": before_period}, figure(s, code, before, signed=False))
    entry = s.catalogue.indicators[code].of("nation")
    basis = entry.series.basis if entry.series else ""
    return {
        "value": said.cite(row, in_words(s, code, row["value"])),
        "moved": _moved(s, code, row["value"]),
        "period": s.period(row["time_period"], basis=basis),
        "against": s.text(
            "headline.against", value=in_words(s, code, before), period=s.period(before_period, basis=basis)
        )
        if known
        else "",
    }


def _moved(s: Snapshot, code: str, value: float) -> str:
    shown = figure(s, code, abs(value), signed=False)
    zero = figure(s, code, 0.0, signed=False)
    key = "flat" if shown == zero else "up" if value > 0 else "down"
    return s.text(f"headline.moved.{key}", value=shown)


def _leaders(said: Said, kind: str, pillar: str) -> None:
    rows = (
        score_rows(said.s, kind, [pillar])
        .dropna(subset=["value"])
        .sort_values(["value", "code"], ascending=[False, True])
    )
    if len(rows) <= NAMED:
        return
    named = [
        said.s.text(
            "headline.pillar.leader", name=row["name"], score=said.cite(row, row["shown"]), rank=cite_rank(said, row)
        )
        for row in rows.head(NAMED).to_dict("records")
    ]
    last = rows.iloc[-1].to_dict()
    said.say(
        f"headline.pillar.{kind}",
        best=join(named, said.s.lang),
        count=len(rows),
        worst=last["name"],
        score=said.cite(last, last["shown"]),
        rank=cite_rank(said, last),
    )


def _warned(said: Said, found: pd.DataFrame) -> None:
    """Say how many warnings are in force, and name the nation's."""
    s = said.s
    warns, watches = counts(found)
    if not warns + watches:
        said.say("headline.warned.none")
        return
    said.say(
        "headline.warned.count",
        warns=s.text("alerts.warns", count=said.count("warn", warns)),
        watches=s.text("alerts.watches", count=said.count("watch", watches)),
    )
    national = found[(found["code"] == "CN") & (found["level"] == "warn")]
    if len(national):
        names = [s.name(code, short=True) for code in national["indicator"]]
        said.say("headline.warned.nation", names=join(names, s.lang))


def _headline(said: Said, id: str, title: str, source_ids: set[str] | frozenset[str] = frozenset()) -> Exhibit:
    first, *rest = said.sentences
    return said.s.prose(
        id,
        title=title,
        markdown=paragraphs(strong(first), bullets([literal(text) for text in rest])),
        data=pd.DataFrame(said.rows),
        source_ids=source_ids,
    )
