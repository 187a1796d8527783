"""Notices that two texts share are in none of a pair's own scores."""

from __future__ import annotations

import numpy as np
import pytest
from prose import BRIDGE, FILM, SCHOOL, WHEAT

from compare.align.marks.notices import notices
from compare.align.prepare import prepare
from compare.model import Document
from compare.pipeline.aside import notice_shingles
from compare.pipeline.plan import compare_pair
from compare.settings import Settings

GALLERY = " ".join(
    f"Photos: The old harbour The boat of {name} lies at the quay in the year of the great storm. Hide Caption {n} of 4"
    for n, name in enumerate(("Ann", "Ben", "Cleo", "Dan"), 1)
)
BIO = "Jane Roe is a senior fellow at the Eastshore Institute, where she writes on ports, locks and the law of the sea."


@pytest.mark.parametrize("line", [GALLERY, BIO])
def test_unlike_articles_with_one_notice_share_nothing_of_their_own(line: str) -> None:
    a, b = (Document(name, f"{text}\n\n{line}") for name, text in (("a", f"{BRIDGE} {FILM}"), ("b", SCHOOL)))
    found = compare_pair(a, b, Settings())
    assert not found.verdict.is_reuse
    assert (found.own_a, found.own_b, found.reused_a, found.reused_b) == (0, 0, 0, 0)
    assert found.shared > 0


def test_what_is_lifted_beside_a_notice_counts() -> None:
    a, b = (Document(name, f"{text}\n\n{BRIDGE}\n\n{BIO}") for name, text in (("a", f"{FILM} {WHEAT}"), ("b", SCHOOL)))
    found = compare_pair(a, b, Settings())
    assert found.verdict.is_reuse
    assert 0 < found.own_a < found.containment_a


def test_what_stands_in_prose_on_one_side_is_somebodys_own() -> None:
    notice, prose = prepare(f"{BRIDGE}\n\n{BIO}"), prepare(f"{BIO} {SCHOOL}")
    flags = notices(notice), notices(prose)
    assert flags[0].any()
    assert not len(notice_shingles((notice, prose), flags, 5))
    assert len(notice_shingles((notice, notice), (flags[0], flags[0]), 5)) == np.count_nonzero(flags[0]) - 4
