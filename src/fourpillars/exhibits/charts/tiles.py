"""A tile map: the 31 provinces as equal tiles near their places, so that Tibet does not outweigh Shanghai."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from fourpillars.exhibits.brand import load_brand
from fourpillars.exhibits.charts.finish import finish
from fourpillars.exhibits.charts.heatmap import HATCH
from fourpillars.exhibits.charts.picked import PICKED, picked_param
from fourpillars.exhibits.charts.ramp import ramp_colour
from fourpillars.exhibits.charts.rows import drawn, require, tooltip

ROW = 34
NARROW_ROW = 44
_WIDE = 560


def tile_map(
    data: pd.DataFrame,
    *,
    lang: str,
    domain: tuple[float, float] = (0.0, 100.0),
    picked: str = "",
    row_height: int = ROW,
) -> dict[str, Any]:
    """Draw a tile for each province with its name and value, coloured on the diverging ramp.

    Parameters
    ----------
    data : DataFrame
        code, name, value, shown, tile_row, tile_col; `abbreviation` stands for the name where the screen is
        narrow (ISO 3166-2); `href` makes the tile a link; tooltip columns as in `rows`.
    lang : {'en', 'zh'}
    domain : (float, float)
        Values at the two ends of the ramp.
    picked : str
        Code of the province with a frame around it.

    Examples
    --------
    >>> frame = pd.DataFrame({"code": ["110000"], "name": ["Beijing"], "value": [61.2], "shown": ["61.2"],
    ...     "tile_row": [2], "tile_col": [7]})
    >>> tile_map(frame, lang="en")["layer"][0]["mark"]["type"]
    'rect'
    """
    require(data, ("code", "name", "value", "shown", "tile_row", "tile_col"), "tile map")
    brand = load_brand()
    if "abbreviation" not in data.columns:
        data = data.assign(abbreviation=[_abbreviation(code, lang) for code in data["code"]])
    place = {
        "x": alt.X("tile_col:O", axis=_no_axis(), scale=alt.Scale(paddingInner=0.04)),
        "y": alt.Y("tile_row:O", axis=_no_axis(), scale=alt.Scale(paddingInner=0.04)),
        "tooltip": tooltip(data, lang),
    }
    if "href" in data.columns:
        place["href"] = "href:N"
    base = drawn(data, "value", "tile_row", "tile_col", "abbreviation").encode(**place)
    name = alt.expr(f"width < {_WIDE} ? datum.abbreviation : datum.name")
    missing = base.transform_filter("!isValid(datum.value)")
    layers = [
        base.mark_rect(cornerRadius=3).encode(color=ramp_colour("value", domain, brand)),
        missing.mark_rect(cornerRadius=3, fill=brand.colours["veil"]),
        missing.mark_point(shape=HATCH, size=500, strokeWidth=1, stroke=brand.colours["mist"], opacity=1),
        base.transform_filter(f"datum.code === {PICKED}").mark_rect(
            fillOpacity=0, stroke=brand.accent, strokeWidth=3, cornerRadius=3
        ),
        base.mark_text(dy=-7, fontSize=10.5, text=name),
        base.mark_text(dy=7, fontSize=alt.expr(f"width < {_WIDE} ? 11 : 13"), fontWeight=600).encode(text="shown:N"),
    ]
    chart = alt.layer(*layers)
    rows = int(data["tile_row"].max() - data["tile_row"].min() + 1)
    return finish(
        chart, params=[picked_param(data, picked, lang)], height=row_height * rows, narrow={"height": NARROW_ROW * rows}
    )


def _abbreviation(code: str, lang: str) -> str:
    """Return two letters of ISO 3166-2 for a Latin name; a Chinese one is short."""
    from fourpillars.catalogue import load_catalogue

    area = load_catalogue().ref_areas.loc[code]
    return area["iso_3166_2"][-2:] if lang == "en" else area["name_zh"]


def _no_axis() -> alt.Axis:
    return alt.Axis(labels=False, ticks=False, domain=False, title="")
