"""Files are written to a temporary name beside the target and then put in its place: a failure keeps the old file."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from compare.ending import UNDISTURBED
from compare.errors import InputError
from compare.files.temporary import temporary_file
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@contextmanager
def replacing(path: Path, *, durable: bool = False) -> Iterator[BinaryIO]:
    """A binary file that takes the place of `path` when the block ends well; otherwise `path` stays as it was.

    The folder is made if it is not there. A link is followed: its target is replaced. What is `durable` is on the disk
    before it takes the place, and the place too before this returns.

    Raises:
        InputError: the file cannot be written, or `path` is something other than a file.
    """
    target = Path(os.path.realpath(path))
    with temporary_beside(target) as temporary:
        with temporary.open("r+b") as file:
            yield file
        if durable:
            sync(temporary)
        temporary.replace(target)
        if durable:
            sync(target.parent)


def write_atomically(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Write the whole of a file or nothing of it. Raises InputError as `replacing` does."""
    with replacing(path, durable=durable) as file:
        file.write(content)


def write_together(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write several files of one job: all are written before the first takes its place.

    Where there are several, the old ones go first, so that none stands beside a new one. Raises InputError.
    """
    with ExitStack() as stack:
        moves = []
        for path, content in files:
            target = Path(os.path.realpath(path))
            temporary = stack.enter_context(temporary_beside(target))
            temporary.write_bytes(content)
            moves.append((temporary, target))
        with UNDISTURBED:
            for _, target in moves if len(moves) > 1 else ():
                target.unlink(missing_ok=True)
            for temporary, target in moves:
                temporary.replace(target)


@contextmanager
def temporary_beside(target: Path) -> Iterator[Path]:
    """An empty file of a new name in the target's folder; what is left of it after the block is removed.

    Raises:
        InputError: in place of any OSError of the block, which is there to write.
    """
    with writing(target):
        check_file(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        with temporary_file(target.parent) as temporary:
            if target.exists():
                shutil.copymode(target, temporary)  # who may read it is its owner's to say
            yield temporary


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Turn any OSError of a block that writes a file or folder into one plain line. Raises InputError."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{shown(target)}: cannot be written: {error.strerror or error}") from error


def check_file(target: Path) -> None:
    """Raises InputError where something other than a file stands."""
    if target.exists() and not target.is_file():
        raise InputError(f"{shown(target)}: cannot be written: it is there and is not a file")


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, reach the disk. Raises OSError; a folder that cannot do it is let be."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        if not path.is_dir():
            raise
    finally:
        os.close(descriptor)
