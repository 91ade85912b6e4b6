"""Which files count as inputs."""

from __future__ import annotations

from pathlib import Path

from fourpillars.editions.inputs import files_below, tree_digest


def test_only_files_that_are_there_and_not_hidden_count(tmp_path: Path) -> None:
    for name in ("b/c.txt", "a.txt", "b-c.txt", "site/page.html", "__pycache__/a.pyc", ".git/config", "b/.hidden"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    assert files_below(tmp_path) == ["a.txt", "b/c.txt", "b-c.txt"]  # folder by folder, as paths are sorted
    assert files_below(tmp_path, {"__pycache__"}) == ["a.txt", "b/c.txt", "b-c.txt", "site/page.html"]
    before = tree_digest([tmp_path])
    (tmp_path / "site/page.html").write_text("another")
    assert tree_digest([tmp_path]) == before
    assert tree_digest([tmp_path], leave_out=("b/",)) != before
    (tmp_path / "b/c.txt").write_text("another")
    assert tree_digest([tmp_path]) != before
