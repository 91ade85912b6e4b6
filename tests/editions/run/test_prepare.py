"""From an executed notebook on disk to the copy a renderer reads."""

from __future__ import annotations

import nbformat

from fourpillars.editions.run.prepare import prepare


def test_the_copy_is_written_with_its_charts(executed, tmp_path):
    nbformat.write(executed, tmp_path / "executed.ipynb")
    prepared = prepare(tmp_path / "executed.ipynb", "en", tmp_path / "en" / "growth.ipynb")
    copied = nbformat.read(prepared.path, 4)
    assert 'class="marks"' in copied.cells[4].outputs[0].data["text/markdown"]
    assert [exhibit["id"] for exhibit in prepared.exhibits] == ["txt-finding", "fig-growth", "tbl-growth"]
    assert prepared.dropped == ("Cell 5 printed on stdout: '1'.",)


def test_the_same_notebook_gives_the_same_bytes(executed, tmp_path):
    nbformat.write(executed, tmp_path / "executed.ipynb")
    written = [prepare(tmp_path / "executed.ipynb", "en", tmp_path / name).path.read_bytes() for name in ("a", "b")]
    assert written[0] == written[1]
