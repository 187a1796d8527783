"""Where the documents of a report stand in its graph: story groups, each on a circle, the circles in rows.

On a circle no line between two nodes runs through a third. Nothing is random: the same pairs, the same picture.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING

from compare.kernels.columns import components

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Edges = Sequence[tuple[int, int]]

WIDTH = 1000
STEP = 64
"""Between neighbours on a circle, in the picture's units."""
LABEL_WIDTH, LABEL_HEIGHT = 120, 34
"""What a node's name needs at its side, and above and below it."""
ALONE_WIDTH, ALONE_HEIGHT = 200, 34
"""The cell of a document without a story."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Story groups, the largest first, and a place for every document."""

    stories: list[list[int]]
    """Documents of one event, two or more of them, ascending: see `groups`."""
    width: int
    height: int
    nodes: list[list[int]]
    """[x, y] of each document."""


@dataclass(frozen=True, slots=True)
class _Box:
    """A story's circle with room for its names: members in the order of the circle, and half of the sides."""

    members: list[int]
    radius: float

    @property
    def width(self) -> float:
        return 2 * (self.radius + LABEL_WIDTH)

    @property
    def height(self) -> float:
        return 2 * (self.radius + LABEL_HEIGHT)


def laid_out(count: int, edges: Edges, same: Edges = ()) -> Drawing:
    """A place for each of `count` documents; `edges` are pairs of their numbers, the strongest first.

    `same` are those that are one text: see `groups`.

    >>> laid_out(3, [(0, 2)])
    Drawing(stories=[[0, 2]], width=1000, height=166, nodes=[[152, 34], [100, 149], [152, 98]])
    """
    stories = groups(count, edges, same)
    neighbours = _neighbours(edges)
    boxes = [_Box(circle(story, neighbours), _radius(len(story))) for story in stories]
    width = round(max([WIDTH, *(box.width for box in boxes)]))
    nodes: dict[int, list[int]] = {}
    below = 0.0
    for row in _rows(boxes, width):
        _place(row, below, nodes)
        below += max(box.height for box in row)
    grouped = {member for story in stories for member in story}
    height = _place_alone([one for one in range(count) if one not in grouped], width, round(below), nodes)
    return Drawing(stories, width, height, [nodes[one] for one in range(count)])


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


def circle(story: Sequence[int], neighbours: Mapping[int, Sequence[int]]) -> list[int]:
    """The members in an order that puts joined ones side by side: from the one with most pairs, on to the strongest."""
    waiting = sorted(story, key=lambda one: (-len(neighbours[one]), one))
    rest = dict.fromkeys(waiting)
    ordered: list[int] = []
    while rest:
        following = (one for one in (neighbours[ordered[-1]] if ordered else ()) if one in rest)
        chosen = next(following, None)
        ordered.append(next(iter(rest)) if chosen is None else chosen)
        del rest[ordered[-1]]
    return ordered


def _neighbours(edges: Edges) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for a, b in edges:
        found[a].append(b)
        found[b].append(a)
    return found


def _radius(count: int) -> float:
    return STEP / 2 / sin(pi / count)


def _rows(boxes: Iterable[_Box], width: float) -> list[list[_Box]]:
    rows: list[list[_Box]] = []
    for box in boxes:
        if not rows or sum(other.width for other in rows[-1]) + box.width > width:
            rows.append([])
        rows[-1].append(box)
    return rows


def _place(row: Sequence[_Box], top: float, nodes: dict[int, list[int]]) -> None:
    """A row of circles from the left, all hanging from its top; the first node of a circle is its highest."""
    left = 0.0
    for box in row:
        x, y = left + box.width / 2, top + box.height / 2
        for number, member in enumerate(box.members):
            angle = 2 * pi * number / len(box.members)
            nodes[member] = [round(x + box.radius * sin(angle)), round(y - box.radius * cos(angle))]
        left += box.width


def _place_alone(members: Sequence[int], width: int, top: int, nodes: dict[int, list[int]]) -> int:
    """Documents without a story, in rows below the rest; the height of the whole."""
    columns = width // ALONE_WIDTH
    for number, member in enumerate(members):
        row, column = divmod(number, columns)
        nodes[member] = [column * ALONE_WIDTH + ALONE_WIDTH // 2, top + row * ALONE_HEIGHT + ALONE_HEIGHT // 2]
    return max(1, top + -(-len(members) // columns) * ALONE_HEIGHT)
