"""Which rows share text: pairs by their verdict, by words and shingles alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import SettingsError
from compare.jobs.arguments import settings_of
from compare.jobs.dedup import deduplicate_documents
from compare.model import VERDICTS, Verdict
from compare.pipeline.deduplicate import Keeping
from compare.sources.given import Columns, read_given

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.settings import Settings

    I64 = NDArray[np.int64]

TOGETHER = (Verdict.IDENTICAL, Verdict.NEAR_DUPLICATE, Verdict.CONTAINED, Verdict.DERIVED)


@dataclass(frozen=True, slots=True)
class Sharing:
    """Rows, and the pairs of them that share text."""

    rows: int
    pairs: I64
    """int64[pairs, 2]: the smaller row first."""
    verdicts: NDArray[np.int8]
    """The rank of each pair's verdict."""

    @property
    def words(self) -> list[str]:
        """The verdict of each pair in its word."""
        return [VERDICTS[rank].value for rank in self.verdicts.tolist()]


def sharing_of(texts: Any, column: str, together: str, settings: Settings | None) -> Sharing:  # noqa: ANN401  # of any library
    """The pairs of rows that share text by the verdict `together` or a stronger one.

    Raises as `compare.deduplicate` does.
    """
    names = [verdict.value for verdict in TOGETHER]
    if together not in names:
        raise SettingsError(f"together is {str(together)[:40]!r}; it must be one of {', '.join(names)}")
    given = read_given(texts, Columns(column))
    keeping = Keeping(drop=frozenset(), derived=together == Verdict.DERIVED)
    found = deduplicate_documents(given.documents, [], keeping, settings_of(settings))
    pairs = np.sort(np.array(given.rows, np.int64)[found.pairs.pairs], axis=1).reshape(-1, 2)
    strong = found.verdicts <= Verdict(together).rank
    return Sharing(given.count, pairs[strong], found.verdicts[strong])
