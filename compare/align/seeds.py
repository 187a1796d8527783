"""Seeds: pairs of sentences that may correspond, with how much they agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.kernels.columns import within

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.align.cells import Cells
    from compare.align.prepare import Text
    from compare.align.runs import Runs

FLOOR = 0.12  # cosines below it are no evidence of anything
COSINE, DICE = 0.33, 0.33  # from which a pair may be reuse
_OUTDONE = 0.6  # a seed this far below the best of both its sentences is the common wording of a text that repeats
_RARE = 16  # pairs of sentences that one word may propose where not all are compared
_LONG_RUN = 12  # tokens: a run this long is a seed whatever else stands in its sentences
_VERY_LONG_RUN = 30  # likewise, even of function words alone
_COVERED = 0.6  # share of the shorter sentence from which a run is a seed ...
_FEW = 3  # ... given so many content words


@dataclass(frozen=True, slots=True)
class Seeds:
    """Columns, sorted by a then b: sentence of a, of b, cosine, Dice, and share of the shorter one in exact runs."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    cosine: NDArray[np.float64]
    dice: NDArray[np.float64]
    run: NDArray[np.float64]

    def only(self, kept: NDArray[np.bool_]) -> Seeds:
        """The seeds that `kept` flags."""
        return Seeds(self.a[kept], self.b[kept], self.cosine[kept], self.dice[kept], self.run[kept])

    def reuse(self) -> NDArray[np.bool_]:
        """Which seeds may begin a passage of reuse, not only state the same fact."""
        score = np.maximum(self.cosine, self.run)
        likely = ((self.cosine >= COSINE) & (self.dice >= DICE)) | (self.run > 0)
        return np.asarray(likely & (self.rank(score) >= _OUTDONE))

    def at_least(self, cosine: float, dice: float) -> Seeds:
        """The seeds that reach both limits or stand in exact runs."""
        return self.only(((self.cosine >= cosine) & (self.dice >= dice)) | (self.run > 0))

    def rank(self, score: NDArray[np.float64]) -> NDArray[np.float64]:
        """Each seed's score as a share of the best of its two sentences, of the sentence where that is more."""
        if not len(score):
            return score
        best_a, best_b = np.zeros(self.a.max() + 1), np.zeros(self.b.max() + 1)
        np.maximum.at(best_a, self.a, score)
        np.maximum.at(best_b, self.b, score)
        return np.asarray(score / np.minimum(best_a[self.a], best_b[self.b]).clip(1e-9))  # 0 / 0 is 0


def seeds(a: Text, b: Text, shared: Runs, cells: Cells | None) -> Seeds:
    """All pairs of sentences above the floor or joined by an exact run; without `cells`, only those of rare words."""
    pairs = _rare_pairs(a, b) if cells is None else _of_cells(cells)
    return _merged(pairs, _from_runs(a, b, shared), len(b.sentences))


def _of_cells(cells: Cells) -> Seeds:
    """The pairs of sentences over the floor."""
    at_a, at_b = np.nonzero(cells.cosine >= FLOOR)
    return Seeds(at_a, at_b, cells.cosine[at_a, at_b], cells.dice[at_a, at_b], np.zeros(len(at_a)))


