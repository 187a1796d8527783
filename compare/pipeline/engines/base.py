"""Where a job runs: two verbs over parts that last. Everything else is a function that never sees an engine's insides.

    each   a part of the work, by its number, to columns and a few facts
    step   the same in two halves: columns of each source go to targets, each target makes something of all of its own
    do     as `each`, of verbs that write files: none stands for what an earlier run did

What a part gives back is kept until the engine is closed, or longer. A verb may run twice, in another process, and
gives the same each time; what was half written is as if it had never been. So a part that was lost is made again, a run
that was killed goes on where it was, and parts of one stage may run on many machines. Stages are numbered in the order
in which they are asked for, which is the same in each run.

One conformance suite (`tests/pipeline/engines/`) runs on every engine and asks for identical results.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from compare.pipeline.engines.columns import all_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from compare.pipeline.engines.columns import Column, Scratch

    Values = NDArray[Any]

Row = TypeVar("Row")
Result = TypeVar("Result")

Heard = Callable[[str, int, int], None]
"""Is told the name of a stage as it begins, and then of how much more is done: steps, and bytes that were read."""


class Out(Protocol):
    """Where a verb puts what it makes of a part."""

    def append(self, name: str, values: Values) -> None:
        """Add values at the end of a column, all of one type and in one dimension. Raises OSError: the disk is full."""

    def note(self, name: str, fact: Any) -> None:  # noqa: ANN401  # whatever JSON can hold
        """Put a fact beside the columns: numbers, texts, and lists and dicts of them."""

    def tell(self, steps: int, size: int = 0) -> None:
        """So much more is done, and so many bytes are read, for those who watch."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a verb made of a part: in memory, or where it is saved."""

    columns: Mapping[str, Column]
    facts: Mapping[str, Any]

    def all(self, name: str) -> Values:
        """All values of a column."""
        return all_of(self.columns[name])


Verb = Callable[[int, Out], None]
Emit = Callable[[int, "Targets"], None]
Reduce = Callable[[int, "Sequence[Part]", Out], None]


class Targets(Protocol):
    """Where the first half of a step puts what it sends on."""

    def append(self, target: int, name: str, values: Values) -> None:
        """Add values at the end of a target's column."""


class Engine(Protocol):
    """The seam between what is computed and where."""

    resources: Resources

    def each(self, stage: str, parts: int, verb: Verb) -> list[Part]:
        """What `verb(part, out)` makes of each of so many parts, by their numbers."""

    def do(self, stage: str, parts: int, verb: Verb) -> list[Part]:
        """The same of verbs that write elsewhere, and note facts alone: each is called, whatever an earlier run did."""

    def step(self, stage: str, halves: tuple[int, int], emit: Emit, reduce: Reduce) -> list[Part]:
        """What `reduce(target, columns, out)` makes of what `emit(source, targets)` sent to each target.

        `halves` are the numbers of sources and of targets; a target's columns stand in the order of the sources.
        """

    def map(self, verb: Callable[[Row], Result], batches: Iterable[Row]) -> Iterator[Result]:
        """`verb` over each batch in this process, results in the order of the batches."""

    def scratch(self, name: str) -> Scratch:
        """A new, empty column of this process alone, which goes when nobody has it, or the engine is closed."""

    def close(self) -> None:
        """Remove everything that was saved and is not to last."""


def nobody(_stage: str, _steps: int, _size: int) -> None:
    """Hears nothing."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What an engine may use."""

    workers: int = 1
    memory: int = 256 << 20
    """About the bytes that all of the process is to take."""
    heard: Heard = field(default=nobody)
    """Who watches."""
    beside: int = 1
    """Parts that may be made at the same time. It decides how work is parted, so it is not the number of workers."""
    apart: int = 1
    """Machines that they are made on, each of which has so much memory; as above, not the number that there are."""
    patience: int = 0
    """Seconds for which a file that another of these has written may not be seen here."""

    @property
    def share(self) -> int:
        """Bytes that a part may take: as much is for what all parts know, and for what nobody counts."""
        return self.memory * self.apart // (3 * self.beside)


class Portion(NamedTuple):
    """Some parts of a step, for those who run it on many machines."""

    step: str
    number: int
    """Of the portion, from 1 ..."""
    of: int
    """... to this."""
    later: frozenset[str] = frozenset()
    """Steps that come after it: where one of them is next, there was nothing to do."""

    def parts(self, count: int) -> range:
        """Those of so many parts."""
        return range(self.number - 1, count, self.of)


@dataclass(frozen=True, slots=True)
class Work:
    """What is known of the work that an engine is for."""

    folder: str = ""
    """Where parts may be saved, by a path or an address; empty: nowhere, so all is done in memory."""
    size: int = 0
    """About the bytes of texts that are read."""
    lasts: bool = False
    """Whether parts are to be there when the engine is closed."""
    portion: Portion | None = None
    """The parts that are asked for; None: all that there are."""
    master: str = ""
    """The cluster that is asked for, by its address; empty: the one that this program was started for, or none."""
    heard: Heard = field(default=nobody)
    """Who watches."""
    beside: str = ""
    """Where else files may be saved while it is done: a folder of this machine; empty: in the same folder."""
