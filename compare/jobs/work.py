"""The folder in which a work lasts: what it is of, so that nobody goes on with another's parts; and who is at it."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.files.atomic import writing
from compare.files.regular import UnreadableError, read_regular
from compare.files.remote import check_address, names_in, open_remote, status, writing_remote
from compare.files.temporary import alone, is_temporary, temporary_file, working_folder
from compare.index.schema import HASHES
from compare.pipeline.engines.base import Work
from compare.sources.spans import state_of
from compare.sources.walk import all_roots
from compare.version import __version__
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.jobs.dedup import Corpus
    from compare.pipeline.engines.base import Heard, Portion
    from compare.settings import Settings
    from compare.sources.walk import File

SCHEMA = "compare-work/1"
_RECORD = "work.json"
_MOST = 1 << 20


@dataclass(frozen=True, slots=True)
class Lasting:
    """Where a work is kept, and what of it is asked."""

    folder: Path | str
    """A folder, or an address (`files/remote.py`)."""
    portion: Portion | None = None
    """None: all that is not there yet, and the result."""


@contextmanager
def working(lasting: Lasting | None, size: int, record: dict[str, Any], heard: Heard) -> Iterator[Work]:
    """The work of an engine, in a folder of its own that goes, or in one that lasts. `record` says what it is of.

    Who asks for all of it is alone there: another one waits, but in an object store, which has no locks. Portions are
    made by any number at once.

    Raises:
        InputError: the folder is of another work, of none, or cannot be written.
    """
    if lasting is None:
        with working_folder() as folder:
            yield Work(folder, size, heard=heard)
        return
    work = Work(str(lasting.folder), size, lasts=True, portion=lasting.portion, heard=heard)
    if isinstance(lasting.folder, str):
        _begin_afar(lasting.folder, record)
        with working_folder() as beside:
            yield replace(work, beside=beside)
        return
    with writing(lasting.folder):
        lasting.folder.mkdir(parents=True, exist_ok=True)
        _begin(lasting.folder, record)
    with alone(lasting.folder, several=lasting.portion is not None):
        yield work


def check_work(folder: Path | str, corpus: Corpus) -> None:
    """Refuse a folder for a work where its files would be read as input, or stand among results. Raises InputError."""
    if isinstance(folder, str):
        _check_afar(folder, corpus)
        return
    if folder == Path():
        raise InputError("--work is empty or the current folder; name a folder of its own")
    place, output = folder.resolve(), corpus.output.resolve()
    for name in all_roots((*corpus.inputs, *corpus.against)):
        source = Path(name).resolve()
        if place.is_relative_to(source) or source.is_relative_to(place):
            raise InputError(f"--work {shown(folder)} and the input {shown(name)}: one lies in the other; name another")
    if corpus.output != Path() and (output.is_relative_to(place) or place.is_relative_to(output / "kept")):
        raise InputError(
            f"--work {shown(folder)} and --output {shown(corpus.output)}: one lies in the other; name another"
        )


def _check_afar(folder: str, corpus: Corpus) -> None:
    check_address(folder)
    for name in (*corpus.inputs, *corpus.against):
        if f"{folder}/".startswith(f"{name}/") or f"{name}/".startswith(f"{folder}/"):
            raise InputError(f"--work {shown(folder)} and the input {shown(name)}: one lies in the other; name another")


def record_of(corpus: Corpus, settings: Settings, files: Sequence[File]) -> dict[str, Any]:
    """What the parts of a work depend on."""
    keeping = asdict(corpus.keeping)
    keeping["drop"] = sorted(verdict.value for verdict in corpus.keeping.drop)
    return {
        "schema": SCHEMA,
        "version": f"compare {__version__}, hashes {HASHES}",
        "settings": {**settings.as_dict(), "memory": settings.memory},
        "fields": asdict(corpus.fields),
        "keeping": keeping,
        "against": sorted(corpus.against),
        "inputs": _state(files),
    }


def _state(files: Sequence[File]) -> dict[str, Any]:
    """How many files are read, how many bytes, and a digest of their names, sizes and times."""
    digest, size = hashlib.sha256(), 0
    for file in files:
        state = state_of(file)
        size += state[0]
        digest.update(json.dumps([file.id, *state]).encode())
    return {"files": len(files), "bytes": size, "digest": digest.hexdigest()}


def _begin(folder: Path, record: dict[str, Any]) -> None:
    """Say in a folder what it is of, or see that it says so already. Raises InputError."""
    is_empty = all(is_temporary(path.name) for path in folder.iterdir())  # before: another one may begin now
    present = _present(folder)
    if present is None:
        _check_empty(folder, is_empty=is_empty)
        _say(folder, _written(record))
        present = _present(folder)
    _check_same(folder, present, record)


def _begin_afar(folder: str, record: dict[str, Any]) -> None:
    """The same by an address, where the later one of two who begin at once is not kept out. Raises InputError."""
    path = f"{folder}/{_RECORD}"
    if status(path) is None:
        _check_empty(folder, is_empty=not names_in(folder))
        with writing_remote(path) as file:
            file.write(_written(record))
    with _reading_record(folder), open_remote(path) as file:
        present = json.loads(file.read_at(0, _MOST))
    _check_same(folder, present, record)


def _check_empty(folder: Path | str, *, is_empty: bool) -> None:
    if not is_empty:
        raise InputError(f"--work {shown(folder)} is not empty, and holds no work of compare; name another folder")


def _written(record: dict[str, Any]) -> bytes:
    return json.dumps(record, indent=1).encode()


def _check_same(folder: Path | str, present: Any, record: dict[str, Any]) -> None:  # noqa: ANN401  # whatever it says
    """Raises InputError where a folder is of another work."""
    wanted = json.loads(_written(record))
    if present != wanted:
        line = f"--work {shown(folder)} was begun with other {_difference(present, wanted)}"
        raise InputError(f"{line}; give what it was begun with, name another folder, or remove this one")


def _say(folder: Path, content: bytes) -> None:
    """Write what a folder is of, unless another process was faster. Raises OSError."""
    with temporary_file(folder) as temporary:
        temporary.write_bytes(content)
        try:
            os.link(temporary, folder / _RECORD)
        except OSError:  # a file system without links, or it is there
            if not os.path.lexists(folder / _RECORD):
                temporary.replace(folder / _RECORD)


def _present(folder: Path) -> Any:  # noqa: ANN401  # whatever stands there
    """What a folder says that it is of; None if it says nothing."""
    path = folder / _RECORD
    with _reading_record(folder):
        return json.loads(read_regular(str(path), _MOST, follow=True)) if os.path.lexists(path) else None


@contextmanager
def _reading_record(folder: Path | str) -> Iterator[None]:
    try:
        yield
    except (UnreadableError, OSError, ValueError, RecursionError) as error:
        raise InputError(f"--work {shown(folder)}: {_RECORD} cannot be read; remove the folder") from error


def _difference(present: Any, wanted: dict[str, Any]) -> str:  # noqa: ANN401  # likewise
    """In what two records differ first, in words."""
    for name, value in wanted.items():
        old = present.get(name) if isinstance(present, dict) else None
        if old == value:
            continue
        if isinstance(value, dict) and isinstance(old, dict) and name != "inputs":
            key = next(key for key in [*value, *old] if old.get(key) != value.get(key))
            return f"{name}: {key} was {shown(str(old.get(key)))[:80]}, is {shown(str(value.get(key)))[:80]}"
        if name == "inputs" and isinstance(old, dict):
            files = [f"{state.get('files')} files of {state.get('bytes')} bytes" for state in (old, value)]
            return f"inputs: {files[0]}, now {files[1]}" + (", or written since" if files[0] == files[1] else "")
        return name
    return "contents"
