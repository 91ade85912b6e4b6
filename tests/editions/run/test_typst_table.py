"""HTML tables become Typst tables that compile, fit the page and keep what matters."""

from __future__ import annotations

import pytest

from fourpillars.editions.run.typst_table import typst_tables

HEAD = (
    "<thead><tr><th rowspan='2'>Industry</th><th colspan='2' class='centre'>Growth</th></tr>"
    "<tr><th>Month</th><th>Year</th></tr></thead>"
)


def table(rows: str, head: str = "") -> str:
    return typst_tables(f"<table>{head}<tbody>{rows}</tbody></table>")


def test_a_head_of_two_rows_with_spans():
    typst = table("<tr><td>a</td><td>b</td><td>c</td></tr>", HEAD)
    head = typst[typst.index("table.header(") : typst.index("    ),")]
    assert [line.split('"')[-2] for line in head.splitlines()[1:]] == ["Industry", "Growth", "Month", "Year"]
    assert "rowspan: 2" in head.splitlines()[1]
    assert "colspan: 2, align: center + bottom" in head.splitlines()[2]
    assert 'table.cell("a"), table.cell("b"), table.cell("c"),' in typst


@pytest.mark.parametrize(
    ("cell", "typst"),
    [
        ("<td class='number'>1.0</td>", 'table.cell(align: right + top, "1.0")'),
        ("<td style='text-align: center'>1</td>", 'table.cell(align: center + top, "1")'),
        ("<td style='background-color:#fdecea'>1</td>", 'table.cell(fill: rgb("#fdecea"), "1")'),
        ("<td style='background: rgb(255, 0, 16)'>1</td>", 'table.cell(fill: rgb(255, 0, 16), "1")'),
        (
            "<td style='color:#a3123f;font-weight:700'>1</td>",
            'table.cell(text(weight: 600, fill: rgb("#a3123f"), "1"))',
        ),
        ("<td class='missing'>–</td>", 'table.cell(text(fill: rgb("#6b7280"), "–"))'),
        ("<th scope='row'>Steel</th>", 'table.cell("Steel")'),
        ("<th class='group' colspan='3'>Mining</th>", 'table.cell(colspan: 3, text(weight: 600, "Mining"))'),
        ("<td>one<br>two</td>", 'table.cell("one" + linebreak() + "two")'),
        ("<td>a <b>b</b> c</td>", 'table.cell("a b c")'),
        ("<td></td>", 'table.cell("")'),
        ("<td>#panic(&quot;x&quot;) \\ *b* &lt;i&gt;</td>", r'table.cell("#panic(\"x\") \\ *b* <i>")'),
        ("<td style='background-color:expression(x)'>1</td>", 'table.cell("1")'),
    ],
)
def test_a_cell_keeps_its_look_and_its_text_is_a_string(cell, typst):
    assert f"    {typst},\n" in table(f"<tr>{cell}</tr>")


def test_a_picked_row_is_bold_and_in_the_accent():
    assert 'table.cell(text(weight: 600, fill: rgb("#a3123f"), "Steel"))' in table(
        "<tr class='picked'><td>Steel</td></tr>"
    )


def test_the_first_column_is_wide_and_the_others_as_wide_as_they_need():
    rows = "<tr><td>Manufacture of computers</td><td>17.2</td><td>1,234.5</td></tr>"
    assert "columns: (25.8fr, 6.5fr, 10.1fr,)" in table(rows)


def test_a_wide_table_is_set_smaller_so_that_it_fits():
    wide = "".join(f"<td>{'x' * 12}</td>" for _ in range(12))
    assert "set text(size: 6pt" in table(f"<tr>{wide}</tr>")


def test_a_chinese_character_counts_for_two():
    assert "columns: (10.8fr,)" in table("<tr><td>黑色金属</td></tr>")


def test_text_outside_a_table_is_kept():
    assert '"Read down."' in typst_tables("<p>Read down.</p><table><tr><td>1</td></tr></table>")


def test_it_compiles_as_accessible_pdf():
    import typst

    drawing = '<svg viewBox="0 0 9 9" aria-label="up"><path d="M0 9L9 0" stroke="#000"/></svg>'
    body = table(f"<tr><td>#x \\ \"y\"</td><td>{drawing}</td><td class='number'>2</td></tr>", HEAD)
    source = f'#set document(title: "t")\n#set text(lang: "en")\n#figure(kind: "t", supplement: "T")[{body}]'
    assert typst.compile(source.encode(), format="pdf", pdf_standards=["ua-1"]).startswith(b"%PDF")
