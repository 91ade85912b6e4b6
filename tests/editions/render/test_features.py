"""Each Quarto feature the notebooks use, in both formats, against what a reader should get."""

import re

import pytest

from fourpillars.errors import FourPillarsError

from .conftest import SVG, body, chart, markdown, shown

NBSP = "\u00a0"


def test_figures_are_numbered_and_captioned():
    html = body("html", chart("fig-a", "Output grew"), chart("fig-b", "Prices fell"))
    assert (
        '<figure class="fp-exhibit fp-fig" id="fig-b" aria-labelledby="fig-b-caption">\n'
        f'<figcaption id="fig-b-caption"><span class="fp-label">Figure{NBSP}2'
        '<span class="fp-delim">: </span></span>'
        '<span class="fp-finding">Prices fell</span></figcaption>'
    ) in html
    typst = body("typst", chart("fig-a", "Output grew"))
    assert '#fp-exhibit(kind: "fig", supplement: "Figure", caption: [Output grew])[' in typst
    assert "]<fig-a>" in typst


def test_a_tall_figure_lets_what_follows_go_on_and_figures_keep_their_order():
    tall = {"svg": SVG.replace('height="20"', 'height="600"', 1)}
    table = shown('#| label: tbl-a\n#| tbl-cap: "Growth"\nx', "| a |\n|---|\n| 1 |\n")
    cells = [markdown("## Ranks", "", "Each industry."), chart("fig-a", "A", **tall), table, markdown("## Map")]
    typst = body("typst", *cells, chart("fig-b", "B"), chart("fig-c", "C", **tall))
    lines = [line for line in typst.splitlines() if line.startswith(("=", "#fp-", "#place"))]
    assert [line.partition(", supplement")[0] for line in lines] == [
        "= Ranks",
        "#fp-lead[",
        f'#fp-elsewhere("fig-a", "Figure{NBSP}1")',
        '#fp-exhibit(kind: "fig"',
        '#fp-exhibit(kind: "tbl"',
        "#place.flush()",
        "= Map",
        '#fp-exhibit(kind: "fig"',
        '#fp-exhibit(kind: "fig"',  # nothing comes after it
    ]
    assert [", floats:" in line for line in lines if line.startswith("#fp-exhibit")] == [True, False, False, False]


def test_a_figure_of_some_height_floats_behind_a_tall_one_and_a_section_of_text_stands_alone():
    tall, some = ({"svg": SVG.replace('height="20"', f'height="{height}"', 1)} for height in (600, 300))
    cells = [markdown("## Years"), chart("fig-a", "A", **tall), chart("fig-b", "B", **some)]
    cells += [markdown("## Targets", "", "There is none."), markdown("## Peers"), markdown("Many."), markdown("More.")]
    typst = body("typst", *cells)
    lines = [line.partition(", supplement")[0] for line in typst.splitlines() if line.startswith(("=", "#fp-"))]
    assert lines == [
        "= Years",
        f'#fp-elsewhere("fig-a", "Figure{NBSP}1")',
        '#fp-exhibit(kind: "fig"',
        f'#fp-elsewhere("fig-b", "Figure{NBSP}2")',
        '#fp-exhibit(kind: "fig"',
        "= Targets",
        "= Peers",
    ]
    assert typst.count(", floats:") == 2
    assert "]<fig-a>" not in typst  # the template marks where it stands


def test_charts_of_one_height_under_headings_are_a_series():
    cells = [part for name in "abc" for part in (markdown(f"### {name}"), chart(f"fig-{name}", name))]
    assert body("typst", *cells).count(", series: true") == 3
    assert body("typst", *cells, markdown("On."), chart("fig-d", "D")).count(", series: true") == 3
    assert ", series: true" not in body("typst", *cells[:4])


def test_tables_count_on_their_own():
    table = shown('#| label: tbl-a\n#| tbl-cap: "Growth"\nx', "| a |\n|---|\n| 1 |\n")
    html = body("html", chart("fig-a", "A"), table, markdown("[@tbl-a]"))
    assert f'<a href="#tbl-a" class="quarto-xref">Table{NBSP}1</a>' in html


