"""Who was first of two texts, from whom the wording is that they share, and what of their heads was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from compare.model import NO_HEAD, HeadChange, HeadPart, Lineage
from compare.origin.first import first_of
from compare.text.tokens import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from compare.model import Document, Head, Match, Tokens


class Prepared(Protocol):
    """What must be known of a text, as `align.prepare.Text` knows it."""

    @property
    def text(self) -> str:
        """The text as it is read."""

    @property
    def tokens(self) -> Tokens:
        """Its tokens."""

    @property
    def quoted(self) -> NDArray[np.bool_]:
        """Which tokens stand inside quotations."""


class Standing(NamedTuple):
    """What the verdict of a pair means for its heads."""

    is_reuse: bool
    is_version: bool
    """Whether one is a version of the other, or of a good part of it: another headline is then a changed one."""


def lineage(
    documents: tuple[Document, Document], texts: tuple[Prepared, Prepared], matches: Sequence[Match], standing: Standing
) -> Lineage:
    """All of it, for a pair that is reuse; for another one who was first."""
    first = first_of(*documents)
    if not standing.is_reuse:
        return Lineage(first.side, first.why)
    from compare.origin.relation import Side, relation_of  # noqa: PLC0415  # most pairs are no reuse

    sides = [
        Side(document, text.text, text.tokens, text.quoted) for document, text in zip(documents, texts, strict=True)
    ]
    related = relation_of(sides[0], sides[1], matches, first)
    changes = tuple(_changes(*documents)) if standing.is_version else ()
    return Lineage(first.side, first.why, related.relation, related.evidence, changes)


def _changes(a: Document, b: Document) -> Iterator[HeadChange]:
    """Headline, byline and credits that differ; of a headline or byline that one side alone has, nothing is known."""
    for part, name in ((HeadPart.TITLE, "title"), (HeadPart.BYLINE, "author")):
        both = [" ".join(getattr(side, name).split()) for side in (a, b)]
        if all(both) and folded(both[0]) != folded(both[1]):
            yield HeadChange(part, both[0], both[1])
    heads = a.head or NO_HEAD, b.head or NO_HEAD
    gone, new = _named(heads[0], heads[1]), _named(heads[1], heads[0])
    if gone or new:
        yield HeadChange(HeadPart.CREDIT, ", ".join(gone), ", ".join(new))


def _named(head: Head, against: Head) -> list[str]:
    """The agencies that one side names and the other doesn't."""
    return [name for name in head.agencies if name not in against.agencies]
