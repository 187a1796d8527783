"""Documents in columns, for a job that asks for ids, texts and dates alone: a corpus is read so in half the time.

Rows of JSON lines that are plain (most are) never become objects; every other row, and every other file, is read as
`read.py` reads it. Where the documents stand in such a file is remembered, so that it need not be read again to leave
some of them out.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

import numpy as np

from compare.errors import InputError
from compare.files.packed import damage_of, open_unpacked, packing_in, place_in
from compare.files.regular import UnreadableError, read_at, state_in
from compare.kernels.rows import PLAIN, SUSPECT, plain_rows
from compare.kernels.rows.reference import plain_rows as all_closely
from compare.model import Document, Skipped
from compare.sources.damage import mended
from compare.sources.decode import byte_order_mark, row_decoder
from compare.sources.files import read_article
from compare.sources.kinds import FileKind, kind_of
from compare.sources.spans import span_size
from compare.sources.tables.jsonlines import readable_row, shape_of
from compare.sources.tables.read import table_rows
from compare.sources.tables.rows import EmptyRowError, row_id, skipped, too_large
from compare.text.tokens import body
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from compare.kernels.rows import PlainRows
    from compare.sources.fields import Fields, Reading
    from compare.sources.spans import Span
    from compare.sources.walk import File

    I64 = NDArray[np.int64]
    Flags = NDArray[np.bool_]

BLOCK = 3 << 19
"""Bytes of lines that are read at a time, and about the characters of other documents."""
_LONGEST = 500
NONE = np.empty(0, np.int64)
NO_END = 1 << 62


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
    readable: bool = False
    """Whether they can be read again by their places (`PlacedColumns.texts`)."""
    size: int = 0
    """Bytes of files that have gone by with them, as they stand on the disk."""

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

    def join(self, more: Columns) -> None:
        """Put others at the end, which are `readable` as these are."""
        for name in ("ids", "texts", "published", "values", "skipped", "doubtful"):
            getattr(self, name).extend(getattr(more, name))
        self.size += more.size


@dataclass(slots=True)
class Lines:
    """Where the documents of a file of JSON lines stand in it: each from its first byte to behind its line's end."""

    file: File
    reading: Reading
    first: int
    """The number of its first document."""
    state: tuple[int, int]
    """Size and time of the file as it was read."""
    starts: list[I64] = field(default_factory=list)
    stops: list[I64] = field(default_factory=list)

    def fallen(self, falls: Flags) -> tuple[list[tuple[int, int]], tuple[int, int]]:
        """Where the documents stand that fall, of all documents that are read; and the state."""
        starts, stops = self._places()
        rows = np.flatnonzero(falls[self.first : self.first + len(starts)])
        stops = np.minimum(stops, self.state[0])  # the last line may have no end
        return list(zip(starts[rows].tolist(), stops[rows].tolist(), strict=True)), self.state

    @property
    def count(self) -> int:
        """How many documents there are."""
        return sum(map(len, self.starts))

    def _places(self) -> tuple[I64, I64]:
        return np.concatenate([NONE, *self.starts]), np.concatenate([NONE, *self.stops])

    def texts(self, places: Sequence[int]) -> list[str]:
        """The texts of some of its documents once more. Raises InputError if the file is not what it was."""
        starts, stops = self._places()
        with open_unpacked(self.file.path, follow=self.file.named) as stream:
            if state_in(stream) != self.state:
                raise changed(self.file)
            how, texts = (shape_of(self.reading), row_decoder(stream)), []
            for start, stop in zip(starts[list(places)].tolist(), stops[list(places)].tolist(), strict=True):
                line = read_at(stream, start, stop - start)
                item = readable_row(line, how, (self.file, 0), self.reading)[0]
                texts.append(body(item) if isinstance(item, Document) else "")
        return texts


class PlacedColumns(NamedTuple):
    """What is read of some paths."""

    columns: Iterator[Columns]
    lines: list[Lines]
    """Of each file, or part of one; complete when `columns` is read to its end."""


class Readable(Protocol):
    """Documents, numbered one after the other, that can be read again."""

    @property
    def first(self) -> int:
        """The number of the first ..."""

    @property
    def count(self) -> int:
        """... and how many there are."""

    def texts(self, places: Sequence[int]) -> list[str]:
        """The texts of some of them, by their places from the first on."""


def read_again(lines: Sequence[Readable], documents: Sequence[int]) -> list[str]:
    """The texts of documents once more that are `readable`, by their numbers, ascending. Raises InputError."""
    texts: list[str] = []
    for at in lines:
        begin, end = bisect_left(documents, at.first), bisect_left(documents, at.first + at.count)
        mine = documents[begin:end]
        texts += at.texts([document - at.first for document in mine]) if mine else []
    return texts


