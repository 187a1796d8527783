"""Connected components of edges that stand in parts, none of which knows all: large-star and small-star by turns.

    large-star   the smallest document of a star, its middle included, is joined to those larger than the middle
    small-star   ... and to the middle, and to those smaller than it

(Kiveris et al. 2014, Connected components in MapReduce and beyond.) Before edges are sent, a part joins all documents
that it knows to be connected to the smallest of them. Each of these lowers the sum of all documents of edges, and where
it can be lowered no more all are joined to the smallest of their component: so it ends, after two to six turns.

A part holds no more at a time than its share of the edges, and the neighbours of one document. It takes a hundred times
as long as `edges.components`, of 1 M edges 2 to 8 CPU s, so it is for what one process cannot number: 8 B a document.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from compare.kernels.columns import changes, leaders
from compare.pipeline.relations.edges import LOW, components
from compare.pipeline.saved import are_numbers, check_fit, together

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Engine, Out, Part, Targets

    U64 = NDArray[np.uint64]
    I32 = NDArray[np.int32]
    I64 = NDArray[np.int64]
    Edges = Callable[[int], I64]
    """The edges of a part by its number, int64[m, 2]: goes with a verb to whoever makes parts."""

ROW = 64
"""Bytes that an edge takes while a part has it."""
NUMBER = 8
"""Bytes that a document takes where one process numbers all of them."""


def labels_of(engine: Engine, edges: I64, documents: int) -> I32:
    """The smallest document of each one's component: int32[documents]; by parts on machines of which none fits them.

    Raises InputError.
    """
    resources = engine.resources
    if resources.apart == 1 or documents * NUMBER <= resources.memory:
        return components(edges, documents).astype(np.int32)
    pieces = np.array_split(edges, len(edges) * ROW // resources.share + 1)
    found = components_in_parts(engine, pieces.__getitem__, len(pieces), (documents, len(edges)))
    return labels_in(found, documents)


def components_in_parts(engine: Engine, edges: Edges, parts: int, sizes: tuple[int, int]) -> list[Part]:
    """The components of so many documents, joined by so many edges: `sizes`. Parts by ranges of documents.

    Columns of a part: `members` (ascending), documents that are not the smallest of their component, and of each the
    `smallest`. Raises InputError where what an earlier run has saved is something else.
    """
    documents, count = sizes
    targets = 1 + count * ROW // engine.resources.share
    while True:
        large = engine.step(
            "components-large", (parts, targets),
            partial(_emit, edges, (documents, targets), 2), partial(_large_star, documents),
        )  # fmt: skip
        if all(part.facts.get("settled") is True for part in large):
            return large
        small = engine.step(
            "components-small", (targets, targets),
            partial(_emit, partial(_edges_of, large, documents), (documents, targets), 1),
            partial(_small_star, documents),
        )  # fmt: skip
        edges, parts = partial(_edges_of, small, documents), targets


def labels_in(parts: Sequence[Part], documents: int) -> I32:
    """The smallest document of each one's component, by the parts of all. Raises InputError."""
    members, smallest = (together(parts, name, np.int32) for name in ("members", "smallest"))
    check_fit(len(members) == len(smallest) and are_numbers(members, documents) and are_numbers(smallest, documents))
    labels = np.arange(documents, dtype=np.int32)
    labels[members] = smallest
    return labels


def _edges_of(parts: Sequence[Part], documents: int, number: int) -> I64:
    """The edges that a part of a turn put out. Raises InputError."""
    return _read(parts[number : number + 1], documents)


def _read(parts: Sequence[Part], documents: int) -> I64:
    edges = together(parts, "edges", np.int32)
    check_fit(len(edges) % 2 == 0 and are_numbers(edges, documents))
    return edges.astype(np.int64).reshape(-1, 2)


def _emit(edges: Edges, sizes: tuple[int, int], ways: int, source: int, out: Targets) -> None:
    """Send a part's edges to the targets of their larger documents; with two `ways` to those of the smaller, too."""
    documents, targets = sizes
    rows = _contracted(edges(source))
    rows = np.concatenate([rows, rows[:, ::-1]]) if ways > 1 else rows
    target = rows[:, 0] * targets // documents
    order = np.argsort(target, kind="stable")
    bounds = np.searchsorted(target[order], np.arange(targets + 1)).tolist()
    for number in range(targets):
        mine = rows[order[bounds[number] : bounds[number + 1]]]
        if len(mine):
            out.append(number, "edges", mine.ravel().astype(np.int32))


def _contracted(edges: I64) -> I64:
    """Each document of some edges with the smallest that they connect it to, unless it is that: the larger first."""
    documents, numbered = np.unique(edges, return_inverse=True)
    labels = components(numbered.reshape(-1, 2), len(documents))
    leaves = np.flatnonzero(labels != np.arange(len(labels)))
    return np.stack([documents[leaves], documents[labels[leaves]]], axis=1)


def _large_star(documents: int, _target: int, parts: Sequence[Part], out: Out) -> None:
    """Join the neighbours of each document that are larger to the smallest; and say whether all stars are whole."""
    middle, other, first = _stars(_read(parts, documents))
    smallest = np.minimum(middle, other[leaders(first)])
    lower = first & (smallest < middle)
    out.append("members", middle[lower].astype(np.int32))
    out.append("smallest", smallest[lower].astype(np.int32))
    larger = other > middle
    out.note("settled", not (~first & (smallest < middle)).any())
    _put(np.stack([other[larger], smallest[larger]], axis=1), out)


def _small_star(documents: int, _target: int, parts: Sequence[Part], out: Out) -> None:
    """Join each document, and its neighbours that are smaller, to the smallest of these."""
    middle, other, first = _stars(_read(parts, documents))
    smallest = other[leaders(first)]
    columns = np.where(first, middle, other), smallest  # the first of a document's is the smallest itself
    _put(np.stack(columns, axis=1), out)


def _put(edges: I64, out: Out) -> None:
    out.append("edges", _contracted(edges).ravel().astype(np.int32))


def _stars(edges: I64) -> tuple[I64, I64, NDArray[np.bool_]]:
    """Edges by their first document, then by the other, each once; and which is the first of its document's."""
    codes = edges[:, 0].astype(np.uint64) << np.uint64(32) | edges[:, 1].astype(np.uint64)
    codes.sort()
    codes = codes[changes(codes)]
    middle = (codes >> np.uint64(32)).astype(np.int64)
    return middle, (codes & LOW).astype(np.int64), changes(middle)
