"""`dedup --engine spark` on two hosts: one is killed in a shuffle, or as the last one, or cut off; the driver, killed.

    python bench/hazards/spark.py [--documents 30000] [--case NAME]

Two network namespaces on a bridge are the hosts (it takes root); each has a worker of Spark, and all see one disk. The
result must be that of the engine in memory, and Spark's own log must say that an executor was lost. Takes minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))
from hazards.world import COMPARE, WORDS, environment
from measure import machine, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BRIDGE, NET = "compare-br", "10.77.0"
MASTER = f"spark://{NET}.1:7077"
SECONDS = 400
MEMORY = 4 << 20
"""Bytes: so little that every stage has many parts."""
SUBMIT = {
    "spark.eventLog.enabled": "true", "spark.eventLog.compress": "false", "spark.driver.host": f"{NET}.1",
    "spark.driver.bindAddress": f"{NET}.1",
    "spark.executor.memory": "700m", "spark.executor.cores": "1", "spark.network.timeout": "40s",
    "spark.network.timeoutInterval": "10s",
    "spark.executor.heartbeatInterval": "5s",
}  # fmt: skip
"""What the program's Spark is told."""


def ip(words: str) -> None:
    """Configure the network. Raises CalledProcessError where that is not permitted."""
    subprocess.run(["ip", *words.split()], check=True, capture_output=True)  # noqa: S603, S607


@dataclass(slots=True)
class Hosts:
    """A master of Spark here, and hosts in namespaces."""

    folder: Path
    env: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def spark(self, *words: str, before: tuple[str, ...] = (), **changes: str) -> None:
        """Start a part of Spark."""
        import pyspark  # noqa: PLC0415  # where it is wanted

        home = Path(pyspark.__file__).parent
        command = [*before, str(home / "bin/spark-class"), *words]
        env = {**self.env, "SPARK_HOME": str(home), "SPARK_WORKER_DIR": str(self.folder / "spark"), **changes}
        with (self.folder / "daemons.log").open("ab") as log:
            self.processes.append(subprocess.Popen(command, env=env, stdout=log, stderr=log, cwd=self.folder))  # noqa: S603

    def master(self) -> None:
        """Start the master. A worker that is silent for 30 s is lost."""
        options = "-Dspark.worker.timeout=30"
        words = ("org.apache.spark.deploy.master.Master", "--host", f"{NET}.1", "--port", "7077", "--webui-port", "0")
        self.spark(*words, SPARK_MASTER_OPTS=options, SPARK_LOCAL_IP=f"{NET}.1")

    def join(self, host: int) -> None:
        """Let a host join."""
        words = ("org.apache.spark.deploy.worker.Worker", "--host", f"{NET}.{host}", "--cores", "1", "--memory", "900m",
                 "--webui-port", "0", MASTER)  # fmt: skip
        self.spark(*words, before=("ip", "netns", "exec", name(host)), SPARK_LOCAL_IP=f"{NET}.{host}")

    def kill(self, host: int) -> None:
        """Kill all that runs on a host."""
        pids = subprocess.run(["ip", "netns", "pids", name(host)], check=True, capture_output=True, text=True).stdout  # noqa: S603, S607
        for process in pids.split():
            os.kill(int(process), signal.SIGKILL)


def name(host: int) -> str:
    """The namespace of a host."""
    return f"compare-{host}"


@contextmanager
def network() -> Iterator[None]:
    """A bridge, and two namespaces on it. Raises CalledProcessError where that is not permitted."""
    with ExitStack() as stack:
        ip(f"link add {BRIDGE} type bridge")
        stack.callback(ip, f"link del {BRIDGE}")
        ip(f"addr add {NET}.1/24 dev {BRIDGE}")
        ip(f"link set {BRIDGE} up")
        for host in (2, 3):
            ip(f"netns add {name(host)}")
            stack.callback(ip, f"netns del {name(host)}")
            ip(f"link add cmp{host} type veth peer name eth0 netns {name(host)}")
            ip(f"link set cmp{host} master {BRIDGE} up")
            for words in (f"addr add {NET}.{host}/24 dev eth0", "link set eth0 up", "link set lo up"):
                ip(f"-n {name(host)} {words}")
        yield


@contextmanager
def hosts(folder: Path, first: tuple[int, ...]) -> Iterator[Hosts]:
    """Spark on some hosts; all of it ends with the block."""
    made = Hosts(folder, {**environment(), "PYSPARK_PYTHON": sys.executable})
    try:
        made.master()
        time.sleep(4)
        for host in first:
            made.join(host)
        yield made
    finally:
        for host in (2, 3):
            made.kill(host)
        for process in made.processes:
            process.kill()
            process.wait()


def write_corpus(path: Path, documents: int) -> None:
    """Texts of made-up words, of which a quarter are copies with a word changed."""
    chance, texts = random.Random(5), list[str]()  # noqa: S311
    with path.open("w", encoding="utf-8") as file:
        for number in range(documents):
            words = chance.choice(texts[-5000:]).split() if number % 4 == 3 else chance.choices(WORDS, k=140)  # noqa: PLR2004
            words[chance.randrange(len(words))] = "other"
            texts.append(" ".join(words))
            file.write(json.dumps({"id": number, "text": texts[-1]}) + "\n")


