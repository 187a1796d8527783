"""Small documents made in memory: DOCX and ODT of a few elements, PDFs of lines at given places."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
PAGE_HEIGHT = 842

Placed = tuple[float, float, float, str]
"""From the left, from below, the size of the letters, the text."""


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive with some parts."""
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return raw.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A DOCX of the elements of its body, with more parts of `word/` by their names."""
    wrapped = {f"word/{name}.xml": f'<w:{name} xmlns:w="{WORDS}">{inside}</w:{name}>' for name, inside in parts.items()}
    document = f'<w:document xmlns:w="{WORDS}"><w:body>{body}</w:body></w:document>'
    return zipped({"word/document.xml": document, **wrapped})


def run(text: str, properties: str = "") -> str:
    """A run of text in a DOCX."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of a DOCX."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def odt(body: str, **parts: str) -> bytes:
    """An ODT of the elements of its text, with more parts by their names."""
    spaces = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "table"))
    spaces += f' xmlns:draw="{ODF}:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    content = f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
    return zipped({"content.xml": f"{content}</office:document-content>", **parts})


def pdf(*pages: Iterable[Placed], information: str = "") -> bytes:
    """A PDF with lines at their places, in Helvetica."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        stream = "\n".join(
            f"BT /F1 {size} Tf {left} {base} Td ({_escaped(text)}) Tj ET" for left, base, size, text in page
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 {PAGE_HEIGHT}] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    objects.append(f"<< {information} >>")
    raw, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(raw))
        raw += f"{number} 0 obj\n{one}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(raw)}\n%%EOF\n"
    return raw + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def lines(texts: Iterable[str], top: float = 780, left: float = 70, step: float = 14, size: float = 11) -> list[Placed]:
    """Lines one below the other."""
    return [(left, top - step * number, size, text) for number, text in enumerate(texts)]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
