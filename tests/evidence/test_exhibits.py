"""Which side stands on the left, and what is told of a pair."""

from __future__ import annotations

from dataclasses import replace

from newsroom import newsroom
from packing import FAMILY, derived_key, reread, with_family

from compare.evidence.exhibits import exhibit_of, families_of, family_exhibit, sources_of
from compare.model import Lineage, Report, Verdict


def told(report: Report, key: str) -> tuple[str, list[str], str]:
    """What a pair is called by its sides: the left one, the documents by number, who was first."""
    pair = reread(report).pair(key)
    sources = sources_of([], [pair])
    exhibit = exhibit_of(1, pair, sources)
    assert exhibit.bars[0][0] == exhibit.sources[0]
    return exhibit.left, [source.entry.shown.name for source in exhibit.sources], exhibit.first


def lined(lineage: Lineage) -> Report:
    """The newsroom with another origin of its derived pair."""
    made = newsroom()
    pairs = tuple(
        replace(pair, lineage=lineage) if pair.verdict is Verdict.DERIVED else pair for pair in made.comparisons
    )
    return replace(made, comparisons=pairs)


def test_the_earlier_text_stands_on_the_left_and_has_the_smaller_number() -> None:
    daily, wire = "harbour-daily", "harbour-wire"
    assert told(lined(Lineage("b", "5 May is before 7 May")), derived_key()) == (
        "b", [wire, daily], "Document 1 is the earlier: 5 May is before 7 May.",
    )  # fmt: skip
    assert told(lined(Lineage("a", "5 May is before 7 May")), derived_key())[1] == [daily, wire]


def test_of_two_texts_without_an_order_the_page_says_that_and_why() -> None:
    left, names, first = told(lined(Lineage("", "no date of b is known")), derived_key())
    assert (left, names) == ("a", ["harbour-daily", "harbour-wire"])
    assert first == "Not known: no date of Document 2 is known."


def test_of_two_texts_without_an_order_the_smaller_number_stands_on_the_left() -> None:
    pair = reread(lined(Lineage())).pair(derived_key())
    exhibit = exhibit_of(1, pair, sources_of([pair.b], [pair]))
    assert [source.number for source in exhibit.sources] == [1, 2]
    assert exhibit.left == "b"
    (figure,) = (one for one in exhibit.changes if one.label == "figure differs")
    assert "".join(part.text for part in figure.parts) == "Document 1: 4.2 million · Document 2: 4.3 million"


def test_sentences_and_passages_are_turned_with_their_sides() -> None:
    turned, straight = (
        exhibit_of(1, pair, sources_of([], [pair]))
        for side in "ba"
        for pair in [reread(lined(Lineage(side, "by their dates"))).pair(derived_key())]
    )
    assert [one.sides for one in turned.excerpts] == [one.sides[::-1] for one in straight.excerpts]
    assert [one.sentences for one in turned.changes] == [one.sentences[::-1] for one in straight.changes]
    assert [one.passage.number for one in turned.excerpts] == [one.passage.number for one in straight.excerpts]


def test_what_only_states_the_same_fact_is_counted_and_not_shown_beside_reuse() -> None:
    report = reread(newsroom())
    pairs = {pair.recorded.verdict: pair for pair in map(report.pair, report.keys)}
    derived = exhibit_of(1, pairs[Verdict.DERIVED], sources_of([], [pairs[Verdict.DERIVED]]))
    hidden = len(derived.entry.passages) - len(derived.excerpts)
    assert all(one.passage.shown.kind.is_reuse for one in derived.excerpts)
    assert any(line.startswith(f"{hidden} passage") for line in derived.doubts) == bool(hidden)
    story = pairs[Verdict.SAME_STORY]
    assert len(exhibit_of(1, story, sources_of([], [story])).excerpts) == 1


def test_a_family_names_the_pairs_that_it_does_not_show() -> None:
    report = reread(with_family(newsroom()))
    ((family, keys),) = families_of(report, [FAMILY, derived_key()])
    assert keys == [derived_key()]
    members = [report.documents[version.document] for version in family.versions]
    pairs = [report.pair(key) for key in keys]
    sources = sources_of(members, pairs)
    shown = [exhibit_of(number, pair, sources) for number, pair in enumerate(pairs, 1)]
    exhibit = family_exhibit(1, family, report, shown, sources)
    assert [(version.source.number, version.pair) for version in exhibit.versions] == [(1, 0), (2, 1), (3, 0)]
    assert [version.nearest.number if version.nearest else 0 for version in exhibit.versions] == [0, 1, 0]
    assert len(exhibit.others) == 1
