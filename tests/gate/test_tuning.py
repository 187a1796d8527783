"""A policy is chosen by marked pairs, and judged on pairs that it was not chosen by."""

from __future__ import annotations

import numpy as np
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare import CompareError
from compare.gate.tuning import NUMBERS, PARTS, Marked, Rate, best, held_back, parts_of, tuned, uncertain

SEED = np.random.default_rng(7)


def marked(
    reuse: list[bool], shares: list[float], pairs: list[tuple[str, str]] | None = None, **columns: object
) -> Marked:
    """Pairs of which the own share says whether they are reuse as well as given, and nothing else says anything."""
    values = {name: np.zeros(len(reuse)) for name in ("verdict", *NUMBERS)} | {"own": np.array(shares)}
    names = pairs or [(f"a{number}", f"b{number}") for number in range(len(reuse))]
    return Marked(names, np.array(reuse, bool), values | {name: np.asarray(column) for name, column in columns.items()})


CLEAR = marked([True] * 20 + [False] * 30, [0.4 + at / 100 for at in range(20)] + [at / 100 for at in range(30)])
NOBODY = marked([], [])


def test_a_limit_between_what_is_reuse_and_what_is_not_is_found_in_the_middle() -> None:
    found = tuned(CLEAR, NOBODY)
    assert found.policy == "own >= 35 %"
    assert (found.quality.precision, found.quality.recall) == (Rate(20, 20), Rate(20, 20))
    assert (found.pairs, found.reuse, found.parts, found.apart, found.next) == (50, 20, PARTS, True, ())
    assert found.named["near"].precision == Rate(0, 0)


def test_marks_by_chance_are_told_to_be_no_better_than_chance() -> None:
    reuse = (SEED.random(200) < 0.5).tolist()
    noise = {name: SEED.random(200) for name in NUMBERS if name != "own"}
    found = tuned(marked(reuse, SEED.random(200).tolist(), **noise), NOBODY, 0.9)
    low, high = found.quality.precision.interval
    assert low < 0.5 < high
    assert found.quality.precision.share < found.asked == 0.9
    every = np.ones(200, bool)
    seen = best(marked(reuse, SEED.random(200).tolist(), **noise), every, 0.9)[0]
    assert seen not in {"near", "passage", "exact"}  # which looks better on the pairs that chose it


def test_at_a_precision_that_is_asked_for_as_much_is_found_as_can_be() -> None:
    shares = [0.9, 0.8, 0.7, 0.6, 0.55] * 3 + [0.5, 0.45, 0.4, 0.35, 0.3] + [0.5, 0.45, 0.4, 0.35, 0.3] * 4
    pairs = marked([True] * 20 + [False] * 20, shares)
    every = np.ones(40, bool)
    assert best(pairs, every, 1.0)[0] == "own >= 53 %"
    assert best(pairs, every, 0.5)[0] == "own >= 15 %"


@settings(max_examples=examples(40))
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.booleans()), min_size=50, max_size=90))
def test_pairs_that_share_a_document_are_held_back_together_or_that_is_told(rows: list[tuple[int, int, bool]]) -> None:
    pairs = [(f"a{a}", f"b{b}") for a, b, _ in rows]
    reuse = [True] * 10 + [False] * 10 + [mark for *_, mark in rows[20:]]
    table = marked(reuse, [0.5] * len(rows), pairs)
    parts, apart = parts_of(table)
    assert all(0 < table.reuse[parts == part].sum() < (parts == part).sum() for part in range(PARTS))
    if apart:
        for side in (0, 1):
            for name in {pair[side] for pair in pairs}:
                assert len({int(part) for part, pair in zip(parts, pairs, strict=True) if pair[side] == name}) == 1
    quality = held_back(table, parts, 0.0)
    assert quality.recall.of == table.reuse.sum()


def test_what_divides_policies_that_are_nearly_as_good_is_to_be_marked_next() -> None:
    both = {"containment": CLEAR.values["own"], "jaccard": CLEAR.values["own"]}
    table = Marked(CLEAR.pairs, CLEAR.reuse, CLEAR.values | both)
    pool = marked([False] * 3, [0.9, 0.9, 0.0], containment=[0.9, 0.1, 0.0], jaccard=[0.9, 0.9, 0.0])
    assert uncertain(table, pool, 0.0) == (("a1", "b1"),)


@pytest.mark.parametrize(("right", "of", "low", "high"), [(9, 10, 0.596, 0.982), (10, 10, 0.722, 1), (0, 10, 0, 0.278)])
def test_an_interval_is_wilsons(right: int, of: int, low: float, high: float) -> None:
    assert Rate(right, of).interval == pytest.approx((low, high), abs=0.001)
    assert Rate(0, 0).interval == (0, 1)


@pytest.mark.parametrize("reuse", [[], [True] * 30, [True] * 9 + [False] * 50])
def test_too_few_marks_are_one_plain_line(reuse: list[bool]) -> None:
    with pytest.raises(CompareError, match="at least 10 of each") as raised:
        tuned(marked(reuse, [0.5] * len(reuse)), NOBODY)
    assert len(str(raised.value).splitlines()) == 1
