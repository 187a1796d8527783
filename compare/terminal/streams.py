"""The three standard streams, whatever state they were handed over in: closed, full, without a reader.

stdout, cannot be written: exit 2. A result that is lost is no success, and 1 would mean findings.
stdout, its reader is gone: it goes on unheard, with the code that is due. Whoever reads has enough.
stderr, cannot be written: it goes on unheard.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import click

from compare.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from _typeshed import ReadableBuffer

_closed: set[int] = set()


class OutputError(InputError):
    """The result cannot be printed."""


class _Answers(io.FileIO):
    """Standard output. What it could not take is said once: what is left in buffers is not tried again."""

    lost = False

    def write(self, chunk: ReadableBuffer, /) -> int:
        """The bytes written; all of them where nobody reads any more. Raises OutputError."""
        if self.lost:
            return memoryview(chunk).nbytes
        try:
            return _written(super().write, chunk, self.fileno())
        except BrokenPipeError:
            return memoryview(chunk).nbytes
        except OSError as error:
            self.lost = True
            reason = "it is closed" if self.fileno() in _closed else error.strerror
            raise OutputError(f"standard output cannot be written: {reason}") from error


class _Words(io.FileIO):
    """Standard error: what nobody can hear is said all the same."""

    def write(self, chunk: ReadableBuffer, /) -> int:
        """The bytes written; all of them where they cannot be."""
        try:
            return _written(super().write, chunk, self.fileno())
        except OSError:
            return memoryview(chunk).nbytes


def _written(write: Callable[[ReadableBuffer], int | None], chunk: ReadableBuffer, descriptor: int) -> int:
    """Write, and wait where another program has set the stream not to."""
    while (count := write(chunk)) is None:
        from select import select  # noqa: PLC0415

        select([], [descriptor], [])
    return count


def steady() -> None:
    """Put our own streams in Python's places, and something harmless in the place of those that are closed.

    Else the next file opened would be standard output, and get what is printed.
    """
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            _closed.add(os.open(os.devnull, os.O_RDONLY if descriptor else os.O_WRONLY))  # all use of it fails
    sys.stdout = _stream(sys.stdout, sys.__stdout__, _Answers, 1)
    sys.stderr = _stream(sys.stderr, sys.__stderr__, _Words, 2)


def _stream(now: TextIO | None, first: TextIO | None, kind: type[io.FileIO], descriptor: int) -> TextIO:
    if now is not first or (now is not None and os.name == "nt"):  # somebody has put another one there
        return now or io.StringIO()
    raw = kind(descriptor, "w", closefd=False)
    encoding = now.encoding if now else "utf-8"
    errors = now.errors if now and now.errors != "strict" else "backslashreplace"
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding, errors, line_buffering=descriptor == 2 or raw.isatty())  # noqa: PLR2004


def tell(text: str) -> None:
    """Print what stands in files as well: nothing is lost where standard output was closed from the start."""
    if 1 not in _closed:
        click.echo(text)
