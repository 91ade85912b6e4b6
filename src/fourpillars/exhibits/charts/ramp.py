"""The diverging ramp: the ground of a cell for its value, in charts and in tables alike."""

from __future__ import annotations

import altair as alt
import numpy as np

from fourpillars.exhibits.brand import Brand


def ground(share: float, brand: Brand) -> str:
    """Return the ramp's colour at a share of its length, from 0 (low) to 1 (high), limits held.

    Examples
    --------
    >>> from fourpillars.exhibits.brand import load_brand
    >>> brand = load_brand()
    >>> ground(0.5, brand) == brand.ramp[3], ground(2, brand) == brand.ramp[-1]
    (True, True)
    """
    place = min(max(share, 0.0), 1.0) * (len(brand.ramp) - 1)
    left = min(int(place), len(brand.ramp) - 2)
    parts = zip(_rgb(brand.ramp[left]), _rgb(brand.ramp[left + 1]), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * (place - left)):02x}" for low, high in parts)


def ramp_colour(field: str, domain: tuple[float, float], brand: Brand) -> alt.Color:
    """Return the colour of cells that have a value; Vega-Lite leaves the others out."""
    stops = [float(stop) for stop in np.linspace(*domain, len(brand.ramp))]
    scale = alt.Scale(domain=stops, range=list(brand.ramp), clamp=True, interpolate="rgb")
    return alt.Color(f"{field}:Q", scale=scale)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
