"""The order of a job: in batches or at once, with what was left out beside what was found."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from prose import BRIDGE, FILM, SCHOOL, WHEAT, join
from shapes import corpus

from compare import kernels
from compare.model import VERDICTS, Document, Skipped
from compare.pipeline.collection import Batch
from compare.pipeline.deduplicate import Deduplicated, Keeping, deduplicate_batches
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.plan import compare_documents, compare_pair
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

SETTINGS = Settings()


def deduplicated(documents: list[Document], size: int) -> Deduplicated:
    """The duplicates of documents that come in batches of a size."""
    parts = [documents[start : start + size] for start in range(0, len(documents), size)]
    batches = [
        Batch(
            [each.id for each in part],
            [each.text for each in part],
            [each.published for each in part],
            [""] * len(part),
        )
        for part in parts
    ]
    return deduplicate_batches(batches, SETTINGS, MemoryEngine(), Keeping())


@cache
def at_once(seed: int) -> Deduplicated:
    documents = corpus(seed, (5, 30))
    return deduplicated(documents, len(documents))


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_batches_do_not_show(size: int) -> None:
    whole, parts = at_once(5), deduplicated(corpus(5, (5, 30)), size)
    assert parts.clusters == whole.clusters != ()
    assert parts.pairs.pairs.tolist() == whole.pairs.pairs.tolist()
    assert (parts.left_out, parts.repeated) == (whole.left_out, whole.repeated)
    assert parts.dropped_ids == {member.id for group in whole.clusters for member in group.members[1:]}


def test_a_repeated_passage_of_a_corpus_names_every_holder_twins_too() -> None:
    own = [f"{join(BRIDGE, FILM)} {' '.join(f'w{n}x{place}' for place in range(60))}" for n in range(12)]
    documents = [Document(f"{n:02}", text) for n, text in enumerate([*own, own[3].upper()])]
    ((words, holders),) = deduplicated(documents, 4).repeated
    assert holders == tuple(f"{n:02}" for n in range(13))
    assert words == len(kernels.tokens(join(BRIDGE, FILM)).hashes)


def test_a_report_holds_what_was_skipped_and_the_words_of_each_document() -> None:
    skipped = [Skipped("b", "empty"), Skipped("a", "too long")]
    nothing = compare_documents([], skipped, SETTINGS, MemoryEngine())
    assert (nothing.documents, nothing.comparisons, nothing.clusters, nothing.repeated) == ((), (), (), ())
    report = compare_documents([Document("z", WHEAT), Document("c", SCHOOL)], skipped, SETTINGS, MemoryEngine())
    assert report.skipped == tuple(reversed(skipped))
    assert [document.id for document in report.documents] == list(report.words) == ["c", "z"]
    assert report.words["z"] == len(WHEAT.split())


def test_a_pair_alone_gets_the_matches_and_shares_that_it_has_in_a_collection() -> None:
    documents = [Document("a", join(BRIDGE, SCHOOL)), Document("b", join(WHEAT, BRIDGE))]
    alone = compare_pair(documents[0], documents[1], SETTINGS)
    (together,) = compare_documents(documents, [], SETTINGS, MemoryEngine()).comparisons
    assert (alone.matches, alone.verdict) == (together.matches, together.verdict)
    assert (alone.reused_a, alone.reused_b, alone.jaccard) == (together.reused_a, together.reused_b, together.jaccard)


def test_each_stage_is_told_with_its_steps() -> None:
    stages: list[tuple[str, int]] = []
    documents = [Document("a", join(BRIDGE, SCHOOL)), Document("b", join(WHEAT, BRIDGE))]
    compare_documents(documents, [], SETTINGS, MemoryEngine(), lambda stage, steps: stages.append((stage, steps)))
    assert [stage for stage, _ in stages] == ["reading words", "scoring pairs", "aligning passages", ""]
    assert (stages[0][1], stages[2][1], stages[3][1]) == (2, 1, 1)


def misread(text: str) -> str:
    """A scan of it: of 80 characters four are other ones."""
    return "".join("x" if place % 80 in {7, 9, 14, 20} and char.isalpha() else char for place, char in enumerate(text))


def without_blanks(text: str) -> str:
    """Every third row of six words run together."""
    words = text.split()
    rows = [words[start : start + 6] for start in range(0, len(words), 6)]
    return " ".join(("" if number % 3 == 1 else " ").join(row) for number, row in enumerate(rows))


def with_numbers(text: str) -> str:
    """A page's numbers after every ninth word."""
    words = text.split()
    return "\n".join(f"{' '.join(words[at : at + 9])}\n{at} 00:{at}" for at in range(0, len(words), 9))


@pytest.mark.parametrize(
    ("noise", "verdict"),
    [(misread, "near-duplicate"), (without_blanks, "near-duplicate"), (with_numbers, "contained")],
)
def test_a_text_with_noise_between_or_in_its_words_is_found_and_falls(
    noise: Callable[[str], str], verdict: str
) -> None:
    text = join(BRIDGE, SCHOOL, WHEAT)
    documents = [Document("a", text), Document("b", noise(text)), Document("c", join(FILM))]
    assert compare_pair(documents[0], documents[1], SETTINGS).verdict == verdict
    found = deduplicated(documents, 3)
    assert [VERDICTS[rank] for rank in found.verdicts.tolist()] == [verdict]
    assert len(found.dropped_ids) == 1
    (pair,) = compare_documents(documents, [], SETTINGS, MemoryEngine()).comparisons
    assert (pair.verdict, pair.a, pair.b) == (verdict, "a", "b")
