"""A collection of documents as columns: what is kept of each text once it has been sketched and let go."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare import kernels
from compare.kernels.columns import PORTION, among, offsets_of
from compare.pipeline.minhash import banding, bucket_keys
from compare.pipeline.spelling import Spelling, length_of
from compare.sources.order import in_order
from compare.text.letters import packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Column, Engine, Stage
    from compare.pipeline.spelling import ReadAgain
    from compare.settings import Settings

    U64 = NDArray[np.uint64]
    I32 = NDArray[np.int32]
    I64 = NDArray[np.int64]

NOTHING = np.empty(0, np.uint64)


@dataclass(frozen=True, slots=True)
class Collection:
    """n documents, numbered in the order read. Texts are not here: they may be larger than memory."""

    ids: list[str]
    rank: I64
    """int64[n]: each document's place among the ids in their order."""
    tokens: Stage
    """Token hashes of all documents, or the low halves of them, one after the other ..."""
    bounds: I64
    """... and where each begins: int64[n + 1]."""
    identity: U64
    """uint64[n, 2]: hash of the folded tokens, and of what tokens lose."""
    buckets: Stage
    """The bucket of each band of each document, one document after the other ..."""
    bands: int
    """... and so many of each."""
    fingerprints: Stage
    fingerprint_bounds: I64
    letters: Column
    """The texts, packed, that are short enough to be compared letter by letter ..."""
    letter_bounds: I64
    total: int = 0
    """Documents of the whole that these are a part of: what an index holds beside them. 0: these are all."""
    strict: bool = False
    """Whether the same words with other signs (10⁵ and 105) are no twins."""
    sides: U64 = field(default_factory=lambda: np.empty(0, np.uint64))
    """uint64[n]: a label of each document; those of two are no twins. Empty: any may be."""
    falling: bool = False
    """Whether only pairs are asked for of which one document may fall to the other: no others are measured."""
    house: U64 = field(default_factory=lambda: np.empty(0, np.uint64))
    """Shingles that are house style of one source, ascending (`house.py`): common to whoever has them."""

    @property
    def told_apart(self) -> tuple[U64, ...]:
        """Columns in which twins are alike, beside their words."""
        signs = (self.identity[:, 1],) if self.strict else ()
        return (*signs, self.sides) if len(self.sides) else signs

    @property
    def size(self) -> int:
        """Documents that limits go by."""
        return max(self.total, len(self.ids))

    @property
    def lengths(self) -> I64:
        """Tokens of each document."""
        return np.diff(self.bounds)

    def __len__(self) -> int:
        return len(self.ids)


class Texts(NamedTuple):
    """Some documents on their way."""

    ids: list[str]
    texts: list[str]
    readable: bool = False
    """Whether these texts can be read again, so that they need not be kept letter by letter."""


@dataclass(frozen=True, slots=True)
class _Part:
    ids: list[str]
    sketched: kernels.Sketched
    buckets: U64
    letters: U64
    letter_lengths: I64
    readable: bool


