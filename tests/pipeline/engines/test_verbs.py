"""The two verbs of an engine, on each of them: what is made, what is lost on the way, what is asked again."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
from typing import TYPE_CHECKING

import numpy as np
import on_spark
import pytest

from compare.errors import InputError
from compare.pipeline.engines.base import Portion, Resources
from compare.pipeline.engines.disk import DiskEngine, PortionDone
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.engines.processes import CAN_FORK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from compare.pipeline.engines.base import Engine, Out, Part, Targets

PARTS = 5
forking = pytest.mark.skipif(not CAN_FORK, reason="parts are made by one process here")


def squares(part: int, out: Out) -> None:
    """A verb: some numbers, in two pieces, and a fact."""
    out.append("squares", np.arange(part, dtype=np.int64) ** 2)
    out.append("squares", np.array([part], np.int64))
    out.append("bytes", np.full(part, part, np.uint8))
    out.note("part", {"number": part, "name": "ü\ud800"})
    out.tell(part)


def shared_out(source: int, targets: Targets) -> None:
    """The first half of a step: numbers go where their rest by three says."""
    numbers = np.arange(source * 10, source * 10 + 10, dtype=np.uint32)
    for target in range(3):
        if (mine := numbers[numbers % 3 == target]).size and (source, target) != (1, 2):
            targets.append(target, "numbers", mine)


def gathered(target: int, blocks: Sequence[Part], out: Out) -> None:
    columns = [block.all("numbers") for block in blocks if "numbers" in block.columns]
    out.append("all", np.concatenate(columns))
    out.note("target", target)


EXPECTED = [
    [number for source in range(4) for number in range(source * 10, source * 10 + 10)
     if number % 3 == target and (source, target) != (1, 2)]
    for target in range(3)
]  # fmt: skip


@pytest.fixture(params=["memory", "memory, 1 kB", "disk", "disk, 2 workers", "disk that lasts", *on_spark.ENGINE])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    heard: list[tuple[str, int]] = []
    resources = Resources(
        2 if "2" in request.param else 1, 1024 if "kB" in request.param else 1 << 28,
        heard=lambda stage, steps, _size: heard.append((stage, steps)),
    )  # fmt: skip
    made: Engine
    if request.param.startswith("memory"):
        made = MemoryEngine(resources)
    elif request.param == "spark":
        made = on_spark.engine(resources, tmp_path, __name__)
    else:
        made = DiskEngine(resources, str(tmp_path), lasts="lasts" in request.param)
    made.heard_by_test = heard  # type: ignore[attr-defined]
    yield made
    made.close()


def checked(parts: list[Part]) -> None:
    for number, part in enumerate(parts):
        assert part.all("squares").tolist() == [*(value**2 for value in range(number)), number]
        assert part.all("bytes").tolist() == [number] * number
        assert part.facts["part"] == {"number": number, "name": "ü\ud800"}
        assert part.columns["squares"].read(0, 1).tolist() == [0]


def test_each_part_has_what_its_verb_put_out(engine: Engine) -> None:
    checked(engine.each("squares", PARTS, squares))
    checked(engine.each("squares", 1, squares))  # a name may come again
    assert engine.each("none", 0, squares) == []
    steps = [steps for _, steps in engine.heard_by_test]  # type: ignore[attr-defined]
    assert sum(steps) == sum(range(PARTS))


def test_what_was_noted_is_read_by_whoever_is_sent_a_part(tmp_path: Path) -> None:
    engine = DiskEngine(Resources(), str(tmp_path), lasts=True)
    facts = engine.each("squares", PARTS, squares)[3].facts
    made, known = facts.__reduce__()
    assert len(str(known)) < len(str(tmp_path)) + 40
    again = made(*known)
    shutil.rmtree(tmp_path / "000-squares")
    with pytest.raises(InputError, match="00003: is not what was saved there"):
        made(*known)["part"]
    assert dict(facts) == {"part": {"number": 3, "name": "ü\ud800"}}
    with pytest.raises(InputError):
        len(again)
    engine.close()


def test_a_verb_that_writes_elsewhere_is_called_whatever_was_done_before(engine: Engine, tmp_path: Path) -> None:
    def verb(part: int, out: Out) -> None:
        with open(os.path.join(place, str(part)), "a", encoding="ascii") as file:  # noqa: PTH118, PTH123  # sent to others
            file.write("x")
        out.note("number", part)

    (tmp_path / "elsewhere").mkdir()
    place = str(tmp_path / "elsewhere")
    for _ in range(2):
        assert [part.facts["number"] for part in engine.do("write", PARTS, verb)] == list(range(PARTS))
        engine._stages = 0  # type: ignore[attr-defined]  # noqa: SLF001  # as another run would begin
    assert [(tmp_path / f"elsewhere/{part}").read_text() for part in range(PARTS)] == ["xx"] * PARTS
    assert not [path for path in tmp_path.iterdir() if "write" in path.name]


def test_a_step_sends_columns_in_the_order_of_the_sources(engine: Engine) -> None:
    for _ in range(2):
        parts = engine.step("numbers", (4, 3), shared_out, gathered)
        assert [part.all("all").tolist() for part in parts] == EXPECTED
        assert [part.facts["target"] for part in parts] == [0, 1, 2]


def test_an_error_of_a_verb_is_the_callers(engine: Engine) -> None:
    def verb(part: int, out: Out) -> None:
        squares(part, out)
        if part == 3:
            raise InputError("part three is wrong")

    with pytest.raises(InputError, match="part three is wrong"):
        engine.each("squares", PARTS, verb)


def once(folder: Path, doing: Callable[[], None]) -> bool:
    """Do something the first time only, whichever process it is."""
    try:
        (folder / "begun").mkdir()
    except FileExistsError:
        return False
    doing()
    return True


@forking
@pytest.mark.parametrize("before", [True, False])
def test_a_part_whose_process_is_killed_is_made_again(tmp_path: Path, before: bool) -> None:  # noqa: FBT001
    def verb(part: int, out: Out) -> None:
        if before and part == 2:
            once(tmp_path, lambda: os.kill(os.getpid(), signal.SIGKILL))
        squares(part, out)
        if not before and part == 2:
            once(tmp_path, lambda: os.kill(os.getpid(), signal.SIGKILL))

    engine = DiskEngine(Resources(2), str(tmp_path / "work"))
    checked(engine.each("squares", PARTS, verb))
    checked(engine.each("squares", PARTS, squares))
    assert not [path for path in (tmp_path / "work").rglob("*.*") if path.is_dir()]  # nothing half made is left
    engine.close()


@forking
def test_a_part_that_is_killed_each_time_is_said_plainly(tmp_path: Path) -> None:
    def verb(part: int, out: Out) -> None:
        squares(part, out)
        if part == 2:
            os.kill(os.getpid(), signal.SIGKILL)

    engine = DiskEngine(Resources(2), str(tmp_path))
    with pytest.raises(InputError, match="step squares: 1 of 5 parts were killed 3 times; is memory short"):
        engine.each("squares", PARTS, verb)


def test_what_is_there_is_not_made_again_by_a_later_run(tmp_path: Path) -> None:
    calls: list[int] = []

    def verb(part: int, out: Out) -> None:
        calls.append(part)
        squares(part, out)

    for _ in range(2):
        engine = DiskEngine(Resources(1), str(tmp_path), lasts=True)
        checked(engine.each("squares", PARTS, verb))
        assert [part.all("all").tolist() for part in engine.step("n", (4, 3), shared_out, gathered)] == EXPECTED
        engine.close()
    assert calls == list(range(PARTS))


def test_portions_of_steps_together_are_the_whole(tmp_path: Path) -> None:
    def run(portion: Portion | None) -> tuple[list[Part], list[Part]]:
        engine = DiskEngine(Resources(1), str(tmp_path), portion, lasts=True)
        return engine.each("squares", PARTS, squares), engine.step("n", (4, 3), shared_out, gathered)

    with pytest.raises(InputError, match="step squares: 5 of 5 parts are missing; make these first"):
        run(Portion("n", 1, 1))
    for step in ("squares", "n-sent", "n"):
        for number in (1, 2):
            with pytest.raises(PortionDone) as done:
                run(Portion(step, number, 2))
            assert done.value.made == len(range(number - 1, {"squares": 5, "n-sent": 4, "n": 3}[step], 2))
    first, second = run(None)
    checked(first)
    assert [part.all("all").tolist() for part in second] == EXPECTED


@pytest.mark.parametrize(
    "broken",
    [
        b"", b"[]", b"{}", b'{"columns": {"squares": ["int64", 2]}, "facts": 1}', b"[" * 100_000,
        b'{"columns": {"squares": ["object", 2]}, "facts": {}}', b'{"columns": {"../x": ["int64", 2]}, "facts": {}}',
        b'{"columns": {"squares": ["int64", 1e999]}, "facts": {}}', b'{"columns": {"squares": [7]}, "facts": {}}',
        b'{"columns": {"squares": ["int64", -1]}, "facts": {}}', b'{"columns": {"gone": ["int64", 0]}, "facts": {}}',
    ],
)  # fmt: skip
def test_a_part_that_is_not_what_was_saved_is_refused(tmp_path: Path, broken: bytes) -> None:
    DiskEngine(Resources(1), str(tmp_path), lasts=True).each("squares", 2, squares)
    (tmp_path / "000-squares/00001/part.json").write_bytes(broken)
    with pytest.raises(InputError, match=r"00001: is not what was saved there; remove the folder"):
        DiskEngine(Resources(1), str(tmp_path), lasts=True).each("squares", 2, squares)


def test_a_column_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    DiskEngine(Resources(1), str(tmp_path), lasts=True).each("squares", 2, squares)
    (tmp_path / "000-squares/00001/squares.int64").write_bytes(b"12345678")
    with pytest.raises(InputError, match=r"is not what was saved there"):
        DiskEngine(Resources(1), str(tmp_path), lasts=True).each("squares", 2, squares)


def test_facts_are_json_and_no_code(tmp_path: Path) -> None:
    DiskEngine(Resources(1), str(tmp_path), lasts=True).each("squares", 2, squares)
    record = json.loads((tmp_path / "000-squares/00001/part.json").read_bytes())
    assert record["columns"] == {"squares": ["int64", 2], "bytes": ["uint8", 1]}


@pytest.mark.parametrize("name", ["000-squares", "000-squares/00001"])
def test_where_a_part_cannot_be_written_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(InputError, match=r"000-squares: cannot be written: |00001: is not what was saved there"):
        DiskEngine(Resources(1), str(tmp_path), lasts=True).each("squares", 2, squares)


def test_a_full_disk_is_said_with_its_folder(tmp_path: Path) -> None:
    def verb(part: int, out: Out) -> None:
        squares(part, out)
        raise OSError(errno.EIO, "an error of what is read")

    def full(part: int, out: Out) -> None:
        squares(part, out)
        (folder,) = (tmp_path / "000-squares").iterdir()
        shutil.rmtree(folder)

    with pytest.raises(OSError, match="an error of what is read"):
        DiskEngine(Resources(1), str(tmp_path), lasts=True).each("squares", 2, verb)
    with pytest.raises(InputError, match=r"000-squares: cannot be written: No such file"):
        DiskEngine(Resources(1), str(tmp_path), lasts=True).each("squares", 2, full)
    assert not list((tmp_path / "000-squares").iterdir())


@forking
@pytest.mark.parametrize("first", [0, 1])
def test_where_there_are_no_more_processes_this_one_makes_the_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    fork, calls = os.fork, list(range(first + 1))

    def forked() -> int:
        calls.pop()
        if not calls:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        return fork()

    monkeypatch.setattr("os.fork", forked)
    checked(DiskEngine(Resources(2), str(tmp_path)).each("squares", PARTS, squares))
    assert not calls
