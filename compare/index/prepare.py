"""Documents to what is stored of them. Pure, and done by several threads at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.index.texts import Packed, packed
from compare.kernels.columns import offsets_of
from compare.pipeline.collection import recipe_of
from compare.pipeline.minhash import bucket_keys
from compare.text.tokens import body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.model import Document
    from compare.settings import Settings

    I64 = NDArray[np.int64]
    U64 = NDArray[np.uint64]

Identity = tuple[int, int]
"""Hash of the folded tokens and their number: equal for twins."""


@dataclass(frozen=True, slots=True)
class Sketches:
    """What some texts are compared by. Hashes are signed, as SQLite has them."""

    identities: list[Identity]
    surfaces: list[int]
    signatures: NDArray[np.uint32]
    buckets: I64
    """int64[n, bands]"""
    fingerprints: I64
    bounds: I64
    """Where the fingerprints of each text begin: int64[n + 1]."""

    def fingerprint_rows(self, chosen: Sequence[int], numbers: Sequence[int]) -> tuple[I64, I64]:
        """Rows of (fingerprint, number) of some texts, whose numbers are given."""
        if not chosen:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        counts = np.diff(self.bounds)[list(chosen)]
        keys = np.concatenate([self.fingerprints[self.bounds[text] : self.bounds[text + 1]] for text in chosen])
        return keys, np.repeat(np.array(numbers, np.int64), counts)

    def bucket_rows(self, chosen: Sequence[int], numbers: Sequence[int]) -> tuple[I64, I64]:
        """Rows of (bucket, number) likewise; a text without words is in no bucket."""
        worded = [place for place, text in enumerate(chosen) if self.identities[text][1]]
        keys = self.buckets[[chosen[place] for place in worded]]
        return keys.ravel(), np.repeat(np.array([numbers[place] for place in worded], np.int64), keys.shape[1])

    def identity_rows(self, chosen: Sequence[int], numbers: Sequence[int]) -> tuple[I64, I64]:
        """Rows of (hash of all tokens, number) likewise."""
        keys = np.array([self.identities[text][0] for text in chosen], np.int64)
        return keys, np.array(numbers, np.int64)

    def lanes(self, chosen: Sequence[int], numbers: Sequence[int]) -> list[tuple[I64, I64]]:
        """The rows of all that an index looks up, in the order of `LANES`."""
        return [rows(chosen, numbers) for rows in (self.fingerprint_rows, self.bucket_rows, self.identity_rows)]

    def chosen(self, places: Sequence[int]) -> Sketches:
        """Those of some texts."""
        rows = list(places)
        prints, _ = self.fingerprint_rows(rows, rows)
        return Sketches(
            [self.identities[row] for row in rows], [self.surfaces[row] for row in rows], self.signatures[rows],
            self.buckets[rows], prints, offsets_of(np.diff(self.bounds)[rows]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prepared:
    """Some documents, ready to be stored."""

    documents: list[Document]
    sketches: Sketches
    packed: list[Packed]

    def chosen(self, places: Sequence[int]) -> Prepared:
        """Some of them."""
        return Prepared(
            [self.documents[place] for place in places], self.sketches.chosen(places),
            [self.packed[place] for place in places],
        )  # fmt: skip


def signed(values: U64) -> I64:
    """The same 64 bits as signed numbers."""
    return values.view(np.int64)


def sketches(bodies: Sequence[str], settings: Settings) -> Sketches:
    """Sketch the bodies of some texts."""
    raw = kernels.sketch(list(bodies), recipe_of(settings))
    lengths = np.diff(raw.token_offsets).tolist()
    identity = signed(np.ascontiguousarray(raw.identity))
    return Sketches(
        list(zip(identity[:, 0].tolist(), lengths, strict=True)),
        identity[:, 1].tolist(),
        raw.signatures,
        signed(bucket_keys(raw.signatures, settings)),
        signed(raw.fingerprints),
        raw.fingerprint_offsets,
    )


def prepare(documents: list[Document], settings: Settings) -> Prepared:
    """Sketch some documents and pack their texts."""
    sketched = sketches([body(document) for document in documents], settings)
    return Prepared(
        documents, sketched, [packed(document.text, document.muted, document.meant) for document in documents]
    )
