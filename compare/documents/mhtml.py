"""MHTML: a page that a browser has saved as one file. The page itself is read; pictures and frames are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.documents import html
from compare.documents.eml import content, header_values, leaves, parsed, with_values
from compare.documents.extracted import DocumentError, Stated, stated
from compare.vocabulary import Provenance

if TYPE_CHECKING:
    from email.message import EmailMessage

    from compare.documents.extracted import Extracted, Limits

_ADDRESSES = ("http://", "https://")


def extract(raw: bytes, limits: Limits) -> Extracted:
    """The article of the page. Raises DocumentError, and MissingExtraError without `resiliparse`."""
    message = parsed(raw)
    pages = [part for part in leaves(message) if part.get_content_type() in {"text/html", "application/xhtml+xml"}]
    if not pages:
        raise DocumentError("a saved page without a page in it")
    found = html.from_text(content(pages[0]), limits, "mhtml")
    header = header_values(message)
    values = {key: header[key] for key in ("title",) if key in header} | dict(found.values)
    return with_values(found, _saved_from(message, pages[0]) | values, found.extraction.notes)


def _saved_from(message: EmailMessage, page: EmailMessage) -> dict[str, Stated]:
    """The address that the browser says it had the page from."""
    said = (str(message.get("Snapshot-Content-Location", "")), str(page.get("Content-Location", "")))
    address = next((one for one in said if one.lower().startswith(_ADDRESSES)), "")
    return stated({"url": address}, Provenance.PAGE_HEAD)
