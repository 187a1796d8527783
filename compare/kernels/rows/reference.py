"""What `plain_rows` returns, and a plain one that calls no row plain: every row may be read closely."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLANK, PLAIN, SUSPECT, CLOSE = range(4)
"""A line of white space; a row whose values are here; the same with a text in which something may have to be mended
(`sources/damage.py`), or that may be blank; and a row that is to be read closely, or is none."""


class PlainRows(NamedTuple):
    """The lines of a block, and the values of its rows of `PLAIN` and `SUSPECT`."""

    kinds: NDArray[np.uint8]
    """Of each line."""
    bounds: NDArray[np.int64]
    """Where each line begins in the block, and the end of the block: int64[lines + 1]."""
    ids: list[str]
    """The id of each row whose values are here, as it is written; empty if it has none."""
    texts: list[str]
    dates: list[str]
    """The first of its dates that is not empty."""


def plain_rows(block: bytes, names: tuple[bytes, ...], limit: int) -> PlainRows:  # noqa: ARG001  # as the compiled one
    """The rows of a block of JSON lines that are plain.

    `names` are those of the text, the id (empty: rows have none) and dates. Which rows are plain is the kernel's own
    business; of those that are, the values are what a JSON reader finds: the id is a text or digits, dates are texts or
    null. A line of more than `limit` bytes is to be read closely.
    """
    lines = block.split(b"\n")
    sizes = [*(len(line) + 1 for line in lines[:-1]), *([len(lines[-1])] if lines[-1] else [])]
    kinds = [CLOSE if line.strip() or len(line) > limit else BLANK for line in lines[: len(sizes)]]
    return PlainRows(np.array(kinds, np.uint8), np.array([0, *accumulate(sizes)], np.int64), [], [], [])
