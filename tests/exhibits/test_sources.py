from __future__ import annotations

import pandas as pd

from fourpillars.exhibits.sources import publisher_name, source_line

NBS = "National Bureau of Statistics of China (NBS)"
SOURCES = pd.DataFrame(
    [
        ("R1", NBS, "Industrial profits in August", "2026-09-27", ""),
        ("R2", NBS, "Industrial profits in July", "2026-08-27", ""),
        ("R3", NBS, "Industrial profits in December", "2024-01-27", ""),
        ("D1", NBS, "NBS database: 食品制造业营业成本 (series A020O0B0Y)", "", "2024-01-22"),
        ("D2", NBS, "NBS database: 食品制造业利润总额 (series A020O0K0Y)", "", "2024-01-22"),
        ("B1", "Bureau of Statistics of Hebei", "Hebei: Communiqué 2025", "2026-03", ""),
        ("B2", "Bureau of Statistics of Tibet", "Tibet: Communiqué 2025", "2026-04-02", ""),
        ("B3", "Bureau of Statistics of Hunan", "Hunan: Communiqué 2023", "2024-03", ""),
        ("X1", "An <unknown> & new publisher", "A table", "", ""),
    ],
    columns=["source_id", "publisher", "title", "published", "vintage"],
).set_index("source_id")


def test_few_documents_are_named_each() -> None:
    assert source_line(["R1"], SOURCES, "en") == (
        "National Bureau of Statistics of China, Industrial profits in August, 27 September 2026"
    )
    assert source_line(["R1"], SOURCES, "zh") == "国家统计局：Industrial profits in August，2026年9月27日"


def test_many_documents_are_counted() -> None:
    assert source_line(["R3", "R1", "R2"], SOURCES, "en") == (
        "National Bureau of Statistics of China, 3 releases 2024-01 … 2026-09"
    )
    assert source_line(["R3", "R1", "R2"], SOURCES, "zh") == "国家统计局，3次发布，2024-01至2026-09"


def test_series_of_the_database_show_the_date_of_the_copy() -> None:
    assert source_line(["D1", "D2"], SOURCES, "en") == (
        "National Bureau of Statistics of China, database, 2 series, copy of 22 January 2024"
    )
    assert source_line(["D1"], SOURCES, "zh") == "国家统计局数据库，1个序列，2024年1月22日数据副本"


def test_many_provincial_bureaus_are_counted() -> None:
    assert source_line(["B1", "B2", "B3"], SOURCES, "en") == (
        "3 provincial bureaus of statistics, communiqués 2024-03 … 2026-04"
    )
    assert source_line(["B1"], SOURCES, "zh") == "河北省统计局：Hebei: Communiqué 2025，2026年3月"


def test_without_a_date_or_a_known_publisher() -> None:
    assert source_line(["X1"], SOURCES, "en") == "An <unknown> & new publisher, A table"
    assert publisher_name("Bureau of Statistics of Inner Mongolia", "zh") == "内蒙古自治区统计局"


def test_no_sources_no_line() -> None:
    assert source_line([], SOURCES, "en") == ""
    assert source_line(["R9"], SOURCES, "en") == ""


def test_every_publisher_of_the_project_has_a_chinese_name() -> None:
    from fourpillars.observations import load_observations

    publishers = load_observations().sources["publisher"].unique()
    assert [name for name in publishers if publisher_name(name, "zh").isascii()] == []
