from __future__ import annotations

from dataclasses import replace
from typing import Any

from newsroom import newsroom

import compare
from compare import Document
from compare.changes.listed import changes_between, changes_of
from compare.model import Change, ChangeKind, Mark, Span, Verdict

NINE = "We have asked for a new ramp since 2009,"
EVERY = "Every winter we patched it."
STORY = f"""The ferry company said on Monday that it would close the northern crossing for the winter.

“{NINE}” said Marian Oduya, who leads the harbour council. “{EVERY}”

The council put the damage at {{cost}} million pounds, and the crossing will {{not_}}open again in May.

Boats from Port Ellin will sail twice a day until then, and the tickets stay valid on both lines all the year.
"""


def _text(*, cost: str = "4.2", not_: str = "", **metadata: Any) -> Document:  # noqa: ANN401  # of any kind
    name = metadata.pop("id", "a")
    return Document(name, STORY.format(cost=cost, not_=not_), **metadata)


def _changes(a: Document, b: Document) -> tuple[Change, ...]:
    return changes_of(compare.pair(a, b), a, b)


def test_a_changed_figure_and_a_negation_are_told_once_each_with_words_place_and_sentence() -> None:
    a, b = _text(), _text(id="b", cost="4.3", not_="not ")
    figure, meaning = _changes(a, b)
    assert (figure.kind, figure.what, figure.a, figure.b) == ("figure", "number", "4.2 million", "4.3 million")
    assert (meaning.kind, meaning.what, meaning.a, meaning.b) == ("meaning", "negation", "", "not")
    assert b.text[slice(*figure.span_b)] == figure.b
    for change in (figure, meaning):
        for text, sentence in ((a.text, change.sentence_a), (b.text, change.sentence_b)):
            assert text[slice(*sentence)].startswith("The council put")
            assert text[slice(*sentence)].endswith("in May.")


def test_the_head_comes_first_and_has_no_place_in_the_text() -> None:
    a = _text(title="Crossing shut for the winter", author="Ida Berg")
    b = _text(id="b", cost="4.3", title="Ferry company closes northern line", author="Leo Quist")
    found = _changes(a, b)
    assert [change.kind for change in found] == ["headline", "byline", "figure"]
    assert (found[0].a, found[0].b) == ("Crossing shut for the winter", "Ferry company closes northern line")
    assert all(change.passage == 0 and change.span_a == change.sentence_b == Span(0, 0) for change in found[:2])
    assert all(change.kind.is_of_head == (change.passage == 0) for change in found)


def test_texts_that_only_share_a_passage_have_heads_of_their_own_and_nobody_changed_them() -> None:
    passage = STORY.format(cost="4.2", not_="").partition("Boats")[0]
    other = (
        "The museum on the hill opens its new wing in June, with boats and nets that fishers of the coast gave it. " * 9
    )
    a = Document("a", passage, title="Crossing shut", author="Ida Berg", license="CC BY")
    b = Document("b", passage + other, title="A day at the coast", author="Leo Quist", license="all rights reserved")
    pair = replace(compare.pair(a, b), verdict=Verdict.DERIVED, lineage=None)
    heads = [(change.kind, change.own) for change in changes_of(pair, a, b)]
    assert heads == [("headline", True), ("byline", True), ("licence", True)]
    reworded = replace(pair, verdict=Verdict.REWRITTEN)
    assert [change.own for change in changes_of(reworded, a, b)] == [False] * 3
    assert [change.own for change in changes_between(pair, a, b)] == [False] * 3
    assert changes_of(replace(pair, verdict=Verdict.SAME_STORY), a, b) == ()


def test_credits_differ_where_both_texts_name_others() -> None:
    a, b = (_text(id=name, agencies=agencies) for name, agencies in (("a", ("Reuters",)), ("b", ("AP",))))
    pair = replace(compare.pair(a, b), verdict=Verdict.DERIVED, lineage=None)
    assert [(change.kind, change.a, change.b) for change in changes_of(pair, a, b)] == [("credit", "Reuters", "AP")]
    both = replace(b, agencies=("AP", "Reuters"))
    assert changes_of(pair, a, both) == changes_of(pair, a, replace(b, agencies=())) == ()


def test_a_quotation_that_lost_its_marks_has_words_only_where_it_has_marks() -> None:
    a = _text()
    b = replace(a, id="b", text=a.text.replace(f"“{EVERY}”", EVERY).replace(f"“{NINE}”", NINE))
    marks = [change for change in _changes(a, b) if change.kind is ChangeKind.MARKS]
    assert marks
    assert marks[0].a.startswith("We have asked for a new ramp")
    assert marks[0].b == ""
    assert b.text[slice(*marks[0].span_b)].startswith("We have asked")


def test_an_altered_quotation_is_told_by_the_words_that_differ() -> None:
    a = _text()
    b = replace(a, id="b", text=a.text.replace("asked for a new ramp", "begged for a better ramp"))
    (change,) = _changes(a, b)
    assert (change.kind, change.what, change.a, change.b) == (
        "quotation", "altered", "asked for a new", "begged for a better",
    )  # fmt: skip


def test_a_fact_that_is_all_that_was_altered_in_a_quotation_is_told_once() -> None:
    a = _text()
    (change,) = _changes(a, replace(a, id="b", text=a.text.replace("since 2009", "since 2008")))
    assert (change.kind, change.a, change.b) == ("quotation", "2009", "2008")


def test_words_in_another_mouth_are_a_changed_speaker_and_no_changed_name() -> None:
    a = _text()
    (change,) = _changes(a, replace(a, id="b", text=a.text.replace("Marian Oduya", "Peter Falk")))
    assert (change.kind, change.what, change.a, change.b) == (
        "speaker", "attributed otherwise", "Marian Oduya", "Peter Falk",
    )  # fmt: skip


def test_the_other_way_round_the_same_is_told_exchanged() -> None:
    a, b = (
        _text(title="Crossing shut for the winter"),
        _text(id="b", cost="4.3", not_="not ", title="Ferry line closes"),
    )
    assert {change.exchanged() for change in _changes(b, a)} == set(_changes(a, b))


def test_what_a_notice_says_otherwise_is_no_change() -> None:
    report = newsroom()
    pair = report.comparisons[1]
    by_id = {document.id: document for document in report.documents}
    documents = by_id[pair.a], by_id[pair.b]
    figure, *rest = changes_of(pair, *documents)
    assert figure.a == "4.3 million"
    assert [(change.kind, change.own, change.what) for change in rest] == [
        ("headline", True, "title"), ("moved", False, "down"),
    ]  # fmt: skip
    marks = (Mark.BOILERPLATE,)
    noticed = replace(pair, matches=tuple(replace(one, marks=marks, counts=False) for one in pair.matches))
    assert changes_of(noticed, *documents) == (rest[0],)


def test_what_two_passages_hold_is_told_once_under_the_number_of_the_first() -> None:
    a, b = _text(), _text(id="b", cost="4.3")
    pair = compare.pair(a, b)
    (once,) = changes_of(pair, a, b)
    assert changes_of(replace(pair, matches=pair.matches * 2), a, b) == (once,)
