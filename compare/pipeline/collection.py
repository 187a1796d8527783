"""A collection of documents as columns: what is kept of each text once it has been sketched and let go."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import TYPE_CHECKING, cast

import numpy as np

from compare import kernels
from compare.kernels.columns import PORTION, among, offsets_of
from compare.pipeline.minhash import banding, bucket_keys
from compare.pipeline.saved import append_strings, check_fit, column_of, rows_of, texts_of, values_at
from compare.pipeline.spelling import Spelling, length_of
from compare.pipeline.valued import are_numeric, instants
from compare.sources.order import in_order
from compare.text.letters import ANY_LENGTH, packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Engine, Out, Part
    from compare.pipeline.engines.columns import Column, Values
    from compare.pipeline.spelling import ReadAgain
    from compare.settings import Settings

    U64 = NDArray[np.uint64]
    I32 = NDArray[np.int32]
    I64 = NDArray[np.int64]
    Named = tuple[Sequence[str], Values]
    """Ids and their ranks."""

NOTHING = np.empty(0, np.uint64)
_PIECE = 1 << 16
"""Documents whose keys are counted at a time."""
_SLIM = 1 << 31


@dataclass(frozen=True, slots=True)
class Collection:
    """n documents, numbered in the order read. Texts are not here: they may be larger than memory."""

    ids: Sequence[str]
    rank: Values
    """int32[n]: each document's place among the ids in their order."""
    tokens: Column
    """Token hashes of all documents, or the low halves of them, one after the other ..."""
    bounds: Values
    """... and where each begins: int64[n + 1], or int32 where that is enough (`slim`)."""
    identity: Column
    """uint64[2 n]: of each document a hash of the folded tokens, and of what tokens lose."""
    buckets: Column
    """The bucket of each band of each document, one document after the other ..."""
    bands: int
    """... and so many of each."""
    fingerprints: Column
    fingerprint_bounds: Values
    letters: Spelling
    """The texts, packed, that are short enough to be compared letter by letter."""
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

    def identities(self, documents: I64) -> U64:
        """What is the same of equal documents: uint64[m, 2]."""
        places = 2 * documents.reshape(-1, 1) + np.arange(2)
        return values_at(self.identity, places.ravel()).reshape(-1, 2)

    def are_equal(self, documents: I64, others: I64) -> NDArray[np.bool_]:
        """Which documents have the words and the signs of those beside them."""
        return np.asarray((self.identities(documents) == self.identities(others)).all(axis=1))

    def told_apart(self, documents: I64) -> tuple[U64, ...]:
        """Columns in which twins are alike, beside their length: of some documents."""
        words, signs = self.identities(documents).T
        told = (words, signs) if self.strict else (words,)
        return (*told, self.sides[documents]) if len(self.sides) else told

    @property
    def size(self) -> int:
        """Documents that limits go by."""
        return max(self.total, len(self.ids))

    @property
    def lengths(self) -> I64:
        """Tokens of each document: int64[n]."""
        return np.diff(self.bounds).astype(np.int64, copy=False)

    @property
    def slim(self) -> Collection:
        """The same with bounds in half the memory, where there are fewer than 2³¹ values."""
        return replace(self, bounds=slimmed(self.bounds), fingerprint_bounds=slimmed(self.fingerprint_bounds))

    @property
    def unnamed(self) -> Collection:
        """The same without ids and their order, for those who are sent what is measured of it."""
        return replace(self, ids=cast("Sequence[str]", range(len(self))), rank=self.rank[:0])

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some documents on their way: ids, texts with what is muted blanked out, and what a policy may ask for."""

    ids: list[str]
    texts: list[str]
    published: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    readable: bool = False
    """Whether these texts can be read again, so that they need not be kept letter by letter (`spelling.ReadAgain`)."""


@dataclass(frozen=True, slots=True)
class Sketching:
    """What is kept of texts."""

    settings: Settings
    narrow: bool = False
    """Whether low halves of token hashes do: where shingles are made of them, half the memory."""
    again: bool = False
    """Whether texts that are `readable` are not kept letter by letter."""
    whole: bool = False
    """Whether texts are kept as they are."""


@dataclass(frozen=True, slots=True)
class _Sketch:
    batch: Batch
    sketched: kernels.Sketched
    buckets: U64
    letters: tuple[U64, I64]
    """Packed, and how many numbers each text takes."""


def sketch_part(batches: Iterable[Batch], engine: Engine, how: Sketching, out: Out) -> None:
    """Put out what is kept of the texts of a part, which go batch by batch."""
    numeric = True
    for sketch in engine.map(partial(_sketch, how=how), batches):
        batch, sketched = sketch.batch, sketch.sketched
        tokens = sketched.tokens.astype(np.uint32) if how.narrow else sketched.tokens
        out.append("tokens", tokens)
        out.append("tokens.lengths", np.diff(sketched.token_offsets))
        out.append("fingerprints", sketched.fingerprints)
        out.append("fingerprints.lengths", np.diff(sketched.fingerprint_offsets))
        out.append("identity", sketched.identity.ravel())
        out.append("buckets", sketch.buckets.ravel())
        out.append("letters", sketch.letters[0])
        out.append("letters.lengths", sketch.letters[1])
        out.append("readable", np.full(len(batch.ids), batch.readable))
        out.append("instants", instants(batch.published))
        append_strings(out, "ids", batch.ids)
        append_strings(out, "values", batch.values)
        numeric = numeric and are_numeric(batch.values)
        if how.whole:
            whole, lengths = packed(batch.texts, ANY_LENGTH)
            out.append("texts", whole)
            out.append("texts.lengths", lengths)
        out.tell(len(batch.ids))
    out.note("numeric", numeric)


def _sketch(batch: Batch, how: Sketching) -> _Sketch:
    sketched = kernels.sketch(batch.texts, recipe_of(how.settings))
    buckets, longest = bucket_keys(sketched.signatures, how.settings), how.settings.letters_longest
    if batch.readable and how.again:
        return _Sketch(batch, sketched, buckets, (NOTHING, length_of(batch.texts, longest)))
    return _Sketch(batch, sketched, buckets, packed(batch.texts, longest))


def collection_of(parts: Sequence[Part], how: Sketching, named: Named, again: ReadAgain | None = None) -> Collection:
    """The documents of all parts, by their names. `again` reads those texts once more that are `readable`.

    Raises InputError where columns of a part do not fit together, which nobody has written so.
    """
    tokens = rows_of(parts, "tokens", np.uint32 if how.narrow else np.uint64)
    fingerprints, identity = rows_of(parts, "fingerprints"), column_of(parts, "identity")
    lengths, readable = column_of(parts, "letters.lengths", np.int64), column_of(parts, "readable", np.bool_)
    letters = Spelling(column_of(parts, "letters"), lengths, readable, again, how.settings.letters_longest)
    bands = banding(how.settings.lsh_threshold, how.settings.permutations)[0]
    buckets, (ids, rank) = column_of(parts, "buckets"), named
    sizes = {len(tokens[1]) - 1, len(fingerprints[1]) - 1, len(lengths), len(readable), len(identity) / 2}
    check_fit(sizes == {len(ids)} and len(buckets) == bands * len(ids))
    check_fit(all(len(column) == bounds[-1] for column, bounds in (tokens, fingerprints)))
    return Collection(ids, rank, *tokens, identity, buckets, bands, *fingerprints, letters)


def collect(batches: Iterable[Batch], engine: Engine, settings: Settings, *, narrow: bool = False) -> Collection:
    """Sketch a stream of documents, batch by batch; their texts are let go. `narrow` keeps half of each token."""
    how = Sketching(settings, narrow)
    parts = engine.each("sketch", 1, lambda _, out: sketch_part(batches, engine, how, out))
    ids = list(texts_of(parts, "ids"))
    return collection_of(parts, how, (ids, rank_of(ids)))


@cache
def recipe_of(settings: Settings) -> kernels.Recipe:
    """How the settings say that texts are sketched; drawn once."""
    permutations = kernels.permutations(settings.permutations, settings.seed)
    return kernels.Recipe(settings.shingle, settings.window, *permutations)


def rank_of(ids: Sequence[str]) -> Values:
    """Each id's place among the ids in their order (`order.py`): whole numbers as numbers, else by code point.

    >>> rank_of(["b", "c", "a"]).tolist(), rank_of(["10", "9"]).tolist()
    ([1, 2, 0], [1, 0])
    """
    rank = np.empty(len(ids), np.int32)
    rank[in_order(ids)] = np.arange(len(ids))
    return rank


@dataclass(frozen=True, slots=True)
class KeyRows:
    """The keys of some documents (ascending) as rows of (key, document). Those of d begin at `bounds[d]`."""

    column: Column
    bounds: Values
    documents: I64

    def _pieces(self) -> Iterator[tuple[I64, I64]]:
        """Some documents at a time, and how many keys each has."""
        for start in range(0, max(len(self.documents), 1), _PIECE):
            part = self.documents[start : start + _PIECE]
            yield part, (self.bounds[part + 1] - self.bounds[part]).astype(np.int64)

    def portions(self) -> Iterator[tuple[U64, I32]]:
        """The rows of some documents at a time."""
        for piece, counts in self._pieces():
            for part in np.split(piece, _ends(counts)):
                keys, offsets, numbers = self.column.rows(self.bounds, part)
                if len(numbers) > len(part):  # some that stand between them are here, too
                    keys = keys[np.repeat(among(numbers, part), np.diff(offsets))]
                yield keys, np.repeat(part.astype(np.int32), self.bounds[part + 1] - self.bounds[part])

    def split(self, count: int) -> Sequence[KeyRows]:
        """The rows of some documents each."""
        return [replace(self, documents=part) for part in np.array_split(self.documents, count)]

    def sizes(self, count: int) -> I32:
        """How many keys each of so many documents has."""
        sizes = np.zeros(count, np.int32)
        for part, counts in self._pieces():
            sizes[part] = counts
        return sizes

    def __len__(self) -> int:
        return sum(int(counts.sum()) for _, counts in self._pieces())


def fingerprint_rows(collection: Collection, documents: I64) -> KeyRows:
    """The fingerprints of some documents."""
    return KeyRows(collection.fingerprints, collection.fingerprint_bounds, documents)


def bucket_rows(collection: Collection, documents: I64) -> KeyRows:
    """The buckets of some documents, as many of each as there are bands."""
    bounds = slimmed(np.arange(len(collection) + 1) * collection.bands)
    return KeyRows(collection.buckets, bounds, documents)


def slimmed(bounds: Values) -> Values:
    """The same numbers, ascending, as int32 where they all are."""
    return bounds.astype(np.int32) if bounds[-1] < _SLIM else bounds


def _ends(counts: I64) -> I64:
    """Where to part documents that hold so many rows, so that each part has about a portion of them."""
    return np.flatnonzero(np.diff(np.cumsum(counts) // PORTION)) + 1


def portions(documents: I64) -> list[I64]:
    """Documents in portions whose texts fit in memory."""
    return np.array_split(documents, len(documents) // 4096 + 1)


def tokens_of(collection: Collection, documents: I64) -> tuple[U64, I64]:
    """The tokens of some documents, in the order given, as a flat column with offsets."""
    wanted, back = np.unique(documents, return_inverse=True)
    column, offsets, numbers = collection.tokens.rows(collection.bounds, wanted)
    place = np.searchsorted(numbers, wanted)[back]
    lengths = np.diff(offsets)[place]
    if len(documents) == len(wanted) and (np.diff(documents) > 0).all():  # as they stand, but for those between them
        return column[np.repeat(among(numbers, wanted), np.diff(offsets))], offsets_of(lengths)
    result, bounds = np.empty(int(lengths.sum()), column.dtype), offsets_of(lengths)
    for start, size, at in zip(offsets[place].tolist(), lengths.tolist(), bounds[:-1].tolist(), strict=True):
        result[at : at + size] = column[start : start + size]
    return result, bounds
