"""Documents that share keys: groups of whole keys, stars of large ones, and the pairs that meet in enough groups.

Keys are taken in as many parts as memory asks for, and pairs are counted for as many documents at a time: no engine
needs more of it at once. All of it is sorted columns.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from compare import kernels
from compare.kernels.columns import PORTION, changes, leaders, offsets_of
from compare.pipeline.engines.columns import all_of
from compare.pipeline.relations.edges import LOW, code_of, pairs_of
from compare.pipeline.relations.limits import HeldRows, Limits, Proposals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Engine, Out, Part, Targets
    from compare.pipeline.engines.columns import Column
    from compare.pipeline.relations.limits import Portioned, Rows

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    I32 = NDArray[np.int32]
    U32 = NDArray[np.uint32]

FEW = 4
"""Targets up to which each reads all rows, and takes its own."""
MOST = 256
"""Targets at the most: one of a billion rows takes 200 MB."""
SOURCES = 64
"""Parts in which rows are sent on, at the most: each makes a file a target."""
ROW, HELD = 48, 8
"""Bytes of memory that a row of a part takes at the most, and a document's place in a group."""


def pairs_from_buckets(engine: Engine, rows: Rows, rank: I64, limits: Limits) -> Proposals:
    """Pairs of documents that share a key at least once."""
    once = replace(limits, min_shared=1, min_share=0.0, falling=False)
    return _proposals(engine, rows, rank, once, "buckets")


def pairs_from_fingerprints(engine: Engine, rows: Rows, rank: I64, limits: Limits) -> Proposals:
    """Pairs that share enough keys: see `Limits.asked`.

    A document has a key at most once; the smaller document is the one with fewer keys.
    """
    return _proposals(engine, rows, rank, limits, "fingerprints")


def _proposals(engine: Engine, rows: Rows, rank: I64, limits: Limits, stage: str) -> Proposals:
    """Pairs of documents that share enough keys.

    Kept to the end are 4 bytes for each document that holds a key that others hold, and 12 for each such key.
    """
    sizes = rows.sizes(len(rank))
    groups = _Groups.of(_grouped(engine, rows, limits, stage))
    stars, left_out = _stars_of(groups, sizes, rank, limits)
    starred = len(groups.large_counts) - left_out
    codes, shared = _met(engine, groups.with_edges(stars), (sizes, limits), stage)
    return Proposals(pairs_of(codes), shared.astype(np.int64), *groups.frequent(), left_out, starred)


