"""The brand as a Vega-Lite configuration, for our charts and for an analyst's own."""

from __future__ import annotations

from typing import Any

from fourpillars.exhibits.brand import Brand, load_brand

TEXT_SIZE = 12


def chart_config(brand: Brand | None = None) -> dict[str, Any]:
    """Return the `config` of a chart: type, colours, quiet axes, a legend only where one is asked for.

    Examples
    --------
    >>> chart_config()["font"]
    'Inter, Noto Sans SC, sans-serif'
    """
    brand = brand or load_brand()
    ink, slate, rule = (brand.colours[name] for name in ("ink", "slate", "rule"))
    words = {
        "labelFontSize": TEXT_SIZE,
        "titleFontSize": TEXT_SIZE,
        "labelColor": slate,
        "titleColor": slate,
        "titleFontWeight": 400,
    }
    return {
        "background": "transparent",
        "font": brand.font,
        "aria": False,  # the figure around the chart carries its text, and a table its data
        "view": {"stroke": "transparent"},
        "axis": words
        | {
            "gridColor": rule,
            "domainColor": rule,
            "tickColor": rule,
            "labelPadding": 6,
            "titlePadding": 8,
            "labelLimit": 220,
        },
        "axisQuantitative": {"domain": False, "ticks": False},
        "axisTop": {"labelAngle": 0},
        "axisBand": {"grid": False, "domain": False, "ticks": False},
        "axisPoint": {"grid": False, "domain": False, "ticks": False},
        "legend": words | {"disable": True, "orient": "top", "symbolType": "circle"},
        "header": words | {"labelColor": ink, "labelFontWeight": 600, "labelAnchor": "start", "labelPadding": 4},
        "text": {"fontSize": TEXT_SIZE, "fill": ink},
        "mark": {"color": brand.accent},
        "range": {"category": [brand.accent, *brand.pillars.values()], "diverging": list(brand.ramp)},
    }


def enable(brand: Brand | None = None) -> None:
    """Make the look the default of every Altair chart of this session: for the analyst's own charts."""
    import altair as alt

    config = chart_config(brand)
    config["legend"].pop("disable")
    alt.theme.register("fourpillars", enable=True)(lambda: alt.theme.ThemeConfig({"config": config}))
