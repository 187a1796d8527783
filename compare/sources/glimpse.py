"""A glimpse of a file: a bounded part of it, read by its own reader, for those who want to know what it is like."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from compare.files.packed import open_unpacked, packing_in, place_in
from compare.files.regular import UnreadableError
from compare.model import Document, Skipped
from compare.sources.decode import byte_order_mark
from compare.sources.files import read_article
from compare.sources.kinds import FileKind, kind_of
from compare.sources.spans import file_size
from compare.sources.tables.read import line_table
from compare.sources.tables.rows import NoTableError
from compare.text.tokens import body

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compare.sources.fields import Reading
    from compare.sources.tables.rows import Row
    from compare.sources.walk import File

Item = TypeVar("Item")
SAMPLE = 16_000_000
"""Bytes of rows that are read of a corpus, in all: .3 CPU seconds."""
WINDOWS = 3
"""Places of a file of JSON lines that are read: its start, its middle, its end."""
ROWS = 64
"""Rows of a table of columns that are read at the least before its size is asked."""


@dataclass(slots=True)
class Glimpse:
    """What was seen of a file."""

    size: int = 0
    """Bytes of it, as they stand on the disk,"""
    rows: int = 0
    """bytes of rows, unpacked,"""
    texts: list[str] = field(default_factory=list)
    documents: int = 0
    """and the documents in these bytes, which may be more than the texts that were read."""
    skipped: list[Skipped] = field(default_factory=list)

    def take(self, rows: Iterable[Row]) -> None:
        """Take in rows: documents, and what was skipped."""
        for item, _, _ in rows:
            if isinstance(item, Document):
                self.texts.append(body(item))
            elif item is not None:
                self.skipped.append(item)


def spread(items: Sequence[Item], most: int) -> list[Item]:
    """Some of many, at the same distance: the first and the last always, and with an odd number the middle one.

    >>> spread("abcdefg", 3), spread("ab", 3), spread("abc", 1)
    (['a', 'd', 'g'], ['a', 'b'], ['a'])
    """
    if len(items) <= most:
        return list(items)
    return [items[number * (len(items) - 1) // max(most - 1, 1)] for number in range(most)]


def glimpse(file: File, most: int, reading: Reading) -> Glimpse:
    """A part of a file: about so many bytes of rows, or an article as a whole. What cannot be read has no texts."""
    seen = Glimpse(file_size(file))
    try:
        kind = kind_of(file, reading)
        if not kind.is_table:
            item, value = read_article(file, reading)
            seen.rows = seen.size
            seen.take([(item, value, b"")])
        elif kind.is_columnar:
            _columnar(file, kind, most, (seen, reading))
        else:
            _text(file, kind, most, (seen, reading))
    except (UnreadableError, NoTableError) as error:
        seen.skipped.append(Skipped(file.shown, str(error), lost=True))
    except OSError as error:
        seen.skipped.append(Skipped(file.shown, f"unreadable: {error.strerror}", lost=True))
    seen.documents = seen.documents or len(seen.texts)
    return seen


def _text(file: File, kind: FileKind, most: int, into: tuple[Glimpse, Reading]) -> None:
    """Rows of a table of text: of its start, or where lines are rows also of its middle and its end."""
    seen, reading = into
    with open_unpacked(file.path, follow=file.named) as stream:
        if packing_in(stream) or seen.size <= most or kind is not FileKind.LINES or _is_wide(stream):
            parts = [stream.read(most)]
            seen.size = min(place_in(stream), seen.size) if stream.peek(1) else seen.size
        else:
            parts = list(_windows(stream, seen.size, most // WINDOWS, reading.settings.max_bytes))
            seen.size = sum(map(len, parts))
    for part in parts:
        seen.rows += len(part)
        seen.take(line_table(BytesIO(part), file, kind, reading).rows)


def _is_wide(stream: BinaryIO) -> bool:
    """Whether a file says that it is not UTF-8."""
    encoding = byte_order_mark(stream.read(4))[1]
    stream.seek(0)
    return encoding not in {"", "utf-8"}


def _windows(stream: BinaryIO, size: int, length: int, longest: int) -> Iterator[bytes]:
    """Whole lines of the start, the middle and the end of a file, each of about so many bytes, none of them twice."""
    end = 0
    for number in range(WINDOWS):
        start = (size - length) * number // (WINDOWS - 1)
        if start > end:
            stream.seek(start - 1)
            stream.readline(longest)
        else:
            stream.seek(end)
        part = stream.read(max(length, 0)) + stream.readline(longest)
        end = stream.tell()
        yield part


def _columnar(file: File, kind: FileKind, most: int, into: tuple[Glimpse, Reading]) -> None:
    """Rows from the start of a table of columns. How many it has, its own figures say."""
    from compare.sources.tables.arrowfiles import columns_of  # noqa: PLC0415  # for few
    from compare.sources.tables.columnar import columnar_rows  # noqa: PLC0415

    seen, reading = into
    with columns_of(file, kind) as columns:
        seen.documents, size = columns.counted(most)
    seen.size = size or seen.size
    rows = columnar_rows(file, kind, reading)
    while (part := list(islice(rows, min(ROWS, seen.documents - len(seen.texts))))) and seen.rows < most:
        seen.take(part)
        seen.rows += sum(len(item.text) for item, _, _ in part if isinstance(item, Document))
