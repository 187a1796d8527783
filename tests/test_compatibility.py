"""What docs/compatibility.md promises, held against what earlier versions were recorded to do."""

from __future__ import annotations

import json
import lzma
import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from compare import CompareError, Index
from compare.index.schema import HASHES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
RECORDED = sorted((ROOT / "tests" / "recorded").glob("*.json"))
INDEXES = sorted((ROOT / "tests" / "recorded").glob("*.index.xz"))
LINE = "The ferry left the old harbour at nine with forty passengers, a lorry of apples and one goat on board. "


@pytest.fixture(scope="module")
def now() -> dict[str, Any]:
    """What this version has."""
    made = runpy.run_path(str(ROOT / "tools" / "make_surface.py"))["surface"]()
    surface: dict[str, Any] = json.loads(json.dumps(made))
    return surface


def _lost(then: Any, present: Any, place: str = "") -> Iterator[str]:  # noqa: ANN401  # JSON
    """What was there and is not, or is another."""
    if isinstance(then, dict) and isinstance(present, dict):
        for name, value in then.items():
            yield from _lost(value, present[name], f"{place}/{name}") if name in present else [f"{place}/{name}"]
    elif isinstance(then, list) and isinstance(present, list):
        yield from (f"{place}/{value}" for value in then if value not in present)
    elif then != present:
        yield f"{place}: {then!r}, now {present!r}"


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda path: path.stem)
def test_nothing_that_a_version_had_is_gone_without_a_new_identifier(recorded: Path, now: dict[str, Any]) -> None:
    then = json.loads(recorded.read_text("utf-8"))
    for name, told in [*then["formats"].items()]:
        if now["formats"].get(name, {}).get("id") != told["id"]:  # another identifier promises other fields
            del then["formats"][name]
    assert [*_lost(then, now)] == []


def test_what_is_gone_is_found() -> None:
    then = {"commands": {"run": ["--output", "--set"]}, "exits": {"EXIT_CLEAN": 0}, "names": {"pair": []}}
    present = {"commands": {"run": ["--set", "--new"]}, "exits": {"EXIT_CLEAN": 1}}
    assert [*_lost(then, present)] == ["/commands/run/--output", "/exits/EXIT_CLEAN: 0, now 1", "/names"]


@pytest.mark.parametrize("recorded", INDEXES, ids=lambda path: path.name)
def test_an_index_of_an_earlier_version_answers_as_it_did_or_says_to_build_it_again(
    recorded: Path, tmp_path: Path
) -> None:
    file = tmp_path / "compare.index"
    file.write_bytes(lzma.decompress(recorded.read_bytes()))
    if recorded.name.partition("-")[2] != f"hashes-{HASHES}.index.xz":
        with pytest.raises(CompareError, match="build it again"):
            Index(file).query(LINE * 2)
        return
    queried = Index(file).query(LINE * 2)
    assert [(found.verdict.value, [*queried.sources]) for found in queried.comparisons] == [("identical", ["a.md"])]
