"""The duplicates of a corpus, said once: batches of texts in, findings out. No alignment, no files, no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Protocol

import numpy as np

from compare.pipeline.clusters import Clusters, clusters_of
from compare.pipeline.collection import Collection, Sketching, collection_of, portions, sketch_part, tokens_of
from compare.pipeline.ordering import ordered
from compare.pipeline.pairs import Counter, Scored, expanded_counts, score
from compare.pipeline.policy import DUPLICATES, Facts, KeepPolicy, joined_of
from compare.pipeline.repeated import occurrences_in, passages_of
from compare.pipeline.saved import as_noted, check_fit, column_of, held, rows_of, some_of, texts_of
from compare.pipeline.settle import settle
from compare.pipeline.twins import Expanded, Groups, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from compare.model import Cluster, Verdict
    from compare.pipeline.against import HeldAgainst
    from compare.pipeline.collection import Batch
    from compare.pipeline.engines.base import Engine, Out, Part
    from compare.pipeline.engines.columns import Column
    from compare.pipeline.ordering import Ordered
    from compare.pipeline.policy import Joined
    from compare.pipeline.saved import Texts
    from compare.pipeline.score import Overlaps
    from compare.pipeline.spelling import ReadAgain
    from compare.pipeline.stating import FactsCompared, Statements
    from compare.settings import Settings


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """Duplicates of a corpus, in columns: documents are numbered in the order read."""

    collection: Collection
    pairs: Expanded
    overlaps: Overlaps
    verdicts: NDArray[np.int8]
    """Rank of the verdict of each pair of `pairs`; only those stronger than `distinct` are here."""
    groups: Clusters
    repeated: Sequence[tuple[int, tuple[str, ...]]]
    """Repeated passages: words, and the ids of the holders."""
    left_out: dict[str, int]
    """What caps left out, with counts."""
    facts: FactsCompared | None = None
    """Which facts differ where a document falls; None if that was not asked."""
    unique: bool = True
    """Whether no id stands twice."""
    against: HeldAgainst | None = None
    """What was found among other documents; None where there are none."""

    @property
    def dropped_ids(self) -> frozenset[str]:
        """The documents that the policy drops."""
        return frozenset(some_of(self.collection.ids, np.flatnonzero(self.falls)))

    @property
    def falls(self) -> NDArray[np.bool_]:
        """The same as bool[n]."""
        falls = np.zeros(len(self.collection), bool)
        falls[self.groups.members.documents] = True
        if self.against is not None:
            falls[self.against.fallen] = True
        return falls

    @property
    def clusters(self) -> tuple[Cluster, ...]:
        """The clusters, each with all of its members."""
        return tuple(self.groups.told(self.collection.ids))


@dataclass(frozen=True, slots=True)
class Keeping:
    """Which documents fall, and which one of them stays."""

    keep: str = "first"
    drop: frozenset[Verdict] = DUPLICATES
    derived: bool = False
    """Whether pairs are wanted, too, that share text and of which none is a duplicate of the other."""
    facts: bool = False
    """Whether it is told of what falls which facts differ."""
    different_stay: bool = False
    """Whether a document in which a fact surely differs does not fall. Implies `facts`."""
    contains: bool = False
    """Whether what holds one of the documents that a corpus is held against falls for it."""


class Source(Protocol):
    """Where documents come from, in parts that are read apart."""

    def __len__(self) -> int:
        """How many parts there are."""

    def batches(self, part: int, out: Out) -> Iterator[Batch]:
        """The documents of a part; with them goes to `out` whatever the source wants to know when all is read."""

    def read(self, parts: Sequence[Part]) -> ReadAgain | None:
        """Take what was put out. Who reads `readable` texts again, if there is someone."""


@dataclass(frozen=True, slots=True)
class InOnePart:
    """A stream of documents."""

    stream: Iterable[Batch]

    def __len__(self) -> int:
        return 1

    def batches(self, _part: int, _out: Out) -> Iterator[Batch]:
        """All of them."""
        yield from self.stream

    def read(self, _parts: Sequence[Part]) -> None:
        """Nothing was put out."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What is kept of documents beside a collection."""

    order: Ordered
    """Of the first source ..."""
    ids: Sequence[str]
    """... and its ids."""
    instants: Column
    """When each was published."""
    values: Texts
    numeric: bool
    """Whether all of these are numbers."""
    statements: Statements | None
    """What the texts state, where facts are asked for."""

    def policy(self, keep: str, collection: Collection, joined: Joined) -> KeepPolicy:
        """The policy of a name, given which documents may fall to each other."""
        facts = Facts(collection.rank, collection.bounds, self.instants, self.values, self.numeric, joined)
        return KeepPolicy(keep, facts)


