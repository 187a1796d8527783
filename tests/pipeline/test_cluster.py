"""Who falls to whom, in any number; and which document stays."""

from __future__ import annotations

import random

import numpy as np
import pytest
from builds import compiled
from shapes import edited, made

import compare
from compare.model import Document, Verdict
from compare.pipeline.cluster import DUPLICATES, UNDATED, Facts, instant, policy_of
from compare.pipeline.collection import Batch
from compare.pipeline.deduplicate import Keeping, deduplicate_batches
from compare.pipeline.engines.memory import MemoryEngine
from compare.settings import Settings


@pytest.mark.parametrize("copies", [10, *(pytest.param(many, marks=compiled) for many in (1_001, 1_100, 3_000))])
def test_copies_of_one_text_all_fall_whatever_their_number(copies: int) -> None:
    draw = random.Random(copies)
    base = made(draw, 120)
    texts = [edited(draw, base, 2) for _ in range(copies)] + [made(draw, 100) for _ in range(50)]
    (cluster,) = compare.deduplicate([" ".join(text) for text in texts])
    assert len(cluster.members) == copies


@compiled
def test_copies_in_which_one_word_in_twenty_was_changed_fall_in_any_number() -> None:
    draw = random.Random(5)
    base = made(draw, 200)
    texts = [" ".join(edited(draw, base, 10)) for _ in range(1_200)]
    clusters = compare.deduplicate(texts)
    assert sum(member.dropped for cluster in clusters for member in cluster.members) > 1_150


@compiled
def test_a_passage_in_very_many_unlike_texts_is_still_boilerplate() -> None:
    draw = random.Random(6)
    notice = made(draw, 40)
    texts = [" ".join(notice + made(draw, 60)) for _ in range(1_200)]
    assert compare.deduplicate(texts) == ()


@compiled
def test_a_text_with_very_many_copies_falls_to_the_one_that_holds_it() -> None:
    draw = random.Random(7)
    base = made(draw, 100)
    texts = [" ".join(edited(draw, base, 1)) for _ in range(1_100)]
    (cluster,) = compare.deduplicate([*texts, " ".join(made(draw, 600) + base)])
    assert (cluster.keep, len(cluster.members)) == ("1100", 1_101)


# --- which one stays -----------------------------------------------------------------------------------------------


def order_of(keep: str, **facts: list[str]) -> list[int]:
    """Documents 0 to 3 of 10, 30, 20 and 30 words from the one that stays first down; of them 3 has the smallest id."""
    published, values = (facts.get(name, [""] * 4) for name in ("published", "values"))
    policy = policy_of(keep, Facts(np.array([1, 2, 3, 0]), np.array([10, 30, 20, 30]), published, values))
    return np.argsort(policy.place).tolist()


DATES = ["2024-05-02", "2024-05-01", "Tuesday", "2024-05-02"]


@pytest.mark.parametrize(
    ("keep", "facts", "order"),
    [
        ("first", {}, [3, 1, 2, 0]),
        ("first", {"published": DATES}, [1, 3, 0, 2]),
        ("longest", {"published": DATES}, [1, 3, 2, 0]),
        ("newest", {"published": DATES}, [3, 0, 1, 2]),
        ("input", {"published": DATES}, [0, 1, 2, 3]),
        ("views", {"values": ["9", "10", "", "9"]}, [1, 3, 0, 2]),
        ("views", {"values": ["9", "-10", "", "9.5"]}, [3, 0, 1, 2]),
        ("desk", {"values": ["b", "10", "", "c"]}, [3, 0, 1, 2]),
        ("desk", {"values": ["a", "a", "a", "a"], "published": DATES}, [1, 3, 0, 2]),
    ],
)
def test_the_document_that_stays_is_the_first_by_these_keys(
    keep: str, facts: dict[str, list[str]], order: list[int]
) -> None:
    assert order_of(keep, **facts) == order


@pytest.mark.parametrize(
    ("text", "hours"),
    [("1970-01-01T05:00", 5), ("1970-01-01T05:00+02:00", 3), ("1970-01-02", 24), ("1969-12-31T23:00Z", -1)],
)
def test_a_date_without_a_zone_is_utc(text: str, hours: int) -> None:
    assert instant(text) == 3600 * hours