def begun(folder: Path, output: str) -> subprocess.Popen[bytes]:
    """The command under way, with names that are relative."""
    (folder / "events").mkdir(exist_ok=True)
    told = {**SUBMIT, "spark.eventLog.dir": f"file://{folder}/events"}
    arguments = " ".join(f"--conf {key}={value}" for key, value in told.items())
    env = {**environment(), "PYSPARK_SUBMIT_ARGS": f"{arguments} pyspark-shell", "PYSPARK_PYTHON": sys.executable}
    env["SPARK_LOCAL_IP"] = f"{NET}.1"
    words = ["dedup", "corpus.jsonl", "--output", output, "--work", f"work-{output}", "--set", f"memory={MEMORY}"]
    with (folder / f"{output}.log").open("ab") as log:
        command = [*COMPARE, *words, "--engine", "spark", "--master", MASTER]
        return subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)  # noqa: S603


class MissedError(Exception):
    """The command ended before the moment came at which something is to be lost."""


def await_part(folder: Path, process: subprocess.Popen[bytes], stage: str) -> None:
    """Wait until a stage has a part that is done while others are not. Raises MissedError."""
    (output,) = [word for word in process.args if word.startswith("work-")]
    until = time.monotonic() + SECONDS
    while not list((folder / output).glob(f"*-{stage}/?????")):
        if process.poll() is not None or time.monotonic() > until:
            raise MissedError(stage)
        time.sleep(0.02)


def killed(folder: Path, at: Hosts) -> subprocess.Popen[bytes]:
    """A host is killed while rows are sent on."""
    process = begun(folder, "killed")
    await_part(folder, process, "fingerprints-met-sent")
    at.kill(2)
    return process


def last(folder: Path, at: Hosts) -> subprocess.Popen[bytes]:
    """The only host is killed after another one joined."""
    process = begun(folder, "last")
    await_part(folder, process, "sketch")
    at.join(3)
    await_part(folder, process, "fingerprints")
    at.kill(2)
    return process


def unplugged(folder: Path, _at: Hosts) -> subprocess.Popen[bytes]:
    """The cable of a host is pulled, and stays out."""
    process = begun(folder, "unplugged")
    await_part(folder, process, "fingerprints")
    ip("link set cmp2 down")
    return process


def driver(folder: Path, _at: Hosts) -> subprocess.Popen[bytes]:
    """The program itself is killed, and the command given again."""
    process = begun(folder, "driver")
    await_part(folder, process, "fingerprints")
    process.kill()
    process.wait()
    time.sleep(3)
    return begun(folder, "driver")


CASES: dict[str, tuple[Callable[[Path, Hosts], subprocess.Popen[bytes]], tuple[int, ...], bool]] = {
    "killed": (killed, (2, 3), True), "last": (last, (2,), True), "unplugged": (unplugged, (2, 3), True),
    "driver": (driver, (2, 3), False),
}  # fmt: skip
"""What is done, with which hosts it begins, and whether an executor is lost."""


def lost(folder: Path) -> int:
    """Executors that Spark's log of events says were removed before the end."""
    found = 0
    for path in (folder / "events").rglob("*"):
        if path.is_file():
            lines = path.read_text("utf-8", "replace").splitlines()
            found += sum("SparkListenerExecutorRemoved" in line for line in lines)
    return found


def code_of(act: Callable[[], subprocess.Popen[bytes]]) -> int | str:
    """How the command ended to which something was done."""
    try:
        process = act()
    except MissedError:
        return "missed"
    try:
        return process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        return "hang"


def outcome(case: str, folder: Path, expected: dict[str, bytes]) -> list[object]:
    """What became of a case: a row of the table."""
    act, first, loses = CASES[case]
    shutil.rmtree(folder / "events", ignore_errors=True)
    for host in (2, 3):
        ip(f"link set cmp{host} up")
    begin = time.monotonic()
    with hosts(folder, first) as at:
        code = code_of(lambda: act(folder, at))
    same = code == 0 and results(folder / case) == expected
    gone = lost(folder)
    return [case, code, f"{time.monotonic() - begin:.0f}", gone, "yes" if same and (gone or not loses) else "NO"]


def results(folder: Path) -> dict[str, bytes]:
    """All files of a result."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def main() -> None:
    """Lose hosts, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=30_000)
    parser.add_argument("--case", choices=CASES, action="append")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        try:
            stack.enter_context(network())
        except (subprocess.CalledProcessError, FileNotFoundError):
            sys.exit("skipped: namespaces of the network cannot be made here")
        folder = Path(place)
        write_corpus(folder / "corpus.jsonl", options.documents)
        words = [*COMPARE, "dedup", "corpus.jsonl", "--output", "plain", "--memory", "64MiB", "--engine", "memory"]
        subprocess.run(words, cwd=folder, env=environment(), check=True, capture_output=True)  # noqa: S603
        expected = results(folder / "plain")
        rows = [outcome(case, folder, expected) for case in options.case or CASES]
        print(machine(), f"{options.documents:,} documents.\n")
        table(["case", "code", "wall s", "executors lost", "the same bytes"], rows)
        if wrong := [row for row in rows if row[-1] != "yes"]:
            for case in wrong:
                print((folder / f"{case[0]}.log").read_text("utf-8", "replace")[-2000:])
            sys.exit(1)


if __name__ == "__main__":
    main()
