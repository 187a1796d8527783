"""Facts as they are written: one reading for all spellings of a figure."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from compare.facts.figures import readings


@given(st.integers(0, 10**9))
def test_a_figure_is_read_alike_in_every_locale(value: int) -> None:
    spellings = [f"{value}", f"{value:,}", f"{value:,}".replace(",", "."), f"{value:,}".replace(",", "'")]
    assert all(readings(one) & readings(other) for one, other in pairwise(spellings))
