"""The one door to an engine: the setting `engine` names it, or the size of the work does."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compare.pipeline.engines.base import Heard, Resources, nobody
from compare.pipeline.engines.memory import MemoryEngine

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from compare.pipeline.engines.base import Engine
    from compare.pipeline.engines.disk import Portion
    from compare.settings import Settings

_MOST_PROCESSORS = 4
_IN_MEMORY = 2
"""So many times as large as a work may memory be, for it to be done there."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is known of the work that an engine is for."""

    folder: str = ""
    """Where parts may be saved; empty: nowhere, so all is done in memory."""
    size: int = 0
    """About the bytes of texts that are read."""
    lasts: bool = False
    """Whether parts are to be there when the engine is closed."""
    portion: Portion | None = None
    """The parts that are asked for; None: all that there are."""
    heard: Heard = field(default=nobody)
    """Who watches."""


SMALL = Work()


def opened(settings: Settings, workers: int = 0, work: Work = SMALL) -> AbstractContextManager[Engine]:
    """The engine that the settings name, or that fits the work, closed at the end; 0 workers are as many as serve.

    >>> from compare.settings import Settings
    >>> with opened(Settings(), workers=2) as engine:
    ...     list(engine.map(len, ["a", "bc"]))
    [1, 2]
    """
    resources = Resources(workers or processors(), settings.memory, heard=work.heard)
    if not work.folder or fitting(settings, work) == "memory":
        return closing(MemoryEngine(resources))
    from compare.pipeline.engines.disk import DiskEngine  # noqa: PLC0415  # where it is wanted

    return closing(DiskEngine(resources, work.folder, work.portion, lasts=work.lasts))


def fitting(settings: Settings, work: Work) -> str:
    """The engine that the settings name, or that fits a work of a size."""
    if settings.engine != "auto":
        return settings.engine
    return "disk" if work.lasts or work.size * _IN_MEMORY > settings.memory else "memory"


def processors() -> int:
    """Processors this process may use, at most 4: reading is one thread's work, and four kernels outrun it."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, _MOST_PROCESSORS)
