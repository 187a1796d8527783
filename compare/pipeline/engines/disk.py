"""The engine of large corpora: each part is saved in files, and parts are made by several processes.

    FOLDER/000-sketch/00012/tokens.uint32      a column: raw numbers
                            part.json          how many there are, and what was noted; written last
    FOLDER/001-fingerprints-sent/…             what sources send, until all targets have made theirs of it

A part is made under another name and moved: it is there as a whole, or not at all.
"""

# Names stay strings: a part is opened often, and a path would be made for each.
# ruff: noqa: PTH208, PTH102, PTH103, PTH104, PTH112, PTH110, PTH118, PTH116, PTH119, PTH120, PTH123

from __future__ import annotations

import json
import os
import re
import shutil
import stat
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from compare.errors import InputError
from compare.pipeline.engines.base import Emit, Out, Part, Portion, Reduce, Resources, Verb, Work
from compare.pipeline.engines.columns import Joined, SavedColumn, Stretch
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.engines.processes import CAN_FORK, in_processes
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from numpy.typing import NDArray

    from compare.pipeline.engines.processes import Tell

TRIES = 3
"""How often a part is begun whose process is killed."""
BESIDE = 2
"""Parts that are made at the same time where there are processors for it."""
_FACTS = "part.json"
_MOST_FACTS = 1 << 30
_TYPES = frozenset({"uint8", "int8", "bool", "int32", "uint32", "int64", "uint64", "float64"})
_HALF = re.compile(r"[0-9]{5}\.[0-9]+")
_COLUMN = re.compile(r"[a-z_.]{1,40}")


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
        self._columns: list[SavedColumn] = []

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
        shutil.rmtree(sending.folder, ignore_errors=True)
        return result

    def do(self, stage: str, parts: int, verb: Verb) -> list[Part]:
        """What a verb notes of each part; nothing of it is left. Raises PortionDone: no portions are made of this."""
        if self.portion:
            raise PortionDone(self.portion, 0, 0)
        folder = self._next(stage)
        for name in os.listdir(self.folder):  # of runs that were killed
            if name.startswith(f"{os.path.basename(folder)}."):
                shutil.rmtree(os.path.join(self.folder, name), ignore_errors=True)
        work = Stage(stage, f"{folder}.{_nobodys()}", parts)
        try:
            return self._stage(work, verb)
        finally:
            shutil.rmtree(work.folder, ignore_errors=True)

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
            os.makedirs(stage.folder, exist_ok=True)
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
            missing = [part for part in missing if not os.path.exists(stage.path(part))]
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
        try:
            record = _record(path)
            columns = {name: _column(path, name, *shape) for name, shape in record["columns"].items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise InputError(
                f"{shown(path)}: is not what was saved there; remove the folder {shown(self.folder)}"
            ) from error
        self._columns += columns.values()
        return Part(columns, SavedFacts(path, record["facts"]))


def engine(resources: Resources, work: Work) -> DiskEngine:
    """What `choose.py` calls."""
    return DiskEngine(resources, work.folder, work.portion, lasts=work.lasts)


class Stage(NamedTuple):
    """Where the parts of a stage are saved."""

    name: str
    folder: str
    parts: int

    def path(self, part: int) -> str:
        """Where a part is saved."""
        return os.path.join(self.folder, f"{part:05}")

    def tidy(self) -> None:
        """Remove what killed processes have left half made."""
        for name in os.listdir(self.folder):
            if _HALF.fullmatch(name):
                shutil.rmtree(os.path.join(self.folder, name), ignore_errors=True)

    def missing(self) -> list[int]:
        """The parts that are not there."""
        return [part for part in range(self.parts) if not os.path.exists(self.path(part))]


def made(stage: Stage, part: int, verb: Verb, tell: Tell) -> None:
    """Save what a verb makes of a part. Raises InputError, and what the verb raises."""
    with _SavedOut(stage.path(part), tell) as out:
        verb(part, out)


class SavedFacts(Mapping[str, Any]):
    """What is noted beside the columns of a part: another process reads it itself, when it looks."""

    def __init__(self, path: str, facts: dict[str, Any] | None = None) -> None:
        self._path, self._facts = path, facts

    def _all(self) -> dict[str, Any]:
        """All of it. Raises InputError if it is not there any more."""
        if self._facts is None:
            try:
                self._facts = _record(self._path)["facts"]
            except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
                raise InputError(f"{shown(self._path)}: is not what was saved there") from error
        return self._facts

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  # as in `Out`
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __reduce__(self) -> tuple[type[SavedFacts], tuple[str]]:
        """Where it is saved."""
        return SavedFacts, (self._path,)


def _nobodys() -> int:
    """A number that no other process has, on this machine or another."""
    return int.from_bytes(os.urandom(7), "big")


def _record(path: str) -> dict[str, Any]:
    """What stands beside the columns of a part. Raises OSError and ValueError."""
    name = os.path.join(path, _FACTS)
    if _size(name) > _MOST_FACTS:
        raise ValueError
    with open(name, "rb") as file:
        record = json.loads(file.read())
    if not (isinstance(record["columns"], dict) and isinstance(record["facts"], dict)):
        raise TypeError
    return record  # type: ignore[no-any-return]  # checked


def _column(path: str, name: str, type_name: str, count: int) -> SavedColumn:
    """A column of a part. Raises ValueError and OSError."""
    if not _COLUMN.fullmatch(name) or type_name not in _TYPES or type(count) is not int:
        raise ValueError(name)
    file, dtype = os.path.join(path, f"{name}.{type_name}"), np.dtype(type_name)
    if _size(file) != count * dtype.itemsize:
        raise ValueError(name)
    return SavedColumn(file, dtype, count)


def _size(path: str) -> int:
    """Bytes of a file, which is one, so that nobody waits for it. Raises OSError and ValueError."""
    status = os.stat(path)
    if not stat.S_ISREG(status.st_mode):
        raise ValueError(path)
    return status.st_size


@contextmanager
def writing_in(folder: str) -> Iterator[None]:
    """Say where it is that cannot be written. Raises InputError in place of OSError."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{shown(folder)}: cannot be written: {error.strerror or error}") from error


class _SavedOut:
    """Writes what a verb makes below another name; the part takes its place when all is well."""

    def __init__(self, path: str, tell: Tell) -> None:
        self.path, self.folder, self._tell = path, os.path.dirname(path), tell
        self.inside = f"{path}.{_nobodys()}"
        self._files: dict[str, tuple[IO[bytes], str]] = {}
        self._facts: dict[str, Any] = {}

    def append(self, name: str, values: NDArray[Any]) -> None:
        """Add values at the end of a column. Raises InputError: the disk is full."""
        if name not in self._files:
            type_name = values.dtype.name
            with writing_in(self.folder):
                self._files[name] = open(os.path.join(self.inside, f"{name}.{type_name}"), "wb"), type_name  # noqa: SIM115
        with writing_in(self.folder):
            self._files[name][0].write(np.ascontiguousarray(values).data)

    def note(self, name: str, fact: Any) -> None:  # noqa: ANN401  # as in `Out`
        """Put a fact beside the columns."""
        self._facts[name] = fact

    def tell(self, steps: int, size: int = 0) -> None:
        """Tell who watches."""
        self._tell(steps, size)

    def __enter__(self) -> Out:
        with writing_in(self.folder):
            os.mkdir(self.inside)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with writing_in(self.folder), ExitStack() as stack:
            stack.callback(shutil.rmtree, self.inside, ignore_errors=True)
            columns = {name: (type_name, self._finished(name)) for name, (_, type_name) in self._files.items()}
            if kind is None:
                with open(os.path.join(self.inside, _FACTS), "w", encoding="ascii") as file:
                    json.dump({"columns": columns, "facts": self._facts}, file)
                _move(self.inside, self.path)

    def _finished(self, name: str) -> int:
        """Close the file of a column; how many values it has."""
        file, type_name = self._files[name]
        with file:
            return file.tell() // np.dtype(type_name).itemsize


def _move(inside: str, path: str) -> None:
    """Put a part in its place, unless another process was faster, with the same."""
    try:
        os.rename(inside, path)
    except OSError:
        if not os.path.isdir(path):
            raise


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
