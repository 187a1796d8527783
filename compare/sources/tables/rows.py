"""What the readers of all tables share: a row's columns to a document."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from compare.documents.extracted import DocumentError
from compare.documents.markup import from_markup, is_markup
from compare.model import Document, Skipped
from compare.sources.damage import mended
from compare.sources.decode import is_lost
from compare.sources.fields import NOTHING, Fields, Metadata, metadata
from compare.wording.escape import in_shell, meant, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from compare.model import Decoding
    from compare.sources.fields import Reading
    from compare.sources.walk import File

Row = tuple[Document | Skipped | None, str, bytes]
"""A row's document (or why there is none), its value of the extra field, and the bytes it was read from.

None stands for bytes that begin no row: an empty line, the rest of a row over the limit, what ends an array. Of all
formats but Parquet the bytes of all rows, one after the other, are those of the file after its header."""

_SHOWN = 5
_LONGEST_NAME = 60
_LOOKED_AT = 1000
"""Columns among which one may be meant: a hostile row has a million."""
EMPTY = frozenset({"empty", "no text"})
"""Reasons of what is no document but was read: there is no text in it."""


def is_unread(skipped: Skipped) -> bool:
    """Whether something could not be read, so that its duplicates may stay: what is empty was read to its end."""
    return skipped.lost and skipped.reason not in EMPTY


def row_id(file: File, line: int, id_: str, fields: Fields) -> str:
    """What a row is called: its id, with its file's where ids hold only there; without one by file and line."""
    if not id_:
        return f"{file.id}:{line}"
    return f"{file.id}#{id_}" if fields.by_file else id_


def document(file: File, line: int, columns: tuple[str, str | None], about: Metadata, reading: Reading) -> Document:
    """The document of one row. `columns` are its id (may be empty) and its text, which must not be empty.

    Raises:
        EmptyRowError: there is no text.
    """
    id_, text = columns
    if not text or text.isspace():
        raise EmptyRowError("no text" if text is None else "empty")
    path = file.shown  # without the line: what is found does not depend on the order of the rows
    name = id_ if id_ and not reading.fields.by_file else row_id(file, line, id_, reading.fields)
    sha256 = hashlib.sha256(text.encode()).hexdigest() if reading.digest else ""
    if about is NOTHING:  # most rows of a large corpus: half the time
        return mended(Document(name, text, path, sha256=sha256, row=True))
    whole = Document(
        name,
        text,
        path,
        about.title,
        about.author,
        about.published,
        about.published_from,
        about.source,
        about.license,
        about.language,
        sha256,
        row=True,
        url=about.url,
    )
    return mended(whole)


def without_markup(made: Document) -> Document:
    """A row's document with the text of its HTML, as systems of newsrooms keep it.

    Raises:
        EmptyRowError: there is none in it.
    """
    if not is_markup(made.text):
        return made
    try:
        found = from_markup(made.text)
    except DocumentError as error:
        raise EmptyRowError("empty") from error
    return mended(replace(made, text=found.text, meant=(), decoding=None, extraction=found.extraction))


class NoTableError(Exception):
    """The file is no table that can be read; the message is the reason, for a `Skipped`."""


def doubtful(row: Row, decoding: Decoding | None, place: tuple[File, int]) -> Row:
    """A row that was read with a doubt, if there is any; none if nothing of its text is left."""
    item, extra, raw = row
    if decoding is None or not isinstance(item, Document):
        return row
    if is_lost(item.text):
        return skipped(*place, f"not valid {decoding.encoding.upper()}", raw)
    before = item.decoding or decoding
    return replace(item, decoding=replace(decoding, mojibake=before.mojibake, entities=before.entities)), extra, raw


class NoDocumentError(Exception):
    """A row is no document; the message is the reason, for a `Skipped`."""


class EmptyRowError(NoDocumentError):
    """A row's text is empty."""


def described(reading: Reading, value: Callable[[str], str]) -> Metadata:
    """A row's metadata; `value` maps a column's name to its text, or to an empty one."""
    return metadata(reading.fields, value, "field")


def skipped(file: File, line: int, reason: str | Exception, raw: bytes = b"") -> Row:
    """A row that is not read, and why. Unless it is only empty, an article may be missing for it."""
    return Skipped(f"{file.shown}:{line}", str(reason), lost=not isinstance(reason, EmptyRowError)), "", raw


def no_field(fields: Fields) -> str:
    """The reason for a row without a field that holds text."""
    return f"no text: no field {named(fields.texts)}"


def instead(missing: str, columns: Sequence[str], fields: Fields) -> str:
    """What stands where the column of a text does not, and how to name it: the end of a reason.

    >>> instead("artikel", ["Nr", "Artikel"], Fields(option="--text "))
    'among "Nr", "Artikel"; did you mean --text Artikel?'
    >>> instead("text", ["a"], Fields())
    'among "a"; name it with --fields text=COLUMN'
    """
    near = [name for name in columns[:_LOOKED_AT] if name not in {fields.id, ""}]
    best = next((name for name in near if name in fields.guessed), "") or meant(missing, near)
    way = f"did you mean {fields.option}{in_shell(best)}?" if best else f"name it with {fields.option}COLUMN"
    return f"among {listing(columns)}; {way}"


def listing(columns: Sequence[str]) -> str:
    """The first columns, and how many more there are."""
    more = f" and {len(columns) - _SHOWN} more" if len(columns) > _SHOWN else ""
    return (", ".join(f'"{shown(name[:_LONGEST_NAME])}"' for name in columns[:_SHOWN]) or "none") + more


def named(names: Iterable[str]) -> str:
    """Names of fields in a reason.

    >>> named(["title", "body"])
    '"title" or "body"'
    """
    return " or ".join(f'"{name}"' for name in names)


def too_large(limit: int) -> str:
    """The reason for a row over the limit."""
    return f"more than the limit of {limit} bytes"
