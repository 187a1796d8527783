"""What an engine does: a few relational steps with exact meanings. Everything else is a kernel and never sees one.

Documents are numbers from 0, in the order read. `rank[d]` is a document's place among the sorted ids: wherever an
order matters (a star's centre), it is the rank's, so results never depend on the order of reading. One conformance
suite (`tests/pipeline/engines/`) runs on every engine and asks for identical results.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    U64 = NDArray[np.uint64]
    I32 = NDArray[np.int32]
    I64 = NDArray[np.int64]
    Counted = NDArray[np.integer]

Row = TypeVar("Row")
Result = TypeVar("Result")
Measured = TypeVar("Measured", bound="NDArray[np.number]")
"""A row of numbers a pair."""


NO_CEILING = 1 << 62
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
    frequent_keys: U64
    """Keys with more than `Limits.frequent` holders, one row a holder, ascending ..."""
    frequent_owners: I64
    """... and those holders."""
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


@dataclass(frozen=True, slots=True)
class HeldRows:
    """Rows in memory."""

    keys: U64
    owners: I32

    def portions(self) -> Iterator[tuple[U64, I32]]:
        """All of them."""
        yield self.keys, self.owners

    def __len__(self) -> int:
        return len(self.keys)


class Column(Protocol):
    """Values of documents, of which some are asked for."""

    def rows(self, bounds: I64, documents: I64) -> tuple[U64, I64, I64]:
        """At least the values of some rows (ascending), as a column with offsets and the number of each row of it."""


class Stage(Column, Protocol):
    """A column of a stage's results that may be larger than memory."""

    def append(self, values: U64) -> None:
        """Add values at the end."""

    def read(self, start: int, stop: int, out: U64 | None = None) -> U64:
        """The values of a range, in `out` if it is given."""

    def __len__(self) -> int:
        """How many values there are."""


class Engine(Protocol):
    """The seam between the job (`plan.py`) and where it runs."""

    resources: Resources

    def map(self, verb: Callable[[Row], Result], batches: Iterable[Row]) -> Iterator[Result]:
        """`verb` over each batch, results in the order of the batches."""

    def stage(self, name: str) -> Stage:
        """A new, empty column, saved under a name until the engine is closed."""

    def resume(self, name: str) -> Stage | None:
        """A column that was saved under a name, or none."""

    def pairs_from_buckets(self, rows: Rows, rank: I64, limits: Limits) -> Proposals:
        """Pairs of documents that share a key at least once."""

    def pairs_from_fingerprints(self, rows: Rows, rank: I64, limits: Limits) -> Proposals:
        """Pairs that share enough keys: see `Limits.asked`.

        A document has a key at most once; the smaller document is the one with fewer keys.
        """

    def distinct(self, *pairs: I64) -> I64:
        """The union of some arrays of pairs: the smaller number first, ascending, each once."""

    def join(self, tokens: Column, bounds: I64, pairs: I64, verb: Callable[[U64, I64, I64], Measured]) -> Measured:
        """`verb(tokens, offsets, pairs)` with the tokens of the documents of each pair: one row of results a pair.

        Document d has the tokens `bounds[d]` to `bounds[d + 1]`; inside the verb documents are renumbered, and the
        tokens are the verb's own, to write over.
        """

    def components(self, pairs: I64, count: int) -> I64:
        """The smallest number in the connected component of each of `count` documents."""

    def close(self) -> None:
        """Remove everything that was saved."""


def unheard(_stage: str, _steps: int) -> None:
    """Where nobody asks how far the work is."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What an engine may use."""

    workers: int = 1
    memory: int = 256 * 1024 * 1024
    """Bytes of working columns before they go to disk."""
    folder: str | None = None
    """Where temporary files go; the system's folder for them if none."""
    progress: Callable[[str, int], None] = unheard
    """Told which stage begins, and how many steps it has: 0 where that is not known."""
