"""A desk that was started as an editor starts it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from desks import ROWS, Asker
from warm import Start as Program

pytest.importorskip("starlette", reason="the extra `desk` is not installed")
pytest.importorskip("uvicorn", reason="the extra `desk` is not installed")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from desks import Start
    from warm import Process, Warm


@pytest.fixture(scope="session")
def starting(warm: Warm) -> Iterator[Start]:
    """Starts desks in folders; all end with the tests."""
    begun: list[Process] = []

    def start(folder: Path, *words: str) -> Asker:
        program = Program(["desk", "--no-browser", "--by", "Ida", *words], warm.environment, str(folder))
        process = warm.start(program)
        begun.append(process)
        address = process.output.readline().decode().strip()
        assert address.startswith("http://127.0.0.1:"), address + process.errors.read().decode()
        return Asker(address, process)

    yield start
    for process in begun:
        with process.output, process.errors:
            if process.answer.fileno() >= 0:  # no test has seen its end
                process.kill()
                process.wait()


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory, run: Callable[..., Any]) -> Path:
    """A folder with an index of two articles."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "wire.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    ended = run("index", "build", "wire.jsonl", "--index", "archive.index", CWD=str(folder))
    assert ended.returncode == 0, ended.stderr
    return folder


@pytest.fixture(scope="session")
def desk(archive: Path, starting: Start) -> Asker:
    """A desk with that index, for tests that decide nothing."""
    return starting(archive, "--archive", "archive.index")
