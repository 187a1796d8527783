"""The hot loops of the aligner in plain NumPy: the oracle of the tests, and what runs where nothing was compiled.

Everything but `agreement` is counted in whole numbers, so that no order of summation, processor or library changes a
digit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.kernels.columns import within

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.kernels.align.grams import Grams

    I64 = NDArray[np.int64]
    U64 = NDArray[np.uint64]
    I32 = NDArray[np.int32]
    F64 = NDArray[np.float64]
    Flags = NDArray[np.uint8]

SCALE = 1000
"""Shares inside the kernels are whole thousandths."""


class Products(NamedTuple):
    """What two texts' sentences share, int64; `dots` and `shared` are [sentences of a, sentences of b]."""

    dots: I64
    """Dot products of the weighted vectors."""
    shared: I64
    """Inverse sentence frequency of the grams that both hold."""
    squares_a: I64
    squares_b: I64
    """Squared lengths of the vectors."""
    mass_a: I64
    mass_b: I64
    """Inverse sentence frequency of all grams."""


class SentenceWords(NamedTuple):
    """The distinct words of each sentence, flat: sentence k holds `words[starts[k]:starts[k + 1]]`, ascending."""

    words: I64
    starts: I64


class Layout(NamedTuple):
    """One text as `evidence` reads it."""

    ids: I64
    """Word of each token."""
    rows: SentenceWords
    mass: I64
    """Weight of each sentence's distinct words."""


class Ground(NamedTuple):
    """What boxes of two texts are seen against."""

    weights: I64
    """By word."""
    content: Flags
    """By word: 1 for a content word."""
    cosine: I32
    """Of every pair of sentences, in thousandths."""
    seeds: Flags
    """Which pairs of sentences are seeds."""
    runs: I64
    """int64[runs, 3]: exact runs (a, b, length)."""


EVIDENCE = (
    "mass_a", "mass_b", "mass_both", "words_a", "words_b", "words_both",
    "inside_a", "inside_b", "least_a", "least_b", "edge_a", "edge_b", "outside_a", "outside_b",
    "peaks_a", "peaks_b", "over_a", "over_b", "best", "near_a", "near_b", "seeds", "run", "in_runs",
)  # fmt: skip
"""The columns of what `evidence` returns."""
PLAIN = 200
"""Cosine in thousandths above which a sentence plainly has a partner in the other side of the box."""
NEAR = 3
"""Sentences beyond an edge of a box that are looked at."""


def products(a: Grams, b: Grams, sizes: tuple[int, int], isf: I64, damped: I64) -> Products:
    """Dot products and shared weight of all pairs of sentences; `sizes` are the sentences of a and of b.

    A gram in n sentences of both texts weighs `isf[n]`, and `isf[n] * damped[count]` in a sentence that holds it
    `count` times. Takes time for every pair of sentences that share a gram.
    """
    grams, places = np.unique(np.concatenate([a.hashes, b.hashes]), return_inverse=True)
    weigh = isf[np.bincount(places, minlength=len(grams))]
    place_a, place_b = places[: len(a.hashes)], places[len(a.hashes) :]
    left, right = weigh[place_a] * damped[a.counts], weigh[place_b] * damped[b.counts]
    holders = np.bincount(place_b, minlength=len(grams))
    times = holders[place_a]
    step = within(times)
    at = np.repeat((np.cumsum(holders) - holders)[place_a], times) + step
    cells = np.repeat(a.rows, times) * sizes[1] + b.rows[at]
    return Products(
        _summed(cells, np.repeat(left, times) * right[at], sizes[0] * sizes[1]).reshape(sizes),
        _summed(cells, np.repeat(weigh[place_a], times), sizes[0] * sizes[1]).reshape(sizes),
        _summed(a.rows, left * left, sizes[0]),
        _summed(b.rows, right * right, sizes[1]),
        _summed(a.rows, weigh[place_a], sizes[0]),
        _summed(b.rows, weigh[place_b], sizes[1]),
    )


def _summed(places: I64, values: I64, size: int) -> I64:
    sums = np.zeros(size, np.int64)
    np.add.at(sums, places, values)
    return sums


