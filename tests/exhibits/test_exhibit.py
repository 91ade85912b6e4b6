from __future__ import annotations

import json

import pandas as pd
import pytest

from fourpillars.errors import FourPillarsError
from fourpillars.exhibits.exhibit import DATA_COLUMNS, MIME, Exhibit, chart, prose, table
from fourpillars.exhibits.live import VEGA
from fourpillars.exhibits.show import outputs_of

CHART = {
    "mark": "point",
    "data": {"values": [{"a": 1}]},
    "encoding": {"x": {"field": "a", "type": "quantitative"}},
}
DATA = pd.DataFrame(
    {
        "activity": ["C31", "C39"],
        "time_period": ["2026-08", "2026-07"],
        "value": [1.0, float("nan")],
        "shown": ["+1.0%", "–"],
        "source_ids": ["S2;S1", None],
    }
)
SOURCES = pd.DataFrame(
    {
        "publisher": "Xinhua News Agency, reporting NBS",
        "title": ["One", "Two"],
        "published": "2026-09-01",
        "vintage": "",
    },
    index=["S1", "S2"],
)


def growth() -> Exhibit:
    return chart(
        "fig-growth", vegalite=CHART, title="Steel <b>grew</b>", subtitle="Growth, %", alt="Steel grew.",
        lang="en", data=DATA, sources=SOURCES, notes=["Electronics: no data.", ""],
    )  # fmt: skip


def test_sources_and_periods_come_from_the_data() -> None:
    exhibit = growth()
    assert exhibit.sources == ("S1", "S2")
    assert exhibit.source_line.startswith("Xinhua News Agency")
    assert exhibit.periods == ("2026-07", "2026-08")
    assert exhibit.notes == ("Electronics: no data.",)
    assert tuple(exhibit.data.columns) == DATA_COLUMNS


def test_the_bundle_holds_all_of_it_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOURPILLARS_STATIC", "1")
    bundle = growth()._repr_mimebundle_()
    assert set(bundle) == {"text/html", MIME, "text/plain"}
    assert bundle["text/plain"] == "Steel <b>grew</b>"
    held = json.loads(json.dumps(bundle[MIME], allow_nan=False))
    listed = "id kind title subtitle alt sources source_line periods notes lang data vegalite"
    assert set(held) == set(listed.split())
    missing = {"activity": "C39", "time_period": "2026-07", "value": None, "shown": "–"}
    assert held["data"][1] == {"indicator": "", "ref_area": "", "unit": ""} | missing


def test_the_executor_of_editions_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOURPILLARS_STATIC", "1")
    assert "<svg" not in growth()._repr_mimebundle_()["text/html"]


def test_a_notebook_shows_a_picture_and_escapes_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOURPILLARS_STATIC", raising=False)
    html = growth()._repr_mimebundle_()["text/html"]
    assert "<svg" in html
    assert "Steel &lt;b&gt;grew&lt;/b&gt;" in html
    assert "Source: Xinhua" in html


def test_a_kernel_shows_a_chart_alive_between_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOURPILLARS_STATIC", raising=False)
    linked = {**CHART, "encoding": {**CHART["encoding"], "href": {"value": "industry/C31.html"}}}
    shown = chart("fig-a", vegalite=linked, title="A", alt="It <i>grew</i>.", lang="en", data=DATA, sources=SOURCES)
    head, picture, foot = [output["data"] for output in outputs_of(shown)]
    assert "<figcaption><strong>A</strong>" in head["text/html"]
    assert picture[VEGA]["$schema"].endswith("vega/v5.json")
    assert picture[VEGA]["description"] == "It <i>grew</i>."
    assert picture["image/svg+xml"].startswith("<svg")
    assert "C31.html" not in json.dumps(picture)
    assert "Source: Xinhua" in foot["text/html"]


def test_tables_and_texts() -> None:
    shown = table("tbl-a", table_html="<table></table>", title="A", lang="zh")
    assert "<table></table>" in shown._repr_mimebundle_()["text/html"]
    said = prose("txt-a", markdown="**Yes**", title="A", lang="en")._repr_mimebundle_()
    assert said["text/markdown"] == "**Yes**"


@pytest.mark.parametrize("name", ["growth", "fig-Growth", "tbl-growth", "fig-", "fig-a b"])
def test_an_id_that_does_not_suit_is_refused(name: str) -> None:
    with pytest.raises(FourPillarsError, match="does not suit a chart"):
        chart(name, vegalite=CHART, title="A", alt="A", lang="en")


def test_a_chart_without_alt_text_is_refused() -> None:
    with pytest.raises(FourPillarsError, match="no alt text"):
        chart("fig-a", vegalite=CHART, title="A", lang="en")
