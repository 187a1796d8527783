"""What `dedup` says of each row, as columns beside the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.frames.libraries import NewColumns, taken, with_columns
from compare.jobs.arguments import settings_of
from compare.jobs.deduplication import deduplicate_given, keeping_of
from compare.sources.given import Columns, read_given

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compare.jobs.deduplication import Deduplication
    from compare.model import Member, Verdict
    from compare.settings import Settings
    from compare.sources.given import Given


def deduplicate(  # noqa: PLR0913  # as many as `compare.deduplicate` has, each by its name
    frame: Any,  # noqa: ANN401  # of any library, as what comes back
    *,
    text: str = "text",
    id: str = "id",  # noqa: A002  # what the column is called everywhere
    keep: str = "first",
    drop: str | Iterable[str | Verdict] = "identical,near-duplicate,contained",
    prefix: str = "",
    settings: Settings | None = None,
) -> Any:  # noqa: ANN401  # as above
    """The frame with four columns more, its rows, index, types and order as they were.

    - `kept`: whether the row stays.
    - `cluster`: a number for the rows that duplicate each other, −1 for a row that duplicates none.
    - `kept_for`: the id of the row that it falls for, with the type of ids; without a column `id`, the number of that
      row, from 0. Null for a row that stays.
    - `verdict`: that by which it falls: `identical`, `near-duplicate` or `contained`. Null for a row that stays.

    `frame` is a DataFrame of pandas or polars (a LazyFrame too), a table of Arrow, a Dataset of Hugging Face, a
    relation of DuckDB (which needs pyarrow), a mapping of columns or a list of rows. `keep`, `drop` and `settings` are
    those of `compare.deduplicate`. `prefix` begins the names of the new columns.

    >>> rows = [{"text": "A pact was signed."}, {"text": "No."}, {"text": "a PACT was signed."}]
    >>> [(row["kept"], row["cluster"], row["kept_for"], row["verdict"]) for row in deduplicate(rows)]
    [(True, 0, None, None), (True, -1, None, None), (False, 0, 0, 'identical')]

    Raises:
        CompareError: it is something else, or has no such column (a TypeError too); the message says what to give.
        CompareError: it has a column of such a name already, an id stands twice, or `keep` or `drop` is none.
    """
    table, names, back = taken(frame)
    given = read_given(table, Columns(text, id))
    new = tuple(prefix + name for name in ("kept", "cluster", "kept_for", "verdict"))
    if (twice := next((name for name in new if name in names), None)) is not None:
        raise InputError(f"there is a column {twice!r} already; give a prefix, as in prefix='reuse_'")
    found = deduplicate_given(given, None, keeping_of(keep, drop, against=False), settings_of(settings))
    return back(with_columns(table, id, _columns(new, given, found)))


def _columns(names: tuple[str, ...], given: Given, found: Deduplication) -> NewColumns:
    """The values of the new columns, a row each."""
    rows = {document.id: row for document, row in zip(given.documents, given.rows, strict=True)}
    fallen: dict[int, Member] = {
        rows[member.id]: member for cluster in found for member in cluster.members if member.dropped
    }
    places = [rows[fallen[row].kept_for] if row in fallen else None for row in range(given.count)]
    verdicts = [_word(fallen[row].verdict) if row in fallen else None for row in range(given.count)]
    return NewColumns(names, found.keep.tolist(), found.labels.tolist(), places, verdicts)


def _word(verdict: Verdict | None) -> str | None:
    return verdict.value if verdict else None