def test_each_format_keeps_its_own_raw_block():
    html, typst = (body(form, chart("fig-a", "A")) for form in ("html", "typst"))
    assert [SVG in html, "#box(image" in html] == [True, False]
    assert ["fp-static" in typst, "#box(image" in typst] == [False, True]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("[@fig-a]", f"Figure{NBSP}1"),
        ("@fig-a", f"Figure{NBSP}1"),
        ("[-@fig-a]", "1"),
        ("[Chart @fig-a]", f"Chart{NBSP}1"),
    ],
)
def test_references(written, read):
    html = body("html", markdown(f"See {written}."), chart("fig-a", "A"))
    assert f'<p>See <a href="#fig-a" class="quarto-xref">{read}</a>.</p>' in html
    typst = body("typst", markdown(f"See {written}."), chart("fig-a", "A"))
    assert f"See #link(<fig-a>)[{read.replace(NBSP, '~')}]." in typst


def test_several_references_in_one_bracket():
    html = body("html", markdown("[@fig-a; @fig-b]"), chart("fig-a", "A"), chart("fig-b", "B"))
    link = '<a href="#fig-{}" class="quarto-xref">Figure' + NBSP + "{}</a>"
    assert f"<p>{link.format('a', 1)}, {link.format('b', 2)}</p>" in html


@pytest.mark.parametrize("written", ["见[@fig-a]和表。", "见@fig-a和表。"])
def test_chinese_references(written):
    html = body("html", markdown(written), chart("fig-a", "A"), lang="zh-CN")
    assert f'<p>见<a href="#fig-a" class="quarto-xref">图{NBSP}1</a>和表。</p>' in html


def test_a_caption_may_refer_to_another_exhibit():
    html = body("html", chart("fig-a", "A"), chart("fig-b", "As in [@fig-a]"))
    assert f'As in <a href="#fig-a" class="quarto-xref">Figure{NBSP}1</a></span>' in html


def test_a_reference_that_leads_nowhere_is_refused():
    with pytest.raises(FourPillarsError, match="no figure or table 'fig-x'"):
        body("html", markdown("[@fig-x]"))


def test_other_at_signs_stay():
    assert body("html", markdown("Write to @press or a@b.cn.")) == "<p>Write to @press or a@b.cn.</p>"


def test_callouts():
    html = body("html", markdown("::: {.callout-note}", "Text.", ":::"))
    assert html.replace("\n", "") == (
        '<div class="callout callout-note" role="note"><p class="callout-title">Note</p>'
        '<div class="callout-body"><p>Text.</p></div></div>'
    )
    typst = body("typst", markdown("::: {.callout-note}", "## How to *read*", "", "Text.", ":::"))
    assert '#fp-callout(kind: "note", title: [How to #emph[read]])[\nText.' in typst
    assert "= How" not in typst


def test_a_collapsed_callout_opens_on_the_page_and_is_open_on_paper():
    cell = markdown('::: {.callout-warning collapse="true" title="Careful"}', "Text.", ":::")
    assert '<details class="callout callout-warning"><summary class="callout-title">Careful</summary>' in body(
        "html", cell
    )
    assert "Text." in body("typst", cell)


@pytest.mark.parametrize(
    ("opening", "on_page", "on_paper"),
    [
        ('.content-visible when-format="html"', True, False),
        ('.content-visible when-format="typst"', False, True),
        ('.content-visible when-format="pdf"', False, True),
        ('.content-hidden when-format="html"', False, True),
        ('.content-visible unless-format="html"', False, True),
    ],
)
def test_conditional_content(opening, on_page, on_paper):
    cell = markdown(f"::: {{{opening}}}", "Words.", ":::", "", f"[phrase]{{{opening}}}")
    assert (("Words." in body("html", cell)), ("phrase" in body("html", cell))) == (on_page, on_page)
    assert (("Words." in body("typst", cell)), ("phrase" in body("typst", cell))) == (on_paper, on_paper)


