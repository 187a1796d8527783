"""Write the kept part of the inputs, each in its own format and byte for byte, below an output folder."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from shutil import copyfileobj
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from compare.errors import InputError
from compare.files.packed import BUFFER, Packing, damage_of, open_unpacked, packed, packing_in
from compare.files.real import RealPaths, is_below
from compare.files.regular import UnreadableError, open_regular, state_in
from compare.files.staging import Staging, staging
from compare.model import Document, Skipped
from compare.sources.columns import changed
from compare.sources.decode import NotTextError, byte_order_mark
from compare.sources.files import article
from compare.sources.kinds import FileKind, kind_of
from compare.sources.saved import STATE, restate
from compare.sources.spans import Span
from compare.sources.tables.jsonlines import json_ids
from compare.sources.tables.read import LineTable, line_table
from compare.sources.tables.rows import NoTableError
from compare.sources.types import is_article
from compare.sources.walk import File, plan
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from os import PathLike
    from pathlib import Path

    from compare.sources.fields import Reading

Keep = Callable[[str], bool]


class Kept(NamedTuple):
    """What was written."""

    files: list[Path]
    uncompared: int
    """Rows and files among it that are no documents: without text, or not read."""


def write_kept(
    paths: Sequence[str | PathLike[str]],
    kept: Keep | AbstractSet[str],
    output: Path,
    reading: Reading,
    skipped: AbstractSet[str] | None = None,
) -> Kept:
    """Read the inputs again and write all of them but the documents whose ids are not kept, byte for byte.

    What is no document, since it has no text or could not be read, falls for nothing: it is written as it stands. So is
    a whole file that could not be read as what it is, if it can be opened, and is an article or a table by its name or
    was named itself. A row over the limit takes no more memory than the limit.

    A table becomes a table of its name, a folder a folder of its name.
    A copy that an earlier run made of a file that is now dropped is removed, if it is still equal to that file.
    What stands below `output` is no input. All is written before the first file takes its place.

    `skipped` are the paths of what was skipped in reading, where that is known: JSON lines and articles need not be
    judged again then (half the time).

    Raises:
        InputError: a file cannot be written, or would overwrite an input.
    """
    with staging(output) as staged:
        known = None if skipped is None else Known(skipped)
        written, gone = stage_kept((paths, kept), staged, output, reading, known)
        staged.place((), gone)
    return written


def stage_kept(
    wanted: tuple[Sequence[str | PathLike[str]], Keep | AbstractSet[str]],
    staged: Staging,
    output: Path,
    reading: Reading,
    known: Known | None = None,
) -> tuple[Kept, list[Path]]:
    """Write what `write_kept` does where it waits to be put in place: what it will be, and what is to be removed then.

    `wanted` are the paths and the kept ids. Nothing of `output` changes. Raises InputError as `write_kept` does.
    """
    paths, kept = wanted
    keep = kept if callable(kept) else kept.__contains__
    pairs = targets_of(plan(paths).files, output)
    job = Job(keep, reading, known)
    counts = [write_span(Span(file), staged.path(target), job) for file, target in pairs]
    left = [pair for pair, count in zip(pairs, counts, strict=True) if count is None]
    gone = [target for file, target in left if is_copy(file, target, reading)]
    return kept_of(pairs, counts, staged), gone


def kept_of(pairs: Sequence[tuple[File, Path]], counts: Sequence[int | None], staged: Staging) -> Kept:
    """What was written of files and where they go, by what `write_span` said of each; saved data sets are restated."""
    for (file, target), count in zip(pairs, counts, strict=True):
        if target.name == STATE and count is not None:
            restate(file, staged.path(target))
    files = [target for (_, target), count in zip(pairs, counts, strict=True) if count is not None]
    return Kept(files, sum(filter(None, counts)))


class Known(NamedTuple):
    """What reading knows of files, so that they need not be read again."""

    skipped: AbstractSet[str]
    """The paths of what was skipped."""
    fallen: Mapping[str, tuple[Sequence[tuple[int, int]], tuple[int, int]]] = {}
    """By a file's `shown`: from and to which byte the rows stand that fall, ascending, and `regular.state_in`."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is known of what stays."""

    keep: Keep
    reading: Reading
    known: Known | None


