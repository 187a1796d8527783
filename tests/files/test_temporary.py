from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import compare
from compare.files import temporary
from compare.files.temporary import is_temporary, sweep, temporary_file, temporary_folder

HOLDER = """
import sys, time
from pathlib import Path
from compare.files.temporary import temporary_file, temporary_folder
folder = Path(sys.argv[1])
with temporary_file(folder), temporary_folder(folder) as inside:
    (inside / "deep" / "deeper").mkdir(parents=True)
    (inside / "deep" / "a.md").write_text("a")
    print(flush=True)
    time.sleep(60)
"""

posix = pytest.mark.skipif(sys.platform == "win32", reason="locks of POSIX")


def holder(folder: Path) -> subprocess.Popen[bytes]:
    """A process that has a temporary file and folder there."""
    environment = {**os.environ, "PYTHONPATH": str(Path(compare.__file__).parent.parent)}
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", HOLDER, str(folder)], stdout=subprocess.PIPE, env=environment
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


@posix
def test_what_a_live_process_has_stays_and_what_a_dead_one_left_goes(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        sweep(tmp_path)
        assert len(list(tmp_path.iterdir())) == 2
        process.kill()
    assert len(list(tmp_path.iterdir())) == 2
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


@posix
def test_the_process_number_does_not_decide_it_is_used_again_and_in_other_containers(tmp_path: Path) -> None:
    (tmp_path / f".compare-{os.getpid()}-7.tmp").write_text("of an earlier process of this number")
    with temporary_file(tmp_path) as path:
        sweep(tmp_path)
        assert list(tmp_path.iterdir()) == [path]


@posix
def test_where_there_are_no_locks_the_process_number_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass
    monkeypatch.setattr(temporary, "fcntl", None)
    dead, alive = (tmp_path / f".compare-{number}-0.tmp" for number in (process.pid, os.getpid()))
    dead.touch()
    alive.touch()
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == [alive]


def test_only_names_of_ours_are_swept_and_no_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "a.md").write_text("a")
    others = [".compare-1.tmp", ".compare-1-0.tmp.md", "compare-1-0.tmp", ".compare-x-0.tmp"]
    for name in others:
        (tmp_path / name).touch()
    (tmp_path / ".compare-1-0.tmp").symlink_to(tmp_path / "kept")
    sweep(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} >= {*others, "kept"}
    assert (tmp_path / "kept" / "a.md").read_text() == "a"
    assert not any(map(is_temporary, others))


def test_what_is_temporary_is_gone_after_its_block_unless_it_was_moved(tmp_path: Path) -> None:
    with temporary_file(tmp_path) as one, temporary_file(tmp_path) as two, temporary_folder(tmp_path) as folder:
        assert len({one, two, folder}) == 3
        deep = folder
        deep /= "d/d/d"
        deep.mkdir(parents=True)
        one.replace(tmp_path / "moved")
    assert [path.name for path in tmp_path.iterdir()] == ["moved"]


def test_a_folder_that_is_deeper_than_python_can_call_itself_is_removed(tmp_path: Path) -> None:
    here = Path.cwd()
    with temporary_folder(tmp_path) as folder:
        try:
            os.chdir(folder)
            for _ in range(1100):
                Path("d").mkdir()
                os.chdir("d")
        finally:
            os.chdir(here)
        (folder / "a.md").touch()
    assert not (tmp_path / "a.md").exists()
