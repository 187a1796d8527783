"""What is told of a weak pair hangs on the pair and its neighbours, not on how many others there are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from events_told import QUAKE, STRIKE

from compare.align.prepare import prepare
from compare.events.profile import profile
from compare.events.rarity import Rarity
from compare.events.same import Outline
from compare.events.weighed import weighed
from compare.pipeline.telling import Row, asked, worth_aligning
from compare.settings import Settings

FOLDER = Rarity(np.zeros(1, np.uint64), np.ones(1, np.int64), 500)
TEXTS = (*QUAKE, *STRIKE)
OUTLINES = {number: Outline(weighed(profile(prepare(text)), FOLDER)) for number, text in enumerate(TEXTS)}
OWN = Row(0, (0, 1), cosine=0.2, is_weak=True, one_house=False, may_matter=False)


def told(rows: list[Row]) -> list[tuple[int, int]]:
    return [row.pair for row in worth_aligning(rows, OUTLINES, Settings())]


def test_a_pair_is_told_whatever_likelier_ones_there_are_beside_it() -> None:
    others = [replace(OWN, row=place, pair=(3, 4), cosine=0.4) for place in range(1, 200)]
    assert told([OWN]) == [OWN.pair]
    assert OWN.pair in told([*others, OWN])


def test_a_pair_that_reports_no_event_is_told_only_if_its_words_may_matter() -> None:
    apart = replace(OWN, pair=(0, 3))
    assert told([apart]) == []
    assert told([replace(apart, may_matter=True)]) == [apart.pair]


def test_pairs_that_are_reuse_speak_for_their_neighbours_and_are_not_told_again() -> None:
    strong = replace(OWN, pair=(1, 2), is_weak=False)
    far = replace(OWN, pair=(3, 4), is_weak=False)
    assert asked([OWN, strong, far]) == [OWN, strong]
    (alone,) = worth_aligning([OWN], OUTLINES, Settings())
    (beside,) = worth_aligning([OWN, strong, replace(strong, pair=(0, 2))], OUTLINES, Settings())
    assert beside.support > alone.support
