"""What an index file looks like: hashes and tables of this version."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from compare.index.prepare import sketches
from compare.index.schema import HASHES, SETTINGS, header_of, versions
from compare.settings import Settings


def test_stored_hashes_are_those_of_this_version() -> None:
    found = sketches([" ".join(f"w{number}" for number in range(40))], Settings())
    keys = [found.identities[0][0], found.surfaces[0], *found.buckets[0].tolist(), *found.fingerprints.tolist()]
    digest = hashlib.sha256(np.array(keys, "<i8").tobytes() + found.signatures.astype("<u4").tobytes()).hexdigest()
    assert (HASHES, digest[:16]) == (4, "8c7741679a4e4ec0"), "hashes have changed: raise schema.HASHES"


@pytest.mark.parametrize(
    "change", [{"shingle": 4}, {"window": 9}, {"permutations": 64}, {"seed": 2}, {"lsh_threshold": 0.8}]
)
def test_a_setting_that_changes_what_is_stored_changes_the_header(change: dict[str, float]) -> None:
    usual, changed = header_of(Settings()), header_of(Settings(**change))  # type: ignore[arg-type]
    assert usual.keys() == changed.keys() == {*versions(), *SETTINGS}
    assert {name for name in usual if usual[name] != changed[name]} <= {*SETTINGS}
    assert usual != changed


def test_a_setting_that_changes_nothing_stored_leaves_the_header() -> None:
    assert header_of(Settings(contained=0.5, weak_pairs=1, max_bytes=1 << 20)) == header_of(Settings())
