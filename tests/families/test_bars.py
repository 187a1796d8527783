from __future__ import annotations

import pytest
from families_made import pair, passage, step

import compare
from compare.families.bars import RUN, bar, taken
from compare.model import Bar, Document, Kind, Mark
from compare.pipeline.plan import compare_pair
from compare.settings import Settings


def test_a_run_of_eight_kept_words_is_word_for_word_and_a_shorter_one_is_edited() -> None:
    steps = step("equal", (0, RUN), (0, RUN)), step("replace", (8, 10), (8, 13)), step("equal", (10, 17), (13, 20))
    assert bar([passage(*steps)], "b", 100) == Bar(100, verbatim=8, edited=2 + 7, reworded=0, aside=0, new=83)
    assert bar([passage(*steps)], "a", 100) == Bar(100, verbatim=8, edited=2 + 7, reworded=0, aside=0, new=83)


def test_what_an_edit_put_in_is_new_and_a_verbatim_passage_is_word_for_word_however_short() -> None:
    edited = passage(step("equal", (0, 9), (0, 9)), step("insert", (9, 9), (9, 15)), step("equal", (9, 20), (15, 26)))
    short = passage(step("equal", (50, 55), (60, 65)), kind=Kind.VERBATIM)
    assert bar([edited, short], "b", 100) == Bar(100, 20 + 5, 0, 0, 0, 75)


def test_of_several_passages_over_one_word_the_closest_counts() -> None:
    reworded = passage(step("replace", (0, 20), (0, 20)), kind=Kind.REWRITTEN)
    verbatim = passage(step("equal", (5, 10), (5, 10)), kind=Kind.VERBATIM)
    for matches in ([reworded, verbatim], [verbatim, reworded]):
        assert bar(matches, "a", 40) == Bar(40, 5, 0, 15, 0, 20)


def test_boilerplate_and_what_both_quote_are_set_aside_whatever_else_holds_them() -> None:
    plain = passage(step("equal", (0, 30), (0, 30)))
    notice = passage(step("equal", (10, 20), (10, 20)), kind=Kind.VERBATIM, marks=(Mark.BOILERPLATE,))
    quoted = passage(step("equal", (40, 50), (40, 50)), kind=Kind.VERBATIM, marks=(Mark.QUOTE,))
    found = bar([plain, notice, quoted], "a", 100)
    assert found == Bar(100, 20, 0, 0, 20, 60)
    assert found.share == 20 / 80


def test_taken_are_the_words_that_correspond() -> None:
    one = passage(step("equal", (0, 3), (5, 8)), step("delete", (3, 6), (8, 8)), step("equal", (6, 8), (8, 10)))
    assert [at for at, flag in enumerate(taken([one], "a", 10)) if flag] == [0, 1, 2, 6, 7]


@pytest.mark.parametrize("edits", [0, 3, 12])
def test_a_bar_adds_up_and_its_share_is_reused_of_the_pair(edits: int) -> None:
    words = [f"word{at}" for at in range(160)]
    changed = [f"other{at}" if edits and at % (160 // edits) == 5 else word for at, word in enumerate(words[:120])]
    text = " ".join(word + ("." if at % 12 == 11 else "") for at, word in enumerate(words))
    again = " ".join(word + ("." if at % 12 == 11 else "") for at, word in enumerate([*changed, *["new"] * 30]))
    found = compare_pair(Document("a", text), Document("b", again), Settings())
    for side, count, share in (("a", 160, found.reused_a), ("b", 150, found.reused_b)):
        one = bar(found.matches, side, count)  # type: ignore[arg-type]  # a side
        assert sum(one[1:]) == one.words == count
        assert one.share == pytest.approx(share)
    assert compare.pair(text, again).reused_b == pytest.approx(found.reused_b)


def test_a_pair_without_passages_has_nothing() -> None:
    assert bar(pair("a", "b").matches, "a", 7) == Bar(7, 0, 0, 0, 0, 7)
