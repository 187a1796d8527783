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
from compare.kernels.columns import among
from compare.pipeline.collection import recipe_of
from compare.text.tokens import body

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.events.rarity import Rarity
    from compare.model import Document
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
        self.document = document
        self.text: Text = prepared(document)
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
