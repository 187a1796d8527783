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
@click.option("--date", default="", metavar="DATE", help="The day of the changes, as 2027-03-31.  [default: today]")
@set_option
def command(old: str, new: str, *, changes: tuple[str, ...], **options: str) -> None:
    """Write NEW as a DOCX that tracks what was changed since OLD: a word processor accepts or refuses each change.

    Either may be a DOCX, whose styles are kept, or any document that is read; of that the paragraphs alone are. The
    same versions, name and day give the same bytes.

    \b
    compare redline monday.docx tuesday.docx --output changes.docx
    compare redline wire.txt ours.docx --output changes.docx --by "The desk"
    """  # noqa: D301
    from compare.jobs.day import day_given, today  # noqa: PLC0415
    from compare.jobs.redline import Signed, write_redline  # noqa: PLC0415  # NumPy, once the words are parsed

    output, signed = options["output"], Signed(options["by"], day_given(options["date"], "--date") or today())
    settings = configured((old, new), changes).settings
    count = write_redline(old, new, output, signed, settings)
    click.echo(f"{plural(count, 'change')} tracked in {shown(output)}.")
