"""From texts to scored pairs: what is common, what counts once, and that no order matters."""

from __future__ import annotations

import random
from dataclasses import fields
from itertools import combinations

import numpy as np
import pytest
from builds import compiled

from compare import kernels
from compare.kernels import reference
from compare.model import Verdict
from compare.pipeline.collection import Batch, Collection, collect, tokens_of
from compare.pipeline.engines.base import Resources
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.pairs import Counter, Scored, counted, score
from compare.pipeline.relations.edges import components
from compare.pipeline.score import Overlaps, measure, verdicts
from compare.settings import Settings

SETTINGS = Settings()
RANKED = list(Verdict)
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "el", "in", "or", "u", "ay")]
Found = dict[tuple[str, str], Verdict]
NO_MORE = np.empty((0, 2), np.int64)
"""No further candidates; with any, pairs that are `distinct` so far stay."""


def made(seed: int, words: int) -> str:
    """Words that no two seeds share five of in a row."""
    draw = random.Random(seed)
    return " ".join("".join(draw.choices(SYLLABLES, k=draw.choice([1, 2, 2, 3]))) for _ in range(words))


def edited(text: str, seed: int, changes: int) -> str:
    """A light copy: some words changed."""
    draw, words = random.Random(seed), text.split()
    for place in draw.sample(range(len(words)), changes):
        words[place] = f"changed{seed}x{place}"
    return " ".join(words)


def put_into(text: str, passage: str, seed: int) -> str:
    words = text.split()
    place = random.Random(seed).randrange(len(words))
    return " ".join([*words[:place], passage, *words[place:]])


PARAGRAPH = made(9000, 45)
WIRE = made(9001, 45)
ARTICLE = made(9002, 220)


def newsroom() -> dict[str, str]:
    """Some 60 texts: 15 unlike ones with a paragraph in common, 4 with another, 15 light copies, and relations."""
    texts = {f"run-{i:02}": put_into(made(i, 150), PARAGRAPH, i) for i in range(15)}
    texts |= {f"wire-{i}": put_into(made(100 + i, 160), WIRE, i) for i in range(4)}
    texts |= {f"copy-{i:02}": edited(ARTICLE, i, 6) for i in range(15)}
    texts |= {f"plain-{i:02}": made(200 + i, 140) for i in range(16)}
    base = made(300, 200)
    texts |= {
        "story": base,
        "story-twin": base.upper(),
        "half": " ".join(base.split()[:100]),
        "empty": "",
        "short": "bay gull",
    }
    texts["embedded"] = put_into(made(301, 500), base, 1)
    texts["lifted"] = put_into(made(302, 150), " ".join(base.split()[20:75]), 2)
    texts["boiled"] = put_into(edited(base, 3, 5), PARAGRAPH, 3)
    texts["only-paragraph"] = PARAGRAPH
    return texts


def run(texts: dict[str, str], resources: Resources | None = None, batch: int = 7) -> tuple[Collection, Scored]:
    engine, items = MemoryEngine(resources), list(texts.items())
    parts = [items[i : i + batch] for i in range(0, len(items), batch)]
    collection = collect((Batch([i for i, _ in part], [text for _, text in part]) for part in parts), engine, SETTINGS)
    return collection, score(collection, engine, SETTINGS, NO_MORE)


def verdicts_of(collection: Collection, scored: Scored) -> Found:
    names = [(collection.ids[a], collection.ids[b]) for a, b in scored.pairs.tolist()]
    return dict(zip(names, (RANKED[rank] for rank in scored.ranks.tolist()), strict=True))


def reused(found: Found) -> Found:
    return {pair: verdict for pair, verdict in found.items() if verdict.is_reuse}


def five_word_shingles(text: str) -> list[int]:
    return sorted(set(reference.shingle_hashes(kernels.tokens(text).hashes, 5).tolist()))


@pytest.fixture(scope="module")
def whole() -> tuple[Collection, Scored]:
    return run(newsroom())


def test_a_paragraph_in_fifteen_unlike_texts_is_common_shingle_for_shingle(whole: tuple[Collection, Scored]) -> None:
    collection, scored = whole
    assert scored.common.shingles.tolist() == five_word_shingles(PARAGRAPH)
    holders = [collection.ids[d] for d in scored.common.holders.tolist()]
    assert set(holders) == {f"run-{i:02}" for i in range(15)} | {"boiled", "only-paragraph"}


def test_a_common_paragraph_makes_no_reuse(whole: tuple[Collection, Scored]) -> None:
    found = verdicts_of(*whole)
    pairs = list(combinations([f"run-{i:02}" for i in range(15)], 2))
    assert {found[pair] for pair in pairs} == {Verdict.DISTINCT}
    assert found["boiled", "run-03"] == Verdict.DISTINCT
    assert found["only-paragraph", "run-03"] == Verdict.DISTINCT


