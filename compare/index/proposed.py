"""What new texts may fall for, by the keys that they share with others: pure, for thousands of texts at once."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.kernels.columns import among, changes, offsets_of, within
from compare.pipeline.minhash import banding
from compare.pipeline.relations.limits import IN_LARGER, IN_SMALLER, least_shared

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.index.postings import Postings
    from compare.index.prepare import Sketches
    from compare.settings import Settings

    I64 = NDArray[np.int64]
    F64 = NDArray[np.float64]

COMMON_SHARE = 0.75
"""Share of a text's fingerprints that may be common before these propose too."""
ROWS = 1 << 22
"""Rows of (text, holder) that are counted together; a text alone may have more."""
BUCKET = 50
"""Holders of a bucket that are looked at: one that a text falls for is enough."""
LEAST_WORDS, ALIKE_WORDS = 0.6, 0.75
"""Words of a source over those of a text that may fall for it; and of the shorter over those of the longer where one is
no part of the other."""


class Proposed(NamedTuple):
    """Texts, what may hold each, and how many of its fingerprints that seems to share: columns."""

    texts: I64
    sources: I64
    strength: F64

    def rows(self, chosen: NDArray[np.generic]) -> Proposed:
        """Some of them."""
        return Proposed(self.texts[chosen], self.sources[chosen], self.strength[chosen])


def by_fingerprints(new: Sketches, postings: Postings, limits: tuple[int, int]) -> tuple[Proposed, I64]:
    """Holders that share so many fingerprints with a text that it may fall for them; and how many of its own are asked.

    `limits` are holders above which a key is common, and above which it proposes nothing. What is common proposes only
    for texts that have little else.
    """
    own = np.diff(new.bounds)
    owners = np.repeat(np.arange(len(own)), own)
    place = np.minimum(np.searchsorted(postings.keys, new.fingerprints), max(len(postings.keys) - 1, 0))
    counts = np.zeros(len(owners), np.int64)
    if len(postings.keys):
        counts = np.where(postings.keys[place] == new.fingerprints, postings.counts[place], 0)
    has_more = np.bincount(owners, counts > limits[0], len(own)) <= COMMON_SHARE * own
    asked = counts <= np.where(has_more[owners], *limits)
    own = np.bincount(owners[asked], minlength=len(own))
    there = np.flatnonzero(asked & (counts > 0))
    owners, place = owners[there], place[there]
    parts = [_counted(owners[part], place[part], postings) for part in _parts(owners, postings.counts[place])]
    proposed = _together(parts)
    return proposed.rows(proposed.strength >= least_shared(own[proposed.texts], IN_LARGER)), own


def drowned(new: Sketches, postings: Postings, ceiling: int, share: float) -> I64:
    """The texts of whose fingerprints more than a share is above the ceiling: their copies are told by their bands."""
    counts = np.diff(new.bounds)
    above = among(new.fingerprints, postings.keys[postings.counts > ceiling])
    return np.flatnonzero(np.bincount(np.repeat(np.arange(len(counts)), counts), above, len(counts)) > share * counts)


def most_in_a_bucket(new: Sketches, buckets: Postings) -> I64:
    """How many holders the largest bucket of each text has: about so many copies there are."""
    if not len(buckets.keys):
        return np.zeros(len(new.identities), np.int64)
    place = np.minimum(np.searchsorted(buckets.keys, new.buckets), len(buckets.keys) - 1)
    sizes = np.where(buckets.keys[place] == new.buckets, buckets.counts[place], 0)
    return np.asarray(sizes.max(axis=1, initial=0), np.int64)


def by_words(proposed: Proposed, new: Sketches, words: I64, asked: I64) -> Proposed:
    """Those whose source has words enough.

    `words` are those of each source, `asked` how many fingerprints of each text are not common: its own words are as
    many fewer.
    """
    prints = np.maximum(np.diff(new.bounds), 1)
    own = (np.array([tokens for _, tokens in new.identities], np.int64) * asked / prints)[proposed.texts]
    prints = asked[proposed.texts]
    is_part = proposed.strength >= least_shared(prints, IN_SMALLER)
    return proposed.rows((words >= LEAST_WORDS * own) & (is_part | (ALIKE_WORDS * words <= own)))


def _parts(owners: I64, counts: I64) -> list[slice]:
    """Rows of texts that have about `ROWS` holders together; no text is cut."""
    if not len(owners):
        return []
    number = np.cumsum(counts) // ROWS
    starts = changes(owners)
    number = number[np.flatnonzero(starts)][np.cumsum(starts) - 1]
    return [slice(*bounds) for bounds in pairwise([*np.flatnonzero(changes(number)).tolist(), len(owners)])]


def _counted(owners: I64, places: I64, postings: Postings) -> Proposed:
    """How often each text meets each holder of some keys."""
    part = postings.chosen(places)
    codes = np.sort(np.repeat(owners, part.counts) << 32 | part.numbers)
    starts = np.flatnonzero(changes(codes))
    times = np.diff(starts, append=len(codes))
    codes = codes[starts]
    return Proposed(codes >> 32, codes & (1 << 32) - 1, times.astype(np.float64))


def by_buckets(new: Sketches, buckets: Postings, settings: Settings) -> Proposed:
    """Holders in a bucket of a text, with the fingerprints that they share by what their bands say."""
    worded = np.array([tokens > 0 for _, tokens in new.identities], bool)
    texts = np.flatnonzero(worded)
    owners, keys = np.repeat(texts, new.buckets.shape[1]), new.buckets[texts].ravel()
    place = np.minimum(np.searchsorted(buckets.keys, keys), max(len(buckets.keys) - 1, 0))
    there = buckets.keys[place] == keys if len(buckets.keys) else np.zeros(len(keys), bool)
    few = _first_holders(buckets)
    met = _together([_counted(owners[there], place[there], few)] if there.any() else [])
    bands, height = banding(settings.lsh_threshold, settings.permutations)
    own = np.diff(new.bounds)[met.texts]
    return met._replace(strength=np.minimum(met.strength / bands, 1.0) ** (1 / height) * own)


def _first_holders(buckets: Postings) -> Postings:
    """The first holders of each key, so many as are looked at."""
    counts = np.minimum(buckets.counts, BUCKET)
    starts = offsets_of(buckets.counts)[:-1]
    return buckets._replace(counts=counts, numbers=buckets.numbers[np.repeat(starts, counts) + within(counts)])


def _together(parts: list[Proposed]) -> Proposed:
    nothing = np.empty(0, np.int64)
    return Proposed(*map(np.concatenate, zip(Proposed(nothing, nothing, nothing.astype(float)), *parts, strict=True)))


def strongest(parts: list[Proposed], ties: tuple[I64, I64], most: int) -> Proposed:
    """Of each text the strongest few, each once, strongest first.

    Where they are equal `ties` decide: sources, ascending, and a number for each.
    """
    every = _together(parts)
    every = every.rows(np.lexsort((-every.strength, every.sources, every.texts)))
    every = every.rows(changes(every.texts, every.sources))
    every = every.rows(np.lexsort((ties[1][np.searchsorted(ties[0], every.sources)], -every.strength, every.texts)))
    return every.rows(within(_runs(every.texts)) < most)


def _runs(values: I64) -> I64:
    """The lengths of the runs of equal values."""
    return np.diff(np.flatnonzero(changes(values)), append=len(values))
