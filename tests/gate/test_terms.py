"""The words of a passage as a file keeps them: all of a short one, a fair sample of a long one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.gate.terms import BITS, MOST, packed, sample, terms_of, unpacked

words_of_terms = st.lists(st.integers(0, 2**24 - 1), min_size=1, max_size=300).map(lambda all_: tuple(sorted({*all_})))


@given(words_of_terms)
def test_terms_come_back_from_their_text(terms: tuple[int, ...]) -> None:
    assert unpacked(packed(terms)) == terms
    assert unpacked("\n ".join(packed(terms))) == terms


def test_samples_that_were_cut_are_compared_where_both_are_whole() -> None:
    long = tuple(range(0, 3 * MOST, 3))
    assert sample(long).limit == 3 * (MOST - 1)
    assert sample((0, 3, 4, 9_000_000)).share_in(sample(long)) == 2 / 3
    assert sample((9_000_000,)).share_in(sample(long)) is None
    assert sample(long, (1, 9_000_000)).terms == {*long, 1}
    assert sample(long).likeness(sample(long[:500])) == 0.5


@pytest.mark.parametrize("words", [1, MOST, MOST + 1, 3 * MOST])
def test_of_the_words_of_a_text_a_thousand_are_kept_the_smallest(words: int) -> None:
    numbers = list(range(7, 7 + words))
    hashes = np.array([number << (64 - BITS) | 5 for number in numbers[::-1] * 2], np.uint64)
    assert terms_of(hashes) == tuple(numbers[:MOST])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("?", "is not base64"),
        ("", "does not hold whole terms of 3 bytes"),
        ("AAABAA==", "does not hold whole terms of 3 bytes"),
        ("AAABAAAB", "is not ascending"),
        ("AAACAAAB", "is not ascending"),
        ("AAAB" * (MOST + 1), "holds more than 1,000 terms"),
    ],
)
def test_what_is_no_list_of_terms_is_refused_in_one_clause(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=f"^{why}$"):
        unpacked(text)
