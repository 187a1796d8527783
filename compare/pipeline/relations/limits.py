"""Which pairs a shared key proposes, and what comes back: keys are buckets, or winnowed fingerprints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from compare.pipeline.relations.held import Held

    U64 = NDArray[np.uint64]
    I32 = NDArray[np.int32]
    I64 = NDArray[np.int64]
    Counted = NDArray[np.integer]

NO_CEILING = 1 << 62
SOME = 1 << 16
"""Documents that are weighed at a time: they stay in the processor's cache."""
SEVERAL = 8
"""Fingerprints in common that are more than one sentence: a run of 40 tokens has eight on average."""
SEVERAL_WITHIN = 10
"""Times as many as the smaller document that the larger one may have there: see `score.KEPT_WITHIN`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When a bucket or a fingerprint proposes pairs, and which of them."""

    cap: int
    """Holders up to which all pairs are proposed; above it, star edges."""
    ceiling: int
    """Holders above which none is, but for stars of documents that are mostly such keys: see `whole_share`."""
    frequent: int
    """Holders above which the rows of a fingerprint are handed back as well."""
    min_shared: int = 1
    min_share: float = 0.0
    long_shared: int = 1
    falling: bool = False
    """Whether a pair must share so many keys that one document of it may fall to the other: see `may_fall`."""
    whole_share: float = 1.0
    """Share of a document's keys that stand above the ceiling from which it is in the stars of those keys: copies of
    one text are told from what they have in common with others."""

    def enough(self, shared: Counted, smaller: Counted) -> NDArray[np.bool_]:
        """Whether pairs share enough keys, given how many the one of each has that has fewer."""
        share = (shared >= self.min_share * smaller) | (shared >= self.long_shared)
        return np.asarray(share & (shared >= np.minimum(self.min_shared, smaller)))

    def asked(self, shared: Counted, sizes: tuple[Counted, Counted]) -> NDArray[np.bool_]:
        """Whether pairs share enough keys for what is asked, given how many each of the two documents has."""
        smaller = np.minimum(*sizes)
        enough = self.enough(shared, smaller)
        if self.falling:
            rows = np.flatnonzero(enough)
            enough[rows] = may_fall(shared[rows], smaller[rows], np.maximum(*sizes)[rows])
        return enough

    def least(self, sizes: Counted) -> I32:
        """How many keys a document with so many shares at the least with a larger one, for a pair that is asked for."""
        parts = (self._least(sizes[start : start + SOME]) for start in range(0, len(sizes), SOME))
        return np.concatenate([np.empty(0, np.int32), *parts])

    def _least(self, sizes: Counted) -> I32:
        least = np.maximum(np.minimum(np.floor(self.min_share * sizes), self.long_shared), self.min_shared)
        if self.falling:
            falls = np.minimum(least_shared(sizes, IN_LARGER), least_shared(sizes, IN_SMALLER))
            least = np.maximum(least, np.minimum(np.floor(falls), SEVERAL))
        return np.asarray(np.minimum(least, sizes), np.int32)

    def without_ceiling(self) -> Limits:
        """The same for keys of whole texts, such as buckets: none of them is boilerplate."""
        return replace(self, ceiling=NO_CEILING)


IN_LARGER, IN_SMALLER = (0.25, 0.6), (0.5, 0.75)
"""Share of the fingerprints that a duplicate has of the other, and what chance may take from it: of one in which edits
stand all over, and of what stands in a longer text."""


def least_shared(count: Counted | NDArray[np.float64], bound: tuple[float, float]) -> NDArray[np.float64]:
    """How many of so many fingerprints a duplicate has at the least: the share of a sample of n, less some √n.

    >>> least_shared(np.array([16, 100]), IN_SMALLER).tolist()
    [5.0, 42.5]
    """
    share, slack = bound
    return np.asarray(share * count - slack * np.sqrt(count), np.float64)


def may_fall(shared: Counted, smaller: Counted, larger: Counted) -> NDArray[np.bool_]:
    """Whether pairs that share some of their winnowed fingerprints can be duplicates of each other.

    The share of shingles in common that makes a duplicate, less what chance may take from it: a sample of n leaves out
    more than √n seldom. Copies with edits all over share a quarter of the larger one's; what stands in another text
    half of its own. Where something stands between all words (page numbers, misread letters) few are left of either,
    but more than the `SEVERAL` that a sentence in common has. Of 21,058 pairs of duplicates in 500 made collections
    243 share less, of 7,130 among 100,000 made documents one.

    >>> smaller, larger = np.array([20, 40, 50, 50, 50]), np.array([20, 40, 100, 100, 1000])
    >>> may_fall(np.array([3, 3, 7, 8, 8]), smaller, larger).tolist()
    [True, False, False, True, False]
    """
    alike = shared >= least_shared(larger, IN_LARGER)
    within = shared >= least_shared(smaller, IN_SMALLER)
    several = (shared >= SEVERAL) & (larger <= SEVERAL_WITHIN * smaller)
    return np.asarray(alike | within | several)


@dataclass(frozen=True, slots=True)
class Proposals:
    """Candidate pairs, and what stands beside them."""

    pairs: I64
    """int64[m, 2], the smaller number first, ascending, each once."""
    shared: I64
    """Keys that each pair shares: exact below the cap, a lower bound where stars stand for cliques."""
    frequent: Held
    """Keys with more than `Limits.frequent` holders."""
    left_out: int
    """Keys above the ceiling that did not propose all of their holders."""
    starred: int
    """Other keys above the cap, which proposed star edges."""


class Rows(Protocol):
    """Rows of (key, document), which may be more than memory holds. A document has a key at most once."""

    def portions(self) -> Iterator[tuple[U64, I32]]:
        """The rows, some at a time, from the first one whenever this is asked."""

    def __len__(self) -> int:
        """How many rows there are."""

    def split(self, count: int) -> Sequence[Rows]:
        """The rows in so many parts, in their order."""

    def sizes(self, count: int) -> I32:
        """How many keys each of so many documents has."""
