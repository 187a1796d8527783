"""The SQL that puts documents in and takes them out, inside a transaction of the caller's."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from compare.index.postings import WIDEST_STEP, Postings, grouped, postings_of, rows_of
from compare.index.prepare import sketches
from compare.index.store import checked, select, total
from compare.index.texts import (
    Packed,
    packed_decoding,
    packed_metadata,
    unpacked,
    unpacked_decoding,
    unpacked_metadata,
)
from compare.model import Document
from compare.origin.described import described
from compare.text.tokens import readable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from compare.index.prepare import Prepared, Sketches
    from compare.index.reading import FileState
    from compare.index.texts import Unpacked
    from compare.settings import Settings

    I64 = NDArray[np.int64]
    Connection = sqlite3.Connection

TOGETHER = 50
"""Rows of a statement: every SQLite takes 999 values, and a row has 15 at most."""
PORTION = 200 * TOGETHER
POSTINGS = frozenset({"bands", "fingerprints"})


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
        """The document with its text. Raises DamagedError."""
        read, is_row = unpacked_decoding(self.decoding), self.name != self.path
        document = Document(
            self.name, article.text, self.path, *self[5:-2], sha256=self.sha256.hex(), muted=article.muted,
            meant=article.meant, row=is_row, decoding=read, **unpacked_metadata(self.metadata),
        )  # fmt: skip
        return described(document)


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
    rows = ((placed.contents[place], *sketches.identities[place], fingerprints[place]) for place in placed.new)
    put_rows(connection, "contents", rows)
    signatures = sketches.signatures.astype("<u4")
    put_rows(connection, "signatures", ((placed.contents[place], signatures[place].tobytes()) for place in placed.new))
    grown(connection, "documents", len(documents))
    grown(connection, "contents", len(placed.new))


def put_rows(connection: Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert rows; postings replace those of the same key. 50 a statement take half the time of single ones."""
    rows = iter(rows)
    verb = "INSERT OR REPLACE" if table in POSTINGS else "INSERT"
    while batch := list(islice(rows, PORTION)):
        width = len(batch[0])
        row = f"({','.join('?' * width)})"
        full = len(batch) // TOGETHER * TOGETHER
        values = chain.from_iterable(batch[:full])
        sql = f"{verb} INTO {table} VALUES "
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
    number = following(connection, "contents")
    numbered: dict[tuple[int, int], int] = {}
    contents, new = [], []
    for at, identity in enumerate(prepared.sketches.identities):
        if identity not in numbered:
            sql = "SELECT number FROM contents WHERE identity = ? AND tokens = ?"
            stored_rows = checked(connection.execute(sql, identity).fetchall(), tuple[int])
            numbered[identity] = stored_rows[0][0] if stored_rows else number
            if not stored_rows:
                new.append(at)
                number += 1
        contents.append(numbered[identity])
    return NumberedBatch(prepared, files, first, contents, new)


def add(connection: Connection, prepared: Prepared, files: list[int]) -> None:
    """Put documents in."""
    placed = place(connection, prepared, files)
    insert(connection, placed)
    nothing = np.empty(0, np.int64), np.empty(0, np.int64)
    sketches = prepared.sketches
    rewrite(connection, "fingerprints", sketches.fingerprint_rows(placed.new, placed.new_numbers), nothing)
    rewrite(connection, "bands", sketches.bucket_rows(placed.new, placed.new_numbers), nothing)


def remove(connection: Connection, numbers: Sequence[int], settings: Settings) -> None:
    """Take documents out, and the contents that no other document has."""
    rows = select(connection, "SELECT content, number FROM documents WHERE number IN ({})", numbers, tuple[int, int])
    if not rows:
        return
    last = dict(rows)
    texts = stored_texts(connection, sorted(last.values()))
    for table in ("documents", "texts"):
        connection.executemany(f"DELETE FROM {table} WHERE number = ?", ((number,) for number in numbers))  # noqa: S608
    sql = "SELECT DISTINCT content FROM documents WHERE content IN ({})"
    still = {content for (content,) in select(connection, sql, sorted(last), tuple[int])}
    gone = [content for content in sorted(last) if content not in still]
    for table in ("contents", "signatures"):
        connection.executemany(f"DELETE FROM {table} WHERE number = ?", ((content,) for content in gone))  # noqa: S608
    _forget(connection, gone, sketches([readable(*texts[last[content]]) for content in gone], settings))
    grown(connection, "documents", -len(rows))
    grown(connection, "contents", -len(gone))


def _forget(connection: Connection, contents: list[int], sketches: Sketches) -> None:
    """Take contents out of the postings of their keys."""
    nothing = np.empty(0, np.int64), np.empty(0, np.int64)
    every = range(len(contents))
    rewrite(connection, "fingerprints", nothing, sketches.fingerprint_rows(every, contents))
    rewrite(connection, "bands", nothing, sketches.bucket_rows(every, contents))


def rewrite(connection: Connection, table: str, added: tuple[I64, I64], taken: tuple[I64, I64]) -> None:
    """Add and take rows of (key, content) of a table of postings, a whole key at a time."""
    touched = np.unique(np.concatenate([added[0], taken[0]])).tolist()
    keys, numbers = fetch(connection, table, touched).rows
    keys, numbers = np.concatenate([keys, added[0]]), np.concatenate([numbers, added[1]])
    if len(taken[0]):
        away = set(zip(*(column.tolist() for column in taken), strict=True))
        kept = np.array([row not in away for row in zip(keys.tolist(), numbers.tolist(), strict=True)], bool)
        keys, numbers = keys[kept], numbers[kept]
    result = grouped(keys, numbers)
    put_rows(connection, table, rows_of(result))
    empty = np.setdiff1d(touched, result.keys).tolist()
    connection.executemany(f"DELETE FROM {table} WHERE key = ?", ((key,) for key in empty))  # noqa: S608


def fetch(connection: Connection, table: str, keys: Sequence[int], above: int = 0) -> Postings:
    """The postings of some keys that more than `above` contents hold, ascending by key. `keys` are ascending."""
    most = total(connection, "contents")
    sane = f"holders BETWEEN 1 AND {most} AND length(postings) <= {WIDEST_STEP} * holders"
    wanted = f"key IN ({{}}) AND (holders > {above} OR holders < 1)"
    sql = f"SELECT key, holders, CASE WHEN {sane} THEN postings END FROM {table} WHERE {wanted}"  # noqa: S608
    return postings_of(sorted(select(connection, sql, keys, tuple[int, int, bytes])))


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
