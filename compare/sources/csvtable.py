"""CSV with a header, by the standard library; every record keeps the bytes it was read from."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from compare.sources.decode import NotTextError, RowDecoder, row_decoder, together
from compare.sources.jsonlines import bounded_lines
from compare.sources.rows import NoDocumentError, Row, described, document, doubtful, skipped, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.model import Decoding
    from compare.sources.fields import Reading
    from compare.sources.walk import File

_DELIMITERS = ",;\t"


class NoTableError(Exception):
    """The file is no table that can be read; the message is the reason, for a `Skipped`."""


@dataclass(slots=True)
class Recorder:
    """An iterator of decoded lines that keeps what it handed out until it is taken."""

    lines: Iterator[bytes]
    limit: int
    decoder: RowDecoder = field(default_factory=RowDecoder)
    taken: list[bytes] = field(default_factory=list)
    doubts: list[Decoding] = field(default_factory=list)
    fault: str = ""
    number: int = 0

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.number += 1
            self.taken.append(line)
            if len(line) > self.limit:
                self.fault = too_large(self.limit)
                yield "\n"  # its rest was passed over
                continue
            yield self._decoded(line)

    def take(self) -> tuple[bytes, Decoding | None, str]:
        """The bytes handed out since the last call, how they were read, and what was wrong with them."""
        raw, decoding, fault = b"".join(self.taken), together(self.doubts), self.fault
        self.taken, self.doubts, self.fault = [], [], ""
        return raw, decoding, fault

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
class CsvTable:
    """A table whose header has been read."""

    header: bytes
    columns: tuple[str, ...]
    records: Iterator[list[str]]
    recorder: Recorder


def open_csv(stream: BinaryIO, reading: Reading) -> CsvTable:
    """Read the header. The stream stands after a byte order mark.

    The delimiter is the first of comma, semicolon and tab that gives a header with the text column.

    Raises:
        NoTableError: no header, or no text column in it.
    """
    limit = reading.settings.max_bytes
    csv.field_size_limit(limit)
    recorder = Recorder(bounded_lines(stream, limit), limit, row_decoder(stream))
    lines = iter(recorder)
    first = next(lines, "")
    delimiter = next((mark for mark in _DELIMITERS if reading.fields.text in _split(first, mark)), "")
    if not delimiter:
        raise NoTableError(f'no column "{reading.fields.text}" in its first line')
    header, _, _ = recorder.take()
    records = csv.reader(lines, delimiter=delimiter, strict=True)
    return CsvTable(header, tuple(_split(first, delimiter)), records, recorder)


def csv_rows(table: CsvTable, file: File, reading: Reading) -> Iterator[Row]:
    """The rows of a table. A record is skipped with its reason if it is malformed; empty lines are passed over."""
    while True:
        number = table.recorder.number + 1
        try:
            cells = next(table.records, None)
            raw, decoding, fault = table.recorder.take()
        except csv.Error as error:
            _, _, fault = table.recorder.take()
            yield skipped(file, number, fault or f"not valid CSV: {error}")
            continue
        if cells is None:
            return
        if fault:
            yield skipped(file, number, fault)
        elif cells:
            yield doubtful(_row(table, (cells, raw), (file, number), reading), decoding, (file, number))


def _row(table: CsvTable, record: tuple[list[str], bytes], place: tuple[File, int], reading: Reading) -> Row:
    cells, raw = record
    values = dict(zip(table.columns, cells, strict=False))
    fields = reading.fields
    if len(cells) > len(table.columns):
        return skipped(*place, f"{len(cells)} cells under {len(table.columns)} columns")
    if fields.text not in values:
        return skipped(*place, "no text")
    try:
        about = described(reading, lambda name: values.get(name, ""))
        item = document(*place, (values.get(fields.id, ""), values[fields.text]), about, digest=reading.digest)
    except NoDocumentError as error:
        return skipped(*place, error)
    return item, values.get(fields.extra, ""), raw


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
