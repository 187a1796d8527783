"""Fragments of one block are one match, with what changed places inside."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from prose import BRIDGE, FILM, SCHOOL, STORY, WHEAT, join

import compare
from compare.align.align import align
from compare.align.blocks import in_blocks
from compare.align.prepare import prepare
from compare.model import Kind, Mark, Match
from compare.settings import Settings

FERRY = (
    "Nine swimmers crossed the bay at dawn with a lantern each. The oldest, a retired postman, was the third to reach "
    "the far shore, and he asked for tea and a towel before he would say how cold it had been out there."
)
SENTENCES = [f"{sentence}." for sentence in f"{BRIDGE} {WHEAT}".rstrip(".").split(". ")]


def blocks(a: str, b: str) -> tuple[Match, ...]:
    texts = prepare(a), prepare(b)
    return in_blocks(align(*texts, Settings()), *texts)


def test_what_changed_places_is_one_match_that_keeps_all_its_words() -> None:
    a, b = join(FILM, " ".join(SENTENCES)), join(" ".join([*SENTENCES[5:], *SENTENCES[:5]]), SCHOOL)
    (match,) = blocks(a, b)
    assert (match.kind, match.marks) == (Kind.EDITED, (Mark.MOVED,))
    assert (match.kept_a, match.kept_b) == (1, 1)
    assert 0.99 < match.similarity < 1  # 1 is said of the same words in the same order
    assert [a[slice(*part.a)] for part in match.inside] == [b[slice(*part.b)] for part in match.inside]
    assert compare.pair(a, b).reused_a == match.kept / len(prepare(a).tokens)


def test_whole_paragraphs_that_changed_places_stay_two() -> None:
    found = blocks(join(FILM, BRIDGE, WHEAT), join(WHEAT, BRIDGE, SCHOOL))
    assert [(match.kind, match.marks) for match in found] == [(Kind.VERBATIM, ()), (Kind.VERBATIM, (Mark.MOVED,))]


def test_sentences_that_alternate_with_another_source_are_one_match_with_those_put_in() -> None:
    own = ["Nobody had asked the fishermen.", "It rained.", "A gull looked on.", "The band played on."]
    mixed = " ".join(f"{sentence} {other}" for sentence, other in zip(SENTENCES[:4], own, strict=True))
    (match,) = blocks(join(FILM, " ".join(SENTENCES[:4])), mixed)
    assert (match.kind, match.kept_a, match.inside) == (Kind.EDITED, 1, ())
    assert {step.kind for step in match.operations} == {"equal", "insert"}


def test_passages_with_much_between_them_stay_two() -> None:
    a, b = join(BRIDGE, FILM, FERRY, SCHOOL), join(BRIDGE, WHEAT, "Nothing else was said that day.", SCHOOL)
    assert [b[slice(*match.b)].rstrip(".") for match in blocks(a, b)] == [text.rstrip(".") for text in (BRIDGE, SCHOOL)]


def test_copied_sentences_far_apart_in_one_text_are_no_block() -> None:
    first, second = SENTENCES[0], SENTENCES[3]
    a, b = join(SCHOOL, f"{first} {second}"), join(first, f"{FILM} {FERRY[:80]}.", second)
    assert [b[slice(*match.b)] + "." for match in blocks(a, b)] == [first, second]


def test_a_match_of_a_few_words_stands_only_beside_a_longer_one() -> None:
    a, b = join("The mill and the school burned", BRIDGE), join("The mill and the school burned", BRIDGE)
    assert all(match.words >= 8 for match in blocks(join(a, FILM), join(b, WHEAT)))


@given(st.permutations(SENTENCES), st.integers(0, 3))
def test_a_block_is_whole_in_order_and_the_same_from_either_side(order: list[str], own: int) -> None:
    a, b = join(FILM, " ".join(SENTENCES)), join(" ".join(order[own:]), STORY)
    found = blocks(a, b)
    for match in found:
        for before, after in pairwise(match.operations):
            assert (before.tokens_a.stop, before.tokens_b.stop) == (after.tokens_a.start, after.tokens_b.start)
            assert "equal" in {before.kind, after.kind}
        for part in match.inside:
            assert match.a.start <= part.a.start <= part.a.stop <= match.a.stop
            assert match.b.start <= part.b.start <= part.b.stop <= match.b.stop
        assert 0 <= match.kept_a <= 1
        assert 0 <= match.kept_b <= 1
    assert sorted((m.a, m.b, m.kind, m.marks) for m in found) == sorted(
        (m.b, m.a, m.kind, m.marks) for m in blocks(b, a)
    )
