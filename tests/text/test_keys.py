from __future__ import annotations

import numpy as np

from compare.text.keys import exact_key
from compare.text.tokens import tokenize

PASSAGE = (
    "The council put the damage at 4.2 million pounds and said that ferries to the islands would be replaced by buses "
    "from Port Ellin until the end of the month, and that the market would reopen in a tent on the upper quay."
)


def key_of(text: str) -> str:
    return exact_key(tokenize(text).hashes)


def test_a_key_is_what_stored_keys_say_on_every_machine() -> None:
    assert exact_key(np.array([], np.uint64)) == "e3b0c44298fc1c14"  # SHA-256 of nothing
    assert exact_key(np.array([1, 2], np.uint64)) == exact_key(np.array([1, 2], ">u8"))
    assert exact_key(np.array([1, 2], np.uint64)) != exact_key(np.array([2, 1], np.uint64))


def test_case_quotes_and_white_space_leave_the_key_as_it_is() -> None:
    assert key_of(PASSAGE) == key_of(PASSAGE.upper().replace(" ", "\n"))


def test_one_other_word_is_another_key() -> None:
    assert key_of(PASSAGE) != key_of(PASSAGE.replace("4.2", "4.3"))
