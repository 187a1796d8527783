"""How much sentences agree, and which boxes are looked at because of it."""

from __future__ import annotations

import numpy as np
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.align import candidates as candidates_module
from compare.align import cells as cells_module
from compare.align.candidates import MOST, candidates, sentence_ranges
from compare.align.cells import MAX_CELLS, affordable, cells
from compare.align.pair import TextPair, paired
from compare.align.prepare import prepare
from compare.align.side import FUNCTION_WORD, side, words
from compare.align.windows import WIDTH, supported

FERRY = (
    "The ferry company will cut its night crossings from June. Captain Olga Brandt called the decision a mistake. "
    "Islanders depend on the late boat after concerts and hospital visits. A petition gathered two thousand names."
)
ORCHARD = (
    "Frost destroyed most of the apple blossom in the upper valley. Growers lit torches between the rows for three "
    "nights. Insurance covers hail but nothing that freezes. Juice makers are buying concentrate abroad."
)
STADIUM = (
    "Builders discovered a Roman bath beneath the new stadium. Digging machines stand idle while students brush mud "
    "from mosaics. The club hopes to open the southern stand by Christmas. Tickets already sold stay valid."
)
PARTS = [f"{sentence}." for text in (FERRY, ORCHARD, STADIUM) for sentence in text.rstrip(".").split(". ")]
prose = st.lists(st.sampled_from(PARTS), min_size=1, max_size=9).map(" ".join)


def pair_of(a: str, b: str) -> TextPair:
    return paired(prepare(a), prepare(b))


# --- cells ---------------------------------------------------------------------------------------------------------


@given(prose, prose)
@settings(max_examples=examples(60))
def test_agreement_is_a_share_and_the_same_from_both_sides(a: str, b: str) -> None:
    left, right = prepare(a), prepare(b)
    found, turned = cells(left, right), cells(right, left)
    for mine, theirs in ((found.cosine, turned.cosine), (found.dice, turned.dice)):
        assert mine.shape == (len(left.sentences), len(right.sentences))
        assert mine.min() >= 0
        assert mine.max() <= 1 + 1e-12
        np.testing.assert_array_equal(mine, theirs.T)


def test_a_sentence_agrees_with_itself_wholly_and_with_one_that_shares_no_word_not_at_all() -> None:
    found = cells(prepare(FERRY), prepare(f"{PARTS[1]} Zzyzx qqwj."))
    np.testing.assert_allclose(found.cosine[1], [1, 0], atol=1e-12)
    np.testing.assert_allclose(found.dice[1], [1, 0], atol=1e-12)
    assert found.cosine[:, 1].max() == 0


def test_a_sentence_of_function_words_alone_agrees_with_nothing() -> None:
    found = cells(prepare("It was what it was. The ferry sails."), prepare("It was what it was. The ferry sails."))
    np.testing.assert_allclose(found.cosine, [[0, 0], [0, 1]], atol=1e-12)


def test_a_word_that_every_sentence_holds_weighs_less_than_one_that_two_hold() -> None:
    text = prepare("Harbour pilots sleep. Harbour cranes rust. Harbour fees rise.")
    found = cells(text, prepare("Harbour fees drop. Harbour lights glow."))
    assert found.cosine[2, 0] > 2 * found.cosine[0, 0] > 0


def test_all_sentences_are_compared_only_where_that_is_affordable(monkeypatch: pytest.MonkeyPatch) -> None:
    line = prepare("\n".join("Ferry." for _ in range(1000)))
    assert len(line.sentences) ** 2 == MAX_CELLS
    assert affordable(line, line)
    assert not affordable(line, prepare("\n".join("Ferry." for _ in range(1001))))
    grams = len(prepare("Ferry.").grams.hashes)
    monkeypatch.setattr(cells_module, "_MAX_PRODUCTS", grams * MAX_CELLS - 1)
    assert not affordable(line, line)
    assert affordable(line, prepare(PARTS[4] * 1000))


# --- words and windows ---------------------------------------------------------------------------------------------


