"""Keys that many documents hold, which stay in the parts where they were put out: those of one key all in one part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from compare.kernels.columns import changes, offsets_of, owners_of, within
from compare.pipeline.engines.base import Part
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.saved import are_numbers, check_fit, column_in, column_of, together

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Engine, Out

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    I32 = NDArray[np.int32]
    Flags = NDArray[np.bool_]

HOLDER = 32
"""Bytes of memory that a holder takes at the most where it is looked at."""


@dataclass(frozen=True)
class KeyGroups:
    """Some keys, and the documents of each: those of one key, ascending, after those of the key before."""

    keys: U64
    counts: I32
    members: I32

    @cached_property
    def numbers(self) -> I64:
        """The group of each member."""
        return owners_of(offsets_of(self.counts))

    def where(self, chosen: Flags) -> KeyGroups:
        """Some of the groups."""
        if chosen.all():
            return self
        return KeyGroups(self.keys[chosen], self.counts[chosen], self.members[np.repeat(chosen, self.counts)])

    def of(self, documents: Flags) -> KeyGroups:
        """The groups with some documents alone: bool[n]. One may be left without any."""
        here = documents[self.members]
        return KeyGroups(self.keys, self._counted(here), self.members[here])

    def with_any(self, documents: Flags) -> Flags:
        """Which groups have one of some documents: bool[n]."""
        return self._counted(documents[self.members]) > 0

    def labelled(self, labels: I32) -> KeyGroups:
        """The groups with the labels of their documents (int32[n]) in place of these, each once."""
        codes = np.sort(self.numbers << 32 | labels[self.members])
        codes = codes[changes(codes)]
        counts = np.bincount(codes >> 32, minlength=len(self.keys))
        return KeyGroups(self.keys, counts.astype(np.int32), (codes & 0xFFFFFFFF).astype(np.int32))

    def _counted(self, members: Flags) -> I32:
        return np.bincount(self.numbers[members], minlength=len(self.keys)).astype(np.int32)


def documents_of(groups: KeyGroups, documents: int) -> I32:
    """All documents of some groups of a collection of so many, each once, ascending."""
    here = np.zeros(documents, bool)
    here[groups.members] = True
    return np.flatnonzero(here).astype(np.int32)


def all_groups(parts: Sequence[Part], documents: int) -> KeyGroups:
    """The groups that parts put out as `large`. Raises InputError if they are something else."""
    columns = (together(parts, name, dtype) for name, dtype in _COLUMNS)
    groups = KeyGroups(*columns)
    check_fit(len(groups.keys) == len(groups.counts) and is_grouped(groups.members, groups.counts, documents))
    return groups


def held_in(parts: Sequence[Part], documents: int, least: int) -> Held:
    """The large groups of some parts, of which nothing else is kept."""
    kept = (*_COLUMNS, ("above", np.int32), ("above_counts", np.int32))
    return Held(
        tuple(Part({name: column_in(part, name, dtype) for name, dtype in kept}, part.facts) for part in parts),
        documents,
        least,
    )


_COLUMNS = ("keys", np.uint64), ("large_counts", np.int32), ("large", np.int32)


def is_grouped(members: I32, counts: I32, documents: int) -> bool:
    """Whether these are documents of groups, of a collection of so many, and the counts of these."""
    is_whole = counts.min(initial=0) >= 0 and int(counts.sum(dtype=np.int64)) == len(members)
    return is_whole and are_numbers(members, documents)


@dataclass(frozen=True, slots=True)
class Held:
    """Keys with many holders, in parts."""

    parts: tuple[Part, ...]
    documents: int
    """Of the collection."""
    least: int
    """Only keys with more holders than this are meant; others may stand in the parts, too."""
    only: Flags | None = None
    """bool[n]: the only documents that are meant; None: all of them."""

    def of(self, documents: Flags) -> Held:
        """The same keys with some documents alone: bool[n]."""
        return replace(self, only=documents)

    def groups(self, *parts: Part) -> KeyGroups:
        """What stands in some of the parts. Raises InputError if it is something else."""
        groups = all_groups(parts, self.documents)
        groups = groups.where(groups.counts > self.least)
        return groups if self.only is None else groups.of(self.only)

    def each(self, engine: Engine, stage: str, verb: Callable[[KeyGroups, Out], None]) -> list[Part]:
        """What a verb makes of the groups of each part; of all at once, in this process, where they fit in a share."""
        parts, held = self.parts, self
        if not len(self):
            return []
        if len(self) * HOLDER > engine.resources.share:
            return engine.each(stage, len(parts), lambda part, out: verb(held.groups(parts[part]), out))
        return MemoryEngine(engine.resources).each(stage, 1, lambda _, out: verb(held.groups(*parts), out))

    def rows(self) -> tuple[U64, I64]:
        """A row for each holder of each key, in memory: by key, then by holder."""
        groups = self.groups(*self.parts)
        order = np.argsort(groups.keys)
        counts = groups.counts[order]
        places = np.repeat(offsets_of(groups.counts)[order], counts) + within(counts)
        return np.repeat(groups.keys[order], counts), groups.members[places].astype(np.int64)

    def __len__(self) -> int:
        """How many holders stand in the parts. Raises InputError."""
        keys, counts, holders = (len(column_of(self.parts, name, dtype)) for name, dtype in _COLUMNS)
        check_fit(keys == counts <= holders)
        return holders
