"""A text's words and pairs of words, each with how much it says that another text holds it too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.events.background import background
from compare.kernels.align import Bag

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.events.profile import Profile
    from compare.events.rarity import Rarity

    F64 = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Row = tuple[float, ...]

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
    bag: Bag
    """The words with their surprise, and weighed by it with repeats damped; pairs by the surprise of both words."""
    squares: tuple[Row, Row]
    """The squared length of the words of each kind, and of the pairs."""
    sums: tuple[Row, Row]
    """Their sums."""
    trust: float
    """See `Rarity.trust`."""

    @property
    def surprise(self) -> F64:
        """How rare each word is: float64[2, words]."""
        return self.bag.surprise


def weighed(profile: Profile, rarity: Rarity) -> Weighed:
    """The profile with its weights.

    The background knows nothing of the words of other languages. There names and figures alone say something, as
    far as they are not the folder's topic.
    """
    surprise = np.stack(rarity.surprise(profile.words.hashes))
    if not is_known(profile):
        surprise = np.minimum(surprise, np.where(_is_specific(profile), KNOWN, UNKNOWN))
    every = np.ascontiguousarray(surprise * (1 + np.log(profile.words.counts)))
    pairs = np.ascontiguousarray(surprise[:, profile.parts[:, 0]] + surprise[:, profile.parts[:, 1]])
    kinds = every[:, None] * profile.kinds
    bag = Bag(
        profile.words.hashes, np.packbits(profile.kinds, axis=0, bitorder="little")[0], every, surprise,
        profile.pairs.hashes, pairs, profile.quoted.hashes,
    )  # fmt: skip
    squares = np.column_stack([np.square(kinds).sum(axis=2), np.square(pairs).sum(axis=1)])
    sums = np.column_stack([kinds.sum(axis=2), pairs.sum(axis=1)])
    return Weighed(profile, bag, _rows(squares), _rows(sums), rarity.trust)


def _rows(table: F64) -> tuple[Row, Row]:
    plain, both = map(tuple, table.tolist())
    return plain, both


def is_known(profile: Profile) -> bool:
    """Whether the text is in a language of the background."""
    words = profile.words.hashes[~profile.figures]
    return len(words) > 0 and bool(background().lists(words).mean() >= LISTED)


def _is_specific(profile: Profile) -> Flags:
    """Which words of a text in another language are figures, or names where nouns have no capitals of their own."""
    names = profile.names & (profile.names.mean() <= NOUNS if len(profile.names) else False)
    return np.asarray(profile.figures | names)
