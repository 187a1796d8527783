"""What the files of the languages say of figures, dates and units, made ready to be looked up."""

from __future__ import annotations

from functools import cache

from compare.facts.lexicon import MONTHS, NUMBERS, SCALES, UNITS, WEEKDAYS


@cache
def calendar() -> frozenset[str]:
    """The words for days and months, in lower case."""
    return frozenset([*WEEKDAYS, *MONTHS])


@cache
def words_of_facts() -> frozenset[str]:
    """The words for days, months, figures, scales and units, in lower case: none of them is a name."""
    return frozenset([*calendar(), *NUMBERS, *SCALES, *UNITS])
