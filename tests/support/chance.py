"""The seed of the property tests: in CI that of the commit, elsewhere a new one each time; the header prints it."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

FIXED = "20261123"
"""Where there is no commit to ask."""


class Seed(NamedTuple):
    """A seed, and where it comes from."""

    number: str
    origin: str


def chosen_seed(root: Path) -> Seed:
    """The seed of this run, for a repository.

    Each commit tries examples that no other one tried, and tries the same ones again when CI runs it again.
    """
    if os.environ.get("CI") != "true":
        return Seed(str(random.SystemRandom().getrandbits(32)), "by chance")
    commit = _commit(root)
    return (
        Seed(str(int(commit[:8], 16)), f"of commit {commit[:8]}") if commit else Seed(FIXED, "fixed: no commit is here")
    )


def _commit(root: Path) -> str:
    git = shutil.which("git")
    if git is None:
        return ""
    words = [git, "-C", str(root), "rev-parse", "--verify", "--quiet", "HEAD"]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()
