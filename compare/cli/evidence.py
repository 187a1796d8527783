"""`compare evidence`: chosen pairs and families of a report as one file to hand on."""

from __future__ import annotations

import click

from compare.cli import Numeric
from compare.cli.options import files
from compare.errors import SettingsError
from compare.jobs.day import day_given, epoch_day
from compare.terminal.streams import tell

OUTPUT = "evidence.zip"


@click.command("evidence", cls=Numeric)
@click.argument("report", metavar="REPORT", shell_complete=files)
@click.argument("pages", nargs=-1, metavar="[PAIR|FAMILY]…")
@click.option(
    "--pair", "pairs", nargs=2, multiple=True, metavar="A B", help="The pair of these two documents; several times."
)
@click.option("--note", "notes", multiple=True, metavar="TEXT", help="What to say of it, on the cover; several times.")
@click.option("--by", default="", metavar="NAME", help="Who prepared it.  [default: nobody is named]")
@click.option(
    "--date", default="", metavar="DATE", help="Its date, as 2027-03-31.  [default: SOURCE_DATE_EPOCH, or none]"
)
@click.option("--output", default=OUTPUT, show_default=True, metavar="FILE", help="The pack; another pack is replaced.")
def command(
    report: str, pages: tuple[str, ...], pairs: tuple[tuple[str, str], ...], notes: tuple[str, ...], **options: str
) -> None:
    """Pack pairs and families of a report as evidence, to hand to an editor-in-chief or a lawyer.

    REPORT is the folder that `compare run` wrote. PAIR is the name of a pair's page (pair-0123456789ab) or its address
    in the browser, FAMILY likewise (family-0123456789ab): it brings the pairs that show its versions. The pack is a
    zip: a page to read and print, with sources, dates and where each was read, changes and passages side by side, and
    the method; the texts; tables; and the SHA-256 of every file.

    The same report and words give the same bytes: no clock is asked, and nothing of this machine is written.

    \b
    compare evidence reports/ pair-0123456789ab --note "Sent to us on Monday" --output harbour.zip
    compare evidence reports/ --pair harbour-wire.md harbour-daily.md
    """  # noqa: D301  # click's \b keeps the lines
    from compare.evidence.pack import Cover  # noqa: PLC0415  # Jinja2, once the words are parsed
    from compare.jobs.evidence import Wanted, write_evidence  # noqa: PLC0415
    from compare.wording.escape import valid  # noqa: PLC0415
    from compare.wording.evidence import holds_line, packed_line  # noqa: PLC0415

    if not pages and not pairs:
        raise SettingsError("name a pair by its page, as pair-0123456789ab, or by its documents: --pair A B")
    written = tuple(valid(note.strip()) for note in notes if note.strip())
    cover = Cover(written, valid(options["by"].strip()), day_of(options["date"]))
    packed = write_evidence(report, Wanted(pages, pairs), cover, options["output"])
    tell(packed_line(packed.output, holds_line(packed.families, packed.pairs), packed.size))


def day_of(text: str) -> str:
    """The date of a pack: the one given, else that of SOURCE_DATE_EPOCH, else none. Raises SettingsError.

    >>> day_of(" 2027-03-31 ")
    '2027-03-31'
    """
    return day_given(text, "--date") or epoch_day()
