"""What several commands ask for: settings, workers, progress."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import click

from compare.errors import SettingsError
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

workers_option = click.option(
    "--workers", type=click.IntRange(1, 64), default=None, help="Threads; the result is the same with any number."
)
set_option = click.option(
    "--set", "changes", metavar="NAME=VALUE", multiple=True, help="Change a setting; may be given several times."
)
color_option = click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)


def wants_color(choice: str) -> bool:
    """Whether to colour: asked for, or stdout is a terminal and neither NO_COLOR nor TERM=dumb says otherwise."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def settings_of(changes: tuple[str, ...]) -> Settings:
    """The default settings with `NAME=VALUE` changes. Raises SettingsError, with what may have been meant."""
    known = {item.name: type(getattr(Settings(), item.name)) for item in fields(Settings)}
    values: dict[str, Any] = {}
    for change in changes:
        name, equals, text = change.partition("=")
        if not equals:
            raise SettingsError(f"--set {change!r}: write it as NAME=VALUE, as in --set shingle=4")
        if name not in known:
            raise SettingsError(f"--set {change!r}: {_meant(name, known)}")
        try:
            values[name] = known[name](text)
        except ValueError:
            raise SettingsError(f"--set {change!r}: {name} is a{_article(known[name])} number") from None
    return Settings(**values)


def _article(kind: type) -> str:
    return " whole" if kind is int else ""


def _meant(name: str, known: dict[str, type]) -> str:
    from rapidfuzz.process import extractOne  # noqa: PLC0415  # only for a mistake

    return f"no such setting; did you mean {extractOne(name, list(known))[0]}?"


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int], None]]:
    """A function `(stage, steps)` that shows progress on stderr when that is a terminal, and is silent otherwise."""
    if not sys.stderr.isatty():
        yield lambda _stage, _steps: None
        return
    from rich.console import Console  # noqa: PLC0415  # a terminal alone pays for it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)
        stage = ""

        def show(name: str, steps: int) -> None:
            nonlocal stage
            if name in {"", stage}:
                bar.advance(task, steps)
                return
            stage = name
            bar.reset(task, description=name, total=steps or None)

        yield show
