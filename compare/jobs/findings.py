"""What `dedup` found, as two tables: `pairs.csv`, by portions where these are made by several, and `clusters.csv`."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from compare.jobs.written import score_cells
from compare.model import VERDICTS
from compare.pipeline.saved import as_noted, some_of, texts_of
from compare.wording.csv import csv_lines
from compare.wording.words import fact_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO

    import numpy as np
    from numpy.typing import NDArray

    from compare.files.pieces import Pieces
    from compare.jobs.kept import Places
    from compare.pipeline.deduplicate import Deduplicated
    from compare.pipeline.engines.base import Out, Part
    from compare.pipeline.saved import Texts
    from compare.pipeline.score import Overlaps
    from compare.pipeline.stating import Differing

PAIR_COLUMNS = ("a", "b", "verdict", "jaccard", "containment_a", "containment_b", "own_a", "own_b", "shared")
CLUSTER_COLUMNS = ("cluster", "id", "kept", "twin", "reason")
FACT_COLUMNS = ("facts_differ", "first_fact")
"""What both files hold beside these where facts are compared."""
ROWS = 1 << 16
"""Rows of a portion: some 20 MB as Python has them."""
_FEW = 2
"""Portions up to which nobody else is asked."""


class _Pairs(NamedTuple):
    """The pairs that rows tell of, in columns."""

    ids: Sequence[str] | Texts
    pairs: NDArray[np.int64]
    verdicts: NDArray[np.int8]
    overlaps: Overlaps
    facts: list[Differing | None] | None
    size: int
    """Rows of a portion."""

    @property
    def portions(self) -> int:
        """How many portions they are; at least one."""
        return max(-(-len(self.pairs) // self.size), 1)

    def rows(self, portion: int) -> Iterator[tuple[str, ...]]:
        """The rows of a portion: both ids, the verdict, scores to 6 places, shared shingles; facts if asked."""
        mine = slice(portion * self.size, (portion + 1) * self.size)
        overlaps, names = self.overlaps.rows(mine), [verdict.value for verdict in VERDICTS]
        return zip(
            *(some_of(self.ids, side) for side in self.pairs[mine].T),
            (names[rank] for rank in self.verdicts[mine].tolist()),
            *score_cells(overlaps),
            map(str, overlaps.shared.tolist()),
            *(zip(*map(fact_cells, self.facts[mine]), strict=True) if self.facts and self.facts[mine] else ()),
            strict=True,
        )

    def write(self, portion: int, file: IO[bytes]) -> None:
        """Write the lines of a portion, the first with the header. Raises OSError."""
        header = (*PAIR_COLUMNS, *(FACT_COLUMNS if self.facts is not None else ()))
        file.writelines(map(str.encode, islice(csv_lines(header, self.rows(portion)), min(portion, 1), None)))


def write_findings(result: Deduplicated, read: Sequence[Part], places: Places) -> None:
    """Write `pairs.csv` and `clusters.csv` where they wait to be put in place. `read` are the parts that ids stand in.

    Raises InputError, OSError.
    """
    staged, facts = places.staged, result.facts
    header = (*CLUSTER_COLUMNS, *(FACT_COLUMNS if facts else ()))
    with staged.path(staged.folder / "clusters.csv").open("wb") as file:
        file.writelines(map(str.encode, csv_lines(header, cluster_rows(result))))
    told = result.pairs.pairs, result.verdicts, result.overlaps, facts.pairs if facts else None
    pairs = _Pairs(result.collection.ids, *told, ROWS)
    target = staged.path(staged.folder / "pairs.csv")
    if places.pieces and pairs.portions > _FEW and not facts:
        _write_elsewhere(pairs._replace(ids=texts_of(read, "ids")), str(target), places, places.pieces)
        return
    with target.open("wb") as file:
        for portion in range(pairs.portions):
            pairs.write(portion, file)


def _write_elsewhere(pairs: _Pairs, target: str, places: Places, pieces: Pieces) -> None:
    """Have portions written by whoever makes parts, and put them together. Raises InputError, OSError."""
    for portion, part in enumerate(places.engine.do("rows", pairs.portions, partial(_write_portion, pairs, pieces))):
        with as_noted():
            attempt = int(part.facts["attempt"])
        pieces.put(pieces.path(attempt, 0), target, begins=portion == 0)


def _write_portion(pairs: _Pairs, pieces: Pieces, portion: int, out: Out) -> None:
    """The verb: write the lines of a portion."""
    with pieces.attempt() as attempt, open(pieces.path(attempt, 0), "wb") as file:  # noqa: PTH123  # a name
        pairs.write(portion, file)
    out.note("attempt", attempt)


def cluster_rows(result: Deduplicated) -> Iterator[tuple[str, ...]]:
    """The rows of `clusters.csv`: for every member the one that it was kept for, itself if it stays."""
    for number, cluster in enumerate(result.clusters, 1):
        for member in cluster.members:
            facts = fact_cells(result.facts.fallen.get(member.id)) if result.facts else ()
            yield str(number), member.id, member.kept_for, member.twin, member.reason, *facts


def fact_cells(differing: Differing | None) -> tuple[str, ...]:
    """How many facts differ, and the first one in words; both empty where that was not asked."""
    if differing is None:
        return ("",) * len(FACT_COLUMNS)
    return str(differing.facts), fact_in_words(*differing[1:]) if differing.facts else ""
