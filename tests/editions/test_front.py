from __future__ import annotations

import gzip
import json
from pathlib import Path

from fourpillars.editions.config import FrontConfig
from fourpillars.editions.front import Finding, figure_of, figures, findings

TEXT = {
    "kind": "text",
    "markdown": "**Output rose by 5\\.3%.**\n\n- Profit *fell*.\n- Prices \\<b\\> rose.\n",
}
FIGURE = (
    '<figure class="fp-exhibit fp-fig" id="fig-map"><figcaption><span class="fp-label">Figure 2'
    '<span class="fp-delim">: </span></span><span>Title</span></figcaption></figure>'
)
CONFIG = FrontConfig.model_validate(
    {
        "findings": [
            {"report": "overview"},
            {"report": "overview", "line": 2},
            {"report": "overview", "line": 9},
            {"report": "growth"},
        ],
        "exhibits": [
            {"report": "overview", "exhibit": "fig-map"},
            {"report": "growth", "exhibit": "fig-map"},
        ],
    }
)


def tree(folder: Path) -> Path:
    (folder / "data/en").mkdir(parents=True)
    (folder / "en").mkdir()
    (folder / "data/en/overview.json.gz").write_bytes(
        gzip.compress(json.dumps({"exhibits": [{"kind": "chart"}, TEXT]}).encode())
    )
    (folder / "en/overview.html").write_text(f"<p>a</p>{FIGURE}<figure id='x'></figure>")
    return folder


def test_findings_are_the_lines_named_and_what_is_not_said_is_left_out(tmp_path: Path) -> None:
    assert findings(tree(tmp_path), "en", CONFIG) == (
        Finding("overview", "Output rose by 5.3%."),
        Finding("overview", "Prices <b> rose."),
    )


def test_a_figure_comes_without_its_number_and_a_missing_one_not_at_all(tmp_path: Path) -> None:
    (figure,) = figures(tree(tmp_path), "en", CONFIG)
    assert figure == (
        '<figure class="fp-exhibit fp-fig" id="fig-map"><figcaption><span>Title</span></figcaption></figure>'
    )
    assert figure_of("<p></p>", "fig-map") == ""
