"""Texts as they are stored: they come back, and what cannot be ours is refused before it takes memory."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.index.postings import DamagedError
from compare.index.texts import MOST_BYTES, Packed, packed, packed_decoding, unpacked, unpacked_decoding
from compare.model import Decoding, Meant, Span


@given(st.text(), st.lists(st.integers(1, 5), max_size=8))
def test_a_text_and_its_muted_spans_come_back(text: str, steps: list[int]) -> None:
    places = np.cumsum(steps[: len(steps) // 2 * 2]).tolist()
    muted = tuple(map(Span, places[::2], places[1::2]))
    if muted and muted[-1].stop > len(text):
        with pytest.raises(DamagedError):
            unpacked(packed(text, muted))
    else:
        assert unpacked(packed(text, muted)) == (text, muted, ())


def test_what_is_read_otherwise_comes_back_beside_the_muted_spans() -> None:
    meant = (Meant(1, 7, "ü"), Meant(7, 9, ""), Meant(12, 20, "⃠🚢"))
    assert unpacked(packed("x" * 20, [Span(2, 5)], meant)) == ("x" * 20, (Span(2, 5),), meant)
    for wrong in ((Meant(1, 22, "ü"),), (Meant(1, 2, "too long"),), (Meant(3, 3, ""),)):
        with pytest.raises(DamagedError):
            unpacked(packed("x" * 20, [Span(2, 5)], wrong))


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


@pytest.mark.parametrize(
    "how", [None, Decoding("cp1252", guessed=True), Decoding("utf-8", replaced=3), Decoding("utf-8", mojibake=2)]
)
def test_how_a_text_was_read_comes_back(how: Decoding | None) -> None:
    assert unpacked_decoding(packed_decoding(how)) == how
