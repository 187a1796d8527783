"""What several commands ask for: settings, workers, progress."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from compare.ending import call_off, on_ending, say_raw
from compare.jobs.config import configuration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from click.shell_completion import CompletionItem
    from rich.progress import Progress, ProgressColumn

    from compare.jobs.config import Configuration

workers_option = click.option(
    "--workers", type=click.IntRange(1, 64), default=None, help="Threads; the result is the same with any number."
)
set_option = click.option(
    "--set", "changes", metavar="NAME=VALUE", multiple=True, help="Change a setting; may be given several times."
)
all_drifts_option = click.option("--all-drifts", is_flag=True, help="List the facts that only may differ, too.")
color_option = click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)


def wants_color(choice: str) -> bool:
    """Whether to colour: asked for, or stdout is a terminal and neither NO_COLOR nor TERM=dumb says otherwise."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def configured(paths: Sequence[str] = (), changes: Sequence[str] = (), **given: object) -> Configuration:
    """The settings for an input, from every source.

    `paths` say where the nearest file is looked for: from the first of them, else from the current folder. `given` are
    options of the command by their keys (`output`, `workers`, …), None or empty where they were not given.

    Raises:
        SettingsError: a file, a variable or an option cannot be used; with what may have been meant.
    """
    return configuration(paths[0] if paths else "", os.environ, changes, given)


def files(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell propose files and folders."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415  # when a shell asks

    return [CompletionItem(incomplete, type="file")]


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int], None]]:
    """A function `(stage, steps)` that shows progress on stderr when that is a terminal, and is silent otherwise."""
    if not sys.stderr.isatty():
        yield lambda _stage, _steps: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415  # likewise

    with live(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()) as bar:
        yield _showing(bar)


@contextmanager
def live(*columns: ProgressColumn) -> Iterator[Progress]:
    """A line of columns on stderr that is rewritten, and gone after the block, however the program ends."""
    from rich.console import Console  # noqa: PLC0415  # a terminal alone pays for it
    from rich.progress import Progress  # noqa: PLC0415

    duty = on_ending(lambda: say_raw(b"\r\x1b[2K\x1b[?25h"))  # the line is wiped, the cursor is back
    try:
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            yield bar
    finally:
        call_off(duty)


def _showing(bar: Progress) -> Callable[[str, int], None]:
    task = bar.add_task("starting", total=None)
    stage = ""

    def show(name: str, steps: int) -> None:
        nonlocal stage
        if name in {"", stage}:
            bar.advance(task, steps)
            return
        stage = name
        bar.reset(task, description=name, total=steps or None)

    return show
