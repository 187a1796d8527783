"""Parts as they are saved: each made under another name, and then there as a whole, or not at all."""

# ruff: noqa: PTH118, PTH120  # names stay strings: a part is opened often, and they may be addresses

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from compare.errors import InputError
from compare.pipeline.engines.shelves import HALF, shelf_of
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Out, Verb
    from compare.pipeline.engines.columns import Saved
    from compare.pipeline.engines.processes import Tell

_TYPES = frozenset({"uint8", "int8", "bool", "int32", "uint32", "int64", "uint64", "float64"})
_COLUMN = re.compile(r"[a-z_.]{1,40}")


class Stage(NamedTuple):
    """Where the parts of a stage are saved."""

    name: str
    folder: str
    parts: int

    def path(self, part: int) -> str:
        """Where a part is saved."""
        return os.path.join(self.folder, _name(part))

    def has(self, part: int) -> bool:
        """Whether a part is there."""
        return shelf_of(self.folder).has(self.path(part))

    def missing(self) -> list[int]:
        """The parts that are not there."""
        present = shelf_of(self.folder).names(self.folder)
        return [part for part in range(self.parts) if _name(part) not in present]

    def tidy(self) -> None:
        """Remove what killed processes have left half made, where that can be told from what is there."""
        shelf = shelf_of(self.folder)
        for name in shelf.names(self.folder) if shelf.moves else ():
            if HALF.fullmatch(name):
                shelf.remove(os.path.join(self.folder, name))


def _name(part: int) -> str:
    return f"{part:05}"


def made(stage: Stage, part: int, verb: Verb, tell: Tell) -> None:
    """Save what a verb makes of a part. Raises InputError, and what the verb raises."""
    with _SavedOut(stage.path(part), tell) as out:
        verb(part, out)


def loaded(path: str, root: str) -> tuple[dict[str, Saved], SavedFacts]:
    """The columns of a part and its facts. Raises InputError if that is not what was saved: `root` is to be removed."""
    shelf = shelf_of(path)
    try:
        record, folder = shelf.record(path)
        facts = dict[str, Any](**record["facts"])
        sizes = shelf.sizes(folder, [f"{name}.{shape[0]}" for name, shape in record["columns"].items()])
        columns = {name: _column(folder, sizes, name, *shape) for name, shape in record["columns"].items()}
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise InputError(f"{shown(path)}: is not what was saved there; remove the folder {shown(root)}") from error
    return columns, SavedFacts(path, facts)


def _column(folder: str, sizes: dict[str, int], name: str, type_name: str, count: int) -> Saved:
    """A column of a part. Raises ValueError, and KeyError where it is no file."""
    if not _COLUMN.fullmatch(name) or type_name not in _TYPES or type(count) is not int:
        raise ValueError(name)
    file, dtype = f"{name}.{type_name}", np.dtype(type_name)
    if sizes[file] != count * dtype.itemsize:
        raise ValueError(name)
    return shelf_of(folder).column(os.path.join(folder, file), dtype, count)


class SavedFacts(Mapping[str, Any]):
    """What is noted beside the columns of a part: another process reads it itself, when it looks."""

    def __init__(self, path: str, facts: dict[str, Any] | None = None) -> None:
        self._path, self._facts = path, facts

    def _all(self) -> dict[str, Any]:
        """All of it. Raises InputError if it is not there any more."""
        if self._facts is None:
            self._facts = dict(loaded(self._path, self._path)[1])
        return self._facts or {}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  # as in `Out`
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __reduce__(self) -> tuple[type[SavedFacts], tuple[str]]:
        """Where it is saved."""
        return SavedFacts, (self._path,)


def nobodys() -> int:
    """A number that no other process has, on this machine or another."""
    return int.from_bytes(os.urandom(7), "big")


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
        self.inside = f"{path}.{nobodys()}"
        self._shelf = shelf_of(path)
        self._files: dict[str, tuple[IO[bytes], str]] = {}
        self._facts: dict[str, Any] = {}

    def append(self, name: str, values: NDArray[Any]) -> None:
        """Add values at the end of a column. Raises InputError: the disk is full."""
        if name not in self._files:
            type_name = values.dtype.name
            with writing_in(self.folder):
                self._files[name] = self._shelf.create(os.path.join(self.inside, f"{name}.{type_name}")), type_name
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
            self._shelf.begin(self.inside)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with writing_in(self.folder), ExitStack() as stack:
            stack.callback(self._shelf.give_up, self.inside, self.path)
            columns = {name: (type_name, self._finished(name)) for name, (_, type_name) in self._files.items()}
            if kind is None:
                record = {"columns": columns, "facts": self._facts}
                self._shelf.finish(self.inside, self.path, json.dumps(record).encode("ascii"))

    def _finished(self, name: str) -> int:
        """Close the file of a column; how many values it has."""
        file, type_name = self._files[name]
        with file:
            return file.tell() // np.dtype(type_name).itemsize
