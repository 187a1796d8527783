"""When a key proposes pairs: the limits, asked at their edges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from compare.pipeline.relations.limits import NO_CEILING, Limits

LIMITS = Limits(cap=20, ceiling=1000, frequent=10, min_shared=2, min_share=0.25, long_shared=6)


@pytest.mark.parametrize(
    ("shared", "smaller", "enough"),
    [(2, 8, True), (1, 4, False), (2, 9, False), (5, 20, True), (5, 21, False), (6, 900, True), (1, 1, True)],
)
def test_a_pair_shares_enough_keys_from_these_numbers(shared: int, smaller: int, enough: bool) -> None:  # noqa: FBT001
    assert LIMITS.enough(np.array([shared]), np.array([smaller])).tolist() == [enough]


def test_a_bucket_has_no_ceiling_and_all_else_stays() -> None:
    free = LIMITS.without_ceiling()
    assert free.ceiling == NO_CEILING
    assert (free.cap, free.frequent, free.min_shared) == (20, 10, 2)


@pytest.mark.parametrize(
    ("shared", "sizes", "may"),
    [
        (2, (20, 20), False), (3, (20, 20), True), (1, (4, 4), True),  # a quarter of the larger one's
        (10, (40, 500), False), (16, (500, 40), True),  # half of the smaller one's
        (7, (60, 60), False), (8, (60, 60), True), (8, (60, 600), True), (8, (60, 601), False),  # more than a sentence
    ],
)  # fmt: skip
def test_a_pair_may_fall_by_a_share_of_its_fingerprints_less_what_chance_takes_or_by_more_than_a_sentence_has(
    shared: int, sizes: tuple[int, int], *, may: bool
) -> None:
    every = replace(LIMITS, min_shared=1, min_share=0.0)
    both = np.array([sizes[0]]), np.array([sizes[1]])
    assert every.asked(np.array([shared]), both).tolist() == [True]
    assert replace(every, falling=True).asked(np.array([shared]), both).tolist() == [may]


@pytest.mark.parametrize("falling", [False, True])
@pytest.mark.parametrize("min_share", [0.0, 0.15, 0.25])
def test_no_pair_that_is_asked_for_shares_less_than_the_least(min_share: float, *, falling: bool) -> None:
    limits = replace(LIMITS, min_share=min_share, falling=falling)
    shared, a, b = (part.ravel() for part in np.meshgrid(np.arange(1, 31), np.arange(1, 90), np.arange(1, 90)))
    asked = limits.asked(shared, (a, b))
    assert asked.any()
    assert (shared[asked] >= limits.least(np.minimum(a, b))[asked]).all()
