"""What `compare.deduplicate` gives back: a row for a row, whatever came in."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest

import compare
from compare.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The council voted on Monday to close the old bridge for two years while a new one is built beside it."
LONG = TEXT + " " + "A choir of eighty singers from three villages will open the concert hall in June with a new work."
ROWS = [{"id": "c", "text": TEXT}, {"id": "n", "text": None}, {"id": "b", "text": LONG}, {"id": "a", "text": TEXT}]


def test_the_mask_and_the_labels_have_a_place_for_every_row_in_order() -> None:
    found = compare.deduplicate(ROWS)
    assert (found.keep.dtype, found.keep.tolist()) == (np.dtype(bool), [False, True, True, False])
    assert found.labels.tolist() == [0, -1, 0, 0]
    assert found.to_frame() == [ROWS[1], ROWS[2]]
    assert compare.deduplicate(iter(ROWS)).to_frame() == found.to_frame()
    assert compare.deduplicate([]).keep.tolist() == []


def test_it_is_still_the_tuple_of_clusters() -> None:
    found = compare.deduplicate(ROWS)
    (cluster,) = found
    assert isinstance(found, tuple)
    assert found == found.clusters == (cluster,)
    assert (found[0].keep, len(found)) == ("b", 1)
    assert compare.deduplicate([TEXT]) == ()


def test_pairs_are_columns_of_one_length_with_ids_and_rows() -> None:
    pairs = compare.deduplicate(ROWS).pairs
    assert list(zip(pairs["a"], pairs["b"], pairs["verdict"], strict=True)) == [
        ("a", "b", "contained"), ("a", "c", "identical"), ("b", "c", "contained"),
    ]  # fmt: skip
    assert [pairs[name].tolist() for name in ("row_a", "row_b")] == [[3, 3, 2], [2, 0, 0]]  # type: ignore[union-attr]
    assert pairs["containment_a"].tolist() == [1.0, 1.0, pairs["containment_b"][0]]  # type: ignore[union-attr]
    assert {len(column) for column in pairs.values()} == {3}


@pytest.mark.parametrize("drop", ["identical", ["identical"], [compare.Verdict.IDENTICAL], ("identical",)])
def test_what_falls_can_be_chosen_by_verdicts(drop: str) -> None:
    assert compare.deduplicate(ROWS, drop=drop).keep.tolist() == [False, True, True, True]


def test_a_policy_or_a_verdict_that_is_none_is_one_plain_error() -> None:
    for named in ({"keep": "oldest"}, {"drop": "derived"}, {"drop": ""}, {"drop": []}, {"drop": ["near"]}):
        with pytest.raises(SettingsError) as raised:
            compare.deduplicate(ROWS, **named)  # type: ignore[arg-type]
        assert len(str(raised.value).splitlines()) == 1


def test_the_order_of_the_rows_changes_the_places_and_nothing_else() -> None:
    expected = {"a": False, "b": True, "c": False, "n": True}
    for turn, back in product(range(4), (1, -1)):
        rows = [*ROWS[turn:], *ROWS[:turn]][::back]
        found = compare.deduplicate(rows)
        assert {row["id"]: kept for row, kept in zip(rows, found.keep.tolist(), strict=True)} == expected
        assert found.clusters == compare.deduplicate(ROWS).clusters


def test_what_it_is_held_against_never_falls_and_what_it_holds_does() -> None:
    rows = [TEXT, LONG, "Rain is due on Friday in the hills.", TEXT[:70], None, "An orchard of its own."]
    given = {"text": rows}
    for others in ([TEXT], {"text": [TEXT, ""]}, [compare.Document("0", TEXT)], iter([{"text": TEXT}])):
        found = compare.deduplicate(given, against=others)  # type: ignore[arg-type]  # of many kinds
        assert found.keep.tolist() == [False, True, True, False, True, True]
        assert list(zip(found.against["a"], found.against["verdict"], found.against["falls"], strict=True)) == [
            ("0", "identical", True), ("1", "contains", False), ("3", "contained", True),
        ]  # fmt: skip
        assert found.against["row_against"].tolist() == [0, 0, 0]  # type: ignore[union-attr]
    assert not compare.deduplicate(given, against=[TEXT], drop=["contained", "contains"]).keep[1]
    assert compare.deduplicate(given, against=[TEXT], drop="none").keep.all()
    assert compare.deduplicate(given).against == {}
    assert compare.deduplicate(given, against=[]).keep.tolist() == compare.deduplicate(given).keep.tolist()
    with pytest.raises(SettingsError, match="contains"):
        compare.deduplicate(given, drop="contains")


def test_what_was_given_first_may_stay() -> None:
    rows = [{"id": "z", "text": TEXT}, {"id": "a", "text": TEXT.upper(), "date": "2001-01-01"}]
    assert compare.deduplicate(rows, keep="input").keep.tolist() == [True, False]
    assert compare.deduplicate(rows).keep.tolist() == compare.deduplicate(rows[::-1], keep="input").keep.tolist()[::-1]


def test_the_documents_of_an_index_are_what_it_is_held_against(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    index = compare.Index.build(tmp_path / "x.index", tmp_path / "a.txt")
    found = compare.deduplicate([TEXT.upper(), "Rain is due on Friday in the hills."], against=index)
    assert (found.keep.tolist(), found.against["against"]) == ([False, True], ["a.txt"])
