"""`dedup` with its edges: paths in, files written. What is computed is said in `pipeline/deduplicate.py`."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from compare.errors import InputError
from compare.files.ours import refuse_others
from compare.files.real import RealPaths
from compare.files.temporary import is_inside_temporary
from compare.jobs.asked_fields import check_id, check_value
from compare.jobs.findings import write_findings
from compare.jobs.inputs import Inputs
from compare.jobs.kept import stage_kept_parts, writing_parts
from compare.jobs.landing import check_landing, landing
from compare.jobs.stages import Stages, heard_by
from compare.jobs.work import check_work, record_of, working
from compare.jobs.written import summary_bytes
from compare.model import VERDICTS, Document, RepeatedIds, Skipped, Summary
from compare.pipeline.collection import Batch
from compare.pipeline.deduplicate import Deduplicated, InOnePart, Keeping, deduplicate, deduplicate_batches
from compare.pipeline.engines.choose import opened
from compare.pipeline.saved import some_of, unfit
from compare.sources.fields import Fields, Reading
from compare.sources.read import standing_twice
from compare.sources.tables.rows import is_unread
from compare.sources.walk import plan
from compare.text.tokens import body
from compare.version import __version__
from compare.wording.escape import shown
from compare.wording.words import nothing_readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.jobs.against import Others
    from compare.jobs.work import Lasting
    from compare.model import Doubt
    from compare.pipeline.engines.base import Engine
    from compare.pipeline.stating import FactsCompared
    from compare.settings import Settings
    from compare.sources.walk import File

BATCH = 1024
VOUCHING = ("pairs.csv", "clusters.csv", "summary.json")
"""What says of `kept/` what it is: goes before that changes, and comes after it, the summary last."""
CUTS = "cuts.csv"
"""What another way to clean a corpus writes, which says nothing of this one."""
AGAINST = "against.csv"
"""The same of what is held against other documents."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What `dedup` reads, and how it keeps."""

    inputs: tuple[str, ...]
    output: Path
    fields: Fields = field(default_factory=Fields)
    keeping: Keeping = field(default_factory=Keeping)
    workers: int = 0
    against: tuple[str, ...] = ()
    """What it is held against, which is neither dropped nor written."""
    master: str = ""
    """The address of the cluster that does it, if one is named."""
    address: str = ""
    """Where the results are sent (`files/remote.py`); empty: they stay in `output`, which is no place else."""

    @property
    def goes_to(self) -> str:
        """Where the results are in the end."""
        return self.address or str(self.output)


def deduplicate_documents(
    documents: list[Document], against: list[Document], keeping: Keeping, settings: Settings
) -> Deduplicated:
    """What was found among documents in memory, whose ids differ, and among others that they are held against."""
    with opened(settings, workers=1) as engine:
        result = _found(documents, against, (settings, engine, keeping))
    ids = [document.id for document in documents]  # the engine's are gone
    return replace(result, collection=replace(result.collection, ids=ids))


def _found(documents: list[Document], against: list[Document], how: tuple[Settings, Engine, Keeping]) -> Deduplicated:
    if not against:
        return deduplicate_batches(_batches(documents), *how)
    from compare.pipeline.against import deduplicate_against  # noqa: PLC0415  # where it is asked for

    return deduplicate_against((InOnePart(_batches(documents)), InOnePart(_batches(against))), *how)


def _batches(documents: list[Document]) -> Iterator[Batch]:
    return (batch_of(documents[start : start + BATCH]) for start in range(0, len(documents), BATCH))


def batch_of(documents: list[Document], values: Sequence[str] = ()) -> Batch:
    """Documents that were read, with their values of a further field, as a batch."""
    return Batch(
        [document.id for document in documents],
        [body(document) for document in documents],
        [document.published for document in documents],
        [*values] or [""] * len(documents),
    )


