"""A document's bytes to its text, by the end of its name. Pure: nothing is fetched, run or written."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from compare.documents.extracted import DEFAULTS, DocumentError

if TYPE_CHECKING:
    from compare.documents.extracted import Extracted, Limits

EXTRACTORS = {
    ".docx": "docx", ".docm": "docx", ".dotx": "docx",
    ".odt": "odt", ".ott": "odt", ".fodt": "odt",
    ".rtf": "rtf",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".mhtml": "mhtml", ".mht": "mhtml",
    ".eml": "eml",
    ".pdf": "pdf",
}  # fmt: skip
"""The modules of this room by the ends of names, in small letters."""


_HEAD = 1024
_SIGNS = (
    (b"%pdf-", ".pdf"), (b"{\\rtf", ".rtf"), (b"<!doctype html", ".html"), (b"<html", ".html"),
    (b"from: <saved by", ".mhtml"), (b"return-path:", ".eml"), (b"received:", ".eml"), (b"delivered-to:", ".eml"),
)  # fmt: skip
"""What documents begin with, in small letters."""
_IN_ARCHIVES = ((b"application/vnd.oasis.opendocument.text", ".odt"), (b"word/document", ".docx"))
"""What stands in archives that hold a document."""

_OF_MANY = {".warc": "warc"}
"""Likewise of archives that hold many documents: the first of them is read."""


class Extractor(Protocol):
    """A module of this room."""

    def extract(self, raw: bytes, limits: Limits) -> Extracted:
        """What the bytes hold. Raises DocumentError, and MissingExtraError where a package is not installed."""


def extract(name: str, raw: bytes, limits: Limits = DEFAULTS) -> Extracted:
    """The text of a document in this process, which a hostile one may use up: `guarded.extract` limits that.

    Raises:
        DocumentError: it cannot be read; its message is the reason.
        MissingExtraError: an optional package is needed and not installed.
    """
    ending = ending_of(name)
    module = EXTRACTORS.get(ending) or _OF_MANY.get(ending)
    if module is None:
        raise DocumentError(f"not a document type ({ending or 'no extension'})")
    try:
        return cast("Extractor", import_module(f"compare.documents.{module}")).extract(raw, limits)
    except RecursionError as error:
        raise DocumentError("damaged: its parts stand too deep in each other") from error


def ending_by_content(raw: bytes) -> str:
    r"""The end that the name of a document has, as far as its first bytes show; empty where they don't.

    >>> ending_by_content(b"%PDF-1.7"), ending_by_content(b"{\\rtf1 a}"), ending_by_content(b"A pact.")
    ('.pdf', '.rtf', '')
    """
    if raw.startswith(b"PK\x03\x04"):
        return next((ending for sign, ending in _IN_ARCHIVES if sign in raw), "")
    head = raw[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    return next((ending for sign, ending in _SIGNS if head[: len(sign)].lower() == sign), "")


def ending_of(name: str) -> str:
    """The end of a name from its last dot, in small letters.

    >>> ending_of("news/A.Docx"), ending_of("notes")
    ('.docx', '')
    """
    leaf = name.replace("\\", "/").rpartition("/")[2]
    before, dot, after = leaf.rpartition(".")
    return f".{after.lower()}" if dot and before else ""
