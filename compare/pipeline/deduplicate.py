"""The duplicates of a corpus, said once: batches of texts in, findings out. No alignment, no files, no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from compare.pipeline.cluster import DUPLICATES, Facts, expanded_clusters, families_of, grouped, policy_of
from compare.pipeline.collection import Collection, Texts, collect
from compare.pipeline.pairs import Counter, Scored, expanded_counts, portions, score, texts_of
from compare.pipeline.repeated import passages
from compare.pipeline.settle import settle
from compare.pipeline.twins import Expanded, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from compare.model import Cluster, Verdict
    from compare.pipeline.against import HeldAgainst
    from compare.pipeline.engines.base import Engine
    from compare.pipeline.score import Overlaps
    from compare.pipeline.spelling import ReadAgain
    from compare.pipeline.stating import FactsCompared, Statements
    from compare.settings import Settings


@dataclass(frozen=True, slots=True)
class Batch:
    """Some documents on their way: ids, texts with what is muted blanked out, and what a policy may ask for."""

    ids: list[str]
    texts: list[str]
    published: list[str]
    values: list[str]
    readable: bool = False
    """Whether these texts can be read again (`spelling.ReadAgain`)."""


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """Duplicates of a corpus, in columns: documents are numbered in the order read."""

    collection: Collection
    pairs: Expanded
    overlaps: Overlaps
    verdicts: NDArray[np.int8]
    """Rank of the verdict of each pair of `pairs`; only those stronger than `distinct` are here."""
    clusters: tuple[Cluster, ...]
    repeated: tuple[tuple[int, tuple[str, ...]], ...]
    """Repeated passages: words, and the ids of the holders."""
    left_out: dict[str, int]
    """What caps left out, with counts."""
    facts: FactsCompared | None = None
    """Which facts differ where a document falls; None if that was not asked."""
    against: HeldAgainst | None = None
    """What was found among other documents; None where there are none."""

    @property
    def dropped_ids(self) -> frozenset[str]:
        """The documents that the policy drops."""
        inside = frozenset(member.id for cluster in self.clusters for member in cluster.members if member.dropped)
        return inside if self.against is None else inside | self.against.fallen


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


@dataclass(frozen=True, slots=True)
class Noted:
    """What is kept of batches that go by."""

    published: list[str]
    values: list[str]
    statements: Statements | None
    """What the texts state, where facts are asked for."""

    @classmethod
    def of(cls, keeping: Keeping, engine: Engine) -> Noted:
        """Nothing yet."""
        if not (keeping.facts or keeping.different_stay):
            return cls([], [], None)
        from compare.pipeline.stating import Statements  # noqa: PLC0415  # the aligner, where facts are asked for

        return cls([], [], Statements.on(engine))

    def through(self, batches: Iterable[Batch]) -> Iterator[Texts]:
        """The texts of batches, the rest of them noted."""
        for batch in batches:
            self.published.extend(batch.published)
            self.values.extend(batch.values)
            if self.statements is not None:
                self.statements.append(batch.texts)
            yield Texts(batch.ids, batch.texts, batch.readable)


def deduplicate_batches(
    batches: Iterable[Batch], settings: Settings, engine: Engine, keeping: Keeping, again: ReadAgain | None = None
) -> Deduplicated:
    """Exact, near and partial duplicates of a stream of documents. Texts are let go batch by batch.

    `again` reads those texts once more that are `readable`.
    """
    noted = Noted.of(keeping, engine)
    statements = noted.statements
    collection = collect(noted.through(batches), engine, settings, narrow=True, again=again)
    collection = replace(collection, strict=keeping.different_stay, falling=not keeping.derived)
    scored = score(collection, engine, settings)
    counter = Counter(collection, engine, settings, statements if keeping.different_stay else None)
    engine.resources.progress("choosing", 0)
    families = families_of(scored, engine, keeping.drop)
    policy = policy_of(
        keeping.keep, Facts(collection.rank, collection.lengths, noted.published, noted.values, families)
    )
    fallen = settle(scored, policy, counter, keeping.drop)
    clusters = expanded_clusters(fallen, policy, collection, scored.twins, keeping.drop)
    pairs = expand(scored.pairs, scored.twins, collection.rank, settings.twin_pairs)
    overlaps, ranks = expanded_counts(pairs, scored, counter)
    return Deduplicated(
        collection, pairs, overlaps, ranks, clusters,
        tuple(repeated_ids(collection, scored, settings)),
        {**scored.left_out, "twin_pairs": pairs.left_out},
        None if statements is None else statements.compared(collection, pairs.pairs, clusters),
    )  # fmt: skip


def repeated_ids(collection: Collection, scored: Scored, settings: Settings) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Repeated passages, with the ids of all that hold them: twins are found by the text that stands for them."""
    holders = scored.common.holders[np.argsort(collection.rank[scored.common.holders])]
    groups = grouped(scored.twins.first)
    texts = (texts_of(collection, part) for part in portions(holders))
    for runs in passages(texts, scored.common.shingles, settings):
        words = max(run.stop - run.start for run in runs)
        firsts = holders[[run.document for run in runs]].tolist()
        listed = [document for first in firsts for document in groups.get(first, [first])]
        yield words, tuple(collection.ids[document] for document in sorted(listed, key=collection.rank.__getitem__))
