from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from events_told import QUAKE, STRIKE

import compare
from compare.align.prepare import prepare
from compare.events.profile import profile
from compare.events.rarity import ALONE
from compare.events.same import Seen, Side, days_apart, likely, same_event
from compare.events.weighed import weighed
from compare.model import Document, Verdict
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.plan import compare_documents
from compare.settings import Settings

COUNCIL = (
    (
        "Castleford council voted on Monday to sell the old swimming baths in Mill Lane to a hotel firm for 2.4 "
        "million pounds. Mayor Lydia Okafor said the roof alone would have cost a million. Swimmers who had gathered "
        "signatures booed from the gallery."
    ),
    (
        "Castleford will plant 600 lime trees along the ring road, the council said on Thursday. Mayor Lydia Okafor "
        "wants shade for cyclists. The parks office begins in October with the stretch near the hospital; the state "
        "pays half."
    ),
    (
        "A former clerk of Castleford council was jailed for three years for taking bribes from a builder of car "
        "parks. The judge said Howard Pell had betrayed the town. Mayor Lydia Okafor, who was not in office then, "
        "asked for an audit."
    ),
)
"""Three articles of one topic, each of another event."""


def verdicts(*texts: str) -> dict[tuple[int, int], Verdict]:
    """The verdict of every pair of a folder."""
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    report = compare_documents(documents, [], Settings(), MemoryEngine())
    said = {(int(one.a), int(one.b)): one.verdict for one in report.comparisons}
    return {pair: said.get(pair, Verdict.DISTINCT) for pair in combinations(range(len(texts)), 2)}


@pytest.mark.parametrize("event", [QUAKE, STRIKE])
def test_reports_of_one_event_alone_are_of_one_event_and_name_what_both_say(event: tuple[str, ...]) -> None:
    for a, b in combinations(event, 2):
        found = compare.pair(a, b)
        assert found.verdict is Verdict.SAME_STORY
        assert 2 <= len(found.facts_in_common) <= 5
        words = [(a[slice(*fact.a)], b[slice(*fact.b)]) for fact in found.facts_in_common]
        assert all(left.split() and right.split() for left, right in words)
        assert sorted(-fact.rarity for fact in found.facts_in_common) == [-x.rarity for x in found.facts_in_common]


def test_three_reports_of_one_event_in_a_folder_of_two_events_are_told_apart() -> None:
    said = verdicts(*QUAKE, *STRIKE)
    same = {pair for pair, verdict in said.items() if verdict is Verdict.SAME_STORY}
    assert same == {*combinations(range(3), 2), *combinations(range(3, 6), 2)}


def test_articles_of_one_topic_are_not_of_one_event() -> None:
    assert set(verdicts(*COUNCIL).values()) == {Verdict.DISTINCT}
    assert {compare.pair(a, b).verdict for a, b in combinations(COUNCIL, 2)} == {Verdict.DISTINCT}


def test_a_passage_in_common_makes_no_event() -> None:
    slogan = "Subscribe to our weekly letter and never miss what matters in your town"
    assert compare.pair(f"{QUAKE[0]} {slogan}.", f"{STRIKE[0]} {slogan}.").verdict is Verdict.DISTINCT


def side(text: str, published: str = "") -> Side:
    ready = prepare(text)
    return Side(replace(ready, published=published), weighed(profile(ready), ALONE))


def test_days_of_publication_count_only_where_both_are_known() -> None:
    plain = same_event(side(QUAKE[0]), side(QUAKE[1]), 0.5)
    near = same_event(side(QUAKE[0], "2024-03-05"), side(QUAKE[1], "2024-03-06T08:00Z"), 0.5)
    one = same_event(side(QUAKE[0], "2024-03-05"), side(QUAKE[1], "2024"), 0.5)
    far = same_event(side(QUAKE[0], "2024-03-05"), side(QUAKE[1], "2024-04-30"), 0.5)
    assert plain == near == one
    assert far.likelihood < 0.5
    assert not far.facts


def test_a_sentence_that_both_state_counts_where_no_folder_is_known() -> None:
    a, b = side(QUAKE[0]), side(STRIKE[0])
    assert same_event(a, b, 0.5, Seen(stated=True)).likelihood > same_event(a, b, 0.5).likelihood


def test_one_source_seldom_reports_an_event_twice() -> None:
    a, b = side(QUAKE[0]), side(QUAKE[1])
    assert same_event(a, b, 0.5, Seen(one_house=True)).likelihood < same_event(a, b, 0.5).likelihood


def test_the_order_of_the_two_changes_nothing() -> None:
    a, b = side(STRIKE[0]), side(STRIKE[1])
    one, other = same_event(a, b, 0.5), same_event(b, a, 0.5)
    assert one.likelihood == pytest.approx(other.likelihood)
    assert sorted(fact.rarity for fact in one.facts) == sorted(fact.rarity for fact in other.facts)


def test_a_text_without_words_is_of_no_event() -> None:
    assert not same_event(side("…"), side(QUAKE[0]), 0.5).facts
    assert compare.pair("", QUAKE[0]).verdict is Verdict.DISTINCT


def test_days_apart_are_counted_from_whole_dates_alone() -> None:
    assert (days_apart("2024-03-01", "2024-02-28"), days_apart("2024-03", "2024-03-01")) == (2, None)


def test_a_likelihood_is_between_nothing_and_one() -> None:
    from compare.events.features import features  # noqa: PLC0415

    texts = side(QUAKE[0]).weighed, side(STRIKE[2]).weighed
    named = features(*texts)
    assert 0 <= likely(named, 0.0, apart=1000) <= likely(named, 0.0) <= 1
