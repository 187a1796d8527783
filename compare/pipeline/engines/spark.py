"""The engine of a cluster: Spark's workers make parts, and save them as `disk` does, in a folder that all of them see.

    FOLDER/known-…/4e07….int64   a column that a verb knows beside its part: saved once, read by whoever makes a part

Through Spark itself go verbs and the numbers of parts, and what is told back; columns never do. A worker that is lost
loses what it had begun: Spark gives that to another one. A driver that is begun again finds the parts that are there.
"""

# ruff: noqa: PLC0415  # Spark is loaded, and started, where it is asked for

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
import zipimport
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from compare.errors import CompareError, InputError, MissingExtraError, SettingsError
from compare.files.remote import is_remote
from compare.pipeline.engines.closures import packed, unpacked
from compare.pipeline.engines.disk import TRIES, DiskEngine
from compare.pipeline.engines.memory import MemoryEngine
from compare.pipeline.engines.parts import Stage, made, writing_in
from compare.pipeline.engines.shelves import shelf_of
from compare.version import __version__
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark import SparkConf, SparkContext

    from compare.pipeline.engines.base import Resources, Verb, Work

MACHINES, BESIDE = 8, 16
"""That work is parted for: so many parts may be made at a time, of the size that `disk` gives them."""
PATIENCE = 90
"""Seconds for which a part that a worker has made may not be seen here: a network file system asks once a minute."""
_MOST_SAID = 1 << 16
LOCAL = ("local", "local-cluster")
_LEAN = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""No second compiler and no threads that clean up: Java does little here."""
_QUIET = {
    "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR",
    "spark.executorEnv.PYTHONSAFEPATH": "1", "spark.driver.extraJavaOptions": _LEAN,
    "spark.executor.extraJavaOptions": _LEAN,
}  # fmt: skip
"""What Spark is told, unless PYSPARK_SUBMIT_ARGS says otherwise; and where it is all here, to keep to this machine."""
_HERE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


class SparkEngine(DiskEngine):
    """Saves parts in a folder, where the workers of a cluster make them."""

    def __init__(self, resources: Resources, work: Work, context: SparkContext, *, is_ours: bool = False) -> None:
        wide = replace(resources, beside=BESIDE, apart=MACHINES, patience=PATIENCE)
        # what is in the driver's memory alone no worker could read: all parts are saved
        folder = work.folder if is_remote(work.folder) else os.path.abspath(work.folder)  # noqa: PTH100
        super().__init__(wide, folder, work.portion, lasts=True)
        self._context, self._is_ours = context, is_ours
        self.known = os.path.join(self.folder, f"known-{int.from_bytes(os.urandom(7), 'big')}")  # noqa: PTH118

    def close(self) -> None:
        """Close all files, and Spark if it was started here."""
        shelf_of(self.known).remove(self.known)
        if self._is_ours:
            self._context.stop()
        super().close()

    def __reduce__(self) -> tuple[object, ...]:
        """What a verb finds in a worker: what it may use there, and no cluster."""
        return _in_worker, (replace(self.resources, workers=1, heard=_unheard),)

    def _make(self, stage: Stage, missing: list[int], verb: Verb) -> None:
        """Let Spark's workers make parts. Raises InputError: what went wrong, of the first part with which it did."""
        if not missing:
            return
        task = partial(_made, _Task(stage, self._packed(verb), __version__, os.getcwd()))  # noqa: PTH109
        with _failing(stage):
            told = self._context.parallelize(missing, len(missing)).map(task).collect()
        for part, (steps, size, wrong) in zip(missing, told, strict=True):
            if wrong:
                raise InputError(wrong)
            self._await(stage, part)
            self.resources.heard(stage.name, steps, size)
        if not self.portion:
            stage.tidy()

    def _packed(self, verb: Verb) -> bytes:
        """A verb, without the columns that it knows."""
        with writing_in(self.known):
            shelf_of(self.known).begin(self.known)
            return packed(verb, self.known)

    def _await(self, stage: Stage, part: int) -> None:
        """Wait until a part that was made is seen here. Raises InputError: it was made somewhere else."""
        for _ in range(PATIENCE):
            if stage.has(part):
                return
            time.sleep(1)
        raise InputError(f"{shown(self.folder)} is not the same folder for Spark's workers; name one that all share")


class _Task(NamedTuple):
    stage: Stage
    verb: bytes
    version: str
    folder: str
    """Where relative names begin."""


