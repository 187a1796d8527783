"""Open regular files only: never wait at a FIFO, never touch a device, never follow a link that a folder holds."""

from __future__ import annotations

import io
import os
import stat
from contextlib import suppress
from typing import BinaryIO

from compare.errors import InputError
from compare.files.remote import Remote, is_remote, open_remote, status

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_LEAST = 1 << 16
_KINDS = {
    stat.S_IFIFO: "a FIFO",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFLNK: "a link, which is not followed",
    stat.S_IFDIR: "a folder",
}


class UnreadableError(Exception):
    """The file is not read; the message is the reason, for a `Skipped`."""


def kind(mode: int) -> str:
    """What a thing that is not a regular file is, from its `st_mode`."""
    return _KINDS.get(stat.S_IFMT(mode), "not a regular file")


def open_regular(path: str, *, follow: bool) -> BinaryIO:
    """The regular file at `path`, which may be an address, open for reading. Raises UnreadableError."""
    if is_remote(path):
        return _afar(path)
    try:
        descriptor = os.open(path, _FLAGS if follow else _FLAGS | _NO_LINK)
    except OSError as error:
        raise UnreadableError(f"unreadable: {error.strerror}") from error
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise UnreadableError(kind(mode))
    return os.fdopen(descriptor, "rb", buffering=1 << 20)


def _afar(address: str) -> BinaryIO:
    try:
        return io.BufferedReader(open_remote(address), 1 << 20)
    except FileNotFoundError as error:
        raise UnreadableError(f"unreadable: {error.strerror}") from error
    except InputError as error:
        raise UnreadableError(str(error).removeprefix(f"{address}: ")) from error


def state_in(stream: BinaryIO) -> tuple[int, int]:
    """What is another when an open file has been written to: its size and its time."""
    raw = getattr(stream, "raw", None)
    if isinstance(raw, Remote):
        return raw.state
    state = os.fstat(stream.fileno())
    return state.st_size, state.st_mtime_ns


def state_at(path: str) -> tuple[int, int] | None:
    """The same of the regular file at a path or an address; None where there is none."""
    if is_remote(path):
        return status(path)
    try:
        state = os.stat(path)  # noqa: PTH116  # names are strings
    except OSError:
        return None
    return (state.st_size, state.st_mtime_ns) if stat.S_ISREG(state.st_mode) else None


def beginning(path: str, size: int, *, follow: bool) -> bytes:
    """At most `size` bytes from the start of a regular file; nothing where it cannot be read."""
    if is_remote(path):
        with suppress(UnreadableError, OSError), _afar(path) as stream:
            return read_at(stream, 0, size)
        return b""
    try:
        descriptor = os.open(path, _FLAGS if follow else _FLAGS | _NO_LINK)
    except (OSError, ValueError):
        return b""
    try:
        return os.read(descriptor, size) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def read_at(stream: BinaryIO, place: int, size: int) -> bytes:
    """At most `size` bytes from a place of an open file. Where only a buffered read can be had it takes longer."""
    raw = getattr(stream, "raw", None)
    if isinstance(raw, Remote):
        return raw.read_at(place, size)
    if hasattr(os, "pread"):
        return os.pread(stream.fileno(), size, place)
    stream.seek(place)
    return stream.read(size)


def read_regular(path: str, limit: int, *, follow: bool) -> bytes:
    """All bytes of a regular file of at most `limit` bytes. Raises UnreadableError."""
    with open_regular(path, follow=follow) as file:
        size, _ = state_in(file)
        if size > limit:
            raise UnreadableError(f"{size} bytes, over the limit of {limit}")
        try:
            content = file.read(max(size, _LEAST) + 1)
            if len(content) > max(size, _LEAST):  # it grew, or is one of those that say no size
                content += file.read(max(limit + 1 - len(content), 0))
        except OSError as error:
            raise UnreadableError(f"unreadable: {error.strerror}") from error
    if len(content) > limit:
        raise UnreadableError(f"more than the limit of {limit} bytes")
    return content
