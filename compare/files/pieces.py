"""Files that several processes write in pieces, each into a folder of its own; then the pieces become the files.

A part may be begun twice, and at the same time where a machine was given up that lives on. So each attempt has a folder
of a name that nobody else has, and of one part one attempt is taken.
"""

# Names stay strings: there is one for each article of a folder.
# ruff: noqa: PTH102, PTH105, PTH108, PTH110, PTH118, PTH123

from __future__ import annotations

import os
import shutil
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.files.atomic import writing
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Pieces:
    """Where pieces wait."""

    folder: str
    """Of all attempts, below the folder that the files are for, which every process has to see."""
    patience: int = 0
    """Seconds for which a piece that was written elsewhere may not be seen here."""

    @contextmanager
    def attempt(self) -> Iterator[int]:
        """A new folder for pieces, by its number. Raises InputError where it cannot be made, or nothing be written."""
        attempt = int.from_bytes(os.urandom(7), "big")
        with writing(Path(self.folder).parent):
            try:
                os.mkdir(self._of(attempt))
            except FileNotFoundError as error:
                raise InputError(self._unshared()) from error
            yield attempt

    def path(self, attempt: int, number: int) -> str:
        """Where a piece of an attempt is written."""
        return os.path.join(self._of(attempt), str(number))

    def put(self, piece: str, target: str, *, begins: bool) -> None:
        """Make a piece the beginning of the file `target`, or add it at its end. Raises InputError, OSError."""
        for _ in range(self.patience):
            if os.path.exists(piece):
                break
            time.sleep(1)
        try:
            if begins:
                os.replace(piece, target)
            else:
                _append(piece, target)
                os.unlink(piece)
        except FileNotFoundError as error:
            raise InputError(self._unshared()) from error

    def _of(self, attempt: int) -> str:
        return os.path.join(self.folder, str(attempt))

    def _unshared(self) -> str:
        place = shown(Path(self.folder).parent)
        return f"{place} is not the same folder for all who write there; name an output that all workers share"


def _append(piece: str, target: str) -> None:
    """Add all bytes of a file at the end of another: by the system, which may move no bytes at all. Raises OSError."""
    with open(piece, "rb", buffering=0) as source, open(target, "r+b", buffering=0) as whole:
        whole.seek(0, os.SEEK_END)
        left = os.fstat(source.fileno()).st_size
        with suppress(OSError, AttributeError):  # a system or file system that cannot
            while left and (count := os.copy_file_range(source.fileno(), whole.fileno(), left)):
                left -= count
        if left:
            source.seek(-left, os.SEEK_END)
            with open(target, "ab") as end:
                shutil.copyfileobj(source, end)
