from __future__ import annotations

import contextlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.index.postings import MOST, DamagedError, coded, decoded, grouped, joined


def test_keys_that_agree_in_their_high_bits_stay_apart() -> None:
    keys = np.array([2, 1, 2, 1], np.int64)
    assert grouped(keys, np.arange(4)).numbers.tolist() == [1, 3, 0, 2]


@given(st.lists(st.integers(0, MOST)))
def test_numbers_come_back_from_their_short_form(values: list[int]) -> None:
    data, widths = coded(np.array(values, np.int64))
    assert len(data) == widths.sum()
    if values:
        assert decoded([data])[0].tolist() == values


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_parts_are_joined_to_what_they_are_together(rows: list[tuple[int, int]]) -> None:
    keys, numbers = np.array(rows, np.int64).reshape(-1, 2).T
    parts = [grouped(keys[numbers == number], numbers[numbers == number]).rows for number in range(10)]
    for got, expected in zip(joined(parts), grouped(keys, numbers), strict=True):
        assert got.tolist() == expected.tolist()


@given(st.lists(st.binary(max_size=12), min_size=1, max_size=6))
def test_no_stored_bytes_do_more_than_raise_one_error(blobs: list[bytes]) -> None:
    with contextlib.suppress(DamagedError):
        assert len(decoded(blobs)[1]) == len(blobs)


@pytest.mark.parametrize("blob", [b"", b"\x80", b"\x80" * 5 + b"\x01", b"\xff\xff\xff\xff\x7f"])
def test_a_number_that_we_cannot_have_written_is_refused(blob: bytes) -> None:
    with pytest.raises(DamagedError):
        decoded([blob])
