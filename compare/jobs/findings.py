"""What `dedup` found, as two tables: `pairs.csv` and `clusters.csv`, by portions where several make them."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

from compare.jobs.written import score_cells
from compare.model import VERDICTS
from compare.pipeline.saved import as_noted, some_of
from compare.wording.csv import csv_lines
from compare.wording.words import fact_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO

    import numpy as np
    from numpy.typing import NDArray

    from compare.files.pieces import Pieces
    from compare.jobs.kept import Places
    from compare.pipeline.clusters import Clusters
    from compare.pipeline.deduplicate import Deduplicated
    from compare.pipeline.engines.base import Out
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


class _Table(Protocol):
    """A table that is written by portions."""

    @property
    def header(self) -> tuple[str, ...]:
        """The names of its columns."""

    @property
    def portions(self) -> int:
        """How many portions it has; at least one."""

    def rows(self, portion: int) -> Iterator[tuple[str, ...]]:
        """The rows of a portion."""


class _Pairs(NamedTuple):
    """The pairs that rows tell of, in columns."""

    ids: Sequence[str]
    pairs: NDArray[np.int64]
    verdicts: NDArray[np.int8]
    overlaps: Overlaps
    facts: list[Differing | None] | None

    @property
    def header(self) -> tuple[str, ...]:
        """The names of its columns."""
        return (*PAIR_COLUMNS, *(FACT_COLUMNS if self.facts is not None else ()))

    @property
    def portions(self) -> int:
        """How many portions they are; at least one."""
        return max(-(-len(self.pairs) // ROWS), 1)

    def rows(self, portion: int) -> Iterator[tuple[str, ...]]:
        """The rows of a portion: both ids, the verdict, scores to 6 places, shared shingles; facts if asked."""
        mine = slice(portion * ROWS, (portion + 1) * ROWS)
        overlaps, names = self.overlaps.rows(mine), [verdict.value for verdict in VERDICTS]
        return zip(
            *(some_of(self.ids, side) for side in self.pairs[mine].T),
            (names[rank] for rank in self.verdicts[mine].tolist()),
            *score_cells(overlaps),
            map(str, overlaps.shared.tolist()),
            *(zip(*map(fact_cells, self.facts[mine]), strict=True) if self.facts and self.facts[mine] else ()),
            strict=True,
        )


class _Clusters(NamedTuple):
    """The clusters that rows tell of."""

    ids: Sequence[str]
    clusters: Clusters
    parts: list[slice]
    """Of the clusters, some in each portion."""
    facts: dict[str, Differing] | None

    @property
    def header(self) -> tuple[str, ...]:
        """The names of its columns."""
        return (*CLUSTER_COLUMNS, *(FACT_COLUMNS if self.facts is not None else ()))

    @property
    def portions(self) -> int:
        """How many portions they are; at least one."""
        return max(len(self.parts), 1)

    def rows(self, portion: int) -> Iterator[tuple[str, ...]]:
        """The rows of a portion: for every member the one that it was kept for, itself if it stays."""
        for part in self.parts[portion : portion + 1]:
            for number, cluster in enumerate(self.clusters.told(self.ids, part), part.start + 1):
                for member in cluster.members:
                    facts = fact_cells(self.facts.get(member.id)) if self.facts is not None else ()
                    yield str(number), member.id, member.kept_for, member.twin, member.reason, *facts


def write_findings(result: Deduplicated, places: Places) -> None:
    """Write `pairs.csv` and `clusters.csv` where they wait to be put in place. Raises InputError, OSError."""
    ids, facts, groups = result.collection.ids, result.facts, result.groups
    clusters = _Clusters(ids, groups, groups.portions(ROWS), facts.fallen if facts else None)
    pairs = _Pairs(ids, result.pairs.pairs, result.verdicts, result.overlaps, facts.pairs if facts else None)
    for name, table in (("clusters.csv", clusters), ("pairs.csv", pairs)):
        target = places.staged.path(places.staged.folder / name)
        if places.pieces and table.portions > _FEW and not facts:
            _write_elsewhere(table, str(target), places, places.pieces)
            continue
        with target.open("wb") as file:
            for portion in range(table.portions):
                _write(table, portion, file)


def _write(table: _Table, portion: int, file: IO[bytes]) -> None:
    """Write the lines of a portion, the first with the header. Raises OSError."""
    lines = csv_lines(table.header, table.rows(portion))
    file.writelines(map(str.encode, islice(lines, min(portion, 1), None)))


def _write_elsewhere(table: _Table, target: str, places: Places, pieces: Pieces) -> None:
    """Have portions written by whoever makes parts, and put them together. Raises InputError, OSError."""
    for portion, part in enumerate(places.engine.do("rows", table.portions, partial(_write_portion, table, pieces))):
        with as_noted():
            attempt = int(part.facts["attempt"])
        pieces.put(pieces.path(attempt, 0), target, begins=portion == 0)


def _write_portion(table: _Table, pieces: Pieces, portion: int, out: Out) -> None:
    """The verb: write the lines of a portion."""
    with pieces.attempt() as attempt, open(pieces.path(attempt, 0), "wb") as file:  # noqa: PTH123  # a name
        _write(table, portion, file)
    out.note("attempt", attempt)


def fact_cells(differing: Differing | None) -> tuple[str, ...]:
    """How many facts differ, and the first one in words; both empty where that was not asked."""
    if differing is None:
        return ("",) * len(FACT_COLUMNS)
    return str(differing.facts), fact_in_words(*differing[1:]) if differing.facts else ""
