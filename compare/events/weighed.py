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


PLAIN, BOTH = 0, 1
"""The two measures of rarity, and the rows of what is weighed by each: by the background alone, and by what is rare in
the background and in the folder."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A profile in a folder, with the weights of its words and pairs, a row a measure."""

    profile: Profile
    surprise: F64
    """float64[2, words], without repeats."""
    every: F64
    """float64[2, words], repeats damped."""
    pairs: F64
    """float64[2, pairs]: the surprise of both words together."""
    squares: F64
    """float64[2, kinds + 1]: the squared length of the words of each kind, and of the pairs."""
    sums: F64
    """float64[2, kinds + 1]: their sums."""
    trust: float
    """See `Rarity.trust`."""


def weighed(profile: Profile, rarity: Rarity) -> Weighed:
    """The profile with its weights.

    The background knows nothing of the words of other languages. There names and figures alone say something, as
    far as they are not the folder's topic.
    """
    surprise = np.stack(rarity.surprise(profile.words.hashes))
    if not is_known(profile):
        surprise = np.minimum(surprise, np.where(_is_specific(profile), KNOWN, UNKNOWN))
    every = surprise * (1 + np.log(profile.words.counts))
    pairs = surprise[:, profile.parts].sum(axis=2)
    kinds = every[:, None] * profile.kinds
    squares = np.column_stack([np.square(kinds).sum(axis=2), np.square(pairs).sum(axis=1)])
    return Weighed(
        profile, surprise, every, pairs, squares, np.column_stack([kinds.sum(axis=2), pairs.sum(axis=1)]), rarity.trust
    )


def is_known(profile: Profile) -> bool:
    """Whether the text is in a language of the background."""
    words = profile.words.hashes[~profile.figures]
    return len(words) > 0 and bool(background().lists(words).mean() >= LISTED)


def _is_specific(profile: Profile) -> Flags:
    """Which words of a text in another language are figures, or names where nouns have no capitals of their own."""
    names = profile.names & (profile.names.mean() <= NOUNS if len(profile.names) else False)
    return np.asarray(profile.figures | names)
