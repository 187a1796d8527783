"""Which documents hold the old and which the new wording of each correction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from compare.changes.wordings import held
from compare.model import Carrier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compare.changes.wordings import Sought
    from compare.model import Correction, Document


class Holding(NamedTuple):
    """Who holds the old wording of each correction, who the new one, and these documents by name."""

    still: list[list[Carrier]]
    already: list[list[Carrier]]
    documents: dict[str, Document]

    def told_of(self, corrections: Sequence[Correction]) -> tuple[Correction, ...]:
        """The corrections with their holders, by name."""
        return tuple(
            replace(correction, still=tuple(sorted(still)), already=tuple(sorted(already)))
            for correction, still, already in zip(corrections, self.still, self.already, strict=True)
        )


def holding(documents: Iterable[Document], known_by: Sequence[Sought]) -> Holding:
    """Looks through some documents for both wordings of each correction: about 2 ms for one that may hold any."""
    found = Holding([[] for _ in known_by], [[] for _ in known_by], {})
    for document in documents:
        for number, one in enumerate(held(document, known_by)):
            if one:
                found.documents[document.id] = document
                side = found.still if one.is_old else found.already
                side[number].append(Carrier(document.id, one.sentence))
    return found
