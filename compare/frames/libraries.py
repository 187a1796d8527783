"""How each library takes columns more. A frame is known by the methods that it has, and its library is there then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from compare.errors import GivenError, InputError, MissingExtraError
from compare.sources.given import table_names

if TYPE_CHECKING:
    from collections.abc import Callable

    Back = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class NewColumns:
    """Four columns, a value a row."""

    names: tuple[str, ...]
    kept: list[bool]
    cluster: list[int]
    places: list[int | None]
    """The row that a row falls for; None for one that stays."""
    verdicts: list[str | None]

    def of_plain(self, ids: list[Any] | None) -> dict[str, list[Any]]:
        """The columns by name, as lists; with places for ids where there are none."""
        kept_for = self.places if ids is None else [None if at is None else ids[at] for at in self.places]
        return dict(zip(self.names, (self.kept, self.cluster, kept_for, self.verdicts), strict=True))


def taken(frame: Any) -> tuple[Any, list[Any], Back]:  # noqa: ANN401  # of any library
    """A frame as a table that can be read, the names of its columns, and the way back to what came in.

    Raises GivenError for what is no frame.
    """
    if _has(frame, "lazy", "collect"):  # polars, not yet computed
        return _taken_as(frame.collect(), lambda table: table.lazy())
    if _has(frame, "query", "to_arrow_table") or _has(frame, "query", "fetch_arrow_table"):
        return _taken_as(_arrow_of(frame), lambda table: _related(frame, table))
    if isinstance(frame, Mapping) and hasattr(frame, "column_names"):
        raise GivenError(f"a {type(frame).__name__} holds several tables; give one, as in frame['train']")
    if table_names(frame) is None:
        rows = list(frame) if not isinstance(frame, str | bytes) and hasattr(frame, "__iter__") else [frame]
        if not all(isinstance(row, Mapping) for row in rows):
            raise GivenError(
                f"a DataFrame, a table, a mapping of columns or a list of rows is wanted, not {_kind(frame)}"
            )
        return rows, list(dict.fromkeys(name for row in rows for name in row)), lambda table: table
    return _taken_as(frame, lambda table: table)


def _taken_as(table: Any, back: Back) -> tuple[Any, list[Any], Back]:  # noqa: ANN401  # as above
    """The same of a table whose way back is known."""
    return table, list(table_names(table) or ()), back


def with_columns(table: Any, id_: str, new: NewColumns) -> Any:  # noqa: ANN401  # as above
    """The table with the new columns behind its own."""
    if isinstance(table, list):
        return _rows_with(table, id_, new)
    if isinstance(table, Mapping):
        return {**table, **new.of_plain(list(table[id_]) if id_ in table else None)}
    for names, way in _WAYS:
        if _has(table, *names):
            return way(table, id_, new)
    raise GivenError(
        f"columns cannot be put beside those of a {type(table).__name__}; give a DataFrame or a table of Arrow"
    )


def _has(frame: object, *names: str) -> bool:
    """Whether it has methods of these names: its class, since columns may be called so."""
    return all(hasattr(type(frame), name) for name in names)


def _kind(frame: object) -> str:
    return f"a {type(frame).__name__}"


def _rows_with(rows: list[Any], id_: str, new: NewColumns) -> list[dict[Any, Any]]:
    ids = [row.get(id_, number) for number, row in enumerate(rows)]
    columns = new.of_plain(ids)
    more = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return [{**row, **added} for row, added in zip(rows, more, strict=True)]


# --- a library each ------------------------------------------------------------------------------------------------


def _pandas(frame: Any, id_: str, new: NewColumns) -> Any:  # noqa: ANN401  # as all below
    """By place, whatever the index is; whole numbers as those of pandas that may be null."""
    import pandas as pd  # noqa: PLC0415  # it is there: the frame is of it

    kept_for = pd.array(new.places, dtype="Int64")
    ids = frame[id_] if id_ in frame.columns else frame.index if frame.index.name == id_ else None
    if ids is not None:
        whole = {"int64": "Int64", "int32": "Int32", "uint64": "UInt64"}.get(str(ids.dtype))
        nullable = (ids.astype(whole) if whole else ids).array
        kept_for = nullable.take([-1 if at is None else at for at in new.places], allow_fill=True)
    verdicts = pd.array(new.verdicts, dtype="string")
    return frame.assign(**dict(zip(new.names, (new.kept, new.cluster, kept_for, verdicts), strict=True)))


def _polars(frame: Any, id_: str, new: NewColumns) -> Any:  # noqa: ANN401
    import polars as pl  # noqa: PLC0415  # as above

    places = pl.Series(new.places, dtype=pl.Int64)
    kept_for = frame.get_column(id_).gather(places) if id_ in frame.columns else places
    types = pl.Boolean, pl.Int64, None, pl.String
    columns = zip(new.names, (new.kept, new.cluster, kept_for, new.verdicts), types, strict=True)
    return frame.with_columns([pl.Series(name, values, dtype=kind) for name, values, kind in columns])


def _arrow(table: Any, id_: str, new: NewColumns) -> Any:  # noqa: ANN401
    import pyarrow as pa  # noqa: PLC0415  # as above

    places = pa.array(new.places, pa.int64())
    kept_for = table.column(id_).take(places) if id_ in table.schema.names else places
    columns = pa.array(new.kept), pa.array(new.cluster, pa.int64()), kept_for
    for name, column in zip(new.names, (*columns, pa.array(new.verdicts, pa.string())), strict=True):
        table = table.append_column(name, column)
    return table


def _hugging_face(dataset: Any, id_: str, new: NewColumns) -> Any:  # noqa: ANN401
    import datasets  # noqa: PLC0415  # as above

    kind = dataset.features[id_] if id_ in dataset.column_names else datasets.Value("int64")
    columns = new.of_plain(list(dataset[id_]) if id_ in dataset.column_names else None)
    kinds = datasets.Value("bool"), datasets.Value("int64"), kind, datasets.Value("string")
    for (name, values), feature in zip(columns.items(), kinds, strict=True):
        dataset = dataset.add_column(name, values, feature=feature)
    return dataset


def _arrow_of(relation: Any) -> Any:  # noqa: ANN401
    """A relation of DuckDB as a table of Arrow."""
    if find_spec("pyarrow") is None:  # DuckDB asks for it, and says less
        raise MissingExtraError("a relation of DuckDB", "arrow")
    return relation.to_arrow_table() if hasattr(relation, "to_arrow_table") else relation.fetch_arrow_table()


def _related(relation: Any, table: Any) -> Any:  # noqa: ANN401
    """A table as a relation of the same connection, which finds it by the name that it has here."""
    marked_rows = table
    try:
        return relation.query("marked", "SELECT * FROM marked_rows")
    except Exception as error:
        if type(error).__name__ != "CatalogException":
            raise
        wanted = "SET python_enable_replacements = true"
        raise InputError(f"DuckDB is kept from seeing {type(marked_rows).__name__}s of Python: {wanted}") from None


_WAYS: tuple[tuple[tuple[str, ...], Callable[[Any, str, NewColumns], Any]], ...] = (
    (("iloc", "assign"), _pandas),
    (("gather_every", "with_columns"), _polars),
    (("append_column", "take", "schema"), _arrow),
    (("add_column", "features", "column_names"), _hugging_face),
)
"""How each library is known, by what nothing else has; the first that fits is asked."""
