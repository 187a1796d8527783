"""Who was first of two texts, from whom the wording is that they share, and what of their heads was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from compare.model import HeadChange, HeadPart, Lineage
from compare.origin.agencies import mentions_of
from compare.origin.first import First, first_of
from compare.origin.lines import last_lines
from compare.origin.tables import pattern
from compare.origin.titles import bare_title, is_kicker
from compare.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from compare.model import Document, Match, Tokens
    from compare.origin.relation import Side


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
    """Whether one is a version of the other, or of a good part of it: a credit may then be gone."""
    is_copy: bool
    """Whether both are nearly one text, or one holds the other: another headline is then a changed one."""


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
    first = _agreed(sides, matches, first)
    changes = [
        *(names_changed(*documents) if standing.is_copy else ()),
        *(_credits(*sides) if standing.is_version else ()),
    ]
    return Lineage(first.side, first.why, related.relation, related.evidence, tuple(changes), related.taker)


def _agreed(sides: Sequence[Side], matches: Sequence[Match], first: First) -> First:
    """Who was first, unless what the texts say of each other speaks against their dates."""
    from compare.origin.relation import relation_of  # noqa: PLC0415  # as above

    if not first.side:
        return first
    earlier, later = sides if first.side == "a" else sides[::-1]
    if later.wholly and not earlier.wholly:
        return First("", f"{first.why}, but the later one is the text of {', '.join(sorted(later.wholly))}")
    if relation_of(sides[0], sides[1], matches, First("", "")).taker == first.side:
        return First("", f"{first.why}, but the earlier one names the other's outlet as its source")
    return first


def names_changed(a: Document, b: Document) -> Iterator[HeadChange]:
    """Headline and byline that differ; of one that one side alone has, nothing is known."""
    for part, name in ((HeadPart.TITLE, "title"), (HeadPart.BYLINE, "author")):
        both = [" ".join(getattr(document, name).split()) for document in (a, b)]
        if all(both) and _letters(both[0]) != _letters(both[1]):
            yield HeadChange(part, both[0], both[1])


def terms_changed(a: Document, b: Document) -> Iterator[HeadChange]:
    """Who supplied the texts, and under which licence, where both say so and name others."""
    agencies = [", ".join(document.agencies) for document in (a, b)]
    if all(agencies) and not {*a.agencies} & {*b.agencies}:
        yield HeadChange(HeadPart.CREDIT, *agencies)
    licences = [" ".join(document.license.split()) for document in (a, b)]
    if all(licences) and licences[0].casefold() != licences[1].casefold():
        yield HeadChange(HeadPart.LICENCE, *licences)


def _letters(words: str) -> bytes:
    """The words of a headline or byline as it is compared, by their hashes: no section, outlet, case and signs."""
    section, _, rest = bare_title(words).partition(": ")
    bare = rest if rest and is_kicker(section) else bare_title(words)
    return tokenize(bare).hashes.tobytes()


def _credits(a: Side, b: Side) -> Iterator[HeadChange]:
    """Agencies that one side alone credits."""
    gone, new = _named(a, b), _named(b, a)
    if gone or new:
        yield HeadChange(HeadPart.CREDIT, ", ".join(gone), ", ".join(new))


def _named(side: Side, against: Side) -> list[str]:
    """The agencies that one side credits, and the other neither names nor signs the text of."""
    sources = {source.name: source for credit in side.head.credits for source in credit.sources}
    missing = [sources[name] for name in side.head.agencies if name not in against.head.agencies and name in sources]
    missing = [source for source in missing if not any(mentions_of(source, against.text))]
    return [source.name for source in missing] if missing and not _is_signed(against.text) else []


def _is_signed(text: str) -> bool:
    """Whether it ends with the line of an agency's desk: "(Reporting by Ana Roth; Editing by Leo Quist)"."""
    return any(pattern("sign_off").search(line.text) for line in last_lines(text, 0))
