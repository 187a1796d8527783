"""Where copies end: with their sentences, when little is left of them."""

from __future__ import annotations

import pytest
from labels import labelled
from prose import FILM, SCHOOL, WHEAT, join

from compare.model import Fact, Kind

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
        ("As Mr Dahl said when the Aurora docked, {}", "As Mr Dahl said when the Borealis docked, {}"),
    ],
)
def test_a_few_other_words_at_an_end_of_a_sentence_belong_to_the_match(first: str, second: str) -> None:
    a, b = (f"{text.format(MIDDLE)}" for text in (first, second))
    assert ends(f"{a}. Nobody came to see it.", f"{b}. All went home on foot then.") == (a, b)


def test_more_words_and_those_of_other_sentences_do_not() -> None:
    a, b = f"Some say now that since {MIDDLE}.", f"{MIDDLE}. All went home on foot."
    assert ends(a, b) == (MIDDLE, MIDDLE)


def test_copies_with_a_few_other_words_between_them_are_one_though_a_sentence_stands_twice() -> None:
    story = (
        f"{MIDDLE.capitalize()}. {join(WHEAT, FILM)}\n\nNobody came. {MIDDLE.capitalize()} on 36 piles of oak. {SCHOOL}"
    )
    found = [match for match in labelled(story, story.replace("36", "36,000")) if match.kind.is_reuse]
    assert any(drift.what is Fact.NUMBER for match in found for drift in match.drifts)
    assert story[slice(*max(found, key=lambda match: match.words).a)] == story.removesuffix(".")


def test_words_around_a_quotation_are_not_a_part_of_it() -> None:
    a, b = f"“{MIDDLE},” said Tove.", f"“{MIDDLE},” Holm wrote."
    assert ends(a, b) == (MIDDLE, MIDDLE)


def test_a_copy_with_another_last_word_is_edited() -> None:
    (match,) = labelled(f"{MIDDLE} in 2019.", f"{MIDDLE} in 2020.")
    assert match.kind is Kind.EDITED
    assert [step.kind for step in match.operations] == ["equal", "replace"]
