"""The learned estimate: the shipped trees, the figures they read, and what comes out whichever way it is asked."""

from __future__ import annotations

from importlib import resources
from random import Random
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

import compare
from compare.align.align import align
from compare.align.learned import Examined, examined
from compare.align.pair import paired
from compare.align.prepare import prepare
from compare.align.quality import Trees, model, of_trees
from compare.errors import SettingsError
from compare.kernels.align import reference
from compare.model import Kind
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = (  # noqa: SIM905  # a list of words is read as one
    "the a of to in on was were had with and for from by harbour lighthouse captain ferry storm harvest valley wheat "
    "teacher school museum statue thief painter bridge engineer river flooded repaired closed opened promised stole "
    "counted painted brought seven forty Monday August Lindhaven Marten Brandt crowns tonnes quietly again"
).split()
SHIPPED = msgspec.json.decode(
    resources.files("compare.data").joinpath("quality.json").read_bytes(), type=Trees, strict=True
)


def prose(chance: Random, sentences: int) -> list[str]:
    """Sentences of random words."""
    made = [chance.choices(WORDS, k=chance.randint(6, 18)) for _ in range(sentences)]
    return [" ".join(words).capitalize() + "." for words in made]


def reworked(sentences: list[str], chance: Random) -> str:
    """Some sentences lost, some in other places, some words changed, others put between."""
    kept = [one for one in sentences if chance.random() < 0.9]
    if chance.random() < 0.5:
        at = chance.randrange(len(kept) + 1)
        kept = kept[at:] + kept[:at]
    words = " ".join(kept + prose(chance, chance.randint(0, 6))).split(" ")
    share = chance.choice([0, 0.05, 0.3])
    return " ".join(chance.choice(WORDS) if chance.random() < share else word for word in words)


def seen(a: str, b: str) -> Examined:
    pair = paired(prepare(a), prepare(b))
    assert pair.detail is not None
    return examined(pair, pair.detail)


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str]:
    """Two texts of over 100 words where one is often made from the other."""
    chance = Random(draw(st.integers(0, 1 << 32)))
    mine = prose(chance, chance.randint(14, 18))
    other = reworked(mine, chance) + " " + " ".join(prose(chance, 4))
    return " ".join(mine), other


# --- the shipped trees ---------------------------------------------------------------------------------------------


def walked(trees: Trees, row: Sequence[float]) -> float:
    """One estimate, tree by tree, node by node."""
    total = trees.base
    for tree in range(len(trees.feature)):
        node = 0
        while trees.left[tree][node] != node:
            over = row[trees.feature[tree][node]] > trees.threshold[tree][node]
            node = (trees.right if over else trees.left)[tree][node]
        total += trees.value[tree][node]
    return total


def test_the_shipped_trees_are_well_formed() -> None:
    assert len(set(SHIPPED.names)) == len(SHIPPED.names)
    columns = (SHIPPED.feature, SHIPPED.threshold, SHIPPED.left, SHIPPED.right, SHIPPED.value)
    for feature, threshold, left, right, value in zip(*columns, strict=True):
        size = len(feature)
        assert size == len(threshold) == len(left) == len(right) == len(value)
        assert 0 <= min(feature) <= max(feature) < len(SHIPPED.names)
        assert np.isfinite([*threshold, *value]).all()
        for node in range(size):
            leaf = left[node] == node
            assert (right[node] == node) == leaf
            assert leaf or node < min(left[node], right[node]) <= max(left[node], right[node]) < size
            assert leaf or value[node] == 0