@pytest.mark.parametrize("text", ["", "Tuesday", "2024-13-01"])
def test_what_is_no_date_counts_as_undated(text: str) -> None:
    assert instant(text) == UNDATED


def test_the_reason_is_the_first_key_in_which_the_next_best_differs() -> None:
    text = " ".join(made(random.Random(1), 60))
    rows = [("b", text, "2024-05-01"), ("a", text, "2024-05-02"), ("c", f"{text} more", "2024-05-01")]
    reasons = []
    for chosen in (rows[:2], rows[::2], [("z", text, ""), ("y", text, "")]):
        (cluster,) = compare.deduplicate([Document(name, body, published=date) for name, body, date in chosen])
        reasons.append((cluster.keep, cluster.reason))
    assert reasons == [("b", "the earliest dated"), ("c", "the longest"), ("y", "the smallest id")]


def test_a_text_that_holds_an_earlier_one_stays_and_says_so() -> None:
    draw = random.Random(2)
    part = made(draw, 60)
    texts = {"part": (part, "2024-05-01"), "whole": (made(draw, 200) + part, "2024-05-02")}
    (cluster,) = compare.deduplicate([Document(name, " ".join(t), published=d) for name, (t, d) in texts.items()])
    assert (cluster.keep, cluster.reason) == ("whole", "holds the others")
    assert cluster.members[1].reason == "contained in whole: own containment 1.00"


def members(texts: list[str], drop: frozenset[Verdict]) -> list[tuple[str, str]]:
    """Who falls, for whom, where only some verdicts make duplicates."""
    nothing = [""] * len(texts)
    batch = Batch([str(number) for number in range(len(texts))], texts, nothing, nothing)
    clusters = deduplicate_batches([batch], Settings(), MemoryEngine(), Keeping(drop=drop)).clusters
    return [(member.id, member.kept_for) for cluster in clusters for member in cluster.members if member.dropped]


def test_a_document_falls_only_for_a_verdict_against_the_one_that_stays() -> None:
    # 2 is a near-duplicate of 1 and 1 of 0, which stays; of 2 more than .65 stands in 0, which makes it derived only.
    draw = random.Random(3)
    base, own = made(draw, 200), made(draw, 25)
    texts = [" ".join(text) for text in (base, base[40:172], base[60:160] + own)]
    assert [compare.pair(*(texts[place] for place in pair)).verdict for pair in ((0, 1), (1, 2), (0, 2))] == [
        "near-duplicate", "near-duplicate", "derived",
    ]  # fmt: skip
    assert compare.pair(texts[0], texts[2]).own_b > Settings().near_containment
    assert members(texts, DUPLICATES) == [("1", "0")]
    assert members(texts[1:], DUPLICATES) == [("1", "0")]


@pytest.mark.parametrize(
    ("drop", "fallen"),
    [(DUPLICATES, ["1", "2"]), ({Verdict.IDENTICAL}, ["1"]), ({Verdict.NEAR_DUPLICATE}, ["2"]), (set(), [])],
)
def test_a_twin_falls_only_for_its_verdict_too(drop: set[Verdict], fallen: list[str]) -> None:
    text = "by nine it was {}5 degrees on the northern quay and the ferry had not sailed"
    texts = [text.format("−"), text.format("−").upper(), text.format("")]
    assert members(texts, frozenset(drop)) == [(name, "0") for name in fallen]


@pytest.mark.parametrize("keep", ["first", "newest"])
def test_a_date_that_one_of_two_alone_has_decides_nothing(keep: str) -> None:
    text = " ".join(made(random.Random(1), 60))
    for dates in (("2024-05-01", ""), ("", "2024-05-01"), ("", "")):
        rows = [Document("a", text, published=dates[0]), Document("b", f"{text} more", published=dates[1])]
        (cluster,) = compare.deduplicate(rows, keep=keep)
        assert (cluster.keep, cluster.reason) == ("b", "the longest")


def test_of_several_dated_ones_the_earliest_stays_beside_one_without_a_date() -> None:
    text = " ".join(made(random.Random(1), 60))
    dates = {"a": "2024-05-02", "b": "2024-05-01", "c": ""}
    (cluster,) = compare.deduplicate([Document(name, text, published=day) for name, day in dates.items()])
    assert (cluster.keep, cluster.reason) == ("b", "the earliest dated")
