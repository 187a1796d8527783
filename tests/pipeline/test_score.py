"""Scores worked by hand, and each verdict at, below and above its limits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from examples import examples
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from compare import kernels
from compare.kernels import reference
from compare.kernels.columns import offsets_of
from compare.model import Verdict
from compare.pipeline.score import (
    KEPT_LIMIT,
    Aligned,
    Overlaps,
    falls_to,
    is_near,
    kept_bounded,
    kept_matters,
    letters_matter,
    measure,
    promoted,
    shared_counts,
    verdicts,
    with_kept,
)
from compare.settings import Settings

SETTINGS = Settings()
NO = np.zeros(1, bool)
RANKED = list(Verdict)


def measured(texts: list[str], pairs: list[tuple[int, int]], common: list[str] | None = None) -> Overlaps:
    """The counts of some pairs; `common` are five-word shingles."""
    found = [kernels.tokens(text).hashes for text in texts]
    offsets = offsets_of(np.array([len(part) for part in found], np.int64))
    shared = [int(reference.shingle_hashes(kernels.tokens(text).hashes, 5)[0]) for text in common or []]
    held = np.array(sorted(shared), np.uint64)
    return measure(np.concatenate(found), offsets, np.array(pairs, np.int64).reshape(-1, 2), held, SETTINGS)


def counts(**given_counts: object) -> Overlaps:
    """One pair of two texts of 200 tokens and 100 shingles that share nothing, with some of its counts changed."""
    usual = {"shared": 0, "own_shared": 0, "longest": 0, "own_longest": 0, "kept": 0, "letters": 0}
    sides = {"tokens": (200, 200), "shingles": (100, 100), "own": (100, 100)}
    return Overlaps(**{name: np.array([value], np.int64) for name, value in (usual | sides | given_counts).items()})


def verdict(overlaps: Overlaps, identical: np.ndarray = NO) -> Verdict:
    return RANKED[verdicts(overlaps, identical, SETTINGS)[0]]


LEFT, RIGHT = "a b c d e f g h i j", "a b c d e f g x y z"


def test_the_scores_of_two_texts_of_ten_words_that_share_seven() -> None:
    # Six shingles each, of which abcde, bcdef and cdefg stand in both.
    found = measured([LEFT, RIGHT], [(0, 1)])
    assert (found.shared[0], found.own_shared[0], found.longest[0], found.kept[0]) == (3, 3, 7, 7)
    assert found.jaccard.tolist() == [3 / 9]
    assert found.containment.tolist() == found.own_containment.tolist() == [[0.5, 0.5]]
    assert found.kept_share.tolist() == [[0.7, 0.7]]


def test_common_shingles_are_left_out_of_what_is_own() -> None:
    found = measured([LEFT, RIGHT], [(0, 1)], common=["a b c d e", "not in either text"])
    assert (found.shared[0], found.own_shared[0], found.longest[0], found.own_longest[0]) == (3, 2, 7, 6)
    assert found.own.tolist() == [[5, 5]]
    assert found.own_containment.tolist() == [[0.4, 0.4]]
    middle = measured([LEFT, RIGHT], [(0, 1)], common=["b c d e f"])
    assert (middle.longest[0], middle.own_longest[0]) == (7, 5)


def test_a_direction_belongs_to_its_side() -> None:
    part = measured(["a b c d e f", LEFT], [(0, 1), (1, 0)])
    assert part.containment.tolist() == [[1, 2 / 6], [2 / 6, 1]]
    assert part.kept_share.tolist() == [[1, 0.6], [0.6, 1]]
    assert part.jaccard.tolist() == [2 / 6, 2 / 6]


def test_moved_text_is_shared_but_not_kept_in_order() -> None:
    found = measured(["a b c d e f g h i j", "f g h i j a b c d e"], [(0, 1)])
    assert (found.shared[0], found.longest[0], found.kept[0]) == (2, 5, 5)


@pytest.mark.parametrize(("text", "longest"), [("a", 1), ("a b c", 3), ("a b c d e", 5), ("a b c d e f", 6)])
def test_a_text_shorter_than_a_shingle_has_one_of_all_its_tokens(text: str, longest: int) -> None:
    found = measured([text, text], [(0, 1)])
    assert found.jaccard.tolist() == [1.0]
    assert found.longest.tolist() == [longest]
    assert measured(["a b c", "a b c d e"], [(0, 1)]).shared.tolist() == [0]


def test_empty_texts_share_nothing_and_divide_by_nothing() -> None:
    found = measured(["", "…", "a b c d e"], [(0, 1), (0, 2), (0, 0)])
    assert found.jaccard.tolist() == [0, 0, 0]
    assert found.containment.tolist() == [[0, 0]] * 3
    assert [RANKED[rank] for rank in verdicts(found, np.zeros(3, bool), SETTINGS)] == [Verdict.DISTINCT] * 3
    assert len(measured(["a"], [])) == 0


@pytest.mark.parametrize(
    ("given_counts", "expected"),
    [
        ({"shared": 65, "own_shared": 65}, "near-duplicate"),
        ({"shared": 64, "own_shared": 64}, "derived"),
        # One side's containment alone is not enough.
        ({"shared": 65, "own_shared": 65, "shingles": (100, 101), "own": (100, 101)}, "derived"),
        # Most tokens kept in order, and enough of what is kept is own.
        ({"shared": 25, "own_shared": 25, "kept": 170}, "near-duplicate"),
        ({"shared": 25, "own_shared": 25, "kept": 169}, "derived"),
        ({"shared": 24, "own_shared": 24, "kept": 189}, "distinct"),
        # All words kept in order, with noise between them; boilerplate is none.
        ({"shared": 24, "own_shared": 24, "kept": 190}, "contained"),
        ({"shared": 24, "own_shared": 23, "kept": 200}, "distinct"),
        # Boilerplate outweighs the text.
        ({"shared": 80, "own_shared": 25, "own": (100, 100)}, "near-duplicate"),
        ({"shared": 80, "own_shared": 24, "own": (100, 100)}, "distinct"),
        # Nothing but boilerplate on both sides: plain containment decides.
        ({"shared": 65, "own": (0, 0)}, "near-duplicate"),
        ({"shared": 64, "own": (0, 0)}, "distinct"),
        ({"shared": 65, "own": (0, 1)}, "distinct"),
        # A part in its whole.
        ({"shared": 17, "own_shared": 17, "shingles": (20, 200), "own": (20, 200)}, "contained"),
        ({"shared": 17, "own_shared": 17, "shingles": (200, 20), "own": (200, 20)}, "contained"),
        ({"shared": 16, "own_shared": 16, "shingles": (20, 200), "own": (20, 200)}, "derived"),
        ({"shared": 8, "own_shared": 8, "shingles": (8, 200), "own": (8, 200)}, "contained"),
        ({"shared": 7, "own_shared": 7, "shingles": (7, 200), "own": (7, 200)}, "distinct"),
        ({"shared": 20, "own_shared": 10, "shingles": (20, 200), "own": (20, 200)}, "derived"),
        # A share of one side, of enough tokens, or one long run.
        ({"shared": 25, "own_shared": 25, "shingles": (100, 900), "own": (100, 900)}, "derived"),
        ({"shared": 24, "own_shared": 24, "shingles": (100, 900), "own": (100, 900)}, "distinct"),
        ({"shared": 7, "own_shared": 7, "shingles": (20, 200), "own": (20, 200)}, "distinct"),
        ({"shared": 8, "own_shared": 8, "shingles": (20, 200), "own": (20, 200)}, "derived"),
        ({"shared": 1, "own_shared": 1, "longest": 40, "own_longest": 40}, "derived"),
        ({"shared": 1, "own_shared": 1, "longest": 40, "own_longest": 39}, "distinct"),
        ({}, "distinct"),
    ],
)
def test_a_verdict_follows_from_these_counts(given_counts: dict[str, object], expected: str) -> None:
    found = counts(**given_counts)
    assert verdict(found) == expected
    assert verdict(found.swapped(~NO)) == expected
    assert verdict(found, ~NO) == "identical"


def test_only_equal_tokens_with_equal_surfaces_are_identical() -> None:
    found = measured(["it fell to −5 degrees overnight", "It fell to 5 degrees overnight"], [(0, 1)])
    surfaces = [kernels.tokens(text).surface for text in ("it fell to −5 degrees", "it fell to 5 degrees")]
    assert found.jaccard.tolist() == [1.0]
    assert surfaces[0] != surfaces[1]
    assert verdict(found, np.array([surfaces[0] == surfaces[1]])) == "near-duplicate"


def test_a_container_never_falls_to_its_part() -> None:
    part = counts(shared=20, own_shared=20, shingles=(20, 200), own=(20, 200))
    assert falls_to(part, SETTINGS).tolist() == [[True, False]]
    near = counts(shared=65, own_shared=65, shingles=(100, 101), own=(100, 101))
    assert falls_to(near, SETTINGS).tolist() == [[True, False]]
    kept = counts(shared=30, own_shared=30, kept=170)
    assert falls_to(kept, SETTINGS).tolist() == [[True, True]]
    assert falls_to(replace(kept, kept=np.array([169])), SETTINGS).tolist() == [[False, False]]


def test_a_text_that_shares_boilerplate_alone_does_not_fall() -> None:
    shared = counts(shared=90, own_shared=2, own=(10, 10))
    assert falls_to(shared, SETTINGS).tolist() == [[False, False]]
    nothing_own = counts(shared=90, own=(0, 10))
    assert falls_to(nothing_own, SETTINGS).tolist() == [[True, False]]


@st.composite
def any_counts(draw: st.DrawFn) -> Overlaps:
    """Counts of one pair that two texts could have."""
    size = draw(st.integers(1, 40))
    shingles = (size, draw(st.integers(1, 40) | st.integers(size, size + 6)))
    shared = draw(st.integers(min(shingles) * 2 // 3, min(shingles)) | st.integers(0, min(shingles)))
    own_shared = draw(st.integers(0, shared))
    own = tuple(own_shared + draw(st.integers(0, size - shared)) for size in shingles)
    longest = draw(st.integers(0, shared))
    tokens = tuple(size + 4 for size in shingles)
    return counts(
        shared=shared, own_shared=own_shared, shingles=shingles, own=own, tokens=tokens,
        longest=longest, own_longest=min(longest, own_shared), kept=draw(st.integers(0, min(tokens))),
    )  # fmt: skip


@given(any_counts())
@effort(max_examples=examples(500))
def test_kept_tokens_are_counted_wherever_they_could_decide(found: Overlaps) -> None:
    without, most = (replace(found, kept=np.array([kept])) for kept in (0, found.tokens.min()))
    decides = verdict(without) != verdict(most) or (falls_to(without, SETTINGS) != falls_to(most, SETTINGS)).any()
    assert kept_matters(without, SETTINGS)[0] or not decides


@given(any_counts())
def test_scores_are_shares_and_no_verdict_depends_on_the_side(found: Overlaps) -> None:
    for score in (found.jaccard, found.containment, found.own_containment, found.kept_share):
        assert ((score >= 0) & (score <= 1)).all()
    other = found.swapped(~NO)
    assert verdict(other) == verdict(found)
    assert falls_to(other, SETTINGS).tolist() == falls_to(found, SETTINGS)[:, ::-1].tolist()
    assert is_near(found, SETTINGS)[0] == (min(found.containment[0]) >= 0.65)


shares = st.sampled_from([0.0, 0.1, 0.24, 0.25, 0.44, 0.45, 0.5, 0.8, 1.0])
all_aligned = st.builds(
    Aligned,
    shares,
    shares,
    st.sampled_from([0, 24, 25, 300]),
    shares,
    shares,
)


@given(st.sampled_from(RANKED), all_aligned)
@effort(max_examples=examples(300))
def test_alignment_promotes_and_never_demotes(before: Verdict, aligned: Aligned) -> None:
    after = promoted(before, aligned, SETTINGS)
    assert after.rank <= before.rank
    assert after == before or after.rank >= Verdict.DERIVED.rank


@pytest.mark.parametrize(
    ("aligned", "expected"),
    [
        (Aligned(0.6, 0.45, 25, 0, 0), "derived"),
        (Aligned(1.0, 0.44, 25, 0, 0), "distinct"),
        (Aligned(0.6, 0.45, 24, 0, 0.5), "same-story"),
        (Aligned(0.6, 0.45, 25, 0.31, 0), "rewritten"),
        (Aligned(0.6, 0.45, 25, 0.3, 0), "derived"),
        (Aligned(0, 0, 0, 0, 0.5), "same-story"),
        (Aligned(0, 0, 0, 0, 0.49), "distinct"),
    ],
)
def test_alignment_alone_says_this(aligned: Aligned, expected: str) -> None:
    assert promoted(Verdict.DISTINCT, aligned, SETTINGS) == expected


def test_tokens_kept_in_order_are_counted_up_to_a_product_of_both_texts() -> None:
    lengths = np.array([[KEPT_LIMIT // 8, 8], [KEPT_LIMIT // 8, 9], [1 << 18, 1 << 18], [KEPT_LIMIT + 1, 1]])
    assert kept_bounded(lengths).tolist() == [True, False, True, False]


@pytest.mark.parametrize(("limit", "kept"), [(100, 7), (99, 0)])
def test_above_that_product_they_are_not_counted_for_show_either(
    monkeypatch: pytest.MonkeyPatch, limit: int, kept: int
) -> None:
    monkeypatch.setattr("compare.pipeline.score.KEPT_LIMIT", limit)
    left, right = (kernels.tokens(text).hashes for text in (LEFT, RIGHT))
    assert with_kept(counts(), left, right).kept.tolist() == [kept]
    assert measured([LEFT, RIGHT], [(0, 1)]).kept.tolist() == [kept]


@pytest.mark.parametrize(("shorter", "asked"), [(85, True), (84, False)])
def test_tokens_kept_in_order_are_asked_for_where_the_lengths_allow_85_per_cent_of_both(
    shorter: int,
    asked: bool,  # noqa: FBT001
) -> None:
    for tokens in ((shorter, 100), (100, shorter)):
        assert kept_matters(counts(shared=30, own_shared=30, longest=34, tokens=tokens), SETTINGS).tolist() == [asked]


@pytest.mark.parametrize("side", [0, 1])
def test_of_tokens_kept_in_order_both_texts_must_have_85_per_cent(side: int) -> None:
    tokens = [(200, 201), (201, 200)][side]
    pair = counts(shared=30, own_shared=30, kept=170, tokens=tokens)
    assert verdict(pair) == "derived"
    assert falls_to(pair, SETTINGS).tolist() == [[False, False]]


@pytest.mark.parametrize(("letters", "expected"), [(0.9, Verdict.NEAR_DUPLICATE), (0.899, Verdict.DISTINCT)])
def test_letters_alike_decide_where_words_do_not_and_either_text_may_fall(letters: float, expected: Verdict) -> None:
    pair = replace(counts(shared=20, own_shared=20, longest=8), letters=np.array([letters]))
    assert verdict(pair) == expected
    assert falls_to(pair, SETTINGS).tolist() == [[letters >= SETTINGS.near_letters] * 2]


@pytest.mark.parametrize(
    ("change", "asked"),
    [({}, True), ({"longest": 40}, False), ({"own_shared": 0}, False), ({"shared": 80, "own_shared": 80}, False),
     ({"shared": 0, "own_shared": 0, "longest": 0}, True),
     ({"tokens": (200, 90)}, False), ({"shared": 1, "own_shared": 1, "longest": 6}, True)],
)  # fmt: skip
def test_letters_are_asked_of_texts_alike_in_length_that_share_short_runs(
    change: dict[str, object], asked: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    usual = {"shared": 30, "own_shared": 30, "longest": 20}
    assert letters_matter(counts(**(usual | change)), SETTINGS).tolist() == [asked]


@pytest.mark.parametrize(
    ("change", "within"),
    [({}, True), ({"kept": 94}, False), ({"tokens": (100, 1001)}, False), ({"tokens": (39, 300), "kept": 39}, False),
     ({"longest": 40}, False), ({"shared": 24, "own_shared": 24}, True),
     ({"shared": 24, "own_shared": 24, "tokens": (100, 301)}, False)],
)  # fmt: skip
def test_a_text_whose_words_the_other_keeps_with_noise_between_is_contained_and_falls(
    change: dict[str, object], within: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    usual = {"shared": 30, "own_shared": 30, "longest": 12, "tokens": (100, 300), "kept": 95}
    pair = counts(**(usual | change))
    assert (verdict(pair) is Verdict.CONTAINED) == within
    assert falls_to(pair, SETTINGS).tolist() == [[within, False]]


@given(st.integers(0, 10**6))
@effort(max_examples=examples(20))
def test_a_far_longer_text_counts_the_same_on_either_side(seed: int) -> None:
    draw = np.random.default_rng(seed)
    lengths = np.array([*draw.integers(0, 10, 4), 90, 200])
    tokens, offsets = draw.integers(0, 4, int(lengths.sum())).astype(np.uint64), offsets_of(lengths)
    pairs = np.array([(a, b) for a in range(6) for b in range(a)], np.int64)
    common = np.unique(kernels.shingles(tokens, offsets, 5)[0][:2])
    table = shared_counts(tokens, offsets, pairs, common, SETTINGS)
    turned = shared_counts(tokens, offsets, pairs[:, ::-1], common, SETTINGS)
    assert turned[:, [0, 1, 2, 3, 5, 4, 7, 6]].tolist() == table.tolist()
    counts = [0, 1, 4, 5, 6, 7]  # the others are runs, which the kernel counts in shingles
    assert table[:, counts].tolist() == reference.overlaps(tokens, offsets, pairs, common, 5)[:, counts].tolist()
