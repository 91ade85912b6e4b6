"""The analyst's text is data: prose, lists and links reach the reader, and nothing else does anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from fourpillars.editions.render.document import Document
from fourpillars.editions.render.pandoc import convert
from fourpillars.editions.run.commentary import read_commentary, safe_markdown

WORDS = {"figure": "Figure", "table": "Table", "callouts": {}}


def rendered(text: str) -> dict[str, str]:
    document = Document("T", "en", "", f"::: {{.fp-commentary}}\n\n{safe_markdown(text)}\n\n:::", {})
    return {form: part.body for form, part in convert(document, ["html", "typst"], WORDS).items()}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('<img src=x onerror="a">', "&lt;img src=x onerror="),
        ("`<b>`{=html}", "&lt;b&gt;{=html}"),
        ("[a](javascript:alert)", "<p>a</p>"),
        ("![a picture](http://a.example/x.png)", "<p>a picture</p>"),
        ("[a](https://a.example/)", '<a href="https://a.example/">a</a>'),
        ("See @fig-a and 钢@fig-a和 [@fig-b]", "See @fig-a and 钢@fig-a和 [@fig-b]"),
        ("{{< include secret.md >}}", "{{&lt; include secret.md &gt;}}"),
        ("$x^2$ costs $5", "$x^2$ costs $5"),
        ("# Steel", "<h2>Steel</h2>"),
        ("# A {#b onclick=c}", ">A {#b onclick=c}</h2>"),
        ("a \\\\{.b}", "a \\{.b}"),
        ("- **one**\n- two", "<strong>one</strong>"),
    ],
)
def test_on_a_page(text: str, html: str) -> None:
    assert html in rendered(text)["html"].replace(' id="steel"', "").replace("&quot;", '"')


@pytest.mark.parametrize("text", ["::: {.callout-note}\n\na\n\n:::", "```{=html}\n<b>\n```", "---\ntitle: x\n---"])
def test_no_block_is_more_than_text(text: str) -> None:
    page = rendered(text)["html"]
    assert "callout" not in page.replace("{.callout-note}", "")
    assert "<b>" not in page


@pytest.mark.parametrize("text", ['#panic("no")', "```{=typst}\n#panic(1)\n```", '`#read("/etc/passwd")`{=typst}'])
def test_in_typst_it_is_no_code(text: str) -> None:
    typst = rendered(text)["typst"]
    assert "\\#" in typst
    assert "\n#panic" not in typst


def test_it_is_read_by_edition_language_and_report(tmp_path: Path) -> None:
    path = tmp_path / "commentary/2026-08/zh/industry/C31.md"
    path.parent.mkdir(parents=True)
    path.write_text("钢铁*回升*。", encoding="utf-8")
    assert read_commentary(tmp_path, "2026-08", "zh", "industry/C31") == "钢铁*回升*。"
    assert read_commentary(tmp_path, "2026-08", "en", "industry/C31") == ""
