"""Proof that an index is sound: everything that was derived from the stored texts is derived again and compared."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from compare.index.postings import MOST, DamagedError, grouped
from compare.index.prepare import Sketches, sketches
from compare.index.schema import HOLDERS
from compare.index.segments import LANES, rows_in, segments
from compare.index.store import ROW, TOTALS, checked, file_size, reader, total
from compare.index.texts import Packed, Unpacked, check_metadata, check_size, unpacked
from compare.text.tokens import readable
from compare.wording.escape import shown

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from compare.settings import Settings

    I64 = NDArray[np.int64]

SHOWN = 10
"""Problems that are named."""
DOCUMENTS = 1024
"""Rows that are checked at a time ..."""
TOGETHER = 1 << 23
"""... and bytes, as texts claim to unpack to."""

LINKS = {
    "a document with a number that none can have": f"SELECT name FROM documents WHERE number NOT BETWEEN 1 AND {MOST}",  # noqa: S608
    "a sketch with a number that none can have": f"SELECT number FROM contents WHERE number NOT BETWEEN 1 AND {MOST}",  # noqa: S608
    "a document without a file": "SELECT name FROM documents WHERE file NOT IN (SELECT number FROM files)",
    "a document without a text": "SELECT name FROM documents WHERE number NOT IN (SELECT number FROM texts)",
    "a text without a document": "SELECT number FROM texts WHERE number NOT IN (SELECT number FROM documents)",
    "a document without a sketch": "SELECT name FROM documents WHERE content NOT IN (SELECT number FROM contents)",
    "a sketch without a document": "SELECT number FROM contents WHERE number NOT IN (SELECT content FROM documents)",
    "a sketch without a segment": (
        "SELECT number FROM contents WHERE NOT EXISTS (SELECT 1 FROM segments WHERE number >= start AND number < stop)"
    ),
    "a sketch that is removed": "SELECT number FROM contents WHERE number IN (SELECT number FROM removed)",
    "lanes without a segment": (
        f"SELECT number FROM lanes WHERE number / {len(LANES)} NOT IN (SELECT start FROM segments)"  # noqa: S608
    ),
    "a block without a lane": (
        "SELECT number FROM blocks WHERE NOT EXISTS (SELECT 1 FROM lanes "
        "WHERE blocks.number >= first AND blocks.number < first + length(keys) / 8)"
    ),
    "a document that its sketch does not know": (
        f"SELECT name FROM documents WHERE (content, number) NOT IN (SELECT content, number FROM {HOLDERS})"  # noqa: S608
    ),
    "a document that its sketch knows twice": (
        "SELECT twins.number FROM twins JOIN contents ON contents.number = content AND document = twins.number"
    ),
    "a sketch of another document": (
        f"SELECT content FROM {HOLDERS} WHERE (content, number) NOT IN (SELECT content, number FROM documents)"  # noqa: S608
    ),
    "a document that is not named after its file": (
        "SELECT name FROM documents JOIN files ON files.number = file WHERE name != path AND "
        "substr(name, 1, length(path) + 1) NOT IN (path || '#', path || ':')"
    ),
}


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found. Sound is an index without a problem."""

    documents: int
    postings: int
    problems: tuple[str, ...]
    """The first ones, a plain line each."""


class _Row(NamedTuple):
    """A document beside its text, content and signature."""

    name: str
    sha256: bytes
    surface: int
    path: str
    file_size: int
    size: int
    text: bytes
    spans: int
    muted: bytes
    content: int
    identity: int
    tokens: int
    fingerprints: int
    metadata: str


ROWS = """
SELECT name, documents.sha256, surface, path, files.size, bytes, text, spans, muted, content, identity, tokens,
  fingerprints, metadata
FROM documents JOIN files ON files.number = file JOIN texts ON texts.number = documents.number
JOIN contents ON contents.number = content ORDER BY documents.number
"""


def verify(
    path: Path, settings: Settings, progress: Callable[[str, int], None] = lambda _stage, _steps: None
) -> Verified:
    """Check all of an index. Raises InputError where it cannot even be opened."""
    with reader(path, settings) as connection:
        check = _Check(connection, settings, progress)
        check.run()
        count = total(connection, "documents")
    return Verified(count, check.postings, tuple(check.problems[:SHOWN]))


