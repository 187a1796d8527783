"""The order of ids: of few in one list; of more by parts, each of which sorts a range of ids that all others leave out.

a sample of each part      →  the ranges, about as large as each other
ids of each part           →  by ranges: the numbers of documents in order, and whether an id stands twice
"""

from __future__ import annotations

from functools import partial
from operator import eq
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.pipeline.saved import append_strings, are_numbers, as_noted, check_fit, encoded, texts_of, values_of
from compare.sources.order import are_numbered, in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Engine, Out, Part, Targets
    from compare.pipeline.saved import Texts

    I32 = NDArray[np.int32]
    I64 = NDArray[np.int64]

TEXT = 120
"""Bytes of memory that an id takes beside its letters while a list is put in order."""
MOST = 256
"""Ranges at the most."""
SAMPLED = 64
"""Ids by which each range is drawn, about."""


class Ordered(NamedTuple):
    """The order of ids."""

    rank: I32
    """int32[n]: the place of each among all."""
    unique: bool
    """Whether none stands twice."""


def ordered(ids: Texts, engine: Engine) -> Ordered:
    """The order of ids: whole numbers as numbers, else by code point (`sources/order.py`). Raises InputError."""
    size = TEXT * len(ids) + sum(len(letters) for letters, _ in ids.parts)
    ranges = min(size // engine.resources.share + 1, MOST)
    if ranges == 1:
        names = list(ids)
        order = in_order(names)
        return Ordered(_ranked([order], len(names)), _are_unique(names, order))
    parts = _by_ranges(ids, engine, ranges)
    with as_noted():
        unique = all(bool(part.facts["unique"]) for part in parts)
    return Ordered(_ranked([values_of([part], "documents", np.int32) for part in parts], len(ids)), unique)


def _ranked(orders: Sequence[NDArray[np.integer]], count: int) -> I32:
    """Ranks of so many documents, given all of them in order, some at a time. Raises InputError if they are not all."""
    rank, filled = np.full(count, -1, np.int32), 0
    for documents in orders:
        check_fit(are_numbers(documents, count) and filled + len(documents) <= count)
        rank[documents] = np.arange(filled, filled + len(documents))
        filled += len(documents)
    check_fit(rank.min(initial=0) >= 0)
    return rank


def _are_unique(names: Sequence[str], order: I64) -> bool:
    """Whether no two of some ids are equal, given their order."""
    placed = [names[place] for place in order.tolist()]
    return not any(map(eq, placed, placed[1:]))


def _by_ranges(ids: Texts, engine: Engine, ranges: int) -> list[Part]:
    """The documents of each range, in order."""
    sources, every = len(ids.parts), max(len(ids) // (SAMPLED * ranges), 1)
    drawn = engine.each("ids", sources, partial(_sampled, ids, every))
    with as_noted():
        numbered = all(bool(part.facts["numbered"]) for part in drawn)
        sample = list(texts_of(drawn, "sample"))
        order = in_order(sample, numbered=numbered)
    ends = [sample[order[len(order) * number // ranges]] for number in range(1, ranges)]
    emit, reduce = partial(_sent, ids, ends, numbered), partial(_sorted, numbered)
    return engine.step("order", (sources, ranges), emit, reduce)


def _sampled(ids: Texts, every: int, number: int, out: Out) -> None:
    """The verb: some ids of a part, and whether all of them are numbered."""
    names = ids.of_part(number)
    out.note("numbered", are_numbered(names))
    append_strings(out, "sample", names[::every])


def _sent(ids: Texts, ends: list[str], numbered: bool, source: int, sent: Targets) -> None:  # noqa: FBT001  # bound
    """The first half: the ids of a part to the range that each is in, one that ends a range to that."""
    names = ids.of_part(source)
    with as_noted():
        order = in_order(names + ends, numbered=numbered)
    for target, part in enumerate(np.split(order, np.flatnonzero(order >= len(names)))):
        rows = part[part < len(names)]
        letters, lengths = encoded([names[row] for row in rows.tolist()])
        sent.append(target, "ids", letters)
        sent.append(target, "ids.lengths", lengths)
        sent.append(target, "documents", (ids.firsts[source] + rows).astype(np.int32))


def _sorted(numbered: bool, _target: int, blocks: Sequence[Part], out: Out) -> None:  # noqa: FBT001  # bound
    """The second half: the documents of a range in order."""
    names, documents = list(texts_of(blocks, "ids")), values_of(blocks, "documents", np.int32)
    check_fit(len(names) == len(documents))
    with as_noted():
        order = in_order(names, numbered=numbered)
    out.append("documents", documents[order])
    out.note("unique", _are_unique(names, order))
