"""`leaks` with its edges: a train set and a test set in, what both hold out. What is computed: `pipeline/leaks.py`."""

from __future__ import annotations

import os
from bisect import bisect_right
from dataclasses import asdict, astuple, dataclass, field, fields
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.errors import InputError, SettingsError
from compare.files.atomic import write_atomically
from compare.jobs.written import summary_bytes
from compare.kernels.columns import offsets_of
from compare.model import Span
from compare.pipeline.engines.choose import opened
from compare.pipeline.leaks import LeakedItem, Leaks, Place, Tally, hits_in, items_of
from compare.sources.fields import Fields
from compare.sources.located import located_batches
from compare.sources.missed import refuse_missed
from compare.sources.walk import plan
from compare.text.tokens import body, tokens_of, whole
from compare.version import __version__
from compare.wording.csv import csv_lines
from compare.wording.escape import shown
from compare.wording.words import nothing_readable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from compare.model import Document, Skipped
    from compare.pipeline.leaks import Leak
    from compare.settings import Settings
    from compare.sources.located import Located

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]

BATCH = 1024
_RECIPE = kernels.Recipe(5, 8, *kernels.permutations(1, 1))
"""Of a sketch only the tokens are asked."""
SCHEMA = "compare-leaks/1"
FORMATS = (".csv", ".json")


@dataclass(frozen=True, slots=True)
class Sets:
    """What is trained on, what is tested with, and how both are read."""

    train: tuple[str, ...]
    test: tuple[str, ...]
    words: int
    share: float = 0.0
    """Share of an item's words in passages found, from which it is contaminated: 0 for any."""
    train_fields: Fields = field(default_factory=Fields)
    test_fields: Fields = field(default_factory=Fields)
    workers: int = 0


def leaks_of(
    sets: Sets, settings: Settings, progress: Callable[[str, int], None] = lambda _stage, _steps: None
) -> Leaks:
    """What of the test set stands in the train set. The test set is in memory, the train set goes by once.

    Raises:
        InputError: a path is missing, nothing is readable on a side, or one file is on both.
    """
    _check_apart(sets)
    tested = _Tested(list(located_batches(sets.test, settings, sets.test_fields, BATCH)))
    if not tested.documents:
        raise InputError(nothing_readable(sets.test, tested.skipped))
    items = items_of(*joined([_tokens(part.documents) for part in tested.parts]), sets.words)
    tally, count, skipped, read = Tally(items), 0, tested.skipped, set[str]()
    with opened(settings, sets.workers) as engine:
        parts = located_batches(sets.train, settings, sets.train_fields, BATCH)
        for part, hits in engine.map(lambda part: (part, hits_in(*_tokens(part.documents), items)), parts):
            tally.add(hits, list(zip(part.ids, part.places, strict=True)), partial(_located, part))
            count += len(part.documents)
            read.update(document.path for document in part.documents)
            skipped += part.skipped
            progress("reading", len(part.documents))
    if not count:
        raise InputError(nothing_readable(sets.train, skipped[len(tested.skipped) :]))
    refuse_missed(sets.test, (document.path for document in tested.documents), tested.skipped)
    refuse_missed(sets.train, read, skipped[len(tested.skipped) :])
    leaked = [tested.leaked(leak) for leak in tally.leaks() if leak.share >= sets.share]
    leaked.sort(key=lambda item: (-item.share, -item.longest, item.id, item.place))
    skips = tuple(sorted(skipped, key=lambda skip: (skip.path, skip.reason)))
    return Leaks(
        tuple(leaked), len(items.lengths), count, items.words, items.least, items.too_short, items.templates, skips
    )


@dataclass(frozen=True, slots=True)
class _Tested:
    """A test set in memory."""

    parts: list[Located]

    @property
    def documents(self) -> list[Document]:
        return [document for part in self.parts for document in part.documents]

    @property
    def skipped(self) -> list[Skipped]:
        return [skip for part in self.parts for skip in part.skipped]

    @property
    def firsts(self) -> list[int]:
        """The number of each part's first item."""
        return list(accumulate((len(part.documents) for part in self.parts), initial=0))[:-1]

    def leaked(self, leak: Leak) -> LeakedItem:
        """An item as it is told."""
        part = bisect_right(self.firsts, leak.item) - 1
        where, number = leak.where, leak.item - self.firsts[part]
        start, stop = _span(self.parts[part].documents[number], leak.start, leak.longest)
        return LeakedItem(
            self.parts[part].ids[number], self.parts[part].places[number], leak.words, round(leak.share, 6),
            leak.longest, start, stop, where.id, where.place, where.start, where.stop, leak.documents,
        )  # fmt: skip


def _tokens(documents: Sequence[Document]) -> tuple[U64, I64]:
    """The token hashes of some documents, one after the other, and where each begins."""
    sketched = kernels.sketch([body(document) for document in documents], _RECIPE)
    return sketched.tokens, sketched.token_offsets


def joined(parts: Sequence[tuple[U64, I64]]) -> tuple[U64, I64]:
    """Columns with offsets as one.

    >>> flat, offsets = joined([(np.array([5, 6]), np.array([0, 2])), (np.array([7]), np.array([0, 1]))])
    >>> flat.tolist(), offsets.tolist()
    ([5, 6, 7], [0, 2, 3])
    """
    lengths = [np.diff(offsets) for _, offsets in parts]
    return np.concatenate([flat for flat, _ in parts]), offsets_of(np.concatenate(lengths))


def _located(part: Located, number: int, first: int, words: int) -> Place:
    """Where some tokens of a document of the train set stand."""
    return Place(part.ids[number], part.places[number], *_span(part.documents[number], first, words))


def _span(document: Document, first: int, words: int) -> Span:
    tokens = tokens_of(document)
    return whole(Span(int(tokens.starts[first]), int(tokens.stops[first + words - 1])), document.meant)


def _check_apart(sets: Sets) -> None:
    """Refuse a file that is on both sides. Raises InputError."""
    trained = {os.path.realpath(file.path) for file in plan(sets.train).files}
    for file in plan(sets.test).files:
        if os.path.realpath(file.path) in trained:
            raise InputError(f"{shown(file.path)}: is in the train set and in the test set; name it once")


# --- what is written -----------------------------------------------------------------------------------------------


def check_output(output: Path, sets: Sets) -> None:
    """Refuse a file of another format, or one that is read. Raises SettingsError or InputError."""
    if output.suffix not in FORMATS:
        raise SettingsError(f"--output {shown(output)}: its name must end with {' or '.join(FORMATS)}")
    for file in (*plan(sets.train).files, *plan(sets.test).files):
        if os.path.realpath(file.path) == os.path.realpath(output):
            raise InputError(f"--output {shown(output)} is read as input; name another")


def write_leaks(leaks: Leaks, output: Path) -> None:
    """Write what was found as its name says. Raises InputError."""
    write_atomically(output, leaks_json(leaks) if output.suffix == ".json" else leaks_csv(leaks))


def leaks_csv(leaks: Leaks) -> bytes:
    """A row an item; the column names are those of `LeakedItem`."""
    names = [column.name for column in fields(LeakedItem)]
    rows = (tuple(map(str, astuple(item))) for item in leaks.leaked)
    return "".join(csv_lines(names, rows)).encode()


def leaks_json(leaks: Leaks) -> bytes:
    """All of it, with what was skipped (schema `compare-leaks/1`)."""
    record = {"schema": SCHEMA, "tool": {"name": "compare", "version": __version__}, **asdict(leaks)}
    return summary_bytes(record, leaks.skipped)
