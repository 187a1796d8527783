"""`compare diff`: two texts in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from compare.cli import Numeric
from compare.cli.options import (
    all_drifts_option,
    color_option,
    configured,
    fields_option,
    files,
    set_option,
    wants_color,
    width,
)
from compare.wording.escape import PIPED

if TYPE_CHECKING:
    from compare.model import Comparison, Document
    from compare.settings import Settings


@click.command("diff", cls=Numeric)
@click.argument("a", metavar="A", shell_complete=files)
@click.argument("b", metavar="B", shell_complete=files)
@click.option("--changes", "only_changes", is_flag=True, help="Print what was changed alone, each with its sentence.")
@all_drifts_option
@fields_option
@color_option
@set_option
def command(a: str, b: str, *, color: str, changes: tuple[str, ...], **shown: bool) -> None:
    """Compare two texts: scores both ways, the verdict, and the passages with what was changed in them.

    Words only in A stand in [-square-] brackets, words only in B in {+curly+} ones, in colour too on a terminal. One of
    the two may be - for what is piped in.

    \b
    compare diff monday.txt tuesday.txt
    compare diff --changes monday.txt tuesday.txt       headline, figures, quotations; then other edits
    pbpaste | compare diff - printed.txt
    """  # noqa: D301
    from compare.pipeline.plan import compare_pair  # noqa: PLC0415  # NumPy and the rest, once the words are parsed

    if a == b == PIPED:
        raise click.UsageError("one text can be piped in, not both: name a file for the other")
    settings = configured([path for path in (a, b) if path != PIPED], changes).settings
    both = article(a, settings), article(b, settings)
    text = _text(both, compare_pair(*both, settings), colored=wants_color(color), **shown)
    click.echo(text, color=True)


def _text(
    both: tuple[Document, Document], comparison: Comparison, *, colored: bool, only_changes: bool, all_drifts: bool
) -> str:
    from compare.terminal.changes import Look, changes_text  # noqa: PLC0415  # as above
    from compare.terminal.passages import diff_text  # noqa: PLC0415

    if only_changes:
        return changes_text(*both, comparison, Look(colored, width(), all_drifts))
    return diff_text(*both, comparison, colored=colored, all_drifts=all_drifts)


def article(path: str, settings: Settings) -> Document:
    """The article of a file, or of what is piped in for `-`. Raises InputError."""
    from compare.cli.query import draft  # noqa: PLC0415  # as above
    from compare.sources.single import read_one  # noqa: PLC0415

    return draft(settings) if path == PIPED else read_one(path, settings)
