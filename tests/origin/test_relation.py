from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import compare
from compare.model import Comparison, Document, HeadPart, Relation
from compare.report.html import pair_page

if TYPE_CHECKING:
    from pathlib import Path

PROSE = (
    "The harbour board of Calder voted on Monday night to spend four million crowns on a new outer breakwater, ending "
    "eleven years of argument over who should pay to keep the winter swell off the fishing quay. Work begins soon, "
    "when two barges bring stone from the quarry at Ness. The mayor had asked for a shorter wall and lost by one vote. "
    "Fishermen filled the gallery and clapped when the count was read, then went home in the rain without a speech. "
)
OWN = "Nobody at the school had seen the river so high, and the cook kept a pot of soup warm for those who came late. "


def pair(a: str, b: str, **about: str) -> Comparison:
    """Two texts, compared; `a_source="…"` gives a its source."""
    sides = [Document(name, text) for name, text in (("a", a), ("b", b))]
    told = [
        replace(side, **{key[2:]: value for key, value in about.items() if key.startswith(f"{side.id}_")})
        for side in sides
    ]
    return compare.pair(*told)


def test_one_agency_on_both_sides_is_named_with_the_words_that_show_it() -> None:
    found = pair(
        f"CALDER (Reuters) - {PROSE}", f"{OWN}\n\n{PROSE}\n\nInformation from Reuters was used in this report."
    )
    assert found.relation is Relation.AGENCY
    assert found.lineage
    assert "CALDER (Reuters)" in found.lineage.evidence[0]


def test_a_dropped_credit_is_told_and_needs_an_order_to_be_a_copy_without_credit() -> None:
    a, b = f"CALDER (Reuters) - {PROSE}", f"{PROSE}{OWN}"
    dated = pair(a, b, a_published="2024-05-01", b_published="2024-05-03")
    assert (dated.relation, dated.first) == (Relation.UNCREDITED, "a")
    assert dated.lineage
    assert dated.lineage.changes == ((HeadPart.CREDIT, "Reuters", ""),)
    for about in ({}, {"a_published": "2024-05-01"}, {"a_published": "2024-05-03", "b_published": "2024-05-01"}):
        assert pair(a, b, **about).relation is not Relation.UNCREDITED or about.get("b_published")
    assert pair(b, a).relation is not Relation.UNCREDITED


def test_of_two_outlets_texts_none_is_said_to_be_the_others_for_its_date_alone() -> None:
    dates = {"a_published": "2024-05-01", "b_published": "2024-05-03"}
    found = pair(PROSE, f"{PROSE}{OWN}", a_source="The Calder Post", b_source="Ness Weekly", **dates)
    assert found.lineage
    assert (found.relation, found.lineage.first) == (Relation.UNCLEAR, "a")


def test_a_side_that_names_the_others_outlet_beside_what_it_took_has_it_from_there() -> None:
    b = f"{OWN}\n\nAs The Guardian reported:\n\n{PROSE}"
    found = pair(PROSE + OWN.upper(), b, a_source="The Guardian", b_source="Eastshore Mail")
    assert found.relation is Relation.NAMED
    assert found.lineage
    assert found.lineage.evidence[0].startswith("b has it from The Guardian: ")


def test_one_outlet_and_one_author_are_told() -> None:
    assert pair(PROSE, PROSE + OWN, a_source="CNN", b_source="CNN (Web News)").relation is Relation.SAME_OUTLET
    both = {"a_author": "Ana Roth", "b_author": "Ana Roth", "a_source": "Mail", "b_source": "Post"}
    assert pair(PROSE, PROSE + OWN, **both).relation is Relation.SAME_AUTHOR


def test_words_that_one_side_quotes_of_the_others_prose_are_no_shared_quotation() -> None:
    prose = PROSE.replace("The mayor had asked", "“We never asked,” said the mayor, who had asked")
    quoted = "“" + prose.replace("“", "‘").replace("”", "’").strip() + "”"
    assert pair(prose, f"{OWN}\n\n{quoted}\n\n{OWN.upper()}").relation is Relation.UNCLEAR


def test_words_in_marks_on_both_sides_or_in_a_transcript_are_a_shared_quotation() -> None:
    speech = (
        "I asked the board for one more winter, and my friends, we were told to wait for a better year than this one. "
    )
    said = f"{OWN}\n\n“{speech.strip()}” the mayor said.\n\n{OWN.upper()}"
    assert pair(said, f"The mayor spoke: “{speech.strip()}”").relation is Relation.QUOTATION
    transcript = f"Full transcript:\n\nThank you all for coming here tonight.\n\n{speech}\n\nGood night to you all."
    assert pair(said, transcript).relation is Relation.QUOTATION
    assert pair(said, transcript.replace("Full transcript:", "A winter's tale")).relation is Relation.UNCLEAR


