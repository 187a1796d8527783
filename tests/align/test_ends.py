"""Where copies end: with their sentences, when little is left of them."""

from __future__ import annotations

import pytest
from labels import labelled

from compare.align.ends import ended
from compare.align.judge import JudgedBox, as_copy
from compare.align.overlap import bridged
from compare.align.pair import paired
from compare.align.prepare import prepare
from compare.align.refine import Box, Step
from compare.model import Kind

MIDDLE = "the board of the harbour met in the old customs house and voted for a bridge over the northern canal"


def ends(a: str, b: str) -> tuple[str, str]:
    """The words of the match on both sides."""
    ((match,)) = [match for match in labelled(a, b) if match.kind.is_reuse]
    return a[slice(*match.a)], b[slice(*match.b)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Yesterday {} for 340", "Yesterday {} for 290"),
        ("In 2019 {} again", "In 2020 {} once more"),
        ("{} today", "{}"),
        ("One two three {}", "Four {}"),
        ("And then he said that the Upton {}", "And then he said that the Garrity {}"),
        ("{} as it had done at 340 of them", "{} as it had done at 290 of them"),
    ],
)
def test_a_few_other_words_at_an_end_of_a_sentence_belong_to_the_match(first: str, second: str) -> None:
    a, b = (f"{text.format(MIDDLE)}" for text in (first, second))
    assert ends(f"{a}. Nobody came to see it.", f"{b}. All went home on foot then.") == (a, b)


def test_more_words_and_those_of_other_sentences_do_not() -> None:
    a, b = f"Some say now that since {MIDDLE}.", f"{MIDDLE}. All went home on foot."
    assert ends(a, b) == (MIDDLE, MIDDLE)


def copied(first: int, stop: int, shift: int = 0) -> JudgedBox:
    """A verbatim passage of these tokens of a."""
    return as_copy([Step("equal", Box(first, stop, first + shift, stop + shift))])


@pytest.mark.parametrize(
    ("first", "second", "begin"),
    [
        ("Mr Dahl said that the Upton bill", "Mr Dahl said that the Garrity bill", 0),
        ("According to the survey 57 percent of them", "According to the survey 57 percentage points of them", 0),
        ("Mr Dahl said that the Upton bill", "Mrs Holm wrote of how a Garrity bill", 7),
        ("On a day in May in the park a man of the town said that", "On a day in May in the park she said that", 15),
    ],
)  # fmt: skip
def test_more_words_of_a_sentence_belong_to_the_match_if_few_of_them_differ(
    first: str, second: str, begin: int
) -> None:
    a, b = prepare(f"{first} {MIDDLE}."), prepare(f"{second} {MIDDLE}.")
    start, size = len(first.split()), len(MIDDLE.split())
    passage = copied(start, start + size, len(second.split()) - start)
    (grown,) = ended([passage], paired(a, b).sides, (a, b))
    assert grown.box.a0 == begin


def test_copies_with_a_few_other_words_between_them_are_one_whatever_crosses_them() -> None:
    a, b = prepare(f"{MIDDLE} on 36 piles"), prepare(f"{MIDDLE} on 36,000 piles")
    sides, end = paired(a, b).sides, len(a.tokens)
    apart, crossing = [copied(0, end - 2), copied(end - 1, end)], copied(3, 9, -2)
    assert [passage.box for passage in bridged([*apart, crossing], *sides)] == [Box(0, end, 0, end), crossing.box]
    a, b = (prepare(f"{MIDDLE} {between} {MIDDLE}") for between in ("p q r s t", "u v w x y"))
    far = [copied(0, end - 3), copied(end + 2, len(a.tokens))]
    assert bridged(far, *paired(a, b).sides) == far
    a = prepare(f"{MIDDLE} {MIDDLE} {MIDDLE}")
    stolen = [copied(0, end - 3), copied(2 * end - 6, len(a.tokens))]
    assert [passage.box for passage in bridged(stolen, *paired(a, a).sides)] == [
        Box(0, len(a.tokens), 0, len(a.tokens))
    ]


def test_words_around_a_quotation_are_not_a_part_of_it() -> None:
    a, b = f"“{MIDDLE},” said Tove.", f"“{MIDDLE},” Holm wrote."
    assert ends(a, b) == (MIDDLE, MIDDLE)


def test_a_copy_with_another_last_word_is_edited() -> None:
    (match,) = labelled(f"{MIDDLE} in 2019.", f"{MIDDLE} in 2020.")
    assert match.kind is Kind.EDITED
    assert [step.kind for step in match.operations] == ["equal", "replace"]


def test_copies_that_overlap_in_the_same_words_are_one() -> None:
    a = prepare(f"{MIDDLE} in May")
    sides, end = paired(a, a).sides, len(a.tokens)
    assert [passage.box for passage in bridged([copied(0, 12), copied(8, end)], *sides)] == [Box(0, end, 0, end)]
    crossing = [copied(0, 12), copied(8, end, -5)]
    assert bridged(crossing, *sides) == crossing
