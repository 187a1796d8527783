"""`kept/`, written in the parts in which the inputs were read, by whoever makes parts: texts go by no other way.

On one machine each part writes into the files themselves: of one that was read in several parts the bytes that are its
own, whose place is known. On several, whose file system may know no such thing, each writes pieces, which become the
files: most are moved, those of a file that was read in several parts are added to the first.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from msgspec import convert

from compare.files.pieces import Pieces
from compare.files.staging import staging
from compare.files.temporary import temporary_folder
from compare.jobs.inputs import lines_in, noted
from compare.kernels.columns import offsets_of
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.saved import as_noted, documents_in, texts_of
from compare.sources.keep import Job, Kept, Known, is_copy, kept_of, targets_of, write_span
from compare.sources.spans import span_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from compare.files.staging import Staging
    from compare.jobs.inputs import Inputs
    from compare.pipeline.engines.base import Engine, Out, Part
    from compare.sources.fields import Reading
    from compare.sources.spans import Span

    Flags = NDArray[np.bool_]
    Placed = dict[str, tuple[Sequence[tuple[int, int]], tuple[int, int]]]

_NOTHING, _GONE = -1, -2
"""Of a file of which nothing is written; and one of which an earlier run's copy is to be removed."""


@dataclass(frozen=True, slots=True)
class _Work:
    """What those know who write a part."""

    spans: Sequence[Sequence[Span]]
    """Of each part."""
    read: Sequence[Part]
    """What was put out when it was read."""
    firsts: NDArray[np.int64]
    """How many documents stand before each part, and in all."""
    falls: Flags
    """Which of all documents fall."""
    reading: Reading
    output: str
    """Where `kept/` is to be."""
    place: str | Pieces
    """Where its files wait, or pieces of them."""
    passed: frozenset[str]
    """Names of files that stand in it, and are not written."""
    begins: Mapping[tuple[int, int], int]
    """Where in its file begins what a part writes of a span, by the numbers of both; those that are not here at 0."""

    def pieces(self, number: int) -> list[tuple[int, Span]]:
        """The spans of a part that are written, each with its number."""
        return [(piece, span) for piece, span in enumerate(self.spans[number]) if span.file.path not in self.passed]

    def path(self, attempt: int, piece: int, span: Span) -> Path:
        """Where a span is written."""
        if isinstance(self.place, Pieces):
            return Path(self.place.path(attempt, piece))
        return Path(self.place, span.file.target)

    def placed(self, number: int) -> tuple[Placed, int]:
        """Where the documents of a part stand that fall, of files that have places; and how many these hold."""
        first, stop = self.firsts[number : number + 2].tolist()
        with as_noted():
            lines = list(lines_in(self.spans[number], self.read[number], (0, stop - first), self.reading))
        falls = self.falls[first:stop]
        return {at.file.shown: at.fallen(falls) for at in lines}, sum(at.count for at in lines)

    def job(self, number: int) -> Job:
        """What is known of the documents of a part."""
        first, stop = self.firsts[number : number + 2].tolist()
        part, (placed, documents) = self.read[number], self.placed(number)
        fallen = frozenset[str]()
        if documents < stop - first:  # the others are told by their ids
            fallen = frozenset(texts_of([part], "ids").some(np.flatnonzero(self.falls[first:stop])))
        skipped = {skip.path for skip in noted(part)[0]}
        return Job(lambda id_: id_ not in fallen, self.reading, Known(skipped, placed))


@dataclass(frozen=True, slots=True)
class Places:
    """Where parts write the files of a job, and who makes them."""

    engine: Engine
    staged: Staging
    pieces: Pieces | None
    """Where these wait that are to be put together; None where nothing is made beside something else."""


@contextmanager
def writing_parts(engine: Engine, output: Path, *, alone: bool = False) -> Iterator[Places]:
    """A place to write the files of a folder, as `staging` is one; `alone`: which no other machine sees.

    Raises InputError.
    """
    engine = MemoryEngine(replace(engine.resources, beside=1)) if alone else engine
    resources = engine.resources
    with staging(output) as staged, ExitStack() as stack:
        pieces = None
        if resources.beside > 1:
            pieces = Pieces(str(stack.enter_context(temporary_folder(output)).absolute()), resources.patience)
        yield Places(engine, staged, pieces)


