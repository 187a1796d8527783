"""The table of broken promises is up to date: every line that a mutant breaks is there, once."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MUTANTS = tomllib.loads((ROOT / "tools" / "mutants.toml").read_text("utf-8"))["mutant"]


@pytest.mark.parametrize("mutant", MUTANTS, ids=[mutant["promise"][:60] for mutant in MUTANTS])
def test_what_a_mutant_breaks_stands_once_in_its_file_and_is_changed(mutant: dict[str, str]) -> None:
    source = (ROOT / mutant["file"]).read_text("utf-8")
    assert source.count(mutant["old"]) == 1
    assert mutant["old"] != mutant["new"]
    assert (ROOT / mutant["tests"]).is_dir()


def test_every_promise_stands_once() -> None:
    promises = [(mutant["promise"], mutant["new"]) for mutant in MUTANTS]
    assert len(promises) == len(set(promises))
