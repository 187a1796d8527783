"""Letters alike, worked by hand; and texts that come back as they were packed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.kernels.columns import offsets_of
from compare.text.letters import folded_letters, likeness, likenesses, packed


@pytest.mark.parametrize(
    ("text", "letters"),
    [("Thurs-\nday,  5 p.m.", "thursday5pm"), ("École – ﬁn", "ecolefin"), ("Straße", "strasse"), (" .\n", "")],
)
def test_white_space_signs_case_and_accents_are_left_out(text: str, letters: str) -> None:
    assert folded_letters(text) == letters


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("the harbour wall", "theharbourwall", 1.0),
        ("abcdefghij", "abcdefghix", 0.9),
        ("abcdefghij", "abcdefghxy", 0.0),  # .8, below what is asked for
        ("abcdefghij", "abcdefg", 0.0),  # .7 as long
        ("", "", 0.0),
    ],
)
def test_two_texts_are_as_alike_as_their_letters(a: str, b: str, alike: float) -> None:
    assert likeness(a, b, 0.9) == pytest.approx(alike)


@given(st.lists(st.text(alphabet="aé–\U0001f6a2 \ud800", max_size=20), min_size=2, max_size=5))
def test_packed_texts_give_what_the_texts_give(texts: list[str]) -> None:
    column, lengths = packed(texts, 15)
    pairs = np.array([[0, 1], [1, 0]], np.int64)
    told = likenesses(column, offsets_of(lengths), pairs, 0.5).tolist()
    there = [text if len(text) <= 15 else "" for text in texts]
    assert told == [likeness(there[a], there[b], 0.5) for a, b in pairs.tolist()]
