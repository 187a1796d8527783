from __future__ import annotations

from dataclasses import replace

from families_made import article, passage, shared, step
from newsroom import allowed, newsroom, settled_newsroom, with_families

from compare.families.telling import Telling
from compare.model import Comparison, Judged, Lineage, Relation, Report, State


def telling(report: Report) -> Telling:
    return Telling(report)


def told(pair: Comparison, sizes: tuple[int, int] = (100, 100)) -> tuple[str, str]:
    """Who had it first, and what the later version has."""
    documents = article("a", "2024-05-01", source="Daily"), article("b", "2024-05-09", source="Packet")
    report = with_families(Report(documents, (pair,), (), (), (), {}, {}, dict(zip("ab", sizes, strict=True))))
    all_told = telling(report)
    family = all_told.told(*all_told.ranked[0])
    sentence = next(one.sentence for one in family.versions if one.pair)
    return "".join(part.text for part in family.first), "".join(part.text for part in sentence)


def test_the_headline_counts_what_needs_a_look_and_what_was_accepted() -> None:
    assert telling(newsroom()).headline() == "4 articles: 1 story needs a look. 1 event was reported by several."
    assert telling(settled_newsroom()).headline() == telling(newsroom()).headline()
    both = allowed(newsroom(), Judged(State.ACCEPTED), Judged(State.EDITED))
    assert telling(both).headline() == (
        "4 articles: no story needs a look; 1 was accepted. 1 event was reported by several."
    )


def test_a_direction_is_told_only_where_it_is_sure() -> None:
    pair = shared("a", "b", (0, 80), (0, 80), first="a")
    assert told(pair)[1] == "Packet carries 80 % of Daily’s text word for word; adds 20 words; leaves out 20 words"
    unsure = replace(pair, lineage=Lineage("", "the same day"))
    says = "Packet has 80 % of Daily’s text word for word; 20 words of its own; 20 words of the other are not in it"
    assert told(unsure)[1] == says
    same = replace(pair, lineage=Lineage("a", "dates", Relation.SAME_OUTLET))
    assert told(same)[1] == says, "texts of one house may both have it from a third"


def test_little_is_told_by_its_words_and_what_is_reworded_without_a_share() -> None:
    assert told(shared("a", "b", (0, 30), (0, 30), first="a"))[1] == (
        "Packet takes 30 words from Daily word for word: 30 % of its text"
    )
    reworded = shared("a", "b", (0, 30), (0, 30), first="a")
    more = passage(step("replace", (40, 70), (40, 70)), kind=reworded.matches[0].kind.__class__.REWRITTEN)
    assert told(replace(reworded, matches=(*reworded.matches, more)))[1] == (
        "Packet takes 30 words from Daily word for word: 30 % of its text; more in other words"
    )
    assert told(replace(reworded, matches=(more,)))[1] == (
        "Packet retells passages of Daily’s text in other words, about 30 words"
    )


def test_a_speech_that_both_print_is_nobodys() -> None:
    speech = replace(shared("a", "b", (0, 80), (0, 80)), lineage=Lineage("a", "dates", Relation.QUOTATION))
    first, sentence = told(speech)
    assert first == "A speech, a statement or an interview that all print: none has it from another"
    assert sentence == "Packet and Daily print the same speech or statement, 80 words"
    report = with_families(Report((article("a"), article("b")), (speech,), (), (), (), {}, {}, {"a": 100, "b": 100}))
    assert telling(report).counts() == (0, 0)
    assert telling(report).headline() == "2 articles: no story needs a look; 1 shares text and needs none."


def test_where_little_of_the_base_is_shared_the_story_is_called_as_what_is_in_it_most() -> None:
    digest = replace(article("digest", "2024-05-01", words=400), title="The week")
    item = replace(article("item", "2024-05-09"), title="A bridge is shut")
    pair = shared("digest", "item", (0, 80), (0, 80), first="a", sizes=(400, 100))
    report = Report((digest, item), (pair,), (), (), (), {}, {}, {"digest": 400, "item": 100})
    all_told = telling(with_families(report))
    assert all_told.told(*all_told.ranked[0]).title == "A bridge is shut"
