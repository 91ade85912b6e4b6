"""Every broken file is refused with file, line and column, what was found and what to do; all at once."""

from __future__ import annotations

import pickle

import pytest

from fourpillars.observations import DataError, check, load_observations

HEADER = "ref_area,activity,ownership,item,measure,freq,time_period,basis,unit,obs_value,obs_status,source_id"
FILE = "data/observations/industry.csv"
GOOD = "CN,B-D,,,value_added_growth,M,2026-08,month,pct_yoy,5.2,A,S1"
NEXT = "CN,B-D,,,value_added_growth,M,2026-07,month,pct_yoy,5.7,A,S1"
STEEL = "CN,B-D,,crude_steel,output,M,2026-08,month,10k_t,7700,A,S1"
CAPACITY = "CN,C31,,,capacity_utilization,Q,2026-Q2,quarter,pct,78.4,A,S1"
ENTERPRISES = "CN,C31,,,enterprises,A,2022,year,count,5600,A,S1"

CODES = [  # the column, an unknown code in it, what is meant
    ("ref_area", "CM", "'CN'"),
    ("activity", "C91", "Did you mean"),
    ("ownership", "SOEs", "'SOE'"),
    ("item", "crude_stel", "'crude_steel'"),
    ("measure", "value_aded_growth", "'value_added_growth'"),
    ("freq", "W", "Allowed: 'M', 'Q', 'A'."),
    ("basis", "monthly", "'month'"),
    ("unit", "pctyoy", "'pct_yoy'"),
    ("obs_status", "X", "Allowed: 'A', 'P', 'U'."),
    ("source_id", "S9", "'S1'"),
]

MISFITS = [  # a sound line, the column, what does not fit there, why, what to do
    (GOOD, "unit", "cny_100m", "is no unit of value_added_growth", "Allowed: pct_yoy."),
    (STEEL, "unit", "count", "is not the unit of crude_steel", "Convert to 10k_t."),
    (STEEL, "item", "catering", "is no item of output", "'crude_steel'"),
    (GOOD, "item", "catering", "is no item of value_added_growth", "leave it empty"),
    (GOOD, "time_period", "2026-13", "is no period of frequency M", "Write 2026-08."),
    (GOOD, "time_period", "2026Q2", "is no period of frequency M", "Write 2026-08."),
    (CAPACITY, "time_period", "2026-06", "is no period of frequency Q", "Write 2026-Q2."),
    (ENTERPRISES, "time_period", "2022-12", "is no period of frequency A", "Write 2025."),
    (ENTERPRISES, "basis", "month", "is no basis of frequency A", "year"),
    (GOOD, "ref_area", "", "is empty", "Allowed: 'CN'"),
    (GOOD, "obs_value", "n/a", "is not a number", "leave the row out"),
    (GOOD, "obs_value", "", "is empty", "leave the row out"),
    (GOOD, "obs_value", "nan", "is not a number", ""),
    (GOOD, "obs_value", "inf", "is not a number", ""),
    (ENTERPRISES, "obs_value", "5 600", "is not a number", "thousands separators"),
    (ENTERPRISES, "obs_value", "-1", "is below 0, the least that enterprises can be", ""),
    (CAPACITY, "obs_value", "784", "is above 100, the most that capacity_utilization can be", ""),
    (GOOD, "obs_value", "-100.5", "is below -100, the least that value_added_growth can be", ""),
]


def changed(line: str, column: str, value: str) -> str:
    fields = dict(zip(HEADER.split(","), line.split(","), strict=True))
    return ",".join((fields | {column: value}).values())


def test_the_sound_project_has_no_problem(project, write):
    write(GOOD, NEXT, STEEL, CAPACITY, ENTERPRISES)
    assert check(project) == []


@pytest.mark.parametrize(("column", "found", "hint"), CODES)
def test_an_unknown_code_is_refused_with_the_nearest(project, write, column, found, hint):
    write(NEXT, changed(GOOD, column, found))
    (problem,) = check(project)
    assert (problem.file, problem.line, problem.column, problem.found) == (FILE, 3, column, found)
    assert problem.message == ("is not in sources.csv" if column == "source_id" else "is not in the codelist")
    assert hint in problem.hint


