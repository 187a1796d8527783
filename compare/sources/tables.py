"""A table to its rows, whatever its format."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from compare.model import Skipped
from compare.sources.csvtable import NoTableError, csv_rows, open_csv
from compare.sources.decode import byte_order_mark
from compare.sources.jsonlines import json_rows
from compare.sources.parquet import parquet_rows
from compare.sources.regular import UnreadableError, open_regular
from compare.sources.types import JSON_LINES, PARQUET, TABLES, suffix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.sources.fields import Reading
    from compare.sources.rows import Row
    from compare.sources.walk import File


class LineTable(NamedTuple):
    """A table of lines: what stands before its rows, and the rows."""

    header: bytes
    rows: Iterator[Row]


def is_table(file: File) -> bool:
    """Whether the file's name is that of a table."""
    return suffix(file.path) in TABLES


def is_json_lines(file: File) -> bool:
    """Whether the file's name is that of JSON lines."""
    return suffix(file.path) in JSON_LINES


def is_parquet(file: File) -> bool:
    """Whether the file's name is that of a Parquet file."""
    return suffix(file.path) in PARQUET


def table_rows(file: File, reading: Reading) -> Iterator[Row]:
    """The rows of a table one by one; a table that cannot be read, or has none, is one skip.

    Raises:
        MissingExtraError: for Parquet without duckdb.
    """
    row = None
    try:
        for row in parquet_rows(file, reading) if is_parquet(file) else _line_rows(file, reading):
            yield row
        reason, lost = "" if row else "empty", file.named
    except (UnreadableError, NoTableError) as error:
        reason, lost = str(error), True
    except OSError as error:
        reason, lost = f"unreadable: {error.strerror}", True
    if reason:
        yield Skipped(file.shown, reason, lost), "", b""


def line_table(stream: BinaryIO, file: File, reading: Reading) -> LineTable:
    """JSON lines or CSV from an open stream. Raises NoTableError."""
    mark = table_mark(stream)
    if is_json_lines(file):
        return LineTable(mark, json_rows(stream, file, reading))
    table = open_csv(stream, reading)
    return LineTable(mark + table.header, csv_rows(table, file, reading))


def table_mark(stream: BinaryIO) -> bytes:
    """The byte order mark that an open stream begins with, or nothing; the stream stands after it.

    Raises:
        NoTableError: it is not UTF-8's.
    """
    mark, encoding = byte_order_mark(stream.read(4))
    if encoding not in {"", "utf-8"}:
        raise NoTableError(f"a table in {encoding.upper()}; save it as UTF-8")
    stream.seek(len(mark))
    return mark


def _line_rows(file: File, reading: Reading) -> Iterator[Row]:
    with open_regular(file.path, follow=file.named) as stream:
        yield from line_table(stream, file, reading).rows
