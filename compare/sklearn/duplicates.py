"""Near-duplicates as a clusterer: the verdicts of `dedup`, in scikit-learn's form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils.validation import check_is_fitted

from compare.jobs.arguments import settings_of
from compare.jobs.deduplication import deduplicate_given, keeping_of
from compare.sklearn.stored import Stored
from compare.sklearn.texts import checked_texts
from compare.sources.given import Columns, read_given

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from compare.settings import Settings

    I64 = NDArray[np.int64]
    F64 = NDArray[np.float64]

_DROPS = "identical,near-duplicate,contained"


class NearDuplicates(Stored, ClusterMixin, BaseEstimator):
    """Clusters of texts that duplicate each other, by exact scores; see `compare.deduplicate`.

    After `fit`:

    - `labels_`: int64[texts], the number of each text's cluster, −1 where it duplicates none.
    - `kept_indices_`: int64[kept], the places of the texts that stay.
    - `clusters_`: each with the text that stays and why; ids are places, as strings.
    - `texts_`: the texts.

    `keep` says which one stays (`longest`, `first`, `input`), `drop` by which verdicts the others fall, `settings` are
    all thresholds: `GridSearchCV` may try several.

    >>> found = NearDuplicates().fit(["A pact was signed.", "Nothing else.", "A pact was SIGNED."])
    >>> found.labels_.tolist(), found.kept_indices_.tolist()
    ([0, -1, 0], [0, 1])
    """

    def __init__(self, keep: str = "first", drop: str = _DROPS, settings: Settings | None = None) -> None:
        self.keep = keep
        self.drop = drop
        self.settings = settings

    def fit(self, X: Iterable[str], y: object = None) -> Self:  # noqa: ARG002  # as scikit-learn calls it
        """Find the clusters.

        Raises:
            CompareError: a table stands in for a column, or something is no text (a TypeError too).
            CompareError: `keep` or `drop` is none that there is, or all texts are empty.
        """
        texts = list(checked_texts(X))
        keeping = keeping_of(self.keep, self.drop, against=False)
        found = deduplicate_given(read_given(texts, Columns()), None, keeping, settings_of(self.settings))
        self.texts_ = texts
        self.labels_ = found.labels
        self.kept_indices_ = np.flatnonzero(found.keep)
        self.clusters_ = found.clusters
        return self

    def duplicates_of(self, X: Iterable[str]) -> tuple[list[F64], list[I64]]:
        """Which fitted texts each text duplicates, is part of, or holds: distances and places, the nearest first.

        A distance is 1 − Jaccard of the shingles, exact. The form is that of scikit-learn's `radius_neighbors`: an
        array for each text, empty where there is none. Both collections are read for it: linear in the two together.

        >>> found = NearDuplicates().fit(["A pact was signed.", "Nothing else."])
        >>> [places.tolist() for places in found.duplicates_of(["a pact was signed", "Rain."])[1]]
        [[0], []]
        """
        check_is_fitted(self, "texts_")
        texts = list(checked_texts(X))
        if not texts:
            return [], []
        given, fitted = read_given(texts, Columns()), read_given(self.texts_, Columns())
        keeping = keeping_of(self.keep, f"{_DROPS},contains", against=True)
        held = deduplicate_given(given, fitted, keeping, settings_of(self.settings)).against
        distances = 1 - np.asarray(held["jaccard"], np.float64)
        rows, places = np.asarray(held["row_a"], np.int64), np.asarray(held["row_against"], np.int64)
        order = np.lexsort((places, distances, rows))
        bounds = np.searchsorted(rows[order], np.arange(1, len(texts)))
        return np.split(distances[order], bounds), np.split(places[order], bounds)

    def __sklearn_tags__(self) -> Any:  # noqa: ANN401  # scikit-learn's record, from 1.6 on
        tags = super().__sklearn_tags__()
        tags.input_tags.string, tags.input_tags.two_d_array = True, False
        return tags
