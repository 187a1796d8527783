"""What several commands ask for: settings, workers, progress."""

from __future__ import annotations

import os
import re
import shutil
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
    from compare.settings import Settings

UNITS = {"": 1, "B": 1, **{f"{letter}{end}": base**power for power, letter in enumerate("KMGT", 1)
         for end, base in (("", 1000), ("B", 1000), ("IB", 1024))}}  # fmt: skip
"""What may stand after a size, in capitals."""
_FIELDS = "compare.fields"
COLUMNS, NARROWEST = 80, 40
"""Of a terminal whose width is not known, and of any."""
LEAST_MEMORY = 64 << 20
"""Bytes that Python and NumPy take alone."""


class Size(click.ParamType[int]):
    """A number of bytes with a unit."""

    name = "size"

    def convert(self, value: object, parameter: click.Parameter | None, context: click.Context | None) -> int:
        """In bytes; a whole number of them."""
        written = re.fullmatch(r"([0-9]{1,12}(?:\.[0-9]{1,3})?) ?([A-Za-z]{0,3})", str(value))
        if not written or written[2].upper() not in UNITS:
            self.fail(f"{value!r} is no size; give one such as 512MB or 2GB", parameter, context)
        size = int(float(written[1]) * UNITS[written[2].upper()])
        if size < LEAST_MEMORY:
            self.fail(f"{value} is less than the 64MiB that Python takes alone", parameter, context)
        return size


def memory_change(size: object) -> list[str]:
    """What `--memory` sets."""
    return [] if size is None else [f"memory={size}"]


class Fraction(click.ParamType[tuple[int, int]]):
    """Which part of how many: 3/16."""

    name = "part"

    def convert(
        self, value: object, parameter: click.Parameter | None, context: click.Context | None
    ) -> tuple[int, int]:
        """The two numbers, from 1."""
        written = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", str(value))
        if not written or not 1 <= int(written[1]) <= int(written[2]):
            self.fail(f"{value!r} is no part; give one such as 1/16, up to 16/16", parameter, context)
        return int(written[1]), int(written[2])


workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=None,
    help="Threads, or processes for large inputs; the result is the same with any number.",
)
set_option = click.option(
    "--set", "changes", metavar="NAME=VALUE", multiple=True, help="Change a setting; may be given several times."
)


def _remember_fields(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.meta[_FIELDS] = value


fields_option = click.option(
    "--fields", metavar="NAME=COLUMN,…", expose_value=False, callback=_remember_fields,
    help="Which columns of tables hold what, as in text=body,title=head; else the usual names count: id, text (beside "
    "a title also body, content, article, story …), title or headline, author or byline, published or date, source or "
    "outlet, license, language, url or link.",
)  # fmt: skip
memory_option = click.option(
    "--memory", type=Size(), metavar="SIZE", default=None,
    help="About what the process may take, such as 512MB or 2GB (default: 512MB); what needs more goes to disk.",
)  # fmt: skip
all_drifts_option = click.option("--all-drifts", is_flag=True, help="List the facts that only may differ, too.")
color_option = click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)


def wants_color(choice: str) -> bool:
    """Whether to colour: asked for, or stdout is a terminal and neither NO_COLOR nor TERM=dumb says otherwise."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Columns of the terminal that is written to; 80 where there is none."""
    return max(NARROWEST, shutil.get_terminal_size((COLUMNS, 24)).columns) if sys.stdout.isatty() else COLUMNS


def configured(paths: Sequence[str] = (), changes: Sequence[str] = (), **given: object) -> Configuration:
    """The settings for an input, from every source.

    `paths` say where the nearest file is looked for: from the first of them, else from the current folder. `given` are
    options of the command by their keys (`output`, `workers`, …), None or empty where they were not given.

    Raises:
        SettingsError: a file, a variable or an option cannot be used; with what may have been meant.
    """
    context = click.get_current_context(silent=True)
    if context and _FIELDS in context.meta:
        changes = [*changes, f"fields={context.meta[_FIELDS]}"]
    return configuration(paths[0] if paths else "", os.environ, changes, given)


def files(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell propose files and folders."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415  # when a shell asks

    return [CompletionItem(incomplete, type="file")]


@contextmanager
def piped(paths: Sequence[str], settings: Settings) -> Iterator[tuple[str, ...]]:
    """The paths, with a file of what is piped in for `-`: a text, a document or a table. Raises InputError."""
    from compare.sources.fields import reading_of  # noqa: PLC0415  # once the words are parsed
    from compare.sources.piped import piped_in  # noqa: PLC0415

    with piped_in(paths, reading_of(settings), settings.max_bytes, texts=True) as named:
        yield named


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
