"""What is read, in parts: some files each, or some of the lines of a large one. The inputs alone decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import numpy as np

from compare.files.packed import open_unpacked, packing_in
from compare.files.regular import UnreadableError, open_regular, state_at
from compare.sources.decode import byte_order_mark
from compare.sources.kinds import FileKind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.sources.fields import Reading
    from compare.sources.walk import File, Plan

PART = 16 << 20
"""Bytes of a part, at the least ..."""
MOST = 64
"""... and so many parts of them, at the most, while one is no larger ..."""
LARGE = 512 << 20
"""... than so many bytes."""
FILE = 32 << 10
"""Bytes in whose time a file is opened, beside what is in it."""
_BLOCK = 1 << 20
_END = b"\n"[0]


class Span(NamedTuple):
    """A file, or whole lines of one: from one byte up to another."""

    file: File
    start: int = 0
    stop: int = -1
    """−1: the file's end."""
    line: int = 0
    """How many lines stand before it."""

    @property
    def is_whole(self) -> bool:
        """Whether it is all of the file."""
        return self.start == 0 and self.stop < 0


def size_of(work: Plan) -> int:
    """Bytes of all files."""
    return sum(map(file_size, work.files))


def parts_of(work: Plan, reading: Reading) -> list[tuple[Span, ...]]:
    """All files in parts of about one size, in their order. At least one, which may hold nothing."""
    whole = size_of(work) + FILE * len(work.files)
    size = max(PART, min(-(-whole // MOST), LARGE))
    parts, part, filled = list[tuple[Span, ...]](), list[Span](), 0
    for file in work.files:
        for span, length in _spans(file, reading, size):
            part.append(span)
            filled += length + FILE
            if filled >= size:
                parts.append(tuple(part))
                part, filled = [], 0
    return [*parts, tuple(part)] if part or not parts else parts


def _spans(file: File, reading: Reading, size: int) -> Iterator[tuple[Span, int]]:
    """A file, cut at the ends of lines where these can be told without reading the others."""
    length = file_size(file)
    if length <= size or kind_of(file, reading) is not FileKind.LINES or not _has_plain_lines(file):
        yield Span(file), length
        return
    start, line = 0, 0
    with open_regular(file.path, follow=file.named) as stream:
        while start < length:
            stop, lines = _end_of_line(stream, start + size) if start + size < length else (length, 0)
            yield Span(file, start, -1 if start == 0 and stop >= length else stop, line), stop - start
            start, line = stop, line + lines


def _has_plain_lines(file: File) -> bool:
    """Whether a file is as it is written, and a byte 10 ends a line of it and stands nowhere else."""
    try:
        with open_unpacked(file.path, follow=file.named) as stream:
            return packing_in(stream) is None and byte_order_mark(stream.read(4))[1] in {"", "utf-8"}
    except (UnreadableError, OSError):
        return False


def _end_of_line(stream: BinaryIO, place: int) -> tuple[int, int]:
    """Where the line ends that a place stands in, or the file; and how many lines end from where the stream stands."""
    lines = 0
    while stream.tell() < place and (block := stream.read(min(_BLOCK, place - stream.tell()))):
        lines += int(np.count_nonzero(np.frombuffer(block, np.uint8) == _END))  # a third of `bytes.count`
    while block := stream.readline(_BLOCK):
        if block.endswith(b"\n"):
            lines += 1
            break
    return stream.tell(), lines


def span_size(span: Span) -> int:
    """Bytes of a span."""
    return (file_size(span.file) if span.stop < 0 else span.stop) - span.start


def state_of(file: File) -> tuple[int, int]:
    """What is another when a file has been written to: its size and its time; zeros where there is no file."""
    return state_at(file.path) or (0, 0)


def file_size(file: File) -> int:
    """Bytes of a file as it stands on the disk; 0 where that cannot be told."""
    return state_of(file)[0]