def changed(file: File) -> InputError:
    """What is wrong with a file that was written to while it was read."""
    return InputError(f"{shown(file.path)}: was changed while it was read; run it again")


def read_columns(spans: Iterable[Span], reading: Reading) -> PlacedColumns:
    """All documents of files and parts of files in their order, and where those of JSON lines stand.

    Raises as `read_batches` does, as it goes on, but for ids that stand twice: see `read.standing_twice`.
    """
    lines: list[Lines] = []
    return PlacedColumns(_columns(spans, reading, lines), lines)


def together(columns: Iterable[Columns]) -> Iterator[Columns]:
    """The same documents, those of small files with others: each batch of texts has its price."""
    whole, characters = Columns(), 0
    for part in columns:
        size = sum(map(len, part.texts))
        if size > BLOCK // 2:
            if whole.ids or whole.skipped or whole.size:
                yield whole
                whole, characters = Columns(), 0
            yield part
            continue
        if whole.ids and part.ids and (part.readable is not whole.readable or characters + size > BLOCK):
            yield whole
            whole, characters = Columns(), 0
        whole.readable = part.readable if part.ids else whole.readable
        whole.join(part)
        characters += size
    yield whole


def _columns(spans: Iterable[Span], reading: Reading, lines: list[Lines]) -> Iterator[Columns]:
    count = 0
    for span in spans:
        kind = kind_of(span.file, reading)
        if kind is FileKind.LINES:
            parts = _of_lines(span, reading, lines, count)
        else:
            table = table_rows(span.file, kind, reading) if kind.is_table else [read_article(span.file, reading)]
            parts = _in_parts(table)
        gone = 0
        for part in parts:
            count += len(part.ids)
            gone += part.size
            yield part
        yield Columns(size=max(span_size(span) - gone, 0))


def _in_parts(items: Iterable[tuple[Document | Skipped, str]]) -> Iterator[Columns]:
    part, characters = Columns(), 0
    for item, value in items:
        part.add(item, value)
        characters += len(item.text) if isinstance(item, Document) else 0
        if characters >= BLOCK:
            yield part
            part, characters = Columns(), 0
    yield part


def _of_lines(span: Span, reading: Reading, lines: list[Lines], first: int) -> Iterator[Columns]:
    """The rows of a file of JSON lines; by way of `table_rows` where the file is not UTF-8, or cannot be read."""
    file = span.file
    try:
        with open_unpacked(file.path, follow=file.named) as stream:
            is_packed = packing_in(stream) is not None
            state = (0, 0) if is_packed else state_in(stream)
            mark, encoding = byte_order_mark(stream.read(4))
            if encoding in {"", "utf-8"} and (is_packed or state[0]):
                stream.seek(len(mark))
                reader = _Reader(span, reading, stream, Lines(file, reading, first, state))
                gone = reader.span.start
                for part in reader.parts():
                    part.readable = not is_packed
                    place = max(place_in(stream) if is_packed else reader.at, gone)
                    part.size, gone = place - gone, place
                    yield part
                if not is_packed:  # what is compressed has no places
                    lines.append(reader.lines)
                return
    except UnreadableError:
        pass  # which `table_rows` tells
    except OSError as error:
        yield Columns(skipped=[Skipped(file.shown, f"unreadable: {error.strerror}", lost=True)])
        return
    yield from _in_parts(table_rows(file, FileKind.LINES, reading))


