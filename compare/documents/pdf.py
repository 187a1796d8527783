"""PDF: the lines of its pages, put together to paragraphs; what recurs on the pages is no part of the text."""

from __future__ import annotations

import ctypes
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from compare.documents.extracted import BlankError, DocumentError, Extracted, Extraction, stated
from compare.documents.furniture import without_furniture
from compare.documents.lines import SOFT_HYPHEN, Char, Page, lines_of
from compare.documents.paragraphs import PARTED
from compare.documents.unwrap import unwrapped
from compare.errors import MissingExtraError
from compare.vocabulary import ExtractionNote, PlaceUnit, Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from compare.documents.extracted import Limits, Stated
    from compare.documents.unwrap import Block

_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_BOM = "\ufeff"
_UNDRAWN = Char(" ", 0.0, 0.0, 0.0, 0.0)
_BLANK, _PARTING = 0x20, 0x02
"""A blank, and what Pdfium gives for a hyphen that parts a word."""
_SLANT = 0.1
"""Of a full turn 6.28: what is written up a margin, or across a page."""
_PASSWORD = 4
"""Pdfium's number for a document that wants a password."""


def extract(raw: bytes, limits: Limits) -> Extracted:
    """The text by pages. Raises DocumentError, and MissingExtraError without `pypdfium2`."""
    library = _library()
    document = _opened(library, raw)
    try:
        if len(document) > limits.pages:
            raise DocumentError(f"has {len(document)} pages, more than the limit of {limits.pages}")
        pages = list(_pages(library, document, limits))
        values = _properties(document)
    finally:
        document.close()
    version = f"pypdfium2 {library.PYPDFIUM_INFO}"
    return _put_together(pages, version, values)


def _library() -> Any:  # noqa: ANN401  # an optional package
    try:
        import pypdfium2  # noqa: PLC0415  # likewise
    except ImportError as error:
        raise MissingExtraError("PDF", "documents") from error
    return pypdfium2


def _opened(library: Any, raw: bytes) -> Any:  # noqa: ANN401  # likewise
    try:
        return library.PdfDocument(raw)
    except library.PdfiumError as error:
        if "assword" in str(error) or getattr(error, "err_code", 0) == _PASSWORD:
            raise DocumentError("encrypted; save it without a password") from error
        raise DocumentError("damaged: it is no whole PDF") from error


# --- the pages -----------------------------------------------------------------------------------------------------


def _pages(library: Any, document: Any, limits: Limits) -> Iterator[Page]:  # noqa: ANN401  # likewise
    size = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except library.PdfiumError:
            yield Page((), 0.0)
            continue
        size += text.count_chars()
        if size > limits.size:
            raise DocumentError(f"holds more text than the limit of {limits.size} bytes")
        yield Page(tuple(lines_of(_chars(library.raw, text))), float(page.get_height()))
        text.close()
        page.close()


def _chars(raw: Any, text: Any) -> Iterator[Char]:  # noqa: ANN401  # likewise
    """The characters of a page in the order in which they are drawn, with their places. Slanted ones are left out."""
    across, up, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    origin, bounds = (ctypes.byref(across), ctypes.byref(up)), ctypes.byref(box)
    page, base, is_slanted = text.raw, -1.0, False
    unicode, place, bound = raw.FPDFText_GetUnicode, raw.FPDFText_GetCharOrigin, raw.FPDFText_GetLooseCharBox
    for at in range(text.count_chars()):
        code = unicode(page, at)
        if code <= _BLANK and raw.FPDFText_IsGenerated(page, at) == 1:
            yield _UNDRAWN
            continue
        place(page, at, *origin)
        if up.value != base:  # letters of one line stand at one height
            base, is_slanted = up.value, abs(raw.FPDFText_GetCharAngle(page, at)) > _SLANT
        if is_slanted:
            continue
        bound(page, at, bounds)
        char = SOFT_HYPHEN if code == _PARTING else chr(code) if code < 0x110000 else ""  # noqa: PLR2004  # Unicode's
        yield Char(char, box.left, box.right, base, abs(box.top - box.bottom))


# --- the text ------------------------------------------------------------------------------------------------------


def _put_together(pages: Sequence[Page], version: str, values: Mapping[str, Stated]) -> Extracted:
    """Paragraphs, with where each page begins; a paragraph that goes on over a page's end stays one."""
    told = set()
    kept = without_furniture(pages)
    if kept != list(pages):
        told.add(ExtractionNote.FURNITURE)
    if any(not page.lines for page in kept) and any(page.lines for page in kept):
        told.add(ExtractionNote.PICTURES)
    blocks = unwrapped(kept)
    if any(block.is_note for block in blocks):
        told.add(ExtractionNote.FOOTNOTES)
    if not blocks:
        raise DocumentError("holds pictures and no text") if pages else BlankError("empty")
    text, starts = _with_starts(blocks, len(pages))
    heading = _heading(blocks)
    return Extracted(text, Extraction("pdf", version, PlaceUnit.PAGE, starts, tuple(sorted(told))), values, heading)


def _with_starts(blocks: Sequence[Block], count: int) -> tuple[str, tuple[int, ...]]:
    """The text, and where each page begins in it. Notes stand at the end, whatever page they come from."""
    at, starts = 0, dict[int, int]()
    for block in blocks:
        for page, place in block.places if not block.is_note else ():
            starts.setdefault(page, at + place)
        at += len(block.text) + len(PARTED)
    text, following, begins = PARTED.join(block.text for block in blocks), 0, []
    following = len(text)
    for page in range(count, 0, -1):
        following = starts.get(page, following)
        begins.append(following)
    return text, tuple(reversed(begins))


def _heading(blocks: Sequence[Block]) -> str:
    """The text of the largest letters, where these are one block alone, near the start."""
    sizes = sorted({round(block.size, 1) for block in blocks}, reverse=True)
    largest = [number for number, block in enumerate(blocks) if round(block.size, 1) == sizes[0]]
    return blocks[largest[0]].text if len(sizes) > 1 and len(largest) == 1 and largest[0] < 5 else ""  # noqa: PLR2004


def _properties(document: Any) -> dict[str, Stated]:  # noqa: ANN401  # the library's
    """Title, author and day as the file's information has them."""
    with suppress(ValueError, OSError):
        about = {name: str(value).replace(_BOM, "") for name, value in document.get_metadata_dict().items()}
        day = _DATE.match(about.get("CreationDate", ""))
        made = "-".join(day.groups()) if day else ""
        pairs = {"title": about.get("Title", ""), "author": about.get("Author", ""), "date": made}
        return stated(pairs, Provenance.PROPERTIES)
    return {}
