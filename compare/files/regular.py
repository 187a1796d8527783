"""Open regular files only: never wait at a FIFO, never touch a device, never follow a link that a folder holds."""

from __future__ import annotations

import os
import stat
from typing import BinaryIO

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
    """The regular file at `path`, open for reading. Raises UnreadableError."""
    try:
        descriptor = os.open(path, _FLAGS if follow else _FLAGS | _NO_LINK)
    except OSError as error:
        raise UnreadableError(f"unreadable: {error.strerror}") from error
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise UnreadableError(kind(mode))
    return os.fdopen(descriptor, "rb", buffering=1 << 20)


def beginning(path: str, size: int, *, follow: bool) -> bytes:
    """At most `size` bytes from the start of a regular file; nothing where it cannot be read."""
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
    if hasattr(os, "pread"):
        return os.pread(stream.fileno(), size, place)
    stream.seek(place)
    return stream.read(size)


def read_regular(path: str, limit: int, *, follow: bool) -> bytes:
    """All bytes of a regular file of at most `limit` bytes. Raises UnreadableError."""
    with open_regular(path, follow=follow) as file:
        size = os.fstat(file.fileno()).st_size
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