def test_words_weigh_their_rarity_and_function_words_a_quarter_of_it() -> None:
    a, b = prepare("The ferry and the crane. A ferry."), prepare("The crane.")
    pair = paired(a, b)
    both = words(*pair.sides)
    the, ferry, _, _, crane = both.a.ids[:5].tolist()
    assert both.content[[the, ferry, crane]].tolist() == [0, 1, 1]
    whole = np.rint(256 * np.log1p(3 / 2))
    assert both.weights[[the, ferry, crane]].tolist() == [round(256 * np.log1p(1.5) * FUNCTION_WORD), whole, whole]
    assert both.b.ids.tolist() == [the, crane]
    assert both.a.mass[1] == both.weights[both.a.ids[5:]].sum()


def test_equal_tokens_have_equal_ids_on_both_sides_and_sentences_their_weight() -> None:
    text = prepare(FERRY)
    one = side(text, np.arange(len(text.tokens)))
    assert one.spelling == "".join(map(chr, range(len(text.tokens))))
    weight = np.where(text.content, 1.0, FUNCTION_WORD)
    assert one.lengths() == pytest.approx([weight[text.owner == row].sum() for row in range(4)])


def test_a_sentence_is_supported_by_one_window_of_the_other_text_and_never_by_more_than_all_of_it() -> None:
    first, second, third = "Pilots demand helmets.", "Cranes rust.", "Fees rise."
    summary = "Pilots demand fees."
    fillers = " ".join(["Nobody sings."] * (WIDTH - 2))
    near, far = (f"{first} {fillers} {gap}{third}" for gap in ("", f"{second} "))
    shares = [supported(pair_of(summary, text).detail.words)[0].tolist() for text in (near, far)]
    assert shares[0] == [1.0]
    assert 0.5 < shares[1][0] < 0.8


# --- candidates ----------------------------------------------------------------------------------------------------


@given(prose, prose)
@settings(max_examples=examples(60))
def test_candidates_lie_inside_the_texts_each_once_with_steps_from_end_to_end(a: str, b: str) -> None:
    pair = pair_of(a, b)
    found = candidates(pair, pair.detail)
    assert len({one.box for one in found}) == len(found)
    assert [one.box for one in found] == sorted(one.box for one in found)
    for one in found:
        a0, a1, b0, b1 = one.box
        assert 0 <= a0 < a1 <= len(pair.sides[0].ids)
        assert 0 <= b0 < b1 <= len(pair.sides[1].ids)
        assert (one.steps[0].box.a0, one.steps[0].box.b0) == (a0, b0)
        assert (one.steps[-1].box.a1, one.steps[-1].box.b1) == (a1, b1)
        assert 0 <= one.kept <= min(a1 - a0, b1 - b0)


def test_the_paragraph_that_two_texts_share_is_among_the_candidates() -> None:
    pair = pair_of(f"{ORCHARD}\n\n{FERRY}", f"{FERRY}\n\n{STADIUM}")
    start, size = len(prepare(ORCHARD).tokens), len(prepare(FERRY).tokens)
    found = {one.box: one.kept for one in candidates(pair, pair.detail)}
    assert found[start, start + size, 0, size] == size


def test_texts_that_share_nothing_have_no_candidates() -> None:
    pair = pair_of("Ferries sail. Cranes rust.", "Zwölf Boxkämpfer jagen Viktor. Sylt schläft.")
    assert candidates(pair, pair.detail) == []


def test_a_box_touches_the_sentences_of_its_first_and_last_token() -> None:
    pair = pair_of("One two three. Four five. Six.", "One two. Three four five six.")
    boxes = np.array([[0, 6, 0, 6], [2, 4, 1, 2], [3, 5, 2, 6]])
    assert sentence_ranges(boxes, *pair.sides)[:, 4:].tolist() == [[0, 3, 0, 2], [0, 2, 0, 1], [1, 2, 1, 2]]


def test_however_many_places_agree_only_the_largest_ranges_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [" ".join(f"Q{number}x{word}" for word in range(4 + number)) for number in range(12)]
    pair = pair_of("\n".join(lines), "\n".join(line + ".\nYes" * 7 for line in lines))
    every = candidates(pair, pair.detail)
    assert len(every) >= 12
    monkeypatch.setattr(candidates_module, "MOST", 3)
    assert 3 <= len(candidates(pair, pair.detail)) <= 6
    assert {one.box for one in candidates(pair, pair.detail)} < {one.box for one in every}
    assert MOST == 500
