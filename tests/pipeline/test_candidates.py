"""Which pairs are worth measuring: what many documents hold, and when that is too many."""

from __future__ import annotations

import numpy as np
import pytest

from compare.pipeline.candidates import common_limit, limits_of
from compare.pipeline.common import in_many
from compare.settings import Settings

SETTINGS = Settings()


def test_a_shingle_is_common_above_ten_holders_or_a_thousandth_of_the_collection() -> None:
    assert [common_limit(n, SETTINGS) for n in (0, 60, 10_999, 11_000, 2_000_000)] == [10, 10, 10, 11, 2000]


@pytest.mark.parametrize(("limit", "keys"), [(1, [7, 9]), (2, [7]), (3, [])])
def test_a_key_is_in_many_groups_above_the_limit_and_not_at_it(limit: int, keys: list[int]) -> None:
    rows = np.array([9, 7, 7, 5, 7, 9, 7, 5], np.uint64)
    groups = np.array([1, 0, 1, 4, 2, 3, 2, 4], np.int32)
    assert in_many([(rows, groups)], limit).tolist() == keys
    assert in_many([(rows[:3], groups[:3]), (rows[3:], groups[3:])], limit).tolist() == keys


def test_a_fingerprint_proposes_up_to_a_hundredth_of_the_documents_and_up_to_a_thousand_of_a_few() -> None:
    limits = [limits_of(documents, SETTINGS) for documents in (50, 100_000, 200_000)]
    assert [(each.cap, each.ceiling, each.frequent) for each in limits] == [
        (20, 1000, 10), (20, 1000, 20), (20, 2000, 20),
    ]  # fmt: skip


def test_a_pair_shares_enough_by_its_share_of_the_smaller_text_or_by_its_number() -> None:
    shared = np.array([0, 1, 2, 3, 5, 6])
    assert limits_of(10, SETTINGS).enough(shared, np.full(6, 20)).tolist() == [False, False, False, True, True, True]
    assert limits_of(10, SETTINGS).enough(shared, np.full(6, 999)).tolist() == [False] * 5 + [True]
    assert limits_of(10, SETTINGS).enough(shared, np.full(6, 6)).tolist() == [False] + [True] * 5
