"""One line on a terminal that says what a job is at: its stage, how fast it goes, what is left."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from compare.cli.options import live
from compare.terminal.progress import gone_by
from compare.wording.explain import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress

_READING = "reading"


@contextmanager
def stage_line(total: Callable[[], int]) -> Iterator[Callable[[str, int, int], None]]:
    """A function `(stage, steps, bytes)` that rewrites one line on stderr if that is a terminal, and is silent if not.

    `total` counts the bytes that are read, 0 if that is not known; only a terminal asks for it.
    """
    if not sys.stderr.isatty():
        yield lambda _stage, _steps, _size: None
        return
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415  # a terminal alone pays for it

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[words]}"), TimeElapsedColumn())
    with live(*columns) as bar:
        yield _Line(bar, total()).show


class _Line:
    """The line, and what of its stage has gone by."""

    def __init__(self, bar: Progress, total: int) -> None:
        self.bar, self.total = bar, total
        self.task = bar.add_task("starting", total=None, words="")
        self.stage, self.since = "starting", time.monotonic()
        self.steps = self.size = 0

    def show(self, stage: str, steps: int, size: int) -> None:
        """Rewrite it."""
        if stage != self.stage:
            self.stage, self.since, self.steps, self.size = stage, time.monotonic(), 0, 0
            self.bar.reset(self.task, description=stage, total=None, words="")
        self.steps += steps
        self.size += size
        if stage == _READING:
            words = gone_by(self.steps, self.size, self.total, time.monotonic() - self.since)
        else:
            words = plural(self.steps, "pair") if self.steps else ""
        if self.size:  # else the bar would stand still at nothing
            self.bar.update(self.task, total=self.total or None)
        self.bar.update(self.task, advance=size, words=words)
