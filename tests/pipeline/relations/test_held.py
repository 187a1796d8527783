"""Groups of keys that stay in parts: what is asked of them is what the obvious loops say, however they are parted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.errors import InputError
from compare.pipeline.engines.base import Resources
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.relations.held import Held, KeyGroups, documents_of

if TYPE_CHECKING:
    from compare.pipeline.engines.base import Engine, Out, Part

DOCUMENTS = 9
holders = st.dictionaries(
    st.integers(0, 1 << 63), st.sets(st.integers(0, DOCUMENTS - 1), min_size=1).map(sorted), max_size=8
)
some = st.lists(st.booleans(), min_size=DOCUMENTS, max_size=DOCUMENTS)


def groups_of(held: dict[int, list[int]]) -> KeyGroups:
    members = [document for group in held.values() for document in group]
    counts = [len(group) for group in held.values()]
    return KeyGroups(np.array([*held], np.uint64), np.array(counts, np.int32), np.array(members, np.int32))


def read(groups: KeyGroups) -> dict[int, list[int]]:
    ends = np.cumsum(groups.counts)[:-1] if len(groups.counts) else []
    return dict(zip(groups.keys.tolist(), (part.tolist() for part in np.split(groups.members, ends)), strict=False))


def parted(engine: Engine, held: dict[int, list[int]], parts: int) -> list[Part]:
    def verb(part: int, out: Out) -> None:
        groups = groups_of(dict(list(held.items())[part::parts]))
        out.append("keys", groups.keys)
        out.append("large_counts", groups.counts)
        out.append("large", groups.members)

    return engine.each("large", parts, verb)


@given(holders, some, st.lists(st.integers(0, 3), min_size=DOCUMENTS, max_size=DOCUMENTS))
def test_groups_are_asked_for_some_documents_and_for_the_labels_of_all(
    held: dict[int, list[int]], chosen: list[bool], labels: list[int]
) -> None:
    groups, flags = groups_of(held), np.array(chosen)
    assert read(groups.of(flags)) == {key: [each for each in group if chosen[each]] for key, group in held.items()}
    assert groups.with_any(flags).tolist() == [any(chosen[each] for each in group) for group in held.values()]
    told = {key: sorted({labels[each] for each in group}) for key, group in held.items()}
    assert read(groups.labelled(np.array(labels, np.int32))) == told
    assert documents_of(groups, DOCUMENTS).tolist() == sorted({each for group in held.values() for each in group})


@given(holders, st.integers(0, 4), some, st.integers(1, 3), st.sampled_from([1, 1 << 20]))
def test_keys_are_asked_in_their_parts_or_all_at_once_for_the_same(
    held: dict[int, list[int]], least: int, chosen: list[bool], parts: int, memory: int
) -> None:
    engine = MemoryEngine(Resources(memory=memory))
    keys = Held(tuple(parted(engine, held, parts)), DOCUMENTS, least).of(np.array(chosen))
    made = keys.each(engine, "asked", lambda groups, out: out.append("keys", groups.keys[groups.counts > 0]))
    wanted = {key: [each for each in group if chosen[each]] for key, group in held.items() if len(group) > least}
    assert sorted(key for part in made for key in part.all("keys").tolist()) == sorted(filter(wanted.get, wanted))
    rows = [(key, each) for key in sorted(wanted) for each in wanted[key]]
    assert list(zip(*(column.tolist() for column in keys.rows()), strict=True)) == rows


@pytest.mark.parametrize("wrong", [{1: [0, DOCUMENTS]}, {1: [-1]}])
def test_holders_that_are_no_documents_are_refused(wrong: dict[int, list[int]]) -> None:
    engine = MemoryEngine()
    with pytest.raises(InputError, match="does not fit together"):
        Held(tuple(parted(engine, wrong, 1)), DOCUMENTS, 0).rows()
