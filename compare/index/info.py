"""What an index holds, without looking at all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.index.store import check_totals, checked, read_header, reader, total

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Info:
    """An index in figures."""

    file: str
    bytes: int
    documents: int
    texts: int
    """Different ones, by their folded words."""
    files: int
    unfinished: tuple[str, ...]
    """Files whose last `add` or `remove` was cut short: the next one goes on."""
    header: dict[str, str]


def info(path: Path) -> Info:
    """What an index holds. Any settings may have built it. Raises InputError."""
    with reader(path, None) as connection:
        check_totals(connection)
        documents, texts, files = (total(connection, name) for name in ("documents", "contents", "files"))
        rows = connection.execute("SELECT path FROM files WHERE size < 0 ORDER BY path LIMIT 100").fetchall()
        unfinished = tuple(name for (name,) in checked(rows, tuple[str]))
        return Info(str(path), path.stat().st_size, documents, texts, files, unfinished, read_header(connection))
