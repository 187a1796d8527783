# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The hot loops of the aligner, compiled. `reference.py` says what each function returns; this file says it fast."""

from libc.stdint cimport int32_t, int64_t, uint8_t, uint64_t
from libc.stdlib cimport calloc, free

import numpy as np

from compare.kernels.align.reference import (
    EVIDENCE, KINDS as _KINDS, NEAR as _NEAR, PLAIN as _PLAIN, SCALE as _SCALE, Agreement, Products,
)

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

cdef inline int64_t stop_of(const uint64_t[::1] hashes, int64_t at) noexcept nogil:
    """Where the run of equal values that begins at `at` ends."""
    cdef uint64_t value = hashes[at]
    while at < hashes.shape[0] and hashes[at] == value:
        at += 1
    return at


cdef inline void alone(const int64_t[::1] rows, const int64_t[::1] counts, int64_t first, int64_t stop, int64_t isf,
                       const int64_t[::1] damped, int64_t[::1] squares, int64_t[::1] mass) noexcept nogil:
    """What one gram adds to the vectors of the sentences that hold it."""
    cdef int64_t k, weight
    for k in range(first, stop):
        weight = isf * damped[counts[k]]
        squares[rows[k]] += weight * weight
        mass[rows[k]] += isf


def products(a, b, sizes, const int64_t[::1] isf not None, const int64_t[::1] damped not None):
    """Dot products and shared weight of all pairs of sentences, from two sorted lists of grams."""
    cdef const uint64_t[::1] left = a.hashes, right = b.hashes
    cdef const int64_t[::1] rows_a = a.rows, rows_b = b.rows, counts_a = a.counts, counts_b = b.counts
    out = Products(*(np.zeros(shape, np.int64) for shape in (sizes, sizes, *sizes, *sizes)))
    cdef int64_t[:, ::1] dots = out.dots, shared = out.shared
    cdef int64_t[::1] squares_a = out.squares_a, squares_b = out.squares_b, mass_a = out.mass_a, mass_b = out.mass_b
    cdef int64_t i = 0, j = 0, end_a, end_b, weigh, x, y, weight
    cdef bint first, second
    with nogil:
        while i < left.shape[0] or j < right.shape[0]:
            first = i < left.shape[0] and (j >= right.shape[0] or left[i] <= right[j])
            second = j < right.shape[0] and (i >= left.shape[0] or right[j] <= left[i])
            end_a = stop_of(left, i) if first else i
            end_b = stop_of(right, j) if second else j
            weigh = isf[end_a - i + end_b - j]
            alone(rows_a, counts_a, i, end_a, weigh, damped, squares_a, mass_a)
            alone(rows_b, counts_b, j, end_b, weigh, damped, squares_b, mass_b)
            for x in range(i, end_a):
                weight = weigh * damped[counts_a[x]]
                for y in range(j, end_b):
                    dots[rows_a[x], rows_b[y]] += weight * weigh * damped[counts_b[y]]
                    shared[rows_a[x], rows_b[y]] += weigh
            i, j = end_a, end_b
    return out


def support(a, b, const int64_t[::1] weights not None, int64_t width):
    """For each sentence of a the greatest weight of its words that one window of `width` sentences of b holds."""
    cdef const int64_t[::1] words = a.words, starts = a.starts, begins = b.starts
    cdef int64_t rows = starts.shape[0] - 1, count = begins.shape[0] - 1, k, t, j, low, reach, total, best
    result = np.zeros(rows, np.int64)
    placed = np.argsort(b.words, kind="stable")
    cdef int64_t[::1] holders = np.repeat(np.arange(count), np.diff(b.starts))[placed]
    cdef int64_t[::1] first = np.searchsorted(b.words[placed], np.arange(weights.shape[0] + 1))
    cdef int64_t[::1] out = result, change = np.zeros(count + 1, np.int64)
    with nogil:
        for k in range(rows):
            change[:] = 0
            for t in range(starts[k], starts[k + 1]):
                reach = 0
                for j in range(first[words[t]], first[words[t] + 1]):
                    low = max(reach, holders[j] - width + 1)
                    reach = holders[j] + 1
                    if low < reach:
                        change[low] += weights[words[t]]
                        change[reach] -= weights[words[t]]
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
    cdef const int64_t[::1] ids = text.ids, words = text.rows.words, starts = text.rows.starts, mass = text.mass
    cdef Side side
    side.ids = &ids[0] if ids.shape[0] else NULL
    side.words = &words[0] if words.shape[0] else NULL
    side.starts = &starts[0]
    side.mass = &mass[0] if mass.shape[0] else NULL
    side.rows = mass.shape[0]
    side.seen = seen
    return side


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


cdef void cosines(const int32_t[:, ::1] cosine, const uint8_t[:, ::1] seeds, const int64_t *box, int32_t *columns,
                  int64_t *found) noexcept nogil:
    """Columns from `peaks_a` to `seeds` of the box's cells and of those around it."""
    cdef int64_t top = box[4], bottom = box[5], left = box[6], right = box[7], i, j
    cdef int32_t best, value
    for j in range(left, right):
        columns[j] = 0
    for i in range(max(0, top - NEAR), min(cosine.shape[0], bottom + NEAR)):
        best = 0
        for j in range(max(0, left - NEAR), min(cosine.shape[1], right + NEAR)):
            value = cosine[i, j]
            if not top <= i < bottom:
                found[5] = max(found[5], value)
            if not left <= j < right:
                found[6] = max(found[6], value)
            elif top <= i < bottom:
                best = max(best, value)
                columns[j] = max(columns[j], value)
                found[7] += seeds[i, j]
        found[0] += best
        found[2] += best > PLAIN
        found[4] = max(found[4], best)
    for j in range(left, right):
        found[1] += columns[j]
        found[3] += columns[j] > PLAIN