def test_a_paragraph_in_few_texts_is_reuse() -> None:
    few = {f"run-{i:02}": put_into(made(i, 150), PARAGRAPH, i) for i in range(10)}
    collection, scored = run(few)
    assert scored.common.shingles.tolist() == []
    assert list(verdicts_of(collection, scored).values()) == [Verdict.DERIVED] * 45


@pytest.mark.parametrize(
    ("copies", "changes", "verdict"),
    [
        (15, 6, "near-duplicate"),
        pytest.param(40, 10, "near-duplicate", marks=compiled),
        (40, 15, "near-duplicate"),
        pytest.param(40, 20, "derived", marks=compiled),
    ],
)
def test_versions_of_one_article_count_once_in_what_is_common(copies: int, changes: int, verdict: str) -> None:
    collection, scored = run({f"copy-{i:02}": edited(ARTICLE, i, changes) for i in range(copies)})
    assert scored.common.shingles.tolist() == []
    assert set(verdicts_of(collection, scored).values()) == {verdict}
    # Above the cap of 20 holders stars stand for cliques, and still join every copy.
    assert components(scored.pairs, copies).tolist() == [0] * copies


@pytest.mark.parametrize("words", [45, 90, 140])
def test_a_passage_of_up_to_nearly_half_of_each_text_makes_no_versions_of_them(words: int) -> None:
    notice = made(9003, words)
    collection, scored = run({f"run-{i:02}": put_into(made(i, 150), notice, i) for i in range(25)})
    assert scored.common.shingles.tolist() == five_word_shingles(notice)
    assert set(verdicts_of(collection, scored).values()) == {Verdict.DISTINCT}


def test_the_newsroom_gets_the_verdicts_that_a_person_would_give(whole: tuple[Collection, Scored]) -> None:
    found = reused(verdicts_of(*whole))
    copies = [f"copy-{i:02}" for i in range(15)]
    expected = dict.fromkeys(combinations(copies, 2), Verdict.NEAR_DUPLICATE)
    expected |= dict.fromkeys(combinations([f"wire-{i}" for i in range(4)], 2), Verdict.DERIVED)
    expected |= {
        ("half", "story"): Verdict.CONTAINED,
        ("embedded", "story"): Verdict.CONTAINED,
        ("embedded", "half"): Verdict.CONTAINED,
        ("boiled", "story"): Verdict.NEAR_DUPLICATE,
        ("boiled", "half"): Verdict.CONTAINED,
    }
    for pair in ("lifted story", "embedded lifted", "half lifted", "boiled embedded"):
        first, second = pair.split()
        expected[first, second] = Verdict.DERIVED
    assert found == expected


def test_twins_are_compared_once_under_the_smallest_id(whole: tuple[Collection, Scored]) -> None:
    collection, scored = whole
    named = {collection.ids[d] for d in scored.pairs.ravel().tolist()}
    assert "story" in named
    assert "story-twin" not in named
    assert collection.ids[scored.twins.first[collection.ids.index("story-twin")]] == "story"


def test_no_reuse_is_missed_by_the_proposals_and_every_count_is_exact(whole: tuple[Collection, Scored]) -> None:
    collection, scored = whole
    documents = np.flatnonzero(scored.twins.representatives)
    rank = collection.rank
    every = np.array([(a, b) for a in documents for b in documents if rank[a] < rank[b]], np.int64)
    every = every[np.lexsort((rank[every[:, 1]], rank[every[:, 0]]))]
    proposed, step = {tuple(pair) for pair in scored.pairs.tolist()}, 1 if kernels.COMPILED else 8
    every = np.array(
        [pair for place, pair in enumerate(every.tolist()) if not place % step or tuple(pair) in proposed], np.int64
    )
    tokens, offsets = tokens_of(collection, np.arange(len(collection)))
    exact = measure(tokens, offsets, every, scored.common.shingles, SETTINGS)
    ranks = verdicts(exact, np.zeros(len(every), bool), SETTINGS)
    slow = {tuple(pair): int(rank) for pair, rank in zip(every.tolist(), ranks, strict=True)}
    fast = {tuple(pair): int(rank) for pair, rank in zip(scored.pairs.tolist(), scored.ranks, strict=True)}
    assert {pair: rank for pair, rank in slow.items() if rank <= 3} == {
        pair: rank for pair, rank in fast.items() if rank <= 3
    }
    row = {tuple(pair): i for i, pair in enumerate(every.tolist())}
    same = exact.rows(np.array([row[tuple(pair)] for pair in scored.pairs.tolist()]))
    for name in ("shared", "own_shared", "longest", "own_longest", "tokens", "shingles", "own"):
        np.testing.assert_array_equal(getattr(scored.overlaps, name), getattr(same, name), name)
    counted = scored.overlaps.kept > 0
    np.testing.assert_array_equal(scored.overlaps.kept[counted], same.kept[counted])


