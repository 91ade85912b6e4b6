"""Tables as the bureau, yearbooks and colleagues write them, each with what is read and what is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from fourpillars.files.csv_text import read_csv
from fourpillars.files.read import read_sheets
from fourpillars.files.sheet import Sheet
from fourpillars.observations.intake.questions import Answers
from fourpillars.observations.intake.understand import understand

MAIN = """2026年8月份规模以上工业生产主要数据,,,,
指标,8月,,1-8月,
,绝对量,同比增长（%）,绝对量,同比增长（%）
规模以上工业增加值,…,5.2,…,6.2
主要产品产量,,,,
粗钢产量（万吨）,7737,-0.7,67181,-2.8
注：本表速度按可比价格计算。,,,,
"""
EXPORT = """数据库：分省年度数据,,
指标：地区生产总值(亿元),,
时间：最近10年,,
地区,2025年,2024年
北京市,52073.4,49843.1
天津市,18540,
注：2025年为初步数,,
数据来源：国家统计局,,
"""
ACCOUNTS = """2026年1—8月份规模以上工业企业主要财务指标（分行业）,,,,
行业,营业收入,,利润总额,
,金额（亿元）,同比增长（%）,金额（亿元）,同比增长（%）
煤炭开采和洗选业,16900.5,-21.1,2000.1,-53.6
"""
PRICES = """行业,2026年8月同比涨跌（%）,2026年8月环比涨跌（%）
采矿业,-11.5,1.3
"""
ENGLISH = """Region,Indicator,Date,Value,Unit
Hebei,Total profit,Aug-26,"1,234.5",CNY 100 million
Shanxi,Total profit,2026-08,2,billion yuan
"""
TABLES = {  # a table, what is said of it, what is read
    "main": (MAIN, {"ref_area": "CN", "activity": "B-D"}, [
        "CN B-D value_added_growth M 2026-08 month pct_yoy = 5.2",
        "CN B-D value_added_growth M 2026-08 ytd pct_yoy = 6.2",
        "CN B-D crude_steel output M 2026-08 month 10k_t = 7737",
        "CN B-D crude_steel output_growth M 2026-08 month pct_yoy = -0.7",
        "CN B-D crude_steel output M 2026-08 ytd 10k_t = 67181",
        "CN B-D crude_steel output_growth M 2026-08 ytd pct_yoy = -2.8",
    ]),
    "export": (EXPORT, {"activity": "_T"}, [
        "110000 _T gdp A 2025 year cny_100m = 52073.4",
        "110000 _T gdp A 2024 year cny_100m = 49843.1",
        "120000 _T gdp A 2025 year cny_100m = 18540",
    ]),
    "accounts": (ACCOUNTS, {"ref_area": "CN"}, [
        "CN B06 operating_revenue M 2026-08 ytd cny_100m = 16900.5",
        "CN B06 operating_revenue_growth M 2026-08 ytd pct_yoy = -21.1",
        "CN B06 total_profit M 2026-08 ytd cny_100m = 2000.1",
        "CN B06 total_profit_growth M 2026-08 ytd pct_yoy = -53.6",
    ]),
    "prices": (PRICES, {"ref_area": "CN", "measure": "ppi"}, [
        "CN B ppi M 2026-08 month pct_yoy = -11.5",
        "CN B ppi_mom M 2026-08 month pct_mom = 1.3",
    ]),
    "figures like years": (",2023,2024\n河北,2015,2016\n山西,1999,2001\n", {"measure": "enterprises",
                           "activity": "B-D", "unit": "个"}, [
        "130000 B-D enterprises A 2023 year count = 2015",
        "130000 B-D enterprises A 2024 year count = 2016",
        "140000 B-D enterprises A 2023 year count = 1999",
        "140000 B-D enterprises A 2024 year count = 2001",
    ]),
    "a row of units": ("地区,营业收入,利润总额\n,亿元,万元\n河北,1,2\n", {"activity": "B-D",
                       "time_period": "2026年1-8月"}, [
        "130000 B-D operating_revenue M 2026-08 ytd cny_100m = 1",
        "130000 B-D total_profit M 2026-08 ytd cny_100m = 0.0002",
    ]),
    "years above months": (",2025年,,2026年,\n地区,1-7月,1-8月,1-7月,1-8月\n河北,1,2,3,4\n", {"activity": "B-D",
                           "measure": "total_profit", "unit": "亿元"}, [
        "130000 B-D total_profit M 2025-07 ytd cny_100m = 1",
        "130000 B-D total_profit M 2025-08 ytd cny_100m = 2",
        "130000 B-D total_profit M 2026-07 ytd cny_100m = 3",
        "130000 B-D total_profit M 2026-08 ytd cny_100m = 4",
    ]),
    "english": (ENGLISH, {"activity": "B-D", "basis": "ytd"}, [
        "130000 B-D total_profit M 2026-08 ytd cny_100m = 1234.5",
        "140000 B-D total_profit M 2026-08 ytd cny_100m = 20",
    ]),
}  # fmt: skip


@pytest.fixture
def understood(lists, tmp_path):
    """Understand a table written as CSV."""

    def understood(text: str, values: dict[str, str] | None = None):
        path = tmp_path / "table.csv"
        path.write_text(text, encoding="gb18030")
        return understand(read_csv(path), path.name, lists, Answers(values=values or {}))

    return understood


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_read_figure_by_figure(understood, name):
    text, values, expected = TABLES[name]
    said = understood(text, values)
    assert (said.questions, said.problems) == ([], [])
    assert [f"{' '.join(filter(None, one.key))} = {one.value}" for one in said.found] == expected


ASKED = {  # a table, and what is asked of it
    "a month that may be the year so far": ("地区,2026-08\n河北,5%\n", "basis"),
    "no region": ("行业,2026年8月\n采矿业,5%\n", "ref_area"),
    "no industry": ("地区,2026年8月\n河北,5%\n", "activity"),
    "no unit": ("地区,行业,2026年8月\n河北,采矿业,5\n", "unit"),
    "no year": ("地区,行业,8月\n河北,采矿业,5%\n", "time_period"),
    "no measure": ("地区,行业,2026年8月营业额\n河北,采矿业,5%\n", "2026年8月营业额"),
    "two meanings": ("指标,2026年8月\n汽车,5%\n规模以上工业增加值,5%\n", "汽车"),
    "an unknown heading": ("地区,分组,行业,2026年8月\n河北,甲,采矿业,5%\n", "分组"),
}


@pytest.mark.parametrize("what", ASKED)
def test_what_is_not_said_is_asked(understood, what):
    text, subject = ASKED[what]
    values = {} if what in ("no measure", "two meanings") else {"measure": "value_added_growth"}
    said = understood(text, values)
    assert subject in [question.subject for question in said.questions]


def test_sdmx_labels_are_read_and_powers_of_ten_are_not_passed_over(understood):
    head = "REF_AREA: Area,ACTIVITY,MEASURE,FREQ: Frequency,TIME_PERIOD,BASIS,UNIT_MEASURE,UNIT_MULT,OBS_VALUE\n"
    row = "CN: China,B-D,total_profit,M: Monthly,2026-08,ytd,cny_100m,{},5\n"
    assert [one.value for one in understood(head + row.format(0)).found] == ["5"]
    (problem,) = understood(head + row.format(6)).problems
    assert (problem.line, problem.column, problem.found) == (2, "H UNIT_MULT", "6")


def test_a_merged_figure_is_one_figure(lists):
    rows = [["地区", "9月", "10月"], ["河北", "5%", ""], ["山西", "6%", "7%"]]
    values = {"measure": "value_added_growth", "activity": "B-D", "time_period": "2026年"}
    said = understand([Sheet("", rows, merged=((1, 1, 1, 2),))], "a.xlsx", lists, Answers(values=values))
    assert [(one.key[0], one.key[6], one.value) for one in said.found] == [
        ("130000", "2026-09", "5"), ("140000", "2026-09", "6"), ("140000", "2026-10", "7")]  # fmt: skip


def test_fractions_an_old_workbook_may_show_as_percentages_are_refused(lists):
    rows = [["地区", "2026年9月（%）"], ["河北", "0.052"]]
    values = {"measure": "value_added_growth", "activity": "B-D"}
    said = understand([Sheet("", rows, hidden_percent=True)], "a.xls", lists, Answers(values=values))
    assert "may be fractions" in said.problems[0].message


def test_a_formula_gives_the_value_it_last_had_and_a_shown_percentage_its_percents(tmp_path):
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["地区", "2026年9月"])
        sheet.write_string(1, 0, "河北")
        sheet.write_formula(1, 1, "=1/20", book.add_format({"num_format": "0.0%"}), 0.05)
    (found,) = read_sheets(path)
    assert found.rows[1] == ["河北", "5%"]
    assert found.notes == ("1 cells hold formulas: the values they last had are read.",)


def test_an_old_workbook_is_read_cell_by_cell():
    import statsmodels

    folder = Path(statsmodels.__file__).parent / "datasets" / "macrodata" / "src"
    path = next((path for path in folder.rglob("*.xls") if path.is_file()), None)
    if path is None:
        pytest.skip("statsmodels came without its workbook")
    sheet = next(sheet for sheet in read_sheets(path) if sheet.name == "Quarterly")
    assert sheet.hidden_percent
    assert sheet.rows[1] == ["1947-01-01", "1218.6", "223.682", "1772.204", "189.365", "1131.5"]