def stage_kept_parts(inputs: Inputs, falls: Flags, folder: Path, places: Places) -> tuple[Kept, list[Path]]:
    """Write what stays of the inputs where it waits to be put in place: what it will be, and what goes then.

    `falls` says of each document that was read whether it falls. The bytes are those of `sources.keep.write_kept`.

    Raises:
        InputError: a file is not what it was when it was read, or cannot be written.
    """
    inputs.check_unchanged()
    staged, pairs = places.staged, targets_of(inputs.work.files, folder)
    targets = {file.path: str(staged.path(target)) for file, target in pairs}
    work = _work_of(inputs, falls, folder, places, frozenset(targets))
    counts = _gathered(work, places.engine.do("keep", len(inputs), partial(_write_part, work)), targets)
    gone = [target for file, target in pairs if counts[file.path] == _GONE]
    return kept_of(pairs, [None if (count := counts[file.path]) < 0 else count for file, _ in pairs], staged), gone


def _work_of(inputs: Inputs, falls: Flags, folder: Path, places: Places, written: frozenset[str]) -> _Work:
    """What is known to those who write a part, given the names of the files that are written."""
    firsts = offsets_of(np.array([documents_in([part]) for part in inputs.read_parts], np.int64))
    passed = frozenset(file.path for file in inputs.work.files if file.path not in written)
    inside = str(places.staged.inside / folder.relative_to(places.staged.folder))
    work = _Work(
        inputs.parts, inputs.read_parts, firsts, falls, inputs.reading, str(folder.absolute()), inside, passed, {}
    )
    if places.pieces and places.engine.resources.apart > 1:
        return replace(work, place=places.pieces)
    return replace(work, begins=_begins(work))


def _begins(work: _Work) -> dict[tuple[int, int], int]:
    """Where what stays of each span begins in its file, of files that were read in several."""
    begins, ends = dict[tuple[int, int], int](), defaultdict[str, int](int)
    for number, spans in enumerate(work.spans):
        for piece, span in enumerate(spans):
            if span.is_whole:
                continue
            rows, _ = work.placed(number)[0].get(span.file.shown, ((), (0, 0)))
            begins[number, piece] = ends[span.file.path]
            ends[span.file.path] += span_size(span) - sum(stop - start for start, stop in rows)
    return begins


def _write_part(work: _Work, number: int, out: Out) -> None:
    """The verb: write what stays of a part, and note what `_written` says of each of its files."""
    with work.place.attempt() if isinstance(work.place, Pieces) else nullcontext(0) as attempt:
        job = work.job(number)
        counts = [_written(work, (number, piece), attempt, job) for piece, _ in work.pieces(number)]
    out.note("attempt", attempt)
    out.note("counts", counts)


def _written(work: _Work, place: tuple[int, int], attempt: int, job: Job) -> int:
    """Write what stays of a span, by the numbers of part and span: how much was not compared, `_NOTHING`, `_GONE`."""
    span = work.spans[place[0]][place[1]]
    count = write_span(span, work.path(attempt, place[1], span), job, work.begins.get(place, 0))
    if count is not None:
        return count
    return _GONE if is_copy(span.file, Path(work.output, span.file.target), work.reading) else _NOTHING


def _gathered(work: _Work, parts: Sequence[Part], targets: Mapping[str, str]) -> dict[str, int]:
    """Make the files of the pieces; what was said of each file. Raises InputError, OSError."""
    counts = dict[str, int]()
    for number, part in enumerate(parts):
        with as_noted():
            attempt, said = int(part.facts["attempt"]), convert(part.facts["counts"], list[int])
            pieces = list(zip(work.pieces(number), said, strict=True))
        for (piece, span), count in pieces:
            name = span.file.path
            counts[name] = counts.get(name, 0) + count
            if count >= 0 and isinstance(work.place, Pieces):
                work.place.put(work.place.path(attempt, piece), targets[name], begins=span.start == 0)
    return counts
