"""Templates compiled once for a user."""

from __future__ import annotations

from pathlib import Path

import pytest

from fourpillars.editions.render.templates import environment_of


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.j2").write_text("<p>{{ text }}</p>")
    return folder


def filled(templates: Path, text: str) -> str:
    return environment_of(str(templates)).get_template("page.j2").render(text=text)


def kept(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache/fourpillars/templates").glob("*"))


def test_a_template_is_compiled_once_and_again_when_it_changes(templates: Path, tmp_path: Path) -> None:
    assert filled(templates, "<b>") == "<p>&lt;b&gt;</p>"
    (file,) = kept(tmp_path)
    before = file.read_bytes()
    assert filled(templates, "a") == "<p>a</p>"
    assert file.read_bytes() == before
    (templates / "page.j2").write_text("<i>{{ text }}</i>")
    assert filled(templates, "a") == "<i>a</i>"
    assert kept(tmp_path)[0].read_bytes() != before


def test_what_others_could_have_written_is_not_run(templates: Path, tmp_path: Path) -> None:
    filled(templates, "a")
    (file,) = kept(tmp_path)
    compiled = file.read_bytes()
    (templates / "page.j2").write_text("other")
    filled(templates, "a")
    (templates / "page.j2").write_text("<p>{{ text }}</p>")
    file.write_bytes(compiled[:-9] + b"\0" * 9)
    file.chmod(0o666)
    assert filled(templates, "a") == "<p>a</p>"


def test_where_nothing_can_be_kept_pages_are_made_all_the_same(templates: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("no folder")
    assert filled(templates, "a") == "<p>a</p>"
