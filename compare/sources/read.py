"""The one entry: paths in, documents out, each with its own id; what was not read comes out too, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.model import Document, Skipped
from compare.names import shown
from compare.sources.fields import Fields, Reading
from compare.sources.files import read_article
from compare.sources.tables import is_table, table_rows
from compare.sources.walk import Plan, plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from os import PathLike

    from compare.settings import Settings

__all__ = ["Batch", "Fields", "read", "read_batches", "read_repeatedly_named"]

_ALL = Fields()
_BATCH_CHARACTERS = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Batch:
    """Some documents, in order, and what was skipped among them."""

    documents: list[Document]
    skipped: list[Skipped]
    values: list[str]
    """The value of `Fields.extra` of each document, or an empty text; an empty list if it was not asked for."""


def read(
    paths: Sequence[str | PathLike[str]],
    settings: Settings,
    *,
    fields: Fields = _ALL,
    digest: bool = True,
    tracked: AbstractSet[str] = frozenset(),
) -> Iterator[Document | Skipped]:
    """All documents of files, folders, globs and tables, one by one, in the order of the inputs.

    Folders are walked at once, texts are read as they are asked for; a table takes the memory of one row.
    `digest` fills `sha256`; `tracked` is as in `plan`.

    Raises:
        InputError: at once for a missing path, a URL or a glob without a match; later for a duplicate id.
        MissingExtraError: for Parquet without duckdb.
    """
    work = plan(paths, tracked)
    return (item for item, _ in _unique(work, Reading(settings, fields, digest)))


def read_repeatedly_named(
    paths: Sequence[str | PathLike[str]], settings: Settings, tracked: AbstractSet[str] = frozenset()
) -> Iterator[Document | Skipped]:
    """The same, for callers that give names of their own (`sources.named`): two tables may hold one id."""
    return (item for item, _ in _items(plan(paths, tracked), Reading(settings, _ALL, digest=True)))


def read_batches(
    paths: Sequence[str | PathLike[str]],
    settings: Settings,
    *,
    fields: Fields = _ALL,
    digest: bool = True,
    size: int = 4096,
) -> Iterator[Batch]:
    """The same in batches of at most `size` documents and about 8 million characters. Raises as `read` does."""
    work = plan(paths)
    return _batched(_unique(work, Reading(settings, fields, digest)), size, with_values=bool(fields.extra))


def _batched(items: Iterator[tuple[Document | Skipped, str]], size: int, *, with_values: bool) -> Iterator[Batch]:
    batch, characters = Batch([], [], []), 0
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
            batch, characters = Batch([], [], []), 0
    if batch.documents or batch.skipped:
        yield batch


def _unique(work: Plan, reading: Reading) -> Iterator[tuple[Document | Skipped, str]]:
    """The items of a plan, up to the first duplicate id, which raises. Only the ids are remembered."""
    seen: set[str] = set()
    for item, value in _items(work, reading):
        if isinstance(item, Document):
            if item.id in seen:
                raise InputError(_duplicate(item, work, reading))
            seen.add(item.id)
        yield item, value


def _items(work: Plan, reading: Reading) -> Iterator[tuple[Document | Skipped, str]]:
    for item in work.skipped:
        yield item, ""
    for file in work.files:
        if is_table(file):
            for row, value, _ in table_rows(file, reading):
                yield row, value
        else:
            yield read_article(file, reading)


def _duplicate(second: Document, work: Plan, reading: Reading) -> str:
    """Read again to find the first place: cheaper than to remember every document's place."""
    items = (item for item, _ in _items(work, reading))
    first = next((item.path for item in items if isinstance(item, Document) and item.id == second.id), "")
    here = f"in {shown(first)} and in {shown(second.path)}" if first != second.path else f"twice in {shown(first)}"
    return f'duplicate id "{shown(second.id[:200])}": {here}'
