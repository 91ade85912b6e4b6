from __future__ import annotations

from pathlib import Path

import pytest

from fourpillars.editions import search
from fourpillars.editions.search import write_search

PAGE = (
    '<!doctype html><html lang="{lang}"><head><title>{title}</title></head><body><h1>Site</h1>'
    "<main data-pagefind-body><h1>{title}</h1><p>{text}</p></main></body></html>"
)


def write(tree: Path) -> dict[str, bytes]:
    for path, lang, title, text in (
        ("en/a", "en", "Steel", "It grew."),
        ("zh/a", "zh-CN", "钢铁", "钢铁增长。"),
    ):
        (tree / path).parent.mkdir(parents=True)
        (tree / f"{path}.html").write_text(PAGE.format(lang=lang, title=title, text=text), encoding="utf-8")
    assert write_search(tree)
    files = (path for path in (tree / "pagefind").rglob("*") if path.is_file())
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in files}


def test_the_same_pages_give_the_same_index_in_both_languages(tmp_path: Path) -> None:
    pytest.importorskip("pagefind_bin_extended")
    first = write(tmp_path / "one")
    assert write(tmp_path / "two") == first
    assert {name.split(".")[1].split("_")[0] for name in first if name.endswith(".pf_meta")} == {
        "en",
        "zh-cn",
    }
    assert not any(name.endswith(".css") for name in first)


def test_without_pagefind_there_is_no_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_PACKAGES", ("no_such_package",))
    assert write_search(tmp_path) is False
    assert list(tmp_path.iterdir()) == []
