"""Documents in columns, for a job that asks for ids, texts and dates alone: a corpus is read so in half the time.

Rows of JSON lines that are plain (most are) never become objects; every other row, and every other file, is read as
`read.py` reads it. Where the documents stand in such a file is remembered, so that it need not be read again to leave
some of them out.
"""

from __future__ import annotations

import os
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec
from msgspec.structs import astuple

from compare.files.regular import UnreadableError, open_regular
from compare.model import Document, Skipped
from compare.sources.damage import NOTHING, damage
from compare.sources.decode import byte_order_mark, row_decoder
from compare.sources.files import read_article
from compare.sources.kinds import FileKind, kind_of
from compare.sources.read import repeated_error
from compare.sources.tables.jsonlines import readable_row, shape_of
from compare.sources.tables.read import table_rows
from compare.sources.tables.rows import skipped, too_large
from compare.sources.walk import plan
from compare.text.tokens import body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from os import PathLike
    from typing import Any

    from compare.sources.fields import Fields, Reading
    from compare.sources.walk import File, Plan

BLOCK = 3 << 19
"""Bytes of lines that are read at a time, and about the characters of other documents."""
_LONGEST = 500
_NO_KEY = "\0"
"""Where rows have no ids, what stands under this key is not asked for."""


@dataclass(slots=True)
class Columns:
    """Some documents, in columns, and what was skipped among them."""

    ids: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """As they are read: what is muted is blanked out."""
    published: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    """The value of `Fields.extra`; empty where a document has none."""
    skipped: list[Skipped] = field(default_factory=list)
    doubtful: list[Document] = field(default_factory=list)
    """Those that were read with a doubt."""

    def add(self, item: Document | Skipped | None, value: str) -> None:
        """Put a document at the end, or what was skipped; None is neither."""
        if isinstance(item, Skipped):
            self.skipped.append(item)
        elif item is not None:
            self.ids.append(item.id)
            self.texts.append(body(item))
            self.published.append(item.published)
            self.values.append(value)
            if item.decoding:
                self.doubtful.append(item)


@dataclass(slots=True)
class Lines:
    """Where the documents of a file of JSON lines stand in it: each from its first byte to behind its line's end."""

    first: int
    """The number of its first document."""
    state: tuple[int, int]
    """Size and time of the file as it was read."""
    starts: array[int] = field(default_factory=lambda: array("q"))
    stops: array[int] = field(default_factory=lambda: array("q"))

    def fallen(self, falls: Sequence[bool]) -> tuple[list[tuple[int, int]], tuple[int, int]]:
        """Where the documents stand that fall, of all documents that are read; and the state."""
        mine = falls[self.first : self.first + len(self.starts)]
        size = self.state[0]
        rows = zip(self.starts, self.stops, mine, strict=True)
        return [(start, min(stop, size)) for start, stop, is_fallen in rows if is_fallen], self.state


class Corpus(NamedTuple):
    """What is read of some paths."""

    columns: Iterator[Columns]
    lines: dict[str, Lines]
    """By the file's `shown`; complete when `columns` is read to its end."""


def read_columns(paths: Sequence[str | PathLike[str]], reading: Reading) -> Corpus:
    """All documents of files, folders, globs and tables in their order, and where those of JSON lines stand.

    Raises as `read_batches` does, at once or as it goes on.
    """
    work = plan(paths)
    lines: dict[str, Lines] = {}
    return Corpus(_unique(_columns(work, reading, lines), work, reading), lines)


def file_state(stream: BinaryIO) -> tuple[int, int]:
    """What is another when a file has been written to: its size and its time."""
    status = os.fstat(stream.fileno())
    return status.st_size, status.st_mtime_ns


def _unique(parts: Iterable[Columns], work: Plan, reading: Reading) -> Iterator[Columns]:
    """The parts, up to the one with the first duplicate id, which raises. Only the ids are remembered."""
    seen: set[str] = set()
    for part in parts:
        fresh = set(part.ids)
        if len(fresh) < len(part.ids) or not seen.isdisjoint(fresh):
            raise repeated_error(part.ids, seen, work, reading)
        seen |= fresh
        yield part


def _columns(work: Plan, reading: Reading, lines: dict[str, Lines]) -> Iterator[Columns]:
    yield Columns(skipped=list(work.skipped))
    count = 0
    for file in work.files:
        kind = kind_of(file, reading)
        if kind is FileKind.LINES:
            parts = _of_lines(file, reading, lines, count)
        else:
            parts = _in_parts(table_rows(file, kind, reading) if kind.is_table else [read_article(file, reading)])
        for part in parts:
            count += len(part.ids)
            yield part


def _in_parts(items: Iterable[tuple[Document | Skipped, str]]) -> Iterator[Columns]:
    part, characters = Columns(), 0
    for item, value in items:
        part.add(item, value)
        characters += len(item.text) if isinstance(item, Document) else 0
        if characters >= BLOCK:
            yield part
            part, characters = Columns(), 0
    yield part


