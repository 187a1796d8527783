"""Each document of many pairs is read once, and let go when no pair needs it any more."""

from __future__ import annotations

import numpy as np
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.events.rarity import ALONE
from compare.model import Document
from compare.pipeline.ready import Folder, Reading, together
from compare.pipeline.telling import Row
from compare.settings import Settings

FOLDER = Folder(np.empty(0, np.uint64), ALONE, Settings())
PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] != pair[1]), max_size=12)


class Shelf(list[Document]):
    """Documents that count how often each is taken."""

    def __init__(self, count: int) -> None:
        super().__init__(Document(str(number), f"The ferry number {number} sailed.") for number in range(count))
        self.taken: list[int] = []

    def __getitem__(self, number: int) -> Document:  # type: ignore[override]
        self.taken.append(number)
        return super().__getitem__(number)


def rows(pairs: list[tuple[int, int]]) -> list[Row]:
    known = {"cosine": 0.2, "is_weak": True, "one_house": False, "may_matter": False}
    return [Row(place, pair, **known) for place, pair in enumerate(pairs)]


@settings(max_examples=examples(20))
@given(PAIRS)
def test_a_document_is_read_once_however_many_pairs_it_is_in(pairs: list[tuple[int, int]]) -> None:
    shelf = Shelf(10)
    reading = Reading(shelf, FOLDER, rows(pairs))
    seen = [(row.pair, tuple(side.document.id for side in sides)) for row, sides in reading.sides(rows(pairs))]
    assert sorted(seen) == sorted(((a, b), (str(a), str(b))) for a, b in pairs)
    assert reading.outlines().keys() == {number for pair in pairs for number in pair}
    assert len(shelf.taken) == len(set(shelf.taken))


@settings(max_examples=examples(60))
@given(PAIRS)
def test_pairs_that_texts_join_stand_next_to_each_other(pairs: list[tuple[int, int]]) -> None:
    ordered = [set(row.pair) for row in together(rows(pairs))]
    groups: list[set[int]] = []
    for pair in ordered:
        joined = [group for group in groups if group & pair]
        groups = [group for group in groups if not group & pair] + [pair.union(*joined)]
    for group in groups:
        places = [place for place, pair in enumerate(ordered) if pair <= group]
        assert places == list(range(places[0], places[-1] + 1))


def test_what_a_document_reports_is_kept_of_those_alone_that_are_asked_for() -> None:
    reading = Reading(Shelf(4), FOLDER, rows([(0, 1)]))
    assert len(list(reading.sides(rows([(1, 2), (2, 3)])))) == 2
    assert reading.outlines().keys() == {0, 1}
