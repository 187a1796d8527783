"""`compare diff`: two texts in the terminal."""

from __future__ import annotations

import click

from compare.cli.options import color_option, set_option, settings_of, wants_color


@click.command("diff")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@color_option
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
