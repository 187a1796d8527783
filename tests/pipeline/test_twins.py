"""Twins expanded: all pairs up to a cap, past it the representatives' alone, and what is left out counted."""

from __future__ import annotations

import numpy as np
import pytest

from compare.pipeline.twins import Expanded, Twins, expand, expand_asked


def twins(groups: list[int]) -> Twins:
    return Twins(np.array([groups.index(group) for group in groups]))


def test_past_the_cap_every_document_that_is_asked_for_keeps_a_pair() -> None:
    groups = [0] * 40 + [1] * 30 + [2]
    flags = np.zeros(71, bool)
    flags[[0, 7, 39, 45, 70]] = True
    pairs = np.array([[0, 40], [40, 70]])
    found = expand_asked(pairs, twins(groups), np.arange(71), 20, flags)
    assert set(np.flatnonzero(flags).tolist()) <= set(found.pairs.ravel().tolist())
    assert flags[found.pairs].any(axis=1).all()
    assert len(found.pairs) < 40
    assert found.left_out + len(found.pairs) == (40 * 30 - 37 * 29) + 30 + (780 - 666) + (435 - 406)


def test_below_the_cap_asking_for_all_is_the_plain_expansion() -> None:
    groups = [0, 1, 0, 2, 1, 3]
    pairs = np.array([[0, 1], [1, 3], [3, 5]])
    rank = np.array([3, 1, 0, 2, 5, 4])
    plain, every = (
        expand(pairs, twins(groups), rank, 100),
        expand_asked(pairs, twins(groups), rank, 100, np.ones(6, bool)),
    )
    assert (plain.pairs.tolist(), plain.rows.tolist()) == (every.pairs.tolist(), every.rows.tolist())


def expanded(sizes: list[int], pairs: list[tuple[int, int]], cap: int) -> Expanded:
    """Groups of so many twins one after the other, and pairs of the groups, expanded."""
    starts = np.cumsum([0, *sizes])
    first = np.repeat(starts[:-1], sizes)
    return expand(starts[np.array(pairs, np.int64).reshape(-1, 2)], Twins(first), np.arange(len(first)), cap)


@pytest.mark.parametrize(("cap", "pairs", "left_out"), [(20, 20, 0), (21, 20, 0), (19, 1, 19)])
def test_two_groups_give_all_their_pairs_up_to_the_cap_and_one_past_it(cap: int, pairs: int, left_out: int) -> None:
    both = expanded([4, 5], [(0, 1)], cap)
    across = both.pairs[both.rows == 0].tolist()
    assert (len(across), both.left_out) == (pairs, left_out)
    assert [0, 4] in across
    assert [pair for pair in both.pairs[both.rows < 0].tolist() if pair[0] < 4 <= pair[1]] == []


@pytest.mark.parametrize(("cap", "left_out"), [(10, 0), (11, 0), (9, 6)])
def test_a_group_gives_all_its_pairs_up_to_the_cap_and_its_first_ones_past_it(cap: int, left_out: int) -> None:
    group = expanded([5], [], cap)
    assert (len(group.pairs), group.left_out) == (10 - left_out, left_out)
    assert group.rows.tolist() == [-1] * len(group.pairs)


def test_past_the_cap_a_group_gives_as_many_pairs_as_the_cap_each_with_its_first_document() -> None:
    group = expanded([8], [], 3)
    assert group.pairs.tolist() == [[0, 1], [0, 2], [0, 3]]
    assert group.left_out == 28 - 3


def test_of_each_pair_the_smaller_id_comes_first_whichever_twin_was_compared() -> None:
    twin_of = Twins(np.array([0, 1, 0]))
    both = expand(np.array([[0, 1]]), twin_of, np.array([0, 1, 2]), 100)
    assert (both.pairs.tolist(), both.rows.tolist()) == ([[0, 1], [0, 2], [1, 2]], [0, -1, 0])
