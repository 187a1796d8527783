"""What two texts share by quoting the same words: it is nobody's own, and decides nothing of the pair.

Two reports that print one spokesman's statement are no copies of each other. A shared run counts as a quotation where
most of it stands in quotation marks on both sides; a run of prose with a quotation in it is prose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.align.runs import runs
from compare.kernels.columns import among
from compare.text.coverage import QUOTED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.align.prepare import Text

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]


def quoted_shingles(a: Text, b: Text, shingle: int) -> U64:
    """The shingles that two texts share in quotations alone: ascending uint64[n]. O(n log n)."""
    if not (a.quoted.any() and b.quoted.any()):
        return np.empty(0, np.uint64)
    hashes = a.tokens.hashes
    shared = runs(hashes.view(np.int64), b.tokens.hashes.view(np.int64))
    quoted = np.minimum(*(_shares(text.quoted, at, shared.length) for text, at in ((a, shared.a), (b, shared.b))))
    inside = [
        _covered(shared.a[chosen], shared.length[chosen] - shingle + 1, len(hashes))
        for chosen in (quoted >= QUOTED, quoted < QUOTED)
    ]
    shingled, _ = kernels.shingles(hashes, np.array([0, len(hashes)], np.int64), shingle)
    in_quotations, in_prose = (np.unique(shingled[places[: len(shingled)]]) for places in inside)
    return in_quotations[~among(in_quotations, in_prose)]


def _shares(flags: NDArray[np.bool_], at: I64, length: I64) -> NDArray[np.float64]:
    """Share of each range of tokens that has a flag."""
    sums = np.concatenate([[0], np.cumsum(flags)])
    return np.asarray((sums[at + length] - sums[at]) / np.maximum(length, 1))


def _covered(at: I64, length: I64, size: int) -> NDArray[np.bool_]:
    """Which of `size` places stand in a range of places."""
    edges = np.zeros(size + 1, np.int64)
    kept = length > 0
    np.add.at(edges, at[kept], 1)
    np.add.at(edges, (at + length)[kept], -1)
    return np.asarray(np.cumsum(edges[:-1]) > 0)
