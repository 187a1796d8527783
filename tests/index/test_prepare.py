"""What is stored of documents: the sketches of each are those that it has alone."""

from __future__ import annotations

import numpy as np

from compare.index.prepare import prepare, sketches
from compare.model import Document, Span
from compare.settings import Settings

TEXTS = [
    "The ferry sails at dawn from the northern quay, and returns at dusk, said the harbour master on Monday.",
    "…",
    "THE FERRY SAILS at dawn from the northern quay and returns at dusk said the harbour master on Monday",
    "Nothing else sails from there in the winter months.",
]


def test_the_rows_of_some_texts_are_those_of_each_alone_under_their_numbers() -> None:
    together = sketches(TEXTS, Settings())
    keys, numbers = together.fingerprint_rows([3, 0], [70, 50])
    alone = [sketches([TEXTS[place]], Settings()).fingerprints for place in (3, 0)]
    np.testing.assert_array_equal(keys, np.concatenate(alone))
    assert numbers.tolist() == [70] * len(alone[0]) + [50] * len(alone[1])
    assert [column.tolist() for column in together.fingerprint_rows([], [])] == [[], []]


def test_a_text_without_words_is_in_no_bucket() -> None:
    together = sketches(TEXTS, Settings())
    keys, numbers = together.bucket_rows([1, 0], [7, 8])
    assert keys.tolist() == together.buckets[0].tolist()
    assert set(numbers.tolist()) == {8}
    assert together.identities[0] == together.identities[2] != together.identities[3]
    assert together.surfaces[0] != together.surfaces[3]


def test_what_is_muted_is_stored_and_not_sketched() -> None:
    loud = prepare([Document("a", f"title {TEXTS[0]}", muted=(Span(0, 5),))], Settings())
    assert loud.sketches.identities == sketches([TEXTS[0]], Settings()).identities
    assert loud.packed[0].spans == 1
