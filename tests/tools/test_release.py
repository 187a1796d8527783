"""The checklist of a release: each condition holds where it should, and says what is wrong where it does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from compare.version import __version__

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))  # tools/ is a folder of scripts
try:
    import release
finally:
    sys.path.remove(str(ROOT / "tools"))

METADATA = (
    "Metadata-Version: 2.4\nName: compare\nVersion: 1.2.0\nSummary: Finds reuse\nRequires-Python: >=3.11\n"
    "License-Expression: MIT\nLicense-File: LICENSE\nDescription-Content-Type: text/markdown\n"
    "Requires-Dist: click>=8.1\n\n# compare\n"
)


def test_the_version_is_read_where_it_stands() -> None:
    assert release.version_of((ROOT / "compare" / "version.py").read_text("utf-8")) == __version__
    assert release.version_of("VERSION = 3") == ""


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ("# Changes\n\n## Unreleased\n\n## 1.2.0 – 2026-11-30\n\n- A thing.\n", ""),
        ("# Changes\n\n## 1.2.0 - 2026-11-30\n\n- A thing.\n", ""),
        (
            "# Changes\n\n## Unreleased\n\n- A thing.\n\n## 1.2.0 - 2026-11-30\n\n- B.\n",
            "changes stand under Unreleased",
        ),
        ("# Changes\n\n## 1.2.0\n\n- No day.\n", "it begins with '1.2.0'"),
        ("# Changes\n\n## 1.1.0 - 2026-01-01\n\n- A thing.\n", "it begins with '1.1.0 - 2026-01-01'"),
        ("# Changes\n\n## 1.2.0 - 2026-11-30\n", "nothing stands under it"),
        ("# Changes\n", "it begins with 'no version'"),
    ],
)
def test_the_changes_of_a_release_stand_under_its_version_and_day(changes: str, wrong: str) -> None:
    assert release.headed(changes, "1.2.0").wrong == wrong


def test_an_archive_holds_what_it_must_and_nothing_that_no_user_needs() -> None:
    names = ["LICENSE", "compare/kernels/_native.cpython-311.so"]
    assert release.held(names, ["LICENSE", "compare/kernels/_native."], "whole").wrong == ""
    assert release.held([*names, "tests/a.py", "b/c.pyc"], ["py.typed"], "whole").wrong == (
        "py.typed is missing; b/c.pyc is in it; tests/a.py is in it"
    )


def test_metadata_that_a_registry_would_refuse_are_told() -> None:
    assert release.described(METADATA, "1.2.0").wrong == ""
    assert release.described(METADATA, "1.3.0").wrong == "it is version 1.2.0"
    assert release.described(METADATA.replace("Summary: Finds reuse\n", ""), "1.2.0").wrong == "Summary is missing"
    assert release.described(METADATA.partition("\n\n")[0] + "\n\n", "1.2.0").wrong == "no description"
    told = release.described(METADATA.replace("click>=8.1", "click @ https://example.org/click.whl"), "1.2.0").wrong
    assert told == "click @ https://example.org/click.whl: a registry takes no such thing"


def test_a_line_says_ok_or_what_is_wrong() -> None:
    assert str(release.small(release.LARGEST - 1)).split() == ["ok", *release.small(1).condition.split()]
    assert str(release.small(2_000_000)).startswith("WRONG  the wheel has less than")
    assert str(release.small(2_000_000)).endswith(": it has 2,000,000 bytes")


def test_a_program_that_fails_is_told_by_its_last_line() -> None:
    failing = release.worked(
        "it works", sys.executable, "-c", "print('first', flush=True); raise SystemExit('the reason')"
    )
    assert failing.wrong == "the reason"
    assert release.worked("it works", sys.executable, "-c", "").wrong == ""


def test_without_a_build_every_condition_has_a_line_and_the_code_is_theirs() -> None:
    ended = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "release.py"), "--quick"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    *conditions, verdict = ended.stdout.splitlines()
    assert len(conditions) == 3
    wrong = any(line.startswith("WRONG") for line in conditions)
    assert (ended.returncode, verdict) == ((1, "Not to be released.") if wrong else (0, "Can be released."))
