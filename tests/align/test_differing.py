"""Facts that differ between versions of a text, without an alignment."""

from __future__ import annotations

import pytest

from compare.align.differing import differing
from compare.align.prepare import prepare

BULLETIN = (
    "The harbour office has published its bulletin for the week ending {date}. It counted {ships} ships in the outer "
    "basin, and {hurt} people were hurt on board. Advice is given by telephone on weekdays."
)
PROSE = (
    "Nobody had expected the ferry to run again before the winter. The company sold the second boat to a firm in the "
    "north. Its crew found work on the coast. "
)


def told(a: str, b: str) -> list[tuple[str, str, str]]:
    return [(drift.what.value, a[slice(*drift.a)], b[slice(*drift.b)]) for drift in differing(prepare(a), prepare(b))]


def test_what_differs_is_told_by_its_place_and_from_either_side() -> None:
    a, b = BULLETIN.format(date="4 January", ships=391, hurt=9), BULLETIN.format(date="18 May", ships=744, hurt=9)
    assert told(a, b) == [("date", "4 January", "18 May"), ("number", "391", "744")]
    assert told(b, a) == [("date", "18 May", "4 January"), ("number", "744", "391")]


def test_a_part_of_a_longer_text_is_compared_with_what_corresponds_to_it() -> None:
    part, other = (
        BULLETIN.format(date="4 January", ships=391, hurt=9),
        BULLETIN.format(date="4 January", ships=40, hurt=9),
    )
    assert told(part, PROSE * 3 + other + " " + PROSE) == [("number", "391", "40")]
    assert told(part, PROSE * 3 + part + " " + PROSE) == []


@pytest.mark.parametrize(("a", "b"), [("", PROSE), (PROSE, PROSE), (PROSE, PROSE.replace("Nobody", "No one"))])
def test_what_states_the_same_differs_in_nothing(a: str, b: str) -> None:
    assert told(a, b) == []


def test_a_fact_with_which_both_texts_begin_or_end_is_told() -> None:
    a, b = (f"{place}, Tuesday – {PROSE}The fare is {fare}" for place, fare in (("OSLO", 340), ("BERGEN", 290)))
    assert told(a, b) == [("name", "OSLO", "BERGEN"), ("number", "340", "290")]
