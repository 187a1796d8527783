"""Repeated passages: runs of common shingles, each once, with every document that holds it.

Shingles that the same documents hold, and that stand side by side, are one passage; neighbouring passages whose
holders are nearly the same (an edit in one copy) are joined.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.kernels.columns import PORTION, among, changes, offsets_of, owners_of, places_among
from compare.pipeline.saved import are_numbers, check_fit, values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Engine, Out, Part
    from compare.settings import Settings

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    Flags = NDArray[np.bool_]

JOINED = 0.8
"""Share of the larger set of holders that two neighbouring runs must have in common to be one passage."""
FEW = 8
"""Portions of documents that one part looks through, though another could beside it: .5 CPU s."""


@dataclass(frozen=True, slots=True)
class TokenRun:
    """Where a passage stands: a document (its place among those given) and a range of its tokens."""

    document: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where common shingles stand: columns, by document, then by place."""

    numbers: I64
    """Which of the common shingles."""
    documents: I64
    places: I64
    """Within the document."""

    def put(self, out: Out) -> None:
        """Put out all of them."""
        for item in fields(self):
            out.append(item.name, getattr(self, item.name).astype(np.int32))

    @classmethod
    def together(cls, parts: Sequence[Part], shingles: int, documents: int) -> Occurrences:
        """Those of all parts, of so many shingles and documents. Raises InputError."""
        columns = [values_of(parts, item.name, np.int32).astype(np.int64) for item in fields(cls)]
        check_fit(len({len(column) for column in columns}) == 1)
        check_fit(are_numbers(columns[0], shingles) and are_numbers(columns[1], documents))
        return cls(*columns)

    @property
    def beside(self) -> Flags:
        """Which of them, but for the first, stand right after the one before."""
        return np.asarray((np.diff(self.places) == 1) & (np.diff(self.documents) == 0))


def passages(
    texts: Iterable[tuple[U64, I64]], common: U64, settings: Settings, least: int | None = None
) -> list[list[TokenRun]]:
    """The repeated passages of some documents, each as its runs, one a document; the most widely held first.

    `texts` are portions of tokens with offsets; `common` is ascending. Runs shorter than a winnowing guarantee (window
    + shingle − 1 tokens) are left out, unless the whole document is shorter; so are passages in fewer than `least`
    documents, by default those that are common.
    """
    return passages_of(occurrences(texts, common, settings), len(common), settings, least)


def passages_of(
    occurrences: Occurrences, shingles: int, settings: Settings, least: int | None = None
) -> list[list[TokenRun]]:
    """The same, by where so many common shingles stand."""
    if len(occurrences.numbers) == 0:
        return []
    groups = _groups(occurrences, shingles)[occurrences.numbers]
    least = settings.common_least + 1 if least is None else least
    return sorted(
        _runs(groups, occurrences, settings, least),
        key=lambda passage: (-len(passage), passage[0].document, passage[0].start),
    )


def occurrences(texts: Iterable[tuple[U64, I64]], common: U64, settings: Settings, before: int = 0) -> Occurrences:
    """Where common shingles stand, of some texts at a time, which are numbered behind so many others."""
    empty = np.empty(0, np.int64)
    columns = [(empty, empty, empty)]
    for tokens, offsets in texts:
        shingled, bounds = kernels.shingles(tokens, offsets, settings.shingle)
        places = places_among(shingled, common)
        owners = np.searchsorted(bounds, places, side="right") - 1
        columns.append((np.searchsorted(common, shingled[places]), before + owners, places - bounds[owners]))
        before += len(offsets) - 1
    return Occurrences(*(np.concatenate(column) for column in zip(*columns, strict=True)))


def occurrences_in(
    portions: Sequence[I64], read: Callable[[I64], tuple[U64, I64]], common: U64, how: tuple[Engine, Settings]
) -> Occurrences:
    """The same of portions of documents, which `read` gives the tokens of; by parts where there are many.

    Raises InputError.
    """
    engine, settings = how
    parts = min(engine.resources.beside, len(portions) // FEW)
    if parts <= 1:
        return occurrences(map(read, portions), common, settings)
    bounds = np.arange(parts + 1) * len(portions) // parts
    before = offsets_of(np.array([len(portion) for portion in portions]))

    def verb(part: int, out: Out) -> None:
        first, last = bounds[part : part + 2].tolist()
        occurrences(map(read, portions[first:last]), common, settings, int(before[first])).put(out)

    return Occurrences.together(engine.each("repeated", parts, verb), len(common), int(before[-1]))


def _groups(occurrences: Occurrences, count: int) -> I64:
    """The passage of each common shingle: joined with its neighbours where nearly the same documents hold both."""
    numbers, documents = occurrences.numbers, occurrences.documents
    held = np.unique(numbers << 32 | documents)
    bounds = np.searchsorted(held >> 32, np.arange(count + 1))
    beside = occurrences.beside
    edges = np.unique(numbers[:-1][beside] << 32 | numbers[1:][beside])
    edges = np.stack([edges >> 32, edges & 0xFFFFFFFF], axis=1)
    counts = np.diff(bounds)[edges]
    enough = JOINED * counts.max(axis=1, initial=0)
    able = counts.min(axis=1, initial=1 << 62) >= enough
    edges, enough = edges[able], enough[able]
    joined = edges[_in_both(edges, held, bounds) >= enough]
    return np.asarray(kernels.components(np.ascontiguousarray(joined), count), np.int64)


def _in_both(edges: I64, held: I64, bounds: I64) -> I64:
    """How many documents hold both shingles of each edge, a portion of the holders at a time.

    `held` are the holders, each with its shingle's number above it; those of one begin at `bounds`.
    """
    counts = np.diff(bounds)[edges[:, 0]]
    both = [np.empty(0, np.int64)]
    for part in np.split(np.arange(len(edges)), np.flatnonzero(np.diff(np.cumsum(counts) // PORTION)) + 1):
        rows = owners_of(offsets_of(counts[part]))
        start = np.repeat(bounds[edges[part, 0]] - offsets_of(counts[part])[:-1], counts[part])
        holders = held[np.arange(len(rows)) + start] & 0xFFFFFFFF
        found = among(edges[part, 1][rows] << 32 | holders, held)
        both.append(np.bincount(rows[found], minlength=len(part)))
    return np.concatenate(both)


def _runs(groups: I64, occurrences: Occurrences, settings: Settings, least: int) -> list[list[TokenRun]]:
    """Each passage's longest run in each document that holds it, of those that `least` documents hold."""
    change = np.flatnonzero(~occurrences.beside | (np.diff(groups) != 0)) + 1
    starts = np.concatenate([np.zeros(1, np.int64), change])
    words = np.diff(starts, append=len(groups)) + settings.shingle - 1
    group, document, first = groups[starts], occurrences.documents[starts], occurrences.places[starts]
    order = np.lexsort((first, -words, document, group))
    order = order[changes(group[order], document[order])]
    order = order[words[order] >= settings.proposing_run]
    order = order[(np.bincount(group[order], minlength=1) >= least)[group[order]]]
    rows = np.stack([document, first, first + words], axis=1)[order]
    ends = np.flatnonzero(np.diff(group[order])) + 1
    return [[TokenRun(*row) for row in part.tolist()] for part in np.split(rows, ends) if len(part)]
