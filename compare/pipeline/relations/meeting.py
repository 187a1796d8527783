"""Documents that share keys: groups of whole keys, stars of large ones, and the pairs that meet in enough groups.

    rows of (key, document)   by the low bits of keys     →  groups: the documents of each key that several have
    groups, edges of stars    by ranges of documents      →  pairs that meet in enough of them

Each arrow is a step of an engine, in as many parts as memory asks for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.kernels.columns import PORTION, changes, leaders, offsets_of, owners_of, within
from compare.pipeline.relations.edges import LOW, code_of, pairs_of
from compare.pipeline.relations.limits import Limits, Proposals
from compare.pipeline.saved import are_numbers, check_fit, column_in, together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Engine, Out, Part, Targets
    from compare.pipeline.relations.limits import Rows

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    I32 = NDArray[np.int32]
    U32 = NDArray[np.uint32]

FEW = 4
"""Targets up to which each reads all rows, and takes its own: where that goes through no network."""
MOST = 256
"""Targets at the most: one of a billion rows takes 200 MB."""
SOURCES = 64
"""Parts in which rows are sent on, at the most: each makes a file a target."""
ROW, MEMBER, HELD = 32, 12, 8
"""Bytes of memory that a row of a part takes at the most, a document of a group, and its place where it is counted."""
NO_GROUPS = np.empty(0, np.int32), np.empty(0, np.int32)


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
    """Pairs of documents that share enough keys. Kept to the end are the holders of keys with many."""
    sizes, parts = rows.sizes(len(rank)), _grouped(engine, rows, len(rank), limits, stage)
    large = _Large.of(parts, len(rank))
    is_star = large.counts > min(limits.cap, limits.ceiling)
    stars, left_out = _stars_of(large.of_groups(is_star), sizes, rank, limits)
    starred = int(np.count_nonzero(is_star)) - left_out
    codes, shared = _met(engine, parts, stars, (sizes, limits), stage)
    frequent = large.of_groups(large.counts > limits.frequent)
    return Proposals(pairs_of(codes), shared.astype(np.int64), *frequent.rows(), left_out, starred)


# --- groups of one key ---------------------------------------------------------------------------------------------


def _grouped(engine: Engine, rows: Rows, documents: int, limits: Limits, stage: str) -> list[Part]:
    """The groups of keys, in parts by the low bits of these: winnowed keys are minima, with uneven high bits.

    Of each part: `members`, the documents of groups up to the cap, one after the other, and their `counts`; and the
    same of groups that are larger or frequent, with their `keys`.
    """
    resources = engine.resources
    fitting = len(rows) * ROW // resources.share + 1
    targets = min(MOST, 1 << (max(fitting, min(len(rows) // PORTION, resources.beside)) - 1).bit_length())
    sources = rows.split(min(len(rows) // PORTION + 1, SOURCES))

    def emit(source: int, sent: Targets) -> None:
        for keys, owners in sources[source].portions():
            order, bounds = _dealt(keys & np.uint64(targets - 1), targets)
            keys, owners = keys[order], owners[order]  # noqa: PLW2901  # the same in another order
            for target in range(targets):
                mine = slice(bounds[target], bounds[target + 1])
                sent.append(target, "keys", keys[mine])
                sent.append(target, "owners", owners[mine])

    def reduce(_target: int, blocks: Sequence[Part], out: Out) -> None:
        _put_groups([_sent_rows(block, documents) for block in blocks if "keys" in block.columns], limits, out)

    def alone(target: int, out: Out) -> None:
        _put_groups(list(_with_low(rows, targets, target)), limits, out)

    if targets <= (FEW if resources.apart == 1 else 1):  # to read them again takes less than to send them on
        return engine.each(stage, targets, alone)
    return engine.step(stage, (len(sources), targets), emit, reduce)


def _sent_rows(block: Part, documents: int) -> tuple[U64, I32]:
    """The rows that a source sent. Raises InputError if they are something else."""
    keys, owners = together([block], "keys", np.uint64), together([block], "owners", np.int32)
    check_fit(len(keys) == len(owners) and are_numbers(owners, documents))
    return keys, owners


def _dealt(numbers: NDArray[np.integer], targets: int) -> tuple[I64, list[int]]:
    """The order that brings rows with the same number from 0 together, and where each number's begin. Linear."""
    small = numbers.astype(np.uint8)  # `MOST` are 256: a stable sort of bytes counts
    return np.argsort(small, kind="stable"), offsets_of(np.bincount(small, minlength=targets)).tolist()


