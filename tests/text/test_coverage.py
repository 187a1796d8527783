"""How much of a text stands in matches, and which of them count as reuse: asked of whole pairs."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from prose import BRIDGE, FILM, RIGHTS, SAID, SCHOOL, STORY, WHEAT, join

import compare
from compare.align.prepare import prepare
from compare.model import Document, Kind, Mark, Match, Operation, Span
from compare.text.coverage import corresponding, counting, coverage, kept

MARKS = ((Mark.QUOTE,), (Mark.QUOTE, Mark.UNQUOTED), (), (Mark.BOILERPLATE,))


def test_coverage_is_the_union() -> None:
    assert coverage([]) == 0
    assert coverage([(5, 7), (0, 3), (1, 2), (3, 5)]) == 7


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted).map(tuple)))
def test_coverage_is_that_of_a_set(spans: list[tuple[int, int]]) -> None:
    assert coverage(spans) == len({place for span in spans for place in range(*span)})


def test_what_both_texts_quote_does_not_count_however_much_of_the_shorter_one_it_is() -> None:
    long_a, long_b = join(SCHOOL, FILM, f"“{SAID}.”"), join(WHEAT, BRIDGE, f"“{SAID}.”")
    pair = compare.pair(long_a, long_b)
    assert [match.marks for match in pair.matches] == [(Mark.QUOTE,)]
    assert (pair.reused_a, pair.reused_b) == (0.0, 0.0)
    assert compare.pair(long_a, f"The mayor spoke: “{SAID}.”").reused_b == 0


def around(quotation: str, words: int, name: str) -> str:
    """A quotation in a text of so many words in all, all others the text's own."""
    own = [f"{name}{number}" for number in range(words - len(quotation.split()))]
    return " ".join([*own[:5], f"“{quotation}”", *own[5:]])


LENGTH = len(SAID.split())


def dated(text: str, day: str) -> Document:
    return Document(day, text, published=day)


def test_what_both_texts_quote_is_left_out_of_what_is_reused_and_of_all_words() -> None:
    pair = compare.pair(around(SAID, 200, "ash"), around(SAID, LENGTH + 9, "oak"))
    assert [match.marks for match in pair.matches] == [(Mark.QUOTE,)]
    assert (pair.reused_a, pair.reused_b) == (0, 0)
    with_prose = compare.pair(join(STORY, WHEAT, f"“{SAID}.”"), join(STORY, FILM, f"“{SAID}.”"))
    words = [len(text.replace("-", " ").split()) for text in (STORY, FILM)]
    assert with_prose.reused_b == words[0] / sum(words)


def test_what_lost_its_quotation_marks_counts_however_short_it_is() -> None:
    prose = around(SAID, 150, "oak").replace("“", "").replace("”", "")
    pair = compare.pair(dated(around(SAID, 200, "ash"), "2024-05-01"), dated(prose, "2024-05-02"))
    assert [match.marks for match in pair.matches] == [(Mark.UNQUOTED,)]
    assert (pair.reused_a, pair.reused_b) == (LENGTH / 200, LENGTH / 150)


def test_of_replaced_words_no_more_correspond_than_stand_against_them() -> None:
    steps = (
        Operation("equal", Span(0, 9), Span(0, 9), Span(0, 3), Span(0, 3)),
        Operation("replace", Span(9, 90), Span(9, 12), Span(3, 40), Span(3, 5)),
        Operation("insert", Span(90, 90), Span(12, 40), Span(40, 40), Span(5, 9)),
    )
    match = Match(Span(0, 90), Span(0, 40), Kind.REWRITTEN, 0.1, (), steps)
    assert list(corresponding(match)) == [((0, 3), (0, 3)), ((3, 5), (3, 5)), ((40, 40), (5, 5))]
    assert list(corresponding(replace(match, operations=steps[:1], inside=(match,)))) == [
        ((0, 3), (0, 3)),
        *corresponding(match),
    ]


def test_a_quotation_that_lost_its_marks_inside_another_one_counts() -> None:
    steps = (Operation("equal", Span(0, 60), Span(0, 60), Span(0, 60), Span(0, 60)),)
    every = [Match(Span(0, 60), Span(0, 60), Kind.VERBATIM, 1, marks, steps) for marks in MARKS]
    assert [match.counts for match in counting(every)] == [False, True, True, False]


def test_related_passages_are_shown_and_never_counted() -> None:
    pair = compare.pair(
        join(
            "Harbour Bridge in Lindhaven will close in March for 14 months, the city council decided. Shopkeepers on "
            "the eastern bank fear for their trade.",
            "The engineer Tove Brandt told reporters that rust had eaten into the deck.",
        ),
        join(
            "A year of ferries is ahead. On Monday the council decided that for 14 months from March Lindhaven must "
            "close the Harbour Bridge.",
            "Anyone who commutes should expect delays, according to the transport office.",
        ),
    )
    assert {match.kind for match in pair.matches} == {Kind.RELATED}
    assert (pair.reused_a, pair.reused_b) == (0, 0)


def test_boilerplate_is_left_out_of_what_is_reused_and_of_all_words() -> None:
    pair = compare.pair(join(STORY, RIGHTS), join(STORY, RIGHTS))
    assert [Mark.BOILERPLATE in match.marks for match in pair.matches] == [False, True]
    assert (pair.reused_a, pair.reused_b) == (1, 1)
    longer = compare.pair(join(WHEAT, STORY, RIGHTS), join(STORY, RIGHTS))
    words = len(STORY.replace("-", " ").split()), len(WHEAT.split())
    assert (longer.reused_a, longer.reused_b) == (words[0] / sum(words), 1)


def test_words_with_other_accents_are_kept() -> None:
    a = "Ông chủ tịch nói rằng cây cầu mới sẽ mở cửa vào tháng sau và người dân không phải bán vé."
    b = a.replace("bán vé", "bạn vẽ")
    assert kept(compare.pair(a, b).matches, prepare(a), prepare(b)) == (1, 1)
