import base64
import hashlib
import re
import zlib

from fourpillars.editions.render.packed import pack_charts

SPEC = '{"mark":"bar","title":"Steel \\u003c钢铁>"}'
PAGE = f'<p>1</p><script type="application/json" class="fp-spec">{SPEC}</script><p>2</p>'
WORDS = re.compile("nan|none|null|nat|inf|undefined", re.IGNORECASE)


def test_a_chart_comes_back_as_it_was():
    packed = re.fullmatch(
        r'<p>1</p><script type="text/plain" class="fp-spec" data-packed="deflate">([\w+/=]+)</script><p>2</p>',
        pack_charts(PAGE),
    )
    assert zlib.decompress(base64.b64decode(packed[1])).decode() == SPEC


def test_packing_spells_no_word_for_nothing():
    specs = [f'{{"mark":"{hashlib.sha512(bytes(divmod(number, 256))).hexdigest()}"}}' for number in range(900)]
    plain = " ".join(base64.b64encode(zlib.compress(spec.encode(), 9)).decode() for spec in specs)
    pages = [pack_charts(PAGE.replace(SPEC, spec)) for spec in specs]
    assert WORDS.search(plain)
    assert not any(WORDS.search(page) for page in pages)
    packed = [re.search(r">([^<>]+)</script>", page)[1] for page in pages]
    assert [zlib.decompress(base64.b64decode(text)).decode() for text in packed] == specs


def test_every_chart_of_a_page_and_nothing_else_is_packed():
    page = f'{PAGE}<script type="application/json">{{}}</script>{PAGE}'
    assert pack_charts(page).count("data-packed") == 2
    assert '<script type="application/json">{}</script>' in pack_charts(page)
