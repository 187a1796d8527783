"""Words that can't both be true: by groups in eight languages, and by prefixes with their exceptions."""

from __future__ import annotations

import pytest

from compare.align.marks.drift.opposites import opposed
from compare.model import Fact


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("rose fell", Fact.DIRECTION), ("rises dropped", Fact.DIRECTION), ("up down", Fact.DIRECTION),
        ("north east", Fact.DIRECTION), ("won lost", Fact.DIRECTION), ("guilty innocent", Fact.DIRECTION),
        ("will may", Fact.MODALITY), ("must should", Fact.MODALITY), ("most few", Fact.QUANTIFIER),
        ("his her", Fact.PERSON), ("likely unlikely", Fact.NEGATION), ("harmful harmless", Fact.NEGATION),
        ("agreed disagreed", Fact.NEGATION), ("regular irregular", Fact.NEGATION),
        ("improved worsened", Fact.DIRECTION), ("growth decline", Fact.DIRECTION), ("bought sold", Fact.DIRECTION),
        ("stieg sank", Fact.DIRECTION), ("möglich unmöglich", Fact.NEGATION), ("alle einige", Fact.QUANTIFIER),
        ("augmenté baissé", Fact.DIRECTION), ("légal illégal", Fact.NEGATION), ("doit peut", Fact.MODALITY),
        ("abrió cerró", Fact.DIRECTION), ("legal ilegal", Fact.NEGATION), ("todos algunos", Fact.QUANTIFIER),
        ("выросла снизилась", Fact.DIRECTION), ("виновен невиновен", Fact.NEGATION),
        ("ارتفع انخفض", Fact.DIRECTION), ("अधिक कम", Fact.DIRECTION), ("升 降", Fact.DIRECTION), ("他 她", Fact.PERSON),
    ],
)  # fmt: skip
def test_words_are_opposed(words: str, what: Fact) -> None:
    first, second = words.split()
    assert opposed(first, second) is opposed(second, first) is what


@pytest.mark.parametrize(
    "words",
    ["rose climbed", "may might", "all every", "big large", "valuable invaluable", "form inform", "til until",
     "it unit", "quay pier", "rose rose", "will would", "said told",
     "might could", "several many", "few several", "survivors victims", "can could"],
)  # fmt: skip
def test_synonyms_and_words_that_only_look_like_it_are_not(words: str) -> None:
    first, second = words.split()
    assert opposed(first, second) is opposed(second, first) is None