def _grouped(engine: Engine, rows: Rows, limits: Limits, stage: str) -> list[Part]:
    """The groups of keys, in parts by the low bits of these: winnowed keys are minima, with uneven high bits."""
    resources = engine.resources
    fitting = len(rows) * ROW // resources.share + 1
    targets = min(MOST, 1 << (max(fitting, min(len(rows) // PORTION, resources.beside)) - 1).bit_length())
    sources = rows.split(min(len(rows) // PORTION + 1, SOURCES))

    def emit(source: int, sent: Targets) -> None:
        for keys, owners in sources[source].portions():
            low = keys & np.uint64(targets - 1)
            for target in range(targets):
                mine = low == target
                sent.append(target, "keys", keys[mine])
                sent.append(target, "owners", owners[mine])

    def reduce(_target: int, blocks: Sequence[Part], out: Out) -> None:
        _put_groups(SentRows.of(blocks), limits, out)

    def alone(target: int, out: Out) -> None:
        _put_groups(rows if targets == 1 else _with_low(rows, targets, target), limits, out)

    if targets <= FEW:  # to read all of them again takes less than to send them on
        return engine.each(stage, targets, alone)
    return engine.step(stage, (len(sources), targets), emit, reduce)


def _with_low(rows: Rows, targets: int, target: int) -> HeldRows:
    """The rows whose keys have such low bits."""
    parts = [(np.empty(0, np.uint64), np.empty(0, np.int32))]
    for keys, owners in rows.portions():
        mine = keys & np.uint64(targets - 1) == target
        parts.append((keys[mine], owners[mine]))
    return HeldRows(*(np.concatenate(column) for column in zip(*parts, strict=True)))


@dataclass(frozen=True, slots=True)
class SentRows:
    """Rows that sources sent."""

    blocks: list[tuple[Column, Column]]

    @classmethod
    def of(cls, blocks: Sequence[Part]) -> SentRows:
        """From what came, of which there may be nothing from some."""
        return cls([(block.columns["keys"], block.columns["owners"]) for block in blocks if "keys" in block.columns])

    def portions(self) -> Iterator[tuple[U64, I32]]:
        """The rows of a source at a time."""
        for keys, owners in self.blocks:
            yield all_of(keys), all_of(owners)

    def __len__(self) -> int:
        return sum(len(keys) for keys, _ in self.blocks)


# --- groups of one key ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Groups:
    """The holders of keys with more than one, part by part: documents group after group, and their counts."""

    members: I32
    counts: I32
    large: I32
    """The same of groups above the cap."""
    large_counts: I32
    keys: U64
    """Keys with many holders, a row for each ..."""
    holders: I64
    """... and these."""

    @classmethod
    def of(cls, parts: Sequence[Part]) -> _Groups:
        """All parts together."""
        return cls(*(_together(parts, item.name) for item in fields(cls)))

    def with_edges(self, stars: U64) -> tuple[I32, I64]:
        """The members of small groups and, as groups of two, the documents of edges; and where each group begins."""
        ends = np.empty((len(stars), 2), np.int32)
        ends[:, 0], ends[:, 1] = stars >> np.uint64(32), stars & LOW
        counts = np.concatenate([self.counts, np.full(len(stars), 2, np.int32)])
        if not len(stars):
            return self.members, offsets_of(counts)
        return np.concatenate([self.members, ends.ravel()]), offsets_of(counts)

    def frequent(self) -> tuple[U64, I64]:
        """The rows of keys with many holders, ascending."""
        order = np.argsort(self.keys, kind="stable")  # the holders of each are ascending
        return self.keys[order], self.holders[order]


def _together(parts: Sequence[Part], name: str) -> NDArray[Any]:
    """A column of all parts, which is never there twice."""
    columns = [part.columns[name] for part in parts]
    result, filled = np.empty(sum(map(len, columns)), columns[0].dtype), 0
    for column in columns:
        column.read(0, len(column), result[filled : filled + len(column)])
        filled += len(column)
    return result


def _put_groups(rows: Portioned, limits: Limits, out: Out) -> None:
    """Put out the groups of keys, those above the cap apart, and the rows of keys with many holders."""
    highest = min(limits.cap, limits.ceiling)
    grouped = kernels.groups(list(rows.portions()), min(highest, limits.frequent))
    members, counts, large, large_counts, keys = grouped
    is_small, is_frequent = large_counts <= highest, large_counts > limits.frequent
    small, frequent = np.repeat(is_small, large_counts), np.repeat(is_frequent, large_counts)
    groups = _Groups(
        members, counts, large[~small], large_counts[~is_small],
        np.repeat(keys[is_frequent], large_counts[is_frequent]), large[frequent].astype(np.int64),
    )  # fmt: skip
    for item in fields(_Groups):
        out.append(item.name, getattr(groups, item.name))
    out.append("members", large[small])
    out.append("counts", large_counts[is_small])


# --- stars ---------------------------------------------------------------------------------------------------------


def _stars_of(groups: _Groups, sizes: I32, rank: I64, limits: Limits) -> tuple[U64, int]:
    """The star edges of large groups, and how many of these propose less than all of their documents."""
    counts, owners = groups.large_counts, groups.large
    number = np.repeat(np.arange(len(counts)), counts)
    above = (counts > limits.ceiling)[number]
    share = np.bincount(owners[above], minlength=len(sizes)) / np.maximum(sizes, 1)
    chosen = ~above | (share[owners] >= limits.whole_share)
    left_out = len(np.unique(number[~chosen]))
    return _stars(number[chosen], owners[chosen], rank), left_out


def _stars(number: I64, owners: I32, rank: I64) -> U64:
    """For each group: its first document (by rank) with every other, and each with the one before."""
    codes = np.sort(number << 32 | rank[owners])
    number, owners = codes >> 32, np.argsort(rank)[codes & int(LOW)]
    start = changes(number)
    centre = owners[leaders(start)]
    later = ~start[1:] & ~start[:-1]  # the second member's edge to the one before it is its edge to the centre
    return np.concatenate([code_of(centre[~start], owners[~start]), code_of(owners[:-1][later], owners[1:][later])])


# --- pairs ---------------------------------------------------------------------------------------------------------


def _met(engine: Engine, groups: tuple[I32, I64], asked: tuple[I32, Limits], stage: str) -> tuple[U64, I32]:
    """The pairs that meet in enough groups, ascending, and in how many."""
    members, bounds = groups
    later = kernels.later(members, bounds, len(asked[0]))
    ends = _ranges(later, engine.resources.share // (2 * HELD))

    def verb(part: int, out: Out) -> None:
        begin, end = ends[part], ends[part + 1]
        holdings, most = kernels.holdings(members, bounds, later[begin : end + 1], begin)
        room = max(PORTION, most)
        met = [
            (np.empty(0, np.uint64), np.empty(0, np.int32)),
            *_meetings(members, holdings, (begin, end, room), asked),
        ]
        codes, shared = (np.concatenate(column) for column in zip(*met, strict=True))
        order = np.argsort(codes)
        out.append("codes", codes[order])
        out.append("shared", shared[order])

    parts = engine.each(f"{stage}-met", len(ends) - 1, verb)
    return _together(parts, "codes"), _together(parts, "shared")


def _meetings(
    members: I32, holdings: tuple[U32, I32, I64], between: tuple[int, int, int], asked: tuple[I32, Limits]
) -> Iterator[tuple[U64, I32]]:
    """The pairs of some documents with later ones, so many at a time, of which enough is asked."""
    sizes, limits = asked
    begin, end, room = between
    document = begin
    counter, out = np.zeros(len(sizes), np.int32), (np.empty(room, np.uint64), np.empty(room, np.int32))
    while document < end:
        count, document = kernels.meetings(members, holdings, (begin, document), counter, out)
        codes, shared = out[0][:count], out[1][:count]
        enough = limits.asked(shared, (sizes[codes >> np.uint64(32)], sizes[codes & LOW]))
        yield codes[enough], shared[enough]


def _ranges(later: I64, most: int) -> list[int]:
    """Where to part documents so that those of a part have about `most` places in groups, from the first to the end."""
    ends = np.searchsorted(later, np.arange(most, int(later[-1]), most)).tolist()
    return [0, *sorted({*ends} - {0, len(later) - 1}), len(later) - 1]
