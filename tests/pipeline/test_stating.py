"""Facts of documents that fall: told, or a reason to stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compare.pipeline.collection import Batch
from compare.pipeline.deduplicate import Deduplicated, Keeping, deduplicate_batches
from compare.pipeline.engines.base import Resources
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.stating import Differing
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

WEEK = (
    "The harbour office has published its bulletin for the week ending {date}. It counted {ships} ships in the outer "
    "basin, more than in other years, and the pilots were called out by day and by night. The office asks all skippers "
    "to report at the mole, to keep the fairway free and to listen to the weather. Advice is given on weekdays."
)
WEEKS = {f"w{week}": WEEK.format(date=f"{week} May", ships=300 + week) for week in range(1, 6)}
COPY = {"w3b": WEEKS["w3"].replace("The office asks", "The port office asks"), "w3c": WEEKS["w3"]}


def deduplicated(texts: Mapping[str, str], keeping: Keeping, resources: Resources | None = None) -> Deduplicated:
    blank = [""] * len(texts)
    batches = [Batch([name], [text], blank[:1], blank[:1]) for name, text in texts.items()]
    return deduplicate_batches(batches, Settings(), MemoryEngine(resources), keeping)


def test_what_falls_tells_which_facts_differ_from_what_stays() -> None:
    found = deduplicated(WEEKS | COPY, Keeping(facts=True))
    assert found.facts is not None
    assert found.facts.fallen["w3"] == found.facts.fallen["w3c"] == Differing(0)
    assert found.facts.fallen["w1"] == Differing(2, "date", "3 May", "1 May")
    assert (found.facts.compared, found.facts.differ, found.facts.stayed) == (5, 4, 0)
    plain = deduplicated(WEEKS | COPY, Keeping())
    assert plain.facts is None
    assert plain.dropped_ids == found.dropped_ids


def test_documents_with_other_facts_stay_and_their_own_copies_fall_to_them() -> None:
    found = deduplicated(WEEKS | COPY, Keeping(different_stay=True))
    assert found.dropped_ids == {"w3", "w3c"}
    assert found.facts is not None
    assert (found.facts.differ, found.facts.stayed) == (0, 4)
    rest = {name: text for name, text in (WEEKS | COPY).items() if name not in found.dropped_ids}
    assert not deduplicated(rest, Keeping(different_stay=True)).dropped_ids


def test_the_same_words_with_other_signs_are_no_twins_where_facts_decide() -> None:
    rest = "cells in the dish on the day, as the office wrote to all who had asked it about the year before."
    texts = {name: f"There were about {cells} {rest}" for name, cells in (("a", "10⁵"), ("b", "105"))}
    assert deduplicated(texts, Keeping()).dropped_ids == {"b"}
    assert not deduplicated(texts, Keeping(different_stay=True)).dropped_ids
    told = deduplicated(texts, Keeping(facts=True)).facts
    assert told is not None
    assert told.fallen == {"b": Differing(1, "number", "10⁵", "105")}


@pytest.mark.parametrize("resources", [Resources(workers=3), Resources(memory=64)])
def test_workers_and_memory_change_nothing(resources: Resources) -> None:
    texts = WEEKS | COPY
    keeping = Keeping(facts=True)
    assert deduplicated(texts, keeping, resources).facts == deduplicated(texts, keeping).facts


def test_a_pair_tells_the_same_from_its_other_side() -> None:
    found = deduplicated(WEEKS | COPY, Keeping(facts=True))
    assert found.facts is not None
    ids = found.collection.ids
    told = {
        (ids[a], ids[b]): answer for (a, b), answer in zip(found.pairs.pairs.tolist(), found.facts.pairs, strict=True)
    }
    assert told["w1", "w3b"] == Differing(2, "date", "1 May", "3 May")
    assert told["w3b", "w4"] == Differing(2, "date", "3 May", "4 May")
    assert told["w1", "w2"] is None
    assert told["w3", "w3c"] == Differing(0)