def support(a: SentenceWords, b: SentenceWords, weights: I64, width: int) -> I64:
    """For each sentence of a the greatest weight of its words that one window of `width` sentences of b holds."""
    count = len(b.starts) - 1
    out = np.zeros(len(a.starts) - 1, np.int64)
    row_of = np.repeat(np.arange(count), np.diff(b.starts))
    for k in range(len(out)):
        words = a.words[a.starts[k] : a.starts[k + 1]]
        holds = np.zeros((len(words), count + 1), np.int64)
        inside = np.isin(b.words, words)
        holds[np.searchsorted(words, b.words[inside]), row_of[inside] + 1] = 1
        sums = holds.cumsum(axis=1)
        stop = np.minimum(np.arange(count) + width, count)
        windows = (sums[:, stop] - sums[:, :-1] > 0) * weights[words][:, None]
        out[k] = windows.sum(axis=0).max(initial=0)
    return out


def evidence(a: Layout, b: Layout, ground: Ground, boxes: I64) -> I64:
    """What speaks for each box: int64[boxes, 24], in the columns of `EVIDENCE`.

    `boxes` int64[n, 8] are token ranges of a and b, then sentence ranges.

    By side: weight and number of distinct (content) words, alone and in both; over the box's sentences the share of
    each one's weight in the other side of the box, summed and least; the greatest such share of the two neighbours;
    the sum over all sentences outside; over its sentences the sum of best cosines, how many are over `PLAIN`; the
    greatest cosine within `NEAR` sentences beyond an end. Then the best cosine, seeds, longest run, tokens in runs.
    """
    rows = [_one(a, b, ground, box) for box in boxes.tolist()]
    return np.array(rows, np.int64).reshape(len(boxes), len(EVIDENCE))


def _one(a: Layout, b: Layout, ground: Ground, box: list[int]) -> list[int]:
    a0, a1, b0, b1, top, bottom, left, right = box
    weights, content, cosine, seeds, runs = ground
    words_a, words_b = np.unique(a.ids[a0:a1]), np.unique(b.ids[b0:b1])
    both = np.intersect1d(words_a, words_b)
    by_row = _sentences(a, weights, words_b, top, bottom), _sentences(b, weights, words_a, left, right)
    block = cosine[top:bottom, left:right]
    rows, columns = block.max(axis=1), block.max(axis=0)
    beyond_left, beyond_right = max(0, left - NEAR), right + NEAR
    beyond_top, beyond_bottom = max(0, top - NEAR), bottom + NEAR
    across, along = cosine[:, beyond_left:beyond_right], cosine[beyond_top:beyond_bottom]
    start = np.maximum(0, np.maximum(a0 - runs[:, 0], b0 - runs[:, 1]))
    stop = np.minimum(runs[:, 2], np.minimum(a1 - runs[:, 0], b1 - runs[:, 1]))
    length = np.maximum(0, stop - start)
    return [
        int(weights[words_a].sum()), int(weights[words_b].sum()), int(weights[both].sum()),
        int(content[words_a].sum()), int(content[words_b].sum()), int(content[both].sum()),
        *(value for pair in zip(*by_row, strict=True) for value in pair),
        int(rows.sum()), int(columns.sum()), int((rows > PLAIN).sum()), int((columns > PLAIN).sum()), int(block.max()),
        max(int(across[beyond_top:top].max(initial=0)), int(across[bottom:beyond_bottom].max(initial=0))),
        max(int(along[:, beyond_left:left].max(initial=0)), int(along[:, right:beyond_right].max(initial=0))),
        int(seeds[top:bottom, left:right].sum()), int(length.max(initial=0)), int(length.sum()),
    ]  # fmt: skip


def _sentences(text: Layout, weights: I64, opposite: I64, first: int, stop: int) -> tuple[int, int, int, int]:
    """Shares of sentences in `opposite` words: inside summed and least, the greater neighbour, outside summed."""
    shared = np.where(np.isin(text.rows.words, opposite), weights[text.rows.words], 0)
    sums = np.concatenate([[0], np.cumsum(shared)])
    shares = SCALE * (sums[text.rows.starts[1:]] - sums[text.rows.starts[:-1]]) // np.maximum(text.mass, 1)
    neighbours = [int(shares[place]) for place in (first - 1, stop) if 0 <= place < len(shares)]
    inside = shares[first:stop]
    return int(inside.sum()), int(inside.min()), max(neighbours, default=0), int(shares.sum() - inside.sum())


