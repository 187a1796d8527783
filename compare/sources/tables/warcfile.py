"""A web archive: its records one by one; those that hold a page are documents."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from compare.sources.decode import EmptyError, NotTextError
from compare.sources.files import document_of
from compare.sources.kinds import WARC_SIGN
from compare.sources.readers.document import read_named
from compare.sources.tables.rows import EmptyRowError, NoTableError, Row, skipped, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.sources.fields import Reading
    from compare.sources.walk import File

_LONGEST = 1 << 14
"""Bytes of a line of a record's head, ..."""
_MOST = 200
"""... and how many lines that has."""
_BLOCK = 1 << 20
_LENGTH = re.compile(rb"^content-length\s*:\s*(\d{1,15})\s*$", re.IGNORECASE | re.MULTILINE)
_TYPE = re.compile(rb"^warc-type\s*:\s*(?:response|resource)\s*$", re.IGNORECASE | re.MULTILINE)
_NO_PAGE = "no page"


class _Record(NamedTuple):
    head: bytes
    size: int
    """Bytes of what it holds, or -1 where the head does not say it."""

    @property
    def may_be_page(self) -> bool:
        return bool(_TYPE.search(self.head))


def warc_rows(stream: BinaryIO, file: File, reading: Reading) -> Iterator[Row]:
    """A row for each record; what is no page is none. Raises NoTableError where the file is no web archive."""
    number = 0
    while record := _head(stream):
        number += 1
        if record.size < 0:
            if number == 1:
                raise NoTableError("not a web archive")
            yield skipped(file, number, "damaged: the head of the record cannot be read", record.head)
            yield from ((None, "", rest) for rest in iter(lambda: stream.read(_BLOCK), b""))
            return
        if record.size > reading.settings.max_bytes:
            yield from _too_large(stream, record, (file, number), reading)
            continue
        raw = record.head + stream.read(record.size)
        yield _row(record, raw, (file, number), reading)


def _row(record: _Record, raw: bytes, place: tuple[File, int], reading: Reading) -> Row:
    if not record.may_be_page:
        return None, "", raw
    if len(raw) < len(record.head) + record.size:
        return skipped(*place, "cut off", raw)
    try:
        content = read_named("record.warc", raw, reading)
    except EmptyError as error:
        return skipped(*place, EmptyRowError(str(error)), raw)
    except NotTextError as error:
        return (None, "", raw) if str(error) == _NO_PAGE else skipped(*place, str(error), raw)
    file, number = place
    found, value = document_of((f"{file.id}:{number}", file.shown), content, raw, reading)
    return replace(found, row=True), value, raw


def _too_large(stream: BinaryIO, record: _Record, place: tuple[File, int], reading: Reading) -> Iterator[Row]:
    """A record over the limit, in blocks: none of it is kept in memory."""
    limit = too_large(reading.settings.max_bytes)
    yield skipped(*place, limit, record.head) if record.may_be_page else (None, "", record.head)
    left = record.size
    while left and (part := stream.read(min(left, _BLOCK))):
        left -= len(part)
        yield None, "", part


def _head(stream: BinaryIO) -> _Record | None:
    """The head of the next record up to its empty line, with the empty lines before it; None at the end."""
    before = b""
    while (line := stream.readline(_LONGEST)) in {b"\r\n", b"\n"}:
        before += line
    if not line:
        return _Record(before, 0) if before else None
    lines, sound = [line], line.startswith(WARC_SIGN)
    while sound and lines[-1].strip(b"\r\n"):
        lines.append(stream.readline(_LONGEST))
        sound = bool(lines[-1]) and len(lines) <= _MOST
    head = b"".join(lines)
    length = _LENGTH.search(head.replace(b"\r\n", b"\n")) if sound else None
    return _Record(before + head, int(length[1]) if length else -1)
