"""The tables of rules against the formulas they replaced, and what an explanation says, number by number."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from examples import examples
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from newsroom import comparison as made

import compare
from compare.align.align import align
from compare.align.marks.boilerplate import boilerplate_of, with_boilerplate
from compare.align.prepare import prepare
from compare.model import VERDICTS, Comparison, Condition, Document, Evidence, Quantity, Rule, Verdict
from compare.pipeline.comparison import WordScores, comparison
from compare.pipeline.score import Aligned, Overlaps, measure, promoted, rules_by_alignment, rules_by_words, verdicts
from compare.settings import Settings
from compare.wording.words import percent

SEEDS = Path(__file__).parent.parent.parent / "seeds"
DEFAULT = Settings()
OTHER = Settings(
    shingle=3, near_containment=0.7, near_kept=0.8, contained=0.9, contained_tokens=20, derived_own=0.3,
    derived_tokens=15, derived_longest=30, derived_kept=0.4, derived_passage=1, kept_floor=0.2, same_story=0.35,
)  # fmt: skip
BY_LIMIT = (
    "near_containment", "near_kept", "contained", "contained_tokens", "derived_own", "derived_tokens",
    "derived_longest", "derived_kept", "derived_passage", "kept_floor", "same_story", "near_letters",
    "contained_kept",
)  # fmt: skip
NOTHING = Aligned(0, 0, 0, 0)


# --- the rules as they were before they stood in tables ------------------------------------------------------------


def verdicts_before(overlaps: Overlaps, identical: np.ndarray, settings: Settings) -> np.ndarray:
    own, kept = overlaps.own_containment, overlaps.kept_share
    enough_own = (own.min(axis=1) >= settings.derived_own) | (overlaps.own.max(axis=1) == 0)
    near = (overlaps.containment.min(axis=1) >= settings.near_containment) & enough_own
    near |= (own.max(axis=1) >= settings.kept_floor) & (kept.min(axis=1) >= settings.near_kept)
    near |= overlaps.letters >= settings.near_letters
    own_tokens = np.where(overlaps.own_shared > 0, overlaps.own_shared + settings.shingle - 1, 0)
    inside = np.minimum(overlaps.containment, own).max(axis=1) >= settings.contained
    contained = inside & (own_tokens >= settings.contained_tokens)
    within = overlaps.kept_within(settings).max(axis=1) >= settings.contained_kept
    contained |= within
    derived = (own.max(axis=1) >= settings.derived_own) & (own_tokens >= settings.derived_tokens)
    derived |= overlaps.own_longest >= settings.derived_longest
    return np.select([identical, near, contained, derived], [0, 1, 2, 3], 6).astype(np.int8)


def promoted_before(verdict: Verdict, aligned: Aligned, settings: Settings) -> Verdict:
    found = Verdict.DISTINCT
    if aligned.kept >= settings.derived_kept and aligned.longest_reuse >= settings.derived_passage:
        found = Verdict.REWRITTEN if aligned.rewritten > aligned.reused / 2 else Verdict.DERIVED
    elif aligned.same_event >= settings.same_story:
        found = Verdict.SAME_STORY
    return min(verdict, found, key=lambda one: one.rank)


@st.composite
def any_overlaps(draw: st.DrawFn) -> Overlaps:
    """Counts of one pair that two texts could have, often at a limit."""
    sizes = draw(st.integers(1, 60)), draw(st.integers(1, 60))
    shared = draw(st.integers(0, min(sizes)) | st.integers(min(sizes) * 2 // 3, min(sizes)))
    own_shared = draw(st.just(shared) | st.just(0) | st.integers(0, shared))
    own = [
        own_shared + draw(st.integers(0, min(1, left)) | st.integers(0, left)) for left in (s - shared for s in sizes)
    ]
    longest = draw(st.sampled_from([29, 30, 39, 40]) | st.integers(5, 60)) if shared else 0
    tokens = [size + 4 for size in sizes]
    kept, letters = draw(st.integers(0, min(tokens))), draw(st.sampled_from([0, 0, 0, 1]))
    row = (shared, own_shared, longest, longest if own_shared else 0, kept, letters, tokens, sizes, own)
    return Overlaps(*(np.array([value], np.int64) for value in row))


@st.composite
def any_aligned(draw: st.DrawFn) -> Aligned:
    """What matches of a text of 80 words could say; nothing is kept or rewritten that is not reused."""
    reused = draw(st.integers(0, 80))
    kept, rewritten = (draw(st.integers(0, reused)) / 80 for _ in range(2))
    longest = draw(st.integers(1, reused)) if reused else 0
    return Aligned(reused / 80, kept, longest, rewritten, draw(st.integers(0, 100)) / 100)


any_settings = st.sampled_from([DEFAULT, OTHER])


@given(st.lists(any_overlaps(), min_size=1, max_size=20), st.booleans(), any_settings)
@effort(max_examples=examples(300))
def test_the_tables_say_what_the_formulas_said(rows: list[Overlaps], same: bool, settings: Settings) -> None:  # noqa: FBT001
    every = rows[0]
    for row in rows[1:]:
        every = every.joined(row)
    identical = np.arange(len(every)) % 5 == (0 if same else 7)
    assert verdicts(every, identical, settings).tolist() == verdicts_before(every, identical, settings).tolist()
    assert verdicts(every.rows(np.arange(0)), identical[:0], settings).tolist() == []


@given(st.sampled_from(VERDICTS), any_aligned(), any_settings)
@effort(max_examples=examples(500))
def test_alignment_promotes_as_it_did(verdict: Verdict, aligned: Aligned, settings: Settings) -> None:
    assert promoted(verdict, aligned, settings) is promoted_before(verdict, aligned, settings)


# --- explanations of counts ----------------------------------------------------------------------------------------


def judged(overlaps: Overlaps, aligned: Aligned, settings: Settings = DEFAULT, **facts: int) -> Comparison:
    """The comparison that these counts make."""
    verdict = VERDICTS[verdicts(overlaps, np.zeros(1, bool), settings)[0]]
    rules = rules_by_words(overlaps, settings, identical=False) + rules_by_alignment(aligned, settings)
    (contained, own, kept) = (
        share[0] for share in (overlaps.containment, overlaps.own_containment, overlaps.kept_share)
    )
    common = int(overlaps.shared[0] - overlaps.own_shared[0])
    usual = {"common": common, "counted": int(aligned.reused > 0), "boilerplate": 0, "quoted": 0}
    return Comparison(
        "x", "y", promoted(verdict, aligned, settings), 0, 0, *contained, *own, *kept, 0, aligned.reused,
        aligned.reused, int(overlaps.shared[0]), int(overlaps.longest[0]),
        evidence=Evidence(rules, *overlaps.tokens[0].tolist(), settings.shingle, **usual | facts),
    )  # fmt: skip


def limits(settings: Settings) -> set[str]:
    """Every limit as an explanation writes it."""
    values = [getattr(settings, name) for name in BY_LIMIT]
    shares = {f"{value * 100:g} %" for value in values if value <= 1}
    return shares | {"more than 50 %", "at most 50 %", f"{settings.same_story:g}"} | {str(v) for v in values}


@given(any_overlaps(), any_aligned(), any_settings)
@effort(max_examples=examples(400))
def test_every_explanation_names_its_verdict_and_numbers_on_the_right_side_of_limits_that_are_set(
    overlaps: Overlaps, aligned: Aligned, settings: Settings
) -> None:
    found = judged(overlaps, aligned, settings)
    text = found.explain()
    assert text.startswith(f"{found.verdict}: ")
    assert not re.search(r"nan|None|[{}]|\b1 (words|matches|shingles)\b|: \.|; ;|\(needed: 0 ", text)
    assert set(re.findall(r"\(needed: ([^)]+)\)", text)) <= limits(settings)
    for line in text.splitlines():
        for value, limit in re.findall(r"([\d.]+) %[^;%]*\(needed: ([\d.]+) %", line):
            missed = line.startswith(("Not", "distinct"))
            assert (float(value) < float(limit)) == missed, line


@given(any_overlaps(), any_aligned(), any_settings)
def test_the_strongest_rule_that_holds_is_the_verdict(overlaps: Overlaps, aligned: Aligned, settings: Settings) -> None:
    found = judged(overlaps, aligned, settings)
    held = [rule.verdict for rule in found.evidence.rules if rule.held]
    assert min(held, key=VERDICTS.index, default=Verdict.DISTINCT) is found.verdict
    assert found.explain().count("\nAlso") == max(0, held.count(found.verdict) - 1)


def counts(**given_counts: object) -> Overlaps:
    """Two texts of 104 tokens and 100 shingles that share nothing, with some of the counts changed."""
    usual = {"shared": 0, "own_shared": 0, "longest": 0, "own_longest": 0, "kept": 0, "letters": 0}
    sides = {"tokens": (104, 104), "shingles": (100, 100), "own": (100, 100)}
    return Overlaps(**{name: np.array([value], np.int64) for name, value in (usual | sides | given_counts).items()})


def both(shared: int, **others: object) -> dict[str, object]:
    return {"shared": shared, "own_shared": shared, **others}


@pytest.mark.parametrize(
    ("given_counts", "aligned", "first"),
    [
        (
            both(72, shingles=(100, 90), own=(100, 90)),
            NOTHING,
            "near-duplicate: 72 % of a's 5-word shingles stand in b, the smaller share (needed: 65 %).",
        ),
        (
            both(30, kept=90),
            NOTHING,
            (
                "near-duplicate: b keeps 87 % of a's words in order, the smaller share (needed: 85 %), "
                "and 30 % of a's 5-word shingles stand in b (needed: 25 %)."
            ),
        ),
        (
            {"shared": 65, "own": (0, 0)},
            NOTHING,
            (
                "near-duplicate: 65 % of a's 5-word shingles stand in b, the smaller share (needed: 65 %), "
                "and neither text has a shingle of its own."
            ),
        ),
        (
            both(18, shingles=(200, 20), own=(200, 20)),
            NOTHING,
            (
                "contained: 90 % of b's 5-word shingles stand in a (needed: 85 %), "
                "and the shared shingles span 22 words (needed: 12)."
            ),
        ),
        (
            {"shared": 40, "own_shared": 26},
            NOTHING,
            (
                "derived: 26 % of a's own 5-word shingles stand in b (needed: 25 %), "
                "and the shared own shingles span 30 words (needed: 12)."
            ),
        ),
        (
            both(2, longest=41, own_longest=41),
            NOTHING,
            "derived: the longest shared run has 41 words (needed: 40).",
        ),
        (
            {},
            Aligned(0.8, 0.5, 30, 0.2),
            (
                "derived: the matches keep 50 % of the shorter text's words in order (needed: 45 %), the longest match "
                "that counts as reuse has 30 words (needed: 25), and 25 % of what is reused is in other words "
                "(needed: at most 50 %)."
            ),
        ),
        (
            {},
            Aligned(0.8, 0.5, 30, 0.41),
            (
                "rewritten: the matches keep 50 % of the shorter text's words in order (needed: 45 %), the longest "
                "match that counts as reuse has 30 words (needed: 25), and 51 % of what is reused is in other words "
                "(needed: more than 50 %)."
            ),
        ),
        (
            {},
            Aligned(0.2, 0.1, 9, 0, 0.5),
            "same-story: the facts in common make one event likely by 0.50 (needed: 0.5).",
        ),
        (
            {},
            Aligned(0.2, 0.1, 9, 0, 0.4996),
            (
                "distinct: the facts in common make one event likely by 0.4996 (needed: 0.5); "
                "the TF-IDF cosine is 0.00, which decides nothing."
            ),
        ),
        (
            {},
            NOTHING,
            "distinct: too few specific facts are in common; the TF-IDF cosine is 0.00, which decides nothing.",
        ),
    ],
)
def test_the_first_line_is_the_rule_that_fired(given_counts: dict[str, object], aligned: Aligned, first: str) -> None:
    assert judged(counts(**given_counts), aligned).explain().splitlines()[0] == first


def test_stronger_verdicts_are_told_with_what_they_missed() -> None:
    found = judged(counts(**both(28, shingles=(90, 100), own=(90, 100), kept=41, longest=30, own_longest=30)), NOTHING)
    assert found.explain().splitlines()[1:] == [
        "Not identical: the texts differ.",
        (
            "Not near-duplicate: 28 % of b's 5-word shingles stand in a, the smaller share (needed: 65 %); "
            "b keeps 39 % of a's words in order, the smaller share (needed: 85 %)."
        ),
        "Not contained: 31 % of a's 5-word shingles stand in b (needed: 85 %).",
        "Alignment: no match counts as reuse.",
    ]
    nothing = judged(counts(), NOTHING).explain().splitlines()
    assert nothing[2:] == [
        (
            "Not near-duplicate or contained: no run of 5 words is shared; "
            "b keeps 0 % of a's words in order, the smaller share (needed: 85 %)."
        ),
        "Not derived or rewritten: no run of 5 words is shared; no match counts as reuse.",
    ]


def test_evidence_holds_every_rule_and_every_number_even_where_the_text_is_short() -> None:
    rules = judged(counts(), NOTHING).evidence.rules
    assert [rule.verdict.value for rule in rules] == [
        "identical", *["near-duplicate"] * 4, *["contained"] * 2, *["derived"] * 3, "rewritten", "same-story",
    ]  # fmt: skip
    assert {condition.quantity for rule in rules for condition in rule.conditions} == set(Quantity) - {Quantity.REUSED}
    assert rules[5].conditions == (
        Condition(Quantity.WITHIN, 0, 0.85, side="a", setting="contained"),
        Condition(Quantity.OWN_WORDS, 0, 12, setting="contained_tokens"),
    )
    assert not any(rule.held for rule in rules)
    assert Rule(Verdict.DERIVED, (Condition(Quantity.OWN_LONGEST, 40, 40),)).held


def test_what_counts_for_nothing_is_named() -> None:
    apart = judged(counts(), NOTHING, boilerplate=40, quoted=1).explain().splitlines()[0]
    assert apart.startswith(
        "distinct: what agrees is 40 words of boilerplate; what agrees is 1 word quoted on both sides"
    )
    common = judged(counts(shared=40, own=(60, 60)), NOTHING).explain().splitlines()
    assert common[-1] == "Common to many documents, and so nobody's own: 40 of 40 shared shingles."
    assert "no own run of 5 words is shared" in common[-2]
    assert "too long to count" in judged(counts(), NOTHING, unmeasured=True).explain()


# --- explanations of texts -----------------------------------------------------------------------------------------


def words(start: int, stop: int) -> str:
    return " ".join(f"w{number}" for number in range(start, stop))


@pytest.mark.parametrize(
    ("a", "b", "first"),
    [
        (words(0, 50), words(0, 50).upper(), "identical: both texts have the same 50 words, whatever their case"),
        (words(0, 100), words(0, 90), "near-duplicate: 90 % of a's 5-word shingles stand in b, the smaller share"),
        (words(0, 100), words(20, 60), "contained: 100 % of b's 5-word shingles stand in a (needed: 85 %), and the "),
        (words(0, 100), words(70, 200), "derived: 27 % of a's 5-word shingles stand in b (needed: 25 %), and the "),
        (words(0, 50), words(50, 99), "distinct: the facts in common make one event likely by 0.0"),
        ("a b c", words(0, 50), "distinct: a has 3 words, fewer than a shingle of 5; the facts in common make one"),
        ("…", words(0, 50), "distinct: a has no word."),
        ("", "", "distinct: neither text has a word."),
    ],
)
def test_a_pair_of_texts_is_explained(a: str, b: str, first: str) -> None:
    assert compare.pair(a, b).explain().startswith(first)


def test_equal_words_with_other_signs_are_not_called_different_texts() -> None:
    found = compare.pair("it fell to −5 degrees overnight", "It fell to 5 degrees overnight")
    assert "Not identical: the words are the same, but not every sign or accent." in found.explain().splitlines()


def test_two_texts_of_boilerplate_are_explained_by_it() -> None:
    notice = "All rights reserved. No part of this page may be copied without written leave of the Harbour Press."
    texts = tuple(prepare(f"{words(start, start + 60)}. {notice}", ()) for start in (0, 100))
    left, right = (boilerplate_of(text, np.arange(len(text.tokens)) >= 60) for text in texts)
    every = np.concatenate([text.tokens.hashes for text in texts])
    common = np.unique(every)[:0]
    bounds = np.array([0, len(texts[0].tokens), len(every)], np.int64)
    overlaps = measure(every, bounds, np.array([[0, 1]], np.int64), common, DEFAULT)
    found = WordScores(Verdict.DISTINCT, overlaps, 0.0, 0.0)
    matches = with_boilerplate(align(*texts, DEFAULT), texts, (left, right))
    documents = Document("a", ""), Document("b", "")
    assert "what agrees is 18 words of boilerplate" in comparison(documents, found, texts, matches, DEFAULT).explain()


def test_every_pair_of_a_run_is_explained_by_its_own_verdict() -> None:
    found = compare.run(SEEDS).comparisons
    assert len(found) > 10
    for one in found:
        held = [rule.verdict for rule in one.evidence.rules if rule.held]
        assert min(held, key=VERDICTS.index) is one.verdict
        assert one.explain().startswith(f"{one.verdict}: ")


def test_a_comparison_made_by_hand_says_that_nothing_is_known() -> None:
    assert Comparison("a", "b", Verdict.DERIVED, *[0.0] * 11, 0, 0).explain() == "derived: no evidence was kept."


def test_where_nothing_matches_the_most_alike_sentences_are_named_with_their_distance() -> None:
    a = "The council shut the bridge in May after storms. Trams stop at nine on Sundays in the old town."
    b = "Tram drivers ended their strike. A bakery opened in the old harbour near the bridge."
    found = compare.pair(a, b)
    assert not found.matches
    assert found.evidence is not None
    assert found.evidence.nearest is not None
    best, limit = found.evidence.nearest
    assert 0 < best < limit
    assert f"have a cosine of {best:.2f} (a match begins at {limit:g})" in found.explain()


def shares_explained(share: float) -> str:
    """What is said of a pair whose passages hold a share of a."""
    evidence = Evidence((), 3, 3, 5, 0, 1, 0, 0)
    return made("a", "b", Verdict.DERIVED, reused_a=share, evidence=evidence).explain()


@given(st.floats(min_value=0.005, max_value=0.9949))
def test_a_share_is_rounded_as_the_sentences_of_the_pages_round_it(share: float) -> None:
    assert f"reuse, {percent(share)} of a " in shares_explained(share)


@pytest.mark.parametrize(("share", "words"), [(0.025, "3 %"), (0.125, "13 %"), (0.625, "63 %"), (0.995, "99.5 %")])
def test_a_half_goes_up(share: float, words: str) -> None:
    assert f"reuse, {words} of a " in shares_explained(share)
