"""The default engine: sorted NumPy arrays, threads (kernels let go of the interpreter's lock), disk for long columns.

Measured at 100,000 documents: the fingerprint join takes a fifth of what it takes as DuckDB SQL.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import numpy as np

from compare import kernels
from compare.ending import room_for
from compare.kernels.columns import PORTION, among, changes, leaders, offsets_of, places_among
from compare.pipeline.engines.base import Limits, Measured, Proposals, Resources, Result, Row, Stage
from compare.pipeline.engines.stages import DiskStage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    I32 = NDArray[np.int32]

LOW = np.uint64(0xFFFFFFFF)
"""The larger document of a pair that is one number, the smaller in the high 32 bits: 64-bit numbers sort fastest."""
THREAD = 32 << 20
"""Bytes of addresses that a thread should have: its stack (8 MB as a rule), and what it works on."""


class LocalEngine:
    """Runs everything in this process."""

    def __init__(self, resources: Resources | None = None) -> None:
        self.resources = resources or Resources()
        self._stages: dict[str, DiskStage] = {}

    def map(self, verb: Callable[[Row], Result], batches: Iterable[Row]) -> Iterator[Result]:
        """`verb` over each batch, results in order, at most one batch more than workers under way.

        Where threads cannot be had, one does the work: a thread that ends as it starts would be waited for for ever.
        """
        if self.resources.workers == 1 or not room_for(self.resources.workers * THREAD):
            yield from map(verb, batches)
            return
        waiting: deque[Future[Result]] = deque()
        with ThreadPoolExecutor(self.resources.workers) as pool:
            for batch in batches:
                waiting.append(pool.submit(verb, batch))
                if len(waiting) > self.resources.workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def stage(self, name: str) -> Stage:
        """A new, empty column under a name."""
        share = 4 if name == "fingerprints" else 16  # all of these are read at once, of others what pairs ask for
        self._stages[name] = DiskStage(self.resources.memory // share, self.resources.folder)
        return self._stages[name]

    def resume(self, name: str) -> Stage | None:
        """A column that was saved under a name, or none."""
        return self._stages.get(name)

    def pairs_from_buckets(self, keys: U64, owners: I32, rank: I64, limits: Limits) -> Proposals:
        """Pairs of documents that share a key at least once."""
        return _proposals(keys, owners, rank, replace(limits, min_shared=1, min_share=0.0, falling=False))

    def pairs_from_fingerprints(self, keys: U64, owners: I32, rank: I64, limits: Limits) -> Proposals:
        """Pairs that share enough keys."""
        return _proposals(keys, owners, rank, limits)

    def distinct(self, *pairs: I64) -> I64:
        """The union of some arrays of pairs."""
        return _pairs(_run_lengths(np.concatenate([_encode(part[:, 0], part[:, 1]) for part in pairs]))[0])

    def join(self, tokens: Stage, bounds: I64, pairs: I64, verb: Callable[[U64, I64, I64], Measured]) -> Measured:
        """`verb` with the tokens of both documents of each pair, two blocks of documents in memory at a time."""
        blocks = _blocks(bounds, self.resources.memory // 8)
        block = np.searchsorted(blocks, pairs, side="right") - 1
        # a pair of blocks as one number, in either order: each is read once, with all pairs that need it
        code = np.minimum(*block.T) * len(blocks) + np.maximum(*block.T)
        order = np.lexsort((pairs[:, 0] << 32 | pairs[:, 1], code))
        parts = np.split(order, np.flatnonzero(np.diff(code[order])) + 1)
        result: Measured | None = None
        for part in parts:
            rows = verb(*_gathered(tokens, bounds, pairs[part]))
            if result is None:
                result = cast("Measured", np.empty((len(pairs), *rows.shape[1:]), rows.dtype))
            result[part] = rows
        return cast("Measured", np.empty(0, np.int64)) if result is None else result

    def components(self, pairs: I64, count: int) -> I64:
        """The smallest number in each document's connected component."""
        return kernels.components(np.ascontiguousarray(pairs), count)

    def close(self) -> None:
        """Remove everything that was saved."""
        for stage in self._stages.values():
            stage.close()
        self._stages.clear()


def _proposals(keys: U64, owners: I32, rank: I64, limits: Limits) -> Proposals:
    sizes = np.bincount(owners, minlength=len(rank)).astype(np.int32)
    groups = _Groups(keys, owners, len(rank))
    members, bounds, starred, left_out = _meeting(groups, sizes, rank, limits)
    rows = _frequent(groups, keys, owners, limits)
    del groups  # 50 MB of 100,000 documents
    codes, shared = _met(members, bounds, sizes, limits)
    return Proposals(_pairs(codes), shared.astype(np.int64), *rows, left_out, starred)


