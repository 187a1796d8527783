"""Repeated passages: where one ends and the next begins, how short one may be, and who holds it."""

from __future__ import annotations

from itertools import count

import numpy as np
import pytest

from compare import kernels
from compare.errors import InputError
from compare.kernels.columns import offsets_of
from compare.pipeline.engines.base import Resources
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.repeated import Occurrences, TokenRun, occurrences, occurrences_in, passages, passages_of
from compare.settings import Settings

SETTINGS = Settings()
FIRST, SECOND = list(range(100, 140)), list(range(200, 230))
"""Two passages, as numbers of words."""


def runs_of(texts: list[list[int]], *common: list[int]) -> list[list[TokenRun]]:
    """The repeated passages of some texts, given the passages whose shingles are common."""
    offsets = offsets_of(np.array([len(text) for text in texts], np.int64))
    shingles = [_shingles(np.array(words, np.uint64)) for words in common]
    tokens = np.array([word for text in texts for word in text], np.uint64)
    return passages([(tokens, offsets)], np.unique(np.concatenate(shingles)), SETTINGS)


def _shingles(words: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    return kernels.shingles(words, np.array([0, len(words)], np.int64), SETTINGS.shingle)[0]


def articles(passage: list[int], number: int, first: int = 0) -> list[list[int]]:
    """So many texts with a passage between words of their own."""
    own = count(10_000 + 1_000 * first)
    return [[*(next(own) for _ in range(8)), *passage, *(next(own) for _ in range(5))] for _ in range(number)]


@pytest.mark.parametrize(("both", "passages_found"), [(15, 2), (16, 1)])
def test_neighbouring_runs_are_one_passage_from_four_holders_in_five_of_the_larger_set(
    both: int, passages_found: int
) -> None:
    texts = articles([*FIRST, *SECOND], both) + articles(FIRST, 20 - both, 1)
    assert len(runs_of(texts, [*FIRST, *SECOND])) == passages_found


def test_what_some_holders_have_beside_a_passage_is_a_passage_of_its_own() -> None:
    texts = articles([*FIRST, *SECOND], 12) + articles(FIRST, 8, 1)
    first, second = runs_of(texts, [*FIRST, *SECOND])
    assert [(run.document, run.start, run.stop) for run in first] == [(place, 8, 48) for place in range(20)]
    assert [(run.document, run.start, run.stop) for run in second] == [(place, 44, 78) for place in range(12)]


def test_neighbouring_runs_that_as_many_but_other_documents_hold_are_two_passages() -> None:
    texts = articles(FIRST[:24], 12) + articles(FIRST[20:], 12, 1) + articles(FIRST, 1, 2)
    assert [[run.document for run in runs] for runs in runs_of(texts, FIRST)] == [[*range(12), 24], [*range(12, 25)]]


@pytest.mark.parametrize(("holders", "passages_found"), [(10, 0), (11, 1)])
def test_a_passage_has_more_holders_than_what_is_not_common(holders: int, passages_found: int) -> None:
    runs = runs_of(articles(FIRST, holders), FIRST)
    assert [len(each) for each in runs] == [holders] * passages_found


@pytest.mark.parametrize(("words", "passages_found"), [(11, 0), (12, 1)])
def test_a_passage_has_twelve_words_or_more(words: int, passages_found: int) -> None:
    assert len(runs_of(articles(FIRST[:words], 15), FIRST)) == passages_found


def test_of_a_passage_that_stands_twice_in_a_document_the_longest_run_is_shown() -> None:
    twice = [[*FIRST[:20], *range(900, 910), *FIRST, *range(910, 915), *FIRST[5:30]]]
    (runs,) = runs_of(articles(FIRST, 12) + twice, FIRST)
    assert runs[-1] == TokenRun(12, 30, 70)
    assert len(runs) == 13


def test_the_most_widely_held_passage_comes_first() -> None:
    texts = articles(SECOND, 12) + articles(FIRST, 14, 1)
    assert [len(runs) for runs in runs_of(texts, FIRST, SECOND)] == [14, 12]


def test_where_nothing_is_common_nothing_repeats() -> None:
    assert runs_of(articles(FIRST, 12), SECOND) == []


def test_parts_find_the_passages_that_one_process_finds() -> None:
    texts, common = articles(FIRST, 60) + articles([*SECOND, *FIRST[3:]], 30, 1), _shingles(np.array(FIRST, np.uint64))
    common.sort()

    def read(documents: np.ndarray) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
        some = [np.array(texts[number], np.uint64) for number in documents.tolist()]
        return np.concatenate(some), offsets_of(np.array([len(text) for text in some], np.int64))

    portions = np.array_split(np.arange(90)[::-1], 30)
    whole = occurrences(map(read, portions), common, SETTINGS)
    parted = occurrences_in(portions, read, common, (MemoryEngine(Resources(beside=3)), SETTINGS))
    for name in ("numbers", "documents", "places"):
        assert getattr(parted, name).tolist() == getattr(whole, name).tolist()
    assert [len(runs) for runs in passages_of(parted, len(common), SETTINGS)] == [90]


@pytest.mark.parametrize(("numbers", "documents"), [([9], [0]), ([-1], [0]), ([0], [5]), ([0, 1], [0])])
def test_places_of_an_earlier_run_are_not_believed_without_a_look(numbers: list[int], documents: list[int]) -> None:
    found = Occurrences(np.array(numbers), np.array(documents), np.array([0]))
    parts = MemoryEngine().each("repeated", 1, lambda _, out: found.put(out))
    with pytest.raises(InputError):
        Occurrences.together(parts, 9, 5)
