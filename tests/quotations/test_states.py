"""What became of a quotation on the other side: kept, changed, in another mouth, without its marks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from labels import NOW
from prose import BRIDGE, FILM, SAID, SCHOOL, WHEAT

from compare.align.align import align
from compare.align.prepare import Text, prepare
from compare.model import Kind, Mark, Match, Quotation, QuoteState
from compare.quotations.states import order_of, states

FAITHFUL, ALTERED, UNQUOTED = QuoteState.FAITHFUL, QuoteState.ALTERED, QuoteState.UNQUOTED
QUOTED, OTHERWISE, DIFFER = QuoteState.QUOTED, QuoteState.ATTRIBUTED_OTHERWISE, QuoteState.MARKS_DIFFER
ARTICLE = f"{BRIDGE}\n\n{{}}\n\n{SCHOOL}"


def matches(a: str | Text, b: str | Text) -> tuple[Match, ...]:
    left, right = (prepare(side) if isinstance(side, str) else side for side in (a, b))
    return align(left, right, NOW)


def quotations(a: str | Text, b: str | Text) -> list[Quotation]:
    return [quotation for match in matches(a, b) for quotation in match.quotations]


def found_states(a: str | Text, b: str | Text) -> list[QuoteState]:
    """The states, which are the same seen from b."""
    forth, back = ([quotation.state for quotation in quotations(*sides)] for sides in ((a, b), (b, a)))
    assert sorted(forth) == sorted(back)
    return forth


def apart(a: str, b: str) -> tuple[str, str]:
    """The same quotation in two articles of their own."""
    return f"{WHEAT}\n\n{a}", f"{FILM}\n\n{b}"


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [
        ("", "", FAITHFUL),
        ("single family", "big family", ALTERED),
        ("a single family", "a family", ALTERED),
        ("a single family", "not a single family", ALTERED),
        ("We will", "They will", ALTERED),
        ("We will not", "[The mayor] will not", FAITHFUL),
        ("while a single family", "while … family", FAITHFUL),
        ("on the island ", "", ALTERED),
        ("We will not", "We won’t", FAITHFUL),
        ("We will not", "Uh, we will not", FAITHFUL),
        ("We will not close", "Close", FAITHFUL),
        ("the last", "the the last", FAITHFUL),
    ],
)
def test_a_quotation_is_altered_where_its_words_are_and_nothing_says_so(old: str, new: str, state: QuoteState) -> None:
    assert old in SAID
    assert found_states(*apart(f"“{SAID},” he said.", f'"{SAID.replace(old, new, 1)}."')) == [state]
    copied = (
        ARTICLE.format(f"“{SAID},” said the mayor."),
        ARTICLE.format(f"“{SAID.replace(old, new, 1)},” said the mayor."),
    )
    assert found_states(*copied) == [state]


@pytest.mark.parametrize("marks", ["“”", "„“", "«»", "»«", '""', "‘’", "''", "‹›"])
def test_every_kind_of_marks_is_the_same(marks: str) -> None:
    quoted = f"{marks[0]}{SAID}{marks[1]}, said Ilse Marten."
    assert found_states(*apart(f"“{SAID},” said Ilse Marten.", quoted)) == [FAITHFUL]
    copied = ARTICLE.format(quoted), ARTICLE.format(quoted.replace(marks[0], "").replace(marks[1], ""))
    assert found_states(*copied) == [UNQUOTED]


@pytest.mark.parametrize(
    ("quoting", "prose", "state"),
    [
        ("“{},” said the mayor.", "{}, said the mayor.", UNQUOTED),
        ("The mayor said: “{}.”", "The mayor said: {}.", UNQUOTED),
        ("The mayor said “{}” in court.", "The mayor said {} in court.", UNQUOTED),
        ("“{}.”", "{}.", DIFFER),
        ("“{},” said the mayor.", "{}, it was announced.", DIFFER),
        ("“{},” said the mayor.", "The plan reads:\n\n{}.\n\nNothing else.", DIFFER),
        ("“{},” said the mayor.", "{},” said the mayor.", DIFFER),
    ],
)
def test_marks_are_gone_where_who_said_it_stands_on_both_sides(quoting: str, prose: str, state: QuoteState) -> None:
    assert found_states(*apart(quoting.format(SAID), prose.format(SAID))) == [state]


def test_who_speaks_may_stand_between_commas_inside_the_marks() -> None:
    story = ARTICLE.format("« Cette mesure{} ne coûtera rien aux petites entreprises de la région »{}.")
    after, inside = story.format("", ", a assuré la ministre"), story.format(", a assuré la ministre,", "")
    assert found_states(after, inside) == [FAITHFUL]


def test_what_is_reported_in_another_mood_needs_no_marks() -> None:
    spoken, reported = (f"{SAID.replace('depends', verb)}, said the mayor" for verb in ("depends", "would depend"))
    quoted = spoken.replace("We", "“We", 1).replace(", said", "”, said")
    reported = reported.replace("We will", "They would", 1)
    assert found_states(ARTICLE.format(f"{quoted}."), ARTICLE.format(f"{reported}.")) == [DIFFER]


def test_what_is_reported_in_other_words_needs_no_marks() -> None:
    reported = (
        SAID.replace("the last", "their only")
        .replace("single family", "lone household")
        .replace("still depends", "lives")
    )
    assert found_states(
        ARTICLE.format(f"The mayor said: “{SAID}.”"), ARTICLE.format(f"The mayor said: {reported}.")
    ) == [DIFFER]


def test_in_a_copy_of_the_story_marks_are_gone_without_an_attribution() -> None:
    assert found_states(ARTICLE.format(f"“{SAID}.”"), ARTICLE.format(f"{SAID}.")) == [UNQUOTED]
    two = f"“{SAID}.”\n\n“Nobody will be left behind there,” said the mayor."
    assert found_states(ARTICLE.format(two), ARTICLE.format(two.replace("“", "", 1).replace("”", "", 1))) == [
        UNQUOTED, FAITHFUL,
    ]  # fmt: skip
    inner = f"“{SAID.replace('last ferry line', '‘last ferry line we have’')},” said the mayor."
    assert UNQUOTED in found_states(ARTICLE.format(inner), ARTICLE.format(inner.replace("“", "").replace("”", "")))


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (("2024-05-01", "2024-05-03"), UNQUOTED), (("2024-05-03T10:00", "2024-05-01"), QUOTED),
        (("2024-05-01", "2024-05-01T12:00"), DIFFER), (("2024-05-01", ""), DIFFER),
    ],
)  # fmt: skip
def test_who_borrows_is_known_by_the_day_of_publication(days: tuple[str, str], state: QuoteState) -> None:
    a, b = (prepare(text) for text in apart(f"“{SAID},” said the mayor.", f"{SAID}."))
    assert found_states(replace(a, published=days[0]), replace(b, published=days[1])) == [state]


def test_a_speech_is_not_borrowed_whatever_its_day() -> None:
    a, b = apart(f"“{SAID},” said the mayor.", f"I thank you. I will be short, as my friends know me. {SAID}.")
    assert found_states(replace(prepare(a), published="2024-05-01"), replace(prepare(b), published="2024-05-03")) == [
        DIFFER
    ]


def test_the_words_of_the_other_texts_author_are_quoted() -> None:
    a, b = (prepare(text) for text in apart(f"“{SAID},” said Ilse Marten.", f"{SAID}."))
    assert found_states(a, replace(b, author="Ilse Marten")) == [QUOTED]
    assert found_states(a, replace(b, author="Tove Brandt")) == [DIFFER]


def test_the_earlier_text_borrows_nothing() -> None:
    a, b = prepare("It was noon."), prepare("It was noon.")
    assert order_of(replace(a, published="2024-05-01"), replace(b, published="2024-05-02")) == -1
    assert order_of(replace(a, published="2024"), replace(b, published="2024-05-02")) == 0


def test_words_in_another_mouth_are_attributed_otherwise() -> None:
    a, b = apart(f"“{SAID},” said Ilse Marten.", f"“{SAID},” said Ilse Brandt.")
    (match,) = matches(a, b)
    (quotation,) = match.quotations
    assert (quotation.state, Mark.DRIFT in match.marks) == (OTHERWISE, True)
    assert [(b[slice(*drift.a)], a[slice(*drift.b)]) for drift in matches(b, a)[0].drifts] == [
        ("Ilse Brandt", "Ilse Marten")
    ]
    assert quotation.speaker_a
    assert a[slice(*quotation.speaker_a)] == "Ilse Marten"
    assert found_states(*apart(f"“{SAID},” said Ilse Marten.", f"“{SAID},” said Mayor Marten.")) == [FAITHFUL]
    assert found_states(*apart(f"“{SAID},” said Ilse Marten.", f"“{SAID}.” Bob Rowe would not comment.")) == [FAITHFUL]


def test_a_quotation_is_its_words_without_the_marks_on_both_sides() -> None:
    a, b = apart(f"“{SAID},” said the mayor.", f"{SAID}.")
    (quotation,) = quotations(a, b)
    assert (a[slice(*quotation.a)], b[slice(*quotation.b)]) == (SAID, SAID)
    assert (quotation.marked_a, quotation.marked_b) == (True, False)


def test_a_quotation_that_is_parted_is_two_on_both_sides() -> None:
    first, second = "We will not close the last ferry line", "nor the school while a family is left on the island"
    a, b = apart(f"“{first},” said the mayor, “{second}.”", f"“{first}, {second}.”")
    assert found_states(a, b) == [FAITHFUL, FAITHFUL]


def test_related_passages_hold_no_quotations() -> None:
    a, b = (prepare(f"“{SAID}.”") for _ in range(2))
    (match,) = align(a, b, NOW)
    assert states(match, a, b, 0)
    assert states(replace(match, kind=Kind.RELATED), a, b, 0) == ()


TOLL = "We lost {} of the boats on {}, and Mr {} has asked the council for {} to build new ones before the winter comes"


@pytest.mark.parametrize(
    ("one", "other", "state"),
    [
        (("10 percent", "9 November", "Zelensky", "$1.5 million"), ("10%", "Nov. 9", "Zelenskiy", "$1.5m"), FAITHFUL),
        (("10 percent", "9 November", "Lund", "$5m"), ("10 percent", "9 November 2016", "Lund", "$5m"), ALTERED),
        (("10 percent", "9 November", "Lund", "$5m"), ("10", "9 November", "Lund", "$5m"), ALTERED),
        (("10 percent", "9 November", "Lund", "$5m"), ("11%", "Nov. 9", "Lund", "$5m"), ALTERED),
    ],
)
def test_figures_dates_and_names_in_other_notation_are_faithful(
    one: tuple[str, ...], other: tuple[str, ...], state: QuoteState
) -> None:
    a, b = (ARTICLE.format(f"“{TOLL.format(*words)},” said the mayor.") for words in (one, other))
    assert found_states(a, b) == [state]


def test_a_quotation_cut_where_its_signs_say_so_is_faithful_wherever_its_words_repeat() -> None:
    said = (
        "You put people in the line, at the front which means that they have to get there at six in the morning, "
        f"because they have to get in front at the rally, so that, and I say it now, {SAID}"
    )
    cut = said.replace("which means that they have to get there at six in the morning, because they have", ". . .")
    assert found_states(*(ARTICLE.format(f"“{words},” said the mayor.") for words in (said, cut))) == [FAITHFUL]


def test_in_a_transcript_or_a_post_no_marks_are_missing() -> None:
    a = ARTICLE.format(f"“{SAID},” said Ilse Marten.")
    b = prepare(ARTICLE.format(f"{SAID}, said Ilse Marten."))
    assert found_states(a, b) == [UNQUOTED]
    assert found_states(a, replace(b, quoted=np.ones(len(b.tokens), bool))) == [DIFFER]
