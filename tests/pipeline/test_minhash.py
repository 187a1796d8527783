"""Signatures are datasketch's, bit for bit, and its own stores take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from datasketch import MinHash, MinHashLSH
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare import kernels
from compare.errors import SettingsError
from compare.kernels import reference
from compare.pipeline.minhash import KNOWN, band_probability, banding, bucket_keys, estimate
from compare.settings import Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

RECIPE = kernels.Recipe(5, 8, *kernels.permutations(128, 1))
STORY = " ".join(f"{word}{number}" for number in range(40) for word in ("tide", "pier", "gull", "rope"))


def signature(text: str) -> NDArray[np.uint32]:
    return kernels.sketch([text], RECIPE).signatures[0]


def theirs(text: str, permutations: int = 128) -> MinHash:
    shingled = reference.shingle_hashes(kernels.tokens(text).hashes, 5)
    minhash = MinHash(num_perm=permutations, seed=1, scheme="affine32", hashfunc=lambda value: value)
    minhash.update_batch([int(value) & 0xFFFFFFFF for value in shingled])
    return minhash


@given(st.text(max_size=60) | st.lists(st.sampled_from(["tide", "pier", "gull", "rope"]), max_size=80).map(" ".join))
@settings(max_examples=examples(80))
def test_a_signature_is_bit_identical_to_datasketch(text: str) -> None:
    np.testing.assert_array_equal(signature(text), theirs(text).hashvalues)


@pytest.mark.parametrize("permutations", [1, 64, 100, 256])
def test_other_numbers_of_permutations_agree_with_datasketch_too(permutations: int) -> None:
    recipe = kernels.Recipe(5, 8, *kernels.permutations(permutations, 1))
    found = kernels.sketch([STORY], recipe).signatures
    np.testing.assert_array_equal(found[0], theirs(STORY, permutations).hashvalues)


def test_a_signature_carried_into_datasketch_finds_its_near_duplicate() -> None:
    store = MinHashLSH(threshold=0.5, num_perm=128)
    for name, text in (("copy", STORY.replace("gull7", "gannet")), ("other", STORY[::-1])):
        store.insert(name, MinHash(num_perm=128, seed=1, scheme="affine32", hashvalues=signature(text)))
    assert store.query(MinHash(num_perm=128, seed=1, scheme="affine32", hashvalues=signature(STORY))) == ["copy"]


def test_the_known_banding_is_what_datasketch_answers() -> None:
    for (threshold, permutations), answer in KNOWN.items():
        lsh = MinHashLSH(threshold=threshold, num_perm=permutations)
        assert (lsh.b, lsh.r) == answer == banding(threshold, permutations)
    lsh = MinHashLSH(threshold=0.8, num_perm=64)
    assert banding(0.8, 64) == (lsh.b, lsh.r)


@pytest.mark.parametrize(("threshold", "permutations"), [(1.0, 128), (0.5, 1), (0.5, 2)])
def test_a_threshold_that_too_few_permutations_can_meet_is_a_setting_to_mend(
    threshold: float, permutations: int
) -> None:
    with pytest.raises(SettingsError, match="lsh_threshold"):
        banding(threshold, permutations)


def test_the_chance_to_share_a_bucket_follows_the_s_curve() -> None:
    assert band_probability(0, 25, 5) == 0
    assert band_probability(1, 25, 5) == 1
    assert band_probability(0.5, 1, 1) == 0.5
    assert band_probability(0.5, 2, 2) == pytest.approx(1 - (3 / 4) ** 2)


def test_documents_share_a_bucket_exactly_where_a_band_of_their_signatures_is_equal() -> None:
    random = np.random.default_rng(3)
    signatures = random.integers(0, 3, (40, 128), dtype=np.uint32)
    keys = bucket_keys(signatures, Settings())
    bands, rows = banding(0.5, 128)
    assert keys.shape == (40, bands)
    for band in range(bands):
        part = signatures[:, band * rows : (band + 1) * rows]
        equal = (part[:, None] == part[None]).all(axis=2)
        np.testing.assert_array_equal(keys[:, band][:, None] == keys[:, band][None], equal)


def test_no_two_bands_share_a_bucket_even_where_all_their_rows_are_equal() -> None:
    keys = bucket_keys(np.stack([np.full(128, 0xFFFFFFFF, np.uint32), signature(STORY)]), Settings())
    assert len(np.unique(keys)) == keys.size


def test_the_estimate_is_the_share_of_equal_places_and_lies_near_the_exact_jaccard() -> None:
    assert estimate(np.array([1, 2, 3, 4]), np.array([1, 2, 9, 9])) == 0.5
    copy = STORY.replace("gull7 ", "").replace("tide20", "ebb")
    ours, others = (set(reference.shingle_hashes(kernels.tokens(text).hashes, 5).tolist()) for text in (STORY, copy))
    exact = len(ours & others) / len(ours | others)
    assert estimate(signature(STORY), signature(copy)) == pytest.approx(exact, abs=0.13)
