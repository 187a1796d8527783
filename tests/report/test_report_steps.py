from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compare.report.steps import packed, unpacked

places = st.integers(0, 10**6)


@given(st.lists(st.tuples(st.sampled_from("=~+-"), places, places, places, places)))
def test_steps_come_back_as_they_were_in_whatever_order_they_stand(steps: list[tuple[str, int, int, int, int]]) -> None:
    assert [*unpacked(*packed(steps))] == steps


def test_numbers_that_are_missing_are_steps_that_are_missing() -> None:
    assert [*unpacked("==", [1, 2, 3, 0, 4])] == [("=", 1, 3, 3, 5)]
