"""One article by its path or its bytes, for commands that compare two and for whoever is handed a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.model import Skipped
from compare.origin.described import described
from compare.sources.decode import NotTextError
from compare.sources.fields import reading_of
from compare.sources.files import document_in
from compare.sources.read import read
from compare.wording.escape import shown

if TYPE_CHECKING:
    from compare.model import Document
    from compare.settings import Settings


def read_one(path: str, settings: Settings) -> Document:
    """The document of one file.

    Raises:
        InputError: the path is a folder, cannot be read, or holds several documents.
    """
    if Path(path).is_dir():
        raise InputError(f"{shown(path)}: is a folder; name one article, or use `compare run`")
    items = list(read([path], settings))
    if len(items) != 1:
        raise InputError(f"{shown(path)}: holds {len(items)} documents; name one article, or use `compare run`")
    if isinstance(items[0], Skipped):
        raise InputError(f"{shown(path)}: {items[0].reason}")
    return items[0]


def read_bytes(name: str, raw: bytes, settings: Settings) -> Document:
    r"""The document that bytes hold: what it is, the end of its name says, or else what they begin with.

    >>> from compare.settings import Settings
    >>> read_bytes("pact.rtf", rb"{\rtf1 A {\b pact}.\par Signed.}", Settings()).text
    'A pact.\n\nSigned.'

    Raises:
        InputError: there is no text in them that can be read; with the reason.
        MissingExtraError: an optional package is needed and not installed.
    """
    if len(raw) > settings.max_bytes:
        raise InputError(f"{shown(name)}: more than the limit of {settings.max_bytes} bytes")
    try:
        return described(document_in(name, raw, reading_of(settings, digest=True)))
    except NotTextError as error:
        raise InputError(f"{shown(name)}: {error}") from None
