"""Whether a split leaks: texts to test with that share text with one to train on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import InputError
from compare.sklearn.sharing import sharing_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from compare.settings import Settings
    from compare.sklearn.sharing import Sharing

    I64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Leakage:
    """What one split leaks."""

    split: int
    """Its number, from 0."""
    tested: int
    """Rows to test with."""
    pairs: tuple[tuple[int, int, str], ...]
    """A row to test with, a row to train on, and their verdict; by the rows."""

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows to test with that share text with one to train on."""
        return tuple(sorted({tested for tested, _, _ in self.pairs}))

    @property
    def share(self) -> float:
        """Their share of all rows to test with, in [0, 1]."""
        return len(self.rows) / self.tested if self.tested else 0.0


def group_leakage(
    X: Any,  # noqa: ANN401  # texts, rows or a table of any library
    splits: Iterable[tuple[Any, Any]],
    *,
    text: str = "text",
    together: str = "derived",
    settings: Settings | None = None,
) -> tuple[Leakage, ...]:
    """What each split leaks. `splits` are places to train and to test with, as the `split` of any splitter gives them.

    `together` is the weakest verdict that counts, as in `family_labels`. Of very many copies of one text not all pairs
    are listed (`twin_pairs`, `pair_cap`); the splits of `FamilyKFold` have none at all.

    >>> texts = ["A pact was signed.", "Nothing else.", "A pact was SIGNED.", "Rain is due."]
    >>> [(leak.rows, leak.share) for leak in group_leakage(texts, [([0, 1], [2, 3])])]
    [((2,), 0.5)]

    Raises:
        CompareError: something is no text, or a table has no such column (a TypeError too).
        CompareError: a place is none of the texts, or `together` is no such verdict.
    """
    sharing = sharing_of(X, text, together, settings)
    return tuple(
        _leakage(number, _flags(train, sharing.rows), _flags(test, sharing.rows), sharing)
        for number, (train, test) in enumerate(splits)
    )


def _flags(places: object, rows: int) -> NDArray[np.bool_]:
    """Whether each row is named by places, or by a mask."""
    wanted = np.asarray(places)
    flags = np.zeros(rows, bool)
    if wanted.dtype == bool and len(wanted) == rows:
        return wanted
    if wanted.size and (wanted.dtype.kind not in "iu" or wanted.min() < 0 or wanted.max() >= rows):
        raise InputError(f"a split names places that are none of 0 to {rows - 1}")
    flags[wanted.astype(np.int64)] = True
    return flags


def _leakage(number: int, train: NDArray[np.bool_], test: NDArray[np.bool_], sharing: Sharing) -> Leakage:
    """What one split leaks, whichever row of a pair is tested."""
    both = [(a, b, word) for (a, b), word in zip(sharing.pairs.tolist(), sharing.words, strict=True)]
    turned = [*both, *((b, a, word) for a, b, word in both)]
    return Leakage(number, int(test.sum()), tuple(sorted(one for one in turned if test[one[0]] and train[one[1]])))
