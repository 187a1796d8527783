"""The SQL that puts documents in and takes them out, inside a transaction of the caller's."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from compare.index.postings import ascending, grouped
from compare.index.segments import IDENTITIES, fetch, following_content, put_segment, take_contents
from compare.index.store import checked, select
from compare.index.texts import (
    Packed,
    packed_decoding,
    packed_metadata,
    unpacked,
    unpacked_decoding,
    unpacked_metadata,
)
from compare.model import Document

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from compare.index.prepare import Identity, Prepared
    from compare.index.reading import FileState
    from compare.index.texts import Unpacked

    Connection = sqlite3.Connection

TOGETHER = 50
"""Rows of a statement: every SQLite takes 999 values, and a row has 15 at most."""
PORTION = 200 * TOGETHER


class Stored(NamedTuple):
    """A document without its text."""

    number: int
    file: int
    path: str
    name: str
    sha256: bytes
    title: str
    author: str
    published: str
    published_from: str
    source: str
    license: str
    language: str
    decoding: str
    metadata: str

    @property
    def about(self) -> tuple[str, ...]:
        """Its metadata, as `about` gives that of a document."""
        return (*self[5:-2], self.metadata)

    def document(self, article: Unpacked) -> Document:
        """The document with its text; its head isn't read: most are looked at by their words. Raises DamagedError."""
        read, is_row = unpacked_decoding(self.decoding), self.name != self.path
        return Document(
            self.name, article.text, self.path, *self[5:-2], sha256=self.sha256.hex(), muted=article.muted,
            meant=article.meant, row=is_row, decoding=read, **unpacked_metadata(self.metadata),
        )  # fmt: skip


ABOUT = Stored._fields[5:-2]
"""The metadata of a document, by the names that the columns have too."""


def about(document: Document) -> tuple[str, ...]:
    """A document's metadata in the order of `ABOUT`, and what else is known of it."""
    return (*(getattr(document, name) for name in ABOUT), packed_metadata(document))


@dataclass(frozen=True, slots=True)
class NumberedBatch:
    """Prepared documents with their numbers and those of their contents."""

    prepared: Prepared
    files: list[int]
    """The number of each document's file."""
    first: int
    """The number of the first document; the others follow."""
    contents: list[int]
    new: list[int]
    """The places of the documents whose content is new ..."""

    @property
    def new_numbers(self) -> list[int]:
        """... and the numbers of those contents."""
        return [self.contents[place] for place in self.new]


def insert(connection: Connection, placed: NumberedBatch) -> None:
    """Everything of some documents but the postings of their keys."""
    documents, sketches = placed.prepared.documents, placed.prepared.sketches
    packed = enumerate(placed.prepared.packed)
    put_rows(connection, "documents", _document_rows(placed))
    put_rows(connection, "texts", ((placed.first + place, *stored) for place, stored in packed))
    fingerprints = np.diff(sketches.bounds).tolist()
    first = placed.first
    rows = (
        (placed.contents[place], *sketches.identities[place], fingerprints[place], first + place)
        for place in placed.new
    )
    put_rows(connection, "contents", rows)
    new = set(placed.new)
    twins = [(content, first + place) for place, content in enumerate(placed.contents) if place not in new]
    put_rows(connection, "twins", sorted(twins))
    grown(connection, "documents", len(documents))
    grown(connection, "contents", len(placed.new))


