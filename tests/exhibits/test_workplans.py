from __future__ import annotations

import pytest

from fourpillars.exhibits import workplans
from fourpillars.exhibits.snapshots import snapshot


def test_the_plans_of_the_edition_are_in_force() -> None:
    early, late = (set(workplans.in_force(snapshot(edition))["target_id"]) for edition in ("2023-11", "2026-08"))
    assert {"T027", "T028", "T031"} <= early  # steel and non-ferrous metals, 2023–2024
    assert {"T001", "T003", "T010"} <= late  # steel, non-ferrous metals, cars, 2025–2026
    assert not early & late


def test_a_plan_not_yet_issued_is_not_in_force() -> None:
    """The steel plan for 2025–2026 was issued on 22 September 2025."""
    assert "T001" not in set(workplans.in_force(snapshot("2025-08"))["target_id"])
    assert "T001" in set(workplans.in_force(snapshot("2025-09"))["target_id"])


def test_an_average_is_the_geometric_mean_of_the_years() -> None:
    """Steel grew 4.5 % in 2025 and 1.7 % in January to August 2026."""
    data = workplans.bullets(snapshot("2026-08")).data.set_index("indicator")
    assert data.loc["actual:T001", "value"] == pytest.approx(100 * ((1.045 * 1.017) ** 0.5 - 1))
    assert data.loc["target:T001", "value"] == 4.0


@pytest.mark.parametrize(("lang", "behind"), [("en", "Steel, value added"), ("zh", "钢铁增加值")])
def test_the_title_names_who_is_behind(lang: str, behind: str) -> None:
    assert behind in workplans.bullets(snapshot("2026-08", lang)).title


def test_the_table_says_why_a_target_cannot_be_judged() -> None:
    html = workplans.table(snapshot("2026-08")).table_html
    assert html.count("not computable: ") == 19
    assert "weights" in html


def test_without_a_plan_it_says_so() -> None:
    shown = workplans.table(snapshot("2021-06"))
    assert shown.kind == "text"
    assert "June 2021" in shown.markdown
