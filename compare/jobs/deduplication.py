"""What `compare.deduplicate` gives back: which rows stay, and why, by their place in what came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import SettingsError
from compare.jobs.dedup import BATCH, deduplicate_documents
from compare.jobs.index import Index
from compare.jobs.written import rounded_scores
from compare.model import VERDICTS, Cluster, Verdict
from compare.pipeline.against import CONTAINS
from compare.pipeline.deduplicate import Keeping
from compare.pipeline.policy import POLICIES
from compare.pipeline.saved import some_of
from compare.sources.given import Given, read_given
from compare.sources.picked import picked
from compare.wording.escape import meant
from compare.wording.explain import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from compare.pipeline.deduplicate import Deduplicated
    from compare.pipeline.score import Overlaps
    from compare.settings import Settings
    from compare.sources.given import Columns

    I64 = NDArray[np.int64]
    Column = list[str] | NDArray[Any]

_NONE = "none"


class Deduplication(tuple[Cluster, ...]):  # noqa: SLOT001  # a tuple takes no slots but empty ones
    """The duplicates among some documents. As a sequence it is the clusters.

    - `keep`: bool[rows], whether a row stays, in the order given. A row without a text stays.
    - `labels`: int64[rows], the place in `clusters` of each row's cluster, −1 where it is in none.
    - `pairs`: columns by name, a value for each pair of duplicates: the ids `a` and `b`, their rows `row_a` and
      `row_b`, the `verdict`, the exact scores and `shared` as in `pairs.csv`. Any DataFrame takes them as they are.
    - `against`: columns likewise of documents that duplicate, or hold, one of those that they are held against: `a` and
      `row_a`, `against` and `row_against`, `verdict` (`contains` where it holds the other), `falls`, the scores.
    - `left_out`: what a cap left out, by name, with counts.

    >>> import compare
    >>> found = compare.deduplicate([{"text": "A pact."}, {"text": "No."}, {"text": "a pact."}])
    >>> found
    <Deduplication: 3 rows, 2 stay, 1 fall; 1 cluster>
    >>> found.keep.tolist(), found.labels.tolist()
    ([True, True, False], [0, -1, 0])
    >>> found.pairs["verdict"], found.pairs["row_b"].tolist()
    (['identical'], [2])
    >>> found.to_frame()
    [{'text': 'A pact.'}, {'text': 'No.'}]
    """

    keep: NDArray[np.bool_]
    labels: I64
    pairs: Mapping[str, Column]
    against: Mapping[str, Column]
    left_out: Mapping[str, int]
    _source: object

    def __repr__(self) -> str:
        if not hasattr(self, "keep"):  # made by hand
            return super().__repr__()
        stay, clusters = int(self.keep.sum()), plural(len(self), "cluster")
        fall = len(self.keep) - stay
        return f"<Deduplication: {plural(len(self.keep), 'row')}, {stay:,} stay, {fall:,} fall; {clusters}>"

    @property
    def clusters(self) -> tuple[Cluster, ...]:
        """The clusters of duplicates, each with the document that stays and why."""
        return tuple(self)

    def to_frame(self) -> Any:  # noqa: ANN401  # of whatever library it was
        """The rows that stay, in their order and whole, in the library that they came in.

        A DataFrame gives a DataFrame, a Dataset a Dataset, a mapping of columns one of columns; all else a list.
        """
        return picked(self._source, self.keep)


def _pairs(result: Deduplicated, rows: I64) -> dict[str, Column]:
    """The columns of the pairs, in the order of `pairs.csv`."""
    ids, overlaps = result.collection.ids, result.overlaps
    first, second = result.pairs.pairs.T
    columns: dict[str, Column] = {
        "a": some_of(ids, first),
        "b": some_of(ids, second),
        "row_a": rows[first],
        "row_b": rows[second],
        "verdict": [VERDICTS[rank].value for rank in result.verdicts.tolist()],
    }
    return columns | _scores(overlaps, ("jaccard", "containment_a", "containment_b", "own_a", "own_b"))


def _scores(overlaps: Overlaps, names: tuple[str, ...]) -> dict[str, Column]:
    columns: dict[str, Column] = dict(zip(names, rounded_scores(overlaps), strict=True))
    return columns | {"shared": overlaps.shared}


def _against(result: Deduplicated, given: Given, others: Given | None) -> dict[str, Column]:
    """The columns of what documents have in common with others, in the order of `against.csv`."""
    if others is None or (held := result.against) is None:
        return {}
    own, other = held.pairs.T
    verdicts = zip(held.ranks.tolist(), held.contains.tolist(), strict=True)
    columns: dict[str, Column] = {
        "a": some_of(result.collection.ids, own),
        "against": [others.documents[number].id for number in other.tolist()],
        "row_a": np.array(given.rows, np.int64)[own],
        "row_against": np.array(others.rows, np.int64)[other],
        "verdict": [CONTAINS if holds else VERDICTS[rank].value for rank, holds in verdicts],
        "falls": held.falls,
    }
    return columns | _scores(held.overlaps, ("jaccard", "containment", "containment_against", "own", "own_against"))


def deduplicate_given(given: Given, others: Given | None, keeping: Keeping, settings: Settings) -> Deduplication:
    """The duplicates among what was given, and among others that stay."""
    result = deduplicate_documents(given.documents, others.documents if others else [], keeping, settings)
    deduplication = Deduplication(result.clusters)
    deduplication.keep, deduplication.labels = _marked(given, result)
    deduplication.pairs = _pairs(result, np.array(given.rows, np.int64))
    deduplication.against = _against(result, given, others)
    deduplication.left_out = result.left_out
    deduplication._source = given.source  # noqa: SLF001  # our own
    return deduplication


def others_of(against: object, columns: Columns) -> Given | None:
    """What documents are held against: of the same kinds, or the documents of an index; None for nothing."""
    if against is None:
        return None
    if not isinstance(against, Index):
        return read_given(against, columns)
    from compare.index.contents import stored_documents  # noqa: PLC0415  # SQLite, where there is an index

    documents = [document for part in stored_documents(against.file, BATCH) for document in part]
    return Given(against, documents, list(range(len(documents))), len(documents))


def _marked(given: Given, result: Deduplicated) -> tuple[NDArray[np.bool_], I64]:
    """Of each row whether it stays, and the number of its cluster."""
    rows, groups = np.array(given.rows, np.int64), result.groups
    keep, labels = np.ones(given.count, bool), np.full(given.count, -1, np.int64)
    keep[rows[result.falls]] = False
    labels[rows[groups.kept]] = np.arange(len(groups))
    labels[rows[groups.members.documents]] = groups.owners
    return keep, labels


def keeping_of(keep: str, drop: str | Iterable[str | Verdict], *, against: bool) -> Keeping:
    """Which document stays, and by which verdicts the others fall. Raises SettingsError for what there is not.

    >>> sorted(keeping_of("first", "identical, contained", against=False).drop)
    [<Verdict.CONTAINED: 'contained'>, <Verdict.IDENTICAL: 'identical'>]
    """
    if keep not in POLICIES:
        raise SettingsError(f"keep is {keep!r}; it must be first, longest, newest or input")
    names = [name.strip() for name in drop.split(",")] if isinstance(drop, str) else [str(name) for name in drop]
    verdicts = [verdict.value for verdict in Verdict if verdict.is_duplicate]
    allowed = [*verdicts, *[CONTAINS] * against]
    wrong = next((name for name in names if name not in allowed), None)
    if names != [_NONE] and (wrong is not None or not names):
        best = meant(wrong or "", allowed)
        perhaps = f"; did you mean {best}?" if best else ""
        raise SettingsError(f"drop is {wrong or ''!r}; it must be some of {', '.join(allowed)}, or {_NONE}{perhaps}")
    drops = frozenset(Verdict(name) for name in names if name in verdicts)
    return Keeping(keep, drops, contains=CONTAINS in names)
