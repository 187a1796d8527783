"""Passages: seeds that stand near one another on both sides, as rectangles of sentences."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from compare.align.seeds import Seeds

GAP = 4  # sentences without a seed that a passage may hold (measured: 3 to 5 do equally well, 8 costs precision)
_THIN = 0.2  # agreement of a sentence with the other side that makes up for none in the next
_STRONG = 0.6  # share in exact runs of the seeds that may show a passage to be two that crossed
_BLOCK = 20  # tokens of a block that stands for itself when its order differs


@dataclass(frozen=True, slots=True)
class SentenceBox:
    """Sentences `a[0]` to `a[1]` and `b[0]` to `b[1]`, ends included, with their seeds."""

    a: tuple[int, int]
    b: tuple[int, int]
    seeds: Seeds


def passages(seeds: Seeds, length_a: NDArray[np.float64], length_b: NDArray[np.float64]) -> list[SentenceBox]:
    """Clusters of seeds, split where the order of the sides differs, without thin ends.

    `length_a` and `length_b` are the weighed tokens of each sentence.
    """
    parts = [part for cluster in _clusters(seeds) for part in uncrossed(cluster, length_a)]
    return [passage(_dense(_dense(part.seeds, 0, length_a), 1, length_b)) for part in parts]


def cluster_ranges(
    seeds: Seeds, length_a: NDArray[np.float64], length_b: NDArray[np.float64]
) -> Iterator[tuple[int, int, int, int]]:
    """Sentences of a and of b that each cluster spans, half-open, without thin ends."""
    for cluster in _clusters(seeds):
        group = _dense(_dense(cluster, 0, length_a), 1, length_b)
        yield int(group.a.min()), int(group.a.max()) + 1, int(group.b.min()), int(group.b.max()) + 1


def _dense(group: Seeds, side: int, lengths: NDArray[np.float64]) -> Seeds:
    """The seeds of the sentences that agree best in a row: a maximal segment of agreement less _THIN."""
    if len(group.a) == 1:
        return group
    place = (group.a, group.b)[side]
    first = int(place.min())
    score = np.zeros(int(place.max()) - first + 1)
    np.maximum.at(score, place - first, np.maximum(group.cosine, group.run))
    sums = np.concatenate([[0.0], np.cumsum((score - _THIN) * lengths[first : first + len(score)])])
    gain = sums[1:] - np.minimum.accumulate(sums[:-1])
    stop = int(np.argmax(gain)) + 1
    start = int(np.argmin(sums[:stop]))
    return group.only((place >= first + start) & (place < first + stop))


def _clusters(seeds: Seeds) -> list[Seeds]:
    """Groups with no gap on either side greater than GAP: split by turns on a and b until nothing splits."""
    clusters: list[Seeds] = []
    waiting = [(seeds, 0, 0)] if len(seeds.a) else []
    while waiting:
        group, side, settled = waiting.pop()
        parts = _split(group, (group.a, group.b)[side])
        settled = settled + 1 if len(parts) == 1 else 0
        if settled > 1 or len(group.a) == 1:
            clusters.append(group)
        else:
            waiting.extend((part, 1 - side, settled) for part in parts)
    return clusters


def _split(group: Seeds, place: NDArray[np.int64]) -> list[Seeds]:
    if len(place) == 1:
        return [group]
    order = np.argsort(place, kind="stable")
    breaks = np.flatnonzero(np.diff(place[order]) > GAP + 1) + 1
    if not len(breaks):
        return [group]
    edges = [0, *breaks.tolist(), len(order)]
    return [_taken(group, np.sort(order[i:j])) for i, j in pairwise(edges)]


def _taken(group: Seeds, kept: NDArray[np.int64]) -> Seeds:
    flags = np.zeros(len(group.a), dtype=bool)
    flags[kept] = True
    return group.only(flags)


def passage(group: Seeds) -> SentenceBox:
    """The rectangle of sentences that some seeds span."""
    return SentenceBox(
        (int(group.a.min()), int(group.a.max())),
        (int(group.b.min()), int(group.b.max())),
        group,
    )


def uncrossed(group: Seeds, length_a: NDArray[np.float64]) -> list[SentenceBox]:
    """The cluster, or its blocks where strong seeds show that blocks changed places."""
    strong = np.flatnonzero(group.run >= _STRONG)
    if len(strong) < 2:  # noqa: PLR2004  # one seed crosses nothing
        return [passage(group)] if len(group.a) else []
    best = _best_per_row(group, strong)
    rows, columns = group.a[best], group.b[best]
    labels = np.cumsum(np.append(False, np.diff(columns) < 0) | np.append(False, np.diff(columns) > GAP + 1))
    tokens = np.bincount(labels, weights=length_a[rows])
    whole = np.flatnonzero(tokens >= _BLOCK)
    if len(whole) < 2 or not _crosses(columns, labels, whole):  # noqa: PLR2004
        return [passage(group)]
    return [_block(group, rows[labels == label], columns[labels == label]) for label in whole.tolist()]


def _best_per_row(group: Seeds, strong: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each sentence of a its strongest seed."""
    score = group.run[strong]
    order = strong[np.lexsort((group.b[strong], -score, group.a[strong]))]
    first = np.append(True, np.diff(group.a[order]) > 0)
    return np.asarray(order[first], dtype=np.int64)


def _crosses(columns: NDArray[np.int64], labels: NDArray[np.int64], whole: NDArray[np.int64]) -> bool:
    starts = [int(columns[labels == label].min()) for label in whole.tolist()]
    stops = [int(columns[labels == label].max()) for label in whole.tolist()]
    return any(after < before for before, after in zip(stops, starts[1:], strict=False))


def _block(group: Seeds, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> SentenceBox:
    inside = (group.a >= rows.min()) & (group.a <= rows.max()) & (group.b >= columns.min()) & (group.b <= columns.max())
    return passage(group.only(inside))
