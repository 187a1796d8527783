"""The estimators are scikit-learn's: its checks, its tools, and compare's numbers."""

# ruff: noqa: ANN401, N803
# One of several classes, and scikit-learn's names.

from __future__ import annotations

import warnings
from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError, SkipTestWarning
from sklearn.feature_selection import VarianceThreshold
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import check_estimator
from sklearn.utils.validation import validate_data

from compare import CompareError, Settings, deduplicate
from compare.kernels import permutations, tokens
from compare.kernels.reference import shingle_hashes, signature, winnow
from compare.sklearn import MinHashVectorizer, NearDuplicates, WinnowingVectorizer, from_json

if TYPE_CHECKING:
    from collections.abc import Callable

LINE = "The ferry left the old harbour at nine with forty passengers, a lorry of apples and one goat."
TEXTS = [LINE, "The museum opens a hall of clocks on Saturday, and children come in free.", LINE.upper(), "Rain.", ""]
VECTORIZERS = [MinHashVectorizer(permutations=16), WinnowingVectorizer(n_features=1000)]
LEAST_CHECKS = 40
"""scikit-learn 1.9 has 44 to 46 of them."""
ESTIMATORS = [*VECTORIZERS, NearDuplicates()]


class OfNumbers:
    """Hands an estimator of texts the rows of a matrix as texts: what scikit-learn's checks give are matrices."""

    def fit(self, X: Any, y: object = None) -> Any:
        return super().fit(as_texts(validate_data(self, X, dtype=None)), y)  # type: ignore[misc]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()  # type: ignore[misc]
        tags.input_tags.two_d_array, tags.input_tags.string = True, False
        return tags


class OfNumbersTransformed(OfNumbers):
    def transform(self, X: Any) -> Any:
        return super().transform(as_texts(validate_data(self, X, reset=False, dtype=None)))  # type: ignore[misc]


class SignaturesOfNumbers(OfNumbersTransformed, MinHashVectorizer):
    pass


class FingerprintsOfNumbers(OfNumbersTransformed, WinnowingVectorizer):
    pass


class DuplicatesOfNumbers(OfNumbers, NearDuplicates):
    pass


def as_texts(matrix: Any) -> list[str]:
    return [" ".join(f"{float(number):.2f}" for number in row) for row in matrix]


def each(estimators: list[Any]) -> Callable[[Any], Any]:
    return pytest.mark.parametrize("estimator", estimators, ids=lambda one: type(one).__name__)


@each(ESTIMATORS)
def test_scikit_learn_asks_an_estimator_of_texts_no_more_than_whether_it_can_be_cloned(estimator: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SkipTestWarning)
        answers = check_estimator(estimator)
    assert {answer["status"] for answer in answers} == {"passed"}


