"""An index brought up to date: bounded transactions, each of them durable, one writer at a time.

What has not changed is not read: a file by its size and time, then by its bytes, a row of a table by its content. Two
writers may take turns between transactions, since each looks up what it changes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.files.naming import path_of
from compare.index.build import CHARACTERS, IndexChange
from compare.index.duplicates import Asked, held_by_another, held_by_index
from compare.index.prepare import Prepared, prepare
from compare.index.reading import (
    UNFINISHED,
    FileState,
    IndexNames,
    NamedFile,
    digest_of,
    documents_of,
    named_files,
    state_of,
)
from compare.index.rows import about, add, grown, put_file, remove, stored
from compare.index.segments import due, merge
from compare.index.store import checked, total, transaction, writer
from compare.model import Document, Skipped
from compare.pipeline.engines.choose import opened
from compare.sources.doubts import Doubts
from compare.sources.named import parted
from compare.text.tokens import body
from compare.wording.escape import shown, utf8_name

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from compare.index.duplicates import Duplicate
    from compare.settings import Settings

    Connection = sqlite3.Connection

BATCH = 8192
"""Documents of a transaction, or as many as `CHARACTERS` make: each becomes a segment."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """Some documents of one file, all of them or some rows of a table."""

    name: str
    documents: list[Document]
    state: FileState = UNFINISHED
    """The file's, with its last piece."""
    seen: frozenset[str] | None = None
    """All names of the file, with its last piece if it was read: what else the index has of it goes."""


@dataclass(frozen=True, slots=True)
class Work:
    """How to add, and who is told what."""

    workers: int = 1
    batch: int = BATCH
    acknowledged: Callable[[list[str]], None] = lambda _names: None
    """Names of the documents that are in the index for good, or that it holds otherwise."""
    new_only: bool = False
    """Whether documents are left out that the index, or one before them, holds."""
    left_out: Callable[[list[Duplicate]], None] = lambda _duplicates: None
    """What was left out so, when all before it is in the index."""
    progress: Callable[[str, int], None] = lambda _stage, _steps: None


PLAIN = Work()


def extend(paths: Sequence[str], target: Path, settings: Settings, work: Work = PLAIN) -> IndexChange:
    """Add what is new of some paths, and replace what has changed. Files that are gone stay until they are removed.

    Raises:
        InputError: no such index, one of other settings or another writer's; an id that stands twice in a table.
    """
    with writer(target, settings) as connection, opened(settings, work.workers) as engine:
        files, skipped = named_files(paths, IndexNames(target))
        coming = _Coming(connection, settings, work.batch, skipped)
        change = IndexChange()
        for pieces, prepared in engine.map(lambda part: (part, _prepared(part, settings)), coming.batches(files)):
            applying = _Applying(connection, settings, change, new_only=work.new_only)
            with transaction(connection):
                change = applying.batch(pieces, prepared)
            if applying.duplicates:
                work.left_out([duplicate for _, duplicate in sorted(applying.duplicates.items())])
            names = [document.id for piece in pieces for document in piece.documents]
            work.acknowledged(names)
            work.progress("indexing", len(names))
            tidy(connection)
        count = total(connection, "documents")
    return replace(
        change,
        documents=count,
        files=coming.read,
        same=coming.same,
        bytes=target.stat().st_size,
        skipped=tuple(skipped),
        doubts=coming.doubts.all(),
    )


def tidy(connection: Connection) -> None:
    """Merge the segments that are too many, each time in a transaction of its own."""
    while chosen := due(connection):
        with transaction(connection):
            chosen = due(connection)  # another writer may have been here
            if chosen:
                merge(connection, chosen)


def _prepared(pieces: list[FilePart], settings: Settings) -> Prepared:
    return prepare([document for piece in pieces for document in piece.documents], settings)


