"""What `dedup` reads, in parts that are read apart, and what was noted on the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from msgspec import convert

from compare.model import Doubt, Skipped
from compare.pipeline.collection import Batch
from compare.pipeline.saved import are_numbers, as_noted, check_fit, column_of, documents_in
from compare.sources.columns import Lines, changed, read_again, read_columns, together
from compare.sources.doubts import Doubts
from compare.sources.spans import parts_of, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.pipeline.engines.base import Out, Part
    from compare.pipeline.engines.columns import Column
    from compare.sources.fields import Reading
    from compare.sources.spans import Span
    from compare.sources.walk import Plan


_Skip = tuple[str, str, bool]
_Doubt = tuple[str, str, int, str, bool, int, int, int]


class _Place(NamedTuple):
    """Where the documents of a span stand among those of its part."""

    span: int
    first: int
    documents: int
    size: int
    time: int


@dataclass(frozen=True, slots=True)
class _Placed:
    """Documents of a part that have places, which are read when they are asked for."""

    span: Span
    columns: tuple[Column, Column]
    """Of their part: where each begins and ends ..."""
    at: int
    """... and where these do in it."""
    reading: Reading
    first: int
    """The number of the first of them."""
    place: _Place

    @property
    def count(self) -> int:
        """How many they are."""
        return self.place.documents

    def lines(self) -> Lines:
        """Where they stand. Raises InputError."""
        place = self.place
        starts, stops = (column.read(self.at, self.at + place.documents) for column in self.columns)
        check_fit(are_numbers(starts, place.size) and (starts <= stops).all() and (stops[:-1] <= starts[1:]).all())
        return Lines(self.span.file, self.reading, self.first, (place.size, place.time), [starts], [stops])

    def texts(self, places: Sequence[int]) -> list[str]:
        """The texts of some of them once more. Raises InputError if the file is not what it was."""
        return self.lines().texts(places)


class Inputs:
    """The documents of some files: a source (`pipeline.deduplicate.Source`)."""

    def __init__(self, work: Plan, reading: Reading) -> None:
        self.work, self.reading = work, reading
        self._states = [state_of(file) for file in work.files]
        self.parts = parts_of(work, reading)
        self.skipped: list[Skipped] = list(work.skipped)
        self.doubts = Doubts()
        self.valued = False
        """Whether any document has a value of the extra field."""
        self._placed: list[_Placed] = []
        self.read_parts: Sequence[Part] = ()
        """What was put out of each part."""

    def __len__(self) -> int:
        return len(self.parts)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(size for size, _ in self._states)

    def batches(self, part: int, out: Out) -> Iterator[Batch]:
        """The documents of a part, some at a time."""
        corpus = read_columns(self.parts[part], self.reading)
        skipped, doubts, valued = list[Skipped](), Doubts(), False
        for columns in together(corpus.columns):
            out.tell(0, columns.size)
            skipped += columns.skipped
            for document in columns.doubtful:
                doubts.add(document)
            valued = valued or any(columns.values)
            if columns.ids:
                yield Batch(columns.ids, columns.texts, columns.published, columns.values, columns.readable)
        note(out, skipped, doubts)
        out.note("valued", valued)
        numbers = {id(span.file): number for number, span in enumerate(self.parts[part])}
        places = [_Place(numbers[id(at.file)], at.first, at.count, *at.state) for at in corpus.lines]
        out.note("places", places)
        for at in corpus.lines:
            for name in ("starts", "stops"):
                out.append(name, np.concatenate([np.empty(0, np.int64), *getattr(at, name)]))

    def read(self, parts: Sequence[Part]) -> Any:  # noqa: ANN401  # a function
        """Take what was noted; the function that reads texts again. Raises InputError if it is something else."""
        self.read_parts, before = parts, 0
        for spans, part in zip(self.parts, parts, strict=True):
            count = documents_in([part])
            skipped, doubts = noted(part)
            self.skipped += skipped
            self.doubts.more(doubts)
            with as_noted():
                self.valued = self.valued or bool(part.facts["valued"])
                self._placed += _placed_in(spans, part, (before, count), self.reading)
            before += count
        self.skipped += self._blank()
        return partial(read_again, self._placed)

    def _blank(self) -> Iterator[Skipped]:
        """Files that were read in several spans, of which none has anything in it."""
        counts = Counter[str]()
        for at in self._placed:
            counts[at.span.file.shown] += at.count
        split = {span.file.shown: span.file for part in self.parts for span in part if not span.is_whole}
        starts = {skip.path.rpartition(":")[0] for skip in self.skipped}
        for name, file in split.items():
            if not counts[name] and name not in starts:
                yield Skipped(name, "empty", file.named)

    def check_unchanged(self) -> None:
        """Refuse files that are not what they were when they were parted. Raises InputError."""
        for file, state in zip(self.work.files, self._states, strict=True):
            if state_of(file) != state:
                raise changed(file)


def lines_in(spans: Sequence[Span], part: Part, documents: tuple[int, int], reading: Reading) -> Iterator[Lines]:
    """Where the documents of a part stand, given how many stand before it and in it. Raises as `as_noted` says."""
    return (placed.lines() for placed in _placed_in(spans, part, documents, reading))


def _placed_in(spans: Sequence[Span], part: Part, documents: tuple[int, int], reading: Reading) -> Iterator[_Placed]:
    """The same, not read yet."""
    at, (before, count) = 0, documents
    starts, stops = (column_of([part], name, np.int64) for name in ("starts", "stops"))
    for place in (_Place(*map(int, row)) for row in part.facts["places"]):
        check_fit(0 <= place.first <= place.first + place.documents <= count and place.span >= 0)
        check_fit(at + place.documents <= min(len(starts), len(stops)))
        yield _Placed(spans[place.span], (starts, stops), at, reading, before + place.first, place)
        at += place.documents


def note(out: Out, skipped: Sequence[Skipped], doubts: Doubts) -> None:
    """Put out what was skipped, and what was read with a doubt."""
    out.note("skipped", [[skip.path, skip.reason, skip.lost] for skip in skipped])
    out.note("doubts", [[*astuple(doubt)] for doubt in doubts.all()])


def noted(part: Part) -> tuple[list[Skipped], list[Doubt]]:
    """What `note` put out. Raises InputError if it is something else."""
    with as_noted():
        skipped = convert(part.facts["skipped"], list[_Skip])
        doubts = convert(part.facts["doubts"], list[_Doubt])
        for row in (*skipped, *doubts):
            "".join(map(str, row)).encode()  # all of it is written in the end
    return [Skipped(*skip) for skip in skipped], [Doubt(*doubt) for doubt in doubts]
