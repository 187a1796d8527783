"""Documents made ready: to be aligned with any number of others, and to be asked what they report."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.align.marks.boilerplate import Boilerplate, boilerplate_of
from compare.align.prepare import Text, prepared
from compare.events.profile import profile
from compare.events.same import Side
from compare.events.weighed import weighed
from compare.kernels.columns import among, components
from compare.origin.described import described
from compare.pipeline.collection import recipe_of
from compare.text.tokens import body

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from compare.events.rarity import Rarity
    from compare.events.same import Outline
    from compare.model import Document
    from compare.pipeline.telling import Row
    from compare.settings import Settings

    U64 = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Folder:
    """What is known of a collection when one of its texts is read."""

    common: U64
    """The shingles that are common, ascending."""
    rarity: Rarity
    settings: Settings


class Ready:
    """A document made ready. What it reports, and its signature, are read when they are first asked for."""

    def __init__(self, document: Document, folder: Folder) -> None:
        self.document = described(document)
        self.text: Text = prepared(self.document)
        common = common_tokens(self.text, folder.common, folder.settings)
        self.boilerplate: Boilerplate = boilerplate_of(self.text, common)
        self._folder = folder

    @cached_property
    def side(self) -> Side:
        """The text with what is rare in it; its boilerplate is set aside there."""
        seen = profile(self.text, self.boilerplate.either)
        return Side(self.text, weighed(seen, self._folder.rarity), self.document.source)

    @cached_property
    def signature(self) -> NDArray[np.uint32]:
        """Its MinHash signature."""
        return np.asarray(kernels.sketch([body(self.document)], recipe_of(self._folder.settings)).signatures[0])


class Reading:
    """Reads the documents of pairs, each once if the pairs that share it stand near each other.

    Of those that some `rows` ask for, the outline is kept.
    """

    def __init__(self, documents: Sequence[Document], folder: Folder, rows: Sequence[Row]) -> None:
        self.folder = folder
        self.rows = rows
        self._documents = documents
        self._asked = {number for row in rows for number in row.pair}
        self._outlines: dict[int, Outline] = {}

    def sides(self, rows: Sequence[Row]) -> Iterator[tuple[Row, tuple[Ready, Ready]]]:
        """Each row with both documents made ready, those first that share texts; each is let go behind its last row."""
        rows = together(rows)
        last_use = {number: place for place, row in enumerate(rows) for number in row.pair}
        ready: dict[int, Ready] = {}
        for place, row in enumerate(rows):
            for number in row.pair:
                ready[number] = ready.get(number) or self._read(number)
            yield row, (ready[row.pair[0]], ready[row.pair[1]])
            for number in row.pair:
                if last_use[number] == place:
                    ready.pop(number, None)

    def outlines(self) -> Mapping[int, Outline]:
        """What the documents that were asked for report; those that no pair had are read now."""
        for number in sorted(self._asked - self._outlines.keys()):
            self._read(number)
        return self._outlines

    def _read(self, number: int) -> Ready:
        ready = Ready(self._documents[number], self.folder)
        if number in self._asked and number not in self._outlines:
            self._outlines[number] = ready.side.outline
        return ready


def together(rows: Sequence[Row]) -> list[Row]:
    """The rows, those next to each other that texts join."""
    first = components([row.pair for row in rows], 1 + max((number for row in rows for number in row.pair), default=0))
    return sorted(rows, key=lambda row: first[row.pair[0]])


def common_tokens(text: Text, common: U64, settings: Settings) -> NDArray[np.bool_]:
    """Which tokens stand in a common shingle: bool[tokens]."""
    hashes, size = text.tokens.hashes, settings.shingle
    flags = np.zeros(len(hashes), bool)
    if not len(common):
        return flags
    shingled, _ = kernels.shingles(hashes, np.array([0, len(hashes)], np.int64), size)
    common_at = np.flatnonzero(among(shingled, common))
    for lag in range(min(size, len(hashes))):
        places = common_at + lag
        flags[places[places < len(hashes)]] = True
    return flags
