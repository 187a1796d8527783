"""The order of ids is the same in one list and by ranges, and an id that stands twice is seen in both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.errors import InputError
from compare.pipeline.engines.base import Resources
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.ordering import Ordered, ordered
from compare.pipeline.saved import Texts, append_strings, texts_of
from compare.sources.order import in_order

if TYPE_CHECKING:
    from compare.pipeline.engines.base import Out

SMALL, LARGE = Resources(memory=3000), Resources()
NAMES = st.one_of(
    st.lists(st.text(max_size=3), max_size=60),
    st.lists(st.from_regex(r"-?[0-9]{1,3}", fullmatch=True), max_size=60),
    st.lists(st.from_regex(r"(?s)[ab]:[0-9]{1,3}|[a9]", fullmatch=True), max_size=60),
)


def saved(names: list[str], parts: int, engine: MemoryEngine) -> Texts:
    def verb(part: int, out: Out) -> None:
        append_strings(out, "ids", names[part * len(names) // parts : (part + 1) * len(names) // parts])

    return texts_of(engine.each("sketch", parts, verb), "ids")


def order_of(names: list[str], parts: int, resources: Resources) -> Ordered:
    engine = MemoryEngine(resources)
    return ordered(saved(names, parts, engine), engine)


@given(NAMES, st.integers(1, 4))
@settings(max_examples=examples(25))
def test_ranges_give_the_order_of_one_list(names: list[str], parts: int) -> None:
    unique = list(dict.fromkeys(names))
    for resources in (SMALL, LARGE):
        found = order_of(unique, parts, resources)
        assert np.argsort(found.rank).tolist() == in_order(unique).tolist()
        assert found.unique
        assert order_of(names, parts, resources).unique is (len(unique) == len(names))


@pytest.mark.parametrize("last", ["100", "b", "7"])
def test_numbers_are_ordered_by_ranges_and_beside_another_id_by_code_point(last: str) -> None:
    names = [str(number) for number in range(100)]
    assert order_of(names, 3, SMALL).unique
    found = order_of([*names, last], 3, SMALL)
    assert found.unique is (last != "7")
    assert [[*names, last][place] for place in np.argsort(found.rank).tolist()] == (
        sorted([*names, last]) if last == "b" else sorted([*names, last], key=int)
    )


def test_texts_are_read_from_the_parts_that_they_stand_in() -> None:
    names = ["a", "", "ü", "\ud800", "😀", "f"]
    texts = saved(names, 4, MemoryEngine())
    assert [list(texts), texts[1:3], texts[-1], len(texts)] == [names, names[1:3], "f", 6]
    assert texts.some(np.array([4, 0, 4])) == ["😀", "a", "😀"]


@pytest.mark.parametrize("documents", [[0, 0, 1], [0, 1], [0, 1, 3]])
def test_ranges_of_some_documents_are_refused(documents: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    def sort(_numbered: object, target: int, _blocks: object, out: Out) -> None:
        out.append("documents", np.array(documents if target == 0 else [], np.int32))
        out.note("unique", fact=True)

    monkeypatch.setattr("compare.pipeline.ordering._sorted", sort)
    with pytest.raises(InputError, match="does not fit together"):
        order_of(["c" * 1000, "b", "a"], 2, SMALL)
