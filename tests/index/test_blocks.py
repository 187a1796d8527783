"""Postings come back from their blocks as they were; bytes that are not ours are one error."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.index.blocks import ENTRIES, SPAN, Lane, entries_of, lane_of
from compare.index.postings import DamagedError, grouped, listed

KEYS = st.integers(-(2**63), 2**63 - 1) | st.integers(-3, 5)
ROWS = st.lists(st.tuples(KEYS, st.integers(0, SPAN - 1)), max_size=60)


def columns(rows: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    keys, numbers = np.array(rows, np.int64).reshape(-1, 2).T
    return keys, numbers


@given(ROWS, st.integers(1, 10**9))
def test_rows_come_back_from_blocks_sorted_and_once(rows: list[tuple[int, int]], start: int) -> None:
    keys, numbers = columns(rows)
    lane = lane_of(grouped(keys, numbers + start), start)
    got = entries_of(lane, range(start, start + SPAN)).rows
    assert list(zip(*(column.tolist() for column in got), strict=True)) == sorted(
        {(key, number + start) for key, number in rows}
    )


def test_a_key_of_many_holders_and_many_keys_take_several_blocks() -> None:
    keys = np.concatenate([np.zeros(60_000, np.int64), np.arange(1, 5_000) << 40])
    numbers = np.concatenate([np.arange(60_000), np.full(4_999, 7)])
    postings = grouped(keys, numbers)
    lane = lane_of(postings, 0)
    assert len(lane.blocks) > 5_000 // ENTRIES
    assert all(entries <= ENTRIES for entries, _, _ in lane.blocks)
    back = listed(*entries_of(lane, range(SPAN)).rows)
    assert all(map(np.array_equal, back, postings))


@given(ROWS.filter(bool), st.data())
def test_any_other_bytes_are_refused_or_are_sound_postings(rows: list[tuple[int, int]], data: st.DataObject) -> None:
    lane = lane_of(grouped(*columns(rows)), 0)
    ((entries, holders, block),) = lane.blocks
    at = data.draw(st.integers(0, len(block) - 1))
    changed = block[:at] + bytes([data.draw(st.integers(0, 255))]) + block[at + data.draw(st.integers(0, 2)) :]
    sizes = data.draw(st.sampled_from([entries, 0, -1, 1 << 62])), data.draw(st.sampled_from([holders, 0, 1 << 62]))
    with contextlib.suppress(DamagedError):
        got = entries_of(replace(lane, blocks=[(*sizes, changed)]), range(SPAN))
        assert (got.counts > 0).all()
        assert got.counts.sum() == len(got.numbers)
        assert (got.keys[1:] >= got.keys[:-1]).all()  # a difference of two may be beyond int64


@pytest.mark.parametrize("width", [-1, 0, 9, 1 << 62])
def test_a_width_that_none_can_have_is_refused(width: int) -> None:
    with pytest.raises(DamagedError):
        entries_of(Lane(np.zeros(1, np.int64), width, [(1, 1, b"\0\x80\0\0")]), range(9))