def test_what_is_hidden_is_not_counted():
    hidden = [markdown('::: {.content-visible when-format="typst"}'), chart("fig-p", "P"), markdown(":::")]
    assert f"Figure{NBSP}1" in body("html", *hidden, chart("fig-a", "A"))
    assert "fig-p" not in body("html", *hidden, chart("fig-a", "A"))


def test_tabs_are_titled_sections_on_the_page_and_headings_on_paper():
    cell = markdown("## Prices", "::: {.panel-tabset}", "### Steel", "", "One.", "", "### Coal", "", "Two.", ":::")
    html = body("html", cell)
    assert '<div class="fp-tab"><p class="fp-tab-title">Steel</p>\n<p>One.</p>\n</div>' in html
    assert "<h3" not in html
    assert "== Steel" in body("typst", cell)


def test_columns_hold_whole_exhibits():
    cells = [markdown("::: {layout-ncol=2}"), chart("fig-a", "A"), chart("fig-b", "B"), markdown(":::")]
    html = body("html", *cells)
    assert html.count('<div class="fp-column">') == 2
    assert '<div class="fp-column">\n<figure class="fp-exhibit fp-fig" id="fig-a"' in html
    assert "#fp-columns(columns: 2,\n" in body("typst", *cells)


def test_columns_with_widths():
    cell = markdown(
        "::: {.columns}",
        '::: {.column width="60%"}',
        "A",
        ":::",
        '::: {.column width="40%"}',
        "B",
        ":::",
        ":::",
    )
    assert 'style="--fp-tracks: 60fr 40fr"' in body("html", cell)
    assert "columns: (60fr, 40fr,)" in body("typst", cell)


def test_page_breaks():
    assert body("html", markdown("{{< pagebreak >}}")) == '<div class="fp-pagebreak"></div>'
    assert body("typst", markdown("{{< pagebreak >}}")) == "#pagebreak(weak: true)"


def test_footnotes():
    cell = markdown("Grew[^1].", "", "[^1]: On a comparable base.")
    assert "On a comparable base." in body("html", cell)
    assert "#footnote[On a comparable base.]" in body("typst", cell)


def test_headings_start_below_the_title():
    cells = markdown("# A", "", "## B")
    assert '<h2 id="a">A</h2>' in body("html", cells)
    assert '<h3 id="b">B</h3>' in body("html", cells)
    assert body("typst", markdown("## A", "", "### B")).startswith("= A\n<a>\n== B\n<b>")


def test_formulas_have_a_text_alternative_on_paper():
    assert '#math.equation(block: false, alt: "x^2", $x^2$.body)' in body("typst", markdown("$x^2$"))


def test_relative_addresses_are_plain_text_on_paper():
    assert body("typst", markdown("[profile](C31.html)")) == "profile"
    assert '<a href="C31.html">profile</a>' in body("html", markdown("[profile](C31.html)"))


def test_colours_of_a_phrase_survive():
    assert '#text(fill: rgb("#ff0000"))[red]' in body("typst", markdown('[red]{style="color:#ff0000"}'))


def test_an_html_table_of_the_analyst_reaches_the_paper():
    table = "```{=html}\n<table><tr><td>7.4</td></tr></table>\n```"
    assert "7.4" in body("typst", shown("x", table))
    ours = "```{=html}\n<!--| quarto-html-table-processing: none -->\n<table><tr><td>7.4</td></tr></table>\n```"
    assert "7.4" not in body("typst", shown("x", ours))


def test_printed_text_is_set_as_it_is():
    cell = shown("print()")
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "*a* #b ```\n"}]
    assert "<pre><code>*a* #b ```</code></pre>" in body("html", cell)


@pytest.mark.parametrize("caption", ["Fell[^1]", "Fell ^[By half.]", "Fell \ue000 and rose"])
def test_captions_written_together_stay_apart(caption):
    html = body("html", chart("fig-a", "Grew *fast*"), chart("fig-b", caption), chart("fig-c", "2026. A year"))
    findings = re.findall(r'<span class="fp-finding">(.*?)</span></figcaption>', html, re.DOTALL)
    assert findings[0] == "Grew <em>fast</em>"
    assert findings[1].startswith("Fell")
    assert findings[2] == "2026. A year"
