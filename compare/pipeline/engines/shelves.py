"""Where parts are saved: folders of this machine, or of a file system that several share; or an object store.

A folder has `00012/tokens.uint32` and `00012/part.json`, moved there from `00012.8315` as a whole. An object store
moves nothing: the columns stay in `00012.8315/`, and the object `00012`, written last, says so beside what it notes.
"""

# ruff: noqa: PTH118, PTH119, PTH120, PTH123, PTH103, PTH104, PTH110, PTH112, PTH116, PTH208  # names stay strings

from __future__ import annotations

import json
import os
import re
import shutil
import stat
from typing import TYPE_CHECKING, Any, Protocol

from compare.files.remote import (
    below,
    create_remote,
    is_remote,
    names_in,
    open_remote,
    remove_remote,
    status,
    writing_remote,
)
from compare.pipeline.engines.columns import RemoteColumn, SavedColumn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import IO

    import numpy as np

    from compare.pipeline.engines.columns import Saved

HALF = re.compile(r"[0-9]{5}\.[0-9]+")
"""What a part is called while it is made."""
_FACTS = "part.json"
_MOST = 1 << 30
"""Bytes of what is noted, at the most."""


class Shelf(Protocol):
    """How parts are saved. Each of these raises OSError or InputError where it cannot be done."""

    moves: bool
    """Whether a part that is there has another name than while it was made."""

    def names(self, folder: str) -> set[str]:
        """What stands in a folder; nothing where there is none."""

    def has(self, path: str) -> bool:
        """Whether a part is there."""

    def begin(self, folder: str) -> None:
        """Make a folder, with those above it."""

    def create(self, path: str) -> IO[bytes]:
        """A file to be written."""

    def finish(self, inside: str, path: str, record: bytes) -> None:
        """Put what was made `inside` in its place, with what is noted of it; unless another process was faster."""

    def give_up(self, inside: str, path: str) -> None:
        """Leave nothing of a part that is not in its place."""

    def record(self, path: str) -> tuple[Any, str]:
        """What is noted of a part, and the folder with its columns. Raises ValueError too."""

    def sizes(self, folder: str, files: Sequence[str]) -> dict[str, int]:
        """Bytes of regular files, of at least those that are there."""

    def column(self, path: str, dtype: np.dtype[Any], count: int) -> Saved:
        """A file of numbers."""

    def remove(self, folder: str) -> None:
        """Remove a folder with all that is in it, as far as that goes."""


class _Folder:
    """Saves in folders."""

    moves = True

    def names(self, folder: str) -> set[str]:
        try:
            return set(os.listdir(folder))
        except OSError:  # there is none, or what is wrong with it is said by who writes there
            return set()

    def has(self, path: str) -> bool:
        return os.path.exists(path)

    def begin(self, folder: str) -> None:
        os.makedirs(folder, exist_ok=True)

    def create(self, path: str) -> IO[bytes]:
        return open(path, "wb")

    def finish(self, inside: str, path: str, record: bytes) -> None:
        with open(os.path.join(inside, _FACTS), "wb") as file:
            file.write(record)
        try:
            os.rename(inside, path)
        except OSError:
            if not os.path.isdir(path):
                raise

    def give_up(self, inside: str, _path: str) -> None:
        shutil.rmtree(inside, ignore_errors=True)

    def record(self, path: str) -> tuple[Any, str]:
        name = os.path.join(path, _FACTS)
        if self.sizes(path, [_FACTS])[_FACTS] > _MOST:
            raise ValueError(name)
        with open(name, "rb") as file:
            return json.loads(file.read()), path

    def sizes(self, folder: str, files: Sequence[str]) -> dict[str, int]:
        states = ((file, os.stat(os.path.join(folder, file))) for file in files)
        return {file: state.st_size for file, state in states if stat.S_ISREG(state.st_mode)}

    def column(self, path: str, dtype: np.dtype[Any], count: int) -> Saved:
        return SavedColumn(path, dtype, count)

    def remove(self, folder: str) -> None:
        shutil.rmtree(folder, ignore_errors=True)


class _Store:
    """Saves in an object store, or in whatever has addresses."""

    moves = False

    def names(self, folder: str) -> set[str]:
        return names_in(folder)

    def has(self, path: str) -> bool:
        return status(path) is not None

    def begin(self, folder: str) -> None:
        """Nothing: folders are names there."""

    def create(self, path: str) -> IO[bytes]:
        return create_remote(path)

    def finish(self, inside: str, path: str, record: bytes) -> None:
        with writing_remote(path) as file:
            file.write(json.dumps({**json.loads(record), "inside": os.path.basename(inside)}).encode("ascii"))

    def give_up(self, inside: str, path: str) -> None:
        if not self.has(path):
            remove_remote(inside)

    def record(self, path: str) -> tuple[Any, str]:
        with open_remote(path) as file:
            if file.state.size > _MOST:
                raise ValueError(path)
            record = json.loads(file.read())
        inside = os.path.join(os.path.dirname(path), record["inside"])
        if not HALF.fullmatch(record["inside"]) or not inside.startswith(f"{path}."):
            raise ValueError(path)
        return record, inside

    def sizes(self, folder: str, _files: Sequence[str]) -> dict[str, int]:
        return {found.relative: found.status.size for found in below(folder)}

    def column(self, path: str, dtype: np.dtype[Any], count: int) -> Saved:
        return RemoteColumn(path, dtype, count)

    def remove(self, folder: str) -> None:
        remove_remote(folder)


_FOLDER, _STORE = _Folder(), _Store()


def shelf_of(path: str) -> Shelf:
    """Where a path or an address leads."""
    return _STORE if is_remote(path) else _FOLDER
