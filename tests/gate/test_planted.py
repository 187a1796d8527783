"""After an `accept`, whatever is changed in a fact or a quotation of the passage opens it again: planted everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prose import BRIDGE, FILM, SCHOOL, WHEAT, join

import compare
from compare.gate.allow import Named, allowed
from compare.gate.reuse import Decision, entry_of, reuse_of
from compare.model import Document, Reason, State

PASSAGE = (
    "240 people left the island of Marsk on Monday after the ferry Aurora had lost its licence. "
    "The owner, Henrik Dahl, said that fares rose by 12 percent in March and that all crossings may end before June. "
    "“We will not sell a single ship while this council sits,” he told the harbour board at 7:30 p.m. "
    "She has not answered the letter, which asks for $1.5 million and 9 litres of fuel a day. "
    "Talks about the northern route will begin on 21 August 2017, and their chairman is Peter Lang"
)
OPENING = "It rained in the hills above the town, and nobody came to the market that day.\n\n"
OTHERS = ("A kiosk has opened beside the pier.", "The swimming baths are closed for the winter.")
CHANGES = {
    "240": ("420", "24", "240,000"), "Marsk": ("Fanø",), "Monday": ("Friday",), "Aurora": ("Borealis",),
    "Henrik Dahl": ("Henrik Dahlin", "Jonas Ek"), "rose": ("fell",), "12 percent": ("21 percent", "12 per mille"),
    "March": ("May",), "all crossings": ("some crossings",), "may": ("will",), "before": ("after",),
    "will not sell": ("will sell", "will not lose"), "a single ship": ("a single lorry",), "7:30 p.m.": ("8:30 p.m.",),
    "She": ("He",), "has not answered": ("has answered",),
    "$1.5 million": ("$1.5 billion", "€1.5 million", "$5.1 million"),
    "9 litres": ("9 gallons", "6 litres"), "northern": ("southern",),
    "21 August 2017": ("12 August 2017", "21 August 2016"),
    "Peter Lang": ("Peter Long", "Anna Holm"),
}  # fmt: skip


def named(passage: str) -> Named:
    a, b = (f"{OPENING}{text}.\n\n{other}" for text, other in zip((PASSAGE, passage), OTHERS, strict=True))
    return pair(a, b)


def state(passage: str) -> State:
    return later(named(PASSAGE), named(passage))


def later(before: Named, now: Named) -> State:
    """The state of what was accepted before."""
    accepted = entry_of(before.reuse, ("a", "b"), Decision(Reason.WIRE, "desk@example.org", "2026-01-01"))
    return allowed([now], [accepted], {"a", "b"}, "2026-11-23").pairs[0].state


def pair(a: str, b: str) -> Named:
    sides = Document("a", a), Document("b", b)
    return Named("a", "b", reuse_of(compare.pair(*sides), *sides))


@pytest.mark.parametrize(("old", "new"), [(old, new) for old, several in CHANGES.items() for new in several])
def test_a_change_of_a_fact_anywhere_in_the_passage_opens_it_again(old: str, new: str) -> None:
    assert PASSAGE.count(old) == 1
    assert state(PASSAGE.replace(old, new)) is State.DRIFTED


@pytest.mark.parametrize("passage", [re.sub("[“”]", "", PASSAGE), PASSAGE.replace("this council", "the council")])
def test_a_change_of_the_quotation_opens_it_again(passage: str) -> None:
    assert state(passage) is State.DRIFTED


@given(st.sets(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=4), st.data())
def test_several_changes_open_it_again(places: set[str], data: st.DataObject) -> None:
    passage = PASSAGE
    for old in sorted(places):
        passage = passage.replace(old, data.draw(st.sampled_from(CHANGES[old])))
    assert state(passage) in {State.DRIFTED, State.GROWN, State.NEW}


@pytest.mark.parametrize(
    ("old", "new"),
    [("12 percent", "12 per cent"), ("12 percent", "twelve percent"), ("7:30 p.m.", "19:30"), ("$1.5 million", "$1.5m"),
     ("21 August 2017", "August 21, 2017"), ("licence", "license"), ("harbour", "harbor"), ("litres", "liters"),
     ("“We", '"We'), ("had lost", "had now lost")],
)  # fmt: skip
def test_another_notation_leaves_it_accepted(old: str, new: str) -> None:
    assert state(PASSAGE.replace(old, new)) in {State.ACCEPTED, State.EDITED}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Tuesday 31 March", "Tuesday 84 March"), ("Lund will", "Holm will"),
        ("is only", "is not only"), ("from 0.8 percent", "from 0.8 percentage points"), ("allies", "enemies"),
    ],
)  # fmt: skip
def test_what_is_in_doubt_opens_a_copy_again_too(old: str, new: str) -> None:
    own = (
        "Lund will keep the boats. The ferry is only a part of the fleet; fares rose from 0.8 percent to 1.9 percent. "
        "Its allies on the board meet again on Tuesday 31 March"
    )
    passage = f"{PASSAGE}. {own}"
    before, now = (pair(f"{OPENING}{passage}.", f"{copy}.") for copy in (passage, passage.replace(old, new)))
    assert later(before, now) is State.DRIFTED


def test_a_quotation_that_does_not_count_opens_again_when_a_word_of_it_changes() -> None:
    said = "We will not sell a single ship while this council sits, and all 240 people know it as well as I do"
    a, b = f"{join(WHEAT, FILM)} “{said},” said Henrik Dahl.", f"“{said},” he told the board. {join(BRIDGE, SCHOOL)}"
    assert not any(match.counts for match in compare.pair(a, b).matches)
    for old, new in (("240", "420"), ("will not", "will"), ("council", "board")):
        assert later(pair(a, b), pair(a, b.replace(old, new, 1))) is State.DRIFTED


@pytest.mark.parametrize(("old", "new"), [("12 percent", "12%"), ("Kiev", "Kyiv"), ("9 May", "May 9")])
def test_another_notation_inside_a_quotation_leaves_it_accepted(old: str, new: str) -> None:
    story = f"{join(WHEAT, BRIDGE)} “We pay 12 percent more in Kiev since 9 May,” said Henrik Dahl. {FILM}"
    assert later(pair(story, story), pair(story, story.replace(old, new))) in {State.ACCEPTED, State.EDITED}


def test_a_quotation_that_stands_a_second_time_without_marks_leaves_it_accepted() -> None:
    said = "We will not sell a single ship while this council sits on its hands in the old customs house"
    story = f"{WHEAT} {said}.\n\n{BRIDGE} “{said},” wrote Henrik Dahl. {FILM}"
    assert later(pair(story, story), pair(story, story.replace("in March", "in the month of March"))) in {
        State.ACCEPTED, State.EDITED,
    }  # fmt: skip