cdef void in_runs(const int64_t[:, ::1] runs, const int64_t *box, int64_t *found) noexcept nogil:
    """The longest part of an exact run inside the box, and the tokens of all parts."""
    cdef int64_t k, start, stop
    for k in range(runs.shape[0]):
        start = max(0, max(box[0] - runs[k, 0], box[2] - runs[k, 1]))
        stop = min(runs[k, 2], min(box[1] - runs[k, 0], box[3] - runs[k, 1]))
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


def evidence(a, b, ground, const int64_t[:, ::1] boxes not None):
    """What speaks for each box: int64[boxes, 24], in the columns of `EVIDENCE`."""
    cdef const int64_t[::1] weights = ground.weights
    cdef const uint8_t[::1] content = ground.content
    cdef const int32_t[:, ::1] cosine = ground.cosine
    cdef const uint8_t[:, ::1] seeds = ground.seeds
    cdef const int64_t[:, ::1] runs = ground.runs
    cdef int64_t k, words = weights.shape[0]
    result = np.zeros((boxes.shape[0], COLUMNS), np.int64)
    cdef int64_t[:, ::1] out = result
    if not boxes.shape[0]:
        return result
    cdef int32_t *seen = <int32_t *> calloc(2 * words + cosine.shape[1], sizeof(int32_t))
    if seen == NULL:
        raise MemoryError
    cdef Side left = side_of(a, seen), right = side_of(b, seen + words)
    with nogil:
        for k in range(boxes.shape[0]):
            judge(&left, &right, <int32_t> (k + 1), &boxes[k, 0], &weights[0], &content[0], &out[k, 0])
            cosines(cosine, seeds, &boxes[k, 0], seen + 2 * words, &out[k, 14])
            in_runs(runs, &boxes[k, 0], &out[k, 22])
    free(seen)
    return result


# --- trees ---------------------------------------------------------------------------------------------------------

def leaves(forest, const double[:, ::1] table not None):
    """The value of the leaf that each row comes to in each tree: float64[n, trees]."""
    cdef const int64_t[::1] roots = forest.roots, feature = forest.feature
    cdef const double[::1] threshold = forest.threshold, value = forest.value
    cdef const int64_t[:, ::1] below = forest.below
    result = np.empty((table.shape[0], roots.shape[0]))
    cdef double[:, ::1] out = result
    cdef int64_t row, tree, at, depth = forest.depth
    with nogil:
        for row in range(table.shape[0]):
            for tree in range(roots.shape[0]):
                at = roots[tree]
                for _ in range(depth):
                    at = below[at, table[row, feature[at]] > threshold[at]]
                out[row, tree] = value[at]
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


cdef int64_t in_both(const uint64_t[::1] a, const uint64_t[::1] b) noexcept nogil:
    """How many values both ascending columns hold."""
    cdef int64_t i = 0, j = 0, held = 0
    while i < a.shape[0] and j < b.shape[0]:
        held += a[i] == b[j]
        i, j = i + (a[i] <= b[j]), j + (b[j] <= a[i])
    return held


def agreement(a, b, double rare):
    """What two bags hold together: float64[2, 16], in the columns of `Agreement`."""
    cdef const uint64_t[::1] left = a.words, right = b.words, pairs_a = a.pairs, pairs_b = b.pairs
    cdef const uint8_t[::1] kinds_a = a.kinds, kinds_b = b.kinds
    cdef const double[:, ::1] weights_a = a.weights, weights_b = b.weights, surprise = a.surprise
    cdef const double[:, ::1] pair_weights_a = a.pair_weights, pair_weights_b = b.pair_weights
    cdef const uint64_t[::1] quoted_a = a.quoted, quoted_b = b.quoted
    result = np.zeros((2, AGREED))
    cdef double[:, ::1] out = result
    cdef int64_t i = 0, j = 0, k
    with nogil:
        while i < left.shape[0] and j < right.shape[0]:
            if left[i] == right[j]:
                for k in range(2):
                    words_agree(weights_a[k, i], weights_b[k, j], surprise[k, i] - rare, kinds_a[i], kinds_b[j], &out[k, 0])
            i, j = i + (left[i] <= right[j]), j + (right[j] <= left[i])
        i = j = 0
        while i < pairs_a.shape[0] and j < pairs_b.shape[0]:
            if pairs_a[i] == pairs_b[j]:
                for k in range(2):
                    pairs_agree(pair_weights_a[k, i], pair_weights_b[k, j], &out[k, 0])
            i, j = i + (pairs_a[i] <= pairs_b[j]), j + (pairs_b[j] <= pairs_a[i])
        out[0, 15] = out[1, 15] = in_both(quoted_a, quoted_b)
    return result
