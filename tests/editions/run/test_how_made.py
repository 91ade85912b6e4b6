"""From an exhibit to where its figures are explained."""

import pytest

from fourpillars.editions.run.how_made import Method, how_html, how_typst

HERE = Method("Method and sources", "../method.html")


def exhibit(*indicators, lang="en", kind="chart"):
    return {"id": "fig-a", "kind": kind, "lang": lang, "data": [{"indicator": code} for code in indicators]}


def test_one_indicator_is_one_link():
    link = how_html(exhibit("va_growth", "rank:va_growth"), HERE)
    assert link.startswith(
        '<a class="fp-how" href="../method.html#indicator-va_growth" aria-describedby="fig-a-caption"'
    )
    assert "How is this made?" in link


def test_several_are_named_and_many_stand_by_their_pillar():
    few = how_html(exhibit("va_growth", "overall"), HERE)
    assert '<a class="fp-how" href="../method.html#scores">Scores</a>' in few
    assert "Value-added growth</a>" in few
    many = how_html(
        exhibit("va_growth", "va_momentum", "va_volatility", "producer_prices", "profit_growth", "revenue_growth"), HERE
    )
    assert 'href="../method.html#tbl-indicators-stability">Stability</a>' in many
    assert many.count("<a ") <= 4


@pytest.mark.parametrize(
    ("code", "anchor"),
    [
        ("count:warn", "#signals"),
        ("target:steel", "#targets"),
        ("distance:structure", ""),
        ("median:producer_prices", "#indicator-producer_prices"),
        ("weight:industry:overall", "#scores"),
        ("stability", "#scores"),
        ("", None),
    ],
)
def test_a_derived_figure_leads_to_what_explains_it(code, anchor):
    link = how_html(exhibit(code), HERE)
    assert (f'href="../method.html{anchor}"' in link) if anchor is not None else link == ""


def test_on_paper_it_is_a_name_and_with_an_address_a_link():
    assert how_typst(exhibit("va_growth"), HERE) == ('"How is this made? Method and sources: " + "Value-added growth"')
    whole = Method("方法与来源", "method.html", "https://statistics.example/2026-08/zh/method.html")
    assert how_typst(exhibit("va_growth", lang="zh"), whole) == (
        '"数据如何得来？方法与来源：" + '
        'link("https://statistics.example/2026-08/zh/method.html#indicator-va_growth", "增加值增速")'
    )


def test_texts_and_documents_without_a_method_report_have_none():
    assert how_html(exhibit("va_growth", kind="text"), HERE) == ""
    assert how_html(exhibit("va_growth"), None) == how_typst(exhibit("va_growth"), None) == ""
