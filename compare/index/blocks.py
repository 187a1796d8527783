"""Postings as they are stored: blocks of plain columns, so that a thousand of them are read at a glance.

A block has up to `ENTRIES` entries. First their keys, as the step from the one before (so many bytes each as the widest
step of the lane takes); then a bit for each holder, set where an entry begins; then the holders of all, entry by entry
(2 bytes each: the number from the first of the segment). A key that more than 255 hold has several entries, one after
the other. The first keys of all blocks stand apart. What is read comes from a file and is checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.index.postings import DamagedError, Postings
from compare.kernels.columns import offsets_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    I64 = NDArray[np.int64]

ENTRIES = 512
"""Entries of a block: 5 kB."""
MOST_HOLDERS = 255
"""Holders of an entry."""
SPAN = 1 << 16
"""Numbers that two bytes tell apart."""
WIDEST = 8
"""Bytes of a step at the most."""
_HOLDER = np.dtype("<u2")


@dataclass(frozen=True, slots=True)
class Lane:
    """Sorted keys of a segment with their holders, as they are stored."""

    first_keys: I64
    """The first key of each block."""
    width: int
    """Bytes of a step."""
    blocks: list[tuple[int, int, bytes]]
    """Entries, holders, and the columns."""


def lane_of(postings: Postings, start: int) -> Lane:
    """The blocks of some postings; `start` is the first number of the segment.

    >>> lane = lane_of(Postings(*map(np.array, ([3, 9], [1, 2], [7, 7, 8]))), 7)
    >>> lane.first_keys.tolist(), lane.width, [(*sizes, columns.hex()) for *sizes, columns in lane.blocks]
    ([3], 1, [(2, 3, '0006c0000000000100')])
    """
    entries = _split(postings)
    firsts = np.arange(0, len(entries.keys), ENTRIES)
    steps = np.diff(entries.keys.view(np.uint64), prepend=np.uint64(0))
    steps[firsts] = 0
    width = next(size for size in range(1, WIDEST + 1) if not (steps.max(initial=0) >> np.uint64(8 * size - 1) >> 1))
    columns = np.ascontiguousarray(steps.astype("<u8").view("u1").reshape(-1, 8)[:, :width])
    holders, ends = (entries.numbers - start).astype(_HOLDER), offsets_of(entries.counts)
    begins = np.zeros(len(holders), bool)
    begins[ends[:-1]] = True
    blocks = []
    for at in firsts.tolist():
        stop = min(at + ENTRIES, len(entries.keys))
        low, high = int(ends[at]), int(ends[stop])
        parts = columns[at:stop], np.packbits(begins[low:high]), holders[low:high]
        blocks.append((stop - at, high - low, b"".join(part.tobytes() for part in parts)))
    return Lane(entries.keys[firsts], width, blocks)


def _split(postings: Postings) -> Postings:
    """The same with no more holders of an entry than fit."""
    if postings.counts.max(initial=0) <= MOST_HOLDERS:
        return postings
    parts = -(-postings.counts // MOST_HOLDERS)
    counts = np.full(int(parts.sum()), MOST_HOLDERS)
    counts[np.cumsum(parts) - 1] = postings.counts - MOST_HOLDERS * (parts - 1)
    return Postings(np.repeat(postings.keys, parts), counts, postings.numbers)


def entries_of(lane: Lane, segment: range) -> Postings:
    """The entries of some blocks of one segment, one after the other: a key may stand several times.

    Raises:
        DamagedError: we cannot have written them.
    """
    sizes, held = (np.array([block[column] for block in lane.blocks], np.int64) for column in (0, 1))
    if not 0 < lane.width <= WIDEST or sizes.min(initial=1) < 1 or sizes.max(initial=1) > ENTRIES:
        raise DamagedError("a block has a size that none can have")
    if (held < sizes).any() or (held > sizes * MOST_HOLDERS).any():
        raise DamagedError("a block has more holders than it can have")
    bits, stops = sizes * lane.width, sizes * lane.width + (held + 7) // 8
    if (stops + held * _HOLDER.itemsize).tolist() != [len(block[2]) for block in lane.blocks]:
        raise DamagedError("a block is cut off")
    places = list(zip(bits.tolist(), stops.tolist(), (block[2] for block in lane.blocks), strict=True))
    keys = _keys(_bytes(block[:bit] for bit, _, block in places), sizes, lane)
    begins = _begins(_bytes(block[bit:stop] for bit, stop, block in places), held)
    holders = np.frombuffer(b"".join(block[stop:] for _, stop, block in places), _HOLDER).astype(np.int64)
    starts = np.flatnonzero(begins)
    if len(starts) != len(keys) or not begins[offsets_of(held)[:-1]].all():
        raise DamagedError("a list of holders does not have the length that is stored with it")
    return _sound(Postings(keys, np.diff(starts, append=len(holders)), holders), segment)


def _bytes(parts: Iterable[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(parts), np.uint8)


def _keys(columns: NDArray[np.uint8], sizes: I64, lane: Lane) -> I64:
    """Keys from the steps between them, block by block."""
    steps = np.zeros((int(sizes.sum()), 8), np.uint8)
    steps[:, : lane.width] = columns.reshape(-1, lane.width)
    total = np.cumsum(steps.view("<u8").ravel(), dtype=np.uint64)
    starts = offsets_of(sizes)[:-1]
    return (total + np.repeat(lane.first_keys.view(np.uint64) - total[starts], sizes)).view(np.int64)


def _begins(bits: NDArray[np.uint8], held: I64) -> NDArray[np.bool_]:
    """A flag for each holder, from bytes of eight: each block begins with a byte of its own."""
    padded = (held + 7) // 8 * 8
    flags = np.unpackbits(bits).astype(bool)
    return flags[np.arange(int(held.sum())) + np.repeat(offsets_of(padded - held)[:-1], held)]


def _sound(entries: Postings, segment: range) -> Postings:
    """The same with the numbers of the segment. Raises DamagedError: not ascending, or beyond it."""
    keys, counts, holders = entries
    if (keys[1:] < keys[:-1]).any():
        raise DamagedError("keys are not ascending")
    if holders.max(initial=0) >= max(len(segment), 1):
        raise DamagedError("a list of holders has a number that is too large")
    first = np.zeros(len(holders), bool)
    first[np.cumsum(counts) - counts] = True
    if ((holders[1:] <= holders[:-1]) & ~first[1:]).any():
        raise DamagedError("a list of holders is not ascending")
    return Postings(keys, counts, holders + segment.start)
