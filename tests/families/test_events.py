from __future__ import annotations

from dataclasses import replace

from families_made import shared

from compare.families.events import events_of
from compare.model import Comparison, Document, SharedFact, Span, Verdict

TEXTS = {"a": "Governor Tim Walz gave 150,000 doses.", "b": "Tim Walz spoke.", "c": "Doses: 150,000.", "d": "Alone."}
DOCUMENTS = [Document(name, text, published=f"2024-05-0{9 - at}") for at, (name, text) in enumerate(TEXTS.items())]


def same_event(a: str, b: str, *facts: str) -> Comparison:
    found = tuple(
        SharedFact(Span(TEXTS[a].index(fact), TEXTS[a].index(fact) + len(fact)), Span(0, 1), 3.0) for fact in facts
    )
    return Comparison(a, b, Verdict.SAME_STORY, *[0.0] * 11, shared=0, longest=0, facts_in_common=found)


def test_an_event_has_its_documents_by_date_and_the_facts_that_all_of_them_have() -> None:
    pairs = [same_event("a", "b", "Tim Walz"), same_event("a", "c", "150,000 doses", "Tim Walz")]
    (event,) = events_of(DOCUMENTS, pairs)
    assert event.documents == ("c", "b", "a")
    assert (event.facts, event.named_by) == (("Tim Walz",), (3,))


def test_what_not_all_name_is_told_with_how_many_do_and_the_headline_is_of_one_that_does() -> None:
    documents = [replace(document, title=f"Title of {document.id}") for document in DOCUMENTS]
    pairs = [same_event("b", "a", "Tim Walz"), shared("c", "b", (0, 30), (0, 30))]
    (event,) = events_of(documents, pairs)
    assert event.documents == ("c", "b", "a")
    assert (event.facts, event.named_by, event.head) == (("Tim Walz",), (2,), "b")


def test_what_only_shares_text_is_no_event_and_a_pair_of_another_topic_joins_none() -> None:
    assert events_of(DOCUMENTS, [shared("a", "b", (0, 30), (0, 30))]) == ()
    both = [shared("a", "b", (0, 30), (0, 30)), same_event("b", "c")]
    assert [event.documents for event in events_of(DOCUMENTS, both)] == [("c", "b", "a")]
    copies = replace(both[0], verdict=Verdict.IDENTICAL)
    assert [event.documents for event in events_of(DOCUMENTS, [copies, both[1]])] == [("c", "b", "a")]
