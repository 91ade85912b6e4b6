"""From a file of enterprises to observations, against figures worked out by hand."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pandas as pd
import pytest

from fourpillars.errors import FourPillarsError
from fourpillars.observations import check
from fourpillars.observations.cube import Options, Rule, build_cube, write_synthetic_enterprises

PAIRS = Options(rule=Rule(2), threads=1, memory="500MB")
STEEL = {
    "firm_enterprises": 4,
    "firm_revenue": 0.045,  # 450 × CNY 10,000
    "firm_profit": 0,  # 10 - 20 + 5 + 5
    "firm_loss_making_share": 25,
    "firm_receivable_days_median": 45,  # 15 30 60 120: between the second and the third
    "firm_receivable_days_p90": 102,  # place 1 + 0.9 × 3 = 3.7: 60 + 0.7 × 60
    "firm_overdue_share": 29.17,  # 175 / 600
}
CARS = {
    "firm_enterprises": 2,
    "firm_revenue": 0.01,
    "firm_profit": -0.0001,
    "firm_loss_making_share": 50,
    "firm_overdue_share": 6.15,  # 8 / 130; one enterprise with revenue is too few for days
}
ALL = {
    "firm_enterprises": 6,
    "firm_revenue": 0.055,
    "firm_profit": -0.0001,
    "firm_loss_making_share": 33.33,
    "firm_receivable_days_median": 30,  # 15 15 30 60 120
    "firm_receivable_days_p90": 96,  # place 1 + 0.9 × 4 = 4.6: 60 + 0.6 × 60
    "firm_overdue_share": 25.07,  # 183 / 730
}


def read(path):
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    return frame.assign(obs_value=frame["obs_value"].astype(float))


def cell(frame, ref_area, activity, item, month="2026-01"):
    place = (frame["ref_area"] == ref_area) & (frame["activity"] == activity) & (frame["item"] == item)
    rows = frame[place & (frame["time_period"] == month)]
    return dict(zip(rows["measure"], rows["obs_value"], strict=True))


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (("440000", "C31", "size_large"), STEEL),
        (("440000", "C31", ""), STEEL),
        (("440000", "C", "size_large"), STEEL),
        (("440000", "B-D", ""), STEEL),
        (("CN", "C31", ""), STEEL),
        (("CN", "B-D", "size_large"), STEEL),
        (("110000", "C36", "size_small"), CARS),
        (("CN", "C", ""), ALL),
        (("CN", "B-D", ""), ALL),
        (("CN", "B", ""), {}),
        (("320000", "B-D", ""), {}),
        (("440000", "C31", "size_small"), {}),
    ],
)
def test_cells_and_margins(firms, codelists, tmp_path, place, expected):
    build_cube([firms()], tmp_path / "out.csv", codelists, PAIRS)
    assert cell(read(tmp_path / "out.csv"), *place) == expected


def test_entries_and_exits_between_consecutive_months(firms, codelists, tmp_path):
    build_cube([firms()], tmp_path / "out.csv", codelists, PAIRS)
    frame = read(tmp_path / "out.csv")
    turnover = ["firm_entries", "firm_exits"]
    of = {
        (ref_area, item): [cell(frame, ref_area, "B-D", item, "2026-02")[name] for name in turnover]
        for ref_area, item in (("440000", ""), ("440000", "size_large"), ("110000", ""), ("CN", ""))
    }
    assert of == {
        ("440000", ""): [1, 1], ("440000", "size_large"): [1, 1], ("110000", ""): [0, 0], ("CN", ""): [1, 1],
    }  # fmt: skip


def test_moving_is_neither_entry_nor_exit(firms, codelists, tmp_path):
    moved = ["a,2026-01,440000,C31,small,1,0,0,0", "a,2026-02,110000,C36,large,1,0,0,0"]
    stay = [f"s{n},2026-0{m},{p},{a},{s},1,0,0,0"
            for n, (p, a, s) in enumerate([("440000", "C31", "small"), ("110000", "C36", "large")] * 2)
            for m in (1, 2)]  # fmt: skip
    build_cube([firms(moved + stay)], tmp_path / "out.csv", codelists, PAIRS)
    frame = read(tmp_path / "out.csv")
    assert set(frame.loc[frame["measure"].isin(["firm_entries", "firm_exits"]), "obs_value"]) == {0}


def test_an_enterprise_that_enters_a_new_cell_and_one_that_empties_another(firms, codelists, tmp_path):
    before = [f"x{n},2026-01,440000,C31,small,1,0,0,0" for n in range(3)]
    after = [f"y{n},2026-02,440000,C36,small,1,0,0,0" for n in range(2)]
    build_cube([firms(before + after)], tmp_path / "out.csv", codelists, PAIRS)
    frame = read(tmp_path / "out.csv")
    assert cell(frame, "440000", "C31", "", "2026-02") == {"firm_entries": 0, "firm_exits": 3}
    assert cell(frame, "440000", "C36", "", "2026-02")["firm_entries"] == 2


def test_no_turnover_across_a_gap(firms, codelists, tmp_path):
    rows = [f"e{n},2026-0{month},440000,C31,large,1,0,0,0" for n in range(2) for month in (1, 3)]
    build_cube([firms(rows)], tmp_path / "out.csv", codelists, PAIRS)
    assert not read(tmp_path / "out.csv")["measure"].isin(["firm_entries", "firm_exits"]).any()


def test_entries_are_withheld_where_either_month_is(firms, codelists, tmp_path):
    # sizes: 3 large and 3 small in January, of fewer than 4 both; 5 and 5 in February, not one withheld
    rows = [f"{size}{n},2026-01,440000,C31,{size},1,0,0,0" for size in ("large", "small") for n in range(3)]
    rows += [f"{size}{n},2026-02,440000,C31,{size},1,0,0,0" for size in ("large", "small") for n in range(5)]
    build_cube([firms(rows)], tmp_path / "out.csv", codelists, Options(rule=Rule(4), threads=1))
    frame = read(tmp_path / "out.csv")
    assert cell(frame, "CN", "B-D", "size_large") == {}
    february = cell(frame, "CN", "B-D", "size_large", "2026-02")
    assert february["firm_enterprises"] == 5
    assert "firm_entries" not in february
    assert cell(frame, "CN", "B-D", "", "2026-02")["firm_entries"] == 4


def test_several_files_parquet_and_csv_other_names_other_unit(firms, codelists, tmp_path):
    import duckdb

    header, *rows = firms().read_text().splitlines()
    renamed = header.replace("revenue", "营业收入")
    yuan = [",".join([*row.split(",")[:5], *(f"{v}0000" for v in row.split(",")[5:])]) for row in rows]
    first, second = firms(yuan[:5], "a.csv", renamed), firms(yuan[5:], "b.csv", renamed)
    third = tmp_path / "b.parquet"
    duckdb.sql(f"COPY (FROM read_csv('{second}', types={{'ref_area': 'INTEGER'}})) TO '{third}'")
    options = Options(rule=Rule(2), threads=1, columns={"revenue": "营业收入"}, money="cny")
    build_cube([first, third], tmp_path / "out.csv", codelists, options)
    build_cube([firms()], tmp_path / "plain.csv", codelists, PAIRS)
    assert (tmp_path / "out.csv").read_text().replace("F-out", "F-plain") == (tmp_path / "plain.csv").read_text()


def test_windows_line_ends_a_byte_order_mark_and_gzip_do_no_harm(firms, codelists, tmp_path):
    content = firms().read_bytes()
    windows, zipped = tmp_path / "w.csv", tmp_path / "z.csv.gz"
    windows.write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    zipped.write_bytes(gzip.compress(content))
    for number, path in enumerate((firms(), windows, zipped)):
        build_cube([path], tmp_path / f"{number}.csv", codelists, replace(PAIRS, source_id="S"))
    written = {(tmp_path / f"{number}.csv").read_bytes() for number in range(3)}
    assert len(written) == 1


def test_by_leaves_the_other_axes_whole(firms, codelists, tmp_path):
    options = Options(by=["ref_area"], rule=Rule(2), threads=1)
    build_cube([firms()], tmp_path / "out.csv", codelists, options)
    frame = read(tmp_path / "out.csv")
    assert set(frame["ref_area"]) == {"110000", "440000", "CN"}
    assert set(frame["activity"]) == {"B-D"}
    assert set(frame["item"]) == {""}
    assert cell(frame, "440000", "B-D", "") == STEEL


def test_what_is_counted(firms, codelists, tmp_path):
    cube = build_cube([firms()], tmp_path / "out.csv", codelists, Options(rule=Rule(5), threads=1))
    # filled cells of a month: in each province 3 activities (its division, C, B-D) × 2 sizes (its own, all);
    # in the nation C31 and C36 × 2 sizes, C and B-D × 3 sizes (large, small, all)
    assert cube.cells == 2 * (6 + 6 + 10)
    assert cube.enterprise_months == 12
    assert cube.months == ("2026-01", "2026-02")
    assert cube.observations == len(read(cube.output))
    # six enterprises, parts of four and two: the two totals of the nation remain
    assert cube.withheld_primary + cube.withheld_secondary == cube.cells - 2 * 2


def test_the_file_passes_the_projects_check(project, codelists):
    source = project.root / "made.parquet"
    write_synthetic_enterprises(source, 3000, months=2, seed=1, codelists=codelists)
    cube = build_cube([source], project.observations / "firms.csv", codelists, Options(threads=1))
    assert [problem.column for problem in check(project)] == ["source_id"] * cube.observations
    with (project.observations / "sources.csv").open("a", encoding="utf-8") as stream:
        stream.write(cube.source + "\n")
    assert check(project) == []


def test_synthetic_sums_are_consistent(codelists, tmp_path):
    made = tmp_path / "made.parquet"
    write_synthetic_enterprises(made, 20_000, months=1, codelists=codelists)
    build_cube([made], tmp_path / "out.csv", codelists, Options(rule=Rule(2), threads=1))
    frame = read(tmp_path / "out.csv")
    provinces = frame[(frame["ref_area"] != "CN") & (frame["activity"] == "B-D") & (frame["item"] == "")]
    for measure, slack in (("firm_enterprises", 0), ("firm_revenue", 31 * 5e-5), ("firm_profit", 31 * 5e-5)):
        parts = provinces.loc[provinces["measure"] == measure, "obs_value"]
        assert len(parts) == 31
        assert parts.sum() == pytest.approx(cell(frame, "CN", "B-D", "")[measure], abs=slack + 1e-9)


class TestTheOutput:
    def test_nothing_is_left_after_an_error(self, firms, codelists, tmp_path):
        twice = ["e1,2026-01,440000,C31,large,1,0,0,0"] * 2
        with pytest.raises(FourPillarsError):
            build_cube([firms(twice)], tmp_path / "out.csv", codelists, PAIRS)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["firms.csv"]

    def test_a_cube_is_replaced_and_keeps_its_bytes(self, firms, codelists, tmp_path):
        build_cube([firms()], tmp_path / "out.csv", codelists, PAIRS)
        first = (tmp_path / "out.csv").read_bytes()
        build_cube([firms()], tmp_path / "out.csv", codelists, PAIRS)
        assert (tmp_path / "out.csv").read_bytes() == first

    def test_another_file_is_not_written_over(self, firms, codelists, project):
        with pytest.raises(FourPillarsError, match="holds no cube"):
            build_cube([firms()], project.observations / "industry.csv", codelists, PAIRS)

    def test_an_input_is_not_written_over(self, firms, codelists):
        with pytest.raises(FourPillarsError, match="an input and the output"):
            build_cube([firms()], firms(), codelists, PAIRS)

    def test_a_folder_must_be_there(self, firms, codelists, tmp_path):
        with pytest.raises(FourPillarsError, match="no folder"):
            build_cube([firms()], tmp_path / "missing" / "out.csv", codelists, PAIRS)


def test_memory_and_threads_do_not_change_a_byte(codelists, tmp_path):
    made = tmp_path / "made.parquet"
    write_synthetic_enterprises(made, 20_000, months=3, codelists=codelists)
    for name, memory, threads in (("one", "300MB", 1), ("two", "4GB", 2)):
        options = Options(memory=memory, threads=threads, source_id="S")
        build_cube([made], tmp_path / f"{name}.csv", codelists, options)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
