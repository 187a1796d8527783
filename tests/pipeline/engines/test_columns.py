from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.pipeline.engines.columns import GAP, Scratch

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

lists = st.lists(st.lists(st.integers(0, (1 << 64) - 1), max_size=8), max_size=8)


def filled(parts: list[list[int]], limit: int) -> Scratch:
    stage = Scratch(limit)
    for part in parts:
        stage.append(np.array(part, np.uint64))
    return stage


def column(length: int) -> NDArray[np.uint64]:
    return np.arange(length, dtype=np.uint64)


@given(lists, lists, st.sampled_from([0, 40, 1 << 20]), st.data())
def test_a_range_reads_back_what_was_added_from_memory_and_from_disk(
    first: list[list[int]], then: list[list[int]], limit: int, data: st.DataObject
) -> None:
    stage, expected = filled(first, limit), [value for part in first for value in part]
    assert stage.read(0, len(expected)).tolist() == expected
    for part in then:  # reading never disturbs what is added later
        stage.append(np.array(part, np.uint64))
        expected += part
    start = data.draw(st.integers(0, len(expected)))
    stop = data.draw(st.integers(start, len(expected)))
    assert len(stage) == len(expected)
    assert stage.read(start, stop).tolist() == expected[start:stop]
    assert stage.read(stop, start).tolist() == []
    out = np.zeros(stop - start, np.uint64)
    assert stage.read(start, stop, out) is out
    assert out.tolist() == expected[start:stop]
    stage.close()


@pytest.mark.parametrize("limit", [0, 1 << 20])
def test_rows_hold_what_was_asked_for_and_skip_long_gaps(limit: int) -> None:
    lengths = [3, 0, GAP + 1, 2, 5, 0, 2 * GAP, 1]
    bounds = np.concatenate([[0], np.cumsum(lengths)])
    stage = filled([column(int(bounds[-1])).tolist()], limit)
    for wanted in ([0, 3, 4, 7], [0, 1, 2], [5], [1, 5], [], list(range(8))):
        values, offsets, numbers = stage.rows(bounds, np.array(wanted, np.int64))
        assert set(wanted) <= set(numbers.tolist())
        assert numbers.tolist() == sorted(numbers.tolist())
        for place, number in enumerate(numbers.tolist()):
            assert values[offsets[place] : offsets[place + 1]].tolist() == list(
                range(bounds[number], bounds[number + 1])
            )
        assert offsets[-1] == len(values)
    assert stage.rows(bounds, np.array([0, 3, 4, 7]))[2].tolist() == [0, 3, 4, 7]
    stage.close()


def test_the_file_has_no_name_and_stands_in_the_folder_given(tmp_path: Path) -> None:
    stage = Scratch(0, str(tmp_path))
    stage.append(column(9))
    assert list(tmp_path.iterdir()) == []
    assert stage.read(3, 5).tolist() == [3, 4]
    missing = Scratch(0, str(tmp_path / "missing"))
    with pytest.raises(FileNotFoundError):
        missing.append(column(1))
    stage.close()


def test_a_range_past_the_end_of_the_file_is_an_error_not_a_short_answer() -> None:
    stage = Scratch(0)
    stage.append(column(4))
    with pytest.raises(OSError, match="ended too soon"):
        stage.read(2, 6)
    stage.close()


def test_an_array_changed_after_reading_leaves_the_stage_alone() -> None:
    stage = filled([[1, 2, 3]], 1 << 20)
    stage.read(0, 3)[:] = 9
    assert stage.read(0, 3).tolist() == [1, 2, 3]