def _with_low(rows: Rows, targets: int, target: int) -> Iterator[tuple[U64, I32]]:
    """The rows whose keys have such low bits."""
    if targets == 1:
        yield from rows.portions()
        return
    for keys, owners in rows.portions():
        mine = keys & np.uint64(targets - 1) == target
        yield keys[mine], owners[mine]


def _put_groups(portions: list[tuple[U64, I32]], limits: Limits, out: Out) -> None:
    """Put out the groups of some rows."""
    most = min(limits.cap, limits.ceiling)
    members, counts, large, large_counts, keys = kernels.groups(portions, min(most, limits.frequent))
    small = large_counts <= most
    out.append("members", members)
    out.append("members", large[np.repeat(small, large_counts)])
    out.append("counts", counts)
    out.append("counts", large_counts[small])
    out.append("large", large)
    out.append("large_counts", large_counts)
    out.append("keys", keys)


@dataclass(frozen=True, slots=True)
class _Large:
    """Groups above the cap, and those of keys that are frequent: their documents one group after the other."""

    members: I32
    counts: I32
    keys: U64

    @classmethod
    def of(cls, parts: Sequence[Part], documents: int) -> _Large:
        """All parts together. Raises InputError."""
        groups = _groups(together(parts, "large", np.int32), together(parts, "large_counts", np.int32), documents)
        keys = together(parts, "keys", np.uint64)
        check_fit(len(groups[1]) == len(keys))
        return cls(*groups, keys)

    def of_groups(self, chosen: NDArray[np.bool_]) -> _Large:
        """Some of the groups."""
        return _Large(self.members[np.repeat(chosen, self.counts)], self.counts[chosen], self.keys[chosen])

    def rows(self) -> tuple[U64, I64]:
        """A row for each holder of a key, ascending."""
        order = np.argsort(self.keys)
        counts = self.counts[order]
        places = np.repeat(offsets_of(self.counts)[order], counts) + within(counts)
        return np.repeat(self.keys[order], counts), self.members[places].astype(np.int64)


# --- stars ---------------------------------------------------------------------------------------------------------


def _stars_of(groups: _Large, sizes: I32, rank: I64, limits: Limits) -> tuple[U64, int]:
    """The star edges of large groups, and how many of these propose less than all of their documents."""
    counts, owners = groups.counts, groups.members
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


