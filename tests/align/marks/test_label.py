"""What a match is called: what moved, and that marks follow from what stands beside them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from labels import NOW, placed
from prose import ENGLISH, RIGHTS, SAID, STORY

from compare.align.marks.label import marked
from compare.align.prepare import prepare
from compare.model import Document, Kind, Mark
from compare.pipeline.plan import compare_pair
from compare.text.coverage import token_ranges

WORDS = " ".join(f"word{number}" for number in range(60))
Place = tuple[tuple[int, int], tuple[int, int]]


def moved(places: list[Place], text: str = WORDS, kind: Kind = Kind.VERBATIM) -> list[int]:
    """Which matches at these tokens of a and of b are moved."""
    texts = prepare(text), prepare(text)
    labelled = marked([placed(texts, a, b, kind) for a, b in places], *texts)
    return [number for number, match in enumerate(labelled) if Mark.MOVED in match.marks]


@pytest.mark.parametrize(
    ("places", "numbers"),
    [
        ([((0, 9), (30, 39)), ((20, 25), (0, 5))], [1]),
        ([((0, 5), (30, 35)), ((20, 29), (0, 9))], [0]),
        ([((0, 9), (0, 9)), ((20, 25), (30, 35))], []),
        ([((0, 9), (0, 9)), ((10, 19), (40, 49)), ((20, 29), (10, 19)), ((30, 39), (20, 29))], [1]),
        ([((0, 9), (9, 18)), ((9, 14), (0, 5))], [1]),
    ],
)
def test_of_matches_that_cross_those_of_the_fewest_words_are_moved(places: list[Place], numbers: list[int]) -> None:
    assert moved(places) == numbers


@pytest.mark.parametrize(
    "places",
    [
        [((0, 12), (30, 42)), ((10, 20), (0, 10))],
        [((0, 12), (8, 20)), ((20, 30), (0, 10))],
        [((0, 30), (0, 30)), ((10, 20), (10, 20))],
        [((0, 12), (30, 42)), ((0, 12), (0, 12))],
    ],
)
def test_what_only_overlaps_another_match_is_not_moved(places: list[Place]) -> None:
    assert moved(places) == []


def test_matches_that_touch_cross_all_the_same() -> None:
    assert moved([((0, 9), (9, 18)), ((9, 14), (0, 5))], "市议会星期一投票决定关闭海港大桥十一个月") == [1]
    assert moved([((0, 5), (9, 14)), ((5, 14), (0, 9))], "市议会星期一投票决定关闭海港大桥十一个月") == [0]


def test_related_passages_are_never_moved() -> None:
    assert moved([((0, 9), (30, 39)), ((20, 25), (0, 5))], kind=Kind.RELATED) == []


GERMAN = (
    "Die Hafenverwaltung erklärte, dass man mit den Arbeitern der Werft über die Kaimauer sprechen und weiter "
    "verhandeln will."
)
_PARTS = [ENGLISH.format("they met on {}"), STORY, RIGHTS, f"“{SAID},” said Ilse Marten.", GERMAN]
_PART = st.sampled_from(_PARTS).flatmap(lambda part: st.sampled_from([part, part.replace("the", "a"), part[:60]]))
_TEXT = st.lists(_PART, max_size=5).map(" ".join).map(lambda text: text.replace("{}", "5 May"))


@settings(max_examples=examples(60))
@given(_TEXT, _TEXT)
def test_operations_tile_a_match_and_marks_follow_their_data(a: str, b: str) -> None:
    found = compare_pair(Document("a", a), Document("b", b), NOW)
    hashes = prepare(a).tokens.hashes, prepare(b).tokens.hashes
    for match in found.matches:
        at = [span.start for span in token_ranges(match)]
        assert all(one.kind != other.kind for one, other in pairwise(match.operations))
        assert all("equal" in {one.kind, other.kind} for one, other in pairwise(match.operations))
        for step in match.operations:
            assert [step.tokens_a.start, step.tokens_b.start] == at
            at = [step.tokens_a.stop, step.tokens_b.stop]
            same = np.array_equal(hashes[0][slice(*step.tokens_a)], hashes[1][slice(*step.tokens_b)])
            assert same or step.kind != "equal"
        assert at == [span.stop for span in token_ranges(match)]
        assert (Mark.DRIFT in match.marks) is bool(match.drifts)
        assert bool(match.speaker) is any(quotation.speaker_a or quotation.speaker_b for quotation in match.quotations)
