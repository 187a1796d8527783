"""What a Python caller hands over, as documents: texts, rows, or columns of whatever library holds them.

Nothing is imported for it. A table is known by what it offers: names of columns, and a column for a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import repeat
from typing import Any, Protocol

from compare.errors import GivenError, InputError
from compare.model import Document
from compare.sources.damage import mended

_ID = "id"
_DATES = ("published", "date")
_AS_LIST = ("to_pylist", "to_list", "tolist")
_NULLS = frozenset({"NAType", "NaTType"})
"""What pandas calls its own kinds of nothing; there is no other way to know them without it."""
_IDS = frozenset({"float", "Decimal", "UUID"})
"""Other types than strings and whole numbers that are written as ids."""
_SHOWN = 5
_WANTED = "a list of texts, Documents or rows, or a table with columns is wanted"


class Columnar(Protocol):
    """A table that gives a column for its name, as a DataFrame does."""

    def __getitem__(self, name: str, /) -> Any:  # noqa: ANN401  # a column of any library
        """The values of a column."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns that are read."""

    text: str = "text"
    id: str = _ID


@dataclass(frozen=True, slots=True)
class Given:
    """What was handed over, and what was read of it."""

    source: object
    """As it came; what an iterator gave, as a list."""
    documents: list[Document]
    rows: list[int]
    """The row of each document, from 0."""
    count: int
    """Rows, those without a text too."""


def read_given(given: object, columns: Columns) -> Given:
    """The documents of what was given, in its order; a row whose text is null or empty is none.

    What has no id is called by its number, from "0". Ids may be whole numbers.

    >>> read = read_given({"id": [7, 8], "text": ["a", None]}, Columns())
    >>> [(document.id, document.text) for document in read.documents], read.rows, read.count
    ([('7', 'a')], [0], 2)

    Raises:
        GivenError: it is nothing of the kind, or has no such column; what to give instead.
        InputError: an id stands twice, or no row has a text.
    """
    source = list(given) if isinstance(given, Iterator) and table_names(given) is None else given
    items = list(_items(source, columns))
    rows = [number for number, document in enumerate(items) if document is not None]
    documents = [document for document in items if document is not None]
    if items and not documents:
        raise InputError(f"no text in {len(items)} rows: all of {columns.text!r} is null or empty")
    _refuse_repeated(documents, rows)
    return Given(source, documents, rows, len(items))


def _refuse_repeated(documents: list[Document], rows: list[int]) -> None:
    """Raise InputError for the first id that stands twice."""
    places: dict[str, int] = {}
    for number, document in zip(rows, documents, strict=True):
        if document.id in places:
            both = f"items {places[document.id]} and {number}, counted from 0"
            way_out = "give each an id of its own, or none: it is then called by its number"
            raise InputError(f"duplicate id {document.id[:200]!r}: {both}; {way_out}")
        places[document.id] = number


def _items(given: object, columns: Columns) -> Iterator[Document | None]:
    """A document for each text or row, None for a row without text."""
    if isinstance(given, str | bytes | bytearray | Document):
        raise GivenError(f"{_WANTED}, not one {'text' if isinstance(given, str) else type(given).__name__}")
    if isinstance(given, set | frozenset):
        raise GivenError("a set has no order to number its texts by; give a list")
    names = table_names(given)
    if names is not None and hasattr(given, "__getitem__"):
        return _table(given, names, columns)
    if not isinstance(given, Iterable):
        raise GivenError(f"{_WANTED}, not {type(given).__name__}")
    values = _listed(given)
    return _rows(given if values is None else values, columns, column=values is not None)


# --- tables --------------------------------------------------------------------------------------------------------


def table_names(given: object) -> list[Any] | None:
    """The names of a table's columns, or None if it is no table."""
    if isinstance(given, Mapping):
        return list(given)
    fields = getattr(getattr(given, "dtype", None), "names", None)  # a structured array
    for names in (getattr(given, "column_names", None), getattr(given, "columns", None), fields):
        if names is not None and not callable(names) and isinstance(names, Iterable):
            return list(names)
    return None


def refuse_table(given: object) -> None:
    """Raise GivenError, with the names of its columns, where a table stands in for one column of texts."""
    names = table_names(given)
    if names is not None:
        raise GivenError(
            f"one column of texts is wanted, not a {type(given).__name__} with {_listing(names)}; "
            f"give it, as in frame[{('text' if 'text' in names else _some(names, Columns()))!r}]"
        )


def _table(given: Any, names: list[Any], columns: Columns) -> Iterator[Document | None]:  # noqa: ANN401  # any library's
    if columns.text not in names:
        raise GivenError(
            f"{_absent(columns.text, names)}; name the column of the texts, as in text={_some(names, columns)!r}"
        )
    texts = _column(given, columns.text)
    ids = _ids(given, names, columns, len(texts))
    dates = [_column(given, name) for name in _DATES if name in names and name not in {columns.text, columns.id}]
    for name, values in [(columns.id, ids), *zip(_DATES, dates, strict=False)]:
        if len(values) != len(texts):
            raise GivenError(f"{len(values)} values of {name!r} for {len(texts)} of {columns.text!r}")
    return _documents(zip(texts, ids, zip(*dates, strict=True) if dates else repeat(()), strict=False))


