"""Splits keep families together, and what a split leaks is told."""

from __future__ import annotations

import numpy as np
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.model_selection import GridSearchCV, KFold, cross_validate
from sklearn.pipeline import make_pipeline

from compare import CompareError
from compare.sklearn import FamilyKFold, family_labels, group_leakage

PLACES = ["harbour", "museum", "orchard", "bridge", "station", "library", "market", "theatre"]
STORIES = [
    f"The {place} opened on Monday after {place} keepers had mended {number} of its windows, and children of {place} "
    f"school sang there until lamps of {place} street were lit at {number} o’clock. The {place} band played on."
    for number, place in enumerate(PLACES, 3)
]
COPIES = [*STORIES, *(f"{story} Rain fell." for story in STORIES), *(story.upper() for story in STORIES)]
FAMILIES = [*range(8)] * 3


def test_texts_that_share_text_have_one_number_by_the_first_of_them() -> None:
    assert family_labels(COPIES).tolist() == FAMILIES
    assert family_labels({"body": ["", *COPIES[6:9]]}, text="body").tolist() == [0, 1, 2, 3]
    assert family_labels(COPIES, together="identical").tolist() == [*range(16), *range(8)]


@settings(max_examples=examples(15))
@given(st.permutations(range(len(COPIES))), st.integers(2, 8), st.sampled_from([False, True]))
def test_no_family_is_on_both_sides_of_a_split_and_every_text_is_tested_once(
    order: list[int], folds: int, stratify: int
) -> None:
    texts, classes = [COPIES[at] for at in order], [at % 2 for at in order]
    splits = list(FamilyKFold(folds, stratify=bool(stratify)).split(texts, classes))
    assert sorted(np.concatenate([test for _, test in splits]).tolist()) == [*range(len(COPIES))]
    for train, test in splits:
        assert not {order[at] % 8 for at in train.tolist()} & {order[at] % 8 for at in test.tolist()}
    assert all(leak.pairs == () for leak in group_leakage(texts, splits))


def test_a_split_by_chance_leaks_and_each_row_that_does_is_told_with_its_verdict() -> None:
    first, second = group_leakage(COPIES, [(range(8), range(8, 24)), (np.arange(24) < 2, np.arange(24) == 17)])
    assert (first.tested, first.rows, first.share) == (16, tuple(range(8, 24)), 1.0)
    assert second.pairs == ((17, 1, "identical"),)
    assert [leak.share for leak in group_leakage(COPIES, KFold(3).split(COPIES))] == [1.0, 1.0, 1.0]
    assert group_leakage(COPIES, [(range(8), range(8, 16))], together="identical")[0].rows == ()


def test_it_is_the_splitter_of_scikit_learns_own_tools() -> None:
    pipeline, classes = make_pipeline(CountVectorizer(), DummyClassifier()), np.arange(24) % 2
    scores = cross_validate(pipeline, COPIES, classes, cv=FamilyKFold(4, stratify=True))
    assert len(scores["test_score"]) == FamilyKFold(4).get_n_splits() == 4
    search = GridSearchCV(pipeline, {"countvectorizer__binary": [True, False]}, cv=FamilyKFold(2))
    assert search.fit(COPIES, classes).n_splits_ == 2
    assert repr(FamilyKFold(3)).startswith("FamilyKFold(n_splits=3")


def test_what_cannot_be_split_is_one_plain_line() -> None:
    for call in (
        lambda: list(FamilyKFold(9).split(COPIES)),
        lambda: family_labels(COPIES, together="near"),
        lambda: group_leakage(COPIES, [([0], [24])]),
        lambda: group_leakage(COPIES, [([0.5], [-1])]),
    ):
        with pytest.raises(CompareError) as raised:
            call()
        assert len(str(raised.value).splitlines()) == 1