def by_name(collection: Collection, scored: Scored) -> list[tuple[object, ...]]:
    """All that was found, in its order, with documents by name."""
    columns = [*(getattr(scored.overlaps, item.name) for item in fields(Overlaps)), scored.ranks]
    names = [(collection.ids[a], collection.ids[b]) for a, b in scored.pairs.tolist()]
    rest = sorted(collection.ids[d] for d in scored.common.holders), scored.common.shingles.tolist(), scored.left_out
    return [*zip(names, *(column.tolist() for column in columns), strict=True), rest]


@pytest.mark.parametrize(
    "resources", [Resources(), Resources(workers=2), Resources(memory=1024)], ids=["plain", "2 workers", "1 kB"]
)
@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=compiled)])
def test_nothing_depends_on_order_batches_workers_or_memory(
    whole: tuple[Collection, Scored], resources: Resources, seed: int
) -> None:
    items = list(newsroom().items())
    random.Random(seed).shuffle(items)
    assert by_name(*run(dict(items), resources, batch=3 + 40 * seed)) == by_name(*whole)


def test_further_candidates_are_measured_and_without_them_distinct_pairs_are_let_go() -> None:
    texts, engine = newsroom(), MemoryEngine()
    collection = collect([Batch(list(texts), list(texts.values()))], engine, SETTINGS)
    wanted = [("plain-01", "plain-00"), ("story", "story-twin"), ("story-twin", "plain-02")]
    extra = np.array([[collection.ids.index(name) for name in pair] for pair in wanted], np.int64)
    none, plain, more = (
        verdicts_of(collection, score(collection, engine, SETTINGS, part)) for part in (None, NO_MORE, extra)
    )
    assert none == reused(plain) == reused(more)
    assert {pair: verdict for pair, verdict in more.items() if pair not in plain} == dict.fromkeys(
        [("plain-00", "plain-01"), ("plain-02", "story")], Verdict.DISTINCT
    )


@pytest.mark.parametrize(
    "texts", [{}, {"a": ""}, {"a": made(1, 30)}, {"a": "", "b": "…"}, {"a": made(1, 30), "b": made(2, 30)}]
)
def test_a_collection_with_nothing_to_compare_has_no_pairs(texts: dict[str, str]) -> None:
    _, scored = run(texts)
    assert scored.pairs.shape == (0, 2)
    assert len(scored.overlaps) == len(scored.ranks) == 0


def test_a_pair_that_nothing_proposed_is_measured_with_its_sides_as_given(whole: tuple[Collection, Scored]) -> None:
    collection, scored = whole
    counter = Counter(collection, MemoryEngine(), SETTINGS)
    places = [collection.ids.index(name) for name in ("story", "half")]
    found = counter.measured(np.array([places, places[::-1]], np.int64), scored.common.shingles)
    assert found.tokens.tolist() == [[200, 100], [100, 200]]
    assert found.containment[0].tolist() == [96 / 196, 1]
    assert found.longest.tolist() == [100, 100]


def test_the_texts_of_some_documents_come_in_the_order_asked_for(whole: tuple[Collection, Scored]) -> None:
    collection, _ = whole
    documents = [collection.ids.index(name) for name in ("story", "short", "empty", "half", "short")]
    tokens, offsets = tokens_of(collection, np.array(documents, np.int64))
    assert np.diff(offsets).tolist() == [200, 2, 0, 100, 2]
    np.testing.assert_array_equal(tokens[202:302], tokens[:100])


def test_many_pairs_are_counted_by_parts_as_by_one(
    whole: tuple[Collection, Scored], monkeypatch: pytest.MonkeyPatch
) -> None:
    collection, scored = whole
    pairs = np.array(list(combinations(range(12), 2)), np.int64)[::-1]
    common = scored.common.shingles
    alone = Counter(collection, MemoryEngine(), SETTINGS).measured(pairs, common)
    monkeypatch.setattr("compare.pipeline.pairs.FEW", 10)
    parted = counted(pairs, common, Counter(collection, MemoryEngine(Resources(beside=3)), SETTINGS), "twin-pairs")
    for item in fields(Overlaps):
        assert (getattr(alone, item.name) == getattr(parted, item.name)).all()