def targets_of(files: Sequence[File], output: Path) -> list[tuple[File, Path]]:
    """Where each input goes, checked before anything is written."""
    real, place = RealPaths(), os.path.realpath(output)
    pairs = [(file, output / file.target) for file in files if not _is_output(file, place, real)]
    for file, target in pairs:
        if place == real.folder(file.root) or real.file(str(target)) == real.file(file.path):
            raise InputError(f"{shown(file.path)}: would be overwritten by what is kept; give another output folder")
    return pairs


def _is_output(file: File, output: str, real: RealPaths) -> bool:
    """Whether the file was found below an output folder that stands inside the input folder."""
    return is_below(output, real.folder(file.root)) and is_below(real.folder_of(file.path), output, itself=True)


def write_span(span: Span, target: Path, job: Job, at: int = 0) -> int | None:
    """Write what stays of a file; or of some lines of one, of which places are known, from a byte of a new file on.

    How much of it was not compared, or None if nothing was written. Raises InputError, OSError.
    """
    try:
        if job.known and span.file.shown in job.known.fallen:
            return _write_without(span, job.known, (target, at))
        if span.is_whole:
            return _write(span.file, target, job)
    except UnreadableError:
        if span.is_whole:
            return None  # reading said so
    raise changed(span.file)


def _write(file: File, target: Path, job: Job) -> int | None:
    """Write what stays of a file. Raises UnreadableError."""
    kind = kind_of(file, job.reading)
    try:
        if kind is FileKind.ARTICLE:
            return _write_article(file, target, job)
        if kind is FileKind.CACHE:
            return None
        if kind.is_columnar:
            return _write_columns(file, kind, target, job)
        return _write_text(file, kind, target, job)
    except NoTableError:
        copy_file(file, target)
        return 1


def _write_article(file: File, target: Path, job: Job) -> int | None:
    if not file.named and not is_article(file.path):
        return None
    was_read = _is_text(file, job.reading) if job.known is None else file.shown not in job.known.skipped
    if was_read and not job.keep(file.id):
        return None
    copy_file(file, target)
    return int(not was_read)


def _is_text(file: File, reading: Reading) -> bool:
    try:
        article(file, reading)
    except (UnreadableError, NotTextError):
        return False
    return True


def copy_file(file: File, target: Path) -> None:
    """Copy a file as it stands. Raises UnreadableError."""
    with open_regular(file.path, follow=file.named) as stream, target.open("wb") as out:
        copyfileobj(stream, out)


def is_copy(file: File, target: Path, reading: Reading) -> bool:
    """Whether an earlier run copied a file that now falls: the copy is to be removed."""
    with suppress(UnreadableError, NotTextError):
        return target.is_file() and target.read_bytes() == article(file, reading)[0]
    return False


def _write_text(file: File, kind: FileKind, target: Path, job: Job) -> int:
    """What stays of a table of text, compressed as it was; where nothing falls or it is damaged, the file as it is."""
    with open_unpacked(file.path, follow=file.named) as stream:
        packing = packing_in(stream)
        counts = _write_plain(stream, (file, kind, packing), target, job)
        damage = damage_of(stream)
    if packing and (damage or not counts.fallen):
        copy_file(file, target)
    return counts.uncompared + bool(damage)


class _Counts(NamedTuple):
    """What became of the rows of a table."""

    uncompared: int
    fallen: int


def _write_plain(stream: BinaryIO, what: tuple[File, FileKind, Packing | None], target: Path, job: Job) -> _Counts:
    file, kind, packing = what
    mark, encoding = byte_order_mark(stream.read(4))
    with packed(target, packing) as out:
        if kind is FileKind.LINES and job.known and encoding in {"", "utf-8"}:
            stream.seek(len(mark))
            out.write(mark)
            return _write_known(json_ids(stream, file, job.reading), out, job, _lines(file, job.known.skipped))
        stream.seek(0)
        return _write_rows(line_table(stream, file, kind, job.reading), out, job)


