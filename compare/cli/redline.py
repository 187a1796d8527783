"""`compare redline`: two versions as one DOCX with tracked changes."""

from __future__ import annotations

import click

from compare.cli.options import configured, files, set_option
from compare.wording.escape import shown
from compare.wording.explain import plural


@click.command("redline")
@click.argument("old", metavar="OLD", shell_complete=files)
@click.argument("new", metavar="NEW", shell_complete=files)
@click.option("--output", required=True, metavar="FILE.docx", help="Where it is written.")
@click.option("--by", default="compare", show_default=True, metavar="NAME", help="Who is said to have changed it.")
@set_option
def command(old: str, new: str, output: str, by: str, changes: tuple[str, ...]) -> None:
    """Write NEW as a DOCX that tracks what was changed since OLD: a word processor accepts or refuses each change.

    Either may be a DOCX, whose styles are kept, or any document that is read; of that the paragraphs alone are.

    \b
    compare redline monday.docx tuesday.docx --output changes.docx
    compare redline wire.txt ours.docx --output changes.docx --by "The desk"
    """  # noqa: D301
    from compare.jobs.redline import write_redline  # noqa: PLC0415  # NumPy, once the words are parsed

    settings = configured((old, new), changes).settings
    count = write_redline(old, new, output, by, settings)
    click.echo(f"{plural(count, 'change')} tracked in {shown(output)}.")