def test_predictions_are_what_walking_each_tree_gives() -> None:
    chance = np.random.default_rng(3)
    edges = [[] for _ in SHIPPED.names]
    for tree, thresholds in zip(SHIPPED.feature, SHIPPED.threshold, strict=True):
        for feature, threshold in zip(tree, thresholds, strict=True):
            edges[feature].append(threshold)
    # On a threshold itself, a hair over it, and anywhere else.
    columns = [
        chance.choice(values or [0.0], 60) + chance.choice([0.0, 1e-9, -1e-9, 1.0, -1.0], 60) for values in edges
    ]
    table = np.column_stack(columns)
    assert model().predict(table) == pytest.approx([walked(SHIPPED, row) for row in table.tolist()], abs=1e-9)


def test_small_trees_by_hand() -> None:
    trees = Trees(
        {}, ["x", "y"], 0.5, [[0, 0, 1, 0, 0], [0]], [[2.0, 0, 1.0, 0, 0], [0]],
        [[1, 1, 3, 3, 4], [0]], [[2, 1, 4, 3, 4], [0]], [[0, 10.0, 0, 20.0, 30.0], [0.25]],
    )  # fmt: skip
    table = np.array([[2.0, 9.0], [2.1, 1.0], [3.0, 1.5]])
    made = of_trees(trees)
    assert made.forest.depth == 2
    assert made.predict(table).tolist() == [10.75, 20.75, 30.75]
    assert made.predict(table[:0]).tolist() == []


# --- what they read ------------------------------------------------------------------------------------------------


ODD = {
    "numbers": "12 34 56. 78 90 11. " * 20,
    "one word": "word " * 150,
    "one letter": "x. " * 150,
    "nothing but function words": "It was that which they were to be in. " * 20,
    "no points": " ".join(WORDS) + " " + " ".join(WORDS[::-1]),
    "lines": "\n".join(WORDS * 3),
    "surrogates": "\ud800 ferry \udfff storm. Harbour \ud800 closed. " * 20,
    "Chinese": "市议会星期一投票决定关闭海港大桥。工程于三月开工。" * 8,
}


@pytest.mark.parametrize("odd", ODD)
def test_every_figure_of_odd_texts_is_a_number(odd: str) -> None:
    for a, b in ((ODD[odd], ODD[odd] * 2 + " ferry"), (ODD[odd], " ".join(ODD.values())), (ODD[odd], ODD["no points"])):
        found = seen(a, b)
        assert all(np.isfinite(column).all() for column in found.features.values())


def test_the_model_reads_exactly_the_figures_that_are_made() -> None:
    found = seen(ODD["no points"], ODD["lines"])
    assert found.candidates
    assert {*found.features} == {*SHIPPED.names} == {*model().names}
    assert found.table(model().names).shape == (len(found.candidates), len(SHIPPED.names))


@given(texts())
@settings(max_examples=examples(25))
def test_figures_are_numbers_shares_are_shares_and_both_sides_see_the_same(pair: tuple[str, str]) -> None:
    found, back = seen(*pair), seen(*pair[::-1])
    shares = (
        "of_text_most", "of_text_least", "kept_of_longer", "kept_of_shorter", "mass_dice", "mass_least", "words_most",
        "supported_least", "weakest", "peaks_least", "over_least", "in_runs", "edge", "of_seeds", "of_runs", "story",
    )  # fmt: skip
    for name in shares:
        assert 0 <= found.features[name].min(initial=0) <= found.features[name].max(initial=0) <= 1 + 1e-9
    estimate = model().predict(found.table(model().names))
    assert np.isfinite(estimate).all()
    turned = {(c, d, a, b): row for row, (a, b, c, d) in enumerate(back.boxes.tolist())}
    common = [(row, turned[box]) for row, box in enumerate(map(tuple, found.boxes.tolist())) if box in turned]
    assert common or not found.candidates
    uneven = [(row, other) for row, other in common if len({*np.diff(found.boxes[row])[::2].tolist()}) > 1]
    for name in {*found.features} - {
        "kept_of_longer",
        "kept_of_shorter",
    }:  # of subsequences as long either may be taken
        mine, theirs = found.features[name], back.features[name]
        assert mine[[row for row, _ in uneven]] == pytest.approx(theirs[[other for _, other in uneven]])


