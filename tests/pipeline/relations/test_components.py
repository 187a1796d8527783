"""That parts which know some edges each find the components that one process finds which knows all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.errors import InputError
from compare.pipeline.engines.base import Part, Resources
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.relations.components import components_in_parts, labels_of
from compare.pipeline.relations.edges import components

if TYPE_CHECKING:
    from numpy.typing import NDArray

    I64 = NDArray[np.int64]


def found(edges: I64, documents: int, parts: int) -> I64:
    """The labels of components, by so many parts at the least."""
    pieces = np.array_split(edges, parts)
    engine = MemoryEngine(Resources(memory=3 * 64 * len(edges) // parts + 3))
    return labels_of(components_in_parts(engine, pieces.__getitem__, parts, (documents, len(edges))), documents)


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), min_size=1, max_size=40), st.integers(1, 6))
@settings(max_examples=examples(40))
def test_parts_find_the_components_of_any_graph(pairs: list[tuple[int, int]], parts: int) -> None:
    edges = np.array(pairs, np.int64)
    assert found(edges, 21, parts).tolist() == components(edges, 21).tolist()


@pytest.mark.parametrize("is_shuffled", [False, True])
@pytest.mark.parametrize("shape", ["chain", "ring", "star", "tree"])
def test_parts_find_chains_rings_stars_and_trees(shape: str, *, is_shuffled: bool) -> None:
    count = 1_000
    draw = np.random.default_rng(5)
    names = draw.permutation(count) if is_shuffled else np.arange(count)
    before = {"star": np.zeros(count, np.int64), "tree": (np.arange(count) - 1) // 2}.get(shape, np.arange(count) - 1)
    first = 0 if shape == "ring" else 1
    edges = draw.permutation(np.stack([names, names[before]], axis=1)[first:])
    assert not found(edges, count, 7).any()
    halves = edges[draw.random(len(edges)) < 0.6]
    assert found(halves, count, 7).tolist() == components(halves, count).tolist()


@pytest.mark.parametrize(("name", "value"), [("members", 9), ("smallest", -1)])
def test_components_of_an_earlier_run_are_not_believed_without_a_look(name: str, value: int) -> None:
    parts = components_in_parts(MemoryEngine(), lambda _: np.array([[1, 3], [3, 5]]), 1, (6, 2))
    assert labels_of(parts, 6).tolist() == [0, 1, 2, 1, 4, 1]
    wrong = MemoryEngine().each("wrong", 1, lambda _, out: out.append(name, np.array([value, value], np.int32)))[0]
    with pytest.raises(InputError):
        labels_of([Part({**parts[0].columns, **wrong.columns}, {})], 6)
