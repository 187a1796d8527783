"""`diff --changes`: what was changed alone, each with its sentence."""

from __future__ import annotations

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

import compare
from compare import Document
from compare.terminal.changes import Look, changes_text
from compare.terminal.passages import columns

OPENING = "The ferry company said on Monday that it would close the northern crossing for the winter."
COST = "The council put the damage at {} million pounds, and the crossing will open again in May."
BOATS = "Boats from Port Ellin will {} twice a day until then, and tickets stay valid on both lines."
SPOKEN = "“We have asked for a new ramp since the storm of the spring,” said Marian Oduya, the mayor."
SCHOOL = "The school on the quay keeps its hours, and the bus that meets the ferry runs as it always did."
MARKET = "Traders at the fish market hope that the tent on the upper quay keeps the rain out until the spring."


def _text(*paragraphs: str, **metadata: str) -> Document:
    return Document(metadata.pop("id", "a"), "\n\n".join(paragraphs) + "\n", **metadata)


def _changes(a: Document, b: Document, **look: bool | int) -> list[str]:
    return changes_text(a, b, compare.pair(a, b), Look(**look)).splitlines()


A = _text(OPENING, COST.format("4.2"), BOATS.format("sail"), SPOKEN, SCHOOL)


def test_where_no_word_differs_one_sentence_says_so() -> None:
    assert _changes(A, A) == ["No word differs: b has the words of a, all of them in their order."]


def test_a_changed_figure_is_an_entry_with_its_sentence_and_its_kind() -> None:
    b = _text(OPENING, COST.format("4.3"), BOATS.format("sail"), SPOKEN, SCHOOL, id="b")
    changed = COST.format("[-4.2-]{+4.3+}")
    *lines, last = _changes(A, b)
    assert " ".join(" ".join(lines).split()) == f"1 figure changed: {changed}"
    assert last.startswith("Word for word the same: ")


def test_heads_come_first_then_facts_then_other_edits_then_what_stands_alone() -> None:
    a = _text(
        BOATS.format("sail"), COST.format("4.2"), OPENING, SPOKEN, SCHOOL, title="Crossing shut", author="I. Berg"
    )
    b = _text(
        BOATS.format("go"), COST.format("4.3"), OPENING, SPOKEN, MARKET, id="b", title="Company closes line",
        author="Leo Quist",
    )  # fmt: skip
    text = " ".join(" ".join(_changes(a, b)).split())
    parts = [
        "1 headline changed: “Crossing shut” → “Company closes line”", "2 byline changed: I. Berg → Leo Quist",
        "3 figure changed: The council", "4 edited: Boats from Port Ellin will [-sail-]{+go+} twice",
        "5 only in a: 20 words, line 9: “The school on the quay", "6 only in b: 20 words, line 9: “Traders at the fish",
        "Word for word the same: ",
    ]  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_what_stands_in_another_place_is_told_and_is_no_change_of_words() -> None:
    a = _text(OPENING, COST.format("4.2"), SPOKEN, SCHOOL, MARKET)
    b = _text(SCHOOL, MARKET, OPENING, COST.format("4.2"), SPOKEN, id="b")
    *lines, last = _changes(a, b)
    assert " ".join(lines).startswith("1  passage moved up: 40 words, a lines 7–9, b lines 1–3: “The school on the")
    assert last == "Word for word the same: 100 % of a, 100 % of b."


def test_quotation_marks_that_are_lost_are_told_though_no_word_differs() -> None:
    b = _text(*(part.replace("“", "").replace("”", "") for part in A.text.split("\n\n")), id="b")
    (entry, last) = " ".join(_changes(A, b)).split(" Word for word ")
    assert entry.startswith("1  quotation marks lost: “We have asked for a new ramp")
    assert last == "the same: 100 % of a, 100 % of b."


def test_a_reworded_passage_shows_both_sides_and_names_the_fact_that_changed() -> None:
    a = "The council put the damage at 4.2 million pounds, and the crossing will open again in the month of May."
    b = "Damage was put at 4.3 million pounds by the council; in May the crossing is to be opened once again."
    line = " ".join(" ".join(_changes(_text(OPENING, a, SCHOOL), _text(OPENING, b, SCHOOL, id="b"))).split())
    changed = "figure changed (4.2 million → 4.3 million)"
    assert line.startswith(f"1 {changed}, reworded: “{a}” → “{b}” Word for word")


def test_texts_with_nothing_in_common_are_told_as_such() -> None:
    found = _changes(_text(OPENING), _text(MARKET, id="b"))
    assert [line.split(",")[0] for line in found[:2]] == ["1  only in a: 16 words", "2  only in b: 20 words"]
    assert found[2:] == ["Nothing stands in both word for word."]


def test_facts_that_only_may_differ_are_told_to_whoever_asks() -> None:
    a, b = _text(f"{OPENING} Oduya spoke."), _text(f"{OPENING} Falk spoke.", id="b")
    pair = compare.pair(a, b)
    unsure = [drift for match in pair.matches for drift in match.unsure]
    told = [line for line in _changes(a, b, all_drifts=True) if "may differ: " in line]
    assert len(told) == len(unsure)
    assert not [line for line in _changes(a, b) if "may differ" in line]


def test_colour_takes_no_room_and_only_the_words_of_one_side_have_it() -> None:
    b = _text(OPENING, COST.format("4.3"), BOATS.format("sail"), SPOKEN, SCHOOL, id="b")
    colored = _changes(A, b, colored=True)
    assert "\x1b[31m[-4.2-]\x1b[0m\x1b[32m{+4.3+}\x1b[0m" in "\n".join(colored)
    assert [columns(line) for line in colored] == [columns(line) for line in _changes(A, b)]


@pytest.mark.parametrize("width", [40, 80, 132])
def test_lines_are_no_wider_than_the_terminal_and_wide_letters_take_two_columns(width: int) -> None:
    a = _text(OPENING, "茶 農 沈 阿 福 說 今 年 比 往 年 提 前 十 天 開 採 春 茶", COST.format("4.2"), SCHOOL)
    b = _text(OPENING, "茶 農 沈 阿 福 說 今 年 比 去 年 提 前 十 天 開 採 春 茶", COST.format("4.3"), MARKET, id="b")
    assert max(columns(line) for line in _changes(a, b, width=width)) <= width


def test_controls_of_a_hostile_text_are_shown_and_do_nothing() -> None:
    a = _text(OPENING, COST.format("4.2"), SCHOOL, title="Shut \x1b[31mfor\u202e the winter")
    b = _text(OPENING, COST.format("4.3 \x1b]0;x\x07 "), MARKET + "\x1b[2J", id="b", title="Another title of it")
    text = "\n".join(_changes(a, b))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text


SOME = ["the", "ferry", "sank", "41", "42", "people", "not", "in", "May", "said", "Oduya.", "“", "”", "\n\n"]
WORDS = st.lists(st.sampled_from(SOME), max_size=60)


@settings(max_examples=examples(40))
@given(WORDS, WORDS)
def test_every_change_of_the_list_is_told_and_nothing_is_where_the_words_are_the_same(
    first: list[str], second: list[str]
) -> None:
    a, b = _text(OPENING, " ".join(first), SCHOOL), _text(OPENING, " ".join(second), SCHOOL, id="b")
    lines = _changes(a, b)
    if first == second:
        assert len(lines) == 1
    numbers = [line.split()[0] for line in lines[:-1] if line[:1].isdigit()]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