class _Groups:
    """Rows of (key, owner), a number each: the key's high bits, then the owner; sorted, without keys of one owner.

    One plain sort of one column is three times faster than sorting an index. Two keys that agree in their high bits
    (of 100,000 documents about one case, of 300,000 four) are told apart before: all but one get bits of their own.
    """

    __slots__ = ("bits", "codes", "counts", "moved", "starts")

    def __init__(self, keys: U64, owners: I32, documents: int) -> None:
        self.bits = np.uint64(max(documents - 1, 1).bit_length())
        self.moved = _ambiguous(keys, self.bits)
        codes = keys >> self.bits
        if len(self.moved):
            places = np.flatnonzero(among(keys, self.moved))
            codes[places] = _unused(codes, len(self.moved))[np.searchsorted(self.moved, keys[places])]
        codes <<= self.bits
        codes |= _unsigned(owners)
        codes.sort()
        same = _same(codes, self.bits)
        repeated = np.zeros(len(codes), bool)
        repeated[1:] |= same
        repeated[:-1] |= same
        self.codes = codes[repeated]
        change = np.flatnonzero(~_same(self.codes, self.bits)) + 1
        self.starts = np.concatenate([np.zeros(min(1, len(self.codes)), np.int64), change])
        self.counts = np.diff(self.starts, append=len(self.codes))

    def owners(self, codes: U64) -> I32:
        """The document of each row."""
        return (codes & (np.uint64(1) << self.bits) - np.uint64(1)).astype(np.int32)


def _ambiguous(keys: U64, bits: np.uint64) -> U64:
    """Keys that have the high bits of a smaller one, ascending."""
    ordered = np.sort(keys)
    low, high = ordered[:-1], ordered[1:]
    return np.unique(high[_same(ordered, bits) & (low != high)])


def _unused(prefixes: U64, count: int) -> U64:
    """So many numbers that are no prefix, ascending."""
    end, numbers = count, np.empty(0, np.uint64)
    while len(numbers) < count:
        end *= 2
        numbers = np.setdiff1d(np.arange(end, dtype=np.uint64), prefixes[prefixes < end])
    return numbers[:count]


def _same(codes: U64, bits: np.uint64) -> NDArray[np.bool_]:
    """Whether each row's key is the next one's."""
    result = np.empty(max(len(codes) - 1, 0), bool)
    for start in range(0, len(result), PORTION):
        stop = min(start + PORTION, len(result))
        np.equal((codes[start:stop] ^ codes[start + 1 : stop + 1]) >> bits, 0, out=result[start:stop])
    return result


def _encode(a: NDArray[np.integer], b: NDArray[np.integer]) -> U64:
    """A pair as one number, the smaller first."""
    codes = np.minimum(a, b).astype(np.uint64)
    codes <<= np.uint64(32)
    codes |= _unsigned(np.maximum(a, b))
    return np.asarray(codes, np.uint64)


def _unsigned(numbers: NDArray[np.integer]) -> NDArray[np.unsignedinteger]:
    """The same bits: document numbers are never negative."""
    return numbers.view(np.uint32 if numbers.itemsize == 4 else np.uint64)  # noqa: PLR2004


def _pairs(codes: U64) -> I64:
    return np.stack([codes >> np.uint64(32), codes & LOW], axis=1).astype(np.int64)


def _run_lengths(codes: U64) -> tuple[U64, I32]:
    """The distinct codes ascending, and how often each stands. Sorts in place."""
    codes.sort()
    counts = np.empty(len(codes), np.int32)
    count = kernels.run_lengths(codes, counts)
    return codes[:count], counts[:count]


def _meeting(groups: _Groups, sizes: I32, rank: I64, limits: Limits) -> tuple[I32, I64, int, int]:
    """The documents of each group whose pairs count, and where each group begins; how many keys are stars, left out.

    Small groups are whole; of a larger one each edge of its star is a group of two.
    """
    counts = groups.counts
    in_stars, left_out = _in_stars(groups, sizes, limits)
    stars = _stars(groups, groups.codes[in_stars], rank)
    whole = counts <= min(limits.cap, limits.ceiling)
    members = groups.owners(groups.codes[np.repeat(whole, counts)])
    ends = np.stack([stars >> np.uint64(32), stars & LOW], axis=1).astype(np.int32)
    bounds = offsets_of(np.concatenate([counts[whole], np.full(len(stars), 2)]))
    return np.concatenate([members, ends.ravel()]), bounds, int(len(counts) - whole.sum()) - left_out, left_out


