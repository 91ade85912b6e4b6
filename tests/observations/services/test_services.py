"""Each kind of source, against a server that answers as the real one does; and answers in a form of their own."""

from __future__ import annotations

import sqlite3
import sys
import time
import types

import pandas as pd
import pytest

from fourpillars.observations.services.akshare import AKShare
from fourpillars.observations.services.client import ServiceError
from fourpillars.observations.services.dbnomics import DBnomics
from fourpillars.observations.services.nbs import NBS
from fourpillars.observations.services.sdmx_service import SDMX
from fourpillars.observations.services.sql import SQL
from fourpillars.observations.services.worldbank import WorldBank

SAID = {"name": "test", "publisher": "Test"}
SERIES = {
    "provider_code": "NBS", "dataset_code": "M_A0201", "series_code": "A020101", "dimensions": {"freq": "M"},
    "period": ["2026-07", "2026-08"], "value": [5.7, "NA"],
}  # fmt: skip
EASYQUERY = {
    "returncode": 200,
    "returndata": {
        "datanodes": [
            {"code": "zb.A_reg.440000_sj.202608", "data": {"data": 5.2, "strdata": "5.2", "hasdata": True},
             "wds": [{"wdcode": "zb", "valuecode": "A"}, {"wdcode": "reg", "valuecode": "440000"},
                     {"wdcode": "sj", "valuecode": "202608"}]},
            {"code": "zb.A_reg.440000_sj.202609", "data": {"data": 0, "strdata": "", "hasdata": False},
             "wds": [{"wdcode": "zb", "valuecode": "A"}, {"wdcode": "sj", "valuecode": "202609"}]},
        ],
        "wdnodes": [
            {"wdcode": "zb", "nodes": [{"cname": "工业增加值_同比增长", "code": "A", "unit": "%"}]},
            {"wdcode": "reg", "nodes": [{"cname": "广东省", "code": "440000"}]},
            {"wdcode": "sj", "nodes": [{"cname": "2026年8月", "code": "202608"}]},
        ],
    },
}  # fmt: skip
BANK = [
    {"page": 1, "pages": 2, "per_page": 1, "total": 2},
    [{"indicator": {"id": "NV.IND", "value": "Industry"}, "country": {"id": "CN", "value": "China"},
      "countryiso3code": "CHN", "date": "2025", "value": 36.5, "unit": "", "obs_status": "", "decimal": 1}],
]  # fmt: skip


def test_dbnomics_gives_series_page_by_page(server, client):
    url = server.will({"series": {"docs": [SERIES], "num_found": 2}}, {"series": {"docs": [SERIES], "num_found": 2}})
    (sheet,) = DBnomics(kind="dbnomics", series=["NBS/M_A0201/A020101"], address=url, **SAID).fetch(client())
    assert sheet.rows[:3] == [
        ["series", "freq", "time_period", "value"],
        ["NBS/M_A0201/A020101", "M", "2026-07", "5.7"],
        ["NBS/M_A0201/A020101", "M", "2026-08", ""],
    ]
    assert [asked[1]["offset"] for asked in server.asked] == [["0"], ["1"]]


def test_the_bureaus_service_gives_names_units_and_periods(server, client):
    service = NBS(
        kind="nbs", database="fsyd", indicators=["A"], regions=["440000"], address=server.will(EASYQUERY), **SAID
    )
    (sheet,) = service.fetch(client())
    assert sheet.rows == [["指标", "地区", "时间", "单位", "数值"],
                          ["工业增加值_同比增长", "广东省", "2026年8月", "%", "5.2"]]  # fmt: skip
    assert '"440000"' in server.asked[0][1]["wds"][0]


def test_the_world_bank_gives_all_pages(server, client):
    url = server.will(BANK, [BANK[0] | {"page": 2}, [BANK[1][0] | {"date": "2024", "value": None}]])
    (sheet,) = WorldBank(kind="world_bank", indicators=["NV.IND"], address=url, **SAID).fetch(client())
    assert sheet.rows == [["indicator", "ref_area", "time_period", "value"], ["NV.IND", "CHN", "2025", "36.5"],
                          ["NV.IND", "CHN", "2024", ""]]  # fmt: skip