# --- what comes out ------------------------------------------------------------------------------------------------


@given(texts())
@settings(max_examples=examples(40))
def test_matches_are_the_same_from_both_sides_and_every_time(pair: tuple[str, str]) -> None:
    a, b = map(prepare, pair)
    assert min(len(a.tokens), len(b.tokens)) >= 100
    for aligner in ("learned", "rules"):
        found = align(a, b, Settings(aligner=aligner))
        assert found == align(prepare(pair[0]), prepare(pair[1]), Settings(aligner=aligner))
        assert sorted(found, key=repr) == sorted(
            (one.exchanged() for one in align(b, a, Settings(aligner=aligner))), key=repr
        )


SHED = "Thieves took the copper gutters of the boat shed in Lindhaven on Sunday night, while its watchman was asleep. "
BEEKEEPERS = (
    "Beekeepers in the uplands gathered hardly any honey this summer. After a cold May their colonies found too few "
    "blossoms, and many had to be fed with syrup. A biologist has counted wild bees on the same meadow for twenty "
    "years. Seven kinds have not been seen again, among them the largest of the mason bees. She blames early mowing. "
    "Farmers who wait until July may apply for a grant, yet only nine of them did, because forms are long."
)
SLEEPERS = (
    "The night train to the south runs again. Nine years after its last journey the first sleeping cars rolled out, "
    "booked up to the upper berths. Passengers spend fourteen hours aboard. Breakfast is served in a dining car whose "
    "kitchen dates from the seventies. A second train will follow when enough carriages have been refitted, for only "
    "one workshop still owns spare parts. Tickets cost less than a flight if they are bought a month ahead."
)


def test_the_model_is_asked_about_a_hundred_words_or_more_and_not_where_rules_are_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    monkeypatch.setattr("compare.align.learned.passages", lambda *_: asked.append(1) or [])
    long, other = (prepare(SHED * 5 + " ".join(words)) for words in (WORDS, WORDS[::-1]))
    short = prepare(" ".join(WORDS) + " " + SHED)
    assert len(short.tokens) < 100
    for a, b in ((long, other), (long, short), (short, prepare(SHED))):
        assert align(a, b, Settings(aligner="rules"))
    assert asked == []
    assert align(long, short, Settings()) == align(long, short, Settings(aligner="rules"))
    assert asked == []
    align(long, other, Settings())
    assert asked == [1]


@given(texts())
@settings(max_examples=examples(15))
def test_without_the_compiled_kernels_the_same_is_found(pair: tuple[str, str]) -> None:
    a, b = map(prepare, pair)
    found = align(a, b, Settings())
    with pytest.MonkeyPatch.context() as patch:
        for place in ("cells.products", "windows.support", "quality.evidence"):
            patch.setattr(f"compare.align.{place}", getattr(reference, place.split(".")[1]))
        assert align(a, b, Settings()) == found


@pytest.mark.parametrize("aligner", ["learned", "rules"])
def test_either_aligner_finds_a_lifted_sentence_among_others(aligner: str) -> None:
    a, b = f"{BEEKEEPERS}\n\n{SHED}", f"{SHED}\n\n{SLEEPERS}"
    found = compare.pair(a, b, Settings(aligner=aligner)).matches
    copied = [a[slice(*match.a)] for match in found if match.kind is Kind.VERBATIM]
    assert copied == [SHED.strip().rstrip(".")]
    assert Settings(aligner=aligner).as_dict()["aligner"] == aligner


@pytest.mark.parametrize("aligner", ["Learned", "", "rules ", None, 1, ["rules"]])
def test_an_aligner_that_does_not_exist_is_refused_in_one_line(aligner: object) -> None:
    with pytest.raises(SettingsError, match=r"^aligner is .*; it must be learned or rules$") as caught:
        Settings(aligner=aligner)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
