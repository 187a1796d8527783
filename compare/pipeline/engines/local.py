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
from compare.pipeline.engines.base import Column, Limits, Measured, Proposals, Resources, Result, Row, Rows, Stage
from compare.pipeline.engines.meeting import code_of, pairs_of, proposals
from compare.pipeline.engines.stages import DiskStage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    I32 = NDArray[np.int32]

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

    def pairs_from_buckets(self, rows: Rows, rank: I64, limits: Limits) -> Proposals:
        """Pairs of documents that share a key at least once."""
        once = replace(limits, min_shared=1, min_share=0.0, falling=False)
        return proposals(rows, rank, once, self.resources)

    def pairs_from_fingerprints(self, rows: Rows, rank: I64, limits: Limits) -> Proposals:
        """Pairs that share enough keys."""
        return proposals(rows, rank, limits, self.resources)

    def distinct(self, *pairs: I64) -> I64:
        """The union of some arrays of pairs."""
        return pairs_of(np.unique(np.concatenate([code_of(part[:, 0], part[:, 1]) for part in pairs])))

    def join(self, tokens: Column, bounds: I64, pairs: I64, verb: Callable[[U64, I64, I64], Measured]) -> Measured:
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


def _blocks(bounds: I64, tokens: int) -> I64:
    """The first document of each block: int64[blocks], ascending from 0.

    One block if there are at most so many tokens, else blocks of half as many, since two are in memory at a time.
    """
    number = bounds[:-1] // max(tokens // 2, 1) if bounds[-1] > tokens else np.zeros(len(bounds) - 1, np.int64)
    return np.flatnonzero(np.concatenate([np.ones(min(1, len(number)), bool), number[1:] != number[:-1]]))


def _gathered(tokens: Column, bounds: I64, pairs: I64) -> tuple[U64, I64, I64]:
    """The tokens of the documents of some pairs as a column with offsets, and the pairs by their place in it."""
    wanted = np.zeros(len(bounds) - 1, bool)
    wanted[pairs] = True
    column, offsets, numbers = tokens.rows(bounds, np.flatnonzero(wanted))
    place = np.empty(len(wanted), np.int64)
    place[numbers] = np.arange(len(numbers))
    return column, offsets, place[pairs]


engine = LocalEngine
"""What `choose.py` calls."""
