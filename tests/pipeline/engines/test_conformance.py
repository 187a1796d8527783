"""What every engine must do, exactly. It is asked of each that the setting `engine` may name, through the one door.

The references are the obvious loops. Keys are hashes, as in the product: well spread over 64 bits.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
import on_spark
import pytest
from examples import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compare.kernels.columns import offsets_of
from compare.kernels.reference import mix
from compare.pipeline.collection import KeyRows
from compare.pipeline.engines.base import Work
from compare.pipeline.engines.choose import opened
from compare.pipeline.engines.columns import Scratch
from compare.pipeline.relations.edges import components
from compare.pipeline.relations.join import join
from compare.pipeline.relations.limits import Limits
from compare.pipeline.relations.meeting import pairs_from_buckets, pairs_from_fingerprints
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Engine
    from compare.pipeline.relations.limits import Proposals

ENGINES = {
    "memory": (Settings(engine="memory"), 2),
    "memory, 1 kB": (Settings(engine="memory", memory=1024), 1),
    "disk": (Settings(engine="disk"), 1),
    "disk, 2 workers, 16 kB": (Settings(engine="disk", memory=16384), 2),
    **({"spark, 64 kB": (Settings(engine="spark", memory=65536), 2)} if on_spark.MISSING is None else {}),
}
Holdings = list[list[int]]
"""For each document the keys that it holds, as small numbers."""
holdings = st.lists(st.sets(st.integers(1, 12), max_size=9).map(sorted), min_size=1, max_size=14)
all_limits = st.builds(
    Limits, cap=st.integers(2, 6), ceiling=st.integers(1, 10), frequent=st.integers(1, 8),
    min_shared=st.integers(1, 4), min_share=st.sampled_from([0.0, 0.15, 0.5, 0.75, 1.0]), long_shared=st.integers(1, 5),
    whole_share=st.sampled_from([0.0, 0.3, 0.5, 1.0, 2.0]),
)  # fmt: skip
relaxed = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=examples(80)
)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    settings_of, workers = ENGINES[request.param]
    if settings_of.engine == "spark":
        on_spark.context()
    with opened(settings_of, workers, Work(str(tmp_path_factory.mktemp("work")))) as made:
        yield made


@dataclass
class Expected:
    """What the definition says, with keys as small numbers."""

    pairs: dict[tuple[int, int], int]
    """How many keys proposed each pair."""
    frequent: dict[int, list[int]]
    left_out: int = 0
    starred: int = 0


def ordered(a: int, b: int) -> tuple[int, int]:
    return min(a, b), max(a, b)


def edges_of(holders: list[int], rank: list[int], limits: Limits, whole: Callable[[int], bool]) -> set[tuple[int, int]]:
    """The pairs that one key proposes."""
    if len(holders) > limits.ceiling:
        holders = list(filter(whole, holders))
        if not holders:
            return set()
    elif len(holders) <= limits.cap:
        return {ordered(a, b) for a, b in combinations(holders, 2)}
    chain = sorted(holders, key=rank.__getitem__)
    return {ordered(chain[0], other) for other in chain[1:]} | {ordered(a, b) for a, b in pairwise(chain)}


def expected_of(rows: Holdings, rank: list[int], limits: Limits, *, count: bool) -> Expected:
    holders: dict[int, list[int]] = {}
    for document, keys in enumerate(rows):
        for key in keys:
            holders.setdefault(key, []).append(document)
    above = Counter(owner for group in holders.values() if len(group) > limits.ceiling for owner in group)

    def whole(document: int) -> bool:
        return above[document] / len(rows[document]) >= limits.whole_share

    shared = Counter(
        pair for group in holders.values() if len(group) > 1 for pair in edges_of(group, rank, limits, whole)
    )
    pairs = {}
    for (a, b), together in sorted(shared.items()):
        smaller = min(len(rows[a]), len(rows[b]))
        enough = together >= limits.min_share * smaller or together >= limits.long_shared
        if not count or (enough and together >= min(limits.min_shared, smaller)):
            pairs[a, b] = together
    shared_keys = [group for group in holders.values() if len(group) > 1]
    left_out = sum(len(group) > limits.ceiling and not all(map(whole, group)) for group in shared_keys)
    return Expected(
        pairs,
        {key: group for key, group in holders.items() if len(group) > limits.frequent},
        left_out,
        sum(len(group) > min(limits.cap, limits.ceiling) for group in shared_keys) - left_out,
    )


def columns(rows: Holdings, number: Callable[[int], int] = mix) -> KeyRows:
    """The keys of documents, by these numbers."""
    column = Scratch(1 << 20)
    column.append(np.array([number(key) for row in rows for key in row], np.uint64))
    return KeyRows(column, offsets_of(np.array([len(row) for row in rows], np.int64)), np.arange(len(rows)))


def alike(key: int) -> int:
    """A number whose high bits are those of one in three of the others."""
    return (key % 3) << 60 | key


def rows_of(found: Proposals) -> list[tuple[int, int]]:
    """What is frequent: each key with each holder."""
    keys, owners = found.frequent.rows()
    return list(zip(keys.tolist(), owners.tolist(), strict=True))


def agrees(found: Proposals, expected: Expected, number: Callable[[int], int] = mix) -> None:
    assert list(zip(map(tuple, found.pairs.tolist()), found.shared.tolist(), strict=True)) == list(
        expected.pairs.items()
    )
    rows = sorted((number(key), owner) for key, group in expected.frequent.items() for owner in group)
    assert rows_of(found) == rows
    assert (found.left_out, found.starred) == (expected.left_out, expected.starred)


@given(holdings, all_limits, st.randoms(use_true_random=False))
@relaxed
def test_pairs_from_buckets_are_those_that_share_a_key(
    engine: Engine, rows: Holdings, limits: Limits, random: object
) -> None:
    rank = list(range(len(rows)))
    random.shuffle(rank)  # type: ignore[attr-defined]
    found = pairs_from_buckets(engine, columns(rows), np.array(rank), limits)
    agrees(found, expected_of(rows, rank, limits, count=False))


@given(holdings, all_limits, st.randoms(use_true_random=False))
@relaxed
def test_pairs_from_fingerprints_share_enough_keys(
    engine: Engine, rows: Holdings, limits: Limits, random: object
) -> None:
    rank = list(range(len(rows)))
    random.shuffle(rank)  # type: ignore[attr-defined]
    found = pairs_from_fingerprints(engine, columns(rows), np.array(rank), limits)
    agrees(found, expected_of(rows, rank, limits, count=True))


@given(holdings, all_limits)
@relaxed
def test_keys_that_share_their_high_bits_are_told_apart_by_the_others(
    engine: Engine, rows: Holdings, limits: Limits
) -> None:
    rank = list(range(len(rows)))
    found = pairs_from_fingerprints(engine, columns(rows, alike), np.array(rank), limits)
    agrees(found, expected_of(rows, rank, limits, count=True), alike)


@given(holdings, all_limits, st.randoms(use_true_random=False))
@relaxed
def test_proposals_do_not_depend_on_the_order_of_reading(
    engine: Engine, rows: Holdings, limits: Limits, random: object
) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]
    plain = pairs_from_fingerprints(engine, columns(rows), np.arange(len(rows)), limits)
    # Document `i` of the shuffled reading is document `order[i]` of the plain one, and so is its rank.
    shuffled = pairs_from_fingerprints(engine, columns([rows[d] for d in order]), np.array(order), limits)
    back = np.sort(np.array(order)[shuffled.pairs.reshape(-1, 2)], axis=1)
    assert sorted(map(tuple, back.tolist())) == list(map(tuple, plain.pairs.tolist()))
    assert sorted((key, order[owner]) for key, owner in rows_of(shuffled)) == rows_of(plain)
    assert (shuffled.left_out, shuffled.starred) == (plain.left_out, plain.starred)


def test_a_thousand_holders_make_fewer_than_two_thousand_edges(engine: Engine) -> None:
    limits = Limits(cap=20, ceiling=1000, frequent=10)
    found = pairs_from_buckets(engine, columns([[1]] * 1000), np.arange(1000)[::-1].copy(), limits)
    assert len(found.pairs) == 999 + 998
    assert found.pairs[-1].tolist() == [998, 999]
    assert components(found.pairs, 1000).tolist() == [0] * 1000


def test_above_the_ceiling_a_key_proposes_those_that_are_mostly_such_keys(engine: Engine) -> None:
    limits = Limits(cap=20, ceiling=100, frequent=10, whole_share=0.5)
    partly = [[1, 10 + document, 5000 + document] for document in range(101)]
    found = pairs_from_fingerprints(engine, columns(partly), np.arange(101), limits)
    assert (len(found.pairs), found.left_out, found.starred) == (0, 1, 0)
    assert len(rows_of(found)) == 101
    mostly = [[1, 10 + document] for document in range(101)]
    found = pairs_from_fingerprints(engine, columns(mostly), np.arange(101), limits)
    assert (len(found.pairs), found.left_out, found.starred) == (100 + 99, 0, 1)
    both = [*partly[:51], *mostly[51:]]
    found = pairs_from_fingerprints(engine, columns(both), np.arange(101), limits)
    assert (len(found.pairs), found.left_out, found.starred) == (49 + 48, 1, 0)
    assert found.pairs.min() == 51


def test_a_star_edge_counts_its_key_once(engine: Engine) -> None:
    rows = [[1, 10, 20], [1, 11, 21], [1, 12, 22]]
    found = pairs_from_fingerprints(engine, columns(rows), np.arange(3), Limits(2, 9, 9, min_shared=2, long_shared=9))
    assert found.starred == 1
    assert found.pairs.tolist() == []


def test_two_keys_of_one_document_that_look_alike_never_pair_it_with_itself(engine: Engine) -> None:
    rows = columns([[mix(5) & ~1, mix(5) | 1], [mix(5) | 1]], int)
    found = pairs_from_buckets(engine, rows, np.arange(2), Limits(5, 9, 9))
    assert found.pairs.tolist() == [[0, 1]]
    assert len(found.shared) == 1


def test_nothing_held_proposes_nothing(engine: Engine) -> None:
    for count in (0, 3):
        empty = columns([[]] * count)
        for verb in (pairs_from_buckets, pairs_from_fingerprints):
            found = verb(engine, empty, np.arange(count), Limits(2, 3, 1))
            assert found.pairs.shape == (0, 2)
            assert (rows_of(found), found.left_out, found.starred) == ([], 0, 0)


pairs_of_ten = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20)


def pair_array(pairs: list[tuple[int, int]]) -> NDArray[np.int64]:
    return np.array(pairs, np.int64).reshape(-1, 2)


def saved(engine: Engine, rows: list[list[int]]) -> tuple[Scratch, NDArray[np.int64]]:
    stage = engine.scratch("tokens")
    for row in rows:
        stage.append(np.array(row, np.uint64))
    return stage, offsets_of(np.array([len(row) for row in rows], np.int64))


def totals(tokens: NDArray[np.uint64], offsets: NDArray[np.int64], pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """A verb for the join: the sum of each side's tokens, and how many of them there are."""
    sides = [[tokens[offsets[d] : offsets[d + 1]].tolist() for d in pair] for pair in pairs.tolist()]
    return np.array([[sum(a), sum(b), len(a), len(b)] for a, b in sides], np.int64).reshape(-1, 4)


