"""A scope asks for some pairs of a collection: it finds each of them, and says of it what a whole run says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from compare.gate.policy import BY_WORDS, numbers, read_policy
from compare.kernels.columns import offsets_of
from compare.model import Comparison, Document
from compare.pipeline.engines.local import LocalEngine
from compare.pipeline.matching import Scope
from compare.pipeline.plan import compare_documents, compare_some
from compare.pipeline.tfidf import cosines, weights
from compare.pipeline.twins import Twins, expand, expand_asked
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

SETTINGS = Settings()
FERRY = (
    "The ferry left the old harbour at nine with forty passengers, a lorry of apples and the mayor's brother. "
    "By noon the wind had turned, the lorry had lost its load, and the captain spoke of a long afternoon. "
    "Nobody was hurt, said the owner, but the apples are gone and the quay will stay closed until Thursday. "
)
BRIDGE = (
    "Engineers who looked at the bridge in spring found rust in eleven of its forty hangers and told the council. "
    "The council wants a second opinion before it closes the road that half of the town drives to work on. "
)
BAKERY = "A baker in Mill Street sells bread that is two days old for half of its price, and sells all of it. " * 3


def newsroom() -> list[Document]:
    texts = {
        "a-ferry": FERRY,
        "b-copy": FERRY.upper(),
        "c-late": FERRY.replace("nine", "ten").replace("Thursday", "Friday"),
        "d-long": FERRY + BRIDGE + BAKERY,
        "e-bridge": BRIDGE,
        "f-twin": FERRY,
        "g-lifted": BAKERY + FERRY[:105],
        "h-bakery": BAKERY,
    }
    return [Document(name, text) for name, text in texts.items()]


def whole() -> tuple[Comparison, ...]:
    return compare_documents(newsroom(), [], SETTINGS, LocalEngine()).comparisons


def asked(scope: Scope) -> tuple[Comparison, ...]:
    return compare_some(newsroom(), scope, SETTINGS, LocalEngine()).comparisons


@pytest.mark.parametrize("names", [{"c-late"}, {"a-ferry", "h-bakery"}, {"f-twin", "b-copy"}, set()])
def test_asking_for_some_documents_gives_their_pairs_as_a_whole_run_has_them(names: set[str]) -> None:
    mine = [pair for pair in whole() if {pair.a, pair.b} & names]
    assert bool(mine) == bool(names)
    found = asked(Scope(frozenset(names)))
    assert [pair for pair in found if pair.verdict.value != "distinct"] == mine


EVERY_NUMBER = " and ".join(f"{name} >= .2" for name in sorted(BY_WORDS - {"verdict"}))


@pytest.mark.parametrize("policy", ["exact", "near", "longest >= 17", "own >= .4 and jaccard < .9", EVERY_NUMBER])
def test_what_words_alone_decide_is_found_without_scikit_learn_and_is_the_same(policy: str) -> None:
    wanted = read_policy(policy)
    mine = [pair for pair in whole() if wanted.holds(numbers(pair))]
    found = asked(Scope(wanted=wanted.holds))
    assert mine
    assert [pair.cosine for pair in found] == pytest.approx([pair.cosine for pair in mine])
    assert [replace(pair, cosine=0.0, evidence=None) for pair in found] == [
        replace(pair, cosine=0.0, evidence=None) for pair in mine
    ]


def test_limits_go_by_the_whole_that_the_documents_are_a_part_of() -> None:
    notice = "All prices are without warranty and no part of this page may be printed again without a licence of ours. "
    documents = [Document(f"{n:02}", f"{word} " * 30 + notice) for n, word in enumerate("abcdefghijklmnop")]
    some = Scope(frozenset({"00"}), read_policy("longest >= 12").holds)
    small, large = (
        compare_some(documents, replace(some, total=total), SETTINGS, LocalEngine()) for total in (0, 100_000)
    )
    assert {pair.own_a for pair in small.comparisons} == {0.0}
    assert all(pair.own_a > 0 for pair in large.comparisons)


def test_of_too_many_wanted_pairs_the_strongest_are_aligned_and_the_others_counted() -> None:
    every = Scope(wanted=read_policy("shared >= 1").holds)
    found, few = (compare_some(newsroom(), one, SETTINGS, LocalEngine()) for one in (every, replace(every, most=3)))
    assert [(pair.a, pair.b) for pair in few.comparisons] == [
        ("a-ferry", "b-copy"), ("a-ferry", "f-twin"), ("b-copy", "f-twin"),
    ]  # fmt: skip
    assert few.comparisons == found.comparisons[:3]
    assert few.left_out["pairs_not_aligned"] == len(found.comparisons) - 3 > 0
    assert found.left_out["pairs_not_aligned"] == 0


def test_a_collection_without_a_document_has_no_pairs() -> None:
    assert compare_some([], Scope(), SETTINGS, LocalEngine()).comparisons == ()


def twins(groups: list[int]) -> Twins:
    return Twins(np.array([groups.index(group) for group in groups]))


def test_past_the_cap_every_document_that_is_asked_for_keeps_a_pair() -> None:
    groups = [0] * 40 + [1] * 30 + [2]
    flags = np.zeros(71, bool)
    flags[[0, 7, 39, 45, 70]] = True
    pairs = np.array([[0, 40], [40, 70]])
    found = expand_asked(pairs, twins(groups), np.arange(71), 20, flags)
    assert set(np.flatnonzero(flags).tolist()) <= set(found.pairs.ravel().tolist())
    assert flags[found.pairs].any(axis=1).all()
    assert len(found.pairs) < 40
    assert found.left_out + len(found.pairs) == (40 * 30 - 37 * 29) + 30 + (780 - 666) + (435 - 406)


def test_below_the_cap_asking_for_all_is_the_plain_expansion() -> None:
    groups = [0, 1, 0, 2, 1, 3]
    pairs = np.array([[0, 1], [1, 3], [3, 5]])
    rank = np.array([3, 1, 0, 2, 5, 4])
    plain, every = (
        expand(pairs, twins(groups), rank, 100),
        expand_asked(pairs, twins(groups), rank, 100, np.ones(6, bool)),
    )
    assert (plain.pairs.tolist(), plain.rows.tolist()) == (every.pairs.tolist(), every.rows.tolist())


def halves(
    tokens: NDArray[np.uint64], offsets: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.int64]]]:
    """A collection's texts in two blocks."""
    half = len(offsets) // 2
    yield tokens[: offsets[half]], offsets[: half + 1]
    yield tokens[offsets[half] :], offsets[half:] - offsets[half]


def test_cosines_are_those_of_scikit_learn() -> None:
    draw = np.random.default_rng(7)
    lengths = draw.integers(0, 60, 30)
    offsets = offsets_of(lengths)
    tokens = draw.zipf(1.4, int(lengths.sum())).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    pairs = draw.integers(0, 30, (50, 2))
    every = tokens, offsets
    assert cosines(halves(tokens, offsets), every, pairs) == pytest.approx(weights(tokens, offsets).cosine(pairs))
