"""Paths to named files to documents. A document is named by its path from the index's folder; a row is `path#id`."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.files.regular import UnreadableError, open_regular
from compare.model import Document, Skipped
from compare.sources.fields import reading_of
from compare.sources.files import read_article
from compare.sources.kinds import kind_of
from compare.sources.named import Names, row_name
from compare.sources.read import repeated
from compare.sources.tables.read import row_places, table_rows
from compare.sources.walk import File, plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from compare.settings import Settings
    from compare.sources.kinds import FileKind


@dataclass(frozen=True, slots=True)
class FileState:
    """What tells whether a file has changed."""

    size: int
    mtime_ns: int
    sha256: bytes
    """Of its bytes; empty where it was not asked for."""

    def same_place(self, earlier: FileState) -> bool:
        """Whether the file need not be read to know that it is the same."""
        return (self.size, self.mtime_ns) == (earlier.size, earlier.mtime_ns)


UNFINISHED = FileState(-1, -1, b"")
"""Of a table whose rows are not all in."""


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file to be read, and its name in the index."""

    file: File
    name: str

    def kind(self, settings: Settings) -> FileKind:
        """What it is: see `kind_of`."""
        return kind_of(self.file, reading_of(settings, digest=True))


class IndexNames(Names):
    """What files are called in an index: from its folder."""

    def __init__(self, index: Path) -> None:
        target = os.path.realpath(index)
        super().__init__(os.path.dirname(target))  # noqa: PTH120  # a string, as all names of files here
        own = os.path.basename(target)  # noqa: PTH119
        self.own = {own, f"{own}-wal", f"{own}-shm", f"{own}-journal"}

    def below(self, folder: str, name: str) -> bool:
        """Whether a name lies in a folder."""
        place = os.path.normpath(os.path.join(self.folder, name))  # noqa: PTH118
        return place.startswith(os.path.join(os.path.realpath(folder), ""))  # noqa: PTH118


def named_files(paths: Sequence[str], names: IndexNames) -> tuple[list[NamedFile], list[Skipped]]:
    """The files of some paths by name, without the index itself; and what is not read. Raises InputError."""
    work = plan(paths)
    named = {name: NamedFile(file, name) for file in work.files if (name := names.of(file.path)) not in names.own}
    return [named[name] for name in sorted(named)], list(work.skipped)


def documents_of(named: NamedFile, settings: Settings) -> Iterator[Document | Skipped]:
    """The documents of a file, with their names as ids. Names are those of `compare.sources.named`.

    Raises:
        InputError: a table has an id twice.
    """
    reading = reading_of(settings, digest=True)
    kind = kind_of(named.file, reading)
    if not kind.is_table:
        item, _ = read_article(named.file, reading)
        yield replace(item, id=named.name) if isinstance(item, Document) else item
        return
    seen: set[str] = set()
    for row, _ in table_rows(named.file, kind, reading):
        if isinstance(row, Skipped):
            yield row
            continue
        if row.id in seen:
            raise InputError(repeated(row.id, row_places(named.file, kind, reading, row.id)))
        seen.add(row.id)
        yield Document(
            row_name(row, named.name), row.text, row.path, row.title, row.author, row.published, row.published_from,
            row.source, row.license, row.language, row.sha256, row.muted, row.meant, row=True, decoding=row.decoding,
            url=row.url,
        )  # fmt: skip  # `replace` takes five times as long


def state_of(file: File) -> FileState | None:
    """The size and time of a file that can be read; taken before it is read, so that a later change is seen."""
    with suppress(OSError):
        status = os.stat(file.path)  # noqa: PTH116
        return FileState(status.st_size, status.st_mtime_ns, b"")
    return None


def digest_of(file: File) -> bytes:
    """SHA-256 of the bytes of a file, or nothing where it cannot be read."""
    with suppress(UnreadableError, OSError), open_regular(file.path, follow=file.named) as stream:
        return hashlib.file_digest(stream, "sha256").digest()  # type: ignore[arg-type]  # a BinaryIO has readinto
    return b""
