"""One record of a web archive: the page that a server answered with, and the address that it was asked for."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from compare.documents import html
from compare.documents.eml import with_values
from compare.documents.extracted import DocumentError, stated
from compare.errors import MissingExtraError
from compare.vocabulary import Provenance

if TYPE_CHECKING:
    from compare.documents.extracted import Extracted, Limits

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_FOUND = 200


def extract(raw: bytes, limits: Limits) -> Extracted:
    """The page of the first record. Raises DocumentError, and MissingExtraError without `resiliparse`."""
    iterator = _library()
    try:
        record = next(iter(iterator(BytesIO(raw), parse_http=True, auto_decode="all")), None)
        if record is None:
            raise DocumentError("no page")
        status, kind, charset = _answered(record)
        if kind not in _PAGES or status != _FOUND:
            raise DocumentError("no page")
        body = record.reader.read(limits.size + 1)
    except (OSError, ValueError, EOFError, RuntimeError, TypeError, AttributeError) as error:
        raise DocumentError("damaged: its record cannot be read") from error
    if len(body) > limits.size:
        raise DocumentError(f"unpacked, larger than the limit of {limits.size} bytes")
    found = html.from_text(html.decoded(body, charset), limits, "warc")
    address = str(record.headers.get("WARC-Target-URI", "")).strip("<>")
    return with_values(found, stated({"url": address}, Provenance.ARCHIVE), found.extraction.notes)


def _library() -> Any:  # noqa: ANN401  # an optional package
    try:
        from fastwarc.warc import ArchiveIterator  # noqa: PLC0415  # likewise
    except ImportError as error:
        raise MissingExtraError("WARC", "documents") from error
    return ArchiveIterator


def _answered(record: Any) -> tuple[int, str, str]:  # noqa: ANN401  # the library's
    """Status, type and encoding of what a record holds; a resource has its type in the record itself."""
    if not record.is_http or record.http_headers is None:
        written = str(record.headers.get("Content-Type", ""))
        return _FOUND, written.partition(";")[0].strip().lower(), ""
    return (
        int(record.http_headers.status_code or 0),
        str(record.http_content_type or "").lower(),
        str(record.http_charset or ""),
    )