def test_one_tweet_on_both_sides_is_no_press_release() -> None:
    tweet = "The report of my sinking was the result of analysis of wire and computer intercepts, and it is not correct"
    sides = [f"{own}\n\n“{tweet}” pic.twitter.com/x{own[:3]} — he tweeted" for own in (OWN, PROSE)]
    assert pair(*sides).relation is not Relation.RELEASE


def test_what_nothing_shows_is_unclear_and_no_reuse_has_no_relation() -> None:
    assert pair(PROSE, PROSE + OWN).relation is Relation.UNCLEAR
    assert pair(PROSE, OWN).relation is None


def test_another_headline_is_a_changed_one_of_nearly_the_whole_text_alone() -> None:
    titles = "Calder gets its wall", "Breakwater wins by one vote"
    a, b = (f"{title}\n\n{PROSE}\n\n{OWN}" for title in titles)
    found = pair(a, b)
    assert found.lineage
    assert found.lineage.changes == ((HeadPart.TITLE, *titles),)
    for title in ("Calder Gets its ‘wall’", "OPINION: Calder gets its wall", "Calder gets its wall | Daily Times"):
        found = compare.pair(Document("a", f"{PROSE}{OWN}", title=titles[0]), Document("b", PROSE + OWN, title=title))
        assert found.lineage
        assert found.lineage.changes == ()
    other = [" ".join(f"{side}{number}" for number in range(90)) for side in "ab"]
    found = pair(f"{a}\n\n{other[0]}", f"{b}\n\n{other[1]}")
    assert found.lineage
    assert found.relation is not None
    assert found.lineage.changes == ()


def test_a_credit_is_not_gone_where_the_agency_is_named_or_its_desk_has_signed() -> None:
    a = f"CALDER (Reuters) - {PROSE}"
    for kept in ("(Reporting by Ana Roth; Editing by Leo Quist)", "“It is true,” Roth told Reuters."):
        found = pair(a, f"{PROSE}\n\n{kept}")
        assert found.lineage
        assert found.lineage.changes == ()


def test_an_earlier_text_that_names_the_later_as_its_source_is_not_told_to_be_the_earlier() -> None:
    b = f"{OWN}\n\nAs The Guardian reported:\n\n{PROSE}"
    days = {"a_published": "2024-05-09", "b_published": "2024-05-01"}
    found = pair(PROSE + OWN.upper(), b, a_source="The Guardian", b_source="Eastshore Mail", **days)
    assert found.lineage
    assert (found.relation, found.first) == (Relation.UNCLEAR, "")


def test_a_text_dated_before_an_agencys_is_not_told_to_be_the_earlier() -> None:
    days = {"a_published": "2024-05-09", "b_published": "2024-05-01"}
    assert pair(f"CALDER (Reuters) - {PROSE}", PROSE + OWN, **days).first == ""


def test_lines_above_and_below_the_body_are_no_reuse_and_their_dates_no_changed_fact() -> None:
    a, b = (f"The same ferry\n\nMarch {day}, 2024\n\n{PROSE}" for day in (1, 2))
    found = pair(a, b)
    assert not [drift for match in found.matches for drift in match.drifts]
    assert not [match for match in found.matches if match.counts and "March" in a[slice(*match.a)]]
    assert pair(a, b.replace(PROSE, OWN)).reused_a == 0


def test_a_headline_that_matches_a_headline_is_no_passage_that_counts() -> None:
    title = "Calder harbour board votes four million for a new outer breakwater"
    a, b = (f"{title}\n\nMarch 1, 2024\n\n{PROSE}" for title in (title, title.replace("new", "taller")))
    found = pair(a, b)
    assert not [match for match in found.matches if match.counts and match.a.start < len(title)]
    assert found.relation is Relation.UNCLEAR
    assert found.reused_a == found.reused_b == 1
    assert pair(a, b.replace(PROSE, OWN)).reused_a == 0


def test_the_earlier_text_stands_on_the_left_of_a_page_and_what_is_only_in_it_is_left_out(tmp_path: Path) -> None:
    for name, day, words in (("a", 3, "five"), ("b", 1, "four")):
        text = f"Calder\n\nMarch {day}, 2024\n\n{PROSE.replace('four', words)}"
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    report = compare.run(tmp_path)
    (found,) = report.comparisons
    assert (found.a, found.first) == ("a.txt", "b")
    page = pair_page(report, found)
    assert page.index('id="title-b"') < page.index('id="title-a"')
    assert "<del>four</del>" in page
    assert "<ins>five</ins>" in page
