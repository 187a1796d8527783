"""What a file is, decided once on the way in: by its content where its name does not settle it.

A folder's file is looked at only if its name is that of an article or a table; a file that was named itself, always.
A name of tables promises rows, so what cannot be read as rows is told and never an article; any other name must show
plainly that it holds rows: an article may begin with a bracket or a brace.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from io import BytesIO
from typing import TYPE_CHECKING, Any

import msgspec

from compare.errors import MissingExtraError
from compare.files.packed import open_unpacked, packing_of
from compare.files.regular import UnreadableError, beginning
from compare.sources.decode import byte_order_mark
from compare.sources.saved import is_cache
from compare.sources.tables.csvtable import DELIMITERS, Dialect
from compare.sources.tables.jsonvalues import SPACE, pieces
from compare.sources.tables.nested import has_field
from compare.sources.types import (
    ARROW,
    CLOSED,
    DOCUMENTS,
    JSON,
    JSON_LINES,
    PACKED,
    PARQUET,
    SEPARATED,
    TABLES,
    TEXT,
    WARC,
    inner,
    is_article,
    suffix,
)

if TYPE_CHECKING:
    from compare.sources.fields import Fields, Reading
    from compare.sources.walk import File

_PEEK = 4096
_SAMPLE = 1 << 18
"""Bytes that are looked at: rows of articles fit, and a folder of other JSON is passed over quickly."""
_MAGIC = b"PAR1"
WARC_SIGN = b"WARC/1."
_ARROW_FILE = b"ARROW1\0\0"
_ARROW_STREAM = re.compile(rb"\xff\xff\xff\xff(?!\0\0\0\0)[\0-\xff]{2}[\0-\x0f]\0", re.DOTALL)
"""The sign of a message, and how long it is: a schema takes less than a megabyte."""
_OBJECT = re.compile(rb'\{\s*+"(?:[^"\\]|\\.)*+"\s*+:', re.DOTALL)
_TOKEN = re.compile(rb'(?P<key>"(?:[^"\\]|\\.)*+")\s*+(?P<colon>:)?|[\[\]{}]', re.DOTALL)
_NO_VALUE = object()


class FileKind(Enum):
    """What is in a file."""

    ARTICLE = auto()
    LINES = auto()
    """JSON lines."""
    ARRAY = auto()
    """A JSON array of rows."""
    OBJECTS = auto()
    """One JSON object over several lines, or several."""
    SEPARATED = auto()
    """CSV and its like."""
    PARQUET = auto()
    ARROW = auto()
    """An Arrow IPC file, which has an index ..."""
    ARROW_STREAM = auto()
    """... and a stream, which has none."""
    CACHE = auto()
    """Arrow that stands beside the rows of a saved data set."""
    WARC = auto()
    """A web archive, whose records hold pages."""
    OTHER = auto()
    """JSON that holds no rows."""

    @property
    def is_table(self) -> bool:
        """Whether it is read row by row."""
        return self is not FileKind.ARTICLE

    @property
    def is_columnar(self) -> bool:
        """Whether its values stand by columns, with types of their own."""
        return self in {FileKind.PARQUET, FileKind.ARROW, FileKind.ARROW_STREAM}


@dataclass(frozen=True, slots=True)
class _Head:
    """The start of a file, after a byte order mark and white space, as UTF-8."""

    text: bytes
    whole: bool
    """Whether this is all of it."""

    @property
    def first(self) -> bytes:
        """The first line."""
        return self.text.partition(b"\n")[0]

    @property
    def lines(self) -> list[bytes]:
        """The lines that are whole and not empty."""
        lines = self.text.split(b"\n")
        return [line for line in (lines if self.whole else lines[:-1]) if line.strip(SPACE)]

    def values(self, *, array: bool) -> list[bytes]:
        """The whole rows of an array, or of a stream of objects."""
        inside = BytesIO(self.text[1:] if array else self.text)
        rows = [(raw, ends) for raw, ends in pieces(inside, array, _SAMPLE) if raw.strip(SPACE)]
        return [raw for raw, ends in rows if ends]


def kind_of(file: File, reading: Reading) -> FileKind:
    """What a file is, or holds if it is compressed. One that cannot be opened is what its name says.

    Raises:
        MissingExtraError: what it is compressed with needs a package, and it was named itself or is called a table.
    """
    ending = suffix(inner(file.path))
    is_looked_at = file.named or ending in TEXT | TABLES or suffix(file.path) in PACKED
    if ending in CLOSED | DOCUMENTS or not is_looked_at:
        return FileKind.ARTICLE  # whose reader says why it is not read
    start = _beginning(file, _PEEK)
    if ending in WARC or (start.startswith(WARC_SIGN) and ending not in TEXT):
        return FileKind.WARC
    if (kind := _columnar(start, ending)) is not None:
        return FileKind.CACHE if kind is not FileKind.PARQUET and is_cache(file) else kind
    if ending not in TABLES and not _may_be_rows(_head(start, whole=False), reading):
        return FileKind.ARTICLE
    if len(start) == _PEEK:
        start = _beginning(file, _SAMPLE)
    return _by_content(_head(start, whole=len(start) < _SAMPLE), file, reading)


def _beginning(file: File, size: int) -> bytes:
    """At most `size` bytes of what a file holds."""
    start = beginning(file.path, size, follow=file.named)
    if packing_of(start) is None:
        return start
    try:
        with open_unpacked(file.path, follow=file.named) as stream:
            return stream.read(size)
    except MissingExtraError:
        if file.named or is_article(file.path):
            raise
    except (UnreadableError, OSError):
        pass
    return b""


def _columnar(start: bytes, ending: str) -> FileKind | None:
    """What holds columns, if it does."""
    is_text = ending in TEXT and b"\0" not in start
    if ending in PARQUET or (start.startswith(_MAGIC) and not is_text):
        return FileKind.PARQUET
    if start.startswith(_ARROW_FILE):
        return FileKind.ARROW
    return FileKind.ARROW_STREAM if ending in ARROW or _ARROW_STREAM.match(start) else None


def _by_content(head: _Head, file: File, reading: Reading) -> FileKind:
    ending = suffix(inner(file.path))
    if ending in SEPARATED:
        return _separated(head, reading)
    if ending in JSON_LINES:
        return _lines(head)
    return _json(head, file, reading) if ending in JSON else _plainly(head, reading)


def _head(start: bytes, *, whole: bool) -> _Head:
    mark, encoding = byte_order_mark(start)
    text = start[len(mark) :]
    if encoding not in {"", "utf-8"}:
        text = text.decode(encoding, "ignore").encode()
    return _Head(text.lstrip(SPACE), whole)


# --- names of tables -----------------------------------------------------------------------------------------------


def _separated(head: _Head, reading: Reading) -> FileKind:
    """A name of CSV: so it is, unless it is JSON."""
    if head.text[:1] in {b"{", b"["} and not _has_column(head, reading.fields.text):
        kind = _lines(head)
        return kind if any(_is_row(row) for row in _rows(head, kind)) else FileKind.SEPARATED
    return FileKind.SEPARATED


def _lines(head: _Head) -> FileKind:
    """A name of JSON lines: so it is, unless it is an array, or an object over several lines."""
    if head.text[:1] == b"[":
        lines = head.lines
        return FileKind.LINES if len(lines) > 1 and _is_array(lines[0]) and _is_row(lines[1]) else FileKind.ARRAY
    if head.text[:1] != b"{" or any(_is_row(line) for line in head.lines[:1]):
        return FileKind.LINES
    return FileKind.OBJECTS if any(_is_row(value) for value in head.values(array=False)[:1]) else FileKind.LINES


def _json(head: _Head, file: File, reading: Reading) -> FileKind:
    """A name of JSON, which may be anything. Found in a folder, it must show a row with the field of the text."""
    kind = _lines(head)
    if kind is FileKind.LINES and head.text[:1] == b"{" and not any(map(_is_row, head.lines)) and b"\n" in head.text:
        kind = FileKind.OBJECTS  # the first of them is long, or cut off
    if kind is FileKind.LINES and head.text[:1] != b"{" and not any(map(_is_row, head.lines)):
        return FileKind.OTHER if head.text else kind
    return kind if file.named or _shows_text(head, kind, reading.fields) else FileKind.OTHER


def _shows_text(head: _Head, kind: FileKind, fields: Fields) -> bool:
    """Whether a row has a text; where no row is whole, whether the first one has it as far as can be seen."""
    names = fields.texts
    values = [value for value in map(_decoded, _rows(head, kind)) if value is not _NO_VALUE]
    if values:
        return any(has_field(value, name) for value in values for name in names) or any(
            _any(value, fields.title) and _any(value, fields.guessed) for value in values
        )
    depth = 2 if kind is FileKind.ARRAY else 1
    keys = {key for name in names for key in (name, name.partition(".")[0])}
    return not head.text or any(_has_key(head.text, key, depth) for key in sorted(keys))


def _any(value: object, names: tuple[str, ...]) -> bool:
    return any(has_field(value, name) for name in names)


def _has_key(text: bytes, name: str, wanted: int) -> bool:
    """Whether a name stands as a key so many brackets deep."""
    depth = 0
    for token in _TOKEN.finditer(text):
        first = token[0][:1]
        depth += (first in b"[{") - (first in b"]}")
        if token["colon"] and depth == wanted and _decoded(token["key"]) == name:
            return True
    return False


def _rows(head: _Head, kind: FileKind) -> list[bytes]:
    if kind is FileKind.LINES:
        return head.lines
    return head.values(array=kind is FileKind.ARRAY)


# --- other names ---------------------------------------------------------------------------------------------------


def _may_be_rows(head: _Head, reading: Reading) -> bool:
    """Whether a second look is worth its while."""
    return head.text[:1] in {b"{", b"["} or _is_header(head, reading)


def _plainly(head: _Head, reading: Reading) -> FileKind:
    if head.text[:1] == b"{":
        return _plain_objects(head, reading.fields.texts)
    if head.text[:1] == b"[":
        return _plain_array(head)
    return FileKind.SEPARATED if _is_header(head, reading) else FileKind.ARTICLE


def _plain_objects(head: _Head, names: tuple[str, ...]) -> FileKind:
    """Rows if the first line is an object and the next one begins so, or it has the text; or if all is one object."""
    lines = head.lines
    if not lines:  # one line, longer than what is looked at
        return FileKind.LINES if _OBJECT.match(head.text) else FileKind.ARTICLE
    value = _decoded(lines[0])
    if isinstance(value, dict):
        has_text = any(has_field(value, name) for name in names)
        is_plain = has_text or (bool(value) and (len(lines) == 1 or lines[1].lstrip().startswith(b"{")))
        return FileKind.LINES if is_plain else FileKind.ARTICLE
    if first := [row for row in head.values(array=False)[:1] if _is_row(row)]:
        follows = head.text[len(first[0]) :].lstrip(SPACE)[:1]
        return FileKind.OBJECTS if follows in {b"", b"{"} else FileKind.ARTICLE
    return FileKind.OBJECTS if not head.whole and _OBJECT.match(head.text) else FileKind.ARTICLE


def _plain_array(head: _Head) -> FileKind:
    """Rows if all is an array of more than numbers, or what can be seen begins like one."""
    if head.whole and _is_array(head.text):
        items = msgspec.json.decode(head.text)
        return FileKind.ARRAY if any(isinstance(item, dict | list | str) for item in items) else FileKind.ARTICLE
    values = [_decoded(value) for value in head.values(array=True)[:2]]
    if any(isinstance(value, dict) for value in values[:1]):
        return FileKind.ARRAY
    if not head.whole and (_OBJECT.match(head.text[1:].lstrip()) or (len(values) > 1 and _NO_VALUE not in values)):
        return FileKind.ARRAY
    return FileKind.ARTICLE


def _is_header(head: _Head, reading: Reading) -> bool:
    """Whether the first line names the columns of id and text."""
    wanted = {reading.fields.text, reading.fields.id or "id"}
    line = head.first
    if len(line) == _PEEK or not all(name.encode() in line for name in wanted):
        return False
    text = line.decode("utf-8", "replace")
    return any(wanted <= set(Dialect(mark).cells(text)) for mark in DELIMITERS)


def _has_column(head: _Head, name: str) -> bool:
    line = head.first.decode("utf-8", "replace")
    return any(name in Dialect(mark).cells(line) for mark in DELIMITERS)


def _decoded(value: bytes) -> Any:  # noqa: ANN401  # whatever JSON holds
    try:
        return msgspec.json.decode(value)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _NO_VALUE


def _is_row(value: bytes) -> bool:
    return isinstance(_decoded(value), dict)


def _is_array(value: bytes) -> bool:
    return isinstance(_decoded(value), list)
