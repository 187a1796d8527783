"""JSON that is not one row a line: an array of rows, or objects one after the other. Read a piece at a time.

A row ends where its brackets do, whatever stands in them, so a row that is not valid JSON costs itself alone unless it
leaves a bracket or a quotation mark open; then the rest of the file is one row that is cut off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from compare.model import Skipped
from compare.sources.decode import RowDecoder, row_decoder
from compare.sources.tables.jsonlines import readable_row, shape_of
from compare.sources.tables.rows import Row, skipped, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.sources.fields import Reading
    from compare.sources.walk import File

SPACE = b" \t\r\n"
"""What JSON calls white space."""
_BLOCK = 1 << 18
_TEXT = rb'[^"\\]*+(?:\\.[^"\\]*+)*+'
_FLAT = re.compile(rb'[^"\[\]{}]*+(?:"' + _TEXT + rb'"[^"\[\]{}]*+)*+', re.DOTALL)
"""From inside a row to its next bracket, over whole strings."""
_STRING = re.compile(_TEXT, re.DOTALL)
_BETWEEN = re.compile(rb'["\[\]{},]')
_OPEN, _CLOSE, _QUOTE = frozenset(b"[{"), frozenset(b"]}"), ord('"')


class RawPart(NamedTuple):
    """Bytes between two separators, all of them or a part."""

    raw: bytes
    ends: str
    """What stands after it: `,` or `]` of an array (not in `raw`), `}` of an object (in it); empty: it goes on."""


@dataclass(slots=True)
class RowScanner:
    """Where the rows of a stream of JSON end, block by block, with what must be known from one block to the next."""

    array: bool
    """Whether commas part the rows, and a bracket ends them; else a row ends with its last bracket."""
    depth: int = 0
    quoted: bool = False
    escaped: bool = False

    def ends(self, block: bytes) -> Iterator[int]:
        """The places of the bytes that end a row."""
        at = 0
        while at < len(block):
            if self.quoted:
                at = self._string(block, at)
                continue
            at = self._next(block, at)
            if at == len(block):
                return
            if self._is_end(block[at]):
                yield at
            at += 1

    def _next(self, block: bytes, at: int) -> int:
        """The next byte that means something outside strings."""
        if self.depth:
            match = _FLAT.match(block, at)
            return match.end() if match else at
        sign = _BETWEEN.search(block, at)
        return sign.start() if sign else len(block)

    def _is_end(self, byte: int) -> bool:
        if byte == _QUOTE:
            self.quoted = True
        elif byte in _OPEN:
            self.depth += 1
        elif byte in _CLOSE and self.depth:
            self.depth -= 1
            return not self.depth and not self.array
        else:
            return self.array and byte != ord("}")
        return False

    def _string(self, block: bytes, at: int) -> int:
        """The place after the string that begins before `at`, or the end of the block."""
        match = _STRING.match(block, at + self.escaped)
        end = match.end() if match else len(block)
        self.escaped = block[end : end + 1] == b"\\"
        self.quoted = end >= len(block) or self.escaped
        return end + 1


def pieces(stream: BinaryIO, array: bool, limit: int) -> Iterator[RawPart]:  # noqa: FBT001  # one of two formats
    """The pieces of a stream that stands inside the array, to its end; of a row over `limit` bytes, parts.

    Only the first part of a row is more than `limit` bytes and goes on. What stands after an array is one more piece,
    in parts, that never ends; so is what is cut off.
    """
    scanner, waiting, size = RowScanner(array), list[bytes](), 0
    over = closed = False
    while block := stream.read(_BLOCK):
        start = 0
        for end in scanner.ends(block) if not closed else ():
            byte = block[end : end + 1]
            stop = end if array else end + 1
            yield RawPart(b"".join([*waiting, block[start:stop]]), byte.decode())
            waiting, size, over, start = [], 0, False, end + 1
            closed = array and byte == b"]"
            if closed:
                break
        waiting.append(block[start:])
        size += len(block) - start
        if closed or over or size > limit:
            yield RawPart(b"".join(waiting), "")
            waiting, over = [], True
    if rest := b"".join(waiting):
        yield RawPart(rest, "")


def array_rows(stream: BinaryIO, file: File, reading: Reading) -> Iterator[Row]:
    """The rows of an array whose bracket has been read. The bytes of all but the first begin with their comma."""
    rows = _Rows(file, reading, row_decoder(stream))
    inside = pieces(stream, array=True, limit=reading.settings.max_bytes)
    comma, number, begun, cut = b"", 1, False, False
    for raw, ends in inside:
        row = raw.rstrip(SPACE) if ends == "]" else raw
        item, extra, taken = rows.row(comma + row, number, begun=begun, whole=bool(ends))
        yield item, extra, taken
        if ends == "]":
            yield None, "", raw[len(row) :] + b"]"
            yield from _after(inside, file)
            return
        begun, cut = not ends, isinstance(item, Skipped)
        comma, number = (b",", number + 1) if ends else (b"", number)
    if not (begun and cut):
        yield Skipped(file.shown, "cut off: the array does not end", lost=True), "", b""
    yield None, "", comma


def object_rows(stream: BinaryIO, file: File, reading: Reading) -> Iterator[Row]:
    """The rows of a stream of objects, each over as many lines as it likes."""
    rows, begun = _Rows(file, reading, row_decoder(stream)), False
    number = 1
    for raw, ends in pieces(stream, array=False, limit=reading.settings.max_bytes):
        yield rows.row(raw, number, begun=begun, whole=bool(ends))
        begun = not ends
        number += bool(ends)


class _Rows:
    """Pieces to rows."""

    def __init__(self, file: File, reading: Reading, decoder: RowDecoder) -> None:
        self.file, self.reading = file, reading
        self.how, self.limit = (shape_of(reading), decoder), reading.settings.max_bytes

    def row(self, raw: bytes, number: int, *, begun: bool, whole: bool) -> Row:
        """The row of a piece; `begun` if it only goes on, `whole` if the row ends with it."""
        value = raw.removeprefix(b",").strip(SPACE)
        if begun or not value:
            return None, "", raw
        if len(raw) > self.limit:
            return skipped(self.file, number, too_large(self.limit), raw)
        item, extra, _ = readable_row(value, self.how, (self.file, number), self.reading)
        if not whole and isinstance(item, Skipped) and item.lost:
            return skipped(self.file, number, "cut off: the row does not end", raw)
        return item, extra, raw


def _after(rest: Iterator[RawPart], file: File) -> Iterator[Row]:
    """What stands after an array: white space, or something that is told of once."""
    lost = False
    for raw, _ in rest:
        if raw.strip(SPACE) and not lost:
            lost = True
            yield Skipped(file.shown, "more after the end of the array, which is not read", lost=True), "", b""
        yield None, "", raw
