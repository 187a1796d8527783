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
    codes = np.concatenate([code_of(part[:, 0], part[:, 1]) for part in pairs])
    codes.sort(kind="stable")  # most parts are sorted; np.unique, which hashes, takes ten times as long
    return pairs_of(codes[changes(codes)])


def components(pairs: I64, count: int) -> I64:
    """The smallest number in the connected component of each of so many documents: int64[count]."""
    return np.asarray(kernels.components(np.ascontiguousarray(pairs), count), np.int64)


def code_of(a: NDArray[np.integer], b: NDArray[np.integer]) -> U64:
    """Pairs as one number each, the smaller first."""
    codes = np.minimum(a, b).astype(np.uint64)
    codes <<= np.uint64(32)
    codes |= unsigned(np.maximum(a, b))
    return np.asarray(codes, np.uint64)


def pairs_of(codes: U64) -> I64:
    """The two documents of each number: int64[m, 2]."""
    return np.stack([codes >> np.uint64(32), codes & LOW], axis=1).astype(np.int64)


def unsigned(numbers: NDArray[np.integer]) -> NDArray[np.unsignedinteger]:
    """The same bits: document numbers are never negative."""
    return numbers.view(np.uint32 if numbers.itemsize == 4 else np.uint64)  # noqa: PLR2004
