from __future__ import annotations

import time
from itertools import pairwise

import pytest
from builds import compiled
from examples import length
from hypothesis import given
from hypothesis import strategies as st

import compare
from compare.align.prepare import prepare
from compare.model import Document, Kind, Mark, Match, Span
from compare.settings import Settings
from compare.text.coverage import coverage, token_ranges

CAPTION = "A crowd of 4,200 people waits for the reopened ferry at Calder quay on Monday. Photo: Ada Vale"
BRIDGE = (
    "The city council voted on Monday to close Harbour Bridge for eleven months while engineers replace its steel deck."
)
SCHOOL = "Teachers at Northgate school walked out on Thursday over plans to merge the two science departments."
WHEAT = "Farmers in the southern valleys expect the smallest wheat harvest since 1976, for mildew reached the fields."
FILM = "A silent film thought lost for ninety years was found in the attic of a retired projectionist in Alborough."
POOL = (BRIDGE, SCHOOL, WHEAT, FILM)


def join(*parts: str) -> str:
    return "\n\n".join(parts)


def sides(text: str, match: Match) -> tuple[str, str]:
    return text[slice(*match.a)], text[slice(*match.b)]


def test_a_caption_printed_twice_is_one_verbatim_match_with_exact_ends() -> None:
    text = join(BRIDGE, CAPTION, SCHOOL, CAPTION, WHEAT)
    (match,) = compare.repeats(text)
    assert (match.kind, match.similarity, match.marks) == (Kind.VERBATIM, 1.0, ())
    assert sides(text, match) == (CAPTION, CAPTION)
    assert match.a.start == text.index(CAPTION)


def test_a_caption_with_another_figure_shows_what_drifted() -> None:
    text = join(CAPTION, BRIDGE, CAPTION.replace("4,200", "4,300"))
    (match,) = compare.repeats(text)
    assert (match.kind, match.marks) == (Kind.EDITED, (Mark.DRIFT,))
    assert [(one.what, text[slice(*one.a)], text[slice(*one.b)]) for one in match.drifts] == [
        ("number", "4,200", "4,300")
    ]
    assert [step.kind for step in match.operations] == ["equal", "replace", "equal"]


def test_the_first_or_last_word_of_a_place_may_be_the_one_that_changed() -> None:
    for old, new in (("1976", "1977"), ("Some", "Over")):
        told = (
            f"{'Some' if old == 'Some' else 'At least'} four villages in the valley lost their wheat harvest in 1976."
        )
        (match,) = compare.repeats(join(told, BRIDGE, told.replace(old, new)))
        assert match.kind is Kind.EDITED
        assert (match.a, match.b.stop - match.b.start) == (Span(0, len(told) - 1), len(told) - 1)


def test_lines_without_a_full_stop_repeat_too() -> None:
    line = CAPTION[: CAPTION.index(".")]
    text = f"{line}\n{line}\n"
    assert [sides(text, match) for match in compare.repeats(text)] == [(line, line)]


def test_a_sentence_printed_a_thousand_times_is_a_chain_of_999() -> None:
    found = compare.repeats(" ".join([BRIDGE] * 1000))
    assert len(found) == 999
    assert {match.kind for match in found} == {Kind.VERBATIM}
    assert all(one.b == other.a for one, other in pairwise(found))


def test_a_passage_of_many_sentences_is_one_match_wherever_it_comes_again() -> None:
    text = join(BRIDGE, SCHOOL, WHEAT, CAPTION, BRIDGE, SCHOOL, WHEAT, FILM)
    assert [sides(text, match) for match in compare.repeats(text)] == [(join(BRIDGE, SCHOOL, WHEAT)[:-1],) * 2]


def test_a_paragraph_edited_and_edited_back_goes_with_the_place_before_each_time() -> None:
    paragraph = f"{BRIDGE} {SCHOOL}"
    text = join(paragraph, FILM, paragraph.replace("eleven", "twelve"), WHEAT, paragraph)
    found = compare.repeats(text)
    assert [one.kind for one in found] == [Kind.EDITED, Kind.EDITED]
    assert [[text[slice(*change.b)] for change in one.drifts] for one in found] == [
        ["twelve"],
        ["eleven"],
    ]
    assert found[0].b == found[1].a


@pytest.mark.parametrize(
    "text",
    [
        "", "...", "a", BRIDGE, join(*POOL), "no " * 5000, "the same again " * 2000,
        join("The ferry is late.", BRIDGE, "The ferry is late."),
        join("Net profit was 4.1 mln in May, up from 3.2.", "Net loss was 7.7 mln in June, up from 1.3."),
    ],
)  # fmt: skip
def test_phrases_templates_and_stammer_are_no_repeats(text: str) -> None:
    assert compare.repeats(text) == ()


