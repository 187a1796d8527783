"""`compare diff`: two texts in the terminal."""

from __future__ import annotations

import click

from compare.cli import Numeric
from compare.cli.options import all_drifts_option, color_option, configured, files, set_option, wants_color


@click.command("diff", cls=Numeric)
@click.argument("a", metavar="A", shell_complete=files)
@click.argument("b", metavar="B", shell_complete=files)
@all_drifts_option
@color_option
@set_option
def command(a: str, b: str, *, all_drifts: bool, color: str, changes: tuple[str, ...]) -> None:
    """Compare two texts: scores both ways, the verdict, and the passages with what was changed in them.

    Words only in A stand in [-square-] brackets, words only in B in {+curly+} ones, in colour too on a terminal.
    """
    from compare.pipeline.plan import compare_pair  # noqa: PLC0415
    from compare.sources.single import read_one  # noqa: PLC0415
    from compare.terminal.passages import diff_text  # noqa: PLC0415  # NumPy and the rest, once the words are parsed

    settings = configured((a, b), changes).settings
    left, right = read_one(a, settings), read_one(b, settings)
    comparison = compare_pair(left, right, settings)
    text = diff_text(left, right, comparison, colored=wants_color(color), all_drifts=all_drifts)
    click.echo(text, color=True)