def _vocabulary(
    a: NDArray[np.uint64], b: NDArray[np.uint64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """All distinct values, and the place of each value of a and of b among them."""
    values, places = np.unique(np.concatenate([a, b]), return_inverse=True)
    return values, places[: len(a)], places[len(a) :]


def _sums(rows: NDArray[np.int64], values: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    return np.asarray(np.bincount(rows, weights=values, minlength=size), dtype=np.float64)


def _rare_pairs(a: Text, b: Text) -> Seeds:
    """Pairs that share two or more rare words, for documents too long to compare all; the cosine is of words."""
    vocabulary, rows_a, place_a, rows_b, place_b = _words(a, b)
    held_a, held_b = np.bincount(place_a, minlength=vocabulary), np.bincount(place_b, minlength=vocabulary)
    isf = np.log1p((len(a.sentences) + len(b.sentences)) / np.maximum(held_a + held_b, 1))
    norm_a = _sums(rows_a, isf[place_a] ** 2, len(a.sentences)) ** 0.5
    norm_b = _sums(rows_b, isf[place_b] ** 2, len(b.sentences)) ** 0.5
    products = held_a * held_b
    rare = (products > 0) & (products <= _RARE)
    pairs = np.where(rare, products, 0)
    word = np.repeat(np.arange(vocabulary), pairs)
    step = within(pairs)
    at_a = rows_a[(np.cumsum(held_a) - held_a)[word] + step // np.maximum(held_b[word], 1)]
    at_b = rows_b[(np.cumsum(held_b) - held_b)[word] + step % np.maximum(held_b[word], 1)]
    cells, inverse = np.unique(at_a * len(b.sentences) + at_b, return_inverse=True)
    at_a, at_b = np.divmod(cells, max(1, len(b.sentences)))
    # 1e-9: a sentence without weight has no product above 0 either, and 0 / 0 would warn
    cosine = _sums(inverse, isf[word] ** 2, len(cells)) / np.maximum(norm_a[at_a] * norm_b[at_b], 1e-9)
    kept = (np.bincount(inverse, minlength=len(cells)) > 1) & (cosine >= FLOOR)
    return Seeds(at_a[kept], at_b[kept], cosine[kept], cosine[kept], np.zeros(int(kept.sum())))


def _words(a: Text, b: Text) -> tuple[int, NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Size of the vocabulary of content words; rows and words of a and of b, distinct, sorted by word."""
    columns: list[NDArray[np.int64]] = []
    vocabulary, *places = _vocabulary(a.tokens.hashes[a.content], b.tokens.hashes[b.content])
    for text, place in zip((a, b), places, strict=True):
        size = max(1, len(text.sentences))
        columns.extend(np.divmod(np.unique(place * size + text.owner[text.content]), size)[::-1])
    return len(vocabulary), *columns  # type: ignore[return-value]


def _from_runs(a: Text, b: Text, shared: Runs) -> Seeds:
    """Pairs of sentences joined by exact runs that are long, or that cover most of the shorter sentence."""
    length = shared.length
    step = within(length)
    at_a, at_b = np.repeat(shared.a, length) + step, np.repeat(shared.b, length) + step
    content = np.add.reduceat(a.content[at_a].astype(np.int64), np.cumsum(length) - length) if len(length) else length
    cells, inverse = np.unique(a.owner[at_a] * len(b.sentences) + b.owner[at_b], return_inverse=True)
    counts = np.bincount(inverse, minlength=len(cells))
    words = np.bincount(inverse, weights=a.content[at_a], minlength=len(cells))
    longest = np.zeros(len(cells), dtype=np.int64)
    np.maximum.at(
        longest, inverse, np.repeat(np.where((content * 4 > length) | (length >= _VERY_LONG_RUN), length, 0), length)
    )
    rows, columns = np.divmod(cells, max(1, len(b.sentences)))
    share = counts / np.minimum(np.diff(a.bounds)[rows], np.diff(b.bounds)[columns])
    kept = ((longest >= _LONG_RUN) & (counts >= _FEW)) | ((share >= _COVERED) & (words >= _FEW))
    nothing = np.zeros(int(kept.sum()))
    return Seeds(rows[kept], columns[kept], nothing, nothing, np.minimum(1.0, share[kept]))


def _merged(pairs: Seeds, extra: Seeds, width: int) -> Seeds:
    """One row for each pair of sentences, with the greatest of each figure."""
    keys = np.concatenate([pairs.a * width + pairs.b, extra.a * width + extra.b])
    cells, inverse = np.unique(keys, return_inverse=True)
    columns = []
    for name in ("cosine", "dice", "run"):
        best = np.zeros(len(cells))
        np.maximum.at(best, inverse, np.concatenate([getattr(pairs, name), getattr(extra, name)]))
        columns.append(best)
    rows, cols = np.divmod(cells, max(1, width))
    return Seeds(rows, cols, *columns)
