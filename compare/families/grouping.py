"""Groups of documents of which most pairs are joined, so that no chain joins what has nothing in common."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from compare.kernels.columns import components

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Edges = Sequence[tuple[int, int]]


def groups(count: int, edges: Edges, same: Edges = ()) -> list[list[int]]:
    """Documents of one event: groups of two or more, largest first. `edges` stand strongest first.

    Two groups become one where at least half of all pairs between them are edges, so that no chain joins what has
    nothing in common. `same` are pairs of one text, which are always together.

    >>> groups(6, [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4)])
    [[0, 1, 2], [3, 4]]
    >>> groups(4, [(0, 1), (0, 3)], [(2, 3)])
    [[0, 1, 2, 3]]
    """
    first = components(same, count)
    gathering = _Gathering(first, {(min(pair), max(pair)) for a, b in edges if (pair := (first[a], first[b]))})
    while sum(gathering.join(first[a], first[b]) for a, b in edges):
        pass
    return gathering.groups()


class _Gathering:
    """Documents on their way into groups; those of one text are one node."""

    def __init__(self, first: Sequence[int], edges: Iterable[tuple[int, int]]) -> None:
        self._group = list(range(len(first)))
        self._nodes = {node: [node] for node in first}
        self._members: dict[int, list[int]] = defaultdict(list)
        self._links: dict[int, Counter[int]] = defaultdict(Counter)
        for document, node in enumerate(first):
            self._members[node].append(document)
        for a, b in edges:
            if a != b:
                self._links[a][b] += 1
                self._links[b][a] += 1

    def join(self, a: int, b: int) -> bool:
        """Make one group of the groups of two nodes, if most of it would be joined; whether that was so."""
        keep, go = sorted((self._group[a], self._group[b]), key=lambda group: (-len(self._nodes[group]), group))
        possible = len(self._nodes[keep]) * len(self._nodes[go])
        if keep == go or 2 * self._links[keep][go] < possible:
            return False
        for group, links in self._links.pop(go).items():
            del self._links[group][go]
            if group != keep:
                self._links[keep][group] += links
                self._links[group][keep] += links
        for node in self._nodes[go]:
            self._group[node] = keep
        self._nodes[keep] += self._nodes.pop(go)
        return True

    def groups(self) -> list[list[int]]:
        """Those of two documents or more, largest first."""
        members = (sorted(doc for node in nodes for doc in self._members[node]) for nodes in self._nodes.values())
        return sorted((group for group in members if len(group) > 1), key=lambda group: (-len(group), group))
