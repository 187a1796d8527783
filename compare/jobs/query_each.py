"""Many documents against indexes, at the speed of building one: which of them are new, and what holds the others."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from compare.errors import InputError
from compare.index.build import CHARACTERS
from compare.index.duplicates import Asked, held_by_index
from compare.index.lookup import open_archive
from compare.index.prepare import sketches
from compare.index.reading import IndexNames, NamedFile, documents_of
from compare.index.update import BATCH
from compare.model import Document, Skipped
from compare.pipeline.engines.choose import opened
from compare.sources.named import Names
from compare.sources.walk import plan
from compare.text.tokens import body
from compare.wording.escape import PIPED, Piped
from compare.wording.words import nothing_readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from compare.index.duplicates import Duplicate
    from compare.index.prepare import Sketches
    from compare.settings import Settings
    from compare.sources.walk import File


AT_ONCE = 3
"""Batches of an index that are asked about together: its blocks are read once for all."""


class Place(NamedTuple):
    """Where a document stands."""

    path: str
    row: str
    """`#id` or `:line` of a table's row; empty for a file that is one document."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Some documents by name, in their order, and what holds those that are not new."""

    names: Sequence[str]
    duplicates: Mapping[int, Duplicate]
    """By place among the names."""


@dataclass(slots=True)
class Each:
    """Documents of some paths, asked about batch by batch."""

    paths: Sequence[str]
    indexes: Sequence[Path]
    root: Path
    """The folder that names begin at."""
    settings: Settings
    workers: int = 1
    progress: Callable[[str, int], None] = lambda _stage, _steps: None
    skipped: list[Skipped] = field(default_factory=list)

    def answers(self) -> Iterator[Answered]:
        """Every document that can be read, once: the first index that holds it is named.

        The documents are not compared with one another; one that an index has by its own name is none of its sources.

        Raises:
            InputError: a path or an index cannot be read, or nothing is readable.
        """
        names, count = Names(self.root), 0
        with opened(self.settings, self.workers) as engine:
            for places, bodies, sketched in engine.map(partial(_sketched, settings=self.settings), self._batches()):
                self.progress("comparing", len(places))
                count += len(places)
                yield self._answered(names, places, bodies, sketched)
        if not count:
            raise InputError(nothing_readable(self.paths, self.skipped))

    def _answered(self, names: Names, places: list[Place], bodies: list[str], sketched: Sketches) -> Answered:
        duplicates: dict[int, Duplicate] = {}
        own = _called(places, names)
        for index in self.indexes:
            left = [at for at in range(len(places)) if at not in duplicates]
            if not left:
                break
            stored = IndexNames(index)
            asked = Asked(
                _called([places[at] for at in left], stored), [bodies[at] for at in left], sketched.chosen(left)
            )
            with open_archive(index, self.settings) as opened_index:
                held = held_by_index(opened_index.connection, asked, self.settings)
            for at, duplicate in held.items():
                source = names.moved(duplicate.source, stored)
                duplicates[left[at]] = replace(duplicate, name=own[left[at]], source=source)
        return Answered(own, dict(sorted(duplicates.items())))

    def _batches(self) -> Iterator[tuple[list[Place], list[str]]]:
        """Batches of bodies, each with its place."""
        places, bodies, characters = list[Place](), list[str](), 0
        for place, text in self._read():
            places.append(place)
            bodies.append(text)
            characters += len(text)
            if len(places) >= AT_ONCE * BATCH or characters >= AT_ONCE * CHARACTERS:
                yield places, bodies
                places, bodies, characters = [], [], 0
        if places:
            yield places, bodies

    def _read(self) -> Iterator[tuple[Place, str]]:
        work = plan(self.paths)
        self.skipped.extend(work.skipped)
        for file in work.files:
            for item in _documents(file, self.settings):
                if isinstance(item, Skipped):
                    self.skipped.append(item)
                else:
                    yield Place(file.path, item.id), body(item)


def _called(places: Sequence[Place], names: Names) -> list[str]:
    paths = {place.path for place in places}
    files = {path: PIPED if isinstance(path, Piped) else names.of(path) for path in paths}
    return [files[place.path] + place.row for place in places]


def _documents(file: File, settings: Settings) -> Iterator[Document | Skipped]:
    """The documents of a file: the id is what is added to the file's name."""
    yield from documents_of(NamedFile(file, ""), settings)


def _sketched(batch: tuple[list[Place], list[str]], settings: Settings) -> tuple[list[Place], list[str], Sketches]:
    return *batch, sketches(batch[1], settings)