@each([SignaturesOfNumbers(), FingerprintsOfNumbers(n_features=1000), DuplicatesOfNumbers()])
def test_given_numbers_as_texts_it_passes_all_of_scikit_learns_checks(estimator: Any) -> None:
    apart = {"check_clustering": "points that lie near each other are no duplicates as texts"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        answers = check_estimator(estimator, on_fail=None, expected_failed_checks=apart)
    told = Counter(answer["status"] for answer in answers)
    assert [answer["check_name"] for answer in answers if answer["status"] == "failed"] == []
    assert told["passed"] >= LEAST_CHECKS
    assert told["xfail"] == (2 if isinstance(estimator, NearDuplicates) else 0)


@each(ESTIMATORS)
def test_fitting_gives_itself_changes_no_parameter_and_is_the_same_again(estimator: Any) -> None:
    made, given = clone(estimator), list(TEXTS)
    before = deepcopy(made.get_params())
    assert made.fit(given) is made
    state = deepcopy(vars(made))
    made.fit(np.array(TEXTS, object))
    assert (made.get_params(), given) == (before, TEXTS)
    assert {name for name in vars(made) if not name.endswith("_")} == before.keys()
    assert repr(vars(made)) == repr(state)


@each(VECTORIZERS)
def test_rows_go_by_their_own_text_alone_and_have_a_name_a_column(estimator: Any) -> None:
    rows = estimator.fit_transform(TEXTS)
    rows = rows.toarray() if hasattr(rows, "toarray") else rows
    alone = [estimator.transform([text]) for text in reversed(TEXTS)]
    backwards = np.concatenate([row.toarray() if hasattr(row, "toarray") else row for row in alone])
    assert (rows == backwards[::-1]).all()
    names = estimator.get_feature_names_out()
    assert rows.shape == (len(TEXTS), len(names))
    assert names[1] == f"{type(estimator).__name__.lower()}1"
    assert estimator.transform([]).shape == (0, len(names))


@each(ESTIMATORS)
@pytest.mark.parametrize("given", ["one text", [1], [None], np.zeros((2, 2))])
def test_what_is_no_column_of_texts_is_one_plain_line(estimator: Any, given: Any) -> None:
    with pytest.raises(TypeError) as raised:
        getattr(estimator, "transform", clone(estimator).fit)(given)
    assert len(str(raised.value).splitlines()) == 1


def test_a_signature_and_fingerprints_are_those_of_the_kernels() -> None:
    shingled = shingle_hashes(tokens(LINE).hashes, 5)
    (row,) = MinHashVectorizer().transform([LINE])
    assert (row == signature(shingled, *permutations(128, 1))).all()
    columns = WinnowingVectorizer().transform([LINE]).indices
    assert columns.tolist() == sorted({int(shingled[at]) % 2**20 for at in winnow(shingled, 8)})


def test_texts_are_read_as_dedup_reads_them() -> None:
    damaged = LINE.replace("harbour", "h&aacute;rbour &amp; qu&aacute;y")
    meant = LINE.replace("harbour", "hárbour & quáy")
    rows = MinHashVectorizer().transform([damaged, meant])
    assert (rows[0] == rows[1]).all()
    assert deduplicate([damaged, meant]).labels.tolist() == [0, 0]


def test_near_duplicates_have_the_labels_of_deduplicate_and_say_what_new_texts_duplicate() -> None:
    clusterer = NearDuplicates(keep="longest")
    labels = clusterer.fit_predict(TEXTS)
    found = deduplicate(TEXTS, keep="longest")
    assert labels.tolist() == found.labels.tolist() == [0, -1, 0, -1, -1]
    assert clusterer.kept_indices_.tolist() == np.flatnonzero(found.keep).tolist()
    distances, places = clusterer.duplicates_of(["Nothing.", f"{LINE} Nobody minded, and it was late in the day."])
    assert [row.tolist() for row in places] == [[], [0, 2]]
    assert distances[1].tolist() == sorted(distances[1].tolist())
    assert clusterer.duplicates_of([]) == ([], [])
    with pytest.raises(NotFittedError):
        NearDuplicates().duplicates_of(TEXTS)


@each([*ESTIMATORS, NearDuplicates(settings=Settings(near_containment=0.9)).fit(TEXTS)])
def test_an_estimator_comes_back_from_its_json(estimator: Any) -> None:
    back = from_json(estimator.to_json())
    assert repr(vars(back)) == repr(vars(estimator))
    assert back.to_json() == estimator.to_json()


@pytest.mark.parametrize(
    "spoilt",
    [
        ("compare-estimator/1", "compare-estimator/9"), ('"NearDuplicates"', '"os.system"'),
        ('"NearDuplicates"', '"_OfTexts"'),
        ('"hashes":', '"hashes":9'),
        ('"keep"', '"kept"'), ('"near_kept"', '"near_keep"'), ('"near_kept":', '"near_kept":7'), ("{", ""),
    ],
)  # fmt: skip
def test_what_is_no_estimator_is_one_plain_line(spoilt: tuple[str, str]) -> None:
    text = NearDuplicates(settings=Settings()).to_json()
    with pytest.raises(CompareError) as raised:
        from_json(text.replace(*spoilt, 1))
    assert len(str(raised.value).splitlines()) == 1


def test_a_pipeline_is_searched_for_its_best_settings() -> None:
    texts = [f"{LINE} {number}" for number in range(6)] + [f"Clocks of the museum strike {n} times." for n in range(6)]
    pipeline = make_pipeline(WinnowingVectorizer(), VarianceThreshold(), LogisticRegression())
    search = GridSearchCV(pipeline, {"winnowingvectorizer__shingle": [2, 5]}, cv=2)
    search.fit(texts, [0] * 6 + [1] * 6)
    assert search.best_score_ == 1


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_a_table_is_no_column_of_texts_not_even_with_one_column(estimator: Any) -> None:
    columns = {"id": ["a", "b"], "text": [LINE, LINE]}
    array = np.array([("a", LINE)], [("id", "U9"), ("text", "U99")])
    matrix = np.array([["a", LINE], ["b", LINE]])
    for table, told in ((columns, r"'id', 'text'; .*frame\['text'\]"), (array, "'id', 'text'"), (matrix, "one column")):
        for door in (estimator.fit, getattr(estimator, "transform", estimator.fit)):
            if table is matrix and door == estimator.fit and estimator in VECTORIZERS:
                continue  # which look at no text there
            with pytest.raises(CompareError, match=told) as raised:
                door(table)
            assert isinstance(raised.value, TypeError)
    with pytest.raises(CompareError, match="not a dict with 'text'"):
        estimator.fit({"text": [LINE]})