def put_rows(connection: Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert rows; 50 a statement take half the time of single ones."""
    rows = iter(rows)
    while batch := list(islice(rows, PORTION)):
        width = len(batch[0])
        row = f"({','.join('?' * width)})"
        full = len(batch) // TOGETHER * TOGETHER
        values = chain.from_iterable(batch[:full])
        sql = f"INSERT INTO {table} VALUES "  # noqa: S608  # a name of ours
        connection.executemany(sql + ",".join([row] * TOGETHER), zip(*[values] * (width * TOGETHER), strict=True))
        connection.executemany(sql + row, batch[full:])


def _document_rows(placed: NumberedBatch) -> Iterator[tuple[object, ...]]:
    surfaces = placed.prepared.sketches.surfaces
    for place, document in enumerate(placed.prepared.documents):
        yield (
            placed.first + place, placed.contents[place], placed.files[place], document.id,
            bytes.fromhex(document.sha256), surfaces[place], *about(document)[:-1],
            packed_decoding(document.decoding), packed_metadata(document),
        )  # fmt: skip


def place(connection: Connection, prepared: Prepared, files: list[int]) -> NumberedBatch:
    """Number documents after those that are there; equal folded texts share a content."""
    first = following(connection, "documents")
    number = following_content(connection)
    numbered = contents_of(connection, prepared.sketches.identities)
    contents, new = [], []
    for at, identity in enumerate(prepared.sketches.identities):
        if identity not in numbered:
            numbered[identity] = number
            new.append(at)
            number += 1
        contents.append(numbered[identity])
    return NumberedBatch(prepared, files, first, contents, new)


def contents_of(connection: Connection, identities: Sequence[Identity]) -> dict[Identity, int]:
    """The contents of some identities, those that are there."""
    postings = fetch(connection, IDENTITIES, ascending(np.array([key for key, _ in identities], np.int64)))
    sql = "SELECT identity, tokens, number FROM contents WHERE number IN ({})"
    rows = select(connection, sql, ascending(postings.numbers).tolist(), tuple[int, int, int])
    stored_contents = {(identity, tokens): number for identity, tokens, number in rows}
    return {identity: stored_contents[identity] for identity in identities if identity in stored_contents}


def add(connection: Connection, prepared: Prepared, files: list[int]) -> None:
    """Put documents in, and a segment with their postings."""
    placed = place(connection, prepared, files)
    insert(connection, placed)
    if numbers := placed.new_numbers:
        lanes = prepared.sketches.lanes(placed.new, numbers)
        put_segment(connection, range(numbers[0], numbers[-1] + 1), [grouped(*rows) for rows in lanes])


def remove(connection: Connection, numbers: Sequence[int]) -> None:
    """Take documents out, and the contents that no other document has."""
    rows = select(connection, "SELECT content, number FROM documents WHERE number IN ({})", numbers, tuple[int, int])
    if not rows:
        return
    for table in ("documents", "texts"):
        connection.executemany(f"DELETE FROM {table} WHERE number = ?", ((number,) for number in numbers))  # noqa: S608
    connection.executemany("DELETE FROM twins WHERE content = ? AND number = ?", rows)
    gone = _orphans(connection, {number: content for content, number in rows})
    connection.executemany("DELETE FROM contents WHERE number = ?", ((content,) for content in gone))
    take_contents(connection, gone)
    grown(connection, "documents", -len(rows))
    grown(connection, "contents", -len(gone))


def _orphans(connection: Connection, away: Mapping[int, int]) -> list[int]:
    """The contents whose last document was taken out; of others a twin stands in where it was the one named."""
    sql = "SELECT number, document FROM contents WHERE number IN ({})"
    named = select(connection, sql, sorted(set(away.values())), tuple[int, int])
    headless = sorted(content for content, document in named if document in away)
    sql = "SELECT content, min(number) FROM twins WHERE content IN ({}) GROUP BY content"
    twins = select(connection, sql, headless, tuple[int, int])
    connection.executemany("DELETE FROM twins WHERE content = ? AND number = ?", twins)
    heads = ((number, content) for content, number in twins)
    connection.executemany("UPDATE contents SET document = ? WHERE number = ?", heads)
    return sorted(set(headless) - {content for content, _ in twins})


def stored(connection: Connection, column: Literal["number", "name"], values: Sequence[object]) -> list[Stored]:
    """The documents of some numbers or names, those that are there."""
    columns = ", ".join(f"documents.{name}" for name in ("sha256", *ABOUT, "decoding", "metadata"))
    sql = (
        f"SELECT documents.number, file, path, name, {columns} FROM documents "  # noqa: S608
        f"JOIN files ON files.number = file WHERE documents.{column} IN ({{}})"
    )
    return select(connection, sql, values, Stored)


def stored_texts(connection: Connection, numbers: Sequence[int]) -> dict[int, Unpacked]:
    """The texts of some documents by number."""
    sql = "SELECT number, bytes, text, spans, muted FROM texts WHERE number IN ({})"
    rows = select(connection, sql, numbers, tuple[int, int, bytes, int, bytes])
    return {number: unpacked(Packed(size, text, spans, muted)) for number, size, text, spans, muted in rows}


# --- files and totals ----------------------------------------------------------------------------------------------


def put_file(connection: Connection, path: str, state: FileState) -> int:
    """Store a file's state; its number."""
    row = connection.execute("SELECT number FROM files WHERE path = ?", (path,)).fetchone()
    if row is None:
        grown(connection, "files", 1)
    number = checked([row], tuple[int])[0][0] if row else following(connection, "files")
    values = (number, path, state.size, state.mtime_ns, state.sha256)
    connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", values)
    return number


def grown(connection: Connection, name: str, by: int) -> None:
    """Add to one of the totals."""
    connection.execute("UPDATE totals SET value = value + ? WHERE name = ?", (by, name))


def following(connection: Connection, table: str) -> int:
    """The number after the largest of a table, from 1."""
    rows = connection.execute(f"SELECT coalesce(max(number), 0) FROM {table}").fetchall()  # noqa: S608
    return checked(rows, tuple[int])[0][0] + 1
