# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, binding=False
"""The hot loops of the aligner, compiled. `reference.py` says what each function returns; this file says it fast."""

from libc.stdint cimport int32_t, int64_t, uint8_t, uint64_t
from libc.string cimport memset

import numpy as np

from compare.kernels.align.reference import (
    EVIDENCE, KINDS as _KINDS, NEAR as _NEAR, PLAIN as _PLAIN, SCALE as _SCALE, Agreement, Products,
)
from compare.kernels.pointers cimport f64, i32, i64, u8, u64

cdef enum:
    COLUMNS = 24
    AGREED = 16
    KINDS = 4
    NAME = 2
    LEAD = 4

cdef int64_t NEAR = _NEAR, PLAIN = _PLAIN, SCALE = _SCALE
assert len(EVIDENCE) == COLUMNS
assert len(Agreement._fields) == AGREED and _KINDS == ("every", "name", "lead", "figure")


# --- sentences against sentences -----------------------------------------------------------------------------------

cdef struct Grams:
    const uint64_t *hashes
    const int64_t *rows
    const int64_t *counts
    int64_t count
    int64_t *squares  # what comes out, of each sentence
    int64_t *mass


cdef Grams grams_of(grams, squares, mass):
    return Grams(u64(grams.hashes), i64(grams.rows), i64(grams.counts), len(grams.hashes), i64(squares), i64(mass))


cdef inline int64_t stop_of(const Grams *grams, int64_t at) noexcept nogil:
    """Where the run of equal values that begins at `at` ends."""
    cdef uint64_t value = grams.hashes[at]
    while at < grams.count and grams.hashes[at] == value:
        at += 1
    return at


cdef inline void alone(Grams *grams, int64_t first, int64_t stop, int64_t isf, const int64_t *damped) noexcept nogil:
    """What one gram adds to the vectors of the sentences that hold it."""
    cdef int64_t k, weight
    for k in range(first, stop):
        weight = isf * damped[grams.counts[k]]
        grams.squares[grams.rows[k]] += weight * weight
        grams.mass[grams.rows[k]] += isf


def products(a, b, sizes, isf, damped):
    """Dot products and shared weight of all pairs of sentences, from two sorted lists of grams."""
    out = Products(*[np.zeros(shape, np.int64) for shape in (sizes, sizes, *sizes, *sizes)])
    cdef Grams left = grams_of(a, out.squares_a, out.mass_a), right = grams_of(b, out.squares_b, out.mass_b)
    cdef const int64_t *weights = i64(isf)
    cdef const int64_t *damp = i64(damped)
    cdef int64_t *dots = i64(out.dots)
    cdef int64_t *shared = i64(out.shared)
    cdef int64_t i = 0, j = 0, end_a, end_b, weigh, x, y, weight, cell, columns = sizes[1]
    cdef bint first, second
    with nogil:
        while i < left.count or j < right.count:
            first = i < left.count and (j >= right.count or left.hashes[i] <= right.hashes[j])
            second = j < right.count and (i >= left.count or right.hashes[j] <= left.hashes[i])
            end_a = stop_of(&left, i) if first else i
            end_b = stop_of(&right, j) if second else j
            weigh = weights[end_a - i + end_b - j]
            alone(&left, i, end_a, weigh, damp)
            alone(&right, j, end_b, weigh, damp)
            for x in range(i, end_a):
                weight = weigh * damp[left.counts[x]]
                for y in range(j, end_b):
                    cell = left.rows[x] * columns + right.rows[y]
                    dots[cell] += weight * weigh * damp[right.counts[y]]
                    shared[cell] += weigh
            i, j = end_a, end_b
    return out


def support(a, b, weights, int64_t width):
    """For each sentence of a the greatest weight of its words that one window of `width` sentences of b holds."""
    cdef int64_t rows = len(a.starts) - 1, count = len(b.starts) - 1, k, t, j, low, reach, total, best
    result, changes = np.zeros(rows, np.int64), np.zeros(count + 1, np.int64)
    placed = np.argsort(b.words, kind="stable")
    holders_of = np.repeat(np.arange(count), np.diff(b.starts))[placed]
    firsts = np.searchsorted(b.words[placed], np.arange(len(weights) + 1))
    cdef const int64_t *words = i64(a.words)
    cdef const int64_t *starts = i64(a.starts)
    cdef const int64_t *weight = i64(weights)
    cdef const int64_t *holders = i64(holders_of)
    cdef const int64_t *first = i64(firsts)
    cdef int64_t *out = i64(result)
    cdef int64_t *change = i64(changes)
    with nogil:
        for k in range(rows):
            memset(change, 0, (count + 1) * sizeof(int64_t))
            for t in range(starts[k], starts[k + 1]):
                reach = 0
                for j in range(first[words[t]], first[words[t] + 1]):
                    low = max(reach, holders[j] - width + 1)
                    reach = holders[j] + 1
                    if low < reach:
                        change[low] += weight[words[t]]
                        change[reach] -= weight[words[t]]
            total = best = 0
            for j in range(count):
                total += change[j]
                best = max(best, total)
            out[k] = best
    return result


