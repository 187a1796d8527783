"""Sentences that state the same fact: only where neither was made from the other."""

from __future__ import annotations

import pytest
from prose import WHEAT, join

from compare.align.judge import JudgedBox
from compare.align.pair import paired
from compare.align.prepare import Text, prepare
from compare.align.refine import Box, Step
from compare.align.related import related
from compare.model import Kind

A = prepare(
    "Harbour Bridge in Lindhaven will close in March, the city council decided. Shopkeepers on the eastern bank fear "
    "for their trade."
)
B = prepare(join(WHEAT, "On Monday councillors of Lindhaven decided that the Harbour Bridge must close from March."))


def boxes(a: Text, b: Text, *taken: Box) -> list[Box]:
    """Where the related sentences stand, given what is reuse."""
    passages = [JudgedBox(box, [Step("equal", box)], Kind.VERBATIM, 1.0) for box in taken]
    return [box for box, _ in related(paired(a, b), a, b, passages)]


def test_two_sentences_that_state_one_fact_are_related_from_both_sides() -> None:
    assert boxes(A, B) == [Box(*A.bounds[[0, 1]].tolist(), *B.bounds[[3, 4]].tolist())]
    assert boxes(B, A) == [Box(*B.bounds[[3, 4]].tolist(), *A.bounds[[0, 1]].tolist())]


@pytest.mark.parametrize("overlap", [(0, 5, 0, 5), (11, 20, 0, 5), (14, 20, -1, 5), (14, 20, 4, 9)])
def test_a_sentence_that_shares_a_word_with_what_is_reuse_is_not_related(overlap: tuple[int, int, int, int]) -> None:
    (box,) = boxes(A, B)
    a0, a1, b0, b1 = overlap
    assert boxes(A, B, Box(box.a0 + a0, box.a0 + a1, b0 + box.b0, b1 + box.b0)) == []


def test_reuse_beside_a_sentence_takes_nothing_from_it() -> None:
    (box,) = boxes(A, B)
    assert boxes(A, B, Box(box.a1, box.a1 + 5, box.b0 - 5, box.b0)) == [box]
