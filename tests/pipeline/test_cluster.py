"""Who falls to whom, in any number and any shape; and that nothing falls of what stays."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from builds import compiled
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

import compare
from compare.model import Document
from compare.settings import Settings

if TYPE_CHECKING:
    from compare.model import Cluster

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "el", "in", "or", "u", "ay")]
TIGHT = Settings(ceiling_least=30, pair_cap=4, common_least=5)
"""The caps of a large corpus in a small one."""


def made(draw: random.Random, words: int) -> list[str]:
    return ["".join(draw.choices(SYLLABLES, k=draw.choice([1, 2, 2, 3]))) for _ in range(words)]


def edited(draw: random.Random, words: list[str], changes: int) -> list[str]:
    words = list(words)
    for place in draw.sample(range(len(words)), min(changes, len(words))):
        words[place] = f"x{draw.randrange(10**6)}"
    return words


def star(draw: random.Random, count: int) -> list[list[str]]:
    base = made(draw, draw.randrange(60, 200))
    return [edited(draw, base, draw.randrange(4)) for _ in range(count)]


def chain(draw: random.Random, count: int) -> list[list[str]]:
    step = draw.randrange(1, 12)
    base = made(draw, 100 + step * count)
    return [base[step * number : step * number + 100] for number in range(count)]


def versions(draw: random.Random, count: int) -> list[list[str]]:
    texts = [made(draw, 120)]
    for _ in range(count - 1):
        texts.append(edited(draw, texts[-1], draw.randrange(1, 9)))
    return texts


def parts(draw: random.Random, count: int) -> list[list[str]]:
    base = made(draw, 300)
    texts = [base]
    for _ in range(count - 1):
        start = draw.randrange(250)
        texts.append(base[start : start + draw.randrange(30, 200)])
    return texts


def holders(draw: random.Random, count: int) -> list[list[str]]:
    """Copies of a text, and longer texts that hold it."""
    base = made(draw, 90)
    return [edited(draw, base, 2) if draw.random() < 0.7 else made(draw, 200) + base for _ in range(count)]


def twins(draw: random.Random, count: int) -> list[list[str]]:
    base = made(draw, 80)
    return [[word.upper() if draw.random() < 0.5 else word for word in base] for _ in range(count)]


def notices(draw: random.Random, count: int) -> list[list[str]]:
    """Texts with a paragraph in common, some of little else."""
    notice = made(draw, 50)
    texts = [notice + made(draw, draw.choice([5, 20, 90])) for _ in range(count)]
    return [edited(draw, text, 2) for text in texts for _ in range(draw.choice([1, 1, 2]))]


SHAPES = (star, chain, versions, parts, holders, twins, notices)


def corpus(seed: int, sizes: tuple[int, int]) -> list[Document]:
    draw = random.Random(seed)
    shapes = draw.sample(SHAPES, draw.randrange(1, 5))
    texts = [text for shape in shapes for text in shape(draw, draw.randrange(*sizes))]
    draw.shuffle(texts)
    dated = [draw.choice(["", "2024-05-01", "2024-05-02"]) for _ in texts]
    rows = enumerate(zip(texts, dated, strict=True))
    return [Document(f"d{number:05}", " ".join(text), published=date) for number, (text, date) in rows]


def kept(documents: list[Document], clusters: tuple[Cluster, ...]) -> list[Document]:
    gone = {member.id for cluster in clusters for member in cluster.members if member.dropped}
    return [document for document in documents if document.id not in gone]


def assert_nothing_falls_twice(documents: list[Document], limits: Settings, keep: str) -> None:
    rest = kept(documents, compare.deduplicate(documents, keep=keep, settings=limits))
    again = compare.deduplicate(rest, keep=keep, settings=limits)
    assert [member.reason for cluster in again for member in cluster.members if member.dropped] == []


@given(st.integers(0, 10**6), st.sampled_from([TIGHT, Settings()]), st.sampled_from(["first", "longest", "newest"]))
@settings(max_examples=examples(40))
def test_nothing_falls_of_what_stays(seed: int, limits: Settings, keep: str) -> None:
    assert_nothing_falls_twice(corpus(seed, (2, 60)), limits, keep)


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
