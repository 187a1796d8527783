"""How the program ends early: signals and too little memory."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

import compare
from compare import ending, kernels
from compare.cli import told
from compare.ending import OUT_OF_MEMORY, is_memory, room_for

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

BUSY = """
import sys, time
from pathlib import Path
from compare.ending import UNDISTURBED, take_over
from compare.files.temporary import temporary_folder
take_over()
with temporary_folder(Path(sys.argv[1])) as folder:
    (folder / "a.md").touch()
    with UNDISTURBED:
        print("placing", flush=True)
        time.sleep(float(sys.argv[2]))
        (Path(sys.argv[1]) / "placed").touch()
    time.sleep(30)
"""


def started(words: list[str], **more: object) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(Path(compare.__file__).parent.parent)}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    return subprocess.Popen([sys.executable, "-P", *words], env=environment, **streams)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize(
    ("number", "code", "line"),
    [
        (signal.SIGINT, 130, b"compare: interrupted\n"),
        (signal.SIGTERM, -signal.SIGTERM, b""),
        (signal.SIGHUP, -signal.SIGHUP, b""),
    ],
)
def test_a_signal_waits_for_what_is_being_put_in_place_and_then_leaves_nothing_temporary(
    number: signal.Signals, code: int, line: bytes, tmp_path: Path
) -> None:
    process = started(["-c", BUSY, str(tmp_path), ".3"])
    assert process.stdout is not None
    process.stdout.readline()
    for _ in range(3):  # the second and third change nothing
        process.send_signal(number)
        time.sleep(0.02)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (code, line)
    assert [path.name for path in tmp_path.iterdir()] == ["placed"]


def test_a_signal_that_whoever_started_us_ignores_stays_ignored() -> None:
    script = 'trap "" INT; exec "$@"'
    code = "import signal; from compare.ending import take_over; take_over(); signal.raise_signal(2); print('on')"
    ended = subprocess.run(
        ["sh", "-c", script, "sh", sys.executable, "-P", "-c", code],  # noqa: S607
        capture_output=True, check=True, env={**os.environ, "PYTHONPATH": str(Path(compare.__file__).parent.parent)},
    )  # fmt: skip
    assert ended.stdout == b"on\n"


@pytest.mark.parametrize(
    "module", ["compare.cli", "click.core", "gettext", "numpy", "numpy.linalg", "compare.pipeline.plan"]
)
def test_an_interrupt_in_an_import_is_130_and_one_line(module: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("A pact was signed in May.")
    code = (
        "import os, sys\n"
        f"sys.addaudithook(lambda event, words: os.kill(os.getpid(), 2) if words[:1] == ({module!r},) else None)\n"
        "from compare.__main__ import entry; entry()"
    )
    process = started(["-c", code, "diff", "a.md", "a.md"], cwd=tmp_path)
    assert (process.communicate(timeout=30)[1], process.returncode) == (b"compare: interrupted\n", 130)


def test_the_program_answers_signals_before_it_imports_anything_heavy() -> None:
    code = "import sys; import compare.__main__; print(*sorted(name for name in sys.modules if 'compare' in name[:8]))"
    names = started(["-c", code]).communicate(timeout=20)[0].decode().split()
    assert names == ["compare", "compare.__main__", "compare.ending", "compare.errors"]


def test_all_public_names_are_had_from_the_package_and_no_other() -> None:
    code = (
        "import compare, sys\n"
        "assert not [name for name in sys.modules if name.startswith('compare.')]\n"
        "assert set(compare.__all__) < set(dir(compare))\n"
        "print(*sorted(getattr(compare, name).__name__ for name in compare.__all__), compare.__version__)\n"
        "from compare import *\n"
        "from compare import Document, settings\n"
        "assert Document('a', 'b').id == 'a' and Settings is settings.Settings\n"
        "compare.Documents"
    )
    out, err = started(["-c", code]).communicate(timeout=20)
    assert out.decode().split() == [*sorted(compare.__all__), compare.__version__]
    assert "AttributeError: module 'compare' has no attribute 'Documents'" in err.decode()


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(12, "Cannot allocate memory"),
        ImportError("libscipy_openblas.so: failed to map segment from shared object"),
        RuntimeError("can't start new thread"),
    ],
)
def test_what_libraries_say_of_too_little_memory_is_one_line_and_2(
    error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    wrapped = ValueError("of another library")
    wrapped.__cause__ = error
    for one in (error, wrapped):
        assert is_memory(one)
        assert told(one) == 2
        assert capsys.readouterr().err == f"compare: {OUT_OF_MEMORY}\n"


def test_an_error_of_another_kind_is_none_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not any(is_memory(error) for error in (OSError(2, "no"), ImportError("No module"), ValueError("memory")))
    assert told(ZeroDivisionError()) == 3
    monkeypatch.setattr(ending, "room_for", lambda _: False)
    assert told(SystemError("error return without exception set")) == 2


def test_room_is_measured_by_asking_for_it() -> None:
    assert room_for(1 << 20)
    assert not room_for(1 << 60)


def test_kernels_that_find_no_memory_are_not_replaced_by_slow_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        """Stands for a compiled module that cannot be mapped."""

        def __getattr__(self, name: str) -> object:
            raise ImportError("_native.so: failed to map segment from shared object")

    monkeypatch.setitem(sys.modules, "compare.kernels._native", Full())
    with pytest.raises(MemoryError):
        importlib.reload(kernels)
    monkeypatch.undo()
    importlib.reload(kernels)


def test_what_was_begun_last_ends_first(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[int] = []
    duties = [ending.on_ending(partial(order.append, number)) for number in range(3)]
    monkeypatch.setattr("os._exit", lambda code: order.append(-code))
    ending.leave(7)
    for duty in duties:
        ending.call_off(duty)
    assert order == [2, 1, 0, -7]
