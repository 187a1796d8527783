"""Repeated passages: runs of common shingles, each once, with every document that holds it.

Shingles that the same documents hold, and that stand side by side, are one passage; neighbouring passages whose
holders are nearly the same (an edit in one copy) are joined.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.kernels.columns import owners_of, places_among

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.settings import Settings

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]

JOINED = 0.8
"""Share of the larger set of holders that two neighbouring runs must have in common to be one passage."""


@dataclass(frozen=True, slots=True)
class TokenRun:
    """Where a passage stands: a document (its place among those given) and a range of its tokens."""

    document: int
    start: int
    stop: int


def passages(
    tokens: U64, offsets: I64, common: U64, settings: Settings, least: int | None = None
) -> list[list[TokenRun]]:
    """The repeated passages of some documents, each as its runs, one a document; the most widely held first.

    `common` is ascending. Runs shorter than a winnowing guarantee (window + shingle − 1 tokens) are left out, unless
    the whole document is shorter; so are passages in fewer than `least` documents, by default those that are common.
    """
    shingled, bounds = kernels.shingles(tokens, offsets, settings.shingle)
    places = places_among(shingled, common)
    if len(places) == 0:
        return []
    owners = owners_of(bounds)[places]
    number = np.searchsorted(common, shingled[places])
    group = _groups(number, owners, places, len(common))
    runs = _runs(group[number], owners, places - bounds[owners], settings)
    least = settings.common_least + 1 if least is None else least
    return sorted(
        (passage for passage in runs if len(passage) >= least),
        key=lambda passage: (-len(passage), passage[0].document, passage[0].start),
    )


def _groups(number: I64, owners: I64, places: I64, count: int) -> I64:
    """The passage of each common shingle: joined with its neighbours where nearly the same documents hold both."""
    holders: dict[int, set[int]] = defaultdict(set)
    for shingle, owner in zip(number.tolist(), owners.tolist(), strict=True):
        holders[shingle].add(owner)
    beside = (np.diff(places) == 1) & (np.diff(owners) == 0)
    edges = np.unique(np.stack([number[:-1][beside], number[1:][beside]], axis=1), axis=0)
    parent = list(range(count))
    for a, b in edges.tolist():
        both = len(holders[a] & holders[b])
        if both >= JOINED * max(len(holders[a]), len(holders[b])):
            parent[_root(parent, b)] = _root(parent, a)
    return np.array([_root(parent, item) for item in range(count)], np.int64)


def _root(parent: list[int], item: int) -> int:
    while parent[item] != item:
        parent[item] = parent[parent[item]]
        item = parent[item]
    return item


def _runs(group: I64, owners: I64, places: I64, settings: Settings) -> list[list[TokenRun]]:
    """Each passage's longest run in each document that holds it."""
    change = (np.diff(group) != 0) | (np.diff(owners) != 0) | (np.diff(places) != 1)
    starts = np.concatenate([[0], np.flatnonzero(change) + 1])
    stops = np.append(starts[1:], len(group))
    best: dict[int, dict[int, TokenRun]] = defaultdict(dict)
    for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
        document, first = int(owners[start]), int(places[start])
        run = TokenRun(document, first, first + stop - start + settings.shingle - 1)
        longest = best[int(group[start])].get(document)
        if longest is None or run.stop - run.start > longest.stop - longest.start:
            best[int(group[start])][document] = run
    least = settings.proposing_run
    passages = [[run for run in runs.values() if run.stop - run.start >= least] for runs in best.values()]
    return [sorted(runs, key=lambda run: run.document) for runs in passages]
