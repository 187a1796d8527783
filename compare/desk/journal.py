"""What was decided at the desk, a line each: who, when, of which pair, what the accepted file held before and after.

Lines are added at the end and are on the disk before anything is said to be done. A line that a dying process left
unfinished was acknowledged to nobody: it is not read, and the next one takes its place.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO, Literal

import msgspec

from compare.errors import InputError
from compare.files.atomic import writing
from compare.files.regular import UnreadableError, read_regular
from compare.files.temporary import alone
from compare.model import Accepted  # noqa: TC001  # msgspec reads it
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMAT = "compare-desk/1"
LARGEST = 1 << 28
"""Bytes of a journal that is read."""
_PIECE = 1 << 16
_IN_THIS_PROCESS = Lock()
What = Literal["accept", "ignore", "flag", "note", "undo"]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision."""

    what: What
    a: str
    b: str
    by: str
    at: str
    """ISO 8601, with its zone."""
    note: str = ""
    before: tuple[Accepted, ...] = ()
    """The entries of the pair in the accepted file before ..."""
    after: tuple[Accepted, ...] = ()
    """... and after it."""
    format: str = FORMAT


def read_journal(path: Path) -> tuple[Entry, ...]:
    """All decisions, the oldest first. Raises InputError if the file is broken before its last line."""
    if not os.path.lexists(path):
        return ()
    try:
        whole, _, _ = read_regular(str(path), LARGEST, follow=True).rpartition(b"\n")
    except UnreadableError as error:
        raise InputError(f"{shown(path)}: {error}") from None
    return tuple(_entry(line, number, path) for number, line in enumerate(whole.split(b"\n"), 1) if line.strip())


def _entry(line: bytes, number: int, path: Path) -> Entry:
    try:
        entry = msgspec.json.decode(line, type=Entry)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise InputError(f"{shown(path)}: line {number} is no decision") from None
    if entry.format != FORMAT:
        raise InputError(f"{shown(path)}: line {number} has another format than {FORMAT}")
    return entry


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Hold a journal, which is made if it is missing: of two who decide, one waits. Raises InputError."""
    with writing(path):
        path.open("ab").close()
    with _IN_THIS_PROCESS, alone(path):
        yield


def write_down(entry: Entry, path: Path) -> None:
    """Adds a decision; it is on the disk when this returns. Raises InputError if it cannot be written."""
    with writing(path), path.open("a+b") as file:
        file.truncate(_whole(file))
        file.write(msgspec.json.encode(entry) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _whole(file: BinaryIO) -> int:
    """Where the last whole line of a file ends."""
    end = file.seek(0, os.SEEK_END)
    while end:
        start = max(0, end - _PIECE)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0
