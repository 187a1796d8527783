"""The word operations of a passage as the page's data hold them: signs, and how far each place is from the one before.

They are most of what is known of a pair. As distances, which are small and alike, they pack into a quarter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Step = tuple[str, int, int, int, int]
"""A sign, and start and stop of its words in a and in b."""


def packed(steps: Iterable[Step]) -> tuple[str, list[int]]:
    """Signs, and four numbers a step: from the end before to its start, its length, in a, then in b; from 0.

    The length in b is told as what it has more than that in a.

    >>> packed([("=", 10, 15, 20, 25), ("~", 16, 20, 26, 31)])
    ('=~', [10, 5, 20, 0, 1, 4, 1, 1])
    """
    signs: list[str] = []
    distances: list[int] = []
    a = b = 0
    for sign, a_start, a_stop, b_start, b_stop in steps:
        signs.append(sign)
        distances += a_start - a, a_stop - a_start, b_start - b, b_stop - b_start - (a_stop - a_start)
        a, b = a_stop, b_stop
    return "".join(signs), distances


def unpacked(signs: str, distances: Sequence[int]) -> Iterator[Step]:
    """The steps again; as many as there are both signs and numbers for.

    >>> [*unpacked("=~", [10, 5, 20, 0, 1, 4, 1, 1])]
    [('=', 10, 15, 20, 25), ('~', 16, 20, 26, 31)]
    """
    a = b = 0
    for sign, gap_a, size, gap_b, more in zip(signs, *(iter(distances),) * 4, strict=False):
        a, b = a + gap_a, b + gap_b
        yield sign, a, a + size, b, b + size + more
        a, b = a + size, b + size + more
