"""What `dedup` reads, in parts that are read apart, and what was noted on the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from compare.model import Doubt, Skipped
from compare.pipeline.collection import Batch
from compare.sources.columns import Lines, read_again, read_columns
from compare.sources.doubts import Doubts
from compare.sources.keep import Known
from compare.sources.spans import parts_of, size_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from compare.pipeline.engines.base import Out, Part
    from compare.sources.fields import Reading
    from compare.sources.walk import Plan


class _Place(NamedTuple):
    """Where the documents of a span stand among those of its part."""

    span: int
    first: int
    documents: int
    size: int
    time: int


class Inputs:
    """The documents of some files: a source (`pipeline.deduplicate.Source`)."""

    def __init__(self, work: Plan, reading: Reading) -> None:
        self.work, self.reading = work, reading
        self.parts = parts_of(work, reading)
        self.skipped: list[Skipped] = list(work.skipped)
        self.doubts = Doubts()
        self.valued = False
        """Whether any document has a value of the extra field."""
        self.lines: list[Lines] = []

    def __len__(self) -> int:
        return len(self.parts)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return size_of(self.work)

    def batches(self, part: int, out: Out) -> Iterator[Batch]:
        """The documents of a part, some at a time."""
        corpus = read_columns(self.parts[part], self.reading)
        skipped, doubts, valued = list[Skipped](), Doubts(), False
        for columns in corpus.columns:
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
        """Take what was noted; the function that reads texts again."""
        before = 0
        for spans, part in zip(self.parts, parts, strict=True):
            skipped, doubts = noted(part)
            self.skipped += skipped
            self.doubts.more(doubts)
            self.valued = self.valued or bool(part.facts["valued"])
            at = 0
            for place in (_Place(*row) for row in part.facts["places"]):
                starts, stops = (part.columns[name].read(at, at + place.documents) for name in ("starts", "stops"))
                state = place.size, place.time
                file = spans[place.span].file
                self.lines.append(Lines(file, self.reading, before + place.first, state, [starts], [stops]))
                at += place.documents
            before += len(part.columns["ids.lengths"]) if "ids.lengths" in part.columns else 0
        self.skipped += self._blank()
        return self._again

    def _blank(self) -> Iterator[Skipped]:
        """Files that were read in several spans, of which none has anything in it."""
        counts = Counter[str]()
        for at in self.lines:
            counts[at.file.shown] += at.count
        split = {span.file.shown: span.file for part in self.parts for span in part if not span.is_whole}
        starts = {skip.path.rpartition(":")[0] for skip in self.skipped}
        for name, file in split.items():
            if not counts[name] and name not in starts:
                yield Skipped(name, "empty", file.named)

    def _again(self, documents: list[int]) -> list[str]:
        return read_again(self.lines, documents)

    def without(self, fallen: AbstractSet[str], ids: Sequence[str]) -> Known:
        """What need not be read again to write all but the documents that fell."""
        falls = np.fromiter((id_ in fallen for id_ in ids), bool, len(ids))
        gone: dict[str, tuple[list[tuple[int, int]], tuple[int, int]]] = {}
        for at in self.lines:
            rows, state = at.fallen(falls)
            gone.setdefault(at.file.shown, ([], state))[0].extend(rows)
        return Known({skip.path for skip in self.skipped}, gone)


def note(out: Out, skipped: Sequence[Skipped], doubts: Doubts) -> None:
    """Put out what was skipped, and what was read with a doubt."""
    out.note("skipped", [[skip.path, skip.reason, skip.lost] for skip in skipped])
    out.note("doubts", [[*astuple(doubt)] for doubt in doubts.all()])


def noted(part: Part) -> tuple[list[Skipped], list[Doubt]]:
    """What `note` put out."""
    return [Skipped(*skip) for skip in part.facts["skipped"]], [Doubt(*doubt) for doubt in part.facts["doubts"]]
