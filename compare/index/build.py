"""An index made at once: rows go in ascending, all postings are coded together, the file takes its place whole."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from compare.ending import UNDISTURBED
from compare.errors import InputError
from compare.files.atomic import check_file as check_place
from compare.files.atomic import sync, writing
from compare.files.temporary import temporary_folder
from compare.index.postings import grouped
from compare.index.prepare import prepare
from compare.index.reading import UNFINISHED, IndexNames, digest_of, documents_of, named_files, state_of
from compare.index.rows import NumberedBatch, grown, insert
from compare.index.schema import APPLICATION, FORMAT, INDEXES, TABLES, header_of, statements
from compare.index.segments import FULL, LANES, put_segment, weight
from compare.index.store import VersionError, check_file, connected, guarded, reader, transaction
from compare.model import Document, Doubt, Skipped
from compare.pipeline.engines.choose import opened
from compare.sources.doubts import Doubts
from compare.wording.words import nothing_readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from compare.index.prepare import Prepared
    from compare.index.reading import NamedFile
    from compare.settings import Settings

    I64 = NDArray[np.int64]
    Rows = list[tuple[I64, I64]]

DOCUMENTS = 1024
CHARACTERS = 8 * 1024 * 1024
"""What a batch holds at most."""


@dataclass(frozen=True, slots=True)
class IndexChange:
    """What a command did to an index."""

    documents: int = 0
    """In the index now."""
    added: int = 0
    replaced: int = 0
    removed: int = 0
    unchanged: int = 0
    """Documents of changed files that were there already, as they are."""
    duplicates: int = 0
    """Documents that were left out since the index, or one before them, holds them."""
    files: int = 0
    """Files that were read ..."""
    same: int = 0
    """... and those that have not changed."""
    bytes: int = 0
    skipped: tuple[Skipped, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    """Files that were read with a doubt, of those that were read."""


@dataclass(slots=True)
class _Bulk:
    """A database that is being filled."""

    connection: sqlite3.Connection
    known: dict[tuple[int, int], int] = field(default_factory=dict)
    lanes: list[Rows] = field(default_factory=lambda: [[] for _ in LANES])
    """Rows of the postings that wait ..."""
    first: int = 1
    """... and the first of their contents."""
    documents: int = 0

    def put(self, prepared: Prepared, files: list[int]) -> None:
        """Everything of a batch; its postings wait until they make a segment."""
        contents, new = [], []
        for place, identity in enumerate(prepared.sketches.identities):
            following = len(self.known) + 1
            contents.append(self.known.setdefault(identity, following))
            if contents[-1] == following:
                new.append(place)
        placed = NumberedBatch(prepared, files, self.documents + 1, contents, new)
        insert(self.connection, placed)
        self.documents += len(contents)
        for waiting, rows in zip(self.lanes, prepared.sketches.lanes(new, placed.new_numbers), strict=True):
            waiting.append(rows)
        if weight(sum(len(keys) for waiting in self.lanes for keys, _ in waiting), self.waiting) >= FULL:
            self.segment()

    @property
    def waiting(self) -> int:
        """How many contents are in no segment yet."""
        return len(self.known) + 1 - self.first

    def segment(self) -> None:
        """Store what waits as a segment."""
        if self.waiting:
            lanes = [grouped(*map(np.concatenate, zip(*waiting, strict=True))) for waiting in self.lanes]
            put_segment(self.connection, range(self.first, len(self.known) + 1), lanes)
        self.first = len(self.known) + 1
        self.lanes = [[] for _ in LANES]

    def finish(self) -> None:
        """The last segment, and the indexes over what is there."""
        self.segment()
        for statement in statements(INDEXES):
            self.connection.execute(statement)


def create(
    paths: Sequence[str], target: Path, settings: Settings, workers: int = 1,
    progress: Callable[[str, int], None] = lambda _stage, _steps: None,
) -> IndexChange:  # fmt: skip
    """Index everything that some paths name, in a new file that takes the place of an older index.

    Raises:
        InputError: nothing is readable, an id stands twice in a table, or the target is no index of ours.
    """
    with replacing(target) as temporary, guarded(target), closing(_empty(temporary, settings)) as connection:
        files, skipped = named_files(paths, IndexNames(target))
        with opened(settings, workers) as engine, transaction(connection):
            bulk = _Bulk(connection)
            read = _Read(connection, skipped, settings)
            for prepared, owners in engine.map(partial(_prepared, settings=settings), read.batches(files)):
                progress("indexing", len(owners))
                bulk.put(prepared, owners)
            if not bulk.documents:
                raise InputError(nothing_readable(paths, skipped))
            progress("writing", 0)
            bulk.finish()
        connection.execute("PRAGMA journal_mode=WAL")
    count, size = bulk.documents, target.stat().st_size
    return IndexChange(
        count, added=count, files=read.files, bytes=size, skipped=tuple(skipped), doubts=read.doubts.all()
    )


def _prepared(batch: tuple[list[Document], list[int]], settings: Settings) -> tuple[Prepared, list[int]]:
    return prepare(batch[0], settings), batch[1]


@dataclass(slots=True)
class _Read:
    """Files on their way into a new index."""

    connection: sqlite3.Connection
    skipped: list[Skipped]
    settings: Settings
    files: int = 0
    doubts: Doubts = field(default_factory=Doubts)

    def batches(self, files: Iterable[NamedFile]) -> Iterator[tuple[list[Document], list[int]]]:
        """Batches of documents, each with the number of its file."""
        documents: list[Document] = []
        owners: list[int] = []
        characters = 0
        for named in files:
            for document in self._documents(named):
                documents.append(document)
                owners.append(self.files + 1)
                characters += len(document.text)
                if len(documents) >= DOCUMENTS or characters >= CHARACTERS:
                    yield documents, owners
                    documents, owners, characters = [], [], 0
        if documents:
            yield documents, owners

    def _documents(self, named: NamedFile) -> Iterator[Document]:
        """The documents of a file; once they are through, the file is stored."""
        state, last = state_of(named.file) or UNFINISHED, None
        for item in documents_of(named, self.settings):
            if isinstance(item, Skipped):
                self.skipped.append(item)
            else:
                last = item
                self.doubts.add(item)
                yield item
        if last:
            digest = digest_of(named.file) if last.row else bytes.fromhex(last.sha256)
            self.files += 1
            values = (self.files, named.name, state.size, state.mtime_ns, digest)
            self.connection.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?)", values)
            grown(self.connection, "files", 1)


def _empty(path: Path, settings: Settings) -> sqlite3.Connection:
    """A database without documents; a failure leaves nothing to be saved, so nothing is made safe on the way."""
    connection = sqlite3.connect(path, isolation_level=None)
    pragmas = (
        "page_size=4096", "journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-65536",
        f"application_id={APPLICATION}", f"user_version={FORMAT}",
    )  # fmt: skip
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    for statement in statements(TABLES):
        connection.execute(statement)
    connection.executemany("INSERT INTO header VALUES (?, ?)", header_of(settings).items())
    connection.executemany("INSERT INTO totals VALUES (?, 0)", (("documents",), ("contents",), ("files",)))
    return connection


# --- taking the place of an older index ----------------------------------------------------------------------------


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """An empty file that becomes the index when the block ends well; nobody else may have the older one open then.

    Raises:
        InputError: the target is there and no index of ours, or is in use.
    """
    place = Path(os.path.realpath(target))
    with writing(place):
        check_replaceable(target)
        check_place(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        with temporary_folder(place.parent) as folder:  # SQLite may write more files beside its own
            temporary = folder / "index"
            temporary.touch()
            yield temporary
            sync(temporary)
            with _alone(place), UNDISTURBED:
                temporary.replace(place)
            sync(place.parent)


def check_replaceable(target: Path) -> None:
    """Refuse what `build` must not overwrite: all but an index of ours, of any version. Raises InputError."""
    if not target.exists():
        return
    try:
        check_file(target)
        with reader(target, None):
            return
    except VersionError:
        return
    except InputError as error:
        reason = str(error).partition(";")[0]
        raise InputError(f"{reason}; name another file, or take this one away first") from error


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Nobody else has the index open: SQLite keeps changes in files beside it, and they must not meet the new one."""
    if target.exists():
        with guarded(target), closing(connected(target, "rw")) as connection:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            if mode != ("delete",):
                raise sqlite3.OperationalError("database is locked")
            connection.execute("BEGIN EXCLUSIVE")
            yield
            connection.execute("ROLLBACK")
        return
    for end in ("-wal", "-shm", "-journal"):
        Path(f"{target}{end}").unlink(missing_ok=True)
    yield