@pytest.mark.parametrize(("line", "column", "found", "message", "hint"), MISFITS)
def test_what_does_not_fit_is_refused_with_what_does(project, write, line, column, found, message, hint):
    write(NEXT, changed(line, column, found))
    (problem,) = check(project)
    assert (problem.file, problem.line, problem.column, problem.found) == (FILE, 3, column, found)
    assert problem.message == message
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("line", "count", "hint"), [(GOOD.removesuffix(",S1"), 11, "comma"), (GOOD + ",x", 13, "quotes")]
)
def test_a_row_of_another_length_is_refused(project, write, line, count, hint):
    write(NEXT, line)
    (problem,) = check(project)
    assert (problem.file, problem.line, problem.column, problem.found) == (FILE, 3, "source_id", line)
    assert problem.message == f"has {count} fields where the header has 12"
    assert hint in problem.hint


def test_a_key_that_stands_twice_names_both_places(project, write):
    write(GOOD, NEXT, GOOD.replace("5.2", "5.3"))
    (problem,) = check(project)
    assert (problem.file, problem.line, problem.column) == (FILE, 4, "time_period")
    assert problem.message == "is a key that stands twice"
    assert problem.hint == f"The first is in {FILE}, line 2, with the value 5.2: keep one of the two."


def test_a_key_that_stands_in_two_files_is_found(project, write):
    write("CN,C31,,,enterprises,A,2022,year,count,5600,A,S2", name="more.csv")
    (problem,) = check(project)
    assert (problem.file, problem.line) == ("data/observations/more.csv", 2)
    assert f"The first is in {FILE}, line 8" in problem.hint


def test_several_problems_are_all_reported_in_order_of_place(project, write):
    write(
        GOOD.replace("C", "K", 1),
        "CN,C99,,,value_added_growth,M,2026-8,month,pct,text,A,S7",
        GOOD.replace("month", "quarter"),
    )
    assert [(problem.line, problem.column) for problem in check(project)] == [
        (2, "ref_area"),
        (3, "obs_value"),
        (3, "activity"),
        (3, "source_id"),
        (3, "time_period"),
        (3, "unit"),
        (4, "basis"),
    ]


