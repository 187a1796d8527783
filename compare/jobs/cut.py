"""`dedup --cut passages` with its edges: rows in, the same rows without what stands before out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec

from compare.errors import InputError, SettingsError
from compare.files.staging import staging
from compare.jobs.dedup import AGAINST, BATCH, CUTS, batch_of, check_id, landed, left_over
from compare.jobs.stages import Stages, heard_by
from compare.jobs.written import summary_bytes
from compare.model import CutSummary
from compare.pipeline.cluster import POLICIES
from compare.pipeline.cut import Cut, CutOut, Cutting, cut_passages
from compare.pipeline.engines.base import Work
from compare.pipeline.engines.choose import opened
from compare.sources.doubts import Doubts
from compare.sources.fields import Reading
from compare.sources.read import read_batches
from compare.sources.shorten import check_json, stage_shortened
from compare.sources.tables.rows import is_unread
from compare.text.tokens import whole
from compare.version import __version__
from compare.wording.csv import csv_lines
from compare.wording.words import nothing_readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.jobs.dedup import Corpus
    from compare.model import Meant, Skipped, Span
    from compare.pipeline.collection import Batch
    from compare.settings import Settings

COLUMNS = ("id", "start", "stop", "words", "of", "of_start", "of_stop", "left")
"""A piece that was cut, its words, what it is a copy of, and the words that its document has left."""
SCHEMA = "compare-cut/1"
OTHERS = ("pairs.csv", "clusters.csv", AGAINST)
"""What other runs write into the same folder, and would not be true beside this."""


@dataclass(slots=True)
class _Read:
    """What is kept of documents that go by."""

    skipped: list[Skipped] = field(default_factory=list)
    doubts: Doubts = field(default_factory=Doubts)
    meant: dict[str, tuple[Meant, ...]] = field(default_factory=dict)
    """Of documents in which something is read otherwise than it is written."""
    valued: bool = False


def cut_paths(corpus: Corpus, cutting: Cutting, settings: Settings, stages: Stages | None = None) -> CutSummary:
    """Cut what stands a second time out of the rows of JSON lines; write these, the pieces and a summary.

    All is written before the first file takes its place, the summary last. Raises InputError where nothing is readable,
    SettingsError where something is no JSON lines or no document has the field that decides which one stays.
    """
    with landed(corpus) as placed:
        return _cut(placed, cutting, settings, stages)


def _cut(corpus: Corpus, cutting: Cutting, settings: Settings, stages: Stages | None) -> CutSummary:
    reading, read = Reading(settings, corpus.fields, digest=False), _Read()
    check_json(corpus.inputs, reading)
    progress = stages or Stages()
    with opened(settings, corpus.workers, Work(heard=heard_by(progress))) as engine:
        out = cut_passages(_batches(corpus, settings, read, progress), settings, engine, cutting)
    if not out.ids:
        raise InputError(nothing_readable(corpus.inputs, read.skipped))
    check_id(out.ids, corpus)
    if corpus.fields.extra and not read.valued:
        raise SettingsError(f"--keep {corpus.fields.extra!r}: no document has that field; or {', '.join(POLICIES)}")
    progress("writing", 0)
    return _written(out, corpus, cutting, reading, read)


def _batches(corpus: Corpus, settings: Settings, read: _Read, progress: Stages) -> Iterator[Batch]:
    for batch in read_batches(corpus.inputs, settings, fields=corpus.fields, digest=False, size=BATCH):
        read.skipped += batch.skipped
        read.valued = read.valued or any(batch.values)
        for document in batch.documents:
            read.doubts.add(document)
            if document.meant:
                read.meant[document.id] = tuple(document.meant)
        progress("reading", len(batch.documents))
        yield batch_of(batch.documents, batch.values)


def _written(out: CutOut, corpus: Corpus, cutting: Cutting, reading: Reading, read: _Read) -> CutSummary:
    spans = {out.ids[number]: [_whole(out, cut, read)[0] for cut in cuts] for number, cuts in out.cuts.items()}
    fallen = frozenset(out.ids[number] for number in out.fallen)
    folder = corpus.output / "kept"
    with staging(corpus.output) as staged:
        with staged.path(corpus.output / CUTS).open("wb") as file:
            file.writelines(map(str.encode, csv_lines(COLUMNS, _rows(out, read))))
        files, stayed = stage_shortened(corpus.inputs, spans, fallen, (staged, folder), reading)
        gone = [corpus.output / name for name in OTHERS]
        summary = replace(_summary(out, cutting, read, reading.settings), whole=tuple(stayed))
        summary = replace(summary, left_over=left_over(folder, files))
        staged.path(corpus.output / "summary.json").write_bytes(_encoded(summary))
        staged.place((CUTS, "summary.json"), gone)
    return summary


def _whole(out: CutOut, cut: Cut, read: _Read) -> tuple[Span, Span]:
    """The spans of a cut and of what it is a copy of, with the whole of what is read otherwise at their ends."""
    own, source = (read.meant.get(out.ids[number], ()) for number in (cut.document, cut.source))
    return whole(cut.span, own), whole(cut.source_span, source)


def _rows(out: CutOut, read: _Read) -> Iterator[tuple[str, ...]]:
    """The rows of `cuts.csv`, by the ids of the documents and their text."""
    left = out.left
    for number in sorted(out.cuts, key=out.rank.__getitem__):
        for cut in out.cuts[number]:
            span, source_span = _whole(out, cut, read)
            numbers = (*span, cut.words), (*source_span, left[number])
            yield out.ids[number], *map(str, numbers[0]), out.ids[cut.source], *map(str, numbers[1])


def _summary(out: CutOut, cutting: Cutting, read: _Read, settings: Settings) -> CutSummary:
    skipped = tuple(sorted(read.skipped, key=lambda skip: (skip.path, skip.reason)))
    cuts = [cut for pieces in out.cuts.values() for cut in pieces]
    return CutSummary(
        documents=len(out.ids),
        kept=len(out.ids) - len(out.fallen),
        dropped_documents=len(out.fallen),
        cut_documents=len(out.cuts),
        cuts=len(cuts),
        words=int(out.lengths.sum()),
        cut_words=sum(cut.words for cut in cuts),
        quoted=out.quoted,
        keep=cutting.keep,
        passage_words=cutting.words,
        anywhere=cutting.anywhere,
        skipped=skipped,
        unread=sum(map(is_unread, skipped)),
        doubts=read.doubts.all(),
        settings=settings.as_dict(),
    )


def _encoded(summary: CutSummary) -> bytes:
    record = {"schema": SCHEMA, "tool": {"name": "compare", "version": __version__}, **msgspec.to_builtins(summary)}
    return summary_bytes(record, summary.skipped)
