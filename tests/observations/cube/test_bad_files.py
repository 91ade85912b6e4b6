"""Files that are not what they must be: refused, with file, line and column."""

from __future__ import annotations

import duckdb
import pytest

from fourpillars.catalogue.problems import DataError
from fourpillars.cli import main
from fourpillars.errors import FourPillarsError
from fourpillars.observations.cube import Options, Rule, build_cube

GOOD = "e1,2026-01,440000,C31,large,100,10,200,50"


def problems(paths, codelists, tmp_path, **options):
    with pytest.raises(DataError) as refused:
        build_cube(paths, tmp_path / "out.csv", codelists, Options(rule=Rule(2), threads=1, **options))
    return [(p.file.rpartition("/")[2], p.line, p.column, p.found, p.message) for p in refused.value.problems]


def changed(place, text):
    fields = GOOD.split(",")
    fields[place] = text
    return ",".join(fields)


@pytest.mark.parametrize(
    ("place", "text", "column", "message"),
    [
        (0, "", "enterprise", "is empty"),
        (1, "2026-13", "time_period", "is no month"),
        (1, "2026-1", "time_period", "is no month"),
        (2, "CN", "ref_area", "is no province"),
        (2, "441000", "ref_area", "is no province"),
        (3, "C47", "activity", "is no division"),
        (3, "C", "activity", "is no division"),
        (4, "huge", "size", "is no size"),
        (5, "n/a", "revenue", "is not a number"),
        (5, "", "revenue", "is empty"),
        (5, "nan", "revenue", "is too large or no finite number"),
        (6, "1e30", "profit", "is too large or no finite number"),
        (7, "-1", "receivables", "is negative"),
        (8, "201", "overdue", "is more than the receivables"),
        (8, "-1", "overdue", "is negative"),
    ],
)
def test_a_bad_value(firms, codelists, tmp_path, place, text, column, message):
    path = firms([GOOD.replace("e1", "e0"), changed(place, text), GOOD.replace("e1", "e2")])
    assert problems([path], codelists, tmp_path) == [("firms.csv", 3, column, text, message)]


def test_a_number_with_thousands_separators_is_told_so(firms, codelists, tmp_path):
    path = firms([changed(5, '"1,234"')])
    with pytest.raises(DataError, match="without spaces or thousands separators"):
        build_cube([path], tmp_path / "out.csv", codelists)


def test_unknown_codes_have_a_hint(firms, codelists, tmp_path):
    with pytest.raises(DataError, match="Did you mean 'C31'"):
        build_cube([firms([changed(3, "c31")])], tmp_path / "out.csv", codelists)


def test_a_row_of_a_parquet_file_is_counted_from_one(firms, codelists, tmp_path):
    path = tmp_path / "firms.parquet"
    rows = f"FROM read_csv('{firms([GOOD, changed(5, 'x')])}', all_varchar=true)"
    duckdb.sql(f"COPY ({rows}) TO '{path}' (FORMAT parquet)")
    assert problems([path], codelists, tmp_path) == [("firms.parquet", 2, "revenue", "x", "is not a number")]


def test_a_missing_column_names_the_one_that_is_like_it(firms, codelists, tmp_path):
    header = "enterprise,time_period,ref_area,activity,size,revenues,profit,receivables,overdue"
    path = firms([GOOD], header=header)
    assert problems([path], codelists, tmp_path) == [("firms.csv", 1, "revenue", "", "is missing")]
    with pytest.raises(DataError, match="--column revenue=revenues"):
        build_cube([path], tmp_path / "out.csv", codelists)


def test_an_enterprise_twice_in_a_month_in_two_files(firms, codelists, tmp_path):
    first, second = firms([GOOD], "a.csv"), firms([GOOD.replace("e1", "e2"), GOOD], "b.csv")
    assert problems([first, second], codelists, tmp_path) == [
        ("b.csv", 3, "enterprise", "e1", "stands twice in 2026-01")
    ]
    with pytest.raises(DataError, match=r"The first is in .*a\.csv, line 2"):
        build_cube([first, second], tmp_path / "out.csv", codelists)


def test_a_line_with_too_few_fields(firms, codelists, tmp_path):
    found = problems([firms([GOOD] * 3 + ["e2,2026-01"])], codelists, tmp_path)
    assert found == [("firms.csv", 5, "", "", "has 2 fields where the header has 9")]


def test_another_encoding(codelists, tmp_path):
    path = tmp_path / "firms.csv"
    header = "enterprise,time_period,ref_area,activity,size,revenue,profit,receivables,overdue\n"
    path.write_bytes((header + GOOD.replace("e1", "钢厂") + "\n").encode("gb18030"))
    assert problems([path], codelists, tmp_path) == [
        ("firms.csv", 2, "enterprise", "钢厂", "is not UTF-8: it reads as GB18030")
    ]


def test_a_file_without_rows(firms, codelists, tmp_path):
    assert problems([firms([])], codelists, tmp_path)[0][4] == "holds no enterprises"


def test_no_parquet_inside(codelists, tmp_path):
    path = tmp_path / "firms.parquet"
    path.write_text("not parquet")
    assert problems([path], codelists, tmp_path)[0][4] == "cannot be read"


def test_names_are_only_names(firms, codelists, tmp_path):
    path = firms([GOOD, GOOD.replace("e1", "e2")], "it's [a] *.csv")
    cube = build_cube([path], tmp_path / "out.csv", codelists, Options(rule=Rule(2), threads=1))
    assert cube.enterprise_months == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.csv"], "There is no file"),
        (["."], "is a folder"),
        (["{firms}", "--column", "revenue"], "names no column"),
        (["{firms}", "--column", "turnover=x"], "Unknown column 'turnover'"),
        (["{firms}", "--column", "revenue=profit"], "Two columns are read from 'profit'"),
        (["{firms}", "--by", "province"], "Unknown axis 'province'"),
        (["{firms}", "--money", "usd"], "Unknown unit of money"),
        (["{firms}", "--memory", "lots"], "is no amount of memory"),
        (["{firms}", "--threads", "0"], "--threads is 0"),
        (["{firms}", "--min-enterprises", "1"], "The fewest enterprises of a cell is 1"),
        (["{firms}", "--dominance", "0"], "The greatest share"),
        (["{firms}", "{firms}"], "named twice"),
    ],
)
def test_the_command_refuses(firms, tmp_path, capsys, arguments, said):
    path = firms([GOOD])
    named = [argument.format(firms=path) for argument in arguments]
    with pytest.raises(SystemExit) as ended:
        main(["cube", *named, "-o", str(tmp_path / "out.csv")])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def test_the_command_writes_and_gives_the_sources_row(firms, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["cube", str(firms()), "-o", str(tmp_path / "out.csv"), "--min-enterprises", "2"])
    told = capsys.readouterr()
    assert ended.value.code == 0
    assert told.out.startswith("F-out,Enterprise files,Enterprise files: firms.csv,,20")
    assert told.out.count("\n") == 1
    assert "12 enterprise-months, 2026-01 to 2026-02" in told.err


def test_an_unknown_name_is_a_refusal_of_the_projects_kind(codelists, tmp_path, firms):
    with pytest.raises(FourPillarsError):
        build_cube([], tmp_path / "out.csv", codelists)