def _of_lines(file: File, reading: Reading, lines: dict[str, Lines], first: int) -> Iterator[Columns]:
    """The rows of a file of JSON lines; by way of `table_rows` where the file is not UTF-8, or cannot be read."""
    try:
        with open_regular(file.path, follow=file.named) as stream:
            mark, encoding = byte_order_mark(stream.read(4))
            if encoding in {"", "utf-8"} and file_state(stream)[0]:
                stream.seek(len(mark))
                reader = _Reader(file, reading, stream, Lines(first, file_state(stream)), len(mark))
                yield from reader.parts()
                lines[file.shown] = reader.lines
                return
    except UnreadableError:
        pass  # which `table_rows` tells
    except OSError as error:
        yield Columns(skipped=[Skipped(file.shown, f"unreadable: {error.strerror}", lost=True)])
        return
    yield from _in_parts(table_rows(file, FileKind.LINES, reading))


class _Reader:
    """Reads a stream of JSON lines."""

    def __init__(self, file: File, reading: Reading, stream: BinaryIO, lines: Lines, at: int) -> None:
        self.file, self.reading, self.stream, self.lines, self.at = file, reading, stream, lines, at
        self.number = 0
        self.how = shape_of(reading), row_decoder(stream)
        self.plain = _plain(reading)

    def parts(self) -> Iterator[Columns]:
        """All rows, some at a time; a file without any says so."""
        limit, is_empty = self.reading.settings.max_bytes, True
        for rows in _blocks(self.stream, limit):
            part = Columns()
            if isinstance(rows, int):
                self.number += 1
                part.add(*skipped(self.file, self.number, too_large(limit))[:2])
                self.at += rows
            else:
                self._read(rows, part)
            is_empty = is_empty and not (part.ids or part.skipped)
            yield part
        if is_empty:
            yield Columns(skipped=[Skipped(self.file.shown, "empty", self.file.named)])

    def _read(self, rows: list[bytes], part: Columns) -> None:
        """Put rows into columns. This is the inner loop of reading a corpus."""
        plain, starts, stops = self.plain, self.lines.starts, self.lines.stops
        for line in rows:
            self.number += 1
            count = len(part.ids)
            if row := plain(line):
                part.ids.append(row[0] or f"{self.file.id}:{self.number}")
                part.texts.append(row[1])
                part.published.append(row[2])
                part.values.append("")
            else:
                self._closely(line, part)
            stop = self.at + len(line) + 1
            if len(part.ids) > count:
                starts.append(self.at)
                stops.append(stop)
            self.at = stop

    def _closely(self, line: bytes, part: Columns) -> None:
        """Put a row into columns that is not plain."""
        limit = self.reading.settings.max_bytes
        if not line or line.isspace():
            return
        if len(line) > limit:
            part.add(*skipped(self.file, self.number, too_large(limit))[:2])
            return
        item, value, _ = readable_row(line, self.how, (self.file, self.number), self.reading)
        part.add(item, value)


_Row = tuple[str, str, str]
"""The id, text and date of a row."""


def _plain(reading: Reading) -> Callable[[bytes], _Row | None]:
    """Reads a plain row; none for any other."""
    fields, limit = reading.fields, reading.settings.max_bytes
    if fields.extra:
        return lambda _line: None
    decode, has_id = _decoder(fields), bool(fields.id)

    def read(line: bytes) -> _Row | None:
        try:
            id_, text, *dates = astuple(decode(line))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        key = _id(id_) if has_id else ""
        if key is None or not text or len(line) > limit or text.isspace() or damage(text) is not NOTHING:
            return None
        return key, text, next((date[:_LONGEST] for date in dates if date), "")

    return read


def _decoder(fields: Fields) -> Callable[[bytes], Any]:
    """Decodes the id as it is written, the text, and dates where they are text; all others are errors."""
    columns: list[Any] = [("id", msgspec.Raw, msgspec.Raw()), ("text", str, "")]
    keys = {"id": fields.id or _NO_KEY, "text": fields.text}
    for number, name in enumerate(name for name in fields.published if name not in {fields.id, fields.text}):
        columns.append((f"d{number}", str | None, None))
        keys[f"d{number}"] = name
    return msgspec.json.Decoder(msgspec.defstruct("Row", columns, rename=keys, gc=False)).decode


def _id(raw: msgspec.Raw) -> str | None:
    """An id as it is written: digits, or a text without a backslash; none if it is another."""
    written = bytes(raw)
    if written.isdigit() or not written:
        return written.decode()
    return written[1:-1].decode() if written[:1] == b'"' and b"\\" not in written else None


def _blocks(stream: BinaryIO, limit: int) -> Iterator[list[bytes] | int]:
    """Lines without their ends, some at a time; of one that is over the limit its size, with its end."""
    rest = b""
    while block := stream.read(BLOCK):
        cut = block.rfind(b"\n")
        if cut < 0:
            rest += block
            if len(rest) > limit:
                yield _passed_over(stream, len(rest))
                rest = b""
            continue
        yield (rest + block[:cut]).split(b"\n")
        rest = block[cut + 1 :]
    if rest:
        yield [rest]


def _passed_over(stream: BinaryIO, size: int) -> int:
    """The size of a line of which so much has been read, when its end has been."""
    while part := stream.readline(BLOCK):
        size += len(part)
        if part.endswith(b"\n"):
            break
    return size
