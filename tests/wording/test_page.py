from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import comparison, document

from compare.model import Drift, Fact, Kind, Mark, Match, Span, Verdict
from compare.wording import page, words
from compare.wording.escape import safe

NAMES = st.text(st.characters(codec="utf-8"), max_size=8)


@pytest.mark.parametrize(
    ("count", "sentence"),
    [(0, "0 pairs shown"), (1, "1 pair shown"), (2, "2 pairs shown"), (1000, "1,000 pairs shown")],
)
def test_a_count_chooses_its_noun_and_has_its_thousands_set_apart(count: int, sentence: str) -> None:
    assert page.fill({"one": "{count} pair shown", "other": "{count} pairs shown"}, count=count) == sentence


@given(NAMES)
def test_a_slot_is_filled_once_whatever_is_put_into_it(name: str) -> None:
    assert page.fill("{a}|{b}", a=name + "{b}", b="{a}") == f"{name}{{b}}|{{a}}"


def test_a_slot_that_is_not_given_is_an_error() -> None:
    with pytest.raises(KeyError):
        page.fill("{a} and {b}", a="x")


@given(st.lists(NAMES, unique=True, max_size=6))
def test_no_two_documents_of_a_report_have_the_same_short_name_unless_their_ids_are_shown_alike(ids: list[str]) -> None:
    names = [safe(name) for name in words.called(f"{place}/{name}.md" for place, name in enumerate(ids)).values()]
    assert len(set(names)) == len(ids)


def test_a_document_is_called_by_its_title_else_by_its_name_else_by_its_id() -> None:
    ids = ["x/7.md", "y/7.txt", "wire/harbour.md", "8", "row-9"]
    documents = [document(name, "") for name in ids]
    documents[3] = replace(documents[3], title="The\n eighth\u202e")
    documents[4] = replace(documents[4], title=" \t")
    assert page.titles(documents) == ["x/7.md", "y/7.txt", "harbour", "The eighth\\u202e", "row-9"]


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        (("2002-11-28", "2024-11-29"), "Published 8,037 days apart"),
        (("2024-03-02T01:00", "2024-03-01T23:00"), "Published 1 day apart"),
        (("2024-03-01", "20240302"), "Published 1 day apart"),
        (("2024-03-01", "2024-03-01T10:00"), "Published the same day"),
        (("2024-02-30", "2024-03-01"), ""), (("2024", "2024-03-01"), ""), (("", ""), ""),
    ],
)  # fmt: skip
def test_how_far_apart_two_texts_are_is_said_of_two_dates_only(dates: tuple[str, str], sentence: str) -> None:
    a, b = (document(name, "", published=date) for name, date in zip("ab", dates, strict=True))
    assert page.published_line(a, b) == sentence


def test_both_sides_of_the_same_text_are_reused_whole_whatever_the_passages_show() -> None:
    assert page.shares(comparison("a", "b", Verdict.IDENTICAL, reused_a=0.4)) == (1, 1)
    assert page.shares(comparison("a", "b", Verdict.DERIVED, reused_a=0.4)) == (0.4, 0)


def test_every_score_has_a_label_and_is_said_as_the_sentences_say_it() -> None:
    pair = comparison("a", "b", Verdict.DERIVED, reused_a=0.9999999, cosine=0.9999999999, shared=1000, minhash=1e-9)
    labels, rows = page.score_labels(7), page.score_rows(pair)
    assert len(labels) == len(rows)
    assert "Phrases of 7 words also found in the other" in labels
    assert rows[0] == ["over 99 %", "0 %"]
    assert rows[-4:] == [["0 %"], ["under 1 %"], ["1,000"], ["100 %"]]


@pytest.mark.parametrize(("a", "b"), [("4.2 million", "4.3 million"), ("not", ""), ("", "not")])
def test_a_changed_fact_is_said_on_the_page_as_in_the_terminal(a: str, b: str) -> None:
    change = words.ChangedFact("number", a, b, Span(0, 1), Span(0, 1))
    parts = change.parts
    assert "".join(part.text for part in parts) == change.text
    assert page.isolated(parts).translate(dict.fromkeys((0x2068, 0x2069))) == change.text


def test_a_passage_is_said_with_its_changed_facts_instead_of_their_mark() -> None:
    fact = Drift(Fact.NUMBER, Span(0, 1), Span(0, 1))
    match = Match(Span(0, 9), Span(0, 9), Kind.EDITED, 0.995, (Mark.MOVED, Mark.DRIFT), (), (fact,))
    line = page.passage_line(match, words.changes(match, "4", "5"))
    assert line == "edited, over 99 % alike, moved, changed: \u20684\u2069 → \u20685\u2069 (number)"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [(True, "true"), (False, "false"), (None, "null"), (5, "5"), (0.65, "0.65"), (1e-6, "0.000001"), ("a\nb", "a\\nb"),
     (1.0, "1"), (0, "0"), (0.0, "0")],
)  # fmt: skip
def test_a_setting_is_written_as_json_writes_it(value: object, sentence: str) -> None:
    assert page.setting_text(value) == sentence


def test_the_words_of_the_page_have_a_look_for_every_verdict_kind_and_mark() -> None:
    made = page.page_words()
    assert [look["verdict"] for look in made["verdicts"]] == [*Verdict]
    assert all(look["means"] for name in ("verdicts", "kinds", "marks", "states") for look in made[name])