def gathered(
    sources: Sequence[Source], settings: Settings, engine: Engine, keeping: Keeping
) -> tuple[Collection, Noted]:
    """The documents of some sources, one after the other, as a collection, with what a policy may ask of them.

    Raises InputError as the sources do, and where what is saved of an earlier run is of no use.
    """
    facts = keeping.facts or keeping.different_stay
    how = Sketching(settings, narrow=True, again=len(sources) == 1, whole=facts)
    places = [(source, part) for source in sources for part in range(len(source))]

    def verb(number: int, out: Out) -> None:
        source, part = places[number]
        sketch_part(source.batches(part, out), engine, how, out)

    parts, again, at = engine.each("sketch", len(places), verb), None, 0
    for source in sources:
        again = source.read(parts[at : at + len(source)])
        at += len(source)
    ids = texts_of(parts, "ids")
    orders = [ordered(texts_of(some, "ids"), engine) for some in _by_source(parts, sources)]
    collection = collection_of(parts, how, (held(ids), _ranks(orders)), again if how.again else None)
    collection = replace(collection.slim, strict=keeping.different_stay, falling=not keeping.derived)
    instants, values = column_of(parts, "instants", np.int64), texts_of(parts, "values")
    check_fit(len(instants) == len(values) == len(collection))
    with as_noted():
        numeric = all(bool(part.facts["numeric"]) for part in parts)
    statements = _statements(parts, engine, len(collection)) if facts else None
    return collection, Noted(
        orders[0], held(texts_of(parts[: len(sources[0])], "ids")), instants, values, numeric, statements
    )


def _by_source(parts: Sequence[Part], sources: Sequence[Source]) -> Iterator[Sequence[Part]]:
    ends = np.cumsum([0, *map(len, sources)]).tolist()
    return (parts[start:stop] for start, stop in pairwise(ends))


def _ranks(orders: Sequence[Ordered]) -> NDArray[np.int32]:
    """Ranks of all documents: those of the last source come first, each source's own in the order of their ids."""
    if len(orders) == 1:
        return orders[0].rank
    behind = np.cumsum([0, *(len(order.rank) for order in orders[:0:-1])]).tolist()[::-1]
    return np.concatenate([order.rank + np.int32(more) for order, more in zip(orders, behind, strict=True)])


def _statements(parts: Sequence[Part], engine: Engine, documents: int) -> Statements:
    from compare.pipeline.stating import Statements  # noqa: PLC0415  # the aligner, where facts are asked for

    texts, bounds = rows_of(parts, "texts")
    check_fit(len(bounds) - 1 == documents and bounds[-1] == len(texts))
    return Statements(engine, texts, bounds)


def deduplicate_batches(batches: Iterable[Batch], settings: Settings, engine: Engine, keeping: Keeping) -> Deduplicated:
    """Exact, near and partial duplicates of a stream of documents. Texts are let go batch by batch."""
    return deduplicate(InOnePart(batches), settings, engine, keeping)


def deduplicate(source: Source, settings: Settings, engine: Engine, keeping: Keeping) -> Deduplicated:
    """The same of a source with parts."""
    collection, noted = gathered([source], settings, engine, keeping)
    statements = noted.statements
    scored = score(collection, engine, settings)
    counter = Counter(collection, engine, settings, statements if keeping.different_stay else None)
    engine.resources.heard("choose", 0, 0)
    joined = joined_of(scored, keeping.drop)
    policy = noted.policy(keeping.keep, collection, joined)
    fallen = settle(scored, policy, counter, keeping.drop)
    clusters = clusters_of(fallen, policy, collection, scored.twins, keeping.drop)
    pairs = expand(scored.pairs, scored.twins, collection.rank, settings.twin_pairs)
    overlaps, ranks = expanded_counts(pairs, scored, counter)
    return Deduplicated(
        collection, pairs, overlaps, ranks, clusters,
        repeated_ids(collection, scored, engine, settings),
        {**scored.left_out, "twin_pairs": pairs.left_out},
        None if statements is None else statements.compared(collection, pairs.pairs, clusters),
        noted.order.unique,
    )  # fmt: skip


def repeated_ids(
    collection: Collection, scored: Scored, engine: Engine, settings: Settings
) -> list[tuple[int, tuple[str, ...]]]:
    """Repeated passages, with the ids of all that hold them: twins are found by the text that stands for them."""
    shingles, holders = scored.common.shingles, scored.common.holders
    holders = holders[np.argsort(collection.rank[holders])]
    groups = Groups.of(scored.twins, collection.rank)
    found = occurrences_in(portions(holders), partial(tokens_of, collection.unnamed), shingles, (engine, settings))
    words, listed = list[int](), [np.empty(0, np.int64)]
    for runs in passages_of(found, len(shingles), settings):
        words.append(max(run.stop - run.start for run in runs))
        documents, _ = groups.around(holders[[run.document for run in runs]])
        listed.append(documents[np.argsort(collection.rank[documents])])
    names = iter(some_of(collection.ids, np.concatenate(listed)))
    return [(count, tuple(islice(names, len(documents)))) for count, documents in zip(words, listed[1:], strict=True)]
