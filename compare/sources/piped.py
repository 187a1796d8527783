"""What is piped in for `-`, as a table among other files: written to a temporary file of a telling name first."""

from __future__ import annotations

import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from compare.documents.extract import ending_by_content
from compare.errors import InputError
from compare.files.packed import BUFFER, MOST, open_unpacked, packing_in
from compare.files.temporary import temporary_folder
from compare.sources.kinds import FileKind, kind_of
from compare.sources.walk import File
from compare.wording.escape import PIPED, Piped, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.sources.fields import Reading

_LINE = 4096
_SHOWING = 1 << 20
"""Bytes in which an archive shows that it is a document."""
_CALLED = "stdin"
_ENDINGS = {
    FileKind.LINES: ".jsonl",
    FileKind.ARRAY: ".json",
    FileKind.OBJECTS: ".json",
    FileKind.PARQUET: ".parquet",
    FileKind.ARROW: ".arrow",
    FileKind.ARROW_STREAM: ".arrow",
}


@contextmanager
def piped_in(
    paths: Sequence[str], reading: Reading, most: int = MOST, *, texts: bool = False
) -> Iterator[tuple[str, ...]]:
    """Paths with the file of what is piped in for every `-`, which is gone after the block.

    People see it as `-`; its copy in `kept/` is `stdin.jsonl`, or what else it is. With `texts` what is no table is one
    text, or one document. Raises InputError where nothing is piped in, more than `most` bytes are, or there is no room.
    """
    if PIPED not in paths:
        yield tuple(paths)
        return
    stream = _standard_input()
    with temporary_folder(Path(tempfile.gettempdir())) as folder:
        spooled = folder / _CALLED
        _spool(stream, spooled, most)
        ending = _ending(str(spooled), reading, texts=texts)
        path = Piped(spooled.rename(folder / f"{_CALLED}{ending}"))
        yield tuple(path if name == PIPED else name for name in paths)


def _standard_input() -> BinaryIO:
    """Standard input, if anything is piped in. Raises InputError."""
    if sys.stdin is None or sys.stdin.closed:
        raise InputError(f"{PIPED}: standard input is closed; pipe a table in, or name a file")
    if sys.stdin.isatty():
        raise InputError(f"{PIPED}: standard input is a terminal; pipe a table in, or name a file")
    return sys.stdin.buffer


def _spool(stream: BinaryIO, path: Path, most: int) -> None:
    """Write all bytes to a file. Raises InputError where that cannot be, or there are more than `most`."""
    size = 0
    try:
        with path.open("wb") as out:
            while block := _block(stream):
                size += len(block)
                if size > most:
                    raise InputError(f"{PIPED}: more than {most} bytes are piped in; name files instead")
                out.write(block)
    except OSError as error:
        folder = shown(tempfile.gettempdir())
        raise InputError(f"{PIPED}: cannot be put into {folder}: {error.strerror}; TMPDIR names another") from error


def _block(stream: BinaryIO) -> bytes:
    try:
        return stream.read(BUFFER)
    except OSError as error:
        raise InputError(f"{PIPED}: standard input is unreadable: {error.strerror or error}") from error


def _ending(path: str, reading: Reading, *, texts: bool) -> str:
    """What the name of such a table ends with. Anything else is called CSV, whose reader says what it lacks."""
    kind = kind_of(File(path, PIPED, _CALLED, _CALLED, path), reading)
    with open_unpacked(path, follow=True) as stream:
        packing, first = packing_in(stream), stream.readline(_LINE)
        if texts and kind is FileKind.ARTICLE:
            return ending_by_content(first + stream.read(_SHOWING)) or ".txt"
    ending = _ENDINGS.get(kind) or (".tsv" if b"\t" in first else ".csv" if first else ".jsonl")
    return ending + (packing.value if packing else "")
