"""What a corpus is held against, with its edges: paths in, the rows of `against.csv` out."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.index.contents import stored_documents
from compare.jobs.dedup import AGAINST, BATCH
from compare.jobs.findings import FACT_COLUMNS, fact_cells
from compare.jobs.gather import is_index
from compare.jobs.inputs import note, noted
from compare.jobs.written import score_cells, utf8_of
from compare.model import VERDICTS, Skipped
from compare.pipeline.against import CONTAINS
from compare.pipeline.collection import Batch
from compare.pipeline.saved import append_strings, some_of, texts_of
from compare.sources.doubts import Doubts
from compare.sources.located import Located, located_batches
from compare.sources.missed import refuse_missed
from compare.sources.spans import size_of
from compare.sources.walk import plan
from compare.text.tokens import body
from compare.wording.csv import csv_lines
from compare.wording.escape import shown
from compare.wording.words import nothing_readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.files.staging import Staging
    from compare.pipeline.against import HeldAgainst
    from compare.pipeline.deduplicate import Deduplicated
    from compare.pipeline.engines.base import Out, Part
    from compare.settings import Settings
    from compare.sources.fields import Fields


COLUMNS = (
    "id", "against", "place", "verdict", "falls",
    "jaccard", "containment", "containment_against", "own", "own_against", "shared",
)  # fmt: skip
"""Of a document and of one that it is held against: scores without a name are the document's."""


@dataclass(slots=True)
class Others:
    """The documents that a corpus is held against, as they are read."""

    paths: Sequence[str]
    fields: Fields
    settings: Settings
    ids: Sequence[str] = ()
    places: Sequence[str] = ()
    skipped: list[Skipped] = field(default_factory=list)
    doubts: Doubts = field(default_factory=Doubts)

    def __len__(self) -> int:
        return 1

    @property
    def size(self) -> int:
        """Bytes of all files."""
        indexes = indexes_of(self.paths)
        return size_of(plan([path for path in self.paths if path not in indexes])) + sum(map(_size, indexes))

    def batches(self, _part: int, out: Out) -> Iterator[Batch]:
        """Their texts."""
        skipped, doubts = list[Skipped](), Doubts()
        for part in self._parts(self.settings, BATCH):
            append_strings(out, "against", part.ids)
            append_strings(out, "places", part.places)
            skipped += part.skipped
            for document in part.documents:
                doubts.add(document)
            nothing = [""] * len(part.documents)
            texts = [body(document) for document in part.documents]
            yield Batch([document.id for document in part.documents], texts, nothing, nothing)
        note(out, skipped, doubts)

    def read(self, parts: Sequence[Part]) -> None:
        """Take what was noted. Raises InputError where nothing is readable."""
        self.ids, self.places = texts_of(parts, "against"), texts_of(parts, "places")
        for part in parts:
            skipped, doubts = noted(part)
            self.skipped += skipped
            self.doubts.more(doubts)
        if not self.ids:
            raise InputError(nothing_readable(self.paths, self.skipped))
        if len(self.paths) > 1:
            refuse_missed(self.paths, set(map(_file_of, self.places)), self.skipped)

    def _parts(self, settings: Settings, size: int) -> Iterator[Located]:
        """The documents of the files, then those of the indexes."""
        indexes = indexes_of(self.paths)
        if files := [path for path in self.paths if path not in indexes]:
            yield from located_batches(files, settings, self.fields, size)
        for index in _once(indexes):
            for documents in stored_documents(Path(index), size):
                ids = [document.id for document in documents]
                yield Located(documents, ids, [shown(index)] * len(ids), [])

    def write(self, result: Deduplicated, staged: Staging) -> None:
        """Write `against.csv` where it waits to be put in place. Raises OSError."""
        if (held := result.against) is None:
            return
        columns = (*COLUMNS, *FACT_COLUMNS) if held.facts is not None else COLUMNS
        with staged.path(staged.folder / AGAINST).open("wb") as file:
            file.writelines(utf8_of(csv_lines(columns, self.rows(result.collection.ids, held))))

    def rows(self, own: Sequence[str], held: HeldAgainst) -> Iterator[tuple[str, ...]]:
        """The rows of `against.csv`, by the ids of the corpus."""
        overlaps = held.overlaps
        names = [verdict.value for verdict in VERDICTS]
        numbers, others = held.pairs.T
        return zip(
            some_of(own, numbers),
            some_of(self.ids, others),
            some_of(self.places, others),
            (CONTAINS if holds else names[rank] for rank, holds in zip(held.ranks, held.contains, strict=True)),
            ("yes" if falls else "no" for falls in held.falls.tolist()),
            *score_cells(overlaps),
            map(str, overlaps.shared.tolist()),
            *(zip(*map(fact_cells, held.facts), strict=True) if held.facts else ()),
            strict=True,
        )


def _file_of(place: str) -> str:
    """The file of `file:row`."""
    file, _, row = place.rpartition(":")
    return file if row.isdecimal() else place


def _size(index: str) -> int:
    return Path(index).stat().st_size


def indexes_of(paths: Sequence[str]) -> list[str]:
    """Those of some paths that are an index."""
    return [path for path in paths if is_index(path)]


def _once(paths: Sequence[str]) -> list[str]:
    """Paths without those that name a file once more."""
    named: dict[str, str] = {}
    for path in paths:
        named.setdefault(os.path.realpath(path), path)
    return list(named.values())


def check_apart(inputs: Sequence[str], against: Sequence[str], output: Path) -> None:
    """Refuse a file that stands on both sides, and an output that a later run would read, or that would replace one.

    Raises InputError.
    """
    files = plan(inputs).files
    own = {os.path.realpath(file.path) for file in files}
    kept = {os.path.realpath(output / "kept" / file.target) for file in files}
    indexes = indexes_of(against)
    for file in plan([path for path in against if path not in indexes]).files:
        if os.path.realpath(file.path) in own:
            raise InputError(f"{shown(file.path)}: is read as input and for --against; name it once")
        if os.path.realpath(file.path) in kept:
            raise InputError(f"{shown(file.path)}: would be overwritten by what is kept; give another output folder")
    for name in against:
        if Path(name).is_dir() and output.resolve().is_relative_to(Path(name).resolve()):
            raise InputError(f"--output {shown(output)} lies inside --against {shown(name)}; name another")
