"""Segments: each `add` writes its postings beside those that are there, and few are merged when they are many.

A segment has the postings of contents with numbers in a row, in three lanes of sorted keys. A question asks all of
them. Contents that were taken out stay in their postings until the segment is written again, and are listed meanwhile.
Everything here runs inside a transaction of the caller's.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from compare.index.blocks import SPAN, Lane, entries_of, lane_of
from compare.index.postings import MOST, DamagedError, Postings, ascending, joined
from compare.index.store import MANY, checked, select
from compare.kernels.columns import among, changes, within

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    I64 = NDArray[np.int64]
    Connection = sqlite3.Connection
    Rows = tuple[I64, I64]

FINGERPRINTS, BANDS, IDENTITIES = LANES = range(3)
"""What keys are: winnowed fingerprints, buckets of bands, hashes of all folded tokens."""
FULL = 1 << 21
"""The weight of a segment that `build` closes, and from which small ones are merged. 40 MB of memory."""
SETTLED = 1 << 18
"""The weight from which a segment is never merged: what an `add` of 5 MB and more writes, it writes once."""
_TIERS = (1 << 11, 1 << 16, SETTLED)
"""Weights that begin a tier."""
SIBLINGS = 32
"""Segments of one tier that are merged."""
_TEXT = 64
"""The least that a content weighs: so that the numbers of a segment fit into two bytes."""
_WASTE = 4
"""A segment is written again when more than a fourth of its contents were taken out."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Contents with numbers in a row."""

    start: int
    stop: int
    rows: int
    """Of (key, content), those of contents that were taken out too."""

    @property
    def numbers(self) -> range:
        """The numbers of its contents."""
        return range(self.start, self.stop)

    @property
    def weight(self) -> int:
        """Its size, as merging goes by it."""
        return weight(self.rows, self.stop - self.start)


def weight(rows: int, contents: int) -> int:
    """How large a segment of so many rows and contents is."""
    return max(rows, _TEXT * contents)


def segments(connection: Connection) -> list[Segment]:
    """All segments, ascending. Raises DamagedError."""
    rows = connection.execute("SELECT start, stop, rows FROM segments ORDER BY start").fetchall()
    listed = [Segment(*row) for row in checked(rows, tuple[int, int, int])]
    apart = all(before.stop <= after.start for before, after in pairwise(listed))
    if not apart or any(not 0 < one.start < one.stop <= min(one.start + SPAN, MOST) for one in listed):
        raise DamagedError("its segments do not fit together")
    return listed


def following_content(connection: Connection) -> int:
    """The number of the next content: no posting has it, not even one that counts no more."""
    return max((segment.stop for segment in segments(connection)), default=1)


# --- writing -------------------------------------------------------------------------------------------------------


def put_segment(connection: Connection, numbers: range, lanes: Sequence[Postings]) -> None:
    """Store the postings of some contents, a lane each of `LANES`."""
    rows = sum(len(postings.numbers) for postings in lanes)
    connection.execute("INSERT INTO segments VALUES (?, ?, ?)", (numbers.start, numbers.stop, rows))
    (number,) = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM blocks").fetchone()
    for place, postings in zip(LANES, lanes, strict=True):
        lane = lane_of(postings, numbers.start)
        keys = lane.first_keys.astype("<i8").tobytes()
        row = (_place(numbers.start, place), number, lane.width, keys)
        connection.execute("INSERT INTO lanes VALUES (?, ?, ?, ?)", row)
        stored = enumerate(lane.blocks, number)
        connection.executemany("INSERT INTO blocks VALUES (?, ?, ?, ?)", ((at, *block) for at, block in stored))
        number += len(lane.blocks)


def _place(start: int, lane: int) -> int:
    """The number of a lane of a segment."""
    return start * len(LANES) + lane


def take_contents(connection: Connection, contents: Sequence[int]) -> None:
    """Let some contents count no more. A segment that holds many such is written again without them."""
    connection.executemany("INSERT INTO removed VALUES (?)", ((content,) for content in contents))
    away = removed(connection)
    for segment in segments(connection):
        gone = int(np.searchsorted(away, segment.stop) - np.searchsorted(away, segment.start))
        if _WASTE * gone > segment.stop - segment.start:
            merge(connection, [segment])


def removed(connection: Connection) -> I64:
    """The contents that stand in postings and count no more, ascending."""
    rows = connection.execute("SELECT number FROM removed ORDER BY number").fetchall()
    return np.array([number for (number,) in checked(rows, tuple[int])], np.int64)


def merge(connection: Connection, chosen: Sequence[Segment]) -> None:
    """Write some neighbours as one segment, without the contents that were taken out."""
    lanes = [joined([rows_in(connection, segment, lane) for segment in chosen]) for lane in LANES]
    for segment in chosen:
        _drop(connection, segment)
    start, stop = chosen[0].start, chosen[-1].stop
    connection.execute("DELETE FROM removed WHERE number >= ? AND number < ?", (start, stop))
    if any(len(postings.keys) for postings in lanes):
        put_segment(connection, range(start, stop), lanes)


def _drop(connection: Connection, segment: Segment) -> None:
    for lane in LANES:
        first, stored = _directory(connection, segment, lane)
        connection.execute(
            "DELETE FROM blocks WHERE number >= ? AND number < ?", (first, first + len(stored.first_keys))
        )
        connection.execute("DELETE FROM lanes WHERE number = ?", (_place(segment.start, lane),))
    connection.execute("DELETE FROM segments WHERE start = ?", (segment.start,))


