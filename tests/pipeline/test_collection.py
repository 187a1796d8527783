from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from compare import kernels
from compare.pipeline.collection import Batch, Collection, bucket_rows, collect, fingerprint_rows, rank_of, recipe_of
from compare.pipeline.engines.base import Resources
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.minhash import bucket_keys
from compare.pipeline.twins import twins_of
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from compare.pipeline.collection import KeyRows

SETTINGS = Settings()
TEXTS = {
    "c": "The ferry sails at dawn from the northern quay, and returns at dusk.",
    "a": "THE FERRY sails at dawn from the northern quay and returns at dusk",
    "empty": "  … ",
    "b": "Nothing else sails from there in the winter months, said the harbour master on Monday.",
    "also empty": "",
    "d": "the ferry sails",
    "é": "渡轮在黎明时分从北码头出发",
}


def collected(texts: dict[str, str], engine: MemoryEngine, batch: int = 3) -> Collection:
    items = list(texts.items())
    parts = [items[i : i + batch] for i in range(0, len(items), batch)]
    return collect((Batch([id_ for id_, _ in part], [text for _, text in part]) for part in parts), engine, SETTINGS)


@pytest.fixture(params=[Resources(), Resources(workers=2), Resources(memory=1024)], ids=["plain", "2 workers", "1 kB"])
def engine(request: pytest.FixtureRequest) -> MemoryEngine:
    return MemoryEngine(request.param)


def held(
    kind: Callable[[Collection, NDArray[np.int64]], KeyRows], found: Collection, documents: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """All rows of some documents."""
    rows = kind(found, documents)
    keys, owners = (np.concatenate(column) for column in zip(*rows.portions(), strict=True))
    assert len(rows) == len(keys) == len(owners)
    return keys, owners


@pytest.mark.parametrize("batch", [1, 3, 100])
def test_a_collection_holds_the_columns_of_its_documents(engine: MemoryEngine, batch: int) -> None:
    found = collected(TEXTS, engine, batch)
    assert found.ids == list(TEXTS)
    for document, text in enumerate(TEXTS.values()):
        alone = kernels.sketch([text], recipe_of(SETTINGS))
        start, stop = map(int, found.bounds[document : document + 2])
        np.testing.assert_array_equal(found.tokens.read(start, stop), alone.tokens)
        np.testing.assert_array_equal(found.identities(np.array([document]))[0], alone.identity[0])
        keys = held(bucket_rows, found, np.array([document]))[0]
        np.testing.assert_array_equal(keys, bucket_keys(alone.signatures, SETTINGS)[0])
        rows = held(fingerprint_rows, found, np.array([document]))
        np.testing.assert_array_equal(rows[0], alone.fingerprints)
        assert set(rows[1].tolist()) <= {document}
        assert found.lengths[document] == len(alone.tokens)


def test_the_chosen_documents_give_their_fingerprints_and_buckets(engine: MemoryEngine) -> None:
    found = collected(TEXTS, engine)
    worded = np.flatnonzero(found.lengths)
    keys, owners = held(bucket_rows, found, worded)
    assert sorted(set(owners.tolist())) == [0, 1, 3, 5, 6]
    assert len(keys) == len(owners) == 5 * 25
    everyone = held(fingerprint_rows, found, np.arange(len(found)))
    np.testing.assert_array_equal(np.unique(everyone[1]), [0, 1, 3, 5, 6])
    some = held(fingerprint_rows, found, np.array([0, 5]))
    chosen = np.isin(everyone[1], [0, 5])
    np.testing.assert_array_equal(some[0], everyone[0][chosen])
    np.testing.assert_array_equal(some[1], everyone[1][chosen])
    nobody = np.empty(0, np.int64)
    assert [len(column) for column in held(bucket_rows, found, nobody)] == [0, 0]
    assert [len(column) for column in held(fingerprint_rows, found, nobody)] == [0, 0]


def test_a_collection_of_nothing_is_one(engine: MemoryEngine) -> None:
    found = collected({}, engine)
    assert len(found) == 0
    assert found.lengths.tolist() == []
    assert [len(column) for column in held(bucket_rows, found, np.empty(0, np.int64))] == [0, 0]
    assert twins_of(found).first.tolist() == []


def test_the_rank_is_the_place_among_the_ids_sorted_by_code_point() -> None:
    ids = ["é", "B", "a", "Z", "10", "9", "", "\U0001f600"]
    rank = rank_of(ids)
    assert [ids[i] for i in np.argsort(rank)] == sorted(ids)
    assert sorted(rank.tolist()) == list(range(len(ids)))


def test_equal_folded_texts_are_twins_under_the_smallest_id_and_empty_ones_stay_alone(engine: MemoryEngine) -> None:
    for seed in range(5):
        ids = random.Random(seed).sample(list(TEXTS), len(TEXTS))
        found = collected({id_: TEXTS[id_] for id_ in ids}, engine)
        twins = twins_of(found)
        stands_in = {id_: ids[first] for id_, first in zip(ids, twins.first.tolist(), strict=True)}
        assert stands_in == {id_: "a" if id_ == "c" else id_ for id_ in ids}
        assert int(twins.representatives.sum()) == len(TEXTS) - 1
