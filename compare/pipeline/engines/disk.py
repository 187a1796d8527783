"""The engine of large corpora: each part is saved in files, and parts are made by several processes.

    FOLDER/000-sketch/00012/tokens.uint32      a column: raw numbers
                            part.json          how many there are, and what was noted; written last
    FOLDER/001-fingerprints-sent/…             what sources send, until all targets have made theirs of it

A part is made under another name and moved: it is there as a whole, or not at all.
"""

# ruff: noqa: PTH118  # names stay strings: they may be addresses

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.pipeline.engines.base import Emit, Out, Part, Portion, Reduce, Resources, Verb, Work
from compare.pipeline.engines.columns import Joined, Stretch
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.engines.parts import Stage, loaded, made, nobodys, writing_in
from compare.pipeline.engines.processes import CAN_FORK, in_processes
from compare.pipeline.engines.shelves import shelf_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.pipeline.engines.columns import Saved
    from compare.pipeline.engines.processes import Tell

TRIES = 3
"""How often a part is begun whose process is killed."""
BESIDE = 2
"""Parts that are made at the same time where there are processors for it."""


class PortionDone(Exception):  # noqa: N818  # what was asked for
    """The portion of a step is there, and nothing else is to be done."""

    def __init__(self, portion: Portion, made: int, parts: int) -> None:
        super().__init__(portion.step)
        self.portion, self.made, self.parts = portion, made, parts


class DiskEngine(MemoryEngine):
    """Saves parts in a folder."""

    def __init__(
        self, resources: Resources, folder: str, portion: Portion | None = None, *, lasts: bool = False
    ) -> None:
        super().__init__(replace(resources, beside=max(resources.beside, BESIDE)))
        self.folder, self.portion, self.lasts = folder, portion, lasts
        self._stages = 0
        self._columns: list[Saved] = []

    def each(self, stage: str, parts: int, verb: Verb) -> list[Part]:
        """What a verb makes of each part. Raises PortionDone, and InputError where a step before is not complete."""
        return self._stage(Stage(stage, self._next(stage), parts), verb)

    def step(self, stage: str, halves: tuple[int, int], emit: Emit, reduce: Reduce) -> list[Part]:
        """What is made of what was sent to each target; what was sent is removed when all have it."""
        sources, targets = halves
        folder = self._next(stage)
        work, sending = Stage(stage, folder, targets), Stage(f"{stage}-sent", f"{folder}-sent", sources)
        sent: list[Part] = []
        if work.missing() or (self.portion and self.portion.step == sending.name):
            sent = self._stage(sending, partial(_send, emit))
        result = self._stage(work, lambda target, out: reduce(target, [_sent(part, target) for part in sent], out))
        shelf_of(sending.folder).remove(sending.folder)
        return result

    def do(self, stage: str, parts: int, verb: Verb) -> list[Part]:
        """What a verb notes of each part; nothing of it is left. Raises PortionDone: no portions are made of this."""
        if self.portion:
            raise PortionDone(self.portion, 0, 0)
        folder = self._next(stage)
        shelf, before = shelf_of(folder), f"{folder}."
        for path in (os.path.join(self.folder, name) for name in shelf.names(self.folder)):
            if path.startswith(before):  # of a run that was killed
                shelf.remove(path)
        work = Stage(stage, f"{before}{nobodys()}", parts)
        try:
            return self._stage(work, verb)
        finally:
            shelf.remove(work.folder)

    def close(self) -> None:
        """Close all files. What is in the folder is whoever's that gave it."""
        for column in self._columns:
            column.close()
        self._columns.clear()
        super().close()

    def _next(self, stage: str) -> str:
        """The folder of the next stage."""
        self._stages += 1
        return os.path.join(self.folder, f"{self._stages - 1:03}-{stage}")

    def _stage(self, stage: Stage, verb: Verb) -> list[Part]:
        if stage.parts == 1 and not self.lasts:
            return super().each(stage.name, 1, verb)
        self.resources.heard(stage.name, 0, 0)
        asked = self.portion and self.portion.step == stage.name
        wanted = self.portion.parts(stage.parts) if self.portion and asked else range(stage.parts)
        missing = [part for part in stage.missing() if part in wanted]
        if self.portion and stage.name in self.portion.later:
            raise PortionDone(self.portion, 0, 0)
        if missing and self.portion and not asked:
            raise InputError(f"step {stage.name}: {len(missing)} of {stage.parts} parts are missing; make these first")
        with writing_in(stage.folder):
            shelf_of(stage.folder).begin(stage.folder)
        self._make(stage, missing, verb)
        if self.portion and asked:
            raise PortionDone(self.portion, len(missing), stage.parts)
        return [self._part(stage.path(part)) for part in range(stage.parts)]

    def _make(self, stage: Stage, missing: list[int], verb: Verb) -> None:
        """Make parts, in processes where there are several; what went wrong in one of them goes wrong here again."""
        heard = self.resources.heard

        def work(part: int, tell: Tell) -> None:
            made(stage, part, verb, tell)

        def tell(steps: int, size: int) -> None:
            heard(stage.name, steps, size)

        workers, killed = self.resources.workers, len(missing) > 1 and self.resources.workers > 1 and CAN_FORK
        for _ in range(TRIES if killed else 0):
            shares = [missing[number::workers] for number in range(min(workers, len(missing)))]
            killed = in_processes(work, shares, tell)
            missing = [part for part in stage.missing() if part in missing]
            if not killed:
                break
        if killed and missing:
            line = f"{len(missing)} of {stage.parts} parts were killed {TRIES} times; is memory short?"
            raise InputError(f"step {stage.name}: {line}")
        for part in missing:
            work(part, tell)
        if not self.portion:  # else others may be at work
            stage.tidy()

    def _part(self, path: str) -> Part:
        """A part as it is saved. Raises InputError if it is not what was saved."""
        columns, facts = loaded(path, self.folder)
        self._columns += columns.values()
        return Part(columns, facts)


def engine(resources: Resources, work: Work) -> DiskEngine:
    """What `choose.py` calls."""
    return DiskEngine(resources, work.folder, work.portion, lasts=work.lasts)


def _send(emit: Emit, source: int, out: Out) -> None:
    """The verb of the first half of a step."""
    sent = _Sent(out)
    emit(source, sent)
    out.note("places", sent.places)


class _Sent:
    """Sends columns to targets: all to one file of each column, with a note of what is whose.

    A file for each target took .3 ms to make, 2 of 20 CPU seconds of a million documents.
    """

    def __init__(self, out: Out) -> None:
        self.out = out
        self.filled = Counter[str]()
        self.places: dict[str, dict[str, list[tuple[int, int]]]] = {}

    def append(self, target: int, name: str, values: NDArray[Any]) -> None:
        """Add values at the end of a target's column."""
        start = self.filled[name]
        self.filled[name] += len(values)
        if len(values):
            self.places.setdefault(name, {}).setdefault(str(target), []).append((start, self.filled[name]))
        self.out.append(name, values)


def _sent(part: Part, target: int) -> Part:
    """What a source sent to a target. Raises InputError where that is not what was saved."""
    columns = {}
    try:
        for name, places in part.facts["places"].items():
            column = part.columns[name]
            pieces = [Stretch(column, start, stop) for start, stop in places.get(str(target), [])]
            if pieces:
                columns[name] = Joined(pieces, column.dtype)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise InputError("what was sent on in an earlier run is not what was saved; remove its folder") from error
    return Part(columns, {})
