"""The provinces on tiles: their scores, pillar by pillar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.charts.tiles import tile_map
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.intervals import said_of_all
from fourpillars.exhibits.language import join
from fourpillars.exhibits.standing import node_name, score_gaps, score_rows, score_sources

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot


def scores_map(s: Snapshot, node: str) -> Exhibit:
    """Draw the 31 provinces in the colour of their score on a pillar (or 'overall'), each a way into its profile.

    Parameters
    ----------
    node : {'stability', 'expansion', 'innovation', 'growth', 'overall'}

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> scores_map(snapshot("2026-08"), "stability").id
    'fig-map-stability'
    """
    rows = score_rows(s, "region", [node])
    best = rows.dropna(subset=["value"]).sort_values(["value", "code"], ascending=[False, True])["name"].head(3)
    name = node_name(s, node)
    title = (
        s.text("regions.title", pillar=name, best=join(list(best), s.lang))
        if len(best)
        else s.text("regions.none", pillar=name)
    )
    return s.chart(
        f"fig-map-{node}",
        vegalite=tile_map(_placed(s, rows), lang=s.lang),
        data=rows,
        source_ids=score_sources(s, "region", pillar="" if node == "overall" else node),
        title=title,
        subtitle=s.text("regions.subtitle", pillar=name, edition=s.period(s.edition)),
        alt=s.text("regions.alt", title=title),
        notes=(*said_of_all(s, "region", [node]), *score_gaps(s, rows)),
    )


def _placed(s: Snapshot, rows: pd.DataFrame) -> pd.DataFrame:
    areas = s.catalogue.ref_areas.loc[rows["code"]]
    short = areas["iso_3166_2"].str.removeprefix("CN-") if s.lang == "en" else areas["name_zh"]
    return rows.assign(
        tile_row=areas["tile_row"].astype(int).to_numpy(),
        tile_col=areas["tile_col"].astype(int).to_numpy(),
        abbreviation=short.to_numpy(),
    )
