"""Signatures to bands, as in Leskovec, Rajaraman & Ullman, *Mining of Massive Datasets*, ch. 3.4."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from compare.ending import SCIPY, need
from compare.errors import SettingsError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.settings import Settings

    U32 = NDArray[np.uint32]
    U64 = NDArray[np.uint64]

KNOWN = {(0.5, 128): (25, 5)}
"""What datasketch's optimiser answers for the defaults, so that they need not import it (1 CPU s); a test asks it."""


@cache
def banding(threshold: float, permutations: int) -> tuple[int, int]:
    """Number of bands and rows a band that make the fewest errors around a Jaccard threshold: datasketch's optimiser.

    Raises SettingsError where there are too few permutations for two bands.

    >>> banding(0.5, 128)
    (25, 5)
    """
    if (threshold, permutations) in KNOWN:
        return KNOWN[threshold, permutations]
    need(SCIPY)
    from datasketch import MinHashLSH  # noqa: PLC0415  # 1 CPU s

    try:
        lsh = MinHashLSH(threshold=threshold, num_perm=permutations)
    except ValueError:  # it wants two bands
        what = f"lsh_threshold {threshold} cannot be met with {permutations} permutations"
        raise SettingsError(f"{what}: lower the threshold or take more of them") from None
    return lsh.b, lsh.r


def band_probability(jaccard: float, bands: int, rows: int) -> float:
    """How likely two documents share a bucket: 1 − (1 − jaccard^rows)^bands, the S-curve of ch. 3.4.2.

    `jaccard` in [0, 1]. With 25 bands of 5 rows the curve passes one half at .49.

    >>> round(band_probability(0.8, 25, 5), 4)
    1.0
    >>> round(band_probability(0.3, 25, 5), 3)
    0.059
    """
    return float(1 - (1 - jaccard**rows) ** bands)


def bucket_keys(signatures: U32, settings: Settings) -> U64:
    """The bucket of each band of each document: uint64[n, bands]. Equal rows of a band give equal keys."""
    bands, rows = banding(settings.lsh_threshold, settings.permutations)
    keys = np.tile(np.arange(1, bands + 1, dtype=np.uint64), (len(signatures), 1))
    for row in range(rows):
        # odd, 2⁶⁴ / golden ratio; the shift brings the high bits, which depend on all, down for the next row
        keys ^= signatures[:, row : bands * rows : rows]
        keys *= np.uint64(0x9E3779B97F4A7C15)
        keys ^= keys >> np.uint64(29)
    return keys


def estimate(a: U32, b: U32) -> NDArray[np.float64]:
    """The share of equal places of signatures, row by row: an estimate of Jaccard, standard error at most .5/√n."""
    return np.asarray((a == b).mean(axis=-1), np.float64)
