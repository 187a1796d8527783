"""The hot loops, from the compiled module where there is one, else from the plain reference, which is said once."""

from __future__ import annotations

import warnings

from compare.ending import is_memory
from compare.kernels.reference import Recipe, Sketched, Tokenised, permutations

try:
    from compare.kernels._native import (
        around,
        components,
        groups,
        holdings,
        kept,
        later,
        meetings,
        overlaps,
        shingles,
        sketch,
        tokens,
    )
except ImportError as error:
    if is_memory(error):  # the plain ones would go on, and take for ever
        raise MemoryError from error
    from compare.kernels.reference import (
        around,
        components,
        groups,
        holdings,
        kept,
        later,
        meetings,
        overlaps,
        shingles,
        sketch,
        tokens,
    )

    COMPILED = False
    warnings.warn(
        "compare runs without its compiled kernels, some 200 times slower: there was no C compiler when it was "
        "installed, or these are the sources of the current folder and not what is installed (then: python -P)",
        RuntimeWarning,
        stacklevel=2,
    )
else:
    COMPILED = True

__all__ = [
    "COMPILED", "Recipe", "Sketched", "Tokenised", "around", "components", "groups", "holdings", "kept", "later",
    "meetings", "overlaps", "permutations", "shingles", "sketch", "tokens",
]  # fmt: skip
