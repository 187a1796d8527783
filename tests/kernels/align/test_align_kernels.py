"""The aligner's compiled kernels against the plain reference, figure for figure, and both against counts by hand."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.kernels.align import reference
from compare.kernels.align.grams import Grams
from compare.kernels.align.reference import EVIDENCE, NEAR, SCALE, Agreement, Bag, Forest, Ground, Layout, SentenceWords

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from numpy.typing import NDArray

    I64 = NDArray[np.int64]

native: ModuleType = pytest.importorskip("compare.kernels.align._native", reason="the compiled kernels were not built")
KERNELS = pytest.mark.parametrize("kernels", [native, reference], ids=["native", "reference"])

VOCABULARY = 9
Sentences = list[list[int]]
sentences = st.lists(st.lists(st.integers(0, VOCABULARY - 1), min_size=1, max_size=6), min_size=1, max_size=7)
"""Words by number; no sentence is empty, as `prepare` sees to it."""
weighed = st.lists(st.integers(0, 2000), min_size=VOCABULARY, max_size=VOCABULARY)


def whole(values: Sequence[int]) -> I64:
    return np.array(values, np.int64)


def same(left: Sequence[object], right: Sequence[object]) -> None:
    for mine, theirs in zip(left, right, strict=True):
        np.testing.assert_array_equal(mine, theirs, strict=True)


def grams(text: Sentences) -> Grams:
    """Each word as a gram, sorted by gram and sentence."""
    held = sorted({(word, row, text[row].count(word)) for row in range(len(text)) for word in text[row]})
    hashes, rows, counts = zip(*held, strict=True) if held else ((), (), ())
    return Grams(np.array(hashes, np.uint64), whole(rows), whole(counts))


def rows(text: Sentences) -> SentenceWords:
    held = [sorted(set(sentence)) for sentence in text]
    return SentenceWords(whole([word for one in held for word in one]), whole(np.cumsum([0, *map(len, held)])))


def layout(text: Sentences, weights: Sequence[int]) -> Layout:
    mass = [sum(weights[word] for word in set(sentence)) for sentence in text]
    return Layout(whole([word for sentence in text for word in sentence]), rows(text), whole(mass))


def owners(text: Sentences) -> list[int]:
    return [row for row, sentence in enumerate(text) for _ in sentence]


def boxed(ranges: Sequence[Sequence[int]], a: Sentences, b: Sentences) -> I64:
    """The token ranges with the sentences that they touch."""
    left, right = owners(a), owners(b)
    touched = [(left[w], left[x - 1] + 1, right[y], right[z - 1] + 1) for w, x, y, z in ranges]
    return np.array([[*one, *more] for one, more in zip(ranges, touched, strict=True)], np.int64).reshape(-1, 8)


@dataclass(frozen=True)
class Case:
    a: Sentences
    b: Sentences
    weights: Sequence[int]
    ground: Ground
    ranges: Sequence[Sequence[int]]

    def table(self, kernels: ModuleType) -> I64:
        sides = layout(self.a, self.weights), layout(self.b, self.weights)
        return kernels.evidence(*sides, self.ground, boxed(self.ranges, self.a, self.b))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    a, b, weights = draw(sentences), draw(sentences), draw(weighed)
    sizes, shape = [len(owners(text)) for text in (a, b)], (len(a), len(b))
    spans = [st.tuples(st.integers(0, n), st.integers(0, n)).map(sorted).filter(lambda r: r[0] < r[1]) for n in sizes]
    run = st.tuples(*(st.integers(0, n) for n in sizes), st.integers(0, min(sizes)))
    runs = [(x, y, min(n, sizes[0] - x, sizes[1] - y)) for x, y, n in draw(st.lists(run, max_size=4))]
    chance = np.random.default_rng(draw(st.integers(0, 1 << 32)))
    ground = Ground(
        whole(weights), chance.integers(0, 2, VOCABULARY, np.uint8),
        chance.integers(0, SCALE + 1, shape, np.int32) * chance.integers(0, 2, shape, np.int32),
        chance.integers(0, 2, shape, np.uint8), np.array(runs, np.int64).reshape(-1, 3),
    )  # fmt: skip
    ranges = draw(st.lists(st.tuples(*spans).map(lambda pair: [*pair[0], *pair[1]]), max_size=6))
    return Case(a, b, weights, ground, ranges)


# --- products ------------------------------------------------------------------------------------------------------


@given(sentences, sentences, st.lists(st.integers(0, 4000), min_size=15, max_size=15))
@settings(max_examples=examples(200))
def test_both_multiply_sentences_alike(a: Sentences, b: Sentences, isf: list[int]) -> None:
    damped = whole([0, 16, 27, 34, 38, 42, 45])
    arguments = grams(a), grams(b), (len(a), len(b)), whole(isf), damped
    same(native.products(*arguments), reference.products(*arguments))


@KERNELS
def test_a_dot_product_by_hand(kernels: ModuleType) -> None:
    # Gram 0 is in three sentences, 1 and 2 in one: they weigh 4, 20 and 20. Said once counts 2, said twice 3.
    isf, damped = whole([0, 20, 10, 4]), whole([0, 2, 3])
    found = kernels.products(grams([[0, 1, 1], [0, 2]]), grams([[0, 0, 1]]), (2, 1), isf, damped)
    assert found.dots.tolist() == [[8 * 12 + 30 * 20], [8 * 12]]
    assert found.shared.tolist() == [[14], [4]]
    assert found.squares_a.tolist() == [8**2 + 30**2, 8**2 + 40**2]
    assert found.squares_b.tolist() == [12**2 + 20**2]
    assert (found.mass_a.tolist(), found.mass_b.tolist()) == ([14, 24], [14])


@KERNELS
def test_sentences_that_share_no_gram_and_those_without_one_have_no_product(kernels: ModuleType) -> None:
    isf, damped = whole([0, 7, 5, 3]), whole([0, 1])
    apart = kernels.products(grams([[0], [1]]), grams([[2]]), (2, 1), isf, damped)
    assert (apart.dots.tolist(), apart.shared.tolist(), apart.mass_a.tolist()) == ([[0], [0]], [[0], [0]], [7, 7])
    for a, b in (([], [[1]]), ([[1]], []), ([], [])):
        found = kernels.products(grams(a), grams(b), (1, 1), isf, damped)
        assert found.dots.tolist() == found.shared.tolist() == [[0]]
        assert [found.mass_a.tolist(), found.mass_b.tolist()] == [[7 * len(a)], [7 * len(b)]]


# --- support -------------------------------------------------------------------------------------------------------


@given(sentences, sentences, weighed, st.integers(1, 8))
@settings(max_examples=examples(200))
def test_both_find_the_same_support_as_trying_every_window(
    a: Sentences, b: Sentences, weights: list[int], width: int
) -> None:
    windows = [{word for sentence in b[at : at + width] for word in sentence} for at in range(len(b))]
    tried = [max(sum(weights[word] for word in {*one} & window) for window in windows) for one in a]
    arguments = rows(a), rows(b), whole(weights), width
    same([native.support(*arguments)], [reference.support(*arguments)])
    assert native.support(*arguments).tolist() == tried


@KERNELS
@pytest.mark.parametrize(("apart", "held"), [(4, 70), (5, 40)])
def test_a_window_of_five_holds_what_stands_four_sentences_on_and_no_more(
    kernels: ModuleType, apart: int, held: int
) -> None:
    other = [[3], *[[2]] * (apart - 1), [1, 0]]
    weights = whole([30, 0, 5, 40])
    assert kernels.support(rows([[0, 3]]), rows(other), weights, 5).tolist() == [held]


@KERNELS
def test_a_word_counts_once_a_window_and_one_sentence_is_a_window_too(kernels: ModuleType) -> None:
    weights = whole([30, 7])
    assert kernels.support(rows([[0, 0], [1]]), rows([[0], [0], [0]]), weights, 5).tolist() == [30, 0]
    assert kernels.support(rows([[0, 1]]), rows([[1]]), weights, 5).tolist() == [7]
    assert kernels.support(rows([[0], [1]]), rows([]), weights, 5).tolist() == [0, 0]
    assert kernels.support(rows([]), rows([[0]]), weights, 5).tolist() == []


# --- evidence ------------------------------------------------------------------------------------------------------


@given(cases())
@settings(max_examples=examples(300))
def test_both_see_the_same_evidence(case: Case) -> None:
    same([case.table(native)], [case.table(reference)])


@given(cases())
@settings(max_examples=examples(60))
def test_seen_from_the_other_side_the_evidence_is_the_same(case: Case) -> None:
    weights, content, cosine, seeds, runs = case.ground
    turned = Ground(weights, content, cosine.T.copy(), seeds.T.copy(), runs[:, [1, 0, 2]].copy())
    back = Case(case.b, case.a, case.weights, turned, [[y, z, w, x] for w, x, y, z in case.ranges])
    swap = {"_a": "_b", "_b": "_a"}
    order = [EVIDENCE.index(name[:-2] + swap[name[-2:]] if name[-2:] in swap else name) for name in EVIDENCE]
    assert back.table(native)[:, order].tolist() == case.table(native).tolist()


@KERNELS
def test_the_figures_of_a_box_by_hand(kernels: ModuleType) -> None:
    """Words 0 to 3 weigh 10, 20, 30 and 40; only 1 and 3 are content words. The box: tokens 2–4 of a, 0–2 of b."""
    a, b = [[0, 1], [1, 2], [3, 3], [0]], [[1, 3], [0, 2]]
    cosine = np.array([[250, 100], [500, 0], [201, 200], [900, 0]], np.int32)
    seeds = np.array([[1, 0], [1, 0], [0, 1], [1, 0]], np.uint8)
    runs = np.array([[1, 0, 9], [4, 0, 1]], np.int64)
    ground = Ground(whole([10, 20, 30, 40]), np.array([0, 1, 0, 1], np.uint8), cosine, seeds, runs)
    (found,) = Case(a, b, [10, 20, 30, 40], ground, [[2, 5, 0, 2]]).table(kernels).tolist()
    seen = dict(zip(EVIDENCE, found, strict=True))
    # Words of the box: 1, 2 and 3 against 1 and 3, which are the content words.
    assert (seen["mass_a"], seen["mass_b"], seen["mass_both"]) == (90, 60, 60)
    assert (seen["words_a"], seen["words_b"], seen["words_both"]) == (2, 2, 2)
    # a's sentences hold of {1, 3}: 20 of 30, 20 of 50 (inside), all of 40 (inside), none of 10.
    assert (seen["inside_a"], seen["least_a"], seen["edge_a"], seen["outside_a"]) == (1400, 400, 666, 666)
    # b's hold of {1, 2, 3}: all of 60 (inside), 30 of 40.
    assert (seen["inside_b"], seen["least_b"], seen["edge_b"], seen["outside_b"]) == (1000, 1000, 750, 750)
    # Cells of the box: 500 and 201 in one column.
    assert (seen["peaks_a"], seen["peaks_b"], seen["over_a"], seen["over_b"], seen["best"]) == (701, 500, 2, 1, 500)
    assert (seen["near_a"], seen["near_b"], seen["seeds"]) == (900, 200, 1)
    # Of the first run one token lies in the box on both sides, and the second run's only one.
    assert (seen["run"], seen["in_runs"]) == (1, 2)


@KERNELS
def test_what_stands_further_off_than_near_is_not_looked_at(kernels: ModuleType) -> None:
    a = [[0] for _ in range(12)]
    cosine = np.zeros((12, 1), np.int32)
    cosine[:, 0] = [800, 700, 10, 20, 30, 0, 0, 40, 50, 60, 600, 0]
    ground = Ground(whole([1]), np.ones(1, np.uint8), cosine, np.zeros((12, 1), np.uint8), np.zeros((0, 3), np.int64))
    near = Case(a, [[0]], [1], ground, [[5, 7, 0, 1], [4, 7, 0, 1]]).table(kernels)[:, EVIDENCE.index("near_a")]
    assert NEAR == 3
    assert near.tolist() == [60, 700]


@KERNELS
def test_evidence_of_no_box_no_run_one_sentence_and_words_without_weight(kernels: ModuleType) -> None:
    nothing = np.zeros((0, 3), np.int64)
    ground = Ground(
        whole([0, 0]), np.zeros(2, np.uint8), np.zeros((1, 1), np.int32), np.zeros((1, 1), np.uint8), nothing
    )
    assert Case([[0]], [[1]], [0, 0], ground, []).table(kernels).shape == (0, len(EVIDENCE))
    assert Case([[0]], [[1]], [0, 0], ground, [[0, 1, 0, 1]]).table(kernels).tolist() == [[0] * len(EVIDENCE)]


@KERNELS
def test_boxes_are_judged_each_for_itself(kernels: ModuleType) -> None:
    """The compiled kernel remembers words by the number of the box."""
    a, b = [[0, 1], [2, 3]], [[3, 0], [1, 2]]
    shape = (2, 2)
    ground = Ground(
        whole([1, 10, 100, 1000]), np.ones(4, np.uint8), np.full(shape, 300, np.int32), np.ones(shape, np.uint8),
        np.array([[0, 1, 2]], np.int64),
    )  # fmt: skip
    ends = [(0, 2), (1, 4), (2, 3), (0, 4)]
    ranges = [[*left, *right] for left, right in product(ends, ends)]
    together = Case(a, b, [1, 10, 100, 1000], ground, ranges).table(kernels).tolist()
    alone = [Case(a, b, [1, 10, 100, 1000], ground, [one]).table(kernels).tolist()[0] for one in ranges]
    assert together == alone


def bag(words: dict[int, tuple[int, float]], pairs: dict[int, float], quoted: set[int]) -> Bag:
    """A bag of words, each with its kinds and its weight; by the second measure that is half."""
    listed, beside = sorted(words), sorted(pairs)
    weights = np.array([[words[word][1] / part for word in listed] for part in (1, 2)]).reshape(2, -1)
    kinds = np.array([words[word][0] for word in listed], np.uint8)
    pair_weights = np.array([[pairs[pair] / part for pair in beside] for part in (1, 2)]).reshape(2, -1)
    hashes = (np.array(column, np.uint64) for column in (listed, beside, sorted(quoted)))
    return Bag(next(hashes), kinds, weights, weights + 1, next(hashes), pair_weights, next(hashes))


numbers, masses = st.integers(0, 12), st.floats(0, 30)
bags = st.builds(
    bag,
    st.dictionaries(numbers, st.tuples(st.integers(0, 7).map(lambda bits: 2 * bits + 1), masses)),
    st.dictionaries(numbers, masses),
    st.sets(numbers),
)


@settings(max_examples=examples(200))
@given(bags, bags)
def test_what_two_bags_hold_together_is_the_same_in_both_kernels(a: Bag, b: Bag) -> None:
    np.testing.assert_allclose(native.agreement(a, b, 4.0), reference.agreement(a, b, 4.0), rtol=1e-12, atol=1e-12)


@KERNELS
def test_what_two_bags_hold_together_is_what_one_counts_by_hand(kernels: ModuleType) -> None:
    every, name, lead = 1, 2, 4
    a = bag({3: (every | lead, 2.0), 5: (every | name, 6.0), 8: (every, 9.0)}, {1: 4.0, 2: 3.0}, {1, 2, 3})
    b = bag({3: (every, 5.0), 5: (every | name | lead, 4.0), 9: (every, 1.0)}, {2: 5.0}, {2, 3, 4})
    plain, half = (Agreement(*row) for row in kernels.agreement(a, b, 4.0).tolist())
    assert plain == Agreement(34, 24, 0, 0, 6, 4, 0, 0, 10, 24, 3, 3, 15, 3, 3, 2)
    assert (half.every, half.least_every, half.rare, half.pairs, half.quoted) == (8.5, 3, 0, 3.75, 2)


@KERNELS
def test_each_row_comes_to_the_leaf_that_its_figures_lead_to(kernels: ModuleType) -> None:
    two = Forest(
        2, whole([0, 3]), whole([0, 0, 0, 1, 0, 0]), np.array([5.0, 0, 0, 1.5, 0, 0]),
        whole([1, 2, 1, 1, 2, 2, 4, 5, 4, 4, 5, 5]).reshape(-1, 2), np.array([0, 10.0, 20.0, 0, 1.0, 2.0]),
    )  # fmt: skip
    table = np.array([[5.0, 2.0], [6.0, 1.5]])
    assert kernels.leaves(two, table).tolist() == [[10, 2], [20, 1]]
    assert kernels.leaves(two, table[:0]).shape == (0, 2)
