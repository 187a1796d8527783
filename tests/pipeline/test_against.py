"""What a corpus is held against stays, whatever it is, and what stands in it is found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builds import compiled
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from shapes import corpus

from compare.model import Verdict
from compare.pipeline.against import deduplicate_against
from compare.pipeline.collection import Batch
from compare.pipeline.deduplicate import Deduplicated, InOnePart, Keeping, deduplicate_batches
from compare.pipeline.engines.choose import opened
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

TIGHT = Settings(ceiling_least=30, pair_cap=4)
TEXT = "The council voted on Monday to close the old bridge for two years while a new one is built beside it."
MORE = f"{TEXT} A choir of eighty singers from three villages will open the hall in June with a work of its own."
DROP = [*[frozenset(verdict for verdict in Verdict if verdict.is_duplicate)] * 2, frozenset(), {Verdict.IDENTICAL}]

Rows = list[tuple[str, str]]


def batch(rows: Sequence[tuple[str, str]]) -> list[Batch]:
    nothing = [""] * len(rows)
    return [Batch([name for name, _ in rows], [text for _, text in rows], nothing, nothing)]


def held(own: Rows, others: list[str], keeping: Keeping, limits: Settings = Settings()) -> Deduplicated:  # noqa: B008  # frozen
    named = [(f"f:{place}", text) for place, text in enumerate(others)]
    with opened(limits, 1) as engine:
        return deduplicate_against((InOnePart(batch(own)), InOnePart(batch(named))), limits, engine, keeping)


def told(found: Deduplicated) -> list[tuple[str, int, str, bool]]:
    assert found.against is not None
    return [
        (found.collection.ids[own], other, "contains" if holds else Verdict(found_verdict).value, falls)
        for (own, other), rank, holds, falls in zip(
            found.against.pairs.tolist(), found.against.ranks.tolist(), found.against.contains.tolist(),
            found.against.falls.tolist(), strict=True,
        )
        for found_verdict in [list(Verdict)[rank]]
    ]  # fmt: skip


@compiled
@given(st.integers(0, 10**6), st.integers(1, 20), st.sampled_from(DROP), st.booleans())
@settings(max_examples=examples(25))
def test_others_never_fall_and_a_second_time_nothing_does(
    seed: int,
    size: int,
    drop: frozenset[Verdict],
    contains: bool,  # noqa: FBT001  # drawn
) -> None:
    documents = [(document.id, document.text) for document in corpus(seed, (2, 40))]
    own, others = documents[:-size] or documents[:1], [text for _, text in documents[-size:]]
    keeping = Keeping(drop=frozenset(drop), contains=contains)
    found = held(own, others, keeping, TIGHT)
    assert found.against is not None
    assert found.dropped_ids <= {name for name, _ in own}
    assert sorted(found.against.dropped_for) == found.against.fallen.tolist()
    turned = held(own[::-1], others, keeping, TIGHT)
    assert (turned.dropped_ids, turned.clusters) == (found.dropped_ids, found.clusters)
    rest = [row for row in own if row[0] not in found.dropped_ids]
    assert not rest or not held(rest, others, keeping, TIGHT).dropped_ids


def test_without_others_that_match_a_corpus_is_deduplicated_as_always() -> None:
    own = [(document.id, document.text) for document in corpus(4, (30, 40))]
    with opened(Settings(), 1) as engine:
        alone = deduplicate_batches(batch(own), Settings(), engine, Keeping())
    found = held(own, ["Nothing of this stands in any of them, not one word in a row."], Keeping())
    assert found.clusters == alone.clusters
    assert (found.pairs.pairs.tolist(), found.verdicts.tolist()) == (
        alone.pairs.pairs.tolist(),
        alone.verdicts.tolist(),
    )


def test_copies_parts_and_holders_are_told_and_fall_as_asked() -> None:
    own = [("1", TEXT.upper()), ("2", TEXT[:64]), ("3", MORE), ("4", "Something else is said here, of nobody.")]
    everything = frozenset(verdict for verdict in Verdict if verdict.is_duplicate)
    assert told(held(own, [TEXT], Keeping())) == [
        ("1", 0, "identical", True), ("2", 0, "contained", True), ("3", 0, "contains", False),
    ]  # fmt: skip
    assert held(own, [TEXT], Keeping(contains=True)).dropped_ids == {"1", "2", "3"}
    assert held(own, [TEXT], Keeping(drop=frozenset(), contains=True)).dropped_ids == {"3"}
    alike = [("1", TEXT.replace("two years", "three years")), ("2", TEXT)]
    assert held(alike, [TEXT], Keeping(drop=frozenset(), contains=True)).dropped_ids == frozenset()
    only = held(own, [TEXT], Keeping(drop=frozenset()))
    assert (len(told(only)), only.dropped_ids) == (3, frozenset())
    without = held(own, [TEXT], Keeping(drop=everything - {Verdict.IDENTICAL}))
    assert without.against is not None
    assert (without.against.fallen.tolist(), without.dropped_ids) == ([1], {"1", "2"})  # 1 is part of 3


def test_a_text_in_which_a_sign_or_a_fact_differs_is_no_copy() -> None:
    own = [("1", f"{TEXT} It costs 10⁵ euros."), ("2", TEXT.replace("two years", "three years"))]
    found = held(own, [f"{TEXT} It costs 105 euros.", TEXT], Keeping(facts=True))
    verdicts = {(name, other): verdict for name, other, verdict, _ in told(found)}
    assert (verdicts["1", 0], verdicts["2", 1]) == ("near-duplicate", "near-duplicate")
    assert found.against is not None
    assert found.against.facts is not None
    assert {answer.facts for answer in found.against.facts} >= {1}
    kept = held(own, [TEXT], replace(Keeping(facts=True), different_stay=True))
    assert "2" not in kept.dropped_ids


def test_past_the_cap_of_copies_each_document_is_told_with_one_of_the_others() -> None:
    own = [(str(number), TEXT) for number in range(30)]
    found = held(own, [TEXT] * 30, Keeping())
    assert found.against is not None
    assert (len(found.against.pairs), found.against.left_out) == (30, 870)
    assert found.dropped_ids == {name for name, _ in own}
    assert found.clusters == ()
