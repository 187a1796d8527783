"""A text's words and pairs of words, each with how much it says that another text holds it too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.events.background import background

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.events.profile import Profile
    from compare.events.rarity import Rarity

    F64 = NDArray[np.float64]
    Flags = NDArray[np.bool_]

LISTED = 0.5  # share of a text's words that the background lists: English news has .67 at the least, other languages .3
NOUNS = 0.4  # share of the words with capitals, above which they are no sign of a name
UNKNOWN = 2.0  # surprise of a word of another language: one text in seven may hold it
KNOWN = 6.0  # and of a name or figure there, at the most


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
    """The profile with its weights.

    The background knows nothing of the words of other languages. There names and figures alone say something, as
    far as they are not the folder's topic.
    """
    plain, both = rarity.surprise(profile.words.hashes)
    if not is_known(profile):
        limit = np.where(_is_specific(profile), KNOWN, UNKNOWN)
        plain, both = np.minimum(plain, limit), np.minimum(both, limit)
    return Weighed(profile, _weights(profile, plain), _weights(profile, both), rarity.trust)


def is_known(profile: Profile) -> bool:
    """Whether the text is in a language of the background."""
    words = profile.words.hashes[~profile.figures]
    return len(words) > 0 and bool(background().lists(words).mean() >= LISTED)


def _is_specific(profile: Profile) -> Flags:
    """Which words of a text in another language are figures, or names where nouns have no capitals of their own."""
    names = profile.names & (profile.names.mean() <= NOUNS if len(profile.names) else False)
    return np.asarray(profile.figures | names)


def _weights(profile: Profile, surprise: F64) -> Weights:
    every = surprise * (1 + np.log(profile.words.counts))
    places = np.searchsorted(profile.words.hashes, profile.parts)
    pairs = surprise[places].sum(axis=1) if len(places) else np.zeros(0)
    return Weights(surprise, every, every * profile.names, every * profile.lead, every * profile.figures, pairs)
