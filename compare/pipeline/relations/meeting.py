"""Documents that share keys: groups of whole keys, stars of large ones, and the pairs that meet in enough groups.

    rows of (key, document)   by the low bits of keys     →  groups: the documents of each key that several have
    groups, edges of stars    by ranges of documents      →  pairs that meet in enough of them

Each arrow is a step of an engine, in as many parts as memory asks for.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.kernels.columns import PORTION, changes, leaders, offsets_of, owners_of, within
from compare.pipeline.relations.dealt import MOST, deal, dealt, rows_sent, targets_for
from compare.pipeline.relations.edges import LOW, code_of, pairs_of
from compare.pipeline.relations.held import Held, KeyGroups, held_in, is_grouped
from compare.pipeline.relations.limits import Limits, Proposals
from compare.pipeline.saved import are_numbers, as_noted, check_fit, column_in, together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Engine, Out, Part, Targets
    from compare.pipeline.relations.limits import Rows

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    I32 = NDArray[np.int32]
    Flags = NDArray[np.bool_]

FEW = 4
"""Targets up to which each reads all rows, and takes its own: where that goes through no network."""
SOURCES = 64
"""Parts in which rows are sent on, at the most: each makes a file a target."""
MEMBER, HELD = 12, 8
"""Bytes of memory that a document of a group takes at the most, and its place where it is counted."""


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
    parts = _grouped(engine, rows, len(rank), limits, stage)
    return pairs_of_groups(engine, parts, (rows.sizes(len(rank)), rank), limits, stage)


def pairs_of_groups(
    engine: Engine, parts: Sequence[Part], known: tuple[I32, I64], limits: Limits, stage: str
) -> Proposals:
    """Pairs of documents that share enough of the keys of which `put_groups` has put out the groups, in parts.

    Known of each document are how many keys it has, and its rank.
    """
    sizes, rank = known
    held = held_in(parts, len(rank), min(limits.cap, limits.ceiling))
    stars = _stars(engine, held, known, limits, stage)
    left_out = sum(_noted(part, "left_out") for part in stars)
    starred = sum(_noted(part, "stars") for part in parts) - left_out
    codes, shared = _met(engine, [*parts, *stars], (sizes, limits), stage)
    frequent = replace(held, least=limits.frequent)
    return Proposals(pairs_of(codes), shared.astype(np.int64), frequent, left_out, starred)


def _noted(part: Part, name: str) -> int:
    with as_noted():
        return int(part.facts[name])


# --- groups of one key ---------------------------------------------------------------------------------------------


def _grouped(engine: Engine, rows: Rows, documents: int, limits: Limits, stage: str) -> list[Part]:
    """The groups of keys, in parts by the low bits of these: winnowed keys are minima, with uneven high bits.

    Of each part: `members`, the documents of groups up to the cap, one after the other, and their `counts`; `large`,
    the same of groups that are larger or frequent, with their `keys`; and the documents with keys above the ceiling.
    """
    targets = targets_for(len(rows), engine.resources)
    sources = rows.split(min(len(rows) // PORTION + 1, SOURCES))

    def emit(source: int, sent: Targets) -> None:
        for keys, owners in sources[source].portions():
            deal(keys, owners, targets, sent)

    def reduce(_target: int, blocks: Sequence[Part], out: Out) -> None:
        _put_groups([rows_sent(block, documents) for block in blocks if "keys" in block.columns], limits, out)

    def alone(target: int, out: Out) -> None:
        _put_groups(list(_with_low(rows, targets, target)), limits, out)

    if targets <= (FEW if engine.resources.apart == 1 else 1):  # to read them again takes less than to send them on
        return engine.each(stage, targets, alone)
    return engine.step(stage, (len(sources), targets), emit, reduce)


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
    members, counts, large, large_counts, keys = kernels.groups(portions, _most_listed(limits))
    put_groups((members, counts), KeyGroups(keys, large_counts, large.copy()), limits, out)  # they outlive the others


def _most_listed(limits: Limits) -> int:
    """Holders up to which nothing of a key is asked but the pairs that it proposes."""
    return min(limits.cap, limits.ceiling, limits.frequent)


def put_groups(small: tuple[I32, I32], large: KeyGroups, limits: Limits, out: Out) -> None:
    """Put out groups: small ones as documents and counts, and large ones, of which more may be asked."""
    members, counts = small
    few = large.where(large.counts <= min(limits.cap, limits.ceiling))
    out.append("members", members)
    out.append("members", few.members)
    out.append("counts", counts)
    out.append("counts", few.counts)
    out.append("large", large.members)
    out.append("large_counts", large.counts)
    out.append("keys", large.keys)
    out.note("stars", len(large.keys) - len(few.keys))
    above = np.bincount(large.where(large.counts > limits.ceiling).members)
    documents = np.flatnonzero(above)
    out.append("above", documents.astype(np.int32))
    out.append("above_counts", above[documents].astype(np.int32))


def put_all_groups(groups: KeyGroups, limits: Limits, out: Out) -> None:
    """The same of groups of any size: what one document holds alone is nothing."""
    is_large = groups.counts > _most_listed(limits)
    small = groups.where((groups.counts > 1) & ~is_large)
    put_groups((small.members, small.counts), groups.where(is_large & (groups.counts > 1)), limits, out)


# --- stars ---------------------------------------------------------------------------------------------------------


def _stars(engine: Engine, held: Held, known: tuple[I32, I64], limits: Limits, stage: str) -> list[Part]:
    """The star edges of large groups as groups of two; and how many of these are left out, if only in part."""
    if not any(_noted(part, "stars") for part in held.parts):
        return []
    rank, whole = known[1], _mostly_above(held.parts, known[0], limits)

    def verb(groups: KeyGroups, out: Out) -> None:
        number, owners = groups.numbers, groups.members
        chosen = (groups.counts <= limits.ceiling)[number] | whole[owners]
        out.note("left_out", len(np.unique(number[~chosen])))
        edges = _edges(_edges_of(number[chosen], owners[chosen], rank))
        out.append("members", edges[0])
        out.append("counts", edges[1])

    return held.each(engine, f"{stage}-stars", verb)


def _mostly_above(parts: Sequence[Part], sizes: I32, limits: Limits) -> Flags:
    """Which documents have so many keys above the ceiling that they are copies, and no holders of boilerplate: bool[n].

    Raises InputError if parts have put out something else.
    """
    above = np.zeros(len(sizes), np.int32)
    for part in parts:
        documents, counts = (together([part], name, np.int32) for name in ("above", "above_counts"))
        check_fit(len(documents) == len(counts) and are_numbers(documents, len(sizes)))
        above[documents] += counts
    return np.asarray(above / np.maximum(sizes, 1) >= limits.whole_share)


def _edges_of(number: I64, owners: I32, rank: I64) -> U64:
    """For each group: its first document (by rank) with every other, and each with the one before."""
    order = np.argsort(number << 32 | rank[owners])
    number, owners = number[order], owners[order]
    start = changes(number)
    centre = owners[leaders(start)]
    later = ~start[1:] & ~start[:-1]  # the second member's edge to the one before it is its edge to the centre
    return np.concatenate([code_of(centre[~start], owners[~start]), code_of(owners[:-1][later], owners[1:][later])])


# --- pairs ---------------------------------------------------------------------------------------------------------


def _met(engine: Engine, parts: list[Part], asked: tuple[I32, Limits], stage: str) -> tuple[U64, I32]:
    """The pairs that meet in enough groups, edges of stars among these, ascending, and in how many."""
    resources, documents = engine.resources, len(asked[0])
    total = sum(len(column_in(part, "members", np.int32)) for part in parts)
    ranges = min(MOST, total * MEMBER // resources.share + 1)
    ends = np.linspace(0, documents, ranges + 1).astype(np.int64)

    def emit(source: int, sent: Targets) -> None:
        _send_later(*_of_parts(parts[source : source + 1], documents), ends, sent)

    def reduce(target: int, blocks: Sequence[Part], out: Out) -> None:
        groups = _of_parts(blocks, documents)
        _put_pairs(groups, (int(ends[target]), int(ends[target + 1])), asked, resources.share, out)

    def alone(_: int, out: Out) -> None:
        _put_pairs(_of_parts(parts, documents), (0, documents), asked, resources.share, out)

    name = f"{stage}-met"
    met = engine.each(name, 1, alone) if ranges == 1 else engine.step(name, (len(parts), ranges), emit, reduce)
    codes, shared = together(met, "codes", np.uint64), together(met, "shared", np.int32)
    check_fit(len(codes) == len(shared) and are_numbers(codes >> np.uint64(32), documents))
    check_fit(are_numbers(codes & LOW, documents))
    return codes, shared


def _of_parts(parts: Sequence[Part], documents: int) -> tuple[I32, I32]:
    """The groups of some parts: documents and counts. Raises InputError if they are something else."""
    members, counts = (together(parts, name, np.int32) for name in ("members", "counts"))
    check_fit(is_grouped(members, counts, documents))
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
    order, bounds = dealt(target[firsts], len(ends) - 1)
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
