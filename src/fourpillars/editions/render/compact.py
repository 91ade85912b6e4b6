"""The same PDF in half the bytes: the many small objects of a tagged document in compressed streams."""

from __future__ import annotations

import io


def compact(pdf: bytes) -> bytes:
    """Return a PDF with its objects in object streams; text, tags and metadata are as they were."""
    import pikepdf

    pikepdf.settings.set_flate_compression_level(7)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            preserve_pdfa=True,
        )
    return out.getvalue()
