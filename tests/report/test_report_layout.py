from __future__ import annotations

from math import dist

from hypothesis import given
from hypothesis import strategies as st

from compare.report.layout import circle, groups, laid_out

pairs = st.tuples(st.integers(0, 29), st.integers(0, 29)).filter(lambda pair: pair[0] < pair[1])
graphs = st.lists(pairs, max_size=60)


@given(graphs)
def test_every_document_has_a_place_of_its_own_inside_the_picture(edges: list[tuple[int, int]]) -> None:
    drawn = laid_out(30, edges)
    assert len(drawn.nodes) == 30
    assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in drawn.nodes)
    nearest = min(dist(one, other) for one in drawn.nodes for other in drawn.nodes if one is not other)
    assert nearest >= 30


@given(graphs)
def test_groups_are_what_the_pairs_join(edges: list[tuple[int, int]]) -> None:
    found = groups(30, edges)
    where = {member: number for number, members in enumerate(found) for member in members}
    assert len(where) == sum(map(len, found))
    assert all(where[a] == where[b] for a, b in edges)
    assert set(where) == {one for edge in edges for one in edge}
    assert found == sorted(found, key=lambda members: (-len(members), members))


@given(graphs)
def test_the_picture_is_the_same_whatever_the_order_of_a_pairs_sides(edges: list[tuple[int, int]]) -> None:
    assert laid_out(30, edges) == laid_out(30, [(b, a) for a, b in edges])


def test_joined_documents_stand_side_by_side_on_the_circle() -> None:
    chain = {0: [1], 1: [0, 3], 3: [1, 2], 2: [3]}
    assert circle([0, 1, 2, 3], chain) == [1, 0, 3, 2]


def test_no_document_is_a_picture_too() -> None:
    drawn = laid_out(0, [])
    assert (drawn.stories, drawn.nodes, drawn.width, drawn.height) == ([], [], 1000, 1)