class _Reader:
    """Reads a stream of JSON lines."""

    def __init__(self, span: Span, reading: Reading, stream: BinaryIO, lines: Lines) -> None:
        """With a stream that stands where the text begins."""
        self.span, self.file, self.reading, self.stream, self.lines = span, span.file, reading, stream, lines
        self.number = span.line
        """Of lines before the block."""
        self.how = shape_of(reading), row_decoder(stream)
        if span.start:
            stream.seek(span.start)
        self.at = stream.tell()
        self.names = _names(reading.fields)

    def parts(self) -> Iterator[Columns]:
        """All rows, some at a time; a file without any says so, and one that is damaged."""
        limit, is_empty = self.reading.settings.max_bytes, True
        size = self.span.stop - self.at if self.span.stop >= 0 else NO_END
        for block in _blocks(self.stream, limit, size):
            part = Columns()
            if isinstance(block, int):
                self.number += 1
                part.add(*skipped(self.file, self.number, too_large(limit))[:2])
                self.at += block
            else:
                self._read(block, part)
            is_empty = is_empty and not (part.ids or part.skipped)
            yield part
        if damage := damage_of(self.stream):
            yield Columns(skipped=[Skipped(self.file.shown, damage, lost=True)])
        elif is_empty and self.span.is_whole:
            yield Columns(skipped=[Skipped(self.file.shown, "empty", self.file.named)])

    def _read(self, block: bytes, part: Columns) -> None:
        """Put the rows of a block into columns."""
        read = plain_rows if self.names else all_closely
        rows = read(block, self.names, self.reading.settings.max_bytes)
        are_documents, before = rows.kinds == PLAIN, -1
        values = np.cumsum((rows.kinds == PLAIN) | (rows.kinds == SUSPECT)).tolist()
        for line in np.flatnonzero(rows.kinds > PLAIN).tolist():
            self._plainly(rows, (before, line), values, part)
            number, count = self.number + line + 1, len(part.ids)
            if rows.kinds[line] == SUSPECT:
                self._suspect(rows, values[line] - 1, number, part)
            else:
                self._closely(block[rows.bounds[line] : rows.bounds[line + 1]], number, part)
            are_documents[line] = len(part.ids) > count
            before = line
        self._plainly(rows, (before, len(values)), values, part)
        self.lines.starts.append(rows.bounds[:-1][are_documents] + self.at)
        self.lines.stops.append(rows.bounds[1:][are_documents] + self.at)
        self.number += len(values)
        self.at += len(block)

    def _plainly(self, rows: PlainRows, between: tuple[int, int], values: list[int], part: Columns) -> None:
        """Put rows that stand between two lines into columns, `values` being the rows with values up to each line."""
        start, stop = values[between[0]] if between[0] >= 0 else 0, values[between[1] - 1] if between[1] else 0
        if start == stop:
            return
        ids, fields = rows.ids[start:stop], self.reading.fields
        if "" in ids or fields.by_file:
            lines = (np.searchsorted(values, np.arange(start, stop) + 1) + self.number + 1).tolist()
            ids = [row_id(self.file, line, id_, fields) for id_, line in zip(ids, lines, strict=True)]
        part.ids += ids
        part.texts += rows.texts[start:stop]
        part.published += [date[:_LONGEST] for date in rows.dates[start:stop]]
        part.values += [""] * (stop - start)

    def _suspect(self, rows: PlainRows, place: int, number: int, part: Columns) -> None:
        """Put a row into columns whose text may have to be mended."""
        id_, text, date = rows.ids[place], rows.texts[place], rows.dates[place]
        if not text.isspace():
            name = row_id(self.file, number, id_, self.reading.fields)
            part.add(mended(Document(name, text, self.file.shown, published=date[:_LONGEST], row=True)), "")
        else:
            part.add(*skipped(self.file, number, EmptyRowError("empty"))[:2])

    def _closely(self, line: bytes, number: int, part: Columns) -> None:
        """Put a row into columns that is not plain, if it is one."""
        limit = self.reading.settings.max_bytes
        if len(line) > limit:
            part.add(*skipped(self.file, number, too_large(limit))[:2])
        elif not line.isspace():
            part.add(*readable_row(line, self.how, (self.file, number), self.reading)[:2])


def _names(fields: Fields) -> tuple[bytes, ...]:
    """The names of text, id and dates; none where more is asked for, so that all rows are read closely."""
    dates = (name for name in fields.published if name not in {fields.id, fields.text})
    return (
        () if fields.extra or not fields.is_plain else tuple(name.encode() for name in (fields.text, fields.id, *dates))
    )


def _blocks(stream: BinaryIO, limit: int, size: int) -> Iterator[bytes | int]:
    """Whole lines of so many bytes, some at a time; of one that is over the limit its size, with its end."""
    rest, end = b"", size
    while block := stream.read(min(BLOCK, end)):
        end -= len(block)
        cut = block.rfind(b"\n") + 1
        if cut:
            yield b"".join((rest, memoryview(block)[:cut]))  # copied once
            rest = block[cut:]
        elif len(rest) + len(block) <= limit:
            rest += block
        else:
            passed = _passed_over(stream, len(rest) + len(block))
            yield passed
            end, rest = end - passed + len(rest) + len(block), b""
    if rest and not (damage_of(stream) and rest.rstrip()[-1:] != b"}"):  # the damage is told instead
        yield rest


def _passed_over(stream: BinaryIO, size: int) -> int:
    """The size of a line of which so much has been read, when its end has been."""
    while part := stream.readline(BLOCK):
        size += len(part)
        if part.endswith(b"\n"):
            break
    return size