@dataclass(slots=True)
class _Coming:
    """Files on their way into the index, those that have not changed left out."""

    connection: Connection
    settings: Settings
    size: int
    skipped: list[Skipped]
    doubts: Doubts = field(default_factory=Doubts)
    read: int = 0
    same: int = 0

    def batches(self, files: list[NamedFile]) -> Iterator[list[FilePart]]:
        """Pieces of about `size` documents together."""
        pieces: list[FilePart] = []
        documents = characters = 0
        for named in files:
            for piece in self._pieces(named):
                pieces.append(piece)
                documents += len(piece.documents)
                characters += sum(len(document.text) for document in piece.documents)
                if documents >= self.size or characters >= CHARACTERS:
                    yield pieces
                    pieces, documents, characters = [], 0, 0
        if pieces:
            yield pieces

    def _pieces(self, named: NamedFile) -> Iterator[FilePart]:
        """The pieces of a file, the last one with its state; none if it has not changed or gives no document."""
        state = state_of(named.file)
        before = _known(self.connection, named.name)
        if state and before and state.same_place(before):
            self.same += 1
            return
        kind = named.kind(self.settings)
        digest = digest_of(named.file) if state and (kind.is_table or before) else b""
        if state and before and digest and before.sha256 == digest:
            self.same += 1
            yield FilePart(named.name, [], replace(state, sha256=digest))
            return
        if kind.is_table:
            yield from self._table(named, replace(state or UNFINISHED, sha256=digest))
            return
        for item in documents_of(named, self.settings):
            if isinstance(item, Skipped):
                self.skipped.append(item)
            elif state:
                self.read += 1
                self.doubts.add(item)
                hashed = replace(state, sha256=bytes.fromhex(item.sha256))
                yield FilePart(named.name, [item], hashed, frozenset({item.id}))

    def _table(self, named: NamedFile, state: FileState) -> Iterator[FilePart]:
        rows: list[Document] = []
        seen: set[str] = set()
        characters = 0
        for item in documents_of(named, self.settings):
            if isinstance(item, Skipped):
                self.skipped.append(item)
                continue
            rows.append(item)
            self.doubts.add(item)
            seen.add(item.id)
            characters += len(item.text)
            if len(rows) >= self.size or characters >= CHARACTERS:
                yield FilePart(named.name, rows)
                rows, characters = [], 0
        if seen:
            self.read += 1
            yield FilePart(named.name, rows, state, frozenset(seen))


@dataclass(slots=True)
class _Applying:
    """A transaction that brings pieces of files in."""

    connection: Connection
    settings: Settings
    done: IndexChange
    new_only: bool = False
    kept: set[str] = field(default_factory=set)
    replaced: set[str] = field(default_factory=set)
    duplicates: dict[int, Duplicate] = field(default_factory=dict)

    def batch(self, pieces: list[FilePart], prepared: Prepared) -> IndexChange:
        """Take out what is old, put in what is new, keep what is the same; the counts so far."""
        owners = [put_file(self.connection, piece.name, piece.state) for piece in pieces]
        files = [owner for piece, owner in zip(pieces, owners, strict=True) for _ in piece.documents]
        old = self._old(prepared.documents, files)
        away = [number for piece, owner in zip(pieces, owners, strict=True) for number in self._unseen(piece, owner)]
        fresh = [at for at, document in enumerate(prepared.documents) if document.id not in self.kept]
        remove(self.connection, sorted([*old, *away]))
        if self.new_only:
            fresh = self._new(prepared, fresh)
        if fresh:
            part = prepared.chosen(fresh) if len(fresh) < len(files) else prepared
            add(self.connection, part, [files[at] for at in fresh])
        return replace(
            self.done,
            added=self.done.added + len(fresh) - len(old),
            replaced=self.done.replaced + len(old),
            removed=self.done.removed + len(away),
            unchanged=self.done.unchanged + len(self.kept),
            duplicates=self.done.duplicates + len(self.duplicates),
        )

    def _new(self, prepared: Prepared, fresh: list[int]) -> list[int]:
        """Which of the documents nothing holds. What replaces an older form of itself goes in, whatever holds it."""
        asked = [at for at in fresh if prepared.documents[at].id not in self.replaced]
        documents = [prepared.documents[at] for at in asked]
        names, bodies = [document.id for document in documents], [body(document) for document in documents]
        texts = Asked(names, bodies, prepared.sketches.chosen(asked))
        held = held_by_index(self.connection, texts, self.settings)
        rest = [place for place in range(len(asked)) if place not in held]
        held |= held_by_another(texts, rest, self.settings)
        self.duplicates = {asked[place]: duplicate for place, duplicate in held.items()}
        return [at for at in fresh if at not in self.duplicates]

    def _old(self, documents: list[Document], files: list[int]) -> list[int]:
        """The numbers of documents that are there in another form. Those that are there as they are, are noted."""
        rows = {row.name: row for row in stored(self.connection, "name", [document.id for document in documents])}
        old = []
        for document, file in zip(documents, files, strict=True):
            if (row := rows.get(document.id)) is None:
                continue
            if row.file != file:
                raise InputError(
                    f'duplicate id "{shown(document.id[:200])}": a file and a row of a table have this name'
                )
            if (row.sha256.hex(), row.about) == (document.sha256, about(document)):
                self.kept.add(document.id)
            else:
                old.append(row.number)
                self.replaced.add(document.id)
        return old

    def _unseen(self, piece: FilePart, file: int) -> list[int]:
        """Documents that the index has of a file and the file no longer has."""
        if piece.seen is None:
            return []
        rows = self.connection.execute("SELECT number, name FROM documents WHERE file = ?", (file,)).fetchall()
        return [number for number, name in checked(rows, tuple[int, str]) if name not in piece.seen]


