"""Which of several documents stays."""

from __future__ import annotations

import random

import numpy as np
import pytest
from shapes import made

import compare
from compare.model import Document
from compare.pipeline.policy import Facts, KeepPolicy
from compare.pipeline.valued import UNDATED, are_numeric, instant, instants


def order_of(keep: str, **facts: list[str]) -> list[int]:
    """Documents 0 to 3 of 10, 30, 20 and 30 words from the one that stays first down; of them 3 has the smallest id."""
    published, values = (facts.get(name, [""] * 4) for name in ("published", "values"))
    columns = np.array([1, 2, 3, 0]), np.array([0, 10, 40, 60, 90]), instants(published), values
    return np.argsort(KeepPolicy(keep, Facts(*columns, are_numeric(values))).places(np.arange(4))).tolist()


DATES = ["2024-05-02", "2024-05-01", "Tuesday", "2024-05-02"]


@pytest.mark.parametrize(
    ("keep", "facts", "order"),
    [
        ("first", {}, [3, 1, 2, 0]),
        ("first", {"published": DATES}, [1, 3, 0, 2]),
        ("longest", {"published": DATES}, [1, 3, 2, 0]),
        ("newest", {"published": DATES}, [3, 0, 1, 2]),
        ("input", {"published": DATES}, [0, 1, 2, 3]),
        ("views", {"values": ["9", "10", "", "9"]}, [1, 3, 0, 2]),
        ("views", {"values": ["9", "-10", "", "9.5"]}, [3, 0, 1, 2]),
        ("desk", {"values": ["b", "10", "", "c"]}, [3, 0, 1, 2]),
        ("desk", {"values": ["a", "a", "a", "a"], "published": DATES}, [1, 3, 0, 2]),
    ],
)
def test_the_document_that_stays_is_the_first_by_these_keys(
    keep: str, facts: dict[str, list[str]], order: list[int]
) -> None:
    assert order_of(keep, **facts) == order


@pytest.mark.parametrize(
    ("text", "hours"),
    [("1970-01-01T05:00", 5), ("1970-01-01T05:00+02:00", 3), ("1970-01-02", 24), ("1969-12-31T23:00Z", -1)],
)
def test_a_date_without_a_zone_is_utc(text: str, hours: int) -> None:
    assert instant(text) == 3600 * hours


@pytest.mark.parametrize("text", ["", "Tuesday", "2024-13-01"])
def test_what_is_no_date_counts_as_undated(text: str) -> None:
    assert instant(text) == UNDATED


@pytest.mark.parametrize("keep", ["first", "newest"])
def test_a_date_that_one_of_two_alone_has_decides_nothing(keep: str) -> None:
    text = " ".join(made(random.Random(1), 60))
    for dates in (("2024-05-01", ""), ("", "2024-05-01"), ("", "")):
        rows = [Document("a", text, published=dates[0]), Document("b", f"{text} more", published=dates[1])]
        (cluster,) = compare.deduplicate(rows, keep=keep)
        assert (cluster.keep, cluster.reason) == ("b", "the longest")


def test_of_several_dated_ones_the_earliest_stays_beside_one_without_a_date() -> None:
    text = " ".join(made(random.Random(1), 60))
    dates = {"a": "2024-05-02", "b": "2024-05-01", "c": ""}
    (cluster,) = compare.deduplicate([Document(name, text, published=day) for name, day in dates.items()])
    assert (cluster.keep, cluster.reason) == ("b", "the earliest dated")