def deduplicate_paths(
    corpus: Corpus, settings: Settings, stages: Stages | None = None, lasting: Lasting | None = None
) -> Summary:
    """Find the duplicates of a corpus and write the kept documents, pairs, clusters and a summary.

    All is written before the first file takes its place. The old `summary.json` goes before that, the new one comes
    last. Parts of a `lasting` work that are there are not made again.

    Raises:
        InputError: nothing is readable, no document has the field that decides which one stays, or what lasts is of
            another work.
        PortionDone: only some parts of a step were asked for, and are there now.
    """
    if lasting and lasting.portion:
        return _deduplicated(corpus, settings, stages, lasting)
    with landed(corpus) as placed:
        return _deduplicated(placed, settings, stages, lasting)


def _deduplicated(corpus: Corpus, settings: Settings, stages: Stages | None, lasting: Lasting | None) -> Summary:
    """The same with a folder for its results."""
    if lasting:
        check_work(lasting.folder, corpus)
    progress = stages or Stages()
    inputs = Inputs(plan(corpus.inputs), Reading(settings, corpus.fields, digest=False))
    others = _others(corpus, settings)
    size = inputs.size + (others.size if others else 0)
    record = record_of(corpus, settings, files_of(inputs, corpus)) if lasting else {}
    with (
        working(lasting, size, record, heard_by(progress)) as work,
        opened(settings, corpus.workers, replace(work, master=corpus.master)) as engine,
    ):
        if others is None:
            result = deduplicate(inputs, settings, engine, corpus.keeping)
        else:
            from compare.pipeline.against import deduplicate_against  # noqa: PLC0415  # where it is asked for

            result = deduplicate_against((inputs, others), settings, engine, corpus.keeping)
        if not len(result.collection):
            raise InputError(nothing_readable(corpus.inputs, inputs.skipped))
        if not result.unique:  # where none stands twice, that is what an earlier run is made to say
            raise standing_twice(result.collection.ids, inputs.work, inputs.reading) or unfit()
        check_id(result.collection.ids, corpus, settings)
        check_value(inputs.valued, corpus, settings)
        progress("writing", 0)
        skipped = [*inputs.skipped, *_wordless(result), *(others.skipped if others else ())]
        summary = replace(summary_of(result, corpus, skipped, settings), doubts=_doubts(inputs, others))
        return _written((result, others), summary, corpus, inputs, engine)


def files_of(inputs: Inputs, corpus: Corpus) -> list[File]:
    """All files that are read, those that a corpus is held against last."""
    return [*inputs.work.files, *(plan(corpus.against).files if corpus.against else ())]


def _doubts(inputs: Inputs, others: Others | None) -> tuple[Doubt, ...]:
    """Those of both sides."""
    if others:
        inputs.doubts.more(others.doubts.all())
    return inputs.doubts.all()


def _others(corpus: Corpus, settings: Settings) -> Others | None:
    """What the corpus is held against, to be read; None if that is nothing."""
    if not corpus.against:
        return None
    from compare.jobs.against import Others, check_apart  # noqa: PLC0415  # where it is asked for

    check_apart(corpus.inputs, corpus.against, corpus.output)
    return Others(corpus.against, corpus.fields, settings)


def _written(
    found: tuple[Deduplicated, Others | None], summary: Summary, corpus: Corpus, inputs: Inputs, engine: Engine
) -> Summary:
    """Write everything; the summary with what is in `kept/`."""
    result, others = found
    with writing_parts(engine, corpus.output, alone=bool(corpus.address)) as places:
        staged, folder = places.staged, corpus.output / "kept"
        write_findings(result, places)
        vouching: tuple[str, ...] = VOUCHING
        if others:
            others.write(result, staged)
            vouching = (AGAINST, *VOUCHING)
        kept, gone = stage_kept_parts(inputs, result.falls, folder, places)
        leftover = left_over(folder, [*kept.files, *gone])
        gone += [corpus.output / name for name in (*([] if others else [AGAINST]), CUTS)]
        summary = replace(summary, uncompared=kept.uncompared, left_over=leftover)
        staged.path(corpus.output / "summary.json").write_bytes(_encoded(summary))
        staged.place(vouching, gone)
    return summary


