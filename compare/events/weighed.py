"""A text's words and pairs of words, each with how much it says that another text holds it too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.events.profile import Profile
    from compare.events.rarity import Rarity

    F64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the words by one measure of rarity, repeats damped: of all, and of some with 0 for the others."""

    surprise: F64
    """float64[words], without repeats."""
    every: F64
    names: F64
    lead: F64
    figures: F64
    pairs: F64
    """float64[pairs]: the surprise of both words together."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A profile in a folder."""

    profile: Profile
    plain: Weights
    """By the background alone."""
    both: Weights
    """By what is rare in the background and in the folder."""
    trust: float
    """See `Rarity.trust`."""


def weighed(profile: Profile, rarity: Rarity) -> Weighed:
    """The profile with its weights."""
    words, pairs = rarity.surprise(profile.words.hashes), rarity.surprise(profile.parts.ravel())
    plain, both = (
        _weights(profile, surprise, of_parts.reshape(-1, 2).sum(axis=1))
        for surprise, of_parts in zip(words, pairs, strict=True)
    )
    return Weighed(profile, plain, both, rarity.trust)


def _weights(profile: Profile, surprise: F64, pairs: F64) -> Weights:
    every = surprise * (1 + np.log(profile.words.counts))
    return Weights(
        surprise, every, every * profile.names, every * profile.lead, every * profile.figures, pairs
    )
