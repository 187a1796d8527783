from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.align.choose import COPY, LEAST, PLAIN, SENTENCE, chosen

if TYPE_CHECKING:
    from random import Random

Box = tuple[int, int, int, int]


def pick(*rows: tuple[Box, float, float]) -> list[int]:
    """Boxes with their estimated quality and the share kept."""
    boxes, score, kept = zip(*rows, strict=True) if rows else ((), (), ())
    return chosen(np.array(boxes, np.int64).reshape(-1, 4), np.array(score), np.array(kept))


def overlap(one: Box, other: Box, side: int) -> float:
    """Tokens in both, as a share of the smaller one."""
    (a, b), (c, d) = one[2 * side : 2 * side + 2], other[2 * side : 2 * side + 2]
    return max(0, min(b, d) - max(a, c)) / min(b - a, d - c)


def test_of_nothing_nothing_is_chosen() -> None:
    assert pick() == []


def test_the_best_comes_first_and_what_overlaps_it_falls() -> None:
    rows = [((0, 50, 0, 50), 0.5, 0.0), ((0, 60, 0, 60), 0.9, 0.0), ((70, 120, 70, 120), 0.7, 0.0)]
    assert pick(*rows) == [1, 2]


def test_an_overlap_on_one_side_is_enough_to_fall() -> None:
    assert pick(((0, 50, 0, 50), 0.9, 0.0), ((100, 150, 10, 60), 0.8, 0.0)) == [0]
    assert pick(((0, 50, 0, 50), 0.9, 0.0), ((10, 60, 100, 150), 0.8, 0.0)) == [0]


def test_neighbours_may_share_a_tenth_of_the_smaller() -> None:
    first = ((0, 50, 0, 50), 0.9, 0.0)
    assert pick(first, ((45, 95, 45, 95), 0.8, 0.0)) == [0, 1]
    assert pick(first, ((44, 94, 45, 95), 0.8, 0.0)) == [0]
    assert pick(first, ((45, 65, 60, 80), 0.8, 0.0)) == [0]


def test_two_copies_may_share_one_side_but_not_both() -> None:
    once, again, there = (0, 50, 0, 50), (0, 50, 200, 250), (10, 50, 10, 50)
    assert pick((once, 0.9, COPY), (again, 0.8, COPY)) == [0, 1]
    assert pick((once, 0.9, COPY), (there, 0.8, COPY)) == [0]
    assert pick((once, 0.9, COPY), (again, 0.8, COPY - 0.01)) == [0]
    assert pick((once, 0.9, COPY - 0.01), (again, 0.8, COPY)) == [0]


def test_below_the_least_estimate_nothing_is_chosen() -> None:
    box = (0, 50, 0, 50)
    assert pick((box, LEAST - 0.001, 0.0)) == []
    assert pick((box, LEAST, 0.0)) == [0]


def test_a_plain_copy_of_a_sentence_needs_no_estimate() -> None:
    def sized(tokens: int) -> Box:
        return (0, tokens, 0, tokens)

    assert pick((sized(SENTENCE), 0.0, 1.0)) == [0]
    assert pick((sized(SENTENCE - 1), 0.0, 1.0)) == []
    assert pick((sized(100), 0.0, PLAIN)) == [0]
    assert pick((sized(100), 0.0, PLAIN - 0.01)) == []
    assert pick((sized(100), -0.2, 1.0)) == [0]


def test_what_is_good_goes_before_what_is_only_plain_and_longer_copies_before_shorter() -> None:
    good, long, short = (0, 40, 0, 40), (0, 90, 100, 190), (0, 60, 100, 160)
    assert pick((long, 0.0, 1.0), (good, 0.5, 0.0)) == [1]
    assert pick((short, 0.0, 1.0), (long, 0.0, 1.0)) == [1]


def test_of_two_that_are_about_as_good_the_more_complete_one_stays() -> None:
    part, whole = (10, 60, 10, 60), (0, 200, 0, 200)
    assert pick((part, 0.80, 0.0), (whole, 0.75, 0.0)) == [1]
    assert pick((part, 0.95, 0.0), (whole, 0.60, 0.0)) == [0]


def test_equals_are_taken_by_their_place() -> None:
    rows = [((start, start + 40, start, start + 40), 0.6, 0.0) for start in (20, 0, 40)]
    assert pick(*rows) == [1, 2]


spans = st.tuples(st.integers(0, 60), st.integers(1, 40)).map(lambda pair: (pair[0], pair[0] + pair[1]))
shares = st.integers(0, 100).map(lambda percent: percent / 100)
rows = st.lists(st.tuples(st.tuples(spans, spans).map(lambda pair: (*pair[0], *pair[1])), shares, shares), max_size=12)


@given(rows)
@settings(max_examples=examples(200))
def test_what_is_chosen_is_good_enough_apart_and_what_is_not_clashes(rows: list[tuple[Box, float, float]]) -> None:
    found = pick(*rows)
    assert len(set(found)) == len(found)

    def clash(one: int, other: int) -> bool:
        shared = [overlap(rows[one][0], rows[other][0], side) > 0.1 for side in (0, 1)]
        return all(shared) if min(rows[one][2], rows[other][2]) >= COPY else any(shared)

    def able(place: int) -> bool:
        (a, b, c, d), score, kept = rows[place]
        return score >= LEAST or (kept >= PLAIN and kept * (b - a + d - c) >= 2 * SENTENCE)

    assert all(able(place) for place in found)
    assert not any(clash(*two) for two in combinations(found, 2))
    left = [place for place in range(len(rows)) if able(place) and place not in found]
    assert all(any(clash(place, better) for better in found) for place in left)


@given(rows, st.randoms(use_true_random=False))
@settings(max_examples=examples(60))
def test_the_order_of_the_candidates_does_not_matter(rows: list[tuple[Box, float, float]], chance: Random) -> None:
    rows = list({row[0]: row for row in rows}.values())
    mixed = chance.sample(rows, len(rows))
    assert [rows[place] for place in pick(*rows)] == [mixed[place] for place in pick(*mixed)]
