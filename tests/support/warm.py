"""Processes that begin as copies of one that has loaded its libraries: a start takes .1 s of a processor, not .8.

Each is a process of its own, with its own words, environment, folder, streams and end, which runs the same module from
its first line on. Loaded beforehand are libraries and the modules of `compare`, which have run one small job.
What an interpreter reads when it starts (hash seed, locale, warnings, limits) needs a start of its own.
"""

from __future__ import annotations

import gc
import io
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from threading import Timer
from typing import NamedTuple

LIBRARIES = (
    "charset_normalizer", "click", "datasketch", "jinja2", "msgspec", "numpy", "rapidfuzz.fuzz", "rich.console",
    "rich.table", "scipy.sparse.csgraph", "sklearn.feature_extraction.text", "tomlkit", "yaml",
)  # fmt: skip
LEFT = ("frames", "sklearn")
FREE = ("CWD", "COLUMNS", "TERM", "NO_COLOR", "FORCE_COLOR", "PATH", "HOME", "CI", "OPENBLAS_NUM_THREADS")
"""Variables that are read when they are needed, or set by the program, and so may differ in the loaded process."""
PREFIXES = ("COMPARE_", "GIT_", "GITHUB_", "KMP_", "PYTEST_")
STORY = "The ferry company said on Monday that it would close the northern crossing for the winter as in other years."
LONGEST = 120
LARGEST = 1 << 17


class Start(NamedTuple):
    """A program, its words, and where it runs."""

    words: list[str]
    environment: dict[str, str]
    folder: str
    code: str = ""
    """A program other than `python -m compare`."""


class Process(NamedTuple):
    """One that runs; its standard output and standard error are files to be read."""

    number: int
    answer: socket.socket
    output: io.BufferedReader
    errors: io.BufferedReader

    def kill(self) -> None:
        """End it, whatever it does; nothing happens where it has ended."""
        with suppress(ProcessLookupError):
            os.kill(self.number, signal.SIGKILL)

    def wait(self) -> int:
        """Its exit code, or the signal that ended it, below zero."""
        with self.answer:
            return os.waitstatus_to_exitcode(int(self.answer.recv(16)))


class Warm:
    """A process that has loaded its libraries; it starts programs, which may run side by side, and ends with us."""

    def __init__(self, folder: str) -> None:
        self.environment = {**os.environ, "PYTHONPATH": folder}
        self.control, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        words = [sys.executable, "-P", __file__, str(far.fileno())]
        self.process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=[far.fileno()], env=self.environment
        )
        far.close()

    def close(self) -> None:
        """End it, and wait for it."""
        self.control.close()
        self.process.wait()

    def serves(self, environment: dict[str, str]) -> bool:
        """Whether a program in an environment is the same when it starts from here."""
        changed = {name for name, _ in environment.items() ^ self.environment.items()}
        return all(name in FREE or name.startswith(PREFIXES) for name in changed)

    def start(self, start: Start) -> Process:
        """Start a program, whose standard input is ours."""
        answer, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        (output, output_end), (errors, errors_end) = os.pipe(), os.pipe()
        handed = [0, output_end, errors_end, far.fileno()]
        self.control.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LARGEST)
        socket.send_fds(self.control, [json.dumps(start).encode()], handed)
        for descriptor in (output_end, errors_end):
            os.close(descriptor)
        far.close()
        return Process(int(answer.recv(16)), answer, open(output, "rb"), open(errors, "rb"))  # noqa: PTH123

    def run(self, start: Start) -> subprocess.CompletedProcess[str]:
        """Run a program to its end; what it wrote as UTF-8 text."""
        process = self.start(start)
        limit = Timer(LONGEST, process.kill)
        limit.start()
        with process.output, process.errors, ThreadPoolExecutor(1) as pool:
            errors = pool.submit(read, process.errors)
            output, said = read(process.output), errors.result()
        code = process.wait()
        limit.cancel()
        return subprocess.CompletedProcess(start.words, code, output, said)


def read(stream: io.BufferedReader) -> str:
    """All that a program writes, its line ends as one kind."""
    return io.TextIOWrapper(stream, "utf-8").read()


# --- in the loaded process -----------------------------------------------------------------------------------------


def load() -> None:
    """The libraries, one thread each, and all of `compare`."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    for name in LIBRARIES:
        import_module(name)
    for name in modules():
        with suppress(ModuleNotFoundError):  # of an extra that is not installed
            import_module(name)
    use()
    gc.freeze()  # what is never looked at by a collector stays one page for all


def use() -> None:
    """Run a job once: templates and patterns, which are compiled at their first use, are half of a small one."""
    compare, html = import_module("compare"), import_module("compare.report.html")
    with TemporaryDirectory() as folder:
        for name, more in (("a.md", ""), ("b.txt", "It was the third such storm this year.")):
            Path(folder, name).write_text(f"{STORY} {more}", "utf-8")
        for _ in html.pages(compare.run(folder)):
            pass


def modules() -> list[str]:
    """The modules of `compare`, but for those that no program loads: they bring other people's libraries."""
    folder = Path(import_module("compare").__path__[0])
    paths = [path.relative_to(folder.parent) for path in sorted(folder.rglob("*.py"))]
    asked = [path for path in paths if path.stem != "__main__" and path.parts[1] not in LEFT]
    return [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in asked]


def serve(control: socket.socket) -> Start | None:
    """Start programs until nobody asks for more: none here, and in each of the new processes what it is to run."""
    running: dict[int, tuple[int, socket.socket]] = {}
    while True:
        ready, _, _ = select([control, *running], [], [])
        for ended in running.keys() & set(ready):
            tell_end(ended, *running.pop(ended))
        if control not in ready:
            continue
        raw, handed, _, _ = socket.recv_fds(control, LARGEST, 4)
        if not raw:
            return None
        number = os.fork()
        if not number:
            forget(control, running)
            take(handed)
            return Start(*json.loads(raw))
        answer = socket.socket(fileno=handed.pop())
        for descriptor in handed:
            os.close(descriptor)
        answer.send(str(number).encode())
        running[os.pidfd_open(number)] = number, answer


def tell_end(ended: int, number: int, answer: socket.socket) -> None:
    """Tell who started a program how it has ended."""
    _, status = os.waitpid(number, 0)
    os.close(ended)
    with answer, suppress(OSError):  # nobody may ask any more
        answer.send(str(status).encode())


def forget(control: socket.socket, running: dict[int, tuple[int, socket.socket]]) -> None:
    """Close what is about other programs."""
    control.close()
    for descriptor, (_, answer) in running.items():
        os.close(descriptor)
        answer.close()


def take(handed: list[int]) -> None:
    """Take the descriptors that were handed over as one's own streams."""
    for number, descriptor in enumerate(handed[:3]):
        os.dup2(descriptor, number)
    for descriptor in handed:
        os.close(descriptor)


def become(start: Start) -> None:
    """Run a program as a new interpreter would."""
    os.environ.clear()
    os.environ.update(start.environment)
    os.chdir(start.folder)
    sys.argv = ["-c" if start.code else "-m", *start.words]
    if start.code:
        exec(start.code, {"__name__": "__main__"})  # noqa: S102  # a test's own program
    else:
        runpy.run_module("compare", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    load()
    asked = serve(socket.socket(fileno=int(sys.argv[1])))
    if asked is not None:
        become(asked)
