"""Which documents are one family: those that share text with the one that most of it came from, and no weak chain.

A pair points from the document that was there before to the other: as one says itself, by their dates, else from the
one that holds more of the other. Families are gathered around those that others have most from, each with whoever
shares text with it, and whoever has most of its words by way of these. So a digest of five stories is a version in
each of their families, and in none do two of the others meet.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.families.bars import taken
from compare.model import Verdict
from compare.origin.agencies import source_of
from compare.origin.first import date_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from compare.families.bars import Side
    from compare.model import Comparison, Document

ALIKE = 0.05
"""Shares that differ by no more decide nothing: then a date does, or a credit."""
BY_WAY = 0.5
"""Share of a text's words that stand in what another member has of the base's, from which it is of the family too,
though it was not compared with the base itself."""


@dataclass(frozen=True, slots=True)
class Link:
    """A pair that is reuse, with its direction."""

    comparison: Comparison
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """The ids of a family, and its pairs."""

    base: str
    members: tuple[str, ...]
    """Sorted, the base among them."""
    links: tuple[Link, ...]


def gathered(
    documents: Sequence[Document], comparisons: Sequence[Comparison], words: Mapping[str, int]
) -> list[Gathered]:
    """The families of some pairs: each pair that is reuse is in one of them. Linear but for large stars."""
    direction = Direction.of(documents, words)
    links = [_link(pair, direction) for pair in comparisons if pair.verdict.is_reuse]
    around = _Around(links, words)
    families = (around.take(base) for base in _order(links, direction.published))
    return [family for family in families if family]


def _is_agency(document: Document) -> bool:
    source = source_of(document.source) if document.source else None
    return bool(source and source.kind.is_wire)


class Direction(NamedTuple):
    """What is known of documents, by their ids, to say which of two was there before."""

    published: Mapping[str, str]
    agencies: AbstractSet[str]
    words: Mapping[str, int]

    @classmethod
    def of(cls, documents: Sequence[Document], words: Mapping[str, int]) -> Direction:
        """From some documents, and the number of words of each."""
        published = {document.id: date_of(document) for document in documents}
        return cls(published, frozenset(document.id for document in documents if _is_agency(document)), words)

    def before(self, pair: Comparison) -> Side:
        """The side that was there before: by dates that are sure, by its words, else by what is likeliest."""
        if pair.first:
            return "b" if pair.first == "b" else "a"
        if pair.taker:
            return "b" if pair.taker == pair.a else "a"
        return self._likely(pair)

    def _likely(self, pair: Comparison) -> Side:
        """The agency of two, else the earlier date, else what clearly holds more, else has a date, else more words."""
        is_wire = pair.a in self.agencies, pair.b in self.agencies
        if is_wire[0] != is_wire[1]:
            return "a" if is_wire[0] else "b"
        dates = self.published.get(pair.a, ""), self.published.get(pair.b, "")
        if all(dates) and dates[0] != dates[1]:
            return "a" if dates[0] < dates[1] else "b"
        shares = share_of(pair, pair.a), share_of(pair, pair.b)
        if abs(shares[0] - shares[1]) > ALIKE:
            return "a" if shares[0] < shares[1] else "b"
        rank_a, rank_b = (
            (not date, -self.words.get(name, 0)) for date, name in zip(dates, (pair.a, pair.b), strict=True)
        )
        return "b" if rank_b < rank_a else "a"


def _link(pair: Comparison, direction: Direction) -> Link:
    return Link(pair, pair.b, pair.a) if direction.before(pair) == "b" else Link(pair, pair.a, pair.b)


def share_of(pair: Comparison, name: str) -> float:
    """How much of a document of a pair is reused."""
    if pair.verdict is Verdict.IDENTICAL:
        return 1.0
    return pair.reused_a if pair.a == name else pair.reused_b


def _order(links: Sequence[Link], published: Mapping[str, str]) -> list[str]:
    """The documents from which others may have something, those first from which they have most."""
    given: dict[str, float] = defaultdict(float)
    for link in links:
        given[link.before] += share_of(link.comparison, link.after)
    return sorted(given, key=lambda one: (-round(given[one], 6), published.get(one) or "9999", one))


class _Around:
    """The pairs that are in no family yet."""

    def __init__(self, links: Sequence[Link], words: Mapping[str, int]) -> None:
        self._words = words
        self._left: dict[frozenset[str], Link] = {}
        self._links: dict[str, dict[str, Link]] = defaultdict(dict)
        for link in links:
            self._left[frozenset((link.before, link.after))] = link
            self._links[link.before][link.after] = link
            self._links[link.after][link.before] = link

    def take(self, base: str) -> Gathered | None:
        """The family around a document, of pairs that are in none; None if all it gave is in one."""
        near = {name: link for name, link in self._links[base].items() if self._is_left(link)}
        if not any(link.before == base for link in near.values()):
            return None
        members = {base, *near, *self._by_way(base, near)}
        inside = sorted(
            (link for name in members for other, link in self._links[name].items()
             if name < other and other in members and self._is_left(link)),
            key=lambda link: (link.comparison.a, link.comparison.b),
        )  # fmt: skip
        for link in inside:
            del self._left[frozenset((link.before, link.after))]
        return Gathered(base, tuple(sorted(members)), tuple(inside))

    def _is_left(self, link: Link) -> bool:
        return frozenset((link.before, link.after)) in self._left

    def _by_way(self, base: str, near: Mapping[str, Link]) -> Iterator[str]:
        """Documents that have most of their words from what a member near the base shares with it."""
        for name, link in sorted(near.items()):
            own = None
            for other, beyond in self._links[name].items():
                if other == base or other in near or other in self._links[base] or not self._is_left(beyond):
                    continue
                own = self._shared(name, link) if own is None else own
                both = int(np.count_nonzero(own & self._shared(name, beyond)))
                if both >= BY_WAY * max(1, self._words.get(other, 0)):
                    yield other

    def _shared(self, name: str, link: Link) -> np.ndarray:
        pair = link.comparison
        return taken(pair.matches, "a" if pair.a == name else "b", self._words.get(name, 0))
