"""A table to its rows, whatever its format."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from compare.files.packed import damage_of, open_unpacked, packing_in
from compare.files.regular import UnreadableError
from compare.model import Document, Skipped
from compare.sources.decode import byte_order_mark
from compare.sources.fields import Reading
from compare.sources.kinds import FileKind
from compare.sources.tables.csvtable import csv_rows, open_csv
from compare.sources.tables.jsonlines import json_rows
from compare.sources.tables.jsonvalues import SPACE, array_rows, object_rows
from compare.sources.tables.rows import NoTableError, named
from compare.sources.tables.wide import widened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from compare.sources.tables.rows import Row
    from compare.sources.walk import File

TableRow = tuple[Document | Skipped, str]
"""A row's document (or why there is none), and its value of the extra field."""


class LineTable(NamedTuple):
    """A table of text: what stands before its rows, and the rows with every byte of theirs."""

    header: bytes
    rows: Iterator[Row]
    separator: bytes = b""
    """What the bytes of a row begin with, if another row stands before it."""
    mark: bytes = b""
    """The byte order mark ..."""
    encoding: str = ""
    """... and the encoding of the file, if that is not UTF-8: `header` and `rows` are UTF-8 all the same."""

    def written(self, raw: bytes) -> bytes:
        """Bytes of a row as they stood in the file."""
        return raw.decode().encode(self.encoding) if self.encoding else raw


def table_rows(file: File, kind: FileKind, reading: Reading) -> Iterator[TableRow]:
    """The rows of a table one by one; a table that cannot be read, or has none, is one skip.

    Raises:
        MissingExtraError: for Parquet and Arrow without pyarrow, for Zstandard without its package.
    """
    rows = _columnar_rows(file, kind, reading) if kind.is_columnar else _text_rows(file, kind, reading)
    reason, lost = "empty", file.named
    try:
        for item, value, _ in rows:
            if item is not None:
                reason = ""
                yield item, value
    except NoRowsError as error:
        reason, lost = str(error), file.named
    except (UnreadableError, NoTableError) as error:
        reason, lost = str(error), True
    except OSError as error:
        reason, lost = f"unreadable: {error.strerror}", True
    if reason:
        yield Skipped(file.shown, reason, lost), ""


class NoRowsError(NoTableError):
    """Something else than rows of texts: no loss where a folder holds it."""


def line_table(stream: BinaryIO, file: File, kind: FileKind, reading: Reading) -> LineTable:
    """A table of text from an open stream. Raises NoTableError."""
    mark, encoding = byte_order_mark(stream.read(4))
    stream.seek(len(mark))
    if encoding in {"", "utf-8"}:
        return _opened(stream, file, kind, reading)._replace(mark=mark)
    return _opened(widened(stream, encoding), file, kind, reading)._replace(mark=mark, encoding=encoding)


def row_places(file: File, kind: FileKind, reading: Reading, id_: str) -> Iterator[str]:
    """Where the rows of an id stand: `file:line`, of an array and of Parquet `file:row`. The table is read again."""
    numbered = Reading(reading.settings, replace(reading.fields, id="", extra=""), digest=False)
    both = zip(table_rows(file, kind, reading), table_rows(file, kind, numbered), strict=False)
    for (item, _), (place, _) in both:
        if isinstance(item, Document) and item.id == id_ and isinstance(place, Document):
            yield file.shown + place.id.removeprefix(file.id)


def _opened(stream: BinaryIO, file: File, kind: FileKind, reading: Reading) -> LineTable:
    return READERS[kind](stream, file, reading)


def _lines(stream: BinaryIO, file: File, reading: Reading) -> LineTable:
    return LineTable(b"", json_rows(stream, file, reading))


def _objects(stream: BinaryIO, file: File, reading: Reading) -> LineTable:
    return LineTable(b"", object_rows(stream, file, reading))


def _array(stream: BinaryIO, file: File, reading: Reading) -> LineTable:
    return LineTable(_bracket(stream), array_rows(stream, file, reading), b",")


def _separated(stream: BinaryIO, file: File, reading: Reading) -> LineTable:
    table = open_csv(stream, file, reading)
    return LineTable(table.header, csv_rows(table, file, reading))


def _records(stream: BinaryIO, file: File, reading: Reading) -> LineTable:
    from compare.sources.tables.warcfile import warc_rows  # noqa: PLC0415  # for few

    return LineTable(b"", warc_rows(stream, file, reading))


def _no_rows(_stream: BinaryIO, _file: File, reading: Reading) -> LineTable:
    raise NoRowsError(f"JSON without rows that have a field {named(reading.fields.texts)}")


def _cache(_stream: BinaryIO, _file: File, _reading: Reading) -> LineTable:
    raise NoRowsError("a cache beside a saved data set, whose rows stand elsewhere")


READERS: Mapping[FileKind, Callable[[BinaryIO, File, Reading], LineTable]] = {
    FileKind.LINES: _lines,
    FileKind.ARRAY: _array,
    FileKind.OBJECTS: _objects,
    FileKind.SEPARATED: _separated,
    FileKind.WARC: _records,
    FileKind.OTHER: _no_rows,
    FileKind.CACHE: _cache,
}
"""Who reads a table of text. Parquet and Arrow are no text: `columnar.py`."""


def _bracket(stream: BinaryIO) -> bytes:
    """What stands before an array's rows, its bracket the last."""
    header = b""
    while (byte := stream.read(1)) and byte in SPACE:
        header += byte
    return header + byte


def _columnar_rows(file: File, kind: FileKind, reading: Reading) -> Iterator[Row]:
    from compare.sources.tables.columnar import columnar_rows  # noqa: PLC0415  # for few

    return columnar_rows(file, kind, reading)


def _text_rows(file: File, kind: FileKind, reading: Reading) -> Iterator[Row]:
    with open_unpacked(file.path, follow=file.named) as stream:
        rows = line_table(stream, file, kind, reading).rows
        yield from rows if not packing_in(stream) else _to_the_damage(stream, file, kind, rows)


def _to_the_damage(stream: BinaryIO, file: File, kind: FileKind, rows: Iterator[Row]) -> Iterator[Row]:
    """The rows of a compressed file; where it is damaged, that is told in place of the row that is cut off there."""
    last: Row = (None, "", b"")
    for row in rows:
        if row[0] is not None:
            yield last
            last = row
    item, _, raw = last
    damage = damage_of(stream)
    may_be_cut = kind is FileKind.SEPARATED or isinstance(item, Skipped)
    if not (damage and may_be_cut and raw[-1:] != b"\n"):
        yield last
    if damage:
        yield Skipped(file.shown, damage, lost=True), "", b""