def test_what_is_muted_repeats_nothing() -> None:
    text = join(BRIDGE, SCHOOL, BRIDGE)
    muted = (Span(0, len(BRIDGE)),)
    assert len(compare.repeats(Document("a", text))) == 1
    assert compare.repeats(Document("a", text, muted=muted)) == ()


def test_how_much_must_be_kept_is_a_setting() -> None:
    text = join(SCHOOL, BRIDGE, SCHOOL.replace("two science", "three").replace("Thursday", "Friday"))
    assert compare.repeats(text) == ()
    assert [one.kind for one in compare.repeats(text, Settings(near_kept=0.7))] == [Kind.EDITED]


def test_sentences_of_other_scripts_repeat() -> None:
    for one, other in (
        (
            "Городской совет решил закрыть портовый мост на одиннадцать месяцев из-за ремонта.",
            "Учителя вышли на улицу.",
        ),
        ("北京市政府周一宣布，新的地铁线路将于明年三月开通，预计每天运送二十万名乘客。", "天气很好。"),
        ("नगर परिषद ने सोमवार को बंदरगाह पुल ग्यारह महीने के लिए बंद करने का निर्णय लिया है।", "बारिश हुई।"),
    ):
        (match,) = compare.repeats(join(one, other, one))
        assert match.kind is Kind.VERBATIM
        assert match.a.start == 0


@given(st.lists(st.integers(0, 3), max_size=14))
def test_exactly_the_sentences_that_stood_before_are_repeats(order: list[int]) -> None:
    text = " ".join(POOL[number] for number in order)
    found = compare.repeats(text)
    words = [len(prepare(sentence).tokens) for sentence in POOL]
    again = sum(words[number] for place, number in enumerate(order) if number in order[:place])
    assert coverage(token_ranges(match)[1] for match in found) == again
    assert sum(stop - start for _, (start, stop) in map(token_ranges, found)) == again
    assert all(one.kind is Kind.VERBATIM for one in found)


@given(st.lists(st.sampled_from([*BRIDGE.split()[:8], "4", "not", ".\n\n", "“", "”"]), max_size=120))
def test_places_never_overlap_and_operations_make_the_later_out_of_the_earlier(words: list[str]) -> None:
    text = " ".join(words)
    tokens = prepare(text).tokens
    found = compare.repeats(text)
    assert list(found) == sorted(found, key=lambda match: (match.b, match.a))
    for match in found:
        earlier, later = token_ranges(match)
        assert match.a.stop <= match.b.start
        assert match.kind in {Kind.VERBATIM, Kind.EDITED}
        assert (match.kind is Kind.VERBATIM) == (match.similarity == 1.0)
        assert (Mark.DRIFT in match.marks) == bool(match.drifts)
        assert match.a == (tokens.starts[earlier.start], tokens.stops[earlier.stop - 1])
        assert match.b == (tokens.starts[later.start], tokens.stops[later.stop - 1])
        for step in match.operations:
            here, there = (tokens.hashes[slice(*side)].tolist() for side in (step.tokens_a, step.tokens_b))
            assert (here == there) == (step.kind == "equal")


@compiled
def test_a_megabyte_of_repeats_of_any_kind_takes_seconds() -> None:
    half = [
        f"Item {number} was sold to buyer {number * 7} of the quay for {number * 3} crowns."
        for number in range(length(8000))
    ]
    for text in (
        "a " * length(500_000),
        " ".join([BRIDGE] * length(9000)),
        " ".join(half + half),
        " ".join(half + half[::-1]),
    ):
        began = time.process_time()
        compare.repeats(text)
        assert time.process_time() - began < 15


@pytest.mark.parametrize("copies", [1, 2, 5])
def test_a_passage_that_one_side_repeats_adds_nothing_to_the_scores_of_a_pair(copies: int) -> None:
    a, plain = join(SCHOOL, BRIDGE, FILM), join(WHEAT, BRIDGE)
    once, often = compare.pair(a, plain), compare.pair(a, join(plain, *[BRIDGE] * copies))
    for name in ("reused_a", "containment_a", "own_a", "shared", "longest"):
        assert getattr(often, name) == getattr(once, name), name
    assert 0 < often.reused_b <= 1
    assert compare.pair(plain, join(a, *[FILM] * copies)).reused_a == once.reused_b
