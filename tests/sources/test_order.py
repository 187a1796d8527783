"""The order of ids decides which document stays and how everything is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import compare
from compare.model import Document
from compare.pipeline.plan import compare_documents
from compare.settings import Settings
from compare.sources.order import in_order, key_of

if TYPE_CHECKING:
    import random


def ordered(ids: list[str]) -> list[str]:
    places = in_order(ids)
    assert [ids[place] for place in places] == sorted(ids, key=key_of(ids))
    return [ids[place] for place in places]


@given(st.lists(st.integers(), unique=True))
def test_whole_numbers_order_as_numbers(numbers: list[int]) -> None:
    assert ordered([str(number) for number in numbers]) == [str(number) for number in sorted(numbers)]


@given(st.lists(st.from_regex(r"-?[0-9]{1,4}", fullmatch=True), unique=True), st.randoms())
def test_equal_numbers_have_one_order_whatever_they_are_given_in(ids: list[str], chance: random.Random) -> None:
    shuffled = list(ids)
    chance.shuffle(shuffled)
    result = ordered(shuffled)
    assert result == ordered(ids)
    assert [int(name) for name in result] == sorted(map(int, ids))


@given(st.lists(st.text(), unique=True))
def test_if_one_id_is_no_number_all_order_by_code_point(ids: list[str]) -> None:
    mixed = sorted({*ids, "2", "10", "b"})
    assert ordered(mixed[::-1]) == mixed


def test_numbers_of_any_length_and_rows_named_by_line_are_ordered() -> None:
    assert ordered(["1" * 10_000, "2" * 9_999, "-" + "1" * 10_000, "-5", "0"]) == [
        "-" + "1" * 10_000, "-5", "0", "2" * 9_999, "1" * 10_000,
    ]  # fmt: skip
    assert ordered(["7", "007", "-0", "0", "6"]) == ["-0", "0", "6", "007", "7"]
    assert ordered(["b.csv:2", "a.csv:10", "a.csv:9"]) == ["a.csv:9", "a.csv:10", "b.csv:2"]
    assert ordered(["٣", "10", "2"]) == ["10", "2", "٣"]


TEXT = "The council voted on Monday to close the old bridge for two years while a new one is built beside it."


@pytest.mark.parametrize("ids", [["10", "9", "2", "101"], [f"t.jsonl:{line}" for line in (10, 9, 2, 101)]])
def test_of_equal_texts_the_smallest_number_stays_and_all_are_listed_in_order(ids: list[str]) -> None:
    (cluster,) = compare.deduplicate([Document(name, TEXT) for name in ids])
    assert [cluster.keep, *(member.id for member in cluster.members)] == [ids[2], ids[2], ids[1], ids[0], ids[3]]


def test_a_report_lists_documents_and_pairs_by_number() -> None:
    from contextlib import closing  # noqa: PLC0415  # one test's

    from compare.pipeline.engines.memory import MemoryEngine  # noqa: PLC0415

    documents = [Document(name, f"{TEXT} {name}") for name in ("10", "9", "2")]
    with closing(MemoryEngine()) as engine:
        report = compare_documents(documents, [], Settings(), engine)
    assert [document.id for document in report.documents] == list(report.words) == ["2", "9", "10"]
    assert [(one.a, one.b) for one in report.comparisons] == [("2", "9"), ("2", "10"), ("9", "10")]
    assert [member.id for member in report.clusters[0].members] == ["2", "9", "10"]
