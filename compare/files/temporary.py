"""Temporary files and folders that say whose they are: what a dead process left, the next one takes away.

The owner holds a lock (`flock`) on each. Locks end with their process, however it ends, and mean the same in containers
that share a volume, where process numbers do not. Where a file system has no locks, the number in the name decides.
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from compare.ending import UNDISTURBED, call_off, on_ending

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NAME = re.compile(r"\.compare-([0-9]+)-[0-9]+\.tmp")
_CREATE = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_LOOK = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)

_swept: set[str] = set()


@dataclass(frozen=True, slots=True)
class _Owned:
    """Something temporary of this process."""

    path: Path
    lock: int
    """Its open descriptor, which holds the lock; -1 where there is none."""
    identity: tuple[int, int]
    duty: int


def is_temporary(name: str) -> bool:
    """Whether a file or folder of this name is one of ours, of this process or another.

    >>> is_temporary(".compare-4711-0.tmp"), is_temporary("compare.toml")
    (True, False)
    """
    return name.startswith(".compare-") and _NAME.fullmatch(name) is not None


def is_inside_temporary(folder: Path) -> bool:
    """Whether a folder is a temporary one, or stands in one."""
    return any(map(is_temporary, folder.parts))


@contextmanager
def temporary_file(folder: Path) -> Iterator[Path]:
    """An empty file in a folder, which is gone after the block unless it was moved. Raises OSError."""
    with _temporary(folder, _make_file) as path:
        yield path


@contextmanager
def temporary_folder(folder: Path) -> Iterator[Path]:
    """An empty folder in a folder, which is gone with all that is in it after the block. Raises OSError."""
    with _temporary(folder, lambda path: path.mkdir(0o700)) as path:
        yield path


@contextmanager
def working_folder() -> Iterator[str]:
    """An empty folder where the system keeps what is temporary, which is gone after the block. Raises OSError."""
    with temporary_folder(Path(tempfile.gettempdir())) as path:
        yield str(path)


def _make_file(path: Path) -> None:
    os.close(os.open(path, _CREATE, 0o666))


@contextmanager
def _temporary(folder: Path, make: Callable[[Path], None]) -> Iterator[Path]:
    owned = _create(folder, make)
    try:
        yield owned.path
    finally:
        with UNDISTURBED:
            _give_up(owned)


def _create(folder: Path, make: Callable[[Path], None]) -> _Owned:
    """Make something of a name that nobody has."""
    if str(folder) not in _swept:
        sweep(folder)
    for number in count():
        path = folder / f".compare-{os.getpid()}-{number}.tmp"
        with UNDISTURBED, suppress(FileExistsError):
            make(path)
            if owned := _owned(path):
                return owned
    raise AssertionError  # count() does not end


def _owned(path: Path) -> _Owned | None:
    """What was just made, as this process's; none if another one took it for a dead one's before it was locked."""
    lock = -1
    with suppress(FileNotFoundError):
        lock = _locked(path, wait=True)
    identity = _identity(path)
    if identity is None or (lock >= 0 and _number(os.fstat(lock)) != identity):
        _close(lock)
        return None
    return _Owned(path, lock, identity, on_ending(lambda: _remove_if(path, identity)))


def _give_up(owned: _Owned) -> None:
    _remove_if(owned.path, owned.identity)
    call_off(owned.duty)
    _close(owned.lock)


def _remove_if(path: Path, identity: tuple[int, int]) -> None:
    """Remove what is there, if it is still the same."""
    if _identity(path) == identity:
        remove(path)


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it; what cannot be removed stays. Links are not followed."""
    with suppress(OSError):
        if not stat.S_ISDIR(os.lstat(path).st_mode):
            path.unlink()
            return
    folders = [path]
    for folder in folders:  # which grows meanwhile: however deep they lie, nothing calls itself
        folders += _emptied(folder)
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()


def _emptied(folder: Path) -> list[Path]:
    """The folders that stand in a folder whose files were removed."""
    inside = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                inside.append(Path(entry.path))
                continue
            with suppress(OSError):
                os.unlink(entry.path)  # noqa: PTH108  # as it is named
    return inside


# --- what others left ----------------------------------------------------------------------------------------------


def sweep(folder: Path) -> None:
    """Take away what dead processes left in a folder. What cannot be seen or removed stays; nothing is raised."""
    _swept.add(str(folder))
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208  # names alone
            if is_temporary(name):
                _sweep(folder / name)


def _sweep(path: Path) -> None:
    """Remove something temporary whose owner is dead: its lock can be had."""
    try:
        lock = _locked(path, wait=False)
    except OSError:
        return
    if lock >= 0:
        if _number(os.fstat(lock)) == _identity(path):
            remove(path)
        _close(lock)
    elif os.name != "nt" and not _lives(int(_NAME.fullmatch(path.name)[1])):  # type: ignore[index]  # it has matched
        remove(path)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _locked(path: Path, *, wait: bool) -> int:
    """A descriptor of a file or folder that holds its lock; -1 where there are no locks.

    Raises:
        OSError: it cannot be opened, or, without waiting, another process has it.
    """
    if not fcntl:
        return -1
    descriptor = os.open(path, _LOOK)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise
    except OSError:  # a file system without locks
        os.close(descriptor)
        return -1
    return descriptor


def _close(descriptor: int) -> None:
    if descriptor >= 0:
        os.close(descriptor)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        return _number(os.lstat(path))
    except OSError:
        return None


def _number(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


@contextmanager
def alone(place: Path, *, several: bool = False) -> Iterator[None]:
    """Hold the lock of a folder or a file, where there are locks: of two who write there neither overwrites the other.

    With `several` any number hold it at once, and keep out only who is to be alone.
    """
    if not fcntl or not place.exists():
        yield
        return
    descriptor = os.open(place, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(descriptor, fcntl.LOCK_SH if several else fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
