"""Rows of (key, document) on their way to targets, by the low bits of keys: the high ones of minima are uneven."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.kernels.columns import PORTION, offsets_of
from compare.pipeline.saved import are_numbers, check_fit, together

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Part, Resources, Targets

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    I32 = NDArray[np.int32]

MOST = 256
"""Targets at the most: one of a billion rows takes 200 MB."""
ROW = 32
"""Bytes of memory that a row of a target takes at the most."""


def targets_for(rows: int, resources: Resources) -> int:
    """In how many targets so many rows fit: a power of two."""
    fitting = rows * ROW // resources.share + 1
    return min(MOST, 1 << (max(fitting, min(rows // PORTION, resources.beside)) - 1).bit_length())


def deal(keys: U64, owners: I32, targets: int, sent: Targets) -> None:
    """Send each target the rows whose keys have its number in their low bits, in the order given."""
    order, bounds = dealt(keys & np.uint64(targets - 1), targets)
    keys, owners = keys[order], owners[order]
    for target in range(targets):
        mine = slice(bounds[target], bounds[target + 1])
        sent.append(target, "keys", keys[mine])
        sent.append(target, "owners", owners[mine])


def dealt(numbers: NDArray[np.integer], targets: int) -> tuple[I64, list[int]]:
    """The order that brings rows with the same number from 0 together, and where each number's begin. Linear."""
    small = numbers.astype(np.uint8)  # `MOST` are 256: a stable sort of bytes counts
    return np.argsort(small, kind="stable"), offsets_of(np.bincount(small, minlength=targets)).tolist()


def rows_sent(block: Part, documents: int) -> tuple[U64, I32]:
    """The rows that a source sent. Raises InputError if they are something else."""
    keys, owners = together([block], "keys", np.uint64), together([block], "owners", np.int32)
    check_fit(len(keys) == len(owners) and are_numbers(owners, documents))
    return keys, owners
