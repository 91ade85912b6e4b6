from __future__ import annotations

from pathlib import Path

import pytest

from fourpillars.editions.config import load_config
from fourpillars.errors import FourPillarsError

GOOD = """
title: {en: A, zh: 甲}
description: {en: B, zh: 乙}
required: [{measure: value_added_growth}]
groups: [{id: nation, title: {en: Nation, zh: 全国}}]
reports:
  - {slug: overview, notebook: overview, group: nation, label: {en: Overview, zh: 总览}}
"""


def load(tmp_path: Path, text: str):
    (tmp_path / "edition.yml").write_text(text, encoding="utf-8")
    return load_config(tmp_path)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    config = load(tmp_path, GOOD)
    assert (config.title.get("zh"), config.reports[0].slug) == ("甲", "overview")
    assert config.required[0].activity == "B-D"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("group: nation", "group: natoin", "unknown group 'natoin'. Did you mean 'nation'?"),
        ("slug: overview", "slug: ../overview", "reports.0.slug: String should match pattern"),
        ("notebook: overview", "notebook: /etc/passwd", "reports.0.notebook: String should match pattern"),
        ("slug: overview", "slug: a, for_each: activity", "must contain {activity}"),
        ("slug: overview", 'slug: "a/{activity}"', "there is no for_each of that name"),
        ("slug: overview", "slug: a, parameters: {lang: en}", "'lang' is set by the edition itself"),
        ("slug: overview", "slug: a, sluq: b", "reports.0.sluq: unknown name 'sluq'"),
        ("title: {en: A, zh: 甲}", "title: {en: A}", "title.zh: Field required"),
        ("title: {en: A, zh: 甲}", "title: {en: A", "cannot be read"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(FourPillarsError) as refusal:
        load(tmp_path, GOOD.replace(old, new, 1))
    assert said in str(refusal.value)


def test_all_mistakes_are_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(FourPillarsError) as refusal:
        load(
            tmp_path,
            GOOD.replace("title: {en: A, zh: 甲}", "title: {en: A}").replace("slug: overview", "slug: O"),
        )
    assert "title.zh" in str(refusal.value)
    assert "reports.0.slug" in str(refusal.value)


def test_the_projects_own_file_is_good() -> None:
    config = load_config(Path(__file__).resolve().parents[2] / "reports")
    assert [report.slug for report in config.reports] == [
        "overview",
        "stability",
        "expansion",
        "innovation",
        "growth",
        "comparison/industries",
        "comparison/regions",
        "industry/{activity}",
        "region/{ref_area}",
        "method",
    ]