@pytest.mark.parametrize("format_", ["sdmx-ml", "sdmx-ml-specific", "sdmx-csv"])
def test_an_sdmx_service_gives_its_message(server, client, corpus, lists, tmp_path, monkeypatch, format_):
    file = next(corpus.make(n, lists) for n in range(200) if corpus.make(n, lists).format == format_)
    url = server.will({"body": corpus.save(file, tmp_path).read_bytes()})
    monkeypatch.setenv("A_KEY", "word")
    service = SDMX(
        kind="sdmx", address=url, flow="TEST,DF", key="M.CN", params={"startPeriod": "2024"}, key_env="A_KEY", **SAID
    )
    (sheet,) = service.fetch(client())
    assert "OBS_VALUE" in sheet.rows[0]
    path, query, headers = server.asked[0]
    assert (path, query) == ("/data/TEST,DF/M.CN", {"startPeriod": ["2024"]})
    assert headers["Ocp-Apim-Subscription-Key"] == "word"


OTHERS = {"a list": [], "an error": {"error": "x"}, "nothing": None, "a number": 5, "half": {"series": {"docs": [{}]}}}


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("kind", ["dbnomics", "nbs", "world_bank"])
def test_an_answer_in_a_form_of_its_own_is_named(server, client, kind, other):
    url = server.will({"body": OTHERS[other]})
    service = {
        "dbnomics": lambda: DBnomics(kind=kind, series=["A/B/C"], address=url, **SAID),
        "nbs": lambda: NBS(kind=kind, database="hgyd", indicators=["A"], address=url, **SAID),
        "world_bank": lambda: WorldBank(kind=kind, indicators=["A"], address=url, **SAID),
    }[kind]()
    with pytest.raises(ServiceError):
        service.fetch(client())


@pytest.mark.parametrize("body", [b"<html><body>maintenance</body></html>", b"<a/>", b"<mes:Generic", b""])
def test_an_answer_that_is_no_sdmx_message_is_named_and_asked_anew(server, client, body):
    url = server.will({"body": body})
    asks = client()
    for _ in range(2):
        with pytest.raises(ServiceError, match="test: the answer"):
            SDMX(kind="sdmx", address=url, flow="F", **SAID).fetch(asks)
    assert len(server.asked) == 2


def test_a_database_gives_a_query_and_keeps_its_rows(client, tmp_path, monkeypatch):
    path = tmp_path / "statistics.db"
    with sqlite3.connect(path) as database:
        database.execute("create table figures (region text, period text, value real)")
        database.execute("insert into figures values ('河北', '2026-08', 5.2), ('山西', '2026-08', null)")
    monkeypatch.setenv("STATISTICS_URL", f"sqlite:///{path}")
    query = "select region, period, value from figures order by value desc"
    (sheet,) = SQL(kind="sql", url_env="STATISTICS_URL", query=query, **SAID).fetch(client())
    assert sheet.rows == [["region", "period", "value"], ["河北", "2026-08", "5.2"], ["山西", "2026-08", ""]]
    for query, named in (("delete from figures", "gives no rows"), ("select nothing", "the database refused")):
        with pytest.raises(ServiceError, match=named):
            SQL(kind="sql", url_env="STATISTICS_URL", query=query, **SAID).fetch(client())
    with sqlite3.connect(path) as database:
        assert database.execute("select count(*) from figures").fetchone() == (2,)
    monkeypatch.setenv("STATISTICS_URL", "postgresql://user:s3cret-word@127.0.0.1:9/x")
    with pytest.raises(ServiceError) as refused:
        SQL(kind="sql", url_env="STATISTICS_URL", query=query, **SAID).fetch(client())
    assert "s3cret-word" not in str(refused.value)


def test_akshare_is_asked_where_it_is_installed(client, monkeypatch):
    monkeypatch.setitem(sys.modules, "akshare", None)
    with pytest.raises(ServiceError, match="AKShare is not installed"):
        AKShare(kind="akshare", function="macro_china_gyzjz", **SAID).fetch(client())
    table = pd.DataFrame({"月份": ["2026年08月份"], "同比增长": [5.2], "累计增长": [None]})
    library = types.SimpleNamespace(
        macro_china_gyzjz=lambda: table, broken=lambda: 1 / 0, slow=lambda: time.sleep(1), text=lambda: "x"
    )
    monkeypatch.setitem(sys.modules, "akshare", library)
    (sheet,) = AKShare(kind="akshare", function="macro_china_gyzjz", **SAID).fetch(client())
    assert sheet.rows == [["月份", "同比增长", "累计增长"], ["2026年08月份", "5.2", ""]]
    for name, named in (("broken", "failed"), ("slow", "takes over"), ("text", "no table"), ("other", "no function")):
        with pytest.raises(ServiceError, match=named):
            AKShare(kind="akshare", function=name, seconds=0.1, **SAID).fetch(client())
