"""Whether the neighbours of two texts agree that these report one event: a third report of it is alike to both."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NEUTRAL, FEW = 0.45, 0.3  # support of a pair without neighbours is .05


def supports(pairs: Sequence[tuple[int, int]], likelihoods: Sequence[float]) -> list[float]:
    """Of each pair, how far the others that are near one of its texts are near both, from -.45 up to .55. Linear.

    >>> [round(support, 2) for support in supports([(0, 1), (0, 2), (1, 2), (2, 3)], [0.9, 0.9, 0.9, 0.9])]
    [0.35, 0.05, 0.05, -0.33]
    """
    near: dict[int, dict[int, float]] = {}
    for (a, b), likelihood in zip(pairs, likelihoods, strict=True):
        near.setdefault(a, {})[b] = likelihood
        near.setdefault(b, {})[a] = likelihood
    return [_support(near[a], near[b], {a, b}) for a, b in pairs]


def _support(a: dict[int, float], b: dict[int, float], pair: set[int]) -> float:
    common = sorted((a.keys() & b.keys()) - pair)
    greater = {**a, **b, **{text: max(a[text], b[text]) for text in common}}
    both = sum(min(a[text], b[text]) for text in common)
    either = sum(greater[text] for text in sorted(greater.keys() - pair))
    return (both + FEW) / (either + 2 * FEW) - NEUTRAL
