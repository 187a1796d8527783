"""The one door to an engine: the setting `engine` names a module of this room, or the size of the work does."""

from __future__ import annotations

import os
from contextlib import closing
from importlib import import_module
from typing import TYPE_CHECKING, cast

from compare.pipeline.engines.base import Resources, Work

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from compare.pipeline.engines.base import Engine
    from compare.settings import Settings

_MOST_PROCESSORS = 4
_IN_MEMORY = 2
"""So many times as large as a work may memory be, for it to be done there."""


SMALL = Work()


def opened(settings: Settings, workers: int = 0, work: Work = SMALL) -> AbstractContextManager[Engine]:
    """The engine that the settings name, or that fits the work, closed at the end; 0 workers are as many as serve.

    >>> from compare.settings import Settings
    >>> with opened(Settings(), workers=2) as engine:
    ...     list(engine.map(len, ["a", "bc"]))
    [1, 2]
    """
    resources = Resources(workers or processors(), settings.memory, heard=work.heard)
    name = fitting(settings, work) if work.folder else "memory"
    module = import_module(f"compare.pipeline.engines.{name}")
    return closing(cast("Callable[[Resources, Work], Engine]", module.engine)(resources, work))


def fitting(settings: Settings, work: Work) -> str:
    """The engine that the settings name, or that fits a work of a size."""
    if settings.engine != "auto":
        return settings.engine
    return "disk" if work.lasts or work.size * _IN_MEMORY > settings.memory else "memory"


def processors() -> int:
    """Processors this process may use, at most 4: reading is one thread's work, and four kernels outrun it."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, _MOST_PROCESSORS)
