"""What is common: shingles that many documents hold which are otherwise unlike, counted by the low bits of shingles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.kernels.columns import changes
from compare.pipeline.candidates import common_limit
from compare.pipeline.collection import portions, tokens_of
from compare.pipeline.relations.dealt import deal, rows_sent, targets_for
from compare.pipeline.saved import values_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.pipeline.candidates import Likeness
    from compare.pipeline.collection import Collection
    from compare.pipeline.engines.base import Engine, Out, Part, Targets
    from compare.settings import Settings

    U64 = NDArray[np.uint64]
    I32 = NDArray[np.int32]
    I64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Common:
    """Shingles that stand in many documents that are otherwise unlike."""

    shingles: U64
    """Ascending."""
    holders: I64
    """The documents that may hold some of them, ascending."""
    likeness: Likeness
    """What they were judged by."""


def find_common(collection: Collection, likeness: Likeness, engine: Engine, settings: Settings) -> Common:
    """Shingles around hot fingerprints that more than the limit of unlike groups hold; and house style."""
    if len(likeness.holders) == 0:
        return Common(collection.house, likeness.holders, likeness)
    held, groups = portions(likeness.holders), likeness.groups
    around = partial(_around, collection.unnamed, hot=likeness.hot, groups=groups, settings=settings)
    limit = common_limit(collection.size, settings)
    targets = targets_for(int(collection.lengths[likeness.holders].sum()), engine.resources)

    def emit(source: int, sent: Targets) -> None:
        deal(*around(held[source]), targets, sent)

    def reduce(_target: int, blocks: Sequence[Part], out: Out) -> None:
        rows = [rows_sent(block, len(groups)) for block in blocks if "keys" in block.columns]
        out.append("common", in_many(rows, limit))

    def alone(_: int, out: Out) -> None:
        out.append("common", in_many(list(map(around, held)), limit))

    many = (
        engine.each("common", 1, alone) if targets == 1 else engine.step("common", (len(held), targets), emit, reduce)
    )
    shingles = np.union1d(values_of(many, "common", np.uint64), collection.house)
    return Common(shingles, likeness.holders, likeness)


def _around(collection: Collection, documents: I64, *, hot: U64, groups: I32, settings: Settings) -> tuple[U64, I32]:
    """The shingles of some documents around hot fingerprints, each with the document's group."""
    tokens, offsets = tokens_of(collection, documents)
    shingled, offsets = kernels.around(*kernels.shingles(tokens, offsets, settings.shingle), hot, settings.window)
    return shingled, np.repeat(groups[documents], np.diff(offsets))


def in_many(portions: Sequence[tuple[U64, I32]], limit: int) -> U64:
    """Keys that stand in more than `limit` different groups, ascending: rows of keys, each with the group's number."""
    members, counts, shared = kernels.groups([*portions], limit)[2:]
    number = np.repeat(np.arange(len(counts)), counts)
    different = np.bincount(number[changes(number, members)], minlength=len(counts))
    return np.sort(shared[different > limit])