# --- boxes ---------------------------------------------------------------------------------------------------------

cdef struct Side:
    const int64_t *ids
    const int64_t *words
    const int64_t *starts
    const int64_t *mass
    int64_t rows
    int32_t *seen  # by word: the last box (counted from 1) that holds it on this side


cdef Side side_of(text, int32_t *seen):
    rows = text.rows
    return Side(i64(text.ids), i64(rows.words), i64(rows.starts), i64(text.mass), len(text.mass), seen)


cdef void collect(Side *side, int32_t box, int64_t start, int64_t stop, const Side *other, const int64_t *weights,
                  const uint8_t *content, int64_t *found) noexcept nogil:
    """Weight and number of the distinct words of a range: found[0], [3]; of those on the other side too: [1], [4]."""
    cdef int64_t k, word
    for k in range(start, stop):
        word = side.ids[k]
        if side.seen[word] == box:
            continue
        side.seen[word] = box
        found[0] += weights[word]
        found[3] += content[word]
        if other != NULL and other.seen[word] == box:
            found[1] += weights[word]
            found[4] += content[word]


cdef void shares(const Side *side, const Side *other, int32_t box, int64_t first, int64_t stop,
                 const int64_t *weights, int64_t *found) noexcept nogil:
    """Shares of sentences on the other side: found[0] inside summed, [2] least, [4] at the edges, [6] outside."""
    cdef int64_t k, t, held, share
    found[2] = SCALE
    for k in range(side.rows):
        held = 0
        for t in range(side.starts[k], side.starts[k + 1]):
            if other.seen[side.words[t]] == box:
                held += weights[side.words[t]]
        share = SCALE * held // max(side.mass[k], 1)
        if first <= k < stop:
            found[0] += share
            found[2] = min(found[2], share)
        else:
            found[6] += share
            if k == first - 1 or k == stop:
                found[4] = max(found[4], share)


cdef struct Cells:
    const int32_t *cosine
    const uint8_t *seeds
    int64_t rows
    int64_t width


cdef void cosines(const Cells *cells, const int64_t *box, int32_t *columns, int64_t *found) noexcept nogil:
    """Columns from `peaks_a` to `seeds` of the box's cells and of those around it."""
    cdef int64_t top = box[4], bottom = box[5], left = box[6], right = box[7], i, j, cell
    cdef int32_t best, value
    for j in range(left, right):
        columns[j] = 0
    for i in range(max(0, top - NEAR), min(cells.rows, bottom + NEAR)):
        best = 0
        for j in range(max(0, left - NEAR), min(cells.width, right + NEAR)):
            cell = i * cells.width + j
            value = cells.cosine[cell]
            if not top <= i < bottom:
                found[5] = max(found[5], value)
            if not left <= j < right:
                found[6] = max(found[6], value)
            elif top <= i < bottom:
                best = max(best, value)
                columns[j] = max(columns[j], value)
                found[7] += cells.seeds[cell]
        found[0] += best
        found[2] += best > PLAIN
        found[4] = max(found[4], best)
    for j in range(left, right):
        found[1] += columns[j]
        found[3] += columns[j] > PLAIN


cdef void in_runs(const int64_t *runs, int64_t count, const int64_t *box, int64_t *found) noexcept nogil:
    """The longest part of an exact run inside the box, and the tokens of all parts."""
    cdef int64_t k, start, stop
    for k in range(count):
        start = max(0, max(box[0] - runs[0], box[2] - runs[1]))
        stop = min(runs[2], min(box[1] - runs[0], box[3] - runs[1]))
        runs += 3
        if stop > start:
            found[0] = max(found[0], stop - start)
            found[1] += stop - start


cdef void judge(Side *a, Side *b, int32_t number, const int64_t *box, const int64_t *weights, const uint8_t *content,
                int64_t *found) noexcept nogil:
    """Columns from `mass_a` to `outside_b`."""
    cdef int64_t[6] left
    cdef int64_t[6] right
    cdef int64_t[8] held
    cdef int64_t k
    for k in range(8):
        held[k] = 0
        if k < 6:
            left[k] = right[k] = 0
    collect(a, number, box[0], box[1], NULL, weights, content, left)
    collect(b, number, box[2], box[3], a, weights, content, right)
    found[0], found[1], found[2] = left[0], right[0], right[1]
    found[3], found[4], found[5] = left[3], right[3], right[4]
    shares(a, b, number, box[4], box[5], weights, held)
    shares(b, a, number, box[6], box[7], weights, held + 1)
    for k in range(8):
        found[6 + k] = held[k]