def _ids(given: Any, names: list[Any], columns: Columns, count: int) -> list[Any]:  # noqa: ANN401  # as above
    """A column of ids, or the index if that has its name; nulls where there is neither."""
    if columns.id in names:
        return _column(given, columns.id)
    index = getattr(given, "index", None)
    if getattr(index, "name", None) == columns.id and (values := _listed(index)) is not None:
        return values
    if columns.id != _ID:
        raise GivenError(f"{_absent(columns.id, names)}; without id=… the rows are numbered")
    return [None] * count


def _column(given: Any, name: str) -> list[Any]:  # noqa: ANN401  # as above
    """The values of a column."""
    try:
        column = given[name]
    except (TypeError, KeyError, IndexError, NotImplementedError):
        raise GivenError(f"a {type(given).__name__} gives no column {name!r}; make it a DataFrame or a list") from None
    if isinstance(column, str | bytes) or not isinstance(column, Iterable):
        raise GivenError(f"the column {name!r} is one {type(column).__name__}; give rows in a list, or whole columns")
    if table_names(column) is not None:
        raise GivenError(f"the column {name!r} is not one column but a {type(column).__name__}")
    values = _listed(column)
    return list(column) if values is None else values


def _listed(column: object) -> list[Any] | None:
    """The values of a column of some library as those of Python; None if it is none."""
    if isinstance(column, list | tuple):
        return None
    method = next((getattr(column, name) for name in _AS_LIST if callable(getattr(column, name, None))), None)
    values = method() if method else None
    return values if isinstance(values, list) else None


def _absent(name: str, names: Iterable[Any]) -> str:
    return f"no column {name!r} among {_listing(names)}"


def _listing(names: Iterable[Any]) -> str:
    columns = [repr(column) for column in names]
    more = f" and {len(columns) - _SHOWN} more" if len(columns) > _SHOWN else ""
    return f"{', '.join(columns[:_SHOWN]) or 'none'}{more}"


def _some(names: list[Any], columns: Columns) -> Any:  # noqa: ANN401  # a name, whatever it is
    return next((name for name in names if name != columns.id), "body")


# --- rows ----------------------------------------------------------------------------------------------------------


def _rows(given: Iterable[Any], columns: Columns, *, column: bool) -> Iterator[Document | None]:
    """Texts, Documents and rows, mixed; of a `column` nulls are no texts, elsewhere they are a mistake."""
    for number, item in enumerate(given):
        if isinstance(item, Document):
            yield item if isinstance(item.id, str) else replace(item, id=_id(item.id, number))
        elif isinstance(item, str):
            yield mended(Document(str(number), str(item)))
        elif hasattr(item, "keys") and hasattr(item, "__getitem__"):
            yield from _documents([_row(item, number, columns)], number)
        elif column and _is_null(item):
            yield None
        else:
            raise GivenError(f"a text, a Document or a row is wanted, not {type(item).__name__} (item {number})")


def _row(item: Any, number: int, columns: Columns) -> tuple[Any, Any, tuple[Any, ...]]:  # noqa: ANN401  # a mapping
    names = list(item.keys())
    if columns.text not in names:
        raise GivenError(f"row {number}: {_absent(columns.text, names)}; name the text's with text=…")
    if columns.id not in names and columns.id != _ID:
        raise GivenError(f"row {number}: {_absent(columns.id, names)}; without id=… the rows are numbered")
    dates = tuple(item[name] for name in _DATES if name in names and name not in {columns.text, columns.id})
    return item[columns.text], item[columns.id] if columns.id in names else None, dates


def _documents(rows: Iterable[tuple[Any, Any, tuple[Any, ...]]], first: int = 0) -> Iterator[Document | None]:
    """Rows of text, id and dates as documents."""
    for number, (text, id_, dates) in enumerate(rows, first):
        if not isinstance(text, str) and not _is_null(text):
            raise GivenError(f"row {number}: a text is wanted, not {type(text).__name__}")
        if _is_null(text) or not text or text.isspace():
            yield None
            continue
        published = next((value for value in map(_date, dates) if value), "")
        origin = "field" * bool(published)
        yield mended(Document(_id(id_, number), str(text), published=published, published_from=origin))


def _id(value: Any, number: int) -> str:  # noqa: ANN401  # whatever a table holds
    """An id as a string; of nothing, the row's number."""
    if _is_null(value) or (isinstance(value, str) and not value):
        return str(number)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool | bytes) or not (hasattr(value, "__index__") or type(value).__name__ in _IDS):
        raise GivenError(f"row {number}: an id is a string or a number, not {type(value).__name__}")
    return str(Decimal(value.__index__()) if hasattr(value, "__index__") else value)  # `str` ends at 4,300 digits


def _date(value: Any) -> str:  # noqa: ANN401  # as above
    """ISO 8601, or nothing."""
    if _is_null(value):
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else ""


def _is_null(value: object) -> bool:
    return value is None or type(value).__name__ in _NULLS or (isinstance(value, float) and value != value)  # noqa: PLR0124
