"""Files are written to a temporary name beside the target and then put in its place: a failure keeps the old file."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from compare.errors import InputError
from compare.names import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

_CREATE = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A binary file that takes the place of `path` when the block ends well; otherwise `path` stays as it was.

    The folder is made if it is not there. A link is followed: its target is replaced.

    Raises:
        InputError: the file cannot be written, or `path` is something other than a file.
    """
    target = Path(os.path.realpath(path))
    with temporary_beside(target) as temporary:
        with temporary.open("r+b") as file:
            yield file
        temporary.replace(target)


def write_atomically(path: Path, data: bytes) -> None:
    """Write the whole of a file or nothing of it. Raises InputError as `replacing` does."""
    with replacing(path) as file:
        file.write(data)


@contextmanager
def temporary_beside(target: Path) -> Iterator[Path]:
    """An empty file of a new name in the target's folder; what is left of it after the block is removed.

    Raises:
        InputError: in place of any OSError of the block, which is there to write.
    """
    try:
        if target.exists() and not target.is_file():
            raise InputError(f"{shown(target)}: cannot be written: it is there and is not a file")
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = _create(target.parent)
        try:
            yield temporary
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{shown(target)}: cannot be written: {error.strerror or error}") from error


def _create(folder: Path) -> Path:
    for number in count():
        path = folder / f".compare-{os.getpid()}-{number}.tmp"
        with suppress(FileExistsError):
            os.close(os.open(path, _CREATE, 0o666))
            return path
    raise AssertionError  # count() does not end
