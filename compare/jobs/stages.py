"""What a job is at: shown as it goes, and the time that each stage took, apart from its result."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from compare.errors import InputError
from compare.files.atomic import temporary_beside, write_atomically
from compare.sources.walk import all_roots
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMA = "compare-timings/1"
_CHOOSING = "choosing"
_CALLED = {
    "sketch": "reading",
    "measure": "measuring",
    "choose": _CHOOSING,
    "cut": "cutting",
    "rows": "writing",
    "keep": "writing",
}
"""Stages of the pipeline; all others make candidates."""
Show = Callable[[str, int, int], None]
"""Shows `(stage, steps, bytes)`: what the job is at, and what of it has gone by since the last call."""


@dataclass(slots=True)
class Stage:
    """What one stage took."""

    stage: str
    wall: float = 0.0
    cpu: float = 0.0
    steps: int = 0
    """Documents that were read, pairs that were measured; 0 where nothing is counted."""


@dataclass(frozen=True, slots=True)
class Timings:
    """What a job took: wall and CPU seconds of all its processes, bytes of memory of the largest one at the most."""

    wall: float
    cpu: float
    peak: int
    stages: tuple[Stage, ...]

    def encoded(self) -> bytes:
        """As JSON: `compare-timings/1`, seconds to 3 places."""
        stages = [{**asdict(stage), "wall": round(stage.wall, 3), "cpu": round(stage.cpu, 3)} for stage in self.stages]
        total = {"schema": SCHEMA, "wall": round(self.wall, 3), "cpu": round(self.cpu, 3), "peak": self.peak}
        return msgspec.json.format(msgspec.json.encode({**total, "stages": stages}), indent=2) + b"\n"


def _unseen(_stage: str, _steps: int, _size: int) -> None:
    """Show nothing."""


class Stages:
    """Called with the name of a stage wherever one begins or goes on: passes it on to be shown, and takes its time.

    A stage may come back; its times are added. What the process took before, to start, is the first one's.
    """

    def __init__(self, show: Show = _unseen) -> None:
        self._show = show
        self._begun = self._wall = time.perf_counter()
        self._cpu = 0.0
        self._now = Stage("starting")
        self._stages = {"starting": self._now}

    @property
    def name(self) -> str:
        """The stage that the job is at."""
        return self._now.stage

    def __call__(self, stage: str, steps: int = 0, size: int = 0) -> None:
        """Say that so many steps of a stage, and bytes of the inputs, have gone by."""
        if stage != self._now.stage:
            self._take()
            self._now = self._stages.setdefault(stage, Stage(stage))
        self._now.steps += steps
        self._show(stage, steps, size)

    def _take(self) -> None:
        """Put the time since the last time down to the stage that it went to."""
        wall, cpu = time.perf_counter(), cpu_seconds()
        self._now.wall += wall - self._wall
        self._now.cpu += cpu - self._cpu
        self._wall, self._cpu = wall, cpu

    def timings(self) -> Timings:
        """What all took so far."""
        self._take()
        return Timings(self._wall - self._begun, self._cpu, peak_memory(), tuple(self._stages.values()))


def heard_by(stages: Stages) -> Show:
    """What an engine is to tell, so that stages are told by the names that people know.

    Until who stays is chosen, and pairs are measured, candidates are made; what is measured again to choose is choice.
    """

    def heard(stage: str, steps: int, size: int) -> None:
        if stages.name != _CHOOSING:
            stages(_CALLED.get(stage, "candidates"), steps, size)

    return heard


def cpu_seconds() -> float:
    """CPU seconds that this process took, and processes of its own that have ended."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def peak_memory() -> int:
    """Bytes of memory that the largest of its processes took at the most; 0 where the system does not say.

    Linux says it of this program alone; elsewhere, what started it may count.
    """
    try:
        import resource  # noqa: PLC0415  # not everywhere
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    own, others = (resource.getrusage(who).ru_maxrss * unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    with suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/self/status").read_text("utf-8").splitlines()
        own = 1024 * int(next(line for line in lines if line.startswith("VmHWM:")).split()[1])
    return max(own, others)


def check_timings(path: Path, inputs: Sequence[str], results: Sequence[Path]) -> None:
    """Refuse a place for timings where they cannot be written, or would stand among inputs or results: files, folders.

    Raises InputError.
    """
    if path == Path():
        raise InputError("--timings is empty or the current folder; name a file")
    target = path.resolve()
    for name in all_roots(inputs):
        if target.is_relative_to(Path(name).resolve()):
            raise InputError(f"--timings {shown(path)} lies in the input {shown(name)}; name another")
    if any(target.is_relative_to(result.resolve()) for result in results):
        raise InputError(f"--timings {shown(path)} is a place of the result; name another")
    with temporary_beside(target):
        pass


def write_timings(path: Path, timings: Timings) -> None:
    """Write timings, whole or not at all. Raises InputError."""
    write_atomically(path, timings.encoded())
