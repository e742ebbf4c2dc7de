"""PDF files written byte by byte, for what no library would write."""

from __future__ import annotations


def raw_file(stream: bytes, *objects: bytes) -> bytes:
    """A file of one page with the given content; the resources are object 5."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 5 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        *objects,
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%s endobj\n" % (k, part) for k, part in enumerate(parts, 1))
    return body + b"trailer<</Root 1 0 R>>"
