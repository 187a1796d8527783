"""`compare diff`: two texts in the terminal."""

from __future__ import annotations

import os
import sys

import click

from compare.cli.options import set_option, settings_of


@click.command("diff")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
@set_option
def command(a: str, b: str, color: str, changes: tuple[str, ...]) -> None:
    """Compare two texts: scores both ways, the verdict, and the passages with what was changed in them.

    Words only in A stand in [-square-] brackets, words only in B in {+curly+} ones, in colour too on a terminal.
    """
    from compare.cli.passages import diff_text  # noqa: PLC0415  # NumPy and the rest, once the words are parsed
    from compare.plan import compare_pair  # noqa: PLC0415
    from compare.sources.single import read_one  # noqa: PLC0415

    settings = settings_of(changes)
    left, right = read_one(a, settings), read_one(b, settings)
    found = compare_pair(left, right, settings)
    click.echo(diff_text(left, right, found, colored=wants_color(color)), color=True)


def wants_color(choice: str) -> bool:
    """Whether to colour: asked for, or stdout is a terminal and neither NO_COLOR nor TERM=dumb says otherwise."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