# --- trees ---------------------------------------------------------------------------------------------------------


class Forest(NamedTuple):
    """Regression trees, flat and padded to one width: a leaf is its own child."""

    depth: int
    roots: I64
    """The node that each tree begins with."""
    feature: I64
    threshold: F64
    below: I64
    """int64[nodes, 2]: where to go when the feature is over the threshold (0: it is not)."""
    value: F64


def leaves(forest: Forest, table: F64) -> F64:
    """The value of the leaf to which each row of `table` (float64[n, features]) comes, by tree: float64[n, trees]."""
    at = np.broadcast_to(forest.roots, (len(table), len(forest.roots))).copy()
    rows = np.arange(len(table))[:, None]
    for _ in range(forest.depth):
        over = table[rows, forest.feature[at]] > forest.threshold[at]
        at = forest.below[at, over.astype(np.int64)]
    return np.asarray(forest.value[at])


# --- what two texts report -----------------------------------------------------------------------------------------


class Bag(NamedTuple):
    """A text's words and pairs of words, each ascending, with their weights by both measures of rarity."""

    words: U64
    kinds: Flags
    """By word: a bit for each of `KINDS`."""
    weights: F64
    """float64[2, words]"""
    surprise: F64
    """float64[2, words]"""
    pairs: U64
    pair_weights: F64
    """float64[2, pairs]"""
    quoted: U64
    """Runs of words inside quotation marks, ascending."""


KINDS = ("every", "name", "lead", "figure")
"""Kinds of words, by the bits of `Bag.kinds`."""


class Agreement(NamedTuple):
    """What two bags hold together, by one measure: sums over the words that both hold."""

    every: float
    names: float
    leads: float
    figures: float
    """Products of both weights, of the words that are of a kind on both sides."""
    least_every: float
    least_names: float
    least_leads: float
    least_figures: float
    """The smaller of both weights, likewise."""
    lead_of_a: float
    lead_of_b: float
    """Products of both weights, of the words in the lead of one side."""
    rare: float
    rare_names: float
    """Surprise over a limit; that of names on either side."""
    pairs: float
    least_pairs: float
    pair_mass: float
    """Of pairs of words: products, smaller weights, weights of a."""
    quoted: float
    """Runs of words that both quote; no sum of weights."""


def agreement(a: Bag, b: Bag, rare: float) -> F64:
    """What two bags hold together, float64[2, 16]: a row a measure, in the columns of `Agreement`.

    Sums of real numbers: the compiled kernel's may differ from these in the last bits.
    """
    i, j = _held(a.words, b.words)
    x, y = _held(a.pairs, b.pairs)
    both = a.kinds[i] & b.kinds[j]
    of_kind = np.array([both >> bit & 1 for bit in range(len(KINDS))])
    product, least = a.weights[:, i] * b.weights[:, j], np.minimum(a.weights[:, i], b.weights[:, j])
    leads = np.array([kinds >> KINDS.index("lead") & 1 for kinds in (a.kinds[i], b.kinds[j])])
    over = np.maximum(a.surprise[:, i] - rare, 0)
    names = (a.kinds[i] | b.kinds[j]) >> KINDS.index("name") & 1
    left, right = a.pair_weights[:, x], b.pair_weights[:, y]
    quoted = np.full(2, len(_held(a.quoted, b.quoted)[0]))
    pairs = [(left * right).sum(axis=1), np.minimum(left, right).sum(axis=1), left.sum(axis=1)]
    return np.column_stack(
        [product @ of_kind.T, least @ of_kind.T, product @ leads.T, over.sum(axis=1), over @ names, *pairs, quoted]
    )


def _held(a: U64, b: U64) -> tuple[I64, I64]:
    """The places of the values that both ascending columns hold."""
    if not len(a):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    places = np.minimum(np.searchsorted(a, b), len(a) - 1)
    right = np.flatnonzero(a[places] == b)
    return places[right], right