def _met(members: I32, bounds: I64, sizes: I32, limits: Limits) -> tuple[U64, I32]:
    """The pairs that meet in enough groups, ascending, and in how many: looked at some at a time."""
    holdings = kernels.holdings(members, bounds, len(sizes))
    met = np.concatenate([np.zeros(1, np.int64), np.cumsum(holdings[1], dtype=np.int64)])[holdings[2]]
    room = max(PORTION, int(np.diff(met).max(initial=0)))
    out = np.empty(room, np.uint64), np.empty(room, np.int32)
    counter, document = np.zeros(len(sizes), np.int32), 0
    parts = [(out[0][:0], out[1][:0])]
    while document < len(sizes):
        count, document = kernels.meetings(members, holdings, document, counter, out)
        codes, shared = out[0][:count], out[1][:count]
        asked = limits.asked(shared, (sizes[codes >> np.uint64(32)], sizes[codes & LOW]))
        parts.append((codes[asked], shared[asked]))
    codes, shared = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(codes)
    return codes[order], shared[order]


def _in_stars(groups: _Groups, sizes: I32, limits: Limits) -> tuple[NDArray[np.bool_], int]:
    """Which rows make star edges; how many keys have rows that neither do nor are in a clique."""
    counts = groups.counts
    rows = np.repeat((counts > limits.cap) & (counts <= limits.ceiling), counts)
    above = counts > limits.ceiling
    if not above.any():
        return rows, 0
    places = np.flatnonzero(np.repeat(above, counts))
    owners = groups.owners(groups.codes[places])
    share = np.bincount(owners, minlength=len(sizes)) / np.maximum(sizes, 1)
    whole = share[owners] >= limits.whole_share
    rows[places[whole]] = True
    number = np.repeat(np.arange(len(counts)), counts)[places[~whole]]
    return rows, len(np.unique(number))


def _stars(groups: _Groups, codes: U64, rank: I64) -> U64:
    """For each key: its first document (by rank) with every other, and each with the one before."""
    keys, owners = codes >> groups.bits, groups.owners(codes)
    order = np.lexsort((rank[owners], keys))
    keys, owners = keys[order], owners[order]
    start = changes(keys)
    centre = owners[leaders(start)]
    later = ~start[1:] & ~start[:-1]  # the second member's edge to the one before it is its edge to the centre
    return np.concatenate([_encode(centre[~start], owners[~start]), _encode(owners[:-1][later], owners[1:][later])])


def _frequent(groups: _Groups, keys: U64, owners: I32, limits: Limits) -> tuple[U64, I64]:
    """The rows of keys with more than `least` holders, ascending."""
    least = limits.frequent
    prefixes = groups.codes[groups.starts[groups.counts > least]] >> groups.bits
    prefixes = np.union1d(prefixes, groups.moved >> groups.bits) if len(groups.moved) else prefixes
    if len(prefixes) == 0:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    rows = places_among(keys, prefixes, groups.bits)
    keys, holders = keys[rows], owners[rows].astype(np.int64)
    order = np.lexsort((holders, keys))
    keys, holders = keys[order], holders[order]
    counts = np.unique(keys, return_counts=True)[1]
    many = np.repeat(counts > least, counts)
    return keys[many], holders[many]


def _blocks(bounds: I64, tokens: int) -> I64:
    """The first document of each block: int64[blocks], ascending from 0.

    One block if there are at most so many tokens, else blocks of half as many, since two are in memory at a time.
    """
    number = bounds[:-1] // max(tokens // 2, 1) if bounds[-1] > tokens else np.zeros(len(bounds) - 1, np.int64)
    return np.flatnonzero(np.concatenate([np.ones(min(1, len(number)), bool), number[1:] != number[:-1]]))


def _gathered(tokens: Stage, bounds: I64, pairs: I64) -> tuple[U64, I64, I64]:
    """The tokens of the documents of some pairs as a column with offsets, and the pairs by their place in it."""
    wanted = np.zeros(len(bounds) - 1, bool)
    wanted[pairs] = True
    column, offsets, numbers = tokens.rows(bounds, np.flatnonzero(wanted))
    place = np.empty(len(wanted), np.int64)
    place[numbers] = np.arange(len(numbers))
    return column, offsets, place[pairs]


engine = LocalEngine
"""What `choose.py` calls."""
