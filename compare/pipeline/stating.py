"""Which facts differ between two documents of a corpus, asked of the pairs that fall and of no other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from msgspec import convert

from compare.align.differing import differing
from compare.align.prepare import prepare
from compare.pipeline.saved import as_noted, some_of
from compare.pipeline.twins import twins_of
from compare.text.tokens import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from compare.align.prepare import Text
    from compare.model import Drift
    from compare.pipeline.clusters import Clusters
    from compare.pipeline.collection import Collection
    from compare.pipeline.engines.base import Engine
    from compare.pipeline.engines.columns import Column

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]

PORTION = 64
"""Pairs that one worker compares at a time."""
LONGEST = 60
"""Characters of a fact that are told."""


class Differing(NamedTuple):
    """What differs between a document that falls and the one that it falls to."""

    facts: int
    """How many surely differ."""
    what: str = ""
    """Of the first of them, what it is, ..."""
    kept: str = ""
    """... its words in the one that stays, ..."""
    fallen: str = ""
    """... and in the one that falls."""

    def turned(self) -> Differing:
        """The same from the other side."""
        return Differing(self.facts, self.what, self.fallen, self.kept)


@dataclass(frozen=True, slots=True)
class FactsCompared:
    """What differs where a document of a corpus falls, or would but for that."""

    fallen: dict[str, Differing]
    """By the id of each document that falls."""
    pairs: list[Differing | None]
    """Of each pair of the corpus, its first side as the one that stays; None where neither was to fall to the other."""
    compared: int
    """Pairs of texts that were compared."""
    stayed: int
    """Documents that stay because a fact differs."""

    @property
    def differ(self) -> int:
        """Documents that fall although a fact differs."""
        return sum(answer.facts > 0 for answer in self.fallen.values())


@dataclass(slots=True)
class Statements:
    """The texts of a corpus, on disk where they outgrow memory, and what was asked of them."""

    engine: Engine
    texts: Column
    """Packed, one document after the other ..."""
    bounds: I64
    """... and where each begins: int64[n + 1]."""
    known: dict[tuple[int, int], Differing] = field(default_factory=dict)
    """What differs, by the document that falls and the one that it falls to."""

    def of(self, pairs: I64) -> list[Differing]:
        """What differs in pairs of a document that falls and its keeper, int64[m, 2]. Each is compared once."""
        wanted = [(fallen, kept) for fallen, kept in pairs.tolist()]
        new = sorted(set(wanted) - self.known.keys(), key=itemgetter(1, 0))
        answers = (answer for part in self.engine.map(_compared, self._portions(new)) for answer in part)
        self.known.update(zip(new, answers, strict=True))
        return [self.known[pair] for pair in wanted]

    @property
    def afresh(self) -> Statements:
        """The same of which nothing was asked yet."""
        return replace(self, known={})

    @property
    def learned(self) -> list[list[Any]]:
        """What was asked, for `learn` elsewhere: in JSON, pairs in their order."""
        return [[*pair, *answer] for pair, answer in sorted(self.known.items())]

    def learn(self, learned: object) -> None:
        """Take what was asked elsewhere. Raises InputError where it is none of that."""
        with as_noted():
            rows = convert(learned, list[tuple[int, int, int, str, str, str]])
        self.known.update({(row[0], row[1]): Differing(*row[2:]) for row in rows})

    def _portions(self, pairs: list[tuple[int, int]]) -> Iterator[list[tuple[_Place, _Place]]]:
        """Pairs with their texts, some at a time: read here, since one file has one place to read at."""
        for start in range(0, len(pairs), PORTION):
            part = pairs[start : start + PORTION]
            documents = np.unique(np.array(part, np.int64))
            column, offsets, numbers = self.texts.rows(self.bounds, documents)
            rows = dict(zip(numbers.tolist(), pairwise(offsets.tolist()), strict=True))
            places = {number: _Place(number, column[slice(*rows[number])]) for number in documents.tolist()}
            yield [(places[fallen], places[kept]) for fallen, kept in part]

    def compared(self, collection: Collection, pairs: I64, clusters: Clusters) -> FactsCompared:
        """What differs in each document that falls: asked once of documents that are the same, words and signs."""
        same = twins_of(replace(collection, strict=True)).first
        dropped = clusters.members.documents
        falling = same[np.stack([dropped, clusters.kept[clusters.owners]], axis=1)]
        unlike = falling[:, 0] != falling[:, 1]
        self.of(falling[unlike])
        answers = (self.known.get((fallen, kept), Differing(0)) for fallen, kept in falling.tolist())
        fallen = dict(zip(some_of(collection.ids, dropped), answers, strict=True))
        differ = {place for (place, _), answer in self.known.items() if answer.facts}
        gone = set(falling[:, 0].tolist())
        listed = [_of_pair(a, b, self.known) for a, b in same[pairs].tolist()]
        return FactsCompared(fallen, listed, len(self.known), len(differ - gone))


def _of_pair(a: int, b: int, answers: dict[tuple[int, int], Differing]) -> Differing | None:
    if a == b:
        return Differing(0)
    turned = answers.get((a, b))
    return turned.turned() if turned else answers.get((b, a))


class _Place(NamedTuple):
    number: int
    packed: U64


def _compared(pairs: list[tuple[_Place, _Place]]) -> list[Differing]:
    """What differs in each pair; the one that stays is made ready once for all that fall to it."""
    answers = []
    ready: dict[int, Text] = {}
    for fallen, kept in pairs:
        if kept.number not in ready:
            ready = {kept.number: _prepared(kept)}
        own = _prepared(fallen)
        answers.append(_told(differing(ready[kept.number], own), ready[kept.number].text, own.text))
    return answers


def _prepared(place: _Place) -> Text:
    raw = place.packed.astype("<u8", copy=False).tobytes().rstrip(b"\0")
    with as_noted():
        text = raw.decode("utf-8", "surrogatepass")
    return prepare(clean(text))


def _told(drifts: Sequence[Drift], kept: str, fallen: str) -> Differing:
    if not drifts:
        return Differing(0)
    first = drifts[0]
    return Differing(len(drifts), first.label, _words(kept[slice(*first.a)]), _words(fallen[slice(*first.b)]))


def _words(part: str) -> str:
    words = " ".join(part.split())
    return words if len(words) <= LONGEST else words[:LONGEST].rstrip() + "…"
