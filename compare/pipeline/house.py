"""House style: what one source says in several of its articles that are otherwise unlike, and nobody else says.

Counted by shingles. A passage is a set of shingles that the same articles hold. Articles that share more than this one
passage are versions of each other, or tell of one thing in the same words, and count once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.align.marks.furniture import any_of
from compare.kernels.columns import among, changes, owners_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from compare.pipeline.collection import Collection
    from compare.settings import Settings

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]

_WORDS = re.compile(r"\w+")
LEAST = 3
"""Articles, unlike but for it, that make a passage house style."""
MOST = 64
"""Articles that may hold a shingle which is looked at here: what more of them hold is common anyway."""
WORDS = 8
"""Words that a passage has at least: "according to a person familiar with the matter" is everybody's style."""
LONGEST = 200
"""Words that it has at most: what is longer is a piece of an article, however often it was printed."""
SHARE = 2 / 3
"""Share of an article from which a passage is the article: those that have little else count once, too."""
REST = 0.1
"""Share of an article's other shingles that stand in another one too, from which they are versions of one ..."""
FEW = 8
"""... if they are at least so many: a line under both."""
Held = dict[tuple[int, ...], list[int]]
"""Shingles by whether only one source has them (0 or 1), then the documents of a source that hold them."""


def outlet(source: str) -> str:
    """A source without what tells one part of it from another, so that these are one.

    >>> outlet("Eastshore Online News"), outlet("Eastshore – Opinion"), outlet("The News")
    ('eastshore', 'eastshore', 'the news')
    """
    words = _WORDS.findall(source.casefold())
    return " ".join(word for word in words if not any_of("parts", after=r"\Z").match(word)) or " ".join(words)


def house_style(collection: Collection, sources: Sequence[str], settings: Settings) -> U64:
    """Shingles that are house style of one source, ascending; `sources` says whose each document is, empty if unknown.

    An article whose source is unknown may be anybody's: what stands there, too, is no house style. O(n log n).
    """
    sources = [outlet(source) for source in sources]
    counts = Counter(filter(None, sources))
    if max(counts.values(), default=0) < LEAST:
        return np.empty(0, np.uint64)
    shingled, bounds = kernels.shingles(
        collection.tokens.read(0, len(collection.tokens)), collection.bounds, settings.shingle
    )
    chosen: list[int] = []
    for owned in _by_source(shingled, owners_of(bounds), sources):
        chosen += _of_source(owned, np.diff(bounds), settings)
    return np.unique(np.array(chosen, np.uint64))


def _by_source(shingled: U64, owners: I64, sources: Sequence[str]) -> list[Held]:
    """What several articles of one source hold, source by source."""
    rows = np.flatnonzero(among(shingled, _repeated(shingled)))
    order = np.lexsort((owners[rows], shingled[rows]))
    shingles, holders = shingled[rows][order], owners[rows][order]
    once = changes(shingles, holders)
    shingles, holders = shingles[once], holders[once]
    edges = [*np.flatnonzero(changes(shingles)).tolist(), len(shingles)]
    owned: dict[str, Held] = defaultdict(lambda: defaultdict(list))
    for start, stop in pairwise(edges):
        if 1 < stop - start <= MOST:
            for source, key in _keys(holders[start:stop].tolist(), sources):
                owned[source][key].append(int(shingles[start]))
    return [owned[source] for source in sorted(owned)]


def _keys(holders: list[int], sources: Sequence[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The sources of which several documents hold a shingle, each with the key that it has there."""
    by_source: dict[str, list[int]] = defaultdict(list)
    for holder in holders:
        by_source[sources[holder]].append(holder)
    for source, own in by_source.items():
        if source and len(own) > 1:
            yield source, (len(by_source) == 1, *own)


def _repeated(values: U64) -> U64:
    """The values that stand more than once, ascending, each once."""
    ordered = np.sort(values)
    return np.unique(ordered[1:][ordered[1:] == ordered[:-1]])


def _of_source(owned: Held, sizes: I64, settings: Settings) -> Iterator[int]:
    """The house style of one source, shingle by shingle."""
    shared: Counter[tuple[int, int]] = Counter()
    for (_, *holders), shingles in owned.items():
        for pair in combinations(holders, 2):
            shared[pair] += len(shingles)
    least, most = WORDS - settings.shingle + 1, LONGEST - settings.shingle + 1
    for (alone, *holders), shingles in owned.items():
        size = len(shingles)
        if alone and len(holders) >= LEAST and least <= size <= most:
            rest = {pair: shared[pair] - size for pair in combinations(holders, 2)}
            left = {holder: int(sizes[holder]) - size for holder in holders}
            if _unlike(rest, left, size) >= LEAST:
                yield from shingles


def _unlike(rest: Mapping[tuple[int, int], int], left: Mapping[int, int], size: int) -> int:
    """How many of some articles are unlike, versions of each other counted once.

    `rest` is what two of them share beside a passage of that size, `left` what each has beside it.
    """
    whole = [holder for holder, own in left.items() if size > SHARE * (own + size)]
    first = {holder: whole[0] if holder in whole else holder for holder in left}
    for (a, b), count in rest.items():
        if count >= max(FEW, REST * min(left[a], left[b])):
            old, new = first[b], first[a]
            first = {holder: new if group == old else group for holder, group in first.items()}
    return len(set(first.values()))
