"""How much a test tries: all of it on the compiled kernels, a share of it where tox says so."""

from __future__ import annotations

import os

SHARE = float(os.environ.get("TEST_EXAMPLES", "1"))
LEAST = 5
SHORTEST = 0.1


def examples(count: int) -> int:
    """The share of a number of examples that is tried, five at the least."""
    return max(LEAST, round(count * SHARE))


def length(count: int) -> int:
    """The share of the length of a text that is only long, a tenth at the least."""
    return round(count * max(SHARE, SHORTEST))
