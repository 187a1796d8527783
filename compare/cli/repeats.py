"""`compare repeats`: what stands more than once in one text."""

from __future__ import annotations

import click

from compare.cli import Numeric
from compare.cli.options import color_option, configured, files, set_option, wants_color


@click.command("repeats", cls=Numeric)
@click.argument("file", metavar="FILE", shell_complete=files)
@color_option
@set_option
def command(file: str, color: str, changes: tuple[str, ...]) -> None:
    """List what stands more than once in one text: a caption printed twice, a paragraph pasted again.

    Each passage comes with its lines. What a later place has not stands in [-square-] brackets, what it has anew in
    {+curly+} ones, in colour too on a terminal.
    """
    from compare.align.repeats import repeats  # noqa: PLC0415  # NumPy and the rest, once the words are parsed
    from compare.sources.single import read_one  # noqa: PLC0415
    from compare.terminal.repeats import repeats_text  # noqa: PLC0415

    settings = configured((file,), changes).settings
    document = read_one(file, settings)
    matches = repeats(document, settings)
    click.echo(repeats_text(document, matches, colored=wants_color(color)), color=True)
