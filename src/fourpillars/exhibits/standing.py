"""Standing: the scores of all units on the four pillars, and where one of them is among the rest."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.charts.heatmap import heatmap
from fourpillars.exhibits.composite import DECIMALS, OVERALL, weighted
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.formats import is_missing
from fourpillars.exhibits.intervals import said_of_all
from fourpillars.exhibits.language import join
from fourpillars.exhibits.rows import address, place, some

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot


def score_rows(s: Snapshot, kind: str, nodes: list[str] | None = None, root: str = "") -> pd.DataFrame:
    """Return the scores as exhibit rows: unit × node, with rank, coverage, reason and address.

    Parameters
    ----------
    kind : {'industry', 'region'}
    nodes : list of str, optional
        Pillar codes and 'overall'; default all five.
    root : str
        The way from the page up to the language's folder.

    Returns
    -------
    DataFrame
        code, indicator (the node), ref_area, activity, time_period, value, unit '', shown, name, column, rank, of,
        reason, period, href; rank_low and rank_high (the ends of the rank's interval), between (these as text).

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> len(score_rows(snapshot("2026-08"), "region")["code"].unique())
    31
    """
    every = [*(pillar.code for pillar in s.catalogue.pillars), OVERALL]
    return _score_rows(s, kind, tuple(nodes or every), root)


@cache
def _score_rows(s: Snapshot, kind: str, nodes: tuple[str, ...], root: str) -> pd.DataFrame:
    result = s.scores[kind]
    parts = []
    for node in nodes:
        values, ranks = result.scores[node], result.ranks[node]
        of = int(values.notna().sum())
        parts.append(
            pd.DataFrame(
                {
                    "code": values.index,
                    "indicator": node,
                    "value": values.to_numpy(float),
                    "column": node_name(s, node),
                    "of": of,
                    "place": [None if is_missing(rank) else int(rank) for rank in ranks],
                    "reason": ["low_coverage" if is_missing(value) else "" for value in values],
                }
            ).join(_ends(s, kind, node), on="code")
        )
    rows = pd.concat(parts, ignore_index=True)
    where = [place(s, code) for code in rows["code"]]
    return rows.assign(
        ref_area=[area for area, _ in where],
        activity=[activity for _, activity in where],
        time_period=s.edition,
        unit="",
        name=[s.name(code, short=True) for code in rows["code"]],
        shown=[s.number(value, decimals=DECIMALS) for value in rows["value"]],
        rank=[
            _ranked(s, *one)
            for one in zip(
                rows["place"], rows["of"], rows["rank_low"], rows["rank_high"], rows["rank_robust"], strict=True
            )
        ],
        between=[
            "" if is_missing(low) else f"{int(low)}–{int(high)}"
            for low, high in zip(rows["rank_low"], rows["rank_high"], strict=True)
        ],
        period=s.period(s.edition, short=True),
        href=[address(kind, code, root) for code in rows["code"]],
    )


def _ends(s: Snapshot, kind: str, node: str) -> pd.DataFrame:
    """Return the ends of the intervals of a node's ranks, by unit."""
    table = s.intervals[kind]
    ends = (
        table.loc[node]
        if node in table.index.get_level_values(0)
        else pd.DataFrame(columns=["low", "high", "robust"], dtype=float)
    )
    return ends[["low", "high", "robust"]].astype(float).add_prefix("rank_")


def _ranked(s: Snapshot, place: float, of: int, low: float, high: float, robust: float) -> str:
    """Say a rank with its interval; in words where it is not robust, or rests on one indicator."""
    if is_missing(place):
        return s.text("missing")
    if is_missing(low):
        return s.text("robustness.rank_single" if of > 1 else "rank.of", rank=int(place), total=of)
    key = "robustness.rank" if robust else "robustness.rank_loose"
    return s.text(key, rank=int(place), total=of, low=int(low), high=int(high))


def node_name(s: Snapshot, node: str) -> str:
    """Return the name of a pillar, or of the overall score.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> node_name(snapshot("2026-08"), "growth"), node_name(snapshot("2026-08"), "overall")
    ('Growth', 'Overall')
    """
    return s.text("label.overall") if node == OVERALL else s.name(node)


def heatmap_of_scores(s: Snapshot, kind: str) -> Exhibit:
    """Show every unit's scores on the four pillars and overall, best first, each a way into its profile.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> heatmap_of_scores(snapshot("2026-08"), "region").id
    'fig-scores-region'
    """
    rows = score_rows(s, kind)
    order = ranked_codes(rows)
    best = [s.name(code, short=True) for code in order[:3]]
    scored = rows[(rows["indicator"] == OVERALL) & rows["value"].notna()]
    title = s.text(f"standing.heat.{kind}" if len(scored) else f"standing.heat.{kind}_partly", best=join(best, s.lang))
    return s.chart(
        f"fig-scores-{kind}",
        vegalite=heatmap(rows, lang=s.lang, order=order),
        data=rows,
        source_ids=score_sources(s, kind),
        title=title,
        alt=s.text("standing.heat.alt", title=title, total=len(order)),
        subtitle=s.text("standing.subtitle", edition=s.period(s.edition)),
        notes=(*said_of_all(s, kind), *score_gaps(s, rows)),
    )


def ranked_codes(rows: pd.DataFrame) -> list[str]:
    """Order units by overall score, those without one by the mean of the pillars they have.

    Examples
    --------
    >>> rows = pd.DataFrame({"code": ["C31", "C36"], "indicator": "overall", "value": [40.0, 60.0]})
    >>> ranked_codes(rows)
    ['C36', 'C31']
    """
    wide = rows.pivot(index="code", columns="indicator", values="value")
    pillars = wide.drop(columns=[OVERALL], errors="ignore").mean(axis=1)
    overall = wide.get(OVERALL, pillars)
    frame = (
        pd.DataFrame({"has": overall.notna(), "overall": overall, "mean": pillars}).rename_axis("unit").reset_index()
    )
    return list(frame.sort_values(["has", "overall", "mean", "unit"], ascending=[False, False, False, True])["unit"])


def score_gaps(s: Snapshot, rows: pd.DataFrame) -> tuple[str, ...]:
    """Say what each score rests on where that is not all of its indicators, and who has no score, and why.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> s = snapshot("2026-08")
    >>> score_gaps(s, score_rows(s, "region").head(0))
    ()
    """
    sentences = []
    kind = "region" if (rows["ref_area"] != "CN").any() else "industry"
    for node, part in rows.groupby("indicator", sort=False):
        sentences += _basis(s, kind, node)
        missing = part[part["value"].isna()]
        names = [s.name(code, short=True) for code in missing["code"]]
        key = "standing.gap_overall" if node == OVERALL else "standing.gap"
        if len(names) == len(part):
            sentences.append(s.text(f"{key}_all", pillar=node_name(s, node)))
        elif names:
            sentences.append(s.text(key, pillar=node_name(s, node), count=len(names), names=some(s, names)))
    return tuple(sentences)


def _basis(s: Snapshot, kind: str, pillar: str) -> list[str]:
    """Name the indicators a pillar's score rests on, where others sit this edition out."""
    in_use = set(s.scores[kind].framework.indicators)
    own = [code for code in weighted(s.catalogue, kind) if s.catalogue.indicators[code].pillar == pillar]
    used, out = [code for code in own if code in in_use], [code for code in own if code not in in_use]
    if not used or not out:
        return []
    names = [join([s.name(code, short=True) for code in codes], s.lang) for codes in (used, out)]
    return [s.text("standing.basis", pillar=node_name(s, pillar), used=names[0], out=names[1], count=len(out))]


def score_sources(s: Snapshot, kind: str, codes: list[str] | None = None, pillar: str = "") -> set[str]:
    """Return the sources of the values that the scores stand on.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> len(score_sources(snapshot("2026-08"), "industry", ["C31"], "growth")) > 0
    True
    """
    scored = set(s.scores[kind].framework.indicators)
    if pillar:
        scored = {code for code in scored if s.catalogue.indicators[code].pillar == pillar}
    column = {"industry": "activity", "region": "ref_area"}[kind]
    units = codes or s.catalogue.units_of(kind)
    frame = s.frame
    used = frame[frame["indicator"].isin(scored) & (frame["status"] == "ok") & frame[column].isin(units)]
    return {source for joined in used["source_ids"].unique() for source in joined.split(";") if source}