def evidence(a, b, ground, boxes not None):
    """What speaks for each box: int64[boxes, 24], in the columns of `EVIDENCE`."""
    cdef const int64_t *weights = i64(ground.weights)
    cdef const uint8_t *content = u8(ground.content)
    cdef const int64_t *runs = i64(ground.runs)
    cdef const int64_t *box = i64(boxes)
    cdef Cells cells = Cells(i32(ground.cosine), u8(ground.seeds), len(ground.cosine), ground.cosine.shape[1])
    cdef int64_t k, words = len(ground.weights), count = len(boxes), run_count = len(ground.runs)
    result = np.zeros((count, COLUMNS), np.int64)
    cdef int64_t *out = i64(result)
    seen_by = np.zeros(2 * words + cells.width, np.int32)
    cdef int32_t *seen = i32(seen_by)
    cdef Side left = side_of(a, seen), right = side_of(b, seen + words)
    with nogil:
        for k in range(count):
            judge(&left, &right, <int32_t> (k + 1), box, weights, content, out)
            cosines(&cells, box, seen + 2 * words, out + 14)
            in_runs(runs, run_count, box, out + 22)
            box += 8
            out += COLUMNS
    return result


# --- trees ---------------------------------------------------------------------------------------------------------

def leaves(forest, table not None):
    """The value of the leaf that each row comes to in each tree: float64[n, trees]."""
    cdef int64_t i, tree, at, depth = forest.depth, rows = len(table), width = table.shape[1], trees = len(forest.roots)
    result = np.empty((rows, trees))
    cdef const int64_t *roots = i64(forest.roots)
    cdef const int64_t *feature = i64(forest.feature)
    cdef const double *threshold = f64(forest.threshold)
    cdef const double *value = f64(forest.value)
    cdef const int64_t *below = i64(forest.below)
    cdef const double *row = f64(table)
    cdef double *out = f64(result)
    with nogil:
        for i in range(rows):
            for tree in range(trees):
                at = roots[tree]
                for _ in range(depth):
                    at = below[2 * at + (row[feature[at]] > threshold[at])]
                out[tree] = value[at]
            row += width
            out += trees
    return result


# --- what two texts report -----------------------------------------------------------------------------------------

cdef void words_agree(double x, double y, double surprise, int a, int b, double *found) noexcept nogil:
    """What a word of both adds, of these weights and kinds: columns from `every` to `rare_names`."""
    cdef int kind
    cdef double product = x * y, least = min(x, y)
    for kind in range(KINDS):
        if (a & b) >> kind & 1:
            found[kind] += product
            found[KINDS + kind] += least
    if a & LEAD:
        found[8] += product
    if b & LEAD:
        found[9] += product
    if surprise > 0:
        found[10] += surprise
        if (a | b) & NAME:
            found[11] += surprise


cdef inline void pairs_agree(double x, double y, double *found) noexcept nogil:
    """What a pair of words of both adds: columns from `pairs` to `pair_mass`."""
    found[12] += x * y
    found[13] += min(x, y)
    found[14] += x


cdef struct Bag:
    const uint64_t *words
    const uint8_t *kinds
    const double *weights   # of each word, then once more; so the others
    const double *surprise
    int64_t count
    const uint64_t *pairs
    const double *pair_weights
    int64_t pair_count


cdef Bag bag_of(bag):
    return Bag(u64(bag.words), u8(bag.kinds), f64(bag.weights), f64(bag.surprise), len(bag.words),
               u64(bag.pairs), f64(bag.pair_weights), len(bag.pairs))


cdef int64_t in_both(const uint64_t *a, int64_t count_a, const uint64_t *b, int64_t count_b) noexcept nogil:
    """How many values both ascending columns hold."""
    cdef int64_t i = 0, j = 0, held = 0
    while i < count_a and j < count_b:
        held += a[i] == b[j]
        i, j = i + (a[i] <= b[j]), j + (b[j] <= a[i])
    return held


def agreement(a, b, double rare):
    """What two bags hold together: float64[2, 16], in the columns of `Agreement`."""
    cdef Bag x = bag_of(a), y = bag_of(b)
    result = np.zeros((2, AGREED))
    cdef double *out = f64(result)
    cdef int64_t i = 0, j = 0, k
    with nogil:
        while i < x.count and j < y.count:
            if x.words[i] == y.words[j]:
                for k in range(2):
                    words_agree(x.weights[k * x.count + i], y.weights[k * y.count + j], x.surprise[k * x.count + i] - rare,
                                x.kinds[i], y.kinds[j], out + k * AGREED)
            i, j = i + (x.words[i] <= y.words[j]), j + (y.words[j] <= x.words[i])
        i = j = 0
        while i < x.pair_count and j < y.pair_count:
            if x.pairs[i] == y.pairs[j]:
                for k in range(2):
                    pairs_agree(x.pair_weights[k * x.pair_count + i], y.pair_weights[k * y.pair_count + j], out + k * AGREED)
            i, j = i + (x.pairs[i] <= y.pairs[j]), j + (y.pairs[j] <= x.pairs[i])
    out[15] = out[AGREED + 15] = in_both(u64(a.quoted), len(a.quoted), u64(b.quoted), len(b.quoted))
    return result
