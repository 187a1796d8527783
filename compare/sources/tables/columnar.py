"""Parquet and Arrow: rows of columns with types to documents, and files without the rows that fall."""

from __future__ import annotations

from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np

from compare.errors import InputError
from compare.sources.fields import NOTHING
from compare.sources.tables.arrowfiles import MOST, ROWS, Way, columns_of, import_pyarrow
from compare.sources.tables.nested import joined
from compare.sources.tables.rows import (
    NoDocumentError,
    NoTableError,
    Row,
    described,
    document,
    instead,
    row_id,
    skipped,
    too_large,
)
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from numpy.typing import NDArray

    from compare.sources.fields import Fields, Reading
    from compare.sources.kinds import FileKind
    from compare.sources.walk import File

    I64 = NDArray[np.int64]

_NO_IDS = (bool, bytes, list, dict)


def columnar_rows(file: File, kind: FileKind, reading: Reading) -> Iterator[Row]:
    """The rows of a file in their order; `raw` is empty.

    Raises:
        MissingExtraError: pyarrow is not installed.
        UnreadableError: it cannot be opened.
        NoTableError: pyarrow cannot read it, or it has no column of text.
    """
    with columns_of(file, kind) as columns:
        ways = _ways(columns.schema, reading.fields)
        parts = (_checked(part) for batch in columns.batches(sorted(set(ways.values()))) for part in _parts(batch))
        values = (row for part in parts for row in _values(part, ways, reading.fields))
        for number, row in enumerate(values, 1):
            yield _row(row, (file, number), reading)


def columnar_ids(file: File, kind: FileKind, reading: Reading) -> Iterator[str] | None:
    """What each row is called if it is a document, without a look at its text; None where no column says it.

    Raises as `columnar_rows` does.
    """
    with columns_of(file, kind) as columns:
        has_ids = reading.fields.id in _ways(columns.schema, reading.fields)
    return _ids(file, kind, reading.fields) if has_ids else None


def _ids(file: File, kind: FileKind, fields: Fields) -> Iterator[str]:
    number = 0
    with columns_of(file, kind) as columns:
        way = _way(columns.schema, fields.id)
        for part in (_checked(part) for batch in columns.batches([way]) for part in _parts(batch)):
            for value in _plain(_column(part, way)):
                number += 1
                yield row_id(file, number, "" if isinstance(value, _NO_IDS) else _written(value), fields)


def copy_rows(source: tuple[File, FileKind], fallen: Iterable[int], target: BinaryIO) -> None:
    """Write all rows but those of these numbers (counted from 1, ascending) in the same format, with all columns.

    Raises:
        NoTableError: the file cannot be read to its end.
        InputError: its types cannot be written.
    """
    file, kind = source
    gone, start = np.fromiter(fallen, np.int64) - 1, 0
    with columns_of(file, kind) as columns, _written_again(file), closing(columns.writer(target)) as writer:
        for batch in (_checked(part) for whole in columns.batches(None) for part in _bounded(whole)):
            places = gone[np.searchsorted(gone, start) : np.searchsorted(gone, start + len(batch))] - start
            start += len(batch)
            for left in _without(batch, places):
                writer.write(left)


@contextmanager
def _written_again(file: File) -> Iterator[None]:
    """Raises InputError for types that can be read and not written."""
    arrow = import_pyarrow()
    try:
        yield
    except (arrow.ArrowNotImplementedError, arrow.ArrowTypeError) as error:
        raise InputError(f"{shown(file.path)}: cannot be written again: {error}") from error


def _without(batch: Any, places: I64) -> list[Any]:  # noqa: ANN401  # a record batch
    """A batch without the rows at some places: one, or none where no row is left."""
    if not len(places):
        return [batch]
    stays = np.ones(len(batch), bool)
    stays[places] = False
    if not stays.any():
        return []
    arrow = import_pyarrow()
    try:
        return [batch.filter(arrow.array(stays))]
    except arrow.ArrowNotImplementedError:  # as of views, which it can cut all the same
        bounds = [-1, *places.tolist(), len(batch)]
        parts = [batch.slice(at + 1, end - at - 1) for at, end in pairwise(bounds) if end - at > 1]
        return _as_one(parts)


def _as_one(batches: list[Any]) -> list[Any]:
    """The same rows in one batch where their types allow it."""
    arrow = import_pyarrow()
    with suppress(arrow.ArrowNotImplementedError):
        return list(arrow.Table.from_batches(batches).combine_chunks().to_batches())
    return batches


# --- where a value stands ------------------------------------------------------------------------------------------


def _ways(schema: Any, fields: Fields) -> dict[str, Way]:  # noqa: ANN401
    """The way to each field that there is. Raises NoTableError where there is none to a text."""
    ways = {name: way for name in fields.names if (way := _way(schema, name))}
    for name in fields.texts:
        if name not in ways or not _is_text(_type_at(schema, ways[name])):
            raise NoTableError(f'no column "{name}" of text {instead(name, schema.names, fields)}')
    for name in fields.names:
        if name in ways and schema.names.count(ways[name][0]) > 1:
            raise NoTableError(f'two columns "{ways[name][0]}"')
    return ways


