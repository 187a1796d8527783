from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from compare.model import Bar
from compare.wording.families import LEAST, Sides, version_line

SHARES = re.compile(r"(\d+) % of .*, (\d+) % word for word and (\d+) % in edited phrases")
WORDS = re.compile(r"passages of (\d+) words with .*, (\d+) word for word and (\d+) in edited phrases")


@given(st.integers(0, 600), st.integers(1, 300), st.integers(0, 90), st.integers(0, 900))
def test_what_a_sentence_says_of_a_versions_words_adds_up(verbatim: int, edited: int, aside: int, new: int) -> None:
    bar = Bar(verbatim + edited + aside + new, verbatim, edited, 0, aside, new)
    told = "".join(part.text for part in version_line(Sides("Wire", "Daily", is_sure=False), bar, bar))
    for pattern in (SHARES, WORDS):
        if found := pattern.search(told):
            whole, *parts = map(int, found.groups())
            assert whole == sum(parts)
    assert "shares" not in told or verbatim + edited >= LEAST
