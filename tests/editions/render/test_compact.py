from __future__ import annotations

import io

import pikepdf
import pypdfium2
import typst

from fourpillars.editions.render.compact import compact

SOURCE = b'#set document(title: "Steel", date: none)\n#set text(lang: "en")\n= Steel\n' + b"#table([a], [b])\n" * 80


def test_a_compact_pdf_says_and_claims_the_same_in_fewer_bytes() -> None:
    pdf = typst.Compiler().compile(input=SOURCE, format="pdf", pdf_standards=["ua-1"], timestamp=0)
    small = compact(pdf)
    assert len(small) < 0.7 * len(pdf)
    assert compact(pdf) == small
    texts = [pypdfium2.PdfDocument(one)[0].get_textpage().get_text_range() for one in (pdf, small)]
    assert texts[0] == texts[1]
    with pikepdf.open(io.BytesIO(small)) as document, document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert "/StructTreeRoot" in document.Root
