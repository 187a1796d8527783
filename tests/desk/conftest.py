"""A desk that was started as an editor starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from desks import ROWS, Asker

pytest.importorskip("starlette", reason="the extra `desk` is not installed")
pytest.importorskip("uvicorn", reason="the extra `desk` is not installed")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from desks import Start


@pytest.fixture(scope="session")
def starting() -> Iterator[Start]:
    """Starts desks in folders; all end with the tests."""
    begun: list[subprocess.Popen[str]] = []

    def start(folder: Path, *words: str, **variables: str) -> Asker:
        command = [sys.executable, "-P", "-m", "compare", "desk", "--no-browser", "--by", "Ida", *words]
        settings = {**os.environ, "PYTHONPATH": os.environ.get("PYTHONPATH", ""), **variables}
        process = subprocess.Popen(  # our own program
            command, cwd=folder, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        begun.append(process)
        assert process.stdout
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), address + process.stdout.read()
        return Asker(address, process)

    yield start
    for process in begun:
        process.kill()
        process.wait(30)
        if process.stdout:
            process.stdout.close()


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
