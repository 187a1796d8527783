from __future__ import annotations

import hashlib
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.index.postings import MOST, DamagedError, coded, decoded, grouped, postings_of, rows_of
from compare.index.prepare import sketches
from compare.index.schema import HASHES
from compare.index.texts import MOST_BYTES, Packed, packed, unpacked
from compare.model import Span
from compare.settings import Settings

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


@given(st.text(), st.lists(st.integers(1, 5), max_size=8))
def test_a_text_and_its_muted_spans_come_back(text: str, steps: list[int]) -> None:
    places = np.cumsum(steps[: len(steps) // 2 * 2]).tolist()
    muted = tuple(map(Span, places[::2], places[1::2]))
    if muted and muted[-1].stop > len(text):
        with pytest.raises(DamagedError):
            unpacked(packed(text, muted))
    else:
        assert unpacked(packed(text, muted)) == (text, muted)


def test_stored_hashes_are_those_of_this_version() -> None:
    found = sketches([" ".join(f"w{number}" for number in range(40))], Settings())
    keys = [found.identities[0][0], found.surfaces[0], *found.buckets[0].tolist(), *found.fingerprints.tolist()]
    digest = hashlib.sha256(np.array(keys, "<i8").tobytes() + found.signatures.astype("<u4").tobytes()).hexdigest()
    assert (HASHES, digest[:16]) == (2, "6a10951434be9ed7"), "hashes have changed: raise schema.HASHES"


def test_a_bomb_is_not_unpacked() -> None:
    bomb = zlib.compress(bytes(50_000_000))
    for size in (10, MOST_BYTES + 1, -1):
        with pytest.raises(DamagedError):
            unpacked(Packed(size, bomb, 0, b""))


@pytest.mark.parametrize(
    "change",
    [
        {"text": b"x"},
        {"size": 4},
        {"size": 6},
        {"spans": 2},
        {"muted": b"\x01"},
        {"muted": b"\x01\x00"},
        {"muted": b"\x01\x09"},
        {"text": zlib.compress(b"ab\xff12")},
        {"text": zlib.compress(b"abc12") + b"more"},
        {"text": zlib.compress(b"abc12")[:-1]},
    ],
)
def test_a_text_that_we_cannot_have_written_is_refused(change: dict[str, object]) -> None:
    good = packed("abc12", [Span(1, 2)])
    assert unpacked(good)[0] == "abc12"
    with pytest.raises(DamagedError):
        unpacked(good._replace(**change))  # type: ignore[arg-type]
