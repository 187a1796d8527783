"""Pairs of documents as sorted numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.pipeline.relations.edges import components, distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

relaxed = settings(max_examples=examples(80))
pairs_of_ten = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20)


def pair_array(pairs: list[tuple[int, int]]) -> NDArray[np.int64]:
    return np.array(pairs, np.int64).reshape(-1, 2)


def ordered(a: int, b: int) -> tuple[int, int]:
    return min(a, b), max(a, b)


@given(st.lists(pairs_of_ten, min_size=1, max_size=3))
@relaxed
def test_distinct_is_the_union_smaller_number_first(parts: list[list[tuple[int, int]]]) -> None:
    found = distinct(*map(pair_array, parts))
    assert list(map(tuple, found.tolist())) == sorted({ordered(a, b) for part in parts for a, b in part})


@given(pairs_of_ten)
@relaxed
def test_components_name_the_smallest_number_that_can_be_reached(pairs: list[tuple[int, int]]) -> None:
    label = list(range(12))
    for _ in label:
        for a, b in pairs:
            label[a] = label[b] = min(label[a], label[b])
    assert components(pair_array(pairs), 12).tolist() == label


def test_components_stand_any_number_of_repeats() -> None:
    assert components(pair_array([(1, 2)] * 256), 3).tolist() == [0, 1, 1]
    assert components(pair_array([]), 0).tolist() == []