def _met(engine: Engine, parts: list[Part], stars: U64, asked: tuple[I32, Limits], stage: str) -> tuple[U64, I32]:
    """The pairs that meet in enough groups, or as edges of stars, ascending, and in how many."""
    resources, documents = engine.resources, len(asked[0])
    total = sum(len(column_in(part, "members", np.int32)) for part in parts) + 2 * len(stars)
    ranges = min(MOST, total * MEMBER // resources.share + 1)
    ends = np.linspace(0, documents, ranges + 1).astype(np.int64)

    def emit(source: int, sent: Targets) -> None:
        groups = _edges(stars) if source == len(parts) else _of_parts(parts[source : source + 1], documents)
        _send_later(*groups, ends, sent)

    def reduce(target: int, blocks: Sequence[Part], out: Out) -> None:
        groups = _of_parts(blocks, documents)
        _put_pairs(groups, (int(ends[target]), int(ends[target + 1])), asked, resources.share, out)

    def alone(_: int, out: Out) -> None:
        groups = _of_parts(parts, documents, _edges(stars))
        _put_pairs(groups, (0, documents), asked, resources.share, out)

    name = f"{stage}-met"
    met = engine.each(name, 1, alone) if ranges == 1 else engine.step(name, (len(parts) + 1, ranges), emit, reduce)
    codes, shared = together(met, "codes", np.uint64), together(met, "shared", np.int32)
    check_fit(len(codes) == len(shared) and are_numbers(codes >> np.uint64(32), documents))
    check_fit(are_numbers(codes & LOW, documents))
    return codes, shared


def _of_parts(parts: Sequence[Part], documents: int, more: tuple[I32, I32] = NO_GROUPS) -> tuple[I32, I32]:
    """The groups of some parts, and more after them: documents and counts. Raises InputError."""
    members, counts = (
        together(parts, name, np.int32, rest) for name, rest in zip(("members", "counts"), more, strict=True)
    )
    return _groups(members, counts, documents)


def _groups(members: I32, counts: I32, documents: int) -> tuple[I32, I32]:
    """Documents of groups and their counts. Raises InputError if they are something else."""
    check_fit(counts.min(initial=0) >= 0 and int(counts.sum(dtype=np.int64)) == len(members))
    check_fit(are_numbers(members, documents))
    return members, counts


def _edges(stars: U64) -> tuple[I32, I32]:
    """Edges as groups of two: their documents, the smaller first, and the counts."""
    ends = np.empty((len(stars), 2), np.int32)
    ends[:, 0], ends[:, 1] = stars >> np.uint64(32), stars & LOW
    return ends.ravel(), np.full(len(stars), 2, np.int32)


def _send_later(members: I32, counts: I32, ends: I64, sent: Targets) -> None:
    """Send each range of documents the groups that one of its documents is in, from that one on; `members` ascend."""
    offsets = offsets_of(counts)
    number, target = owners_of(offsets), np.searchsorted(ends, members, side="right") - 1
    left = offsets[1:][number] - np.arange(len(members))
    firsts = np.flatnonzero(changes(number, target) & (left > 1))
    order, bounds = _dealt(target[firsts], len(ends) - 1)
    for each in range(len(ends) - 1):
        mine = firsts[order[bounds[each] : bounds[each + 1]]]
        lengths = left[mine]
        sent.append(each, "members", members[np.repeat(mine, lengths) + within(lengths)])
        sent.append(each, "counts", lengths.astype(np.int32))


def _put_pairs(
    groups: tuple[I32, I32], between: tuple[int, int], asked: tuple[I32, Limits], share: int, out: Out
) -> None:
    """Put out the pairs of some documents with later ones of which enough is asked, ascending, and what they share."""
    members, bounds, (sizes, limits) = groups[0], offsets_of(groups[1]), asked
    later, scratch = kernels.later(members, bounds, len(sizes)), (np.zeros(len(sizes), np.int32), limits.least(sizes))
    met = [(np.empty(0, np.uint64), np.empty(0, np.int32))]
    for begin, end in pairwise(_ranges(later, between, share // (2 * HELD))):
        holdings, most = kernels.holdings(members, bounds, later[begin : end + 1], begin)
        room, document = (np.empty(max(PORTION, most), np.uint64), np.empty(max(PORTION, most), np.int32)), begin
        while document < end:
            count, document = kernels.meetings(members, holdings, (begin, document), scratch, room)
            codes, shared = room[0][:count], room[1][:count]
            enough = limits.asked(shared, (sizes[codes >> np.uint64(32)], sizes[codes & LOW]))
            met.append((codes[enough], shared[enough]))
    codes, shared = (np.concatenate(column) for column in zip(*met, strict=True))
    order = np.argsort(codes)
    out.append("codes", codes[order])
    out.append("shared", shared[order])


def _ranges(later: I64, between: tuple[int, int], most: int) -> list[int]:
    """Where to part some documents so that those of a part have about `most` places in groups."""
    first, last = between
    ends = np.searchsorted(later, np.arange(int(later[first]) + most, int(later[last]), most)).tolist()
    return [first, *sorted({*ends} - {first, last}), last]
