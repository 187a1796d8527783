"""The measure of PAN's text alignment task: macro precision and recall, granularity, plagdet. Pure; nothing is read.

Potthast, Stein, Barrón-Cedeño & Rosso, *An Evaluation Framework for Plagiarism Detection* (COLING 2010), section 3.
A detection *detects* a case if it overlaps it in both documents. What is not detected so does not count at all.
"""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Range = tuple[int, int]


class Passage(NamedTuple):
    """A case or a detection: half-open ranges of characters in the suspicious document (a) and its source (b)."""

    a_start: int
    a_stop: int
    b_start: int
    b_stop: int

    @property
    def size(self) -> int:
        """Characters of both sides."""
        return self.a_stop - self.a_start + self.b_stop - self.b_start

    def meets(self, other: Passage) -> bool:
        """Whether the two overlap on both sides; that they touch is not enough."""
        return (
            self.a_start < other.a_stop
            and other.a_start < self.a_stop
            and self.b_start < other.b_stop
            and other.b_start < self.b_stop
        )


class Tally(NamedTuple):
    """What one pair of documents adds to the sums that every figure is made of."""

    cases: int = 0
    recall: float = 0.0
    """Sum over the cases of the share of their characters that is detected."""
    detections: int = 0
    precision: float = 0.0
    """Sum over the detections of the share of their characters that stands in cases they detect."""
    detected: int = 0
    """Cases with a detection ..."""
    hits: int = 0
    """... and how many detections these have."""


class Score(NamedTuple):
    """The four figures: three in [0, 1]; granularity is 1 at best."""

    precision: float
    recall: float
    granularity: float
    plagdet: float


def tally(cases: Sequence[Passage], detections: Sequence[Passage]) -> Tally:
    """The sums of one pair of documents.

    >>> tally([Passage(0, 100, 0, 100)], [Passage(0, 50, 0, 100)])
    Tally(cases=1, recall=0.75, detections=1, precision=1.0, detected=1, hits=1)
    """
    hits = [sum(map(case.meets, detections)) for case in cases]
    return Tally(
        len(cases),
        sum(covered(case, detections) for case in cases),
        len(detections),
        sum(covered(found, cases) for found in detections),
        sum(map(bool, hits)),
        sum(hits),
    )


def covered(passage: Passage, others: Iterable[Passage]) -> float:
    """Share of a passage's characters, of both sides, that stand in the union of those others that meet it."""
    meeting = list(filter(passage.meets, others))
    a = union(((other.a_start, other.a_stop) for other in meeting), (passage.a_start, passage.a_stop))
    b = union(((other.b_start, other.b_stop) for other in meeting), (passage.b_start, passage.b_stop))
    return (a + b) / passage.size if meeting else 0.0


def union(ranges: Iterable[Range], within: Range) -> int:
    """Characters of `within` that some range covers.

    >>> union([(0, 4), (2, 6), (9, 20)], (1, 10))
    6
    """
    total, at = 0, within[0]
    for start, stop in sorted(ranges):
        end = min(stop, within[1])
        total += max(0, end - max(start, at))
        at = max(at, end)
    return total


def score(tallies: Iterable[Tally]) -> Score:
    """The figures of many pairs, pooled: each case and each detection weighs the same, however long.

    >>> score([Tally(1, 1.0, 2, 2.0, 1, 2)])
    Score(precision=1.0, recall=1.0, granularity=2.0, plagdet=0.6309297535714575)
    """
    listed = list(tallies)
    return _figures(Tally(*map(sum, zip(*listed, strict=True))) if listed else Tally())


def _figures(sums: Tally) -> Score:
    """Nothing to find and nothing found is perfect, as in the official scorer."""
    if not sums.cases and not sums.detections:
        return Score(1.0, 1.0, 1.0, 1.0)
    precision = sums.precision / sums.detections if sums.detections else 0.0
    recall = sums.recall / sums.cases if sums.cases else 0.0
    granularity = sums.hits / sums.detected if sums.detected else 1.0
    return Score(precision, recall, granularity, plagdet(precision, recall, granularity))


def plagdet(precision: float, recall: float, granularity: float) -> float:
    """F1 / log2(1 + granularity); 0 if nothing is right."""
    if precision + recall == 0:
        return 0.0
    return 2 * precision * recall / (precision + recall) / log2(1 + granularity)


def interval(tallies: Sequence[Tally], resamples: int = 200, seed: int = 1) -> tuple[float, float]:
    """The middle 95 % of plagdet over seeded resamples of the pairs, with replacement (percentile bootstrap)."""
    import numpy as np  # noqa: PLC0415  # the measure itself needs none

    table = np.array(tallies, float).reshape(-1, len(Tally._fields))
    chance = np.random.default_rng(seed)
    drawn = (table[chance.integers(len(table), size=len(table))].sum(axis=0) for _ in range(resamples))
    low, high = np.quantile([_figures(Tally(*sums.tolist())).plagdet for sums in drawn], [0.025, 0.975])
    return float(low), float(high)
