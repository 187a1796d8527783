"""Who falls to whom, in any number; and that parts choose as one process does."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from builds import compiled
from shapes import edited, made

import compare
from compare.errors import InputError
from compare.model import Verdict
from compare.pipeline import choosing
from compare.pipeline.choosing import Fallen, choose
from compare.pipeline.collection import Batch, collect
from compare.pipeline.deduplicate import Deduplicated, Keeping, deduplicate_batches
from compare.pipeline.engines.base import Resources
from compare.pipeline.engines.columns import Scratch
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.pairs import Counter, score
from compare.pipeline.policy import DUPLICATES
from compare.pipeline.stating import Statements
from compare.settings import Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Out, Part, Verb


class Counting(MemoryEngine):
    """Counts the parts that choose."""

    parts = 0

    def each(self, stage: str, parts: int, verb: Verb) -> list[Part]:
        """What a verb makes of each part."""
        self.parts = max(self.parts, parts if stage == "choose" else 0)
        return super().each(stage, parts, verb)


def deduplicated(texts: list[str], keeping: Keeping, beside: int) -> tuple[Deduplicated, int]:
    engine = Counting(Resources(beside=beside))
    blank = [""] * len(texts)
    batch = Batch([str(number) for number in range(len(texts))], texts, blank, blank)
    return deduplicate_batches([batch], Settings(), engine, keeping), engine.parts


def families() -> list[str]:
    """Articles with versions, some in chains of which only neighbours are alike, and dates that differ."""
    draw = random.Random(11)
    texts = []
    for family in range(8):
        base, count = made(draw, 60 + 20 * 10), 10 if family % 2 else draw.randrange(2, 6)
        step = 20 if family % 2 else 0
        texts += [
            " ".join([*edited(draw, base[n * step : n * step + 60], 2), f"On {1 + n % 5} May it was {family}."])
            for n in range(count)
        ]
    draw.shuffle(texts)
    return texts


@pytest.mark.parametrize(
    "keeping",
    [
        Keeping(),
        Keeping(derived=True, drop=frozenset({Verdict.NEAR_DUPLICATE})),
        Keeping(different_stay=True),
    ],
)
def test_parts_choose_as_one_process_does(keeping: Keeping, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, parts = deduplicated(families(), keeping, 1)
    assert parts == 0  # nobody else is asked where there are few
    monkeypatch.setattr(choosing, "FEW", 8)
    monkeypatch.setattr(choosing, "FEW_TEXTS", 8)
    parted, parts = deduplicated(families(), keeping, 4)
    assert parts > 2
    assert parted.clusters == whole.clusters
    assert parted.facts == whole.facts


def test_a_component_is_in_one_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "FEW", 8)
    blank = [""] * len(families())
    batch = Batch([str(number) for number in range(len(blank))], families(), blank, blank)
    fallen = []
    for beside in (1, 4, 100):
        engine = MemoryEngine(Resources(beside=beside))
        collection = collect([batch], engine, Settings())
        counter = Counter(collection, engine, Settings())
        found = choose(score(collection, engine, Settings()), counter, np.arange(len(blank))[::-1], DUPLICATES)
        fallen.append(found.rows(np.argsort(found.dropped, kind="stable")))
    assert fallen[0].keeper.tolist() == fallen[1].keeper.tolist() == fallen[2].keeper.tolist()
    assert fallen[0].dropped.tolist() == fallen[1].dropped.tolist() == fallen[2].dropped.tolist()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("dropped", np.array([7])), ("keeper", np.array([-1])), ("keeper", np.array([1])), ("keeper", np.array([1, 2])),
        ("ranks", np.array([99], np.int8)), ("shares", np.array([np.nan])), ("shares", np.array([0.5], np.float32)),
    ],
)  # fmt: skip
def test_who_fell_in_an_earlier_run_is_not_believed_without_a_look(name: str, values: NDArray[Any]) -> None:
    columns: dict[str, NDArray[Any]] = {
        "dropped": np.array([1]), "keeper": np.array([0]), "ranks": np.array([0], np.int8), "shares": np.array([0.5])
    }  # fmt: skip
    assert Fallen.together([saved(columns)], 7).keeper.tolist() == [0]
    with pytest.raises(InputError):
        Fallen.together([saved(columns | {name: values})], 7)


def saved(columns: dict[str, NDArray[Any]]) -> Part:
    def verb(_: int, out: Out) -> None:
        for name, values in columns.items():
            out.append(name, values)

    return MemoryEngine().each("choose", 1, verb)[0]


@pytest.mark.parametrize("learned", [None, [[1, 2]], [[1, 2, "3", "", "", ""]], [[1, 2, 3, "", "", "", ""]], {"1": 2}])
def test_what_was_compared_in_an_earlier_run_is_not_believed_without_a_look(learned: object) -> None:
    statements = Statements(MemoryEngine(), Scratch(1), np.zeros(1, np.int64))
    with pytest.raises(InputError):
        statements.learn(learned)
    statements.learn([[1, 2, 1, "date", "May", "June"]])
    assert statements.learned == [[1, 2, 1, "date", "May", "June"]]


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
