"""Passages and sentences as a pack cuts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.evidence.excerpts import (
    CHANGED,
    FOLDED,
    FOLDED_WORDS,
    KEPT_WORDS,
    REWRITTEN,
    SENTENCE,
    Looked,
    Piece,
    passage_pieces,
    sentence_pieces,
)
from compare.evidence.stored import ShownMatch
from compare.model import Kind
from compare.report.steps import Step, packed

if TYPE_CHECKING:
    from collections.abc import Iterable

TEXTS = st.text("ab .\n“", max_size=40)


def made(steps: Iterable[Step]) -> tuple[str, tuple[int, ...]]:
    signs, distances = packed(steps)
    return signs, tuple(distances)


def match(kind: Kind, *ops: tuple[str, int, int, int, int]) -> ShownMatch:
    return ShownMatch((ops[0][1], ops[-1][2]), (ops[0][3], ops[-1][4]), kind, (), (1, 1), *made(ops))


def test_what_one_side_has_alone_is_marked_and_the_full_stop_is_shown() -> None:
    a, b = "It cost 4.2 million.", "It cost 4.3 million!"
    ops = (("=", 0, 7, 0, 7), ("~", 8, 11, 8, 11), ("=", 12, 19, 12, 19))
    left, right = passage_pieces((a, b), match(Kind.EDITED, *ops))
    assert left == (Piece("It cost "), Piece("4.2", CHANGED), Piece(" million."))
    assert right == (Piece("It cost "), Piece("4.3", CHANGED), Piece(" million!"))
    assert passage_pieces((a, b), match(Kind.VERBATIM, *ops))[0] == (Piece(a),)


def test_many_changed_words_in_a_row_are_marked_more_quietly() -> None:
    a = "word " * 20
    pieces, _ = passage_pieces((a, ""), match(Kind.EDITED, ("-", 0, 99, 0, 0)))
    assert [piece.look for piece in pieces] == [REWRITTEN]


def test_in_a_reworded_passage_no_word_is_marked_for_it_may_stand_elsewhere_on_the_other_side() -> None:
    a, b = "Nobody was hurt.", "There were no casualties."
    pieces = passage_pieces((a, b), match(Kind.REWRITTEN, ("~", 0, 15, 0, 24)))
    assert pieces == ((Piece(a),), (Piece(b),))


def test_a_long_stretch_of_the_same_words_is_folded_at_one_word_on_both_sides() -> None:
    words = [f"w{number}" for number in range(FOLDED_WORDS)]
    a, b = " ".join(words), "  ".join(words)
    left, right = passage_pieces((a, b), match(Kind.VERBATIM, ("=", 0, len(a), 0, len(b))))
    assert [piece.look for piece in left] == [piece.look for piece in right] == ["", FOLDED, ""]
    assert (left[0].text.split(), left[2].text.split()) == (words[:KEPT_WORDS], words[-KEPT_WORDS:])
    assert left[0].text.split() == right[0].text.split()
    assert left[1].words == right[1].words == FOLDED_WORDS - 2 * KEPT_WORDS
    shorter = a[:-5], b[:-6]
    whole, _ = passage_pieces(shorter, match(Kind.VERBATIM, ("=", 0, len(a) - 5, 0, len(b) - 6)))
    assert [piece.look for piece in whole] == [""]


def test_a_script_without_blanks_is_folded_by_its_letters() -> None:
    text = "春" * 4000
    left, right = passage_pieces((text, text), match(Kind.VERBATIM, ("=", 0, 4000, 0, 4000)))
    assert left == right
    assert [piece.look for piece in left] == ["", FOLDED, ""]


def test_of_a_long_sentence_what_stands_around_the_change_is_shown() -> None:
    text = f"{'before ' * 300}4.2 million{' after' * 300}."
    at = text.index("4.2")
    pieces = sentence_pieces(text, (0, len(text) - 1), Looked((at, at + 11)))
    shown = "".join(piece.text for piece in pieces)
    assert shown.startswith("… before ")
    assert shown.endswith(" …")
    assert Piece("4.2 million", CHANGED) in pieces
    assert len(shown) < SENTENCE + 50
    assert sentence_pieces(text, (5, 5), Looked((5, 5))) == ()


def test_of_an_altered_quotation_the_words_that_differ_are_marked() -> None:
    text = "He said “we go now or never” there."
    pieces = sentence_pieces(text, (0, len(text)), Looked((9, 27), [(0, 2), (12, 14), (22, 27)]))
    assert [piece.text for piece in pieces if piece.look] == ["go", "never"]
    pieces = sentence_pieces(text, (0, len(text)), Looked((9, 27), [(0, 2)]))
    assert [piece.text for piece in pieces if piece.look] == ["we go now or never"]


@settings(max_examples=examples(40))
@given(TEXTS, st.lists(st.tuples(st.sampled_from("=~-+"), *[st.integers(0, 40)] * 4), max_size=6))
def test_pieces_are_the_text_once_whatever_the_steps_say(
    text: str, steps: list[tuple[str, int, int, int, int]]
) -> None:
    shown = ShownMatch((0, len(text)), (0, len(text)), Kind.EDITED, (), (1, 1), *made(steps))
    for pieces in passage_pieces((text, text), shown):
        joined = "".join(piece.text for piece in pieces)
        assert "".join(joined.split()) == "".join(text.split())
