"""CSV and its like, with a header, by the standard library; every record keeps the bytes it was read from."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, BinaryIO

from compare.sources.decode import NotTextError, RowDecoder, row_decoder, together
from compare.sources.tables.jsonlines import bounded_lines
from compare.sources.tables.nested import joined
from compare.sources.tables.rows import (
    NoDocumentError,
    NoTableError,
    Row,
    described,
    document,
    doubtful,
    instead,
    skipped,
    too_large,
    without_markup,
)
from compare.sources.types import TABS, inner, suffix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.model import Decoding
    from compare.sources.fields import Fields, Reading
    from compare.sources.walk import File

_SAMPLE = 64 * 1024
DELIMITERS = ",;\t|"
_STATED = re.compile(r'"?sep=([,;\t|])"?\r?\n')
"""A first line that tells a spreadsheet its delimiter."""


class _TooLargeError(Exception):
    """A record has more bytes than the limit."""


@dataclass(slots=True)
class Recorder:
    """An iterator of decoded lines that keeps what it handed out until it is taken."""

    lines: Iterator[tuple[bytes, bool]]
    """As `bounded_lines` gives them."""
    limit: int
    decoder: RowDecoder = field(default_factory=RowDecoder)
    taken: list[bytes] = field(default_factory=list)
    size: int = 0
    doubts: list[Decoding] = field(default_factory=list)
    fault: str = ""
    number: int = 0

    def __iter__(self) -> Iterator[str]:
        for line, _ in self.lines:
            self.number += 1
            self.taken.append(line)
            self.size += len(line)
            if self.size > self.limit:
                raise _TooLargeError
            yield self._decoded(line)

    def take(self) -> tuple[bytes, Decoding | None, str]:
        """The bytes handed out since the last call, how they were read, and what was wrong with them."""
        raw, decoding, fault = b"".join(self.taken), together(self.doubts), self.fault
        self.taken, self.size, self.doubts, self.fault = [], 0, [], ""
        return raw, decoding, fault

    def rest(self, taken: bytes, dialect: Dialect) -> Iterator[bytes]:
        """What follows of a record over the limit, of which `taken` was read, in parts."""
        ending = _Ending(dialect)
        if ending.reached(taken):
            return
        for part, continued in self.lines:
            self.number += not continued
            yield part
            if ending.reached(part):
                return

    def _decoded(self, line: bytes) -> str:
        try:
            read = self.decoder.decode(line)
        except NotTextError as error:
            self.fault = str(error)
            return line.decode("utf-8", "replace")
        if read.decoding:
            self.doubts.append(read.decoding)
        return read.text


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are told apart."""

    delimiter: str
    quoted: bool = True
    """Whether quotation marks enclose cells; in tab-separated text they may be no more than that."""

    def reader(self, lines: Any, *, strict: bool = True) -> Iterator[list[str]]:  # noqa: ANN401  # what csv takes
        """The records of some lines."""
        if self.quoted:
            return csv.reader(lines, delimiter=self.delimiter, strict=strict)
        return csv.reader(lines, delimiter=self.delimiter, quoting=csv.QUOTE_NONE)

    def cells(self, line: str) -> list[str]:
        """The cells of one line; none where it has an end of line inside."""
        try:
            return next(self.reader([line], strict=False), [])
        except csv.Error:
            return []


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A table whose header has been read."""

    header: bytes
    columns: tuple[str, ...]
    dialect: Dialect
    recorder: Recorder
    fields: Fields
    """Which columns mean what; where none is called as the text is, the one that stands for it."""


def open_csv(stream: BinaryIO, file: File, reading: Reading) -> CsvTable:
    """Read the header, after empty lines. The stream stands after a byte order mark.

    The delimiter is the one that a line `sep=` states, else the first of comma, semicolon, tab and bar that gives a
    header with the text column; for names that promise tabs, tab comes first.

    Raises:
        NoTableError: no header, or no text column in it.
    """
    limit = reading.settings.max_bytes
    csv.field_size_limit(limit)
    recorder = Recorder(bounded_lines(stream, limit), limit, row_decoder(stream))
    try:
        first, delimiters = _header(iter(recorder), "\t,;|" if suffix(inner(file.path)) in TABS else DELIMITERS)
    except _TooLargeError:
        raise NoTableError(f"its first line has {too_large(limit)}") from None
    fields, dialect = _fitting(first, delimiters, reading.fields)
    columns = tuple(dialect.cells(first)) if dialect else ()
    texts = fields.texts
    missing = next((name for name in texts if name not in columns), None)
    if dialect is None or missing is not None:
        cells = columns or max((tuple(Dialect(one).cells(first)) for one in delimiters), key=len)
        wanted = missing or fields.text
        raise NoTableError(f'no column "{wanted}" in its first line, {instead(wanted, cells, fields)}')
    if twice := [name for name in (*texts, reading.fields.id) if name and columns.count(name) > 1]:
        raise NoTableError(f'two columns "{twice[0]}" in its first line')
    if dialect.delimiter == "\t" and _is_plain(stream, len(columns), recorder.decoder.encoding or "utf-8"):
        dialect = Dialect("\t", quoted=False)
    return CsvTable(recorder.take()[0], columns, dialect, recorder, fields)


def csv_rows(table: CsvTable, file: File, reading: Reading) -> Iterator[Row]:
    """The rows of a table with every byte of them: see `Row`. A malformed record is skipped with its reason."""
    recorder, reading = table.recorder, replace(reading, fields=table.fields)
    records = table.dialect.reader(iter(recorder))
    while True:
        number = recorder.number + 1
        try:
            cells = next(records, None)
            raw, decoding, fault = recorder.take()
        except csv.Error as error:
            raw, _, fault = recorder.take()
            yield skipped(file, number, fault or f"not valid CSV: {error}", raw)
            continue
        except _TooLargeError:
            raw, _, _ = recorder.take()
            yield skipped(file, number, too_large(recorder.limit), raw)
            yield from ((None, "", part) for part in recorder.rest(raw, table.dialect))
            records = table.dialect.reader(iter(recorder))
            continue
        if cells is None:
            return
        row = _row(table, (cells, raw, fault), (file, number), reading)
        yield doubtful(row, decoding, (file, number))


def _row(table: CsvTable, record: tuple[list[str], bytes, str], place: tuple[File, int], reading: Reading) -> Row:
    cells, raw, fault = record
    if fault:
        return skipped(*place, fault, raw)
    if not cells:
        return None, "", raw
    values = dict(zip(table.columns, cells, strict=False))
    fields = reading.fields
    if len(cells) > len(table.columns):
        return skipped(*place, f"{len(cells)} cells under {len(table.columns)} columns", raw)
    if any(name not in values for name in fields.texts):
        return skipped(*place, f"{len(cells)} cells under {len(table.columns)} columns: no text", raw)
    try:
        about = described(reading, lambda name: values.get(name, ""))
        id_ = values.get(fields.id, "") if fields.id else ""
        text = joined(values[name] for name in fields.texts) if fields.joined else values[fields.text]
        item = document(*place, (id_, text), about, reading)
        item = without_markup(item) if fields.markup else item
    except NoDocumentError as error:
        return skipped(*place, error, raw)
    return item, values.get(fields.extra, ""), raw


def _fitting(first: str, delimiters: str, fields: Fields) -> tuple[Fields, Dialect | None]:
    """The delimiter with which a header has the text, and the fields: with a title, another name may stand for it."""
    dialects = [Dialect(delimiter) for delimiter in delimiters]
    for dialect in dialects:
        if fields.text in dialect.cells(first):
            return fields, dialect
    for dialect in dialects:
        cells = dialect.cells(first)
        if any(name in cells for name in fields.title) and (body := [one for one in fields.guessed if one in cells]):
            return replace(fields, text=body[0], markup=True), dialect
    return fields, None


def _header(lines: Iterator[str], delimiters: str) -> tuple[str, str]:
    """The first line that is not empty, and the delimiters that it may have."""
    first = next((line for line in lines if not line.isspace()), "")
    if stated := _STATED.fullmatch(first):
        return next(lines, ""), stated[1]
    return first, delimiters


def _is_plain(stream: BinaryIO, width: int, encoding: str) -> bool:
    """Whether records after a header make sense only if quotation marks mean nothing, as in much tab-separated text."""
    lines = _sample(stream).decode(encoding, "replace").split("\n")[:-1]
    lines = [f"{line}\n" for line in lines]
    if not any('"' in line for line in lines):
        return False
    return _fits(Dialect("\t", quoted=False), lines, width) and not _fits(Dialect("\t"), lines, width)


def _fits(dialect: Dialect, lines: list[str], width: int) -> bool:
    """Whether all records have their cells."""
    try:
        return all(len(cells) in {0, width} for cells in dialect.reader(lines))
    except csv.Error:
        return False


def _sample(stream: BinaryIO) -> bytes:
    """Whole lines of the next 64 KiB, or all of them; the stream stands where it did."""
    position = stream.tell()
    sample = stream.read(_SAMPLE)
    stream.seek(position)
    return sample[: sample.rfind(b"\n") + 1] or sample


class _Ending:
    """Where a record ends, without keeping it. As in `csv`, a quotation mark counts where a cell begins."""

    def __init__(self, dialect: Dialect) -> None:
        self.quoted = dialect.quoted
        separators = re.escape(dialect.delimiter.encode()) + b"\n"
        self.plain = re.compile(b"[" + separators + b"]")
        self.state = "start"

    def reached(self, part: bytes) -> bool:
        """Whether the record ends with this part, which ends at the latest with a line."""
        if not self.quoted:
            return part.endswith(b"\n")
        at = 0
        while at < len(part):
            at = self._step(part, at)
        return self.state == "start" and part.endswith(b"\n")

    def _step(self, part: bytes, at: int) -> int:
        quote = part[at : at + 1] == b'"'
        if self.state == "start" and quote:
            self.state = "quoted"
        elif self.state == "quoted":
            end = part.find(b'"', at)
            self.state = "quoted" if end < 0 else "closed"
            return len(part) if end < 0 else end + 1
        elif self.state == "closed" and quote:  # two of them are one that does not close
            self.state = "quoted"
        else:
            separator = self.plain.search(part, at)
            self.state = "start" if separator else "plain"
            return separator.end() if separator else len(part)
        return at + 1
