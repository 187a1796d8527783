from __future__ import annotations

import doctest
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

BENCH = Path(__file__).parent.parent.parent / "bench"
sys.path.insert(0, str(BENCH))  # bench/ is a folder of scripts, which import each other so
try:
    import articles
    import asking
    import fact_labels
    import notation
    import planting
    import planting_words
    import quoting
finally:
    sys.path.remove(str(BENCH))

TEXT = """Mr. Marten said on Monday that 40 people and 12 dogs were not in the hall at 3 p.m. on May 14, 2013, and he
may sell all of it for $5 million, more than 7 miles from the first gate in Ohio, as was likely.

“We will open it again before the winter comes,” Ilse Marten said, and Paul Rowe told Marten that Rowe was able to
read 30 pages in 20 days."""


@pytest.mark.parametrize("kind", [kind for kind in planting.KINDS if kind not in {"last word", "first word"}])
def test_a_kind_changes_what_its_places_say_and_nothing_else(kind: str) -> None:
    for seed in range(4):
        plant = planting.KINDS[kind](TEXT, random.Random(seed))
        if plant is None:
            continue
        kept_a, kept_b = plant.a, plant.b
        for place_a, place_b in reversed(list(zip(plant.places_a, plant.places_b, strict=True))):
            assert plant.a[slice(*place_a)] != plant.b[slice(*place_b)]
            kept_a = kept_a[: place_a.start] + kept_a[place_a.stop :]
            kept_b = kept_b[: place_b.start] + kept_b[place_b.stop :]
        assert kept_a == kept_b


def test_a_lifted_passage_keeps_its_places() -> None:
    plant = planting.changed(TEXT, [(TEXT.index("40"), TEXT.index("40") + 2, "90")])
    hosts = "One.\n\nTwo.\n\nThree.", "Four.\n\nFive."
    moved = asking.lifted(plant, hosts)
    assert moved.words == ("40", "90")
    assert moved.b.startswith("One.\n\nMr. Marten")
    assert moved.a.endswith("days.\n\nFive.")


def test_a_quotation_loses_its_marks_or_a_word_or_its_speaker() -> None:
    bare = quoting.unquoted(TEXT, random.Random(1))
    assert bare is not None
    assert bare.words == ("We will open it again before the winter comes,",) * 2
    assert "“" not in bare.b
    other = quoting.other_speaker(TEXT.replace("Ilse Marten said", "said Ilse Marten"), random.Random(1))
    assert other is not None
    assert other.words[0] == "Ilse Marten"


def test_notation_keeps_what_it_has_no_word_for() -> None:
    for rewriting in notation.ONE_SIDED.values():
        assert rewriting("Nothing is said of it.", random.Random(1)) == "Nothing is said of it."


@pytest.mark.parametrize(
    "module", [articles, planting, planting_words, notation, quoting, fact_labels], ids=lambda module: module.__name__
)
def test_the_examples_hold(module: ModuleType) -> None:
    outcome = doctest.testmod(module)
    assert (outcome.failed, outcome.attempted > 0) == (0, True)
