"""Which contents hold a key, as one short blob a key: numbers ascending, each as the step from the one before.

A step is written in groups of seven bits, the lowest first, the top bit set on all but the last (LEB128). Everything
is done for all keys at once; what is decoded comes from a file and is checked.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.kernels.columns import changes, offsets_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    I64 = NDArray[np.int64]

MOST = (1 << 31) - 1
"""The largest number that is coded."""
WIDEST_STEP = 5
"""Bytes of a step at the most."""
TOGETHER = 1 << 20
"""Bytes of lists that are decoded together."""
_LOW, _MORE = 127, 128


class DamagedError(Exception):
    """What is stored cannot have been written by us; the message is one clause for a person."""


class Postings(NamedTuple):
    """Keys ascending, how many hold each, and the holders of all, key by key and ascending."""

    keys: I64
    counts: I64
    numbers: I64

    @property
    def owners(self) -> I64:
        """The place in `keys` of each of `numbers`."""
        return np.repeat(np.arange(len(self.keys)), self.counts)

    @property
    def rows(self) -> tuple[I64, I64]:
        """The same as rows of (key, number)."""
        return np.repeat(self.keys, self.counts), self.numbers


def grouped(keys: I64, numbers: I64) -> Postings:
    """Rows of (key, number) in any order, as postings; a row that stands twice counts once.

    >>> grouped(np.array([9, 4, 9]), np.array([7, 1, 2])).numbers.tolist()
    [1, 2, 7]
    """
    order = _order(keys, numbers)
    keys, numbers = keys[order], numbers[order]
    once = changes(keys, numbers)
    keys, numbers = keys[once], numbers[once]
    starts = np.flatnonzero(changes(keys))
    return Postings(keys[starts], np.diff(starts, append=len(keys)), numbers)


def _order(keys: I64, numbers: I64) -> I64:
    """By key, then number. Where numbers come ascending, one plain sort of (high bits, place) does: 4 times as fast."""
    if (numbers[1:] >= numbers[:-1]).all():
        # The place overwrites the key's low bits: where keys differ in these alone, the check below finds it.
        mask = (1 << len(keys).bit_length()) - 1
        codes = keys & ~mask | np.arange(len(keys))
        codes.sort()
        order = codes & mask
        ordered = keys[order]
        if (ordered[1:] >= ordered[:-1]).all():
            return order
    return np.lexsort((numbers, keys))


def rows_of(postings: Postings) -> Iterator[tuple[int, int, bytes]]:
    """The rows (key, holders, blob) as they are stored, in the order of the keys."""
    starts = offsets_of(postings.counts)
    steps = np.diff(postings.numbers, prepend=0)
    steps[starts[:-1]] = postings.numbers[starts[:-1]]
    packed, widths = coded(steps)
    places = offsets_of(widths)[starts]
    parts = map(packed.__getitem__, map(slice, places[:-1].tolist(), places[1:].tolist()))
    return zip(postings.keys.tolist(), postings.counts.tolist(), parts, strict=True)


def postings_of(rows: Sequence[tuple[int, int, bytes]]) -> Postings:
    """Stored rows back to postings. Raises DamagedError.

    >>> postings_of(list(rows_of(grouped(np.array([9, 4, 9]), np.array([700, 1, 2]))))).numbers.tolist()
    [1, 2, 700]
    """
    empty = np.empty(0, np.int64)
    parts = [Postings(empty, empty, empty), *map(_decoded, _parts(rows))]
    return Postings(*map(np.concatenate, zip(*parts, strict=True)))


def _parts(rows: Sequence[tuple[int, int, bytes]]) -> Iterator[Sequence[tuple[int, int, bytes]]]:
    """The rows by so many bytes: decoding takes fifty times as much memory as they do."""
    size = np.cumsum([len(blob) for _, _, blob in rows], dtype=np.int64) // TOGETHER
    bounds = [*np.flatnonzero(changes(size)).tolist(), len(rows)]
    return (rows[start:stop] for start, stop in pairwise(bounds))


def _decoded(rows: Sequence[tuple[int, int, bytes]]) -> Postings:
    keys, counts, blobs = (list(column) for column in zip(*rows, strict=True))
    steps, per_blob = decoded(blobs)
    if per_blob.tolist() != counts:
        raise DamagedError("a list of holders does not have the length that is stored with it")
    starts = offsets_of(per_blob)[:-1]
    first = np.zeros(len(steps), bool)
    first[starts] = True
    if (steps[~first] < 1).any():
        raise DamagedError("a list of holders is not ascending")
    total = np.cumsum(steps)
    numbers = total - np.repeat((total - steps)[starts], per_blob)
    if numbers.max(initial=0) > MOST:
        raise DamagedError("a list of holders has a number that is too large")
    return Postings(np.array(keys, np.int64), per_blob, numbers)


def coded(values: I64) -> tuple[bytes, I64]:
    """Numbers from 0 to `MOST` in their short form, and how many bytes each takes.

    >>> coded(np.array([5, 300]))[0].hex()
    '05ac02'
    """
    if len(values) and not 0 <= values.min() <= values.max() <= MOST:
        raise ValueError(f"numbers from {values.min()} to {values.max()} cannot be coded")
    widths = np.ones(len(values), np.int64)
    for place in range(1, WIDEST_STEP):
        widths += values >= 1 << 7 * place
    starts = offsets_of(widths)
    result = np.empty(int(starts[-1]), np.uint8)
    for place in range(WIDEST_STEP):
        wide = np.flatnonzero(widths > place)
        if len(wide):
            more = np.where(widths[wide] > place + 1, _MORE, 0)
            result[starts[wide] + place] = values[wide] >> 7 * place & _LOW | more
    return result.tobytes(), widths


def decoded(blobs: Sequence[bytes]) -> tuple[I64, I64]:
    """The numbers of some blobs, one after the other, and how many each holds (1 or more). Raises DamagedError."""
    packed = np.frombuffer(b"".join(blobs), np.uint8)
    stops = np.cumsum([len(blob) for blob in blobs])
    last = packed < _MORE
    if not all(blobs) or not last[stops - 1].all():
        raise DamagedError("a list of numbers is cut off")
    ends = np.flatnonzero(last)
    widths = np.diff(ends, prepend=-1)
    if widths.max(initial=0) > WIDEST_STEP:
        raise DamagedError("a number is too long")
    starts = ends - widths + 1
    place = np.arange(len(packed)) - np.repeat(starts, widths)
    values = np.add.reduceat((packed & _LOW).astype(np.int64) << 7 * place, starts)
    if values.max(initial=0) > MOST:
        raise DamagedError("a number is too large")
    return values, np.diff(np.searchsorted(ends, stops), prepend=0)