def test_problems_of_all_files_come_together(project, write):
    write(GOOD.replace("pct_yoy", "pct"))
    (project.observations / "more.csv").write_bytes("ref_area,备注\n".encode("gb18030"))
    with (project.observations / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("S1,Bureau,Twice,2026-99x,,,\n")
    with (project.observations / "targets.csv").open("a", encoding="utf-8") as file:
        file.write("T2,key_industry,steal,sales,,about,many,10k_units,2025,2026,level,Plan,方案,,,\n")
    assert {(problem.file.split("/")[-1], problem.line, problem.column) for problem in check(project)} == {
        ("industry.csv", 2, "unit"),
        ("more.csv", 1, "\ufffd\ufffd\ufffd\ufffd"),
        ("sources.csv", 4, "source_id"),
        ("sources.csv", 4, "published"),
        ("targets.csv", 3, "scope"),
        ("targets.csv", 3, "target_value"),
    }


def test_gb18030_is_refused_with_the_place_and_the_way_out(project, write):
    (project.observations / "industry.csv").write_bytes(
        "\n".join([",".join(("ref_area", "note")), "CN,good", "CN,钢铁", ""]).encode("gb18030")
    )
    (problem,) = check(project)
    assert (problem.file, problem.line, problem.column, problem.found) == (FILE, 3, "note", "钢铁")
    assert problem.message == "is not UTF-8: it reads as GB18030"
    assert f"iconv -f GB18030 -t UTF-8 {FILE}" in problem.hint


def test_utf_16_is_refused(project):
    (project.observations / "industry.csv").write_bytes(f"ref_area\n{GOOD}\n".encode("utf-16"))
    (problem,) = check(project)
    assert (problem.line, problem.message) == (1, "is not UTF-8: it reads as UTF-16")


def test_a_missing_column_is_named(project, write):
    write(
        GOOD,
        header=HEADER.replace("obs_value", "value"),
    )
    assert [(p.line, p.column, p.message, p.hint) for p in check(project)] == [
        (1, "obs_value", "is missing", "Rename the column 'value'."),
        (
            1,
            "value",
            "is no column of this file",
            "The columns are ref_area, activity, ownership, item, measure, freq, time_period, basis, unit, "
            "obs_value, obs_status, source_id.",
        ),
    ]


def test_an_extra_column_is_refused_and_the_rest_still_checked(project, write):
    header = f"{HEADER},remark"
    write(f"{GOOD},fine", f"{NEXT.replace('B-D', 'B-E')},fine", header=header)
    assert [(p.line, p.column, p.found) for p in check(project)] == [
        (1, "remark", "remark"),
        (3, "activity", "B-E"),
    ]


def test_a_column_that_stands_twice_is_refused(project, write):
    header = f"{HEADER},unit"
    write(f"{GOOD},pct_yoy", header=header)
    (problem,) = check(project)
    assert (problem.line, problem.column, problem.message) == (1, "unit", "stands twice in the header")


def test_an_empty_file_is_refused_with_the_header_it_needs(project):
    (project.observations / "industry.csv").write_text("")
    (problem,) = check(project)
    assert (problem.file, problem.line, problem.message) == (FILE, None, "is empty")
    assert problem.hint.startswith("Its first line must name the columns: ref_area,activity,")


def test_a_folder_without_observations_is_refused(project):
    (project.observations / "industry.csv").unlink()
    (problem,) = check(project)
    assert (problem.file, problem.message) == ("data/observations", "holds no observations")


def test_missing_sources_are_one_problem_not_one_a_row(project):
    (project.observations / "sources.csv").unlink()
    (problem,) = check(project)
    assert problem.file == "data/observations/sources.csv"
    assert problem.message.startswith("cannot be read")


def test_a_missing_codelist_is_one_problem(project):
    (project.codelists / "unit.csv").unlink()
    (problem,) = check(project)
    assert problem.file == "data/codelists/unit.csv"


def test_line_numbers_are_those_of_the_file(project, write):
    """A quoted text over two lines and a blank line move the rows: the line is still the file's."""
    text = f"{GOOD.replace('S1', chr(34) + 'S' + chr(10) + '1' + chr(34))}\n\n{NEXT.replace('CN', 'CNN')}\n"
    write(text)
    assert [(p.line, p.column) for p in check(project)] == [(2, "source_id"), (5, "ref_area")]


@pytest.mark.parametrize("form", ["\ufeff{}", "{}"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_a_byte_order_mark_and_windows_line_ends_are_read(project, form, newline, last):
    path = project.observations / "industry.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_bytes((form.format(newline.join(lines)) + last.replace("\n", newline)).encode())
    observations = load_observations(project)
    assert list(observations.frame["line"]) == [2, 3, 4, 5, 6, 7, 8]
    assert observations.frame["source_id"].tolist() == ["S1", "S1", "S1", "S2", "S2", "S2", "S2"]


def test_loading_refuses_with_all_problems_and_the_error_pickles(project, write):
    write(GOOD.replace("CN", "XX"), NEXT.replace("5.7", "?"))
    with pytest.raises(DataError, match="There are 2 problems in the data") as caught:
        load_observations(project)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert copy.problems == caught.value.problems
    assert str(copy) == str(caught.value)


def test_thousands_of_problems_are_kept_and_the_message_is_short(project, write):
    write(*(f"CN,X{n:05},,,value_added_growth,M,2026-08,month,pct_yoy,5,A,S1" for n in range(3000)))
    with pytest.raises(DataError) as caught:
        load_observations(project)
    assert len(caught.value.problems) == 3000
    assert str(caught.value).splitlines()[-1] == "  … and 2,980 more"
