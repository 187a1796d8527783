"""Which files were read with a doubt: documents come and go, a file and a way of reading stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.model import Document, Doubt

if TYPE_CHECKING:
    from collections.abc import Iterable

_Way = tuple[str, str, bool]


class Doubts:
    """Collects them from the documents of a stream. Memory: a file's each.

    >>> from compare.model import Decoding
    >>> doubts = Doubts()
    >>> for row in ("1", "2"):
    ...     doubts.add(Document(row, "M�ller", "a.csv", decoding=Decoding("utf-8", replaced=1)))
    >>> doubts.all()
    (Doubt(path='a.csv', first='1', documents=2, encoding='utf-8', guessed=False, replaced=2, mojibake=0, entities=0),)
    """

    def __init__(self) -> None:
        self._found: dict[_Way, tuple[str, int, tuple[int, ...]]] = {}

    def add(self, document: Document) -> None:
        """Note a document, if it was read with a doubt."""
        if read := document.decoding:
            counts = read.replaced, read.mojibake, read.entities
            self.more([Doubt(document.path, document.id, 1, read.encoding, read.guessed, *counts)])

    def more(self, doubts: Iterable[Doubt]) -> None:
        """Note what was noted elsewhere, of later documents."""
        for doubt in doubts:
            way = doubt.path, doubt.encoding, doubt.guessed
            first, documents, counts = self._found.get(way, (doubt.first, 0, (0, 0, 0)))
            more = doubt.replaced, doubt.mojibake, doubt.entities
            self._found[way] = first, documents + doubt.documents, tuple(map(sum, zip(counts, more, strict=True)))

    def all(self) -> tuple[Doubt, ...]:
        """What was noted, by path."""
        return tuple(
            Doubt(path, first, documents, encoding, guessed, *counts)
            for (path, encoding, guessed), (first, documents, counts) in sorted(self._found.items())
        )


def doubts_of(documents: Iterable[Document]) -> tuple[Doubt, ...]:
    """The doubts of some documents."""
    doubts = Doubts()
    for document in documents:
        doubts.add(document)
    return doubts.all()
