"""Contaminated items are those that a plain search finds, with the passages that it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.kernels.columns import offsets_of
from compare.pipeline.leaks import Items, Leak, Place, Tally, hits_in, items_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

Texts = list[list[int]]

TEXTS = st.lists(st.lists(st.integers(1, 3), max_size=14), min_size=1, max_size=5)


def columns(texts: Texts) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    flat = np.array([token for text in texts for token in text], np.uint64)
    return flat, offsets_of(np.array([len(text) for text in texts], np.int64))


def found(items: Items, *batches: Texts) -> list[Leak]:
    tally, before = Tally(items), 0
    for batch in batches:
        names = [(f"{before + number:03}", "") for number in range(len(batch))]
        tally.add(
            hits_in(*columns(batch), items), names,
            lambda document, first, words, names=names: Place(*names[document], first, first + words),
        )  # fmt: skip
        before += len(batch)
    return tally.leaks()


def runs_of(text: list[int], length: int) -> set[tuple[int, ...]]:
    return {tuple(text[start : start + length]) for start in range(len(text) - length + 1)}


def searched(train: Texts, item: list[int], words: int) -> tuple[int, int, int] | None:
    """Words covered, words of the longest passage, documents: by looking everywhere."""
    length = min(words, len(item))
    every = [runs_of(text, length) for text in train]
    starts = [start for start in range(len(item) - length + 1) if any(tuple(item[start:][:length]) in r for r in every)]
    if not starts or length < min(8, words):
        return None
    covered = {place for start in starts for place in range(start, start + length)}
    longest = max(
        size for size in range(1, len(item) + 1) if any(runs_of(item, size) & runs_of(t, size) for t in train)
    )
    return len(covered), longest, sum(bool(runs_of(item, length) & held) for held in every)


@given(TEXTS, TEXTS, st.integers(1, 10))
@settings(max_examples=examples(60))
def test_what_is_found_is_what_a_plain_search_finds(train: Texts, tested: Texts, words: int) -> None:
    leaks = {leak.item: leak for leak in found(items_of(*columns(tested), words), train[:2], train[2:])}
    for number, item in enumerate(tested):
        leak = leaks.get(number)
        assert (leak and (leak.covered, leak.longest, leak.documents)) == searched(train, item, words)
        if leak:
            text = train[int(leak.where.id)]
            assert text[leak.where.start : leak.where.stop] == item[leak.start : leak.start + leak.longest]


def test_of_passages_as_long_the_document_of_the_smallest_id_is_told_in_any_order() -> None:
    text = list(range(1, 30))
    items = items_of(*columns([text]), 13)
    (leak,) = found(items, [[0], text, text], [text])
    assert (leak.where.id, leak.documents, leak.share) == ("001", 3, 1.0)


def test_items_of_fewer_words_are_looked_for_whole_down_to_eight() -> None:
    items = items_of(*columns([list(range(1, 9)), list(range(1, 8)), list(range(20, 32))]), 13)
    assert (items.too_short, items.least) == (1, 8)
    assert [leak.item for leak in found(items, [list(range(33)), list(range(1, 8))])] == [2, 0]
    assert found(items, [list(range(1, 8)), [*range(20, 31), 50]]) == []


def test_what_very_many_items_hold_is_their_template_but_for_copies_of_one_item() -> None:
    prompt = list(range(100, 120))
    tested = [[*prompt, *range(1000 * number, 1000 * number + 20)] for number in range(1, 13)]
    items = items_of(*columns(tested), 13)
    assert items.templates == 8
    assert found(items, [prompt]) == []
    assert [leak.item for leak in found(items, [tested[3]])] == [3]
    copies = items_of(*columns([tested[0]] * 12), 13)
    assert (copies.templates, len(found(copies, [prompt]))) == (0, 12)
