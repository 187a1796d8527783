"""`compare corrections`: what was corrected in an article, and who still has the old wording."""

from __future__ import annotations

import click

from compare.cli import Greedy
from compare.cli.diff import article
from compare.cli.gate import unread_option
from compare.cli.options import color_option, configured, files, progress_bar, set_option, wants_color, width
from compare.errors import EXIT_CLEAN, EXIT_FINDINGS
from compare.wording.escape import PIPED


@click.command("corrections", cls=Greedy, greedy="--against")
@click.argument("old", metavar="OLD", shell_complete=files)
@click.argument("new", metavar="NEW", shell_complete=files)
@click.option(
    "--against", multiple=True, metavar="PATH|INDEX…",
    help="Look for both wordings in these: files, folders, tables, an index; all up to the next option.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON (schema compare-corrections/1).")
@unread_option
@color_option
@set_option
def command(old: str, new: str, against: tuple[str, ...], changes: tuple[str, ...], **options: object) -> None:
    """List what was corrected between two versions of an article, and who still has the old wording.

    Each correction stands with its sentence, then who holds its old words in the same statement, and who has the new
    ones. Who has it in other words is not named. Ends with 1 where somebody still has old words.

    \b
    compare corrections monday.txt tuesday.txt
    compare corrections monday.txt tuesday.txt --against archive/ partners.jsonl
    compare corrections monday.txt tuesday.txt --against archive.index
    """  # noqa: D301
    from compare.jobs.corrections import Versions, corrections  # noqa: PLC0415  # NumPy, once the words are parsed
    from compare.terminal.changes import Look  # noqa: PLC0415
    from compare.terminal.corrections import corrected_json, corrected_text  # noqa: PLC0415

    if old == new == PIPED:
        raise click.UsageError("one version can be piped in, not both: name a file for the other")
    named = [path for path in (old, new) if path != PIPED]
    chosen = configured(named, changes, allow_unread=options["allow_unread"])
    settings = chosen.settings
    versions = Versions(
        article(old, settings), article(new, settings), against, allow_unread=chosen.options.allow_unread
    )
    with progress_bar() as progress:
        corrected = corrections(versions, settings, progress)
    if options["as_json"]:
        click.echo(corrected_json(corrected), nl=False)
    else:
        look = Look(wants_color(str(options["color"])), width())
        click.echo(corrected_text(corrected, look, asked=bool(against)), color=True)
    raise click.exceptions.Exit(EXIT_FINDINGS if corrected.carriers else EXIT_CLEAN)
