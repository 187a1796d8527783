"""Pairs of documents as sorted numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.kernels.columns import changes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]

LOW = np.uint64(0xFFFFFFFF)
"""The larger document of a pair that is one number, the smaller in the high 32 bits: 64-bit numbers sort fastest."""


def distinct(*pairs: I64) -> I64:
    """The union of some arrays of pairs: the smaller number first, ascending, each once."""
    codes, filled = np.empty(sum(map(len, pairs)), np.uint64), 0
    for part in pairs:
        codes[filled : filled + len(part)] = code_of(part[:, 0], part[:, 1])
        filled += len(part)
    codes.sort(kind="stable")  # most parts are sorted; np.unique, which hashes, takes ten times as long
    new = changes(codes)
    return pairs_of(codes if new.all() else codes[new])


def components(pairs: I64, count: int) -> I64:
    """The smallest number in the connected component of each of so many documents: int64[count]."""
    return np.asarray(kernels.components(np.ascontiguousarray(pairs), count), np.int64)


def code_of(a: NDArray[np.integer], b: NDArray[np.integer]) -> U64:
    """Pairs as one number each, the smaller first. Numbers of documents are never negative."""
    codes = np.empty(len(a), np.uint64)
    np.minimum(a, b, out=codes.view(np.int64))
    codes <<= np.uint64(32)
    codes |= np.maximum(a, b).astype(np.int64, copy=False).view(np.uint64)
    return codes


def pairs_of(codes: U64) -> I64:
    """The two documents of each number: int64[m, 2]."""
    pairs = np.empty((len(codes), 2), np.uint64)
    np.right_shift(codes, np.uint64(32), out=pairs[:, 0])
    np.bitwise_and(codes, LOW, out=pairs[:, 1])
    return pairs.view(np.int64)
