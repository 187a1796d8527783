"""`kept/`, written in the parts in which the inputs were read, by whoever makes parts: texts go by no other way.

Where parts are made one after the other, each writes into the files themselves. Else each writes pieces, which the
process that has the work makes the files of: a file that was read as a whole is moved, of one that was read in several
parts the others are added to the first.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
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
from compare.pipeline.saved import as_noted, documents_in, strings_of
from compare.sources.keep import Job, Kept, Known, is_copy, kept_of, targets_of, write_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from compare.files.staging import Staging
    from compare.jobs.inputs import Inputs
    from compare.pipeline.engines.base import Engine, Out, Part
    from compare.sources.fields import Reading
    from compare.sources.spans import Span

    Flags = NDArray[np.bool_]

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

    def pieces(self, number: int) -> list[tuple[int, Span]]:
        """The spans of a part that are written, each with its number."""
        return [(piece, span) for piece, span in enumerate(self.spans[number]) if span.file.path not in self.passed]

    def path(self, attempt: int, piece: int, span: Span) -> Path:
        """Where a span is written."""
        if isinstance(self.place, Pieces):
            return Path(self.place.path(attempt, piece))
        return Path(self.place, span.file.target)

    def job(self, number: int) -> Job:
        """What is known of the documents of a part."""
        first, stop = self.firsts[number : number + 2].tolist()
        part, falls = self.read[number], self.falls[first:stop]
        with as_noted():
            lines = list(lines_in(self.spans[number], part, (0, stop - first), self.reading))
        placed = {at.file.shown: at.fallen(falls) for at in lines}
        skipped = {skip.path for skip in noted(part)[0]}
        fallen = frozenset[str]()
        if sum(at.count for at in lines) < stop - first:  # the others are told by their ids
            ids = strings_of([part], "ids")
            fallen = frozenset(ids[row] for row in np.flatnonzero(falls).tolist())
        return Job(lambda id_: id_ not in fallen, self.reading, Known(skipped, placed))


@dataclass(frozen=True, slots=True)
class Places:
    """Where parts write the files of a job, and who makes them."""

    engine: Engine
    staged: Staging
    pieces: Pieces | None
    """None where parts are made one after the other: each writes into the files themselves."""


@contextmanager
def writing_parts(engine: Engine, output: Path) -> Iterator[Places]:
    """A place to write the files of a folder, as `staging` is one. Raises InputError."""
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
    firsts = offsets_of(np.array([documents_in([part]) for part in inputs.read_parts], np.int64))
    place = places.pieces or str(staged.inside / folder.relative_to(staged.folder))
    passed = frozenset(file.path for file in inputs.work.files if file.path not in targets)
    work = _Work(inputs.parts, inputs.read_parts, firsts, falls, inputs.reading, str(folder), place, passed)
    counts = _gathered(work, places.engine.do("keep", len(inputs), partial(_write_part, work)), targets)
    gone = [target for file, target in pairs if counts[file.path] == _GONE]
    return kept_of(pairs, [None if (count := counts[file.path]) < 0 else count for file, _ in pairs], staged), gone


def _write_part(work: _Work, number: int, out: Out) -> None:
    """The verb: write what stays of a part, and note what `_written` says of each of its files."""
    with work.place.attempt() if isinstance(work.place, Pieces) else nullcontext(0) as attempt:
        job = work.job(number)
        counts = [_written(work, span, work.path(attempt, piece, span), job) for piece, span in work.pieces(number)]
    out.note("attempt", attempt)
    out.note("counts", counts)


def _written(work: _Work, span: Span, path: Path, job: Job) -> int:
    """Write what stays of a span: how much of it was not compared; or `_NOTHING`, or `_GONE`."""
    count = write_span(span, path, job)
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
