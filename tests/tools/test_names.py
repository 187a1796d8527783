from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = '''
found = 1
"""A module's name is no local."""

def f(self, one, /, other=found, *told, said, **held):
    global here
    here = there = 1
    for row, (known, _) in other:
        done.mine, theirs[0] = row, known
    with open(there) as stuff, open(there):
        pass
    try:
        found_pairs = [data for line in stuff if (tmp := line)]
    except ValueError as val:
        raise
    match one:
        case [first, *mine] | {"a": first, **mine}:
            return lambda thing: thing
        case str() as res:
            return res

class Thing:
    known = 1
    names = {one: two for one, two in ()}
'''
BOUND = {
    "one", "other", "told", "said", "held", "there", "row", "known", "stuff", "found_pairs", "line", "tmp", "val",
    "first", "mine", "thing", "res", "two",
}  # fmt: skip


@pytest.fixture
def names() -> ModuleType:
    if not (ROOT / "tools/names.py").exists():
        pytest.skip("tools/ is no part of what is installed")
    spec = importlib.util.spec_from_file_location("names", ROOT / "tools/names.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_functions_lambdas_and_comprehensions_bind_is_local(names: ModuleType) -> None:
    bound = names.locals_of(SOURCE)
    assert {local.name for local in bound} == BOUND
    assert [local.line for local in bound if local.name == "one"] == [5, 24]
    assert [local for local in bound if local.name in {"tmp", "thing"}] == [(13, "tmp"), (18, "thing")]


def test_only_the_bare_word_is_empty(names: ModuleType) -> None:
    bound = names.locals_of("def f(found, found_pairs):\n    one = found\n    return [one for one in found_pairs]")
    assert names.empty(bound) == [(1, "found"), (2, "one"), (3, "one")]
    assert len(bound) == 4


def test_a_package_with_more_than_one_in_twenty_fails(
    names: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "room").mkdir()
    twenty = ", ".join(f"name_{number}" for number in range(19))
    (tmp_path / "room/file.py").write_text(f"def f({twenty}, one):\n    pass\n")
    assert names.main([], tmp_path) == 0
    (tmp_path / "other.py").write_text("def f(one):\n    pass\n")
    assert names.main([], tmp_path) == 1
    assert "room                     1 of     20    5.0%" in capsys.readouterr().out
    assert names.main(["--list", "room"], tmp_path) == 0
    assert capsys.readouterr().out == f"{tmp_path.name}/room/file.py:1 one\n"
