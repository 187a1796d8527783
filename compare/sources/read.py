"""The one entry: paths in, documents out, each with its own id; what was not read comes out too, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.model import Document, Skipped
from compare.sources.fields import Fields, Reading, reading_of
from compare.sources.files import read_article
from compare.sources.kinds import kind_of
from compare.sources.tables.read import row_places, table_rows
from compare.sources.walk import Plan, plan
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from os import PathLike

    from compare.settings import Settings

__all__ = ["Fields", "ReadBatch", "read", "read_batches", "read_repeatedly_named", "repeated"]

_BATCH_CHARACTERS = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """Some documents, in order, and what was skipped among them."""

    documents: list[Document]
    skipped: list[Skipped]
    values: list[str]
    """The value of `Fields.extra` of each document, or an empty text; an empty list if it was not asked for."""


def read(
    paths: Sequence[str | PathLike[str]],
    settings: Settings,
    *,
    fields: Fields | None = None,
    digest: bool = True,
    tracked: AbstractSet[str] = frozenset(),
) -> Iterator[Document | Skipped]:
    """All documents of files, folders, globs and tables, one by one, in the order of the inputs.

    Folders are walked at once, texts are read as they are asked for; a table takes the memory of one row.
    `digest` fills `sha256`; `tracked` is as in `plan`.

    Raises:
        InputError: at once for a missing path, a URL or a glob without a match; later for a duplicate id.
        MissingExtraError: for Parquet or Arrow without pyarrow, for Zstandard without its package.
    """
    work = plan(paths, tracked)
    return (_described(item) for item, _ in _unique(work, reading_of(settings, fields, digest=digest)))


def read_repeatedly_named(
    paths: Sequence[str | PathLike[str]], settings: Settings, tracked: AbstractSet[str] = frozenset()
) -> Iterator[Document | Skipped]:
    """The same, for callers that give names of their own (`sources.named`): two tables may hold one id."""
    return (_described(item) for item, _ in _items(plan(paths, tracked), reading_of(settings, digest=True)))


def _described(item: Document | Skipped) -> Document | Skipped:
    """A document with what its text says of itself: of many documents (`read_batches`) nobody asks that."""
    from compare.origin.described import described  # noqa: PLC0415  # as nobody asks, nobody waits for it

    return described(item) if isinstance(item, Document) else item


def read_batches(
    paths: Sequence[str | PathLike[str]],
    settings: Settings,
    *,
    fields: Fields | None = None,
    digest: bool = True,
    size: int = 4096,
) -> Iterator[ReadBatch]:
    """The same in batches of at most `size` documents and about 8 million characters. Raises as `read` does."""
    work = plan(paths)
    return _batched(
        _unique(work, reading_of(settings, fields, digest=digest)),
        size,
        with_values=bool(fields and fields.extra),
    )


def _batched(items: Iterator[tuple[Document | Skipped, str]], size: int, *, with_values: bool) -> Iterator[ReadBatch]:
    batch, characters = ReadBatch([], [], []), 0
    for item, value in items:
        if isinstance(item, Skipped):
            batch.skipped.append(item)
            continue
        batch.documents.append(item)
        if with_values:
            batch.values.append(value)
        characters += len(item.text)
        if len(batch.documents) >= size or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = ReadBatch([], [], []), 0
    if batch.documents or batch.skipped:
        yield batch


def standing_twice(ids: Iterable[str], work: Plan, reading: Reading) -> InputError | None:
    """What is wrong with ids of which one stands twice: which, and where; None where none does."""
    seen = set[str]()
    twice = next((id_ for id_ in ids if id_ in seen or seen.add(id_)), None)  # type: ignore[func-returns-value]
    return None if twice is None else InputError(repeated(twice, _places(twice, work, reading)))


def _unique(work: Plan, reading: Reading) -> Iterator[tuple[Document | Skipped, str]]:
    """The items of a plan, up to the first duplicate id, which raises. Only the ids are remembered."""
    seen: set[str] = set()
    for item, value in _items(work, reading):
        if isinstance(item, Document):
            if item.id in seen:
                raise InputError(repeated(item.id, _places(item.id, work, reading)))
            seen.add(item.id)
        yield item, value


def _items(work: Plan, reading: Reading) -> Iterator[tuple[Document | Skipped, str]]:
    for item in work.skipped:
        yield item, ""
    for file in work.files:
        kind = kind_of(file, reading)
        if kind.is_table:
            yield from table_rows(file, kind, reading)
        else:
            yield read_article(file, reading)


def repeated_name(
    both: tuple[Document, Document], paths: Sequence[str | PathLike[str]], settings: Settings,
    tracked: AbstractSet[str] = frozenset(),
) -> str:  # fmt: skip
    """The same line for two documents of `read_repeatedly_named` that come to have one name."""
    reading = reading_of(settings)
    shown_paths = {document.path for document in both}
    files = tuple(file for file in plan(paths, tracked).files if file.shown in shown_paths)
    return repeated(both[1].id, _places(both[1].id, Plan(files, ()), reading))


def _places(id_: str, work: Plan, reading: Reading) -> Iterator[str]:
    """Where an id stands. All is read again, which is cheaper than to remember the place of every document."""
    for file in work.files:
        kind = kind_of(file, reading)
        if kind.is_table:
            yield from row_places(file, kind, reading, id_)
        elif file.id == id_:
            yield file.shown


def repeated(id_: str, places: Iterable[str]) -> str:
    """One plain line for an id that stands twice: the first two places, and the way out."""
    both = list(islice(places, 2))
    files = {place.rpartition(":")[0] for place in both}
    rename = "give each row an id of its own, or none: it is then named by file and line (all rows: dedup --id '')"
    restart = "if ids restart in each file, name rows by both: dedup --ids file; or by file and line: dedup --id ''"
    way_out = restart if len(files) > 1 else rename
    return f'duplicate id "{shown(id_[:200])}": {" and ".join(f"in {shown(place)}" for place in both)}; {way_out}'
