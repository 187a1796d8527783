"""Splits for cross-validation in which no text is tested on what it was trained on: families stay together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.model_selection import BaseCrossValidator, GroupKFold, StratifiedGroupKFold

from compare import kernels
from compare.errors import InputError
from compare.sklearn.sharing import sharing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from compare.settings import Settings

    I64 = NDArray[np.int64]


def family_labels(
    X: Any,  # noqa: ANN401  # texts, rows or a table of any library
    *,
    text: str = "text",
    together: str = "derived",
    settings: Settings | None = None,
) -> I64:
    """A number for each text, equal for texts that share text: `groups` for any splitter of scikit-learn.

    `together` is the weakest verdict that joins two texts: `derived` (a good part of the wording), or `contained`,
    `near-duplicate`, `identical`. Texts that are joined through others have one number too. A text that nothing joins
    has its own, and so has a row without text. Numbers go by the first text of each family.

    >>> family_labels(["A pact was signed.", "Nothing else.", "A pact was SIGNED."]).tolist()
    [0, 1, 0]

    Raises:
        CompareError: something is no text, or a table has no such column (a TypeError too).
        CompareError: `together` is no such verdict.
    """
    sharing = sharing_of(X, text, together, settings)
    return np.unique(kernels.components(sharing.pairs, sharing.rows), return_inverse=True)[1].astype(np.int64)


class FamilyKFold(BaseCrossValidator):
    """K folds of texts, where texts that share text are in the same one; for `cross_validate` and `GridSearchCV`.

    A family is what `family_labels` says. Folds are as equal as families let them be, and with `stratify` have about
    the same share of each class of `y`. Nothing is shuffled: the same texts give the same folds. `X` are texts, or a
    table with a column `text`.

    >>> texts = ["A pact was signed.", "Nothing else.", "A pact was SIGNED.", "Rain is due."]
    >>> [test.tolist() for _, test in FamilyKFold(2).split(texts)]
    [[0, 2], [1, 3]]
    """

    def __init__(
        self, n_splits: int = 5, *, text: str = "text", together: str = "derived", stratify: bool = False,
        settings: Settings | None = None,
    ) -> None:  # fmt: skip
        self.n_splits = n_splits
        self.text = text
        self.together = together
        self.stratify = stratify
        self.settings = settings

    def split(self, X: Any, y: Any = None, groups: object = None) -> Iterator[tuple[I64, I64]]:  # noqa: ANN401, ARG002  # as scikit-learn calls it
        """The places to train and to test with, a fold after the other. `groups` is not asked: families are.

        Raises:
            CompareError: there are fewer families than folds, or `together` is no such verdict.
        """
        labels = family_labels(X, text=self.text, together=self.together, settings=self.settings)
        if (families := len(np.unique(labels))) < self.n_splits:
            raise InputError(f"{self.n_splits} folds of {families} families; ask for fewer (n_splits)")
        splitter = (StratifiedGroupKFold if self.stratify else GroupKFold)(self.n_splits)
        yield from splitter.split(np.zeros(len(labels)), y, labels)

    def get_n_splits(self, X: object = None, y: object = None, groups: object = None) -> int:  # noqa: ARG002  # as above
        """How many folds."""
        return self.n_splits