def _encoded(summary: Summary) -> bytes:
    """The bytes of `summary.json`: what a cap left out is `dropped` in compare-summary/1."""
    record = {"dropped" if name == "left_out" else name: value for name, value in msgspec.to_builtins(summary).items()}
    return summary_bytes(record, summary.skipped)


def results_in(output: Path) -> list[Path]:
    """All that `dedup` writes to a folder, whichever way a corpus is cleaned."""
    return [output / name for name in ("kept", *VOUCHING, CUTS, AGAINST)]


def check_output(corpus: Corpus) -> None:
    """Refuse an output that a later run would read as input, or that is a file, or nothing. Raises InputError."""
    if corpus.address:
        check_landing(corpus.address, corpus.inputs, VOUCHING[-1])
        return
    if corpus.output == Path():
        raise InputError("--output is empty or the current folder; name a folder of its own")
    output = corpus.output.resolve()
    try:
        is_file = output.exists() and not output.is_dir()
    except OSError as error:
        raise InputError(f"--output {shown(corpus.output)}: {error.strerror}; name another") from error
    if is_file:
        raise InputError(f"--output {shown(corpus.output)} is a file; name a folder")
    for name in corpus.inputs:
        source = Path(name)
        if source.is_dir() and output.is_relative_to(source.resolve()):
            raise InputError(f"--output {shown(corpus.output)} lies inside the input {shown(name)}; name another")
    refuse_others(corpus.output, (*VOUCHING, CUTS, AGAINST))


@contextmanager
def landed(corpus: Corpus) -> Iterator[Corpus]:
    """The same corpus with a folder for its results, which go to its address in the end. Raises InputError."""
    check_output(corpus)
    if not corpus.address:
        yield corpus
        return
    with landing(corpus.address, (AGAINST, CUTS, *VOUCHING)) as folder:
        yield replace(corpus, output=folder)


def left_over(folder: Path, expected: Sequence[Path]) -> int:
    """How many files of a folder are not those of this run: an earlier one's, under another name."""
    real = RealPaths()
    written = {real.file(str(path)) for path in expected}
    files = (str(path) for path in folder.rglob("*") if path.is_file() and not is_inside_temporary(path))
    return sum(real.file(path) not in written for path in files)


def _wordless(result: Deduplicated) -> list[Skipped]:
    """Documents without a single word: they are kept, compared with nothing, and named."""
    places = np.flatnonzero(result.collection.lengths == 0)
    return [Skipped(name, "no words") for name in some_of(result.collection.ids, places)]


def summary_of(result: Deduplicated, corpus: Corpus, skipped: list[Skipped], settings: Settings) -> Summary:
    """What was found, counted."""
    ranks, counts = np.unique(result.verdicts, return_counts=True)
    kinds = Counter(VERDICTS[rank].value for rank in result.groups.members.ranks.tolist())
    if held := result.against:
        kinds.update(held.dropped_for.values())
    return Summary(
        schema="compare-summary/1",
        tool={"name": "compare", "version": __version__},
        documents=len(result.collection),
        kept=len(result.collection) - kinds.total(),
        dropped_documents=kinds.total(),
        clusters=len(result.groups),
        pairs={VERDICTS[rank].value: count for rank, count in zip(ranks.tolist(), counts.tolist(), strict=True)},
        pairs_asked="all" if corpus.keeping.derived else "falling",
        dropped_for=dict(sorted(kinds.items())),
        keep=corpus.keeping.keep,
        drop=sorted([verdict.value for verdict in corpus.keeping.drop] + ["contains"] * corpus.keeping.contains),
        left_out=result.left_out,
        repeated=[RepeatedIds(words, len(ids), ids) for words, ids in result.repeated],
        skipped=sorted(skipped, key=lambda skip: (skip.path, skip.reason)),
        settings=settings.as_dict(),
        unread=sum(map(is_unread, skipped)),
        facts=_counted(result.facts),
        against=held.counts if held else None,
    )


def _counted(facts: FactsCompared | None) -> dict[str, int] | None:
    return None if facts is None else {"compared": facts.compared, "differ": facts.differ, "stayed": facts.stayed}
