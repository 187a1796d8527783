"""Sentences that state the same fact: only where neither was made from the other."""

from __future__ import annotations

import pytest
from stories import BRIDGE, WHEAT, join

from compare.align.align import align
from compare.align.prepare import prepare
from compare.model import Kind
from compare.settings import Settings

REPORT = "Anyone who works in the city must do without Harbour Bridge for months, engineers told the council on Monday."


@pytest.mark.parametrize("aligner", ["learned", "rules"])
def test_a_sentence_that_is_reused_is_related_to_no_other(aligner: str) -> None:
    report, alone, both = prepare(join(REPORT, WHEAT)), prepare(BRIDGE), prepare(join(BRIDGE, REPORT))
    limits = Settings(aligner=aligner)
    assert [match.kind for match in align(report, alone, limits)] == [Kind.RELATED]
    assert [match.kind for match in align(both, alone, limits)] == [Kind.VERBATIM]
    assert [match.kind for match in align(alone, both, limits)] == [Kind.VERBATIM]
