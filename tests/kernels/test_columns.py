from __future__ import annotations

from difflib import SequenceMatcher

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from compare.kernels import columns, reference

rows_of_numbers = st.lists(st.lists(st.integers(0, 9), max_size=12), max_size=6)
short = st.lists(st.integers(0, 4), max_size=30)


def column(values: list[int]) -> columns.U64:
    return np.array(values, np.uint64)


@given(rows_of_numbers)
def test_offsets_and_owners_say_which_row_holds_a_value(rows: list[list[int]]) -> None:
    offsets = columns.offsets_of(np.array([len(row) for row in rows], np.int64))
    assert offsets.tolist() == [sum(map(len, rows[:i])) for i in range(len(rows) + 1)]
    assert columns.owners_of(offsets).tolist() == [i for i, row in enumerate(rows) for _ in row]


@given(short, short, st.sets(st.integers(0, 4), max_size=2))
def test_the_longest_common_run_is_what_a_table_of_all_pairs_finds(
    left: list[int], right: list[int], without: set[int]
) -> None:
    found = columns.longest_common_run(column(left), column(right), column(sorted(without)))
    assert found == reference.longest_run(left, right, without)
    if not without:
        matcher = SequenceMatcher(None, left, right, autojunk=False)
        assert found == matcher.find_longest_match(0, len(left), 0, len(right)).size


@given(short, short, st.sets(st.integers(0, 4), max_size=2))
def test_a_repetitive_pair_is_counted_as_the_reference_counts(
    left: list[int], right: list[int], common: set[int]
) -> None:
    shared = set(left) & set(right)
    runs = (reference.longest_run(left, right, without) for without in (set(), common))
    found = columns.repetitive_pair(column(left), column(right), column(sorted(common)))
    assert found == (len(shared), len(shared - common), *runs)


@given(short.filter(bool), st.data())
def test_equal_runs_and_only_those_have_equal_hashes(values: list[int], data: st.DataObject) -> None:
    length = data.draw(st.integers(1, len(values)))
    runs = [tuple(values[i : i + length]) for i in range(len(values) - length + 1)]
    hashes = columns.run_hashes(column(values), length).tolist()
    assert len(hashes) == len(runs)
    assert len(set(hashes)) == len(set(runs)) == len(set(zip(hashes, runs, strict=True)))


@given(st.lists(st.booleans(), min_size=1, max_size=20), st.data())
def test_all_set_says_which_runs_of_flags_are_whole(flags: list[bool], data: st.DataObject) -> None:
    length = data.draw(st.integers(1, len(flags)))
    expected = [all(flags[i : i + length]) for i in range(len(flags) - length + 1)]
    assert columns.all_set(np.array(flags), length).tolist() == expected
