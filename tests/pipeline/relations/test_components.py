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
from compare.pipeline.relations.components import NUMBER, components_in_parts, labels_in, labels_of
from compare.pipeline.relations.edges import components

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Emit, Reduce

    I64 = NDArray[np.int64]


def found(edges: I64, documents: int, parts: int) -> I64:
    """The labels of components, by so many parts at the least."""
    pieces = np.array_split(edges, parts)
    engine = MemoryEngine(Resources(memory=3 * 64 * len(edges) // parts + 3))
    return labels_in(components_in_parts(engine, pieces.__getitem__, parts, (documents, len(edges))), documents)


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), min_size=1, max_size=40), st.integers(1, 6))
@settings(max_examples=examples(40))
def test_parts_find_the_components_of_any_graph(pairs: list[tuple[int, int]], parts: int) -> None:
    edges = np.array(pairs, np.int64)
    assert found(edges, 21, parts).tolist() == components(edges, 21).tolist()


class Sending(MemoryEngine):
    """Counts the steps."""

    steps = 0

    def step(self, stage: str, halves: tuple[int, int], emit: Emit, reduce: Reduce) -> list[Part]:
        """What is made of what was sent to each target."""
        self.steps += 1
        return super().step(stage, halves, emit, reduce)


@pytest.mark.parametrize(("apart", "memory", "is_parted"), [(2, 20, True), (2, 21, False), (1, 20, False)])
def test_machines_label_documents_by_parts_if_one_of_them_cannot_hold_all(
    apart: int, memory: int, *, is_parted: bool
) -> None:
    engine = Sending(Resources(memory=memory * NUMBER, apart=apart))
    edges = np.array([[3, 4], [9, 3], [20, 19], [4, 9]], np.int64)
    labels = labels_of(engine, edges, 21)
    assert labels.dtype == np.int32
    assert labels.tolist() == components(edges, 21).tolist()
    assert bool(engine.steps) == is_parted


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
    assert labels_in(parts, 6).tolist() == [0, 1, 2, 1, 4, 1]
    wrong = MemoryEngine().each("wrong", 1, lambda _, out: out.append(name, np.array([value, value], np.int32)))[0]
    with pytest.raises(InputError):
        labels_in([Part({**parts[0].columns, **wrong.columns}, {})], 6)
