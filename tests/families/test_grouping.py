from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from compare.families.grouping import groups

pairs = st.tuples(st.integers(0, 29), st.integers(0, 29)).filter(lambda pair: pair[0] < pair[1])
graphs = st.lists(pairs, max_size=60)


@given(graphs)
def test_groups_are_of_documents_of_which_most_pairs_are_joined(edges: list[tuple[int, int]]) -> None:
    found = groups(30, edges)
    assert len({member for members in found for member in members}) == sum(map(len, found))
    assert found == sorted(found, key=lambda members: (-len(members), members))
    joined = set(edges)
    for members in found:
        inside = [pair for pair in combinations(members, 2) if pair in joined]
        assert len(inside) * 2 >= len(members) * (len(members) - 1) / 2
    two = {pair for pair in joined if not any(member in members for members in found for member in pair)}
    assert not two


def test_a_chain_of_pairs_is_no_group() -> None:
    assert groups(6, [(number, number + 1) for number in range(5)]) == [[0, 1, 2], [3, 4, 5]]


def test_copies_are_one_group_however_few_pairs_say_so() -> None:
    star = [(0, other) for other in range(1, 6)]
    assert groups(7, [*star, (5, 6)], star) == [[0, 1, 2, 3, 4, 5, 6]]