def _way(level: Any, name: str) -> Way:  # noqa: ANN401  # a schema, or the type of a column
    """The way to a name or a path: a column of that very name comes first; empty where there is none."""
    names = [field.name for field in level]
    if name in names:
        return (name,)
    for at in (at for at, char in enumerate(name) if char == "."):
        head = name[:at]
        type_ = level.field(head).type if head in names else None
        if type_ is not None and import_pyarrow().types.is_struct(type_) and (rest := _way(type_, name[at + 1 :])):
            return (head, *rest)
    return ()


def _type_at(schema: Any, way: Way) -> Any:  # noqa: ANN401
    type_ = schema.field(way[0]).type
    for name in way[1:]:
        type_ = type_.field(name).type
    return type_


def _is_text(type_: Any) -> bool:  # noqa: ANN401
    types = import_pyarrow().types
    if types.is_dictionary(type_):
        type_ = type_.value_type
    return bool(types.is_string(type_) or types.is_large_string(type_) or str(type_) == "string_view")


# --- values --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Values:
    """What is read of a row."""

    id: Any
    texts: tuple[bytes | None, ...]
    more: dict[str, Any]


def _parts(batch: Any, rows: int = ROWS) -> Iterator[Any]:  # noqa: ANN401
    """A batch in pieces of which the values are made at once."""
    return (batch.slice(at, rows) for at in range(0, len(batch), rows))


def _bounded(batch: Any) -> Iterator[Any]:  # noqa: ANN401
    """A batch, in pieces where it is larger than what waits in memory."""
    return _parts(batch, max(len(batch) * MOST // max(batch.nbytes, MOST), 1))


def _checked(batch: Any) -> Any:  # noqa: ANN401
    """The batch, no offset of which leads out of it; bytes of a text may still be none. Raises ArrowInvalid."""
    batch.validate()
    for column in batch.columns:
        _bytes(column).validate(full=True)
    return batch


def _bytes(column: Any) -> Any:  # noqa: ANN401
    """A column of text as one of bytes, others as they are."""
    arrow = import_pyarrow()
    if arrow.types.is_string(column.type):
        return column.view(arrow.binary())
    return column.view(arrow.large_binary()) if arrow.types.is_large_string(column.type) else column


def _values(batch: Any, ways: dict[str, Way], fields: Fields) -> Iterator[_Values]:  # noqa: ANN401
    """The rows of a batch."""
    texts = zip(*(_texts(_column(batch, ways[name])) for name in fields.texts), strict=True)
    names = [name for name in ways if name not in {fields.id, *fields.texts}]
    more = zip(*(_plain(_column(batch, ways[name])) for name in names), strict=True) if names else repeat(())
    ids = _plain(_column(batch, ways[fields.id])) if fields.id in ways else repeat(None)
    for id_, text, values in zip(ids, texts, more, strict=False):
        yield _Values(id_, text, dict(zip(names, values, strict=True)))


def _column(batch: Any, way: Way) -> Any:  # noqa: ANN401
    column = batch.column(way[0])
    return import_pyarrow().compute.struct_field(column, list(way[1:])) if way[1:] else column


def _texts(column: Any) -> list[bytes | None]:  # noqa: ANN401
    arrow = import_pyarrow()
    if arrow.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return list(column.cast(arrow.large_binary()).to_pylist())


def _plain(column: Any) -> list[Any]:  # noqa: ANN401
    """Values as Python has them; instants to the microsecond, in UTC where they have a zone."""
    arrow = import_pyarrow()
    if arrow.types.is_timestamp(column.type):
        column = column.cast(arrow.timestamp("us", "UTC" if column.type.tz else None), safe=False)
    if _is_text(column.type):
        return [None if raw is None else raw.decode("utf-8", "replace") for raw in _texts(column)]
    return list(column.to_pylist())


def _row(values: _Values, place: tuple[File, int], reading: Reading) -> Row:
    limit, fields = reading.settings.max_bytes, reading.fields
    if sum(len(text) for text in values.texts if text) > limit:
        return skipped(*place, too_large(limit))
    more = {name: written for name, value in values.more.items() if value is not None and (written := _written(value))}
    about = described(reading, lambda name: more.get(name, "")) if more else NOTHING
    try:
        text = joined(None if raw is None else raw.decode() for raw in values.texts)
        id_ = _id(values.id)
        item = document(*place, (id_, text), about, reading)
    except UnicodeDecodeError as error:
        return skipped(*place, f"not valid UTF-8: {error.reason}")
    except NoDocumentError as error:
        return skipped(*place, error)
    own = {fields.id: id_, fields.text: text or ""}
    return item, own.get(fields.extra) or more.get(fields.extra, ""), b""


def _id(value: Any) -> str:  # noqa: ANN401
    """An id as it is written. Raises NoDocumentError where a value is none."""
    if isinstance(value, _NO_IDS):
        raise NoDocumentError("the id is neither a string nor a number")
    return _written(value)


def _written(value: Any) -> str:  # noqa: ANN401
    """A value as text: dates as ISO 8601, lists of texts joined by commas; empty where it has no such form."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(item for item in value if isinstance(item, str))
    return str(value) if isinstance(value, str | int | float | Decimal | UUID) else ""
