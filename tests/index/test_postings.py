from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.index.postings import MOST, DamagedError, coded, decoded, grouped, postings_of, rows_of

ROWS = st.lists(st.tuples(st.integers(-(2**63), 2**63 - 1) | st.integers(0, 5), st.integers(0, MOST)), max_size=40)


@given(ROWS)
def test_rows_come_back_from_blobs_sorted_and_once(rows: list[tuple[int, int]]) -> None:
    keys, numbers = (np.array(column, np.int64) for column in (zip(*rows, strict=True) if rows else ([], [])))
    stored = list(rows_of(grouped(keys, numbers)))
    found = postings_of(stored)
    assert list(zip(*(column.tolist() for column in found.rows), strict=True)) == sorted(set(rows))
    assert [key for key, _, _ in stored] == sorted({key for key, _ in rows})


def test_keys_that_agree_in_their_high_bits_stay_apart() -> None:
    keys = np.array([2, 1, 2, 1], np.int64)
    assert grouped(keys, np.arange(4)).numbers.tolist() == [1, 3, 0, 2]


@given(st.lists(st.integers(0, MOST)))
def test_numbers_come_back_from_their_short_form(values: list[int]) -> None:
    data, widths = coded(np.array(values, np.int64))
    assert len(data) == widths.sum()
    if values:
        assert decoded([data])[0].tolist() == values


@given(st.lists(st.tuples(st.integers(), st.integers(0, 9), st.binary(max_size=12)), max_size=6))
def test_no_stored_bytes_do_more_than_raise_one_error(rows: list[tuple[int, int, bytes]]) -> None:
    rows = [(key % 2**63, count, blob) for key, count, blob in rows]
    try:
        found = postings_of(rows)
    except DamagedError:
        return
    assert found.counts.tolist() == [count for _, count, _ in rows]
    assert all((np.diff(part) > 0).all() for part in np.split(found.numbers, np.cumsum(found.counts)[:-1]))


@pytest.mark.parametrize(
    "row", [(1, 1, b""), (1, 1, b"\x80"), (1, 2, b"\x01"), (1, 2, b"\x01\x00"), (1, 1, b"\x80" * 5 + b"\x01"),
            (1, 1, b"\xff\xff\xff\xff\x7f"), (1, 2, b"\xff\xff\xff\xff\x07\x01")],
)  # fmt: skip
def test_a_list_of_holders_that_we_cannot_have_written_is_refused(row: tuple[int, int, bytes]) -> None:
    with pytest.raises(DamagedError):
        postings_of([row])
