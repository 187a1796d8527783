"""Write the kept part of the inputs, each in its own format and byte for byte, below an output folder."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compare.atomic import replacing, temporary_beside, write_atomically
from compare.errors import InputError
from compare.model import Document
from compare.names import shown
from compare.sources.csvtable import NoTableError
from compare.sources.decode import NotTextError
from compare.sources.files import article
from compare.sources.jsonlines import json_ids
from compare.sources.parquet import copy_rows, parquet_rows
from compare.sources.regular import UnreadableError, open_regular
from compare.sources.tables import is_json_lines, is_parquet, is_table, line_table, table_mark
from compare.sources.walk import File, plan
from compare.staging import Staging, staging

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from os import PathLike

    from compare.sources.fields import Reading

Keep = Callable[[str], bool]


def write_kept(
    paths: Sequence[str | PathLike[str]],
    kept: Keep | AbstractSet[str],
    output: Path,
    reading: Reading,
    skipped: AbstractSet[str] | None = None,
) -> list[Path]:
    """Read the inputs again and write the documents whose ids are kept; the paths of the files written.

    `skipped` are the paths of what was skipped in reading, where that is known: JSON lines need not be judged again
    then, only their ids are read (half the time).

    A table becomes a table of its name, a folder a folder of its name; what was skipped in reading is not written.
    A copy that an earlier run made of a file that is now dropped is removed, if it is still equal to that file.
    What stands below `output` is no input. All is written before the first file takes its place.

    Raises:
        InputError: a file cannot be written, or would overwrite an input.
    """
    with staging(output) as staged:
        written, gone = stage_kept((paths, kept), staged, output, reading, skipped)
        staged.place((), gone)
    return written


def stage_kept(
    wanted: tuple[Sequence[str | PathLike[str]], Keep | AbstractSet[str]],
    staged: Staging,
    output: Path,
    reading: Reading,
    skipped: AbstractSet[str] | None = None,
) -> tuple[list[Path], list[Path]]:
    """Write what `write_kept` does where it waits to be put in place: what it will be, and what is to be removed then.

    `wanted` are the paths and the kept ids. Nothing of `output` changes. Raises InputError as `write_kept` does.
    """
    paths, kept = wanted
    keep = kept if callable(kept) else kept.__contains__
    pairs = _targets(plan(paths).files, output)
    job = _Job(keep, reading, skipped)
    written = [_write(file, staged.path(target), job) for file, target in pairs]
    left = [(file, target) for (file, target), done in zip(pairs, written, strict=True) if not done]
    gone = [target for file, target in left if not is_table(file) and _is_copy(file, target, reading)]
    return [target for (_, target), done in zip(pairs, written, strict=True) if done], gone


@dataclass(frozen=True, slots=True)
class _Job:
    keep: Keep
    reading: Reading
    skipped: AbstractSet[str] | None


def _targets(files: Sequence[File], output: Path) -> list[tuple[File, Path]]:
    """Where each input goes, checked before anything is written."""
    pairs = [(file, output / file.target) for file in files if not _is_output(file, output.resolve())]
    for file, target in pairs:
        if output.resolve() == Path(file.root).resolve() or target.resolve() == Path(file.path).resolve():
            raise InputError(f"{shown(file.path)}: would be overwritten by what is kept; give another output folder")
    return pairs


def _is_output(file: File, output: Path) -> bool:
    """Whether the file was found below an output folder that stands inside the input folder."""
    inside = output.is_relative_to(Path(file.root).resolve()) and output != Path(file.root).resolve()
    return inside and Path(file.path).parent.resolve().is_relative_to(output)


def _write(file: File, target: Path, job: _Job) -> bool:
    """Whether something was written."""
    try:
        if is_parquet(file):
            return _write_parquet(file, target, job)
        if is_json_lines(file) and job.skipped is not None:
            return _write_known(file, target, job, job.skipped)
        if is_table(file):
            return _write_lines(file, target, job)
        return _write_article(file, target, job)
    except (UnreadableError, NotTextError, NoTableError):
        return False  # reading said so


def _write_article(file: File, target: Path, job: _Job) -> bool:
    if not job.keep(file.id):
        return False
    write_atomically(target, article(file, job.reading)[0])
    return True


def _is_copy(file: File, target: Path, reading: Reading) -> bool:
    """Whether an earlier run copied a file that now falls: the copy is to be removed."""
    with suppress(UnreadableError, NotTextError):
        return target.is_file() and target.read_bytes() == article(file, reading)[0]
    return False


def _write_known(file: File, target: Path, job: _Job, skipped: AbstractSet[str]) -> bool:
    """JSON lines of which it is known which ones are no documents."""
    lost = {path for path in skipped if path.startswith(f"{file.shown}:")}
    with open_regular(file.path, follow=file.named) as stream:
        mark = table_mark(stream)
        with replacing(target) as out:
            out.write(mark)
            for number, id_, line in json_ids(stream, file, job.reading):
                if (not lost or f"{file.shown}:{number}" not in lost) and job.keep(id_):
                    out.write(line)
    return True


def _write_lines(file: File, target: Path, job: _Job) -> bool:
    with open_regular(file.path, follow=file.named) as stream:
        table = line_table(stream, file, job.reading)
        with replacing(target) as out:
            out.write(table.header)
            for item, _, raw in table.rows:
                if isinstance(item, Document) and job.keep(item.id):
                    out.write(raw)
    return True


def _write_parquet(file: File, target: Path, job: _Job) -> bool:
    numbers, number = [], 0
    for number, (item, _, _) in enumerate(parquet_rows(file, job.reading), 1):
        if isinstance(item, Document) and job.keep(item.id):
            numbers.append(number)
    if not numbers:
        return False
    with temporary_beside(target) as temporary:
        copy_rows(file, numbers, temporary, job.reading)
        temporary.replace(target)
    return True
