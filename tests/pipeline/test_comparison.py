"""One pair in one record: whose each number is, and what alignment adds to the verdict."""

from __future__ import annotations

import pytest

import compare
from compare.model import Comparison, Quantity

STORY = (
    "The city council voted on Monday to close Harbour Bridge for eleven months while engineers replace its corroded "
    "steel deck. The work will cost 4.2 million crowns and begins in March. Ferries will carry cyclists and "
    "pedestrians across the estuary every ten minutes until midnight."
)
OTHERS = (
    "Farmers in the southern valleys expect the smallest wheat harvest since the drought of 1976. Mildew reached the "
    "fields in early June after three weeks of rain. Millers have begun to import grain from overseas to keep their "
    "contracts with bakeries. A silent film thought lost for ninety years was found in the attic of a retired "
    "projectionist. Archivists are cleaning the brittle reels frame by frame. The first public screening, with a live "
    "orchestra, is planned for December. Teachers at Northgate secondary school walked out on Thursday over plans to "
    "merge two science departments. Parents gathered at the gates with home-made banners and a brass band."
)
SHARES = ("containment", "own", "kept", "reused")


def quantity(pair: Comparison, name: Quantity) -> float:
    """A number of the evidence by its name."""
    assert pair.evidence is not None
    return next(each.value for rule in pair.evidence.rules for each in rule.conditions if each.quantity is name)


@pytest.mark.parametrize("name", SHARES)
def test_a_share_is_that_of_its_own_side(name: str) -> None:
    part, whole = f"{name}_a", f"{name}_b"
    pair = compare.pair(STORY, f"{STORY}\n\n{OTHERS}")
    assert getattr(pair, part) == 1 > 2 * getattr(pair, whole)
    turned = compare.pair(f"{STORY}\n\n{OTHERS}", STORY)
    assert (getattr(turned, part), getattr(turned, whole)) == (getattr(pair, whole), getattr(pair, part))


def reworded(text: str) -> str:
    """Every fourth word is another: no five in a row are left."""
    return " ".join(f"{word}ish" if place % 4 == 3 else word for place, word in enumerate(text.split()))


def test_alignment_goes_by_the_shorter_text_whichever_side_it_is_on() -> None:
    for texts in ((reworded(STORY), f"{STORY}\n\n{OTHERS}"), (f"{STORY}\n\n{OTHERS}", reworded(STORY))):
        pair = compare.pair(*texts)
        assert (pair.shared, pair.verdict.value) == (0, "derived")
        assert quantity(pair, Quantity.MATCHES_KEPT) > 0.7


def test_the_longest_match_is_as_long_as_its_shorter_side() -> None:
    longer = STORY.replace("voted on Monday", "voted late on Monday evening, after two long days of talks,")
    pair = compare.pair(f"{OTHERS}\n\n{longer}", f"{STORY}\n\nNobody was at the quay.")
    (match,) = [each for each in pair.matches if each.kind.is_reuse]
    sides = [sum(len(range(*getattr(step, side))) for step in match.operations) for side in ("tokens_a", "tokens_b")]
    assert quantity(pair, Quantity.LONGEST_MATCH) == sides[1] == sides[0] - 8