def due(connection: Connection) -> list[Segment]:
    """Neighbours that are to be merged now; none where segments are few."""
    listed = segments(connection)
    chosen = [listed[at] for at in ripe([segment.weight for segment in listed])]
    while chosen and chosen[-1].stop - chosen[0].start > SPAN:  # there is a gap between them
        del chosen[0]
    return chosen if len(chosen) > 1 else []


def ripe(weights: Sequence[int]) -> range:
    """The places of neighbours that are to be merged; none, or two and more that are not settled.

    Those before a settled one; those at the end, where they make a full one together; smaller ones with a larger one
    that came after them; and `SIBLINGS` of a tier. So a row is written again once a tier at the most.

    >>> [len(ripe(weights)) for weights in ([FULL, 30, 10], [30, 10, SETTLED], [SETTLED - 1] * 9, [30, 3000], [9] * 32)]
    [0, 2, 9, 2, 32]
    """
    tiers = [sum(one >= least for least in _TIERS) for one in weights]
    settled = max((at for at, tier in enumerate(tiers) if tier == len(_TIERS)), default=0)
    before, last = _last(tiers[:settled], len(_TIERS)), _last(tiers, len(_TIERS))
    if len(before) > 1:
        return before
    if sum(weights[at] for at in last) >= FULL:
        return last
    run = _last(tiers, tiers[-1] + 1) if last else last
    is_uneven = any(tiers[at] < tiers[-1] for at in run)
    return run if is_uneven or len(run) >= SIBLINGS else range(0)


def _last(tiers: Sequence[int], below: int) -> range:
    """The places of the last tiers that are all below a limit."""
    start = len(tiers)
    while start and tiers[start - 1] < below:
        start -= 1
    return range(start, len(tiers))


# --- reading -------------------------------------------------------------------------------------------------------


def fetch(connection: Connection, lane: int, keys: Sequence[int] | I64, above: int = 0) -> Postings:
    """The postings of some keys that more than `above` contents hold, ascending by key. `keys` are ascending."""
    wanted = np.asarray(keys, np.int64)
    away = removed(connection)
    parts = [_found(connection, segment, lane, wanted) for segment in segments(connection)] if len(wanted) else []
    postings = joined([_without(rows, away) for rows in parts])
    return postings.chosen(np.flatnonzero(postings.counts > above)) if above else postings


def rows_in(connection: Connection, segment: Segment, lane: int) -> Rows:
    """All rows of (key, content) of a lane that count, by key."""
    first, stored = _directory(connection, segment, lane)
    parts = [part.rows for part in _read(connection, segment, (first, stored), np.arange(len(stored.first_keys)))]
    return _without(_one_after_the_other(parts), removed(connection))


def _one_after_the_other(parts: Sequence[Rows]) -> Rows:
    empty = np.empty(0, np.int64)
    keys, numbers = zip((empty, empty), *parts, strict=True)
    return np.concatenate(keys), np.concatenate(numbers)


def _without(rows: Rows, away: I64) -> Rows:
    if not len(away):
        return rows
    still = ~among(rows[1], away)
    return rows[0][still], rows[1][still]


def _found(connection: Connection, segment: Segment, lane: int, wanted: I64) -> Rows:
    """Rows of the keys that are wanted."""
    first, stored = _directory(connection, segment, lane)
    low = np.maximum(np.searchsorted(stored.first_keys, wanted) - 1, 0)
    counts = np.maximum(np.searchsorted(stored.first_keys, wanted, "right") - low, 0)
    blocks = ascending(np.repeat(low, counts) + within(counts))
    parts = [_asked(part, wanted).rows for part in _read(connection, segment, (first, stored), blocks)]
    return _one_after_the_other(parts)


def _asked(entries: Postings, wanted: I64) -> Postings:
    """The entries whose key is wanted."""
    keys = wanted[np.searchsorted(wanted, entries.keys[0]) : np.searchsorted(wanted, entries.keys[-1], "right")]
    starts = np.flatnonzero(changes(entries.keys))
    place = np.searchsorted(entries.keys[starts], keys)
    place = place[entries.keys[starts[place]] == keys]
    counts = np.diff(starts, append=len(entries.keys))[place]
    return entries.chosen(np.repeat(starts[place], counts) + within(counts))


def _directory(connection: Connection, segment: Segment, lane: int) -> tuple[int, Lane]:
    """The number of the first block of a lane, and the lane without its blocks. Raises DamagedError."""
    sql = "SELECT first, width, keys FROM lanes WHERE number IN ({})"
    rows = select(connection, sql, [_place(segment.start, lane)], tuple[int, int, bytes])
    if not rows or len(rows[0][2]) % 8:
        raise DamagedError("a segment is not whole")
    first, width, stored = rows[0]
    keys = np.frombuffer(stored, "<i8").astype(np.int64)
    if (keys[1:] < keys[:-1]).any() or not 0 < first < 1 << 62:
        raise DamagedError("a segment is not whole")
    return first, Lane(keys, width, [])


def _read(connection: Connection, segment: Segment, directory: tuple[int, Lane], places: I64) -> Iterator[Postings]:
    """The entries of the blocks of some places, ascending, some blocks at a time."""
    first, lane = directory
    sql = "SELECT number, entries, holders, postings FROM blocks WHERE number IN ({})"
    for at in range(0, len(places), MANY):
        part = places[at : at + MANY]
        rows = sorted(select(connection, sql, (part + first).tolist(), tuple[int, int, int, bytes]))
        if [number for number, *_ in rows] != (part + first).tolist():
            raise DamagedError("a segment is not whole")
        blocks = [(entries, holders, block) for _, entries, holders, block in rows]
        yield entries_of(Lane(lane.first_keys[part], lane.width, blocks), segment.numbers)
