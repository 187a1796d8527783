"""All documents of an index, one part after the other: what is compared with a corpus as a whole, not by neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.index.rows import stored, stored_texts
from compare.index.store import check_totals, checked, reader
from compare.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from compare.index.rows import Stored
    from compare.index.texts import Unpacked

_AFTER = "SELECT number FROM documents WHERE number > ? ORDER BY number LIMIT ?"


def stored_documents(path: Path, size: int) -> Iterator[list[Document]]:
    """The documents of an index, at most `size` at a time, by their names; no metadata but the day of publication.

    Raises:
        InputError: it is missing, not an index, damaged, or of another version.
    """
    with reader(path, None) as connection:
        check_totals(connection)
        last = -(1 << 63)
        while numbers := checked(connection.execute(_AFTER, (last, size)).fetchall(), tuple[int]):
            wanted = [number for (number,) in numbers]
            texts, last = stored_texts(connection, wanted), wanted[-1]
            rows = {row.number: row for row in stored(connection, "number", wanted)}
            yield [_document(rows[number], texts[number]) for number in wanted if number in rows and number in texts]


def _document(row: Stored, article: Unpacked) -> Document:
    return Document(
        row.name, article.text, row.path, published=row.published, muted=article.muted, meant=article.meant,
        row=row.name != row.path,
    )  # fmt: skip
