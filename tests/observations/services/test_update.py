"""`fourpillars data update`: what is new is fetched; revisions are shown, asked for, and kept."""

from __future__ import annotations

import json

import pytest

from fourpillars.cli import main
from fourpillars.errors import FourPillarsError
from fourpillars.observations import check, load_observations
from fourpillars.observations.services.settings import read_services
from fourpillars.observations.vintages.journal import read_journal

SETTINGS = """
attempts: 1
interval: 0
services:
  - name: away
    kind: world_bank
    publisher: Nobody
    indicators: [X]
    address: http://127.0.0.1:9
  - name: growth
    kind: world_bank
    publisher: Test Bank
    indicators: [IND.GROWTH]
    address: {url}
    answers:
      names: {{measure: {{IND.GROWTH: gdp_growth}}}}
      values: {{activity: _T, unit: "%"}}
"""


def answer(*pairs: tuple[str, float]) -> list:
    country = {"country": {"id": "CN", "value": "China"}, "countryiso3code": "CHN"}
    rows = [country | {"indicator": {"id": "IND.GROWTH", "value": "Growth"}, "date": d, "value": v} for d, v in pairs]
    return [{"page": 1, "pages": 1}, rows]


def run(project, capsys, *options: str) -> tuple[int, list[dict]]:
    capsys.readouterr()
    code = 0
    try:
        main(["data", "update", "--project", str(project.root), "--json", "--fresh", *options])
    except SystemExit as error:
        code = int(error.code or 0)
    return code, json.loads(capsys.readouterr().out or "[]")


def growth(project) -> dict[str, float]:
    table = load_observations(project).table
    part = table[table["measure"] == "gdp_growth"]
    return dict(zip(part["time_period"].astype(str), part["obs_value"], strict=True))


def test_what_is_new_is_taken_and_what_differs_is_kept_twice(server, project, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    url = server.will({"body": answer(("2024", 5.0))})
    (project.data / "services.yml").write_text(SETTINGS.format(url=url), encoding="utf-8")

    code, told = run(project, capsys, "--yes")
    assert code == 1  # one source is away; the other is taken all the same
    assert "did not answer" in told[0]["error"]
    assert growth(project) == {"2024": 5.0}

    server.will({"body": answer(("2024", 5.1), ("2025", 4.9))})
    code, told = run(project, capsys, "growth", "--yes")
    assert (code, growth(project)) == (3, {"2024": 5.0})
    assert "5 → 5.1" in told[0]["error"]

    code, told = run(project, capsys, "growth", "--yes", "--revise")
    assert (code, growth(project)) == (0, {"2024": 5.1, "2025": 4.9})
    assert [(one.old_value, one.new_value) for one in read_journal(project)] == [("5", "5.1")]
    assert check(project) == []
    assert run(project, capsys, "growth")[1][0]["new"] == 0
    assert run(project, capsys, "groth")[0] == 2


def test_sources_are_checked_before_they_are_asked(project):
    for text, named in (
        ("services: [{name: a, kind: oracle, publisher: b}]", "kind"),
        ("services: [{name: a, kind: sql, publisher: b, query: x, url_env: y, password: z}]", "password"),
        ("services: {", "cannot be read"),
        ("attempts: 99", "attempts"),
    ):
        (project.data / "services.yml").write_text(text, encoding="utf-8")
        with pytest.raises(FourPillarsError, match=named):
            read_services(project)
