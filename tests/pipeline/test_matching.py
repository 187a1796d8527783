"""A scope asks for some pairs of a collection: it finds each of them, and says of it what a whole run says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from compare.gate.policy import BY_WORDS, numbers, read_policy
from compare.model import Comparison, Document
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.matching import Scope
from compare.pipeline.plan import compare_documents, compare_some
from compare.settings import Settings

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
    return compare_documents(newsroom(), [], SETTINGS, MemoryEngine()).comparisons


def asked(scope: Scope) -> tuple[Comparison, ...]:
    return compare_some(newsroom(), scope, SETTINGS, MemoryEngine()).comparisons


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
        compare_some(documents, replace(some, total=total), SETTINGS, MemoryEngine()) for total in (0, 100_000)
    )
    assert {pair.own_a for pair in small.comparisons} == {0.0}
    assert all(pair.own_a > 0 for pair in large.comparisons)


def test_of_too_many_wanted_pairs_the_strongest_are_aligned_and_the_others_counted() -> None:
    every = Scope(wanted=read_policy("shared >= 1").holds)
    found, few = (compare_some(newsroom(), one, SETTINGS, MemoryEngine()) for one in (every, replace(every, most=3)))
    assert [(pair.a, pair.b) for pair in few.comparisons] == [
        ("a-ferry", "b-copy"), ("a-ferry", "f-twin"), ("b-copy", "f-twin"),
    ]  # fmt: skip
    assert few.comparisons == found.comparisons[:3]
    assert few.left_out["pairs_not_aligned"] == len(found.comparisons) - 3 > 0
    assert found.left_out["pairs_not_aligned"] == 0


def test_a_collection_without_a_document_has_no_pairs() -> None:
    assert compare_some([], Scope(), SETTINGS, MemoryEngine()).comparisons == ()


def test_a_number_stays_on_its_side_where_the_twin_of_what_was_compared_comes_second() -> None:
    pairs = {(pair.a, pair.b): pair for pair in whole()}
    first, second = pairs["a-ferry", "d-long"], pairs["d-long", "f-twin"]
    assert (first.containment_a, first.own_a, first.kept_a, first.reused_a) == (1, 1, 1, 1)
    assert (second.containment_b, second.own_b, second.kept_b, second.reused_b) == (1, 1, 1, 1)
    assert max(second.containment_a, second.own_a, second.kept_a, second.reused_a) < 1


TOPICS = (
    "council bridge harbour ferry engineers steel deck months crowns estuary cyclists midnight".split(),  # noqa: SIM905
    "wheat harvest drought mildew fields June rain millers grain overseas contracts bakeries".split(),  # noqa: SIM905
)


def reports() -> list[Document]:
    """Six texts that share more and fewer words of a topic, and never five of them in a row."""
    own = ("ash", "oak", "elm", "fir", "yew")
    texts = [[word for place, word in enumerate(TOPICS[n % 2]) if place % (n + 2)] for n in range(6)]
    texts = [[*(text[::-1] if n % 3 else text), *(f"{word}{n}" for word in own)] for n, text in enumerate(texts)]
    return [Document(str(n), " ".join(text)) for n, text in enumerate(texts)]


def test_of_the_pairs_that_only_a_topic_proposes_the_likeliest_are_aligned_and_the_others_counted() -> None:
    every = compare_some(reports(), Scope(), SETTINGS, MemoryEngine())
    likeliest = sorted((pair.cosine for pair in every.comparisons), reverse=True)
    assert (len(set(likeliest)), every.left_out["pairs_not_aligned"]) == (6, 0)
    for most in range(1, 7):
        some = compare_some(reports(), Scope(), Settings(weak_pairs=most), MemoryEngine())
        assert sorted((pair.cosine for pair in some.comparisons), reverse=True) == likeliest[:most]
        assert some.left_out["pairs_not_aligned"] == 6 - most


@pytest.mark.parametrize(("most", "pairs", "without"), [(6, 6, 0), (5, 0, 6)])
def test_a_collection_above_the_limit_proposes_nothing_by_topic_and_says_so(
    most: int, pairs: int, without: int
) -> None:
    report = compare_some(reports(), Scope(), Settings(neighbour_documents=most), MemoryEngine())
    assert (len(report.comparisons), report.left_out["documents_without_neighbours"]) == (pairs, without)
