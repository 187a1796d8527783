"""That nothing falls of what stays, in any number and any shape."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from builds import compiled
from examples import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapes import corpus, made

import compare
from compare.model import Document
from compare.settings import Settings

if TYPE_CHECKING:
    from compare.model import Cluster

TIGHT = Settings(ceiling_least=30, pair_cap=4, common_least=5)
"""The caps of a large corpus in a small one."""


def kept(documents: list[Document], clusters: tuple[Cluster, ...]) -> list[Document]:
    gone = {member.id for cluster in clusters for member in cluster.members if member.dropped}
    return [document for document in documents if document.id not in gone]


def assert_nothing_falls_twice(documents: list[Document], limits: Settings, keep: str) -> None:
    rest = kept(documents, compare.deduplicate(documents, keep=keep, settings=limits))
    again = compare.deduplicate(rest, keep=keep, settings=limits)
    assert [member.reason for cluster in again for member in cluster.members if member.dropped] == []


@compiled
@given(st.integers(0, 10**6), st.sampled_from([TIGHT, Settings()]), st.sampled_from(["first", "longest", "newest"]))
@example(80, Settings(), "first")  # what was boilerplate while all its holders stood
@example(7, TIGHT, "first")  # one that had fallen to a document that fell, and comes back
@settings(max_examples=examples(40))
def test_nothing_falls_of_what_stays(seed: int, limits: Settings, keep: str) -> None:
    assert_nothing_falls_twice(corpus(seed, (2, 60)), limits, keep)


@compiled
def test_a_chain_of_versions_leaves_one_in_each_stretch_that_is_alike() -> None:
    draw = random.Random(8)
    base = made(draw, 100 + 3 * 1_000)
    texts = [" ".join(base[3 * number : 3 * number + 100]) for number in range(1_000)]
    clusters = compare.deduplicate(texts)
    fallen = sum(member.dropped for cluster in clusters for member in cluster.members)
    assert len(clusters) > 64  # the rounds that there once were
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    assert len(kept(documents, clusters)) == 1_000 - fallen < 120
    assert_nothing_falls_twice(documents, Settings(), "first")


def misread(word: str) -> str:
    return word[:4] + "x" + word[5:]


def test_what_two_texts_share_counts_whole_when_a_part_of_it_was_held_by_too_many() -> None:
    draw = random.Random(4)
    scanned = ["".join(draw.choices("abcdefghijklmnop", k=9)) for _ in range(200)]
    kept_words = {*range(24), *range(100, 124)}
    copy = [word if n in kept_words or n % 3 else misread(word) for n, word in enumerate(scanned)]
    versions = [[*scanned[:24], *made(draw, 2), *made(random.Random(5), 100)] for _ in range(30)]  # all but one fall
    documents = [
        Document(str(n), " ".join(words)) for n, words in enumerate([*versions[:9], scanned, *versions[9:], copy])
    ]
    clusters = compare.deduplicate(documents)
    assert len(kept(documents, clusters)) == 2
    assert_nothing_falls_twice(documents, Settings(), "first")


def test_what_a_passage_hid_while_many_held_it_falls_when_they_have_fallen() -> None:
    draw = random.Random(2)
    passage = made(draw, 30)
    holders = [[*passage, *made(draw, 20)] for _ in range(15)]  # unlike, and all of them stand in one digest
    short = [*passage[-8:], *made(draw, 6)]  # holds a part of the passage, but no fingerprint of it
    texts = [*holders, [word for words in holders for word in words], short, [*made(draw, 8), *short, *made(draw, 8)]]
    documents = [Document(f"{number:02}", " ".join(words)) for number, words in enumerate(texts)]
    rest = kept(documents, compare.deduplicate(documents))
    assert [document.id for document in rest] == ["15", "17"]
    assert_nothing_falls_twice(documents, Settings(), "first")
