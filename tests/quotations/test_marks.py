"""Which spans are quotations: every kind of mark, block quotations, dialogue; and what only looks like one."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from examples import examples, length
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.quotations.marks import quotations
from compare.sources.markdown.syntax import read


def quoted(text: str) -> list[str]:
    return [text[start:stop] for start, stop in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “a b c” and „c d e“ and «e f g».", ["a b c", "c d e", "e f g"]),
        ('He said "a b c" twice, "c."', ["a b c", "c."]),
        ("»So geht es«, sagte er, ›wie immer schon‹.", ["So geht es", "wie immer schon"]),
        ("Er sagte: ‚So geht es‘, und ‹so ist es›.", ["So geht es", "so ist es"]),
        ("He said ``we will not go'' at noon.", ["we will not go"]),
        ("The club 's wish : `` We wo n't go there , '' he said .", ["We wo n't go there ,"]),
        (
            'He said : "We will go home . "\nIt rained until "a new day came up . "',
            ["We will go home .", "a new day came up ."],
        ),
        ("他说「我们不会离开」。", ["我们不会离开"]),
        ("“我种了四十年茶，从没见过。”七十一岁的茶农沈阿福说。他走了。", ["我种了四十年茶，从没见过。"]),
        ('他说"我们不会离开这里"然后走了。', ["我们不会离开这里"]),
        ('그는 "우리는 여기를 떠나지 않는다"라고 말했다.', ["우리는 여기를 떠나지 않는다"]),
        ("She said ”we will go” and „we will stay”.", ["we will go", "we will stay"]),
        ("“Never closed.\nSame paragraph.\n\nNext.", ["Never closed.\nSame paragraph."]),
        ("He said “they told me ‘go home now’ and left”.", ["they told me ‘go home now’ and left"]),
    ],
)
def test_quotations_are_what_stands_inside_the_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It’s ‘don’t go there’ again", ["don’t go there"]),
        ("She said: ‘The dogs’ bowl is empty, isn’t it?’ He left.", ["The dogs’ bowl is empty, isn’t it?"]),
        ("She said: 'The girls' team didn't play today.' He left.", ["The girls' team didn't play today."]),
        ("Back in the ’90s and the dogs’ bowl", []),
        ("Tell 'em the boys' club isn't open, rock 'n' roll", []),
        ("a ‘90s band and the boys’ club", []),
    ],
)
def test_an_apostrophe_is_no_quotation_mark(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        'A 5" pipe and the dogs’ bowl, 6 feet 2" tall',
        "The so-called “alt-right” and a “total fool” met.",
        "She wrote “The Art of the Deal” there.",
        "A report headlined “town loses its last ferry” came out.",
        'poster="http://example.org/a b c d.jpg" and more',
        'צה"ל הודיע היום כי דו"ח חדש',
    ],
)
def test_inches_scare_quotes_titles_and_attributes_are_no_quotations(text: str) -> None:
    assert quoted(text) == []


def test_a_short_utterance_is_one() -> None:
    assert quoted("“Absolutely,” he said. “No!”") == ["Absolutely,", "No!"]


def test_a_quotation_over_paragraphs_is_one() -> None:
    text = "She said: “We will not go.\n\n“We will stay here.” He left."
    assert quoted(text) == ["We will not go.\n\n“We will stay here."]
    assert quoted("“Never closed here.\n\nNot “opened by this one” again.") == [
        "Never closed here.",
        "opened by this one",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It says:\n\n> We will not go there.\n> Not today.\n\nHe left.", ["We will not go there.\n> Not today."]),
        ("> “We will not go there.”\n> — Ilse Marten\n\nHe left.", ["We will not go there."]),
        ("We [“will not go there”](a.html) and [left](b.html).", []),
        ("He said *“we will not go”* twice.", ["we will not go"]),
    ],
)
def test_block_quotations_of_markdown_are_quotations_and_links_are_not(text: str, expected: list[str]) -> None:
    assert [text[start:stop] for start, stop in quotations(text, read(text).muted)] == expected


def test_in_plain_text_a_line_is_no_block_quotation() -> None:
    assert quoted("> We will not go there, not today.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("— Nous ne partirons pas d'ici, dit Ilse Marten.", ["Nous ne partirons pas d'ici"]),
        (
            "—No iremos a la isla —dijo Ilse—. Nos quedamos aquí mismo.",
            ["No iremos a la isla", "Nos quedamos aquí mismo."],
        ),
        ("— Мы никуда не уходим, — сказал Иван. — Мы все остаёмся.", ["Мы никуда не уходим", "Мы все остаёмся."]),
        (
            "— Nous ne partirons pas d'ici, dit Ilse.\n— Vous devez partir ce soir.\n\nElle se tut.",
            ["Nous ne partirons pas d'ici", "Vous devez partir ce soir."],
        ),
        ("— The bridge, closed since May, will open.\n— The school, said to be old, stays.", []),
    ],
)
def test_speech_after_a_dash_is_a_quotation_where_a_verb_of_such_a_language_says_so(
    text: str, expected: list[str]
) -> None:
    assert quoted(text) == expected


def test_a_mark_that_touches_the_next_sentence_closes_where_a_sentence_ends_before_it() -> None:
    text = 'They said "it is a long road before anything is in ink."The agency contributed. "We go now," he said.'
    assert quoted(text) == ["it is a long road before anything is in ink.", "We go now,"]


_PIECES = st.sampled_from([*"“”\"'‘’«»„—> \n", "a", "boys", "says ", ", dit ", "\n\n", "no. "])


@settings(max_examples=examples(100))
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_quotations_are_in_order_trimmed_and_apart(text: str) -> None:
    spans = quotations(text, read(text).muted)
    assert all(first.stop <= second.start for first, second in pairwise(spans))
    assert all(0 <= start < stop <= len(text) for start, stop in spans)


@pytest.mark.parametrize("piece", ['"', "“", "‘a", "s’ a", "'s ", "— a, dit b\n", "> a b c\n\n", "“a b c” "])
def test_hostile_input_is_read_in_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        syntax = read(text).muted if piece[0] == ">" else ()
        begin = time.process_time()
        quotations(text, syntax)
        return time.process_time() - begin

    least = min(seconds(length(40_000)) for _ in range(2))  # what a busy machine adds is not counted
    assert least < 8 * seconds(length(10_000)) + 0.2
