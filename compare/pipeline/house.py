"""House style: what one source says in several of its articles that are otherwise unlike, and nobody else says.

Counted by shingles. A passage is a set of shingles that the same articles hold. Articles that share more than this one
passage are versions of each other, or tell of one thing in the same words, and count once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.kernels.columns import among, changes, owners_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from compare.pipeline.collection import Collection
    from compare.settings import Settings

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]

LEAST = 3
"""Articles, unlike but for it, that make a passage house style."""
MOST = 64
"""Articles that may hold a shingle which is looked at here: what more of them hold is common anyway."""
WORDS = 8
"""Words that a passage has at least: "according to a person familiar with the matter" is everybody's style."""
REST = 0.1
"""Share of an article's other shingles that stand in another one too, from which they are versions of one ..."""
FEW = 8
"""... if they are at least so many: a line under both."""
Held = dict[tuple[int, ...], list[int]]
"""Shingles by whether only one source has them (0 or 1), then the documents of a source that hold them."""


def house_style(collection: Collection, sources: Sequence[str], settings: Settings) -> U64:
    """Shingles that are house style of one source, ascending; `sources` says whose each document is, empty if unknown.

    An article whose source is unknown may be anybody's: what stands there, too, is no house style. O(n log n).
    """
    counts = Counter(filter(None, sources))
    if max(counts.values(), default=0) < LEAST:
        return np.empty(0, np.uint64)
    shingled, bounds = kernels.shingles(
        collection.tokens.read(0, len(collection.tokens)), collection.bounds, settings.shingle
    )
    chosen: list[int] = []
    for held in _by_source(shingled, owners_of(bounds), sources):
        chosen += _of_source(held, np.diff(bounds), settings)
    return np.unique(np.array(chosen, np.uint64))


def _by_source(shingled: U64, owners: I64, sources: Sequence[str]) -> list[Held]:
    """What several articles of one source hold, source by source."""
    several = _repeated(shingled)
    rows = np.flatnonzero(among(shingled, several))
    order = np.lexsort((owners[rows], shingled[rows]))
    shingles, holders = shingled[rows][order], owners[rows][order]
    once = changes(shingles, holders)
    shingles, holders = shingles[once], holders[once]
    starts = np.flatnonzero(changes(shingles)).tolist()
    listed, values = holders.tolist(), shingles.tolist()
    found: dict[str, Held] = defaultdict(lambda: defaultdict(list))
    for start, stop in pairwise([*starts, len(listed)]):
        if not 1 < stop - start <= MOST:
            continue
        by_source: dict[str, list[int]] = defaultdict(list)
        for holder in listed[start:stop]:
            by_source[sources[holder]].append(holder)
        alone = len(by_source) == 1
        for source, held in by_source.items():
            if source and len(held) > 1:
                found[source][(alone, *held)].append(values[start])
    return [found[source] for source in sorted(found)]


def _repeated(values: U64) -> U64:
    """The values that stand more than once, ascending, each once."""
    ordered = np.sort(values)
    return np.unique(ordered[1:][ordered[1:] == ordered[:-1]])


def _of_source(held: Held, sizes: I64, settings: Settings) -> Iterator[int]:
    """The house style of one source, shingle by shingle."""
    shared: Counter[tuple[int, int]] = Counter()
    for (_, *holders), shingles in held.items():
        for pair in combinations(holders, 2):
            shared[pair] += len(shingles)
    least = WORDS - settings.shingle + 1
    for (alone, *holders), shingles in held.items():
        if alone and len(holders) >= LEAST and len(shingles) >= least:
            rest = {pair: shared[pair] - len(shingles) for pair in combinations(holders, 2)}
            if _unlike(holders, rest, sizes - len(shingles)) >= LEAST:
                yield from shingles


def _unlike(holders: Sequence[int], rest: dict[tuple[int, int], int], sizes: I64) -> int:
    """How many of some articles are unlike, those that are versions of each other counted once."""
    first = {holder: holder for holder in holders}
    for (a, b), count in rest.items():
        if count >= max(FEW, REST * min(sizes[a], sizes[b])):
            old, new = first[b], first[a]
            first = {holder: new if group == old else group for holder, group in first.items()}
    return len(set(first.values()))
