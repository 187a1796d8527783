"""Who falls to whom, in any number."""

from __future__ import annotations

import random

import pytest
from builds import compiled
from shapes import edited, made

import compare
from compare.model import Verdict
from compare.pipeline.collection import Batch
from compare.pipeline.deduplicate import Keeping, deduplicate_batches
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.policy import DUPLICATES
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
