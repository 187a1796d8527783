"""What would silence or catch a pair: each setting that is told does what it is told to do."""

from __future__ import annotations

import random

import pytest

import compare
from compare.gate.levers import catching, silencing
from compare.model import Verdict
from compare.settings import Settings

WORDS = ["harbour", "ferry", "apples", "mayor", "wind", "noon", "captain", "quay", "lorry", "town", "bridge", "rust"]


def article(draw: random.Random, count: int) -> list[str]:
    return [f"{draw.choice(WORDS)}{draw.randrange(40)}" for _ in range(count)]


def pairs() -> list[tuple[str, str]]:
    """From copies over halves to a shared sentence, with changes."""
    made = []
    for seed in range(24):
        draw = random.Random(seed)
        first = article(draw, draw.choice([40, 90, 200]))
        taken = first[: int(len(first) * draw.choice([0.08, 0.2, 0.35, 0.6, 0.9, 1]))]
        for place in draw.sample(range(len(taken)), len(taken) // draw.choice([4, 9, 30])):
            taken[place] = "changed"
        made.append((" ".join(first), " ".join(taken + article(draw, draw.choice([0, 20, 80])))))
    return made


def changed(settings: tuple[str, ...]) -> Settings:
    values = dict(one.split("=") for one in settings)
    return Settings(**{name: type(getattr(Settings(), name))(value) for name, value in values.items()})


@pytest.mark.parametrize("weakest", [Verdict.IDENTICAL, Verdict.NEAR_DUPLICATE, Verdict.CONTAINED, Verdict.DERIVED])
def test_a_setting_that_is_told_silences_or_catches_the_pair(weakest: Verdict) -> None:
    told = {"silence": 0, "catch": 0}
    for a, b in pairs():
        found = compare.pair(a, b)
        assert found.evidence
        named = found.verdict.rank <= weakest.rank
        settings = silencing(found.evidence, weakest) if named else catching(found.evidence, weakest)
        if settings:
            told["silence" if named else "catch"] += 1
            again = compare.pair(a, b, changed(settings))
            assert (again.verdict.rank <= weakest.rank) is not named, (settings, found.verdict, again.verdict)
    assert weakest is Verdict.IDENTICAL or min(told.values()) > 0


def test_no_setting_makes_equal_texts_unequal_or_unlike_ones_alike() -> None:
    text = " ".join(article(random.Random(1), 60))
    same, other = compare.pair(text, text), compare.pair(text, " ".join(article(random.Random(2), 60)))
    assert same.evidence
    assert other.evidence
    assert silencing(same.evidence, Verdict.DERIVED) == ()
    assert catching(other.evidence, Verdict.IDENTICAL) == ()
