"""What two reports share by quoting the same words decides nothing of the pair."""

from __future__ import annotations

import pytest
from prose import BRIDGE, FILM, SCHOOL, WHEAT, join

import compare
from compare.align.prepare import prepare
from compare.model import Document, Mark, Verdict
from compare.pipeline.quoted import quoted_shingles

STATEMENT = (
    "We regret that the ferry did not sail on Friday, and we will pay back every ticket within ten days; the engine "
    "had been looked after as the rules ask, the crew acted as they had been trained to, and nobody was ever in any "
    "danger, whatever some who were not there have said since"
)
ONE = join(BRIDGE, f"“{STATEMENT},” said the line’s director.")
OTHER = join(f"The company’s spokeswoman wrote: “{STATEMENT}.”", WHEAT)


def test_a_statement_that_both_quote_makes_no_pair_of_reuse() -> None:
    pair = compare.pair(ONE, OTHER)
    assert not pair.verdict.is_reuse
    assert (pair.own_a, pair.own_b, pair.reused_a, pair.reused_b) == (0, 0, 0, 0)
    assert Mark.QUOTE in pair.matches[0].marks
    assert f"{len(STATEMENT.split())} words quoted on both sides" in pair.explain()


def test_without_the_marks_on_one_side_it_is_reuse() -> None:
    pair = compare.pair(ONE, OTHER.replace("“", "").replace("”", ""))
    assert pair.verdict is Verdict.DERIVED
    assert any(match.counts for match in pair.matches)


def test_copied_prose_with_a_quotation_in_it_is_copied_whole() -> None:
    lifted = f"{BRIDGE} “{STATEMENT},” said the line’s director. {SCHOOL}"
    pair = compare.pair(join(lifted, FILM), join(WHEAT, lifted))
    assert pair.verdict.is_reuse
    assert pair.reused_a > 0.7
    assert pair.own_a == pair.containment_a


def test_shingles_that_stand_in_prose_as_well_are_no_quotation() -> None:
    a, b = prepare(ONE), prepare(OTHER)
    assert len(quoted_shingles(a, b, 5)) == len(STATEMENT.split()) - 4
    again = prepare(join(ONE, STATEMENT)), prepare(join(OTHER, STATEMENT))
    assert len(quoted_shingles(*again, 5)) == 0
    assert len(quoted_shingles(a, prepare(WHEAT), 5)) == 0


@pytest.mark.parametrize("fillers", [0, 12])
def test_a_run_and_a_pair_alone_say_the_same(fillers: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("desk")
    for name, text in {"one.txt": ONE, "other.txt": OTHER}.items():
        (folder / name).write_text(text, "utf-8")
    for number in range(fillers):
        (folder / f"{number}.txt").write_text(f"Nothing of note on day {number}: {FILM[: 40 + number]}", "utf-8")
    found = [pair for pair in compare.run(folder).comparisons if {pair.a[-7:], pair.b[-7:]} >= {"one.txt"}]
    alone = compare.pair(Document("one", ONE), Document("other", OTHER))
    assert all(not pair.verdict.is_reuse for pair in found)
    assert not alone.verdict.is_reuse