def _made(task: _Task, part: int) -> tuple[int, int, str]:
    """In a worker: make a part, unless it is there. Steps and bytes that the verb told of, and what is wrong."""
    told = [0, 0]

    def tell(steps: int, size: int) -> None:
        told[0] += steps
        told[1] += size

    if task.version != __version__:
        return 0, 0, f"a worker of Spark has compare {__version__}, not {task.version}; install the same everywhere"
    wrong = ""
    if not task.stage.has(part):
        try:
            made(task.stage, part, _unpacked(task.verb, task.folder), tell)
        except CompareError as error:
            wrong = str(error)
    return told[0], told[1], wrong


@lru_cache(maxsize=1)
def _unpacked(verb: bytes, folder: str) -> Verb:
    """A verb, where its relative names begin: the same for all parts of a stage that a worker makes."""
    _trust_archives()
    with suppress(OSError):  # absolute names need none
        os.chdir(folder)
    return unpacked(verb)


def _trust_archives() -> None:
    """Leave archives of modules as they were read: Spark has them read again before every part.

    With Python 3.11, two processors and nothing to do that was .28 of .3 CPU s a part, all of it for `pyspark.zip`.
    """
    zipimport.zipimporter.invalidate_caches = lambda _: None  # type: ignore[assignment,method-assign]


def _in_worker(resources: Resources) -> MemoryEngine:
    return MemoryEngine(resources)


def _unheard(_stage: str, _steps: int, _size: int) -> None:
    """Nobody watches a worker."""


@contextmanager
def _failing(stage: Stage) -> Iterator[None]:
    """Say in a line why Spark gave up. Raises InputError."""
    from py4j.protocol import Py4JError

    try:
        yield
    except Py4JError as error:
        raise InputError(f"step {stage.name}: Spark gave up: {shown(_last_line(str(error)))}") from error


def _last_line(message: str) -> str:
    """What of a message of Java says what went wrong."""
    lines = [line for line in message.partition("\nDriver stacktrace:")[0].splitlines() if line.strip()]
    told = [line for line in lines if not line.lstrip().startswith(("at ", "SQLSTATE"))]
    return told[-1].strip() if told else "no reason told"


def engine(resources: Resources, work: Work) -> SparkEngine:
    """What `choose.py` calls. Raises MissingExtraError, SettingsError, InputError."""
    try:
        from pyspark import SparkContext
    except ImportError as error:
        raise MissingExtraError("engine spark", "spark") from error
    active = SparkContext._active_spark_context  # noqa: SLF001  # `getOrCreate` would start one
    _check_shared(work, active.master if active else work.master)
    context = active or _started(work, resources.workers)
    _check_shared(work, context.master)
    return SparkEngine(resources, work, context, is_ours=active is None)


def _check_shared(work: Work, master: str) -> None:
    """Refuse a cluster of other machines where no folder is named that they share. Raises SettingsError."""
    if master and not work.lasts and not master.startswith(LOCAL):
        raise SettingsError(f"engine spark on {shown(master)} needs --work FOLDER, one that all of its workers share")


def _started(work: Work, workers: int) -> SparkContext:
    """A cluster, or Spark on this machine alone where none is named. Raises InputError."""
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway

    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise InputError("engine spark needs Java 17 or later; set JAVA_HOME, or put java on the PATH")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    log = os.path.join(work.beside or work.folder, "spark.log")  # noqa: PTH118
    interrupted = signal.getsignal(signal.SIGINT)
    try:
        with open(log, "ab") as said:  # noqa: PTH123
            gateway = launch_gateway(_configuration(work.master, workers), {"stdout": said, "stderr": said})
        return SparkContext(conf=_named(SparkConf(_jvm=gateway.jvm), work.master), gateway=gateway)
    except (Py4JError, PySparkException, OSError) as error:
        why = _last_line(str(error))
        with suppress(OSError), open(log, encoding="utf-8", errors="replace") as said:  # noqa: PTH123
            why = _last_line(said.read(_MOST_SAID)) if "JAVA_GATEWAY" in why else why
        raise InputError(f"Spark cannot be started: {shown(why)}") from error
    finally:
        signal.signal(signal.SIGINT, interrupted)  # `ending.py` answers, not Spark


def _configuration(master: str, workers: int) -> SparkConf:
    """What Spark is started with; under spark-submit it has been."""
    from pyspark import SparkConf

    conf = SparkConf().setMaster(master or f"local[{workers},{TRIES}]")
    return conf.setAll([*_QUIET.items(), *(_HERE.items() if conf.get("spark.master", "").startswith(LOCAL) else ())])


def _named(conf: SparkConf, master: str) -> SparkConf:
    """The same as Spark has it, to which PYSPARK_SUBMIT_ARGS or spark-submit may have added."""
    return (conf.setMaster(master) if master else conf).setAppName("compare")