@given(st.lists(st.lists(st.integers(0, 99), max_size=40), min_size=10, max_size=10), pairs_of_ten)
@relaxed
def test_a_join_gives_each_pair_its_texts_in_the_order_of_the_pairs(
    engine: Engine, rows: list[list[int]], pairs: list[tuple[int, int]]
) -> None:
    found = join(*saved(engine, rows), pair_array(pairs), totals, engine.resources.share)
    expected = [[sum(rows[a]), sum(rows[b]), len(rows[a]), len(rows[b])] for a, b in pairs]
    assert found.tolist() == expected


def test_a_join_reads_long_texts_far_apart(engine: Engine) -> None:
    rows = [list(range(d, d + 3000 * (d % 3))) for d in range(10)]
    pairs = [(9, 0), (0, 9), (5, 5), (2, 8), (8, 2), (2, 8), (3, 6)]
    found = join(*saved(engine, rows), pair_array(pairs), totals, engine.resources.share)
    assert found.tolist() == [[sum(rows[a]), sum(rows[b]), len(rows[a]), len(rows[b])] for a, b in pairs]


def test_map_keeps_the_order_of_the_batches(engine: Engine) -> None:
    assert list(engine.map(sum, ([i, i] for i in range(50)))) == [2 * i for i in range(50)]
    assert list(engine.map(len, [])) == []


def test_an_error_in_a_batch_comes_back_to_the_caller(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        list(engine.map(lambda number: 1 // number, [1, 0, 1]))
