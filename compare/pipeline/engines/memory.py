"""The engine of small corpora: parts one after the other, in this process, columns in memory while they are small."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from compare.ending import room_for
from compare.pipeline.engines.base import Emit, Out, Part, Reduce, Resources, Result, Row, Verb, Work
from compare.pipeline.engines.columns import Scratch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

THREAD = 32 << 20
"""Bytes of addresses that a thread should have: its stack (8 MB as a rule), and what it works on."""


class MemoryEngine:
    """Runs everything in this process, kernels on several threads (they let go of the interpreter's lock)."""

    def __init__(self, resources: Resources | None = None) -> None:
        self.resources = resources or Resources()
        self._scratch: WeakSet[Scratch] = WeakSet()  # what nobody has any more is gone

    def each(self, stage: str, parts: int, verb: Verb) -> list[Part]:
        """What a verb makes of each part."""
        self.resources.heard(stage, 0, 0)
        outs = [_Out(self, stage, parts) for _ in range(parts)]
        for part, out in enumerate(outs):
            verb(part, out)
        return [Part(out.columns, out.facts) for out in outs]

    def do(self, stage: str, parts: int, verb: Verb) -> list[Part]:
        """The same: nothing of another run is here."""
        return self.each(stage, parts, verb)

    def step(self, stage: str, halves: tuple[int, int], emit: Emit, reduce: Reduce) -> list[Part]:
        """What is made of what was sent to each target."""
        sources, targets = halves
        self.resources.heard(stage, 0, 0)
        blocks = [[_Out(self, stage, sources * targets) for _ in range(sources)] for _ in range(targets)]
        for source in range(sources):
            emit(source, _Sent([blocks[target][source] for target in range(targets)]))

        def verb(target: int, out: Out) -> None:
            reduce(target, [Part(block.columns, block.facts) for block in blocks[target]], out)
            for block in blocks[target]:
                block.close()

        return self.each(stage, targets, verb)

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

    def scratch(self, name: str, parts: int = 1) -> Scratch:
        """A new, empty column, one of so many of that name."""
        share = 8 if name == "fingerprints" else 32  # all of these are read at once, of others what pairs ask for
        column = Scratch(self.resources.memory // (share * parts))
        self._scratch.add(column)
        return column

    def close(self) -> None:
        """Remove everything."""
        for column in self._scratch:
            column.close()
        self._scratch.clear()


class _Out:
    """Keeps what a verb makes in columns of the engine."""

    def __init__(self, engine: MemoryEngine, stage: str, parts: int) -> None:
        self.engine, self.stage, self.parts = engine, stage, parts
        self.columns: dict[str, Scratch] = {}
        self.facts: dict[str, Any] = {}

    def append(self, name: str, values: NDArray[Any]) -> None:
        """Add values at the end of a column."""
        if name not in self.columns:
            self.columns[name] = self.engine.scratch(name, self.parts)
        self.columns[name].append(values)

    def note(self, name: str, fact: Any) -> None:  # noqa: ANN401  # as in `Out`
        """Put a fact beside the columns."""
        self.facts[name] = fact

    def tell(self, steps: int, size: int = 0) -> None:
        """Tell who watches."""
        self.engine.resources.heard(self.stage, steps, size)

    def close(self) -> None:
        """Give the memory back."""
        for column in self.columns.values():
            column.close()


class _Sent:
    """Sends columns of a source to its blocks, one a target."""

    def __init__(self, blocks: list[_Out]) -> None:
        self.blocks = blocks

    def append(self, target: int, name: str, values: NDArray[Any]) -> None:
        """Add values at the end of a target's column."""
        self.blocks[target].append(name, values)


def engine(resources: Resources, _work: Work) -> MemoryEngine:
    """What `choose.py` calls."""
    return MemoryEngine(resources)
