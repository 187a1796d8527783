"""Pairs of sentences that state the same fact without one being made from the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.align.cells import affordable, cells
from compare.align.prepare import in_order
from compare.align.refine import Box
from compare.align.stopwords import is_calendar
from compare.align.story import same_story

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.align.judge import JudgedBox
    from compare.align.pair import TextPair
    from compare.align.prepare import Text
    from compare.align.seeds import Seeds

PLAIN = 0.22  # cosine from which two sentences of one story plainly share a fact
MUTUAL, MUTUAL_DICE = 0.15, 0.18  # the same for two that are each other's best
ALONE = 0.5  # the same where the documents share no story
STORY, SURE_STORY = 0.2, 0.3  # cosine of the documents' content words: 95 of 100 unlike ECB+ pairs lie below .2
_NEAR_BEST = 0.5  # a sentence's other partners must reach this share of its best one
_WORDS = 4  # words that a sentence must hold to state a fact: bylines and date lines hold fewer
PARTNERS = 4  # sentences that one may be related to: where texts repeat themselves it would be all of them
MOST = 30  # pairs of a comparison, the most alike first: six are shown at the most, and each one is aligned


def related(pair: TextPair, a: Text, b: Text, taken: list[JudgedBox]) -> list[tuple[Box, float]]:
    """Token ranges and cosine of the related pairs outside the passages that are `taken`."""
    seeds, story = pair.seeds, pair.story
    if not len(seeds.a):
        return []
    best_a, best_b = np.zeros(len(a.sentences)), np.zeros(len(b.sentences))
    np.maximum.at(best_a, seeds.a, seeds.cosine)
    np.maximum.at(best_b, seeds.b, seeds.cosine)
    mutual = seeds.cosine / np.maximum(best_a[seeds.a], best_b[seeds.b]).clip(1e-9)  # 0 / 0 is 0
    limit = PLAIN if story >= STORY else ALONE
    kept = (seeds.cosine >= limit) & (mutual >= _NEAR_BEST)
    if story >= SURE_STORY:
        kept |= (seeds.cosine >= MUTUAL) & (seeds.dice >= MUTUAL_DICE) & (mutual >= 1)
    kept &= (_said(a)[seeds.a] >= _WORDS) & (_said(b)[seeds.b] >= _WORDS)
    kept &= _free(a, [(passage.box.a0, passage.box.a1) for passage in taken])[seeds.a]
    kept &= _free(b, [(passage.box.b0, passage.box.b1) for passage in taken])[seeds.b]
    pairs = _nearest(seeds.only(kept))
    return [
        (Box(*a.bounds[[i, i + 1]].tolist(), *b.bounds[[j, j + 1]].tolist()), min(0.999, cosine))
        for i, j, cosine in zip(pairs.a.tolist(), pairs.b.tolist(), pairs.cosine.tolist(), strict=True)
    ]


def nearest(a: Text, b: Text) -> tuple[float, float]:
    """Cosine of the two most alike sentences, and what it must reach; 0 where sentences are too many to compare.

    It is remembered of two texts that were aligned just now.
    """
    if not len(a.tokens) or not len(b.tokens):
        return 0.0, ALONE
    a, b = in_order(a, b)
    best = cells(a, b).cosine.max() if affordable(a, b) else 0.0
    return float(best), PLAIN if same_story(a, b) >= STORY else ALONE


def _said(text: Text) -> NDArray[np.float64]:
    """Words of each sentence that may state a fact: no function words, figures, dates; none in a web address."""
    plain = text.content & ~is_calendar(text.tokens.hashes)
    words = np.bincount(text.owner, weights=plain & ~text.figures, minlength=len(text.sentences))
    address = [text.text.startswith(("http", "www."), start) for start, _ in text.sentences]
    return np.where(address, 0.0, words)


def _free(text: Text, ranges: list[tuple[int, int]]) -> NDArray[np.bool_]:
    """Which sentences share no token with any of the token ranges."""
    free = np.ones(len(text.sentences), bool)
    for start, stop in ranges:
        free &= (text.bounds[:-1] >= stop) | (text.bounds[1:] <= start)
    return free


def _nearest(seeds: Seeds) -> Seeds:
    """The best `PARTNERS` of each sentence, on both sides; of equals those that stand nearest in the other text."""
    order = np.lexsort((seeds.b, seeds.a, np.abs(seeds.a - seeds.b), -np.round(seeds.cosine, 6)))
    kept = (_turn(seeds.a, order) < PARTNERS) & (_turn(seeds.b, order) < PARTNERS)
    kept[order[np.cumsum(kept[order]) > MOST]] = False
    return seeds.only(kept)


def _turn(owner: NDArray[np.int64], order: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many of the same owner come before each, in that order: int64[n]."""
    grouped = order[np.argsort(owner[order], kind="stable")]
    turn = np.empty(len(owner), np.int64)
    turn[grouped] = np.arange(len(owner)) - np.searchsorted(owner[grouped], owner[grouped])
    return turn
