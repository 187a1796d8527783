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
    dated = pair(a, b, a_published="2024-05-01", b_published="2024-05-02")
    assert (dated.relation, dated.first) == (Relation.UNCREDITED, "a")
    assert dated.lineage
    assert dated.lineage.changes == ((HeadPart.CREDIT, "Reuters", ""),)
    for about in ({}, {"a_published": "2024-05-01"}, {"a_published": "2024-05-02", "b_published": "2024-05-01"}):
        assert pair(a, b, **about).relation is not Relation.UNCREDITED or about.get("b_published")


def test_of_two_outlets_texts_none_is_said_to_be_the_others_for_its_date_alone() -> None:
    dates = {"a_published": "2024-05-01", "b_published": "2024-05-02"}
    found = pair(PROSE, f"{PROSE}{OWN}", a_source="The Calder Post", b_source="Ness Weekly", **dates)
    assert found.lineage
    assert (found.relation, found.lineage.first) == (Relation.UNCLEAR, "a")


def test_a_side_that_names_the_others_outlet_beside_what_it_took_has_it_from_there() -> None:
    b = f"{OWN}\n\nAs The Guardian reported:\n\n{PROSE}"
    found = pair(PROSE + OWN.upper(), b, a_source="The Guardian", b_source="Eastshore Mail")
    assert found.relation is Relation.NAMED


def test_one_outlet_and_one_author_are_told() -> None:
    assert pair(PROSE, PROSE + OWN, a_source="CNN", b_source="CNN (Web News)").relation is Relation.SAME_OUTLET
    both = {"a_author": "Ana Roth", "b_author": "Ana Roth", "a_source": "Mail", "b_source": "Post"}
    assert pair(PROSE, PROSE + OWN, **both).relation is Relation.SAME_AUTHOR


def test_what_nothing_shows_is_unclear_and_no_reuse_has_no_relation() -> None:
    assert pair(PROSE, PROSE + OWN).relation is Relation.UNCLEAR
    assert pair(PROSE, OWN).relation is None


def test_another_headline_of_the_same_text_is_a_changed_one() -> None:
    a, b = (f"{title}\n\n{PROSE}\n\n{OWN}" for title in ("Calder gets its wall", "Breakwater wins by one vote"))
    found = pair(a, b)
    assert found.lineage
    assert found.lineage.changes == ((HeadPart.TITLE, "Calder gets its wall", "Breakwater wins by one vote"),)


def test_lines_above_and_below_the_body_are_no_reuse_and_their_dates_no_changed_fact() -> None:
    a, b = (f"The same ferry\n\nMarch {day}, 2024\n\n{PROSE}" for day in (1, 2))
    found = pair(a, b)
    assert not [drift for match in found.matches for drift in match.drifts]
    assert not [match for match in found.matches if match.counts and "March" in a[slice(*match.a)]]
    assert pair(a, b.replace(PROSE, OWN)).reused_a == 0


def test_the_earlier_text_stands_on_the_left_of_a_page_and_what_is_only_in_it_is_left_out(tmp_path: Path) -> None:
    for name, day, words in (("a", 2, "five"), ("b", 1, "four")):
        text = f"Calder\n\nMarch {day}, 2024\n\n{PROSE.replace('four', words)}"
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    report = compare.run(tmp_path)
    (found,) = report.comparisons
    assert (found.a, found.first) == ("a.txt", "b")
    page = pair_page(report, found)
    assert page.index('id="title-b"') < page.index('id="title-a"')
    assert "<del>four</del>" in page
    assert "<ins>five</ins>" in page
