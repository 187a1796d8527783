from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from compare.passagekey import exact_key, passage_key
from compare.text import tokenize

PASSAGE = (
    "The council put the damage at 4.2 million pounds and said that ferries to the islands would be replaced by buses "
    "from Port Ellin until the end of the month, and that the market would reopen in a tent on the upper quay."
)
runs = st.lists(st.integers(0, 2**64 - 1), max_size=30).map(lambda values: np.array(values, np.uint64))


def key_of(text: str) -> object:
    return passage_key(tokenize(text).hashes)


def test_a_key_is_what_stored_keys_say_on_every_machine() -> None:
    assert exact_key(np.array([], np.uint64)) == "e3b0c44298fc1c14"  # SHA-256 of nothing
    assert exact_key(np.array([1, 2], np.uint64)) == exact_key(np.array([1, 2], ">u8"))
    assert passage_key(np.array([9, 2, 9], np.uint64)).words == (2, 9)


def test_case_quotes_and_white_space_leave_the_key_as_it_is() -> None:
    assert key_of(PASSAGE) == key_of(PASSAGE.upper().replace(" ", "\n"))


def test_a_passage_is_known_again_after_a_small_edit_and_not_after_a_large_one() -> None:
    key = passage_key(tokenize(PASSAGE).hashes)
    edited = passage_key(tokenize(PASSAGE.replace("4.2", "4.3").replace("tent", "hall")).hashes)
    half = passage_key(tokenize(PASSAGE[: len(PASSAGE) // 2]).hashes)
    assert key.exact != edited.exact
    assert key.same_passage(edited)
    assert not key.same_passage(half)


@given(runs, runs)
def test_likeness_is_symmetric_in_range_and_one_for_the_same(a: np.ndarray, b: np.ndarray) -> None:
    one, other = passage_key(a), passage_key(b)
    assert one.likeness(other) == other.likeness(one)
    assert 0 <= one.likeness(other) <= 1
    assert one.likeness(one) == 1
    assert one.same_passage(other) == other.same_passage(one)
