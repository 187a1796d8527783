"""Which matches count as reuse is said once, and everything that is shown or asked of a pair says the same."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from compare.formats import choose
from compare.gate.policy import numbers, read_policy
from compare.jobs.check import check_paths
from compare.jobs.gather import Gate
from compare.jobs.pair import pair_named
from compare.model import Kind, Mark, Match, Operation, Span
from compare.settings import Settings
from compare.terminal.explanation import explanation
from compare.text.coverage import counting, token_ranges
from compare.text.tokens import tokenize

if TYPE_CHECKING:
    from compare.model import Checked

QUOTE = (
    "“We have waited eleven years for this bridge, and I can tell you that nobody in this town will ever again have to "
    "walk an hour to see a doctor,” said the mayor of Calder."
)
SHARED = (
    "The bridge over the Calder carries two lanes, a footpath and the tram, and cost 48 million pounds to build "
    "after the old one was closed by engineers in the spring of last year."
)
RIGHTS = "© 2026 Harbour News Service. All rights reserved. This material may not be published or redistributed."
OWN = (
    """
Apples were late again this season, and growers along the upper valley blame a cold April for the small crop.
Pickers who came in August left after a week, since hardly anything hung on the trees, and two presses stayed shut.
A fair that has been held since the war was put off until the pears are ripe, which may be never, say the growers.
Cider makers look abroad, where prices have doubled, and some say that they will plant no more trees in the valley.
""",
    """
The museum opens a hall of clocks on Saturday, with pieces that were lent by collectors from nine countries.
Visitors can hear the oldest of them strike at noon, unless the keeper thinks that the air is too damp on that day.
A watchmaker shows how a spring is drawn, and children may take an alarm apart and put it together again by hand.
Tickets are sold at the door, and on Mondays those who live within the walls get in for nothing at all, as before.
""",
)


def article(number: int) -> str:
    """Words of its own, a lifted sentence, a quotation that is too short to count, and a notice."""
    own = OWN[number].strip().splitlines()
    return "\n\n".join([own[0], SHARED, own[1], own[2], QUOTE, own[3], RIGHTS])


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Gate:
    """A gate that names any pair, before two articles."""
    folder = tmp_path_factory.mktemp("desk")
    for number, name in enumerate(("a.md", "b.md")):
        (folder / name).write_text(article(number), "utf-8")
    return Gate((str(folder),), folder, folder / "none.toml", fail_on=read_policy("shared >= 1"), today="2026-01-01")


@pytest.fixture(scope="module")
def checked(gate: Gate) -> Checked:
    """What the gate says of the two."""
    return check_paths(gate, Settings())


def test_of_three_matches_one_counts_since_a_short_quotation_and_a_notice_do_not(checked: Checked) -> None:
    (finding,) = checked.findings
    by_marks = {match.marks: match.counts for match in finding.comparison.matches}
    assert by_marks == {(): True, (Mark.QUOTE,): False, (Mark.BOILERPLATE,): False}


def test_outputs_policies_evidence_and_scores_ask_the_same_rule(checked: Checked) -> None:
    (finding,) = checked.findings
    comparison = finding.comparison
    (counted,) = [match for match in comparison.matches if match.counts]
    record = json.loads(choose.render("json", checked))["findings"][0]
    (row,) = csv.DictReader(io.StringIO(choose.render("csv", checked)))
    assert [match["counted"] for match in record["matches"]] == [match.counts for match in comparison.matches]
    assert row["passages"] == "1"
    assert comparison.evidence is not None
    assert numbers(comparison)["matches"] == comparison.evidence.counted == 1
    notice, quotation = (
        next(match for match in comparison.matches if mark in match.marks) for mark in (Mark.BOILERPLATE, Mark.QUOTE)
    )
    aside = sum(stop - start for start, stop in (token_ranges(match)[0] for match in (notice, quotation)))
    assert comparison.reused_a == counted.words / (len(tokenize(article(0))) - aside)


def test_the_text_of_a_check_and_an_explanation_name_the_same_passages_with_the_same_words(
    checked: Checked, gate: Gate
) -> None:
    (finding,) = checked.findings
    (counted,) = [match for match in finding.comparison.matches if match.counts]
    pair = pair_named((finding.comparison.a, finding.comparison.b), gate, Settings())
    for told in (choose.render("text", checked), explanation(pair, gate.policies, ())):
        lines = [line for line in told.splitlines() if re.match(r"  \d  ", line)]
        assert len(lines) == 1
        assert f"  {counted.words} words, verbatim" in lines[0]


def test_what_both_sides_quote_never_counts_however_long_it_is_unless_one_of_them_lost_the_marks() -> None:
    step = Operation("equal", Span(0, 60), Span(0, 60), Span(0, 60), Span(5, 65))
    quoted = Match(Span(0, 60), Span(0, 60), Kind.VERBATIM, 1.0, (Mark.QUOTE,), (step,))
    every = [quoted, replace(quoted, marks=(Mark.QUOTE, Mark.UNQUOTED)), replace(quoted, marks=())]
    assert [match.counts for match in counting(every)] == [False, True, True]


@pytest.mark.parametrize(("kind", "marks"), [(Kind.RELATED, ()), (Kind.VERBATIM, (Mark.BOILERPLATE,))])
def test_what_only_states_the_same_fact_and_boilerplate_never_count(kind: Kind, marks: tuple[Mark, ...]) -> None:
    step = Operation("equal", Span(0, 9), Span(0, 9), Span(0, 9), Span(0, 9))
    assert not counting([Match(Span(0, 9), Span(0, 9), kind, 1.0, marks, (step,))])[0].counts


def test_the_words_of_a_match_are_those_of_the_side_that_has_more() -> None:
    steps = (
        Operation("equal", Span(0, 9), Span(0, 9), Span(3, 9), Span(0, 6)),
        Operation("insert", Span(9, 9), Span(9, 12), Span(9, 9), Span(6, 8)),
    )
    assert Match(Span(0, 9), Span(0, 12), Kind.EDITED, 0.9, (), steps).words == 8
    assert Match(Span(0, 9), Span(0, 12), Kind.RELATED, 0.9).words == 0