def collect(
    batches: Iterable[Texts],
    engine: Engine,
    settings: Settings,
    *,
    narrow: bool = False,
    again: ReadAgain | None = None,
) -> Collection:
    """Sketch batches of texts on an engine. Ids must be unique; texts are let go batch by batch.

    `narrow` keeps the low halves of tokens alone, which is all that shingles are made of: half the memory. `again`
    reads those texts once more that are `readable`.
    """
    recipe = recipe_of(settings)

    def part(batch: Texts) -> _Part:
        sketched = kernels.sketch(batch.texts, recipe)
        buckets = bucket_keys(sketched.signatures, settings)
        is_readable, longest = batch.readable and again is not None, settings.letters_longest
        letters = (NOTHING, length_of(batch.texts, longest)) if is_readable else packed(batch.texts, longest)
        return _Part(batch.ids, sketched, buckets, *letters, is_readable)

    names = "tokens", "fingerprints", "buckets", "letters"
    tokens, fingerprints, buckets, letters = (engine.stage(name) for name in names)
    ids: list[str] = []
    readable = [np.empty(0, bool)]
    lengths, counted, spelled = ([np.empty(0, np.int64)] for _ in range(3))
    identity = [np.empty((0, 2), np.uint64)]
    for piece in engine.map(part, batches):
        ids += piece.ids
        sketches = piece.sketched
        tokens.append(sketches.tokens.astype(np.uint32) if narrow else sketches.tokens)
        fingerprints.append(sketches.fingerprints)
        lengths.append(np.diff(sketches.token_offsets))
        counted.append(np.diff(sketches.fingerprint_offsets))
        letters.append(piece.letters)
        spelled.append(piece.letter_lengths)
        readable.append(np.full(len(piece.ids), piece.readable))
        identity.append(sketches.identity)
        buckets.append(piece.buckets.ravel())
    bounds = [offsets_of(np.concatenate(counts)) for counts in (lengths, counted, spelled)]
    spelling: Column = letters
    if again is not None:
        kept = np.where(np.concatenate(readable), 0, np.diff(bounds[2]))
        spelling = Spelling(letters, offsets_of(kept), np.concatenate(readable), again, settings.letters_longest)
    bands = banding(settings.lsh_threshold, settings.permutations)[0]
    return Collection(
        ids, rank_of(ids), tokens, bounds[0], np.concatenate(identity), buckets, bands, fingerprints, bounds[1],
        spelling, bounds[2],
    )  # fmt: skip


@cache
def recipe_of(settings: Settings) -> kernels.Recipe:
    """How the settings say that texts are sketched; drawn once."""
    permutations = kernels.permutations(settings.permutations, settings.seed)
    return kernels.Recipe(settings.shingle, settings.window, *permutations)


def rank_of(ids: list[str]) -> I64:
    """Each id's place among the ids in their order (`order.py`): whole numbers as numbers, else by code point.

    >>> rank_of(["b", "c", "a"]).tolist(), rank_of(["10", "9"]).tolist()
    ([1, 2, 0], [1, 0])
    """
    rank = np.empty(len(ids), np.int64)
    rank[in_order(ids)] = np.arange(len(ids))
    return rank


@dataclass(frozen=True, slots=True)
class FingerprintRows:
    """The fingerprints of some documents (ascending) as rows of (key, document)."""

    collection: Collection
    documents: I64

    def portions(self) -> Iterator[tuple[U64, I32]]:
        """The rows of some documents at a time."""
        counts = np.diff(self.collection.fingerprint_bounds)
        for part in np.split(self.documents, _ends(counts[self.documents])):
            keys, _, numbers = self.collection.fingerprints.rows(self.collection.fingerprint_bounds, part)
            if len(numbers) > len(part):  # some that stand between them are here, too
                keys = keys[np.repeat(among(numbers, part), counts[numbers])]
            yield keys, np.repeat(part.astype(np.int32), counts[part])

    def __len__(self) -> int:
        return int(np.diff(self.collection.fingerprint_bounds)[self.documents].sum())


@dataclass(frozen=True, slots=True)
class BucketRows:
    """The buckets of some documents as rows of (key, document)."""

    collection: Collection
    documents: I64

    def portions(self) -> Iterator[tuple[U64, I32]]:
        """The rows of some documents at a time."""
        bands = self.collection.bands
        bounds = np.arange(len(self.collection) + 1) * bands
        for part in np.split(self.documents, _ends(np.full(len(self.documents), bands))):
            keys, _, numbers = self.collection.buckets.rows(bounds, part)
            if len(numbers) > len(part):  # some that stand between them are here, too
                keys = keys[np.repeat(among(numbers, part), bands)]
            yield keys, np.repeat(part.astype(np.int32), bands)

    def __len__(self) -> int:
        return len(self.documents) * self.collection.bands


def _ends(counts: I64) -> I64:
    """Where to part documents that hold so many rows, so that each part has about a portion of them."""
    return np.flatnonzero(np.diff(np.cumsum(counts) // PORTION)) + 1