def _lines(file: File, skipped: AbstractSet[str]) -> set[int]:
    """The numbers of a file's rows that were skipped."""
    start = f"{file.shown}:"
    ends = (path.removeprefix(start) for path in skipped if path.startswith(start))
    return {int(end) for end in ends if end.isdecimal()}


def _write_without(span: Span, known: Known, place: tuple[Path, int]) -> int:
    """All bytes of lines but those of the rows that fall. Raises InputError if the file is not what it was."""
    file, (target, at) = span.file, place
    fallen, state = known.fallen[file.shown]
    with open_regular(file.path, follow=file.named) as stream:
        if state_in(stream) == state:
            with open(target, "wb", BUFFER, opener=_as_it_is) as out:  # others write other bytes of it
                out.seek(at)
                begins = [span.start, *(stop for _, stop in fallen)]
                ends = [*(start for start, _ in fallen), state[0] if span.stop < 0 else span.stop]
                for start, stop in zip(begins, ends, strict=True):
                    _copy_part(stream, start, stop, out)
        if state_in(stream) != state:
            raise changed(file)
    return len(_lines(file, known.skipped))


def _as_it_is(path: str, flags: int) -> int:
    """Open a file without emptying it, for `open`."""
    return os.open(path, flags & ~os.O_TRUNC, 0o666)


def _copy_part(stream: BinaryIO, start: int, stop: int, out: BinaryIO) -> None:
    """Copy the bytes from one place to another. A step over a row stays in the stream's buffer."""
    stream.seek(start)
    while start < stop and (part := stream.read(min(stop - start, BUFFER))):
        out.write(part)
        start += len(part)


def _write_known(lines: Iterable[tuple[int, str, bytes]], out: BinaryIO, job: Job, skipped: set[int]) -> _Counts:
    """JSON lines of which it is known which ones are no documents."""
    fallen = 0
    for number, id_, line in lines:
        if not id_ or number in skipped or job.keep(id_):
            out.write(line)
        else:
            fallen += 1
    return _Counts(len(skipped), fallen)


def _write_rows(table: LineTable, out: BinaryIO, job: Job) -> _Counts:
    """The rows of a table of text; a separator stands only between rows."""
    uncompared, fallen, first = 0, 0, True
    out.write(table.mark + table.written(table.header))
    for item, _, raw in table.rows:
        if isinstance(item, Document) and not job.keep(item.id):
            fallen += 1
            continue
        uncompared += isinstance(item, Skipped) and bool(raw)
        out.write(table.written(raw.removeprefix(table.separator) if first else raw))
        first = False
    return _Counts(uncompared, fallen)


def _fallen(file: File, kind: FileKind, job: Job) -> tuple[array[int], int]:
    """The numbers of the rows that fall, and how many rows are no documents."""
    from compare.sources.tables.columnar import columnar_ids, columnar_rows  # noqa: PLC0415  # for few

    ids = columnar_ids(file, kind, job.reading) if job.known else None
    if job.known and ids is not None:
        skipped = _lines(file, job.known.skipped)
        numbers = (number for number, id_ in enumerate(ids, 1) if number not in skipped and not job.keep(id_))
        return array("q", numbers), len(skipped)
    fallen, uncompared = array("q"), 0
    for number, (item, _, _) in enumerate(columnar_rows(file, kind, job.reading), 1):
        if isinstance(item, Document) and not job.keep(item.id):
            fallen.append(number)
        uncompared += isinstance(item, Skipped)
    return fallen, uncompared


def _write_columns(file: File, kind: FileKind, target: Path, job: Job) -> int:
    from compare.sources.tables.columnar import copy_rows  # noqa: PLC0415  # likewise

    fallen, uncompared = _fallen(file, kind, job)
    if not fallen:
        copy_file(file, target)
        return uncompared
    with open_unpacked(file.path, follow=file.named) as stream:
        packing = packing_in(stream)
    with packed(target, packing) as out:
        copy_rows((file, kind), fallen, out)
    return uncompared
