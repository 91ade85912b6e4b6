"""The analyst's panel: pickers on top, then the chart, what can be taken away, and its table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets
import pandas as pd

from fourpillars.errors import FourPillarsError
from fourpillars.exhibits import explore, ranking
from fourpillars.exhibits.explore_panel import code_of
from fourpillars.exhibits.explore_rows import AGAINST, SINCE
from fourpillars.exhibits.explore_take import take_html
from fourpillars.exhibits.show import SVG, figure_html, outputs_of
from fourpillars.indicators.frame import KINDS

if TYPE_CHECKING:
    from fourpillars.exhibits.exhibit import Exhibit
    from fourpillars.exhibits.snapshots import Snapshot

FIRST = "2015-01"
_WIDE = {"description_width": "90px"}
_LIST = {"width": "430px"}
_LABEL = {"width": "90px", "margin": "2px 4px 2px 2px", "justify_content": "flex-end"}


class Explorer(widgets.VBox):
    """Choose, and see.

    Attributes
    ----------
    exhibit : Exhibit or None
        What is shown: chart, alt text, sources, and its `data` by code. None where there is nothing to show.
    frame : DataFrame
        The same figures, a row a period and a column a unit, by name; empty where there is nothing to show.
    code : str
        The lines that make it again.
    """

    exhibit: Exhibit | None = None
    code: str = ""

    def __init__(self, s: Snapshot, **layout: Any) -> None:
        self._s, self._busy = s, False
        self._frame: Callable[[], pd.DataFrame] = pd.DataFrame
        self._chosen: dict[str, list[str]] = {}
        self.kind = _toggle([(s.text(f"kind.{kind}"), kind) for kind in KINDS])
        self.pillar = _toggle([(s.name(pillar.code), pillar.code) for pillar in s.catalogue.pillars])
        self.indicator = widgets.Dropdown(description=s.text("label.indicator"), style=_WIDE, layout=_LIST)
        self.search = widgets.Text(
            description=s.text("explore.search"), placeholder=s.text("explore.search_hint"), style=_WIDE, layout=_LIST
        )
        self.units = widgets.SelectMultiple(description=s.text("explore.units"), rows=8, style=_WIDE, layout=_LIST)
        self.between = self._months()
        self.against = _toggle([(s.text(f"explore.against.{how}"), how) for how in AGAINST])
        self.chart = _toggle([(s.text(f"explore.as.{how}"), how) for how in ("lines", "ranking")])
        self.picture, self.take, self.figures = widgets.Output(), widgets.HTML(), widgets.HTML()
        self._fill()
        self._watch()
        what = widgets.VBox([
            self._beside("kind", self.kind), self._beside("pillar", self.pillar), self.indicator, self.between,
            self._beside("compare", self.against), self._beside("chart", self.chart),
        ])  # fmt: skip
        hint = widgets.Label(s.text("explore.several"), layout={"margin": "0 0 0 98px"})
        who = widgets.VBox([self.search, self.units, hint])
        pickers = widgets.HBox([what, who], layout={"flex_flow": "row wrap"})
        super().__init__([pickers, self.picture, self.take, self.figures], **layout)
        self._show()

    def _beside(self, word: str, picker: widgets.ToggleButtons) -> widgets.HBox:
        """Put a row of buttons beside its label, as the other pickers stand: its own would stand above it."""
        label = widgets.Label(self._s.text(f"explore.{word}"), layout=_LABEL)
        return widgets.HBox([label, picker])

    def _months(self) -> widgets.SelectionRangeSlider:
        """Offer every month from the first to the edition's; what is chosen stands beside the slider."""
        months = [str(month) for month in pd.period_range(FIRST, self._s.edition, freq="M")]
        return widgets.SelectionRangeSlider(
            description=self._s.text("label.period"),
            options=[(self._s.period(month, short=True), month) for month in months],
            value=(min(SINCE, months[-1]), months[-1]),
            continuous_update=False,
            style=_WIDE,
            layout=_LIST,
        )

    def _watch(self) -> None:
        for picker, then in (
            (self.kind, self._fill),
            (self.pillar, self._fill_indicators),
            (self.search, self._fill_units),
            (self.units, self._keep_units),
            (self.indicator, None),
            (self.between, None),
            (self.against, None),
            (self.chart, self._allow),
        ):
            picker.observe(self._on(then), names="value")

    def _on(self, then: Callable[[], None] | None) -> Callable[[Any], None]:
        def changed(_: Any) -> None:
            if self._busy:  # a picker filled by another one: the first change shows it all
                return
            self._busy = True
            try:
                if then:
                    then()
            finally:
                self._busy = False
            self._show()

        return changed

    def _fill(self) -> None:
        self.search.value = ""
        self._fill_indicators()
        self._fill_units()
        self._allow()

    def _allow(self) -> None:
        """Let only those pickers be used that change what is shown."""
        whole = self.kind.value == "nation"
        self.chart.disabled = self.units.disabled = self.search.disabled = whole
        self.against.disabled = whole or self._ranks
        self.between.disabled = self._ranks

    def _fill_indicators(self) -> None:
        """Offer the pillar's indicators for the kind; the one chosen stays where it is among them."""
        s, before = self._s, self.indicator.value
        codes = explore.indicators_of(s, self.kind.value, self.pillar.value)
        self.indicator.options = [(s.name(code), code) for code in codes]
        self.indicator.value = before if before in codes else next(iter(codes), None)

    def _fill_units(self) -> None:
        """Offer the units that the search finds, and those chosen."""
        s, wanted = self._s, self.search.value.strip().casefold()
        chosen = self._chosen.setdefault(self.kind.value, explore.suggested(s, self.kind.value))
        self.units.options = [
            (f"{s.name(code, short=True)} ({code})", code)
            for code in s.catalogue.units_of(self.kind.value)
            if code in chosen or any(wanted in name.casefold() for name in self._names(code))
        ]
        self.units.value = tuple(chosen)

    def _names(self, code: str) -> tuple[str, ...]:
        return code, self._s.name(code), self._s.name(code, short=True)

    def _keep_units(self) -> None:
        self._chosen[self.kind.value] = list(self.units.value)

    @property
    def _ranks(self) -> bool:
        return self.chart.value == "ranking" and self.kind.value != "nation"

    @property
    def frame(self) -> pd.DataFrame:
        """The figures shown, by name."""
        return self._frame()

    def _show(self) -> None:
        try:
            self.exhibit, listed = self._answer()
        except FourPillarsError as error:
            self.exhibit, self._frame, self.code = None, pd.DataFrame, ""
            self.picture.outputs, self.take.value, self.figures.value = _said(str(error)), "", ""
            return
        alive = self.exhibit.kind == "chart"
        outputs = tuple(outputs_of(self.exhibit)) if alive else _said(self.exhibit.title)
        self.picture.outputs = outputs
        self.take.value = take_html(self._s, self.exhibit, self.code, outputs[1]["data"][SVG] if alive else "")
        self.figures.value = figure_html(listed)

    def _answer(self) -> tuple[Exhibit, Exhibit]:
        """Make the chart and its table, and note the frame and the code."""
        s, kind, code = self._s, self.kind.value, self.indicator.value
        if code is None:
            raise FourPillarsError(s.text("explore.no_indicator", pillar=s.name(self.pillar.value)))
        units = list(self.units.value)
        if self._ranks:
            picked = units[0] if units else ""
            self.code = code_of(s, f'fp.ranking.indicator(s, "{kind}", "{code}", picked="{picked}")')
            self._frame = partial(explore.frame, s, code, kind)
            return ranking.indicator(s, kind, code, picked), explore.ranked(s, code, kind)
        listed = ", ".join(f'"{unit}"' for unit in units)
        since, until = self.between.value
        how = {"since": since, "until": until if until != s.edition else "", "against": self._against}
        said = "".join(f', {name}="{value}"' for name, value in how.items() if value not in ("", "nothing"))
        self.code = code_of(s, f'fp.explore.lines(s, "{code}", "{kind}", [{listed}]{said})')
        self._frame = partial(explore.frame, s, code, kind, units, **how)
        return explore.lines(s, code, kind, units, **how), explore.table(s, code, kind, units, **how)

    @property
    def _against(self) -> str:
        return "nothing" if self.kind.value == "nation" else self.against.value


def _said(sentence: str) -> tuple[dict[str, Any], ...]:
    """Return a sentence as the only output, in the place of a chart."""
    html = f'<p class="fp-said">{escape(sentence)}</p>'
    data = {"text/html": html, "text/plain": sentence}
    return ({"output_type": "display_data", "data": data, "metadata": {}},)


def _toggle(options: list[tuple[str, str]]) -> widgets.ToggleButtons:
    return widgets.ToggleButtons(options=options, style={"button_width": "auto"}, layout={"width": "auto"})