def _known(connection: Connection, name: str) -> FileState | None:
    rows = connection.execute("SELECT size, mtime_ns, sha256 FROM files WHERE path = ?", (name,)).fetchall()
    return FileState(*checked(rows, tuple[int, int, bytes])[0]) if rows else None


# --- removing ------------------------------------------------------------------------------------------------------


def take_out(paths: Sequence[str], target: Path, settings: Settings) -> IndexChange:
    """Take files, all files of folders and rows (`path#id`) out. The files themselves need not be there.

    Raises:
        InputError: no such index, another writer's, or a path of which it has nothing.
    """
    with writer(target, settings) as connection:
        names = IndexNames(target)
        chosen = {path: _chosen(connection, path_of(path), names) for path in paths}
        for path, (files, rows) in chosen.items():
            if not files and not rows:
                raise InputError(f"{shown(path)}: not in the index {shown(target)}; `compare index info` tells what is")
        count = 0
        for files, rows in chosen.values():
            count += _removed(connection, rows)
            for file in files:
                count += _remove_file(connection, file)
        left = total(connection, "documents")
    return IndexChange(left, removed=count, bytes=target.stat().st_size)


def _chosen(connection: Connection, path: str, names: IndexNames) -> tuple[list[int], list[int]]:
    """The numbers of the files and of the documents that a path names."""
    name = names.of(path)
    files = checked(connection.execute("SELECT number, path FROM files").fetchall(), tuple[int, str])
    if exact := [number for number, stored_path in files if stored_path == name]:
        return exact, []
    stored_paths = {stored_path for _, stored_path in files}
    table, row = parted(path, lambda given: names.of(given) in stored_paths)
    document = (names.of(table) + utf8_name(row),)
    rows = connection.execute("SELECT number FROM documents WHERE name = ?", document).fetchall()
    if rows:
        return [], [number for (number,) in checked(rows, tuple[int])]
    folder = os.path.realpath(path)
    return [number for number, stored_path in files if names.below(folder, stored_path)], []


def _remove_file(connection: Connection, file: int) -> int:
    rows = connection.execute("SELECT number FROM documents WHERE file = ?", (file,)).fetchall()
    with transaction(connection):
        values = (UNFINISHED.size, UNFINISHED.mtime_ns, UNFINISHED.sha256, file)
        connection.execute("UPDATE files SET size = ?, mtime_ns = ?, sha256 = ? WHERE number = ?", values)
    count = _removed(connection, [number for (number,) in checked(rows, tuple[int])])
    with transaction(connection):
        left = connection.execute("SELECT 1 FROM documents WHERE file = ?", (file,)).fetchone()
        if not left:  # another writer may have brought it back
            grown(connection, "files", -connection.execute("DELETE FROM files WHERE number = ?", (file,)).rowcount)
    return count


def _removed(connection: Connection, numbers: list[int]) -> int:
    for start in range(0, len(numbers), BATCH):
        with transaction(connection):
            remove(connection, numbers[start : start + BATCH])
    return len(numbers)
