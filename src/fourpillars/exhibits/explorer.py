"""The analyst's panel: pickers on top, then the chart, its table, and the code that makes them again."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from fourpillars.errors import FourPillarsError
from fourpillars.exhibits import explore, ranking
from fourpillars.exhibits.show import figure_html
from fourpillars.indicators.frame import KINDS

if TYPE_CHECKING:
    from fourpillars.exhibits.exhibit import Exhibit
    from fourpillars.exhibits.snapshot import Snapshot

FIRST_YEAR = 2015
_WIDE = {"description_width": "80px"}


class Explorer(widgets.VBox):
    """Choose, and see.

    Attributes
    ----------
    exhibit : Exhibit or None
        What is shown: its `data` is a frame to go on from. None where there is nothing to show.
    code : str
        The two lines that make it again.
    """

    exhibit: Exhibit | None = None
    code: str = ""

    def __init__(self, s: Snapshot, **layout: Any) -> None:
        self._s, self._busy = s, False
        self._chosen: dict[str, list[str]] = {}
        self.kind = self._toggle("kind", [(s.text(f"kind.{kind}"), kind) for kind in KINDS])
        self.pillar = self._toggle("pillar", [(s.name(pillar.code), pillar.code) for pillar in s.catalogue.pillars])
        self.indicator = widgets.Dropdown(description=s.text("label.indicator"), style=_WIDE, layout={"width": "410px"})
        self.search = widgets.Text(
            description=s.text("explore.search"), placeholder=s.text("explore.search_hint"), style=_WIDE
        )
        self.units = widgets.SelectMultiple(
            description=s.text("explore.units"), rows=8, style=_WIDE, layout={"width": "410px"}
        )
        self.since = self._dropdown(
            "since", [(str(year), f"{year}-01") for year in range(FIRST_YEAR, int(s.edition[:4]) + 1)]
        )
        self.chart = self._toggle("chart", [(s.text(f"explore.as.{how}"), how) for how in ("lines", "ranking")])
        self.since.value = explore.SINCE
        self.picture, self.figures, self.source = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._fill()
        self._watch()
        what = widgets.VBox([self.kind, self.pillar, self.indicator, self.since, self.chart])
        who = widgets.VBox([self.search, self.units])
        pickers = widgets.HBox([what, who], layout={"flex_flow": "row wrap"})
        super().__init__([pickers, self.picture, self.source, self.figures], **layout)
        self._show()

    def _toggle(self, word: str, options: list[tuple[str, str]]) -> widgets.ToggleButtons:
        return widgets.ToggleButtons(
            description=self._s.text(f"explore.{word}"),
            options=options,
            style={**_WIDE, "button_width": "auto"},
        )

    def _dropdown(self, word: str, options: list[tuple[str, str]]) -> widgets.Dropdown:
        return widgets.Dropdown(description=self._s.text(f"explore.{word}"), options=options, style=_WIDE)

    def _watch(self) -> None:
        for picker, then in (
            (self.kind, self._fill),
            (self.pillar, self._fill_indicators),
            (self.search, self._fill_units),
            (self.units, self._keep_units),
            (self.indicator, None),
            (self.since, None),
            (self.chart, None),
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
        self.chart.disabled = self.units.disabled = self.search.disabled = self.kind.value == "nation"

    def _fill_indicators(self) -> None:
        """Offer the pillar's indicators for the kind; the one chosen stays where it is among them."""
        s, before = self._s, self.indicator.value
        codes = explore.indicators_of(s, self.kind.value, self.pillar.value)
        self.indicator.options = [(s.name(code), code) for code in codes]
        self.indicator.value = before if before in codes else codes[0]

    def _fill_units(self) -> None:
        """Offer the units that the search finds, and those chosen."""
        s, wanted = self._s, self.search.value.strip().casefold()
        chosen = self._chosen.setdefault(self.kind.value, explore.suggested(s, self.kind.value))
        self.units.options = [
            (f"{s.name(code)} ({code})", code)
            for code in s.catalogue.units_of(self.kind.value)
            if code in chosen or any(wanted in name.casefold() for name in self._names(code))
        ]
        self.units.value = tuple(chosen)

    def _names(self, code: str) -> tuple[str, ...]:
        return code, self._s.name(code), self._s.name(code, short=True)

    def _keep_units(self) -> None:
        self._chosen[self.kind.value] = list(self.units.value)

    def _show(self) -> None:
        try:
            self.exhibit, listed = self._answer()
            self.picture.value = (
                figure_html(self.exhibit) if self.exhibit.kind != "text" else _sentence(self.exhibit.title)
            )
            self.figures.value = figure_html(listed)
            self.source.value = _code(self._s.text("explore.again"), self.code)
        except FourPillarsError as error:
            self.exhibit, self.code = None, ""
            self.picture.value, self.figures.value, self.source.value = _sentence(str(error)), "", ""

    def _answer(self) -> tuple[Exhibit, Exhibit]:
        """Make the chart and its table, and note the code."""
        s, kind, code = self._s, self.kind.value, self.indicator.value
        units, since = list(self.units.value), self.since.value
        open_it = f'import fourpillars.exhibits as fp; s = fp.snapshot("{s.edition}", "{s.lang}")\n'
        if self.chart.value == "ranking" and kind != "nation":
            picked = units[0] if units else ""
            self.code = f'{open_it}fp.ranking.indicator(s, "{kind}", "{code}", picked="{picked}")'
            return ranking.indicator(s, kind, code, picked), explore.ranked(s, code, kind)
        listed = ", ".join(f'"{unit}"' for unit in units)
        self.code = f'{open_it}fp.explore.lines(s, "{code}", "{kind}", [{listed}], since="{since}")'
        return explore.lines(s, code, kind, units, since), explore.table(s, code, kind, units, since)


def _sentence(text: str) -> str:
    return f'<p class="fp-said">{escape(text)}</p>'


def _code(heading: str, code: str) -> str:
    return f'<p>{escape(heading)}</p><pre class="fp-code">{escape(code)}</pre>'
