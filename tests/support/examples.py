"""How many examples a property test tries: all of them on the compiled kernels, a share of them where tox says so."""

from __future__ import annotations

import os

SHARE = float(os.environ.get("TEST_EXAMPLES", "1"))
LEAST = 5


def examples(count: int) -> int:
    """The share of a number of examples that is tried, five at the least."""
    return max(LEAST, round(count * SHARE))
