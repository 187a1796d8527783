"""The one door to an engine: the setting `engine` names a module of this room, whose `engine` makes it."""

from __future__ import annotations

import os
from contextlib import closing
from importlib import import_module
from typing import TYPE_CHECKING, cast

from compare.pipeline.engines.base import Resources, unheard

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from compare.pipeline.engines.base import Engine
    from compare.settings import Settings

_MOST_PROCESSORS = 4


def opened(
    settings: Settings, workers: int = 0, progress: Callable[[str, int], None] = unheard
) -> AbstractContextManager[Engine]:
    """The engine that the settings name, closed at the end of the `with`; 0 workers are as many as serve.

    `progress` is told which stage begins.

    >>> import numpy as np
    >>> from compare.settings import Settings
    >>> with opened(Settings(), workers=2) as engine:
    ...     engine.components(np.array([[0, 2]]), 3).tolist()
    [0, 1, 0]
    """
    module = import_module(f"compare.pipeline.engines.{settings.engine}")
    made = cast("Callable[[Resources], Engine]", module.engine)
    return closing(made(Resources(workers or processors(), settings.memory, progress=progress)))


def processors() -> int:
    """Processors this process may use, at most 4: reading is one thread's work, and four kernels outrun it."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, _MOST_PROCESSORS)
