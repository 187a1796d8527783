"""Texts to columns of numbers with compare's own tokens and kernels. Nothing is learned, so nothing must be kept.

- `MinHashVectorizer`: a signature a text, dense: equal places estimate Jaccard
- `WinnowingVectorizer`: a text's fingerprints, sparse: shared ones are shared runs of words
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, ClassNamePrefixFeaturesOutMixin, TransformerMixin

from compare import kernels
from compare.errors import SettingsError
from compare.kernels.columns import offsets_of
from compare.pipeline.collection import recipe_of
from compare.settings import Settings
from compare.sklearn.stored import Stored
from compare.sklearn.texts import readable_batches
from compare.sources.given import refuse_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_MOST_FEATURES = 2**31 - 1
"""scikit-learn's indices of sparse columns are of 32 bits."""


class _OfTexts(Stored, ClassNamePrefixFeaturesOutMixin, TransformerMixin, BaseEstimator):
    """What both have in common: texts in, nothing learned."""

    def fit(self, X: Iterable[str], y: object = None) -> Self:  # noqa: ARG002  # as scikit-learn calls it
        """Check the parameters; of the texts only that they are no table. Raises SettingsError, GivenError."""
        self._recipe()
        refuse_table(X)
        return self

    def _recipe(self) -> kernels.Recipe:
        raise NotImplementedError

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:  # noqa: ANN401  # scikit-learn's record, from 1.6 on
        tags = super().__sklearn_tags__()
        tags.input_tags.string, tags.input_tags.two_d_array = True, False
        tags.requires_fit, tags.transformer_tags.preserves_dtype = False, []
        return tags


class MinHashVectorizer(_OfTexts):
    """The MinHash signature of each text: uint32[texts, permutations], as `dedup` makes it.

    The share of equal places of two rows estimates the Jaccard of their shingles, with a standard error of at most
    .5/√permutations. A text without a word has all ones. `to_datasketch` carries rows into datasketch.

    >>> rows = MinHashVectorizer(permutations=64).transform(["A pact was signed.", "a PACT was signed"])
    >>> rows.shape, bool((rows[0] == rows[1]).all())
    ((2, 64), True)
    """

    def __init__(self, permutations: int = 128, shingle: int = 5, seed: int = 1) -> None:
        self.permutations = permutations
        self.shingle = shingle
        self.seed = seed

    def transform(self, X: Iterable[str]) -> NDArray[np.uint32]:
        """The signatures, a row a text. Linear.

        Raises:
            CompareError: a table stands in for a column, or something is no text (a TypeError too).
        """
        recipe = self._recipe()
        rows = [kernels.sketch(batch, recipe).signatures for batch in readable_batches(X)]
        return np.concatenate([np.empty((0, self.permutations), np.uint32), *rows])

    def _recipe(self) -> kernels.Recipe:
        return recipe_of(Settings(permutations=self.permutations, shingle=self.shingle, seed=self.seed))

    @property
    def _n_features_out(self) -> int:
        return self.permutations


class WinnowingVectorizer(_OfTexts):
    """The winnowed fingerprints of each text as a sparse row of ones: float64[texts, n_features], in CSR.

    Two texts that share a run of `window + shingle - 1` tokens (12) share a column. A fingerprint's column is its hash
    modulo `n_features`, so that nothing is learned; of 2²⁰ columns, two texts of 300 words share one by chance in about
    one pair of 240.

    >>> rows = WinnowingVectorizer().transform(["The pact was signed in May by all.", "No."])
    >>> rows.shape, rows.sum(axis=1).tolist()
    ((2, 1048576), [[1.0], [1.0]])
    """

    def __init__(self, shingle: int = 5, window: int = 8, n_features: int = 2**20) -> None:
        self.shingle = shingle
        self.window = window
        self.n_features = n_features

    def transform(self, X: Iterable[str]) -> csr_matrix:
        """The rows, with a one for each column in which a text has a fingerprint. Linear.

        Raises:
            CompareError: a table stands in for a column, or something is no text (a TypeError too).
        """
        recipe = self._recipe()
        sketched = [kernels.sketch(batch, recipe) for batch in readable_batches(X)]
        hashes = np.concatenate([np.empty(0, np.uint64), *(part.fingerprints for part in sketched)])
        counts = np.concatenate([np.empty(0, np.int64), *(np.diff(part.fingerprint_offsets) for part in sketched)])
        columns = (hashes % np.uint64(self.n_features)).astype(np.int32)
        shape = len(counts), self.n_features
        rows = csr_matrix((np.ones(len(columns)), columns, offsets_of(counts)), shape)
        rows.sum_duplicates()
        rows.data[:] = 1
        return rows

    def _recipe(self) -> kernels.Recipe:
        if not isinstance(self.n_features, int) or not 0 < self.n_features <= _MOST_FEATURES:
            raise SettingsError(f"n_features is {self.n_features!r}; it must be from 1 to {_MOST_FEATURES}")
        return recipe_of(Settings(shingle=self.shingle, window=self.window, permutations=1))

    @property
    def _n_features_out(self) -> int:
        return self.n_features