@dataclass(slots=True)
class _Check:
    connection: sqlite3.Connection
    settings: Settings
    progress: Callable[[str, int], None]
    problems: list[str] = field(default_factory=list)
    postings: int = 0
    known: set[int] = field(default_factory=set)
    expected: list[list[tuple[I64, I64]]] = field(default_factory=lambda: [[] for _ in LANES])

    def run(self) -> None:
        """Structure first: where that is broken, the rest would only repeat it."""
        for step in (self._structure, self._counts, self._links, self._documents, self._all_postings):
            step()
            if self.problems:
                return

    def _structure(self) -> None:
        sql = "SELECT max(length(name)) FROM (SELECT name FROM documents LIMIT ?)"
        self.connection.execute(sql, (file_size(self.connection) // ROW,))  # SQLite's own check keeps no limit
        rows = self.connection.execute(f"PRAGMA integrity_check({SHOWN})").fetchall()
        self.problems += [shown(str(row[0]))[:200] for row in rows if row[0] != "ok"]

    def _counts(self) -> None:
        for name in TOTALS:
            (count,) = self.connection.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608
            if count != total(self.connection, name):
                self.problems.append(f"{name}: {count} are there, {total(self.connection, name)} are counted")

    def _links(self) -> None:
        for what, sql in LINKS.items():
            broken = self.connection.execute(f"{sql} LIMIT {SHOWN}").fetchall()
            self.problems += [f"{what}: {shown(str(row[0]))[:200]}" for row in broken]

    def _documents(self) -> None:
        for rows in _batches(self.connection.execute(ROWS), DOCUMENTS, _Row._fields.index("size")):
            articles = checked(rows, _Row)
            self._sketched(articles)
            self.progress("checking", len(articles))
            if len(self.problems) >= SHOWN:
                return

    def _sketched(self, rows: list[_Row]) -> None:
        bodies = []
        for row in rows:
            try:
                self._allowed(row)
                article = unpacked(Packed(row.size, row.text, row.spans, row.muted))
            except DamagedError as error:
                self.problems.append(f"{shown(row.name)}: {error}")
                article = Unpacked("")
            else:
                self._hashed(row, article.text)
            bodies.append(readable(*article))
        sketched = sketches(bodies, self.settings)
        for place, row in enumerate(rows):
            self._compared(row, sketched, place)
        places = {row.content: place for place, row in enumerate(rows) if row.content not in self.known}
        self.known |= set(places)
        first = sorted(places.values())
        numbers = [rows[place].content for place in first]
        for expected, lane in zip(self.expected, sketched.lanes(first, numbers), strict=True):
            expected.append(lane)

    def _allowed(self, row: _Row) -> None:
        check_metadata(row.metadata)
        check_size(row.size, len(row.text), row.file_size if row.name == row.path else -1)
        if row.size > self.settings.max_bytes:
            raise DamagedError(f"its text of {row.size} bytes is more than max_bytes allows")

    def _hashed(self, row: _Row, text: str) -> None:
        of_row = row.name != row.path
        if len(row.sha256) != hashlib.sha256().digest_size or (
            of_row and hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() != row.sha256
        ):
            self.problems.append(f"{shown(row.name)}: its text is not the one that was read")

    def _compared(self, row: _Row, sketched: Sketches, place: int) -> None:
        count = int(sketched.bounds[place + 1] - sketched.bounds[place])
        wrong = {
            "identity": (row.identity, row.tokens) != sketched.identities[place],
            "surface": row.surface != sketched.surfaces[place],
            "number of fingerprints": row.fingerprints != count,
        }
        self.problems += [
            f"{shown(row.name)}: its {what} is not that of its text" for what, bad in wrong.items() if bad
        ]

    def _all_postings(self) -> None:
        """Every stored posting is expected, and every expected one is stored."""
        nothing = np.empty(0, np.int64), np.empty(0, np.int64)
        try:
            listed = segments(self.connection)
            for lane, name in zip(LANES, ("fingerprints", "bands", "identities"), strict=True):
                keys, numbers = map(np.concatenate, zip(*self.expected[lane], nothing, strict=True))
                for segment in listed:
                    inside = (numbers >= segment.start) & (numbers < segment.stop)
                    self._compared_rows(name, rows_in(self.connection, segment, lane), (keys[inside], numbers[inside]))
        except DamagedError as error:
            self.problems.append(str(error))

    def _compared_rows(self, name: str, stored: tuple[I64, I64], wanted: tuple[I64, I64]) -> None:
        """The rows of a lane of a segment, and those of its texts."""
        wanted = grouped(*wanted).rows
        self.postings += len(stored[0])
        if not all(map(np.array_equal, stored, wanted)):
            self.problems.append(_difference(name, stored, wanted))


def _difference(table: str, stored: tuple[I64, I64], wanted: tuple[I64, I64]) -> str:
    size = min(len(stored[0]), len(wanted[0]))
    same = (stored[0][:size] == wanted[0][:size]) & (stored[1][:size] == wanted[1][:size])
    place = int(np.argmin(same)) if not same.all() else size
    key = (stored if len(stored[0]) > place else wanted)[0][place]
    # SQLite's numbers are signed: the key is shown as the 64 bits that it is
    return f"{table}: the holders of {int(key) & (1 << 64) - 1:016x}, or of one before it, are not those of the texts"


def _batches(rows: sqlite3.Cursor, most: int, sized: int) -> Iterator[list[tuple[Any, ...]]]:
    """Rows, some at a time: so many, and so many bytes, as a column of theirs says or has."""
    batch, room = [], TOGETHER
    for row in rows:
        batch.append(row)
        size = row[sized]
        room -= len(size) if isinstance(size, bytes) else size if isinstance(size, int) else 0
        if len(batch) == most or room < 0:
            yield batch
            batch, room = [], TOGETHER
    if batch:
        yield batch
