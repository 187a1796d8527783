"""`compare query`: has this text been used before? One text against an index."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compare.cli import Numeric
from compare.cli.options import color_option, configured, fields_option, files, progress_bar, set_option, wants_color
from compare.errors import InputError

if TYPE_CHECKING:
    from compare.model import Document
    from compare.settings import Settings


@click.command("query", cls=Numeric)
@click.argument("paths", nargs=-1, required=True, metavar="FILE|-", shell_complete=files)
@click.option("--index", "indexes", multiple=True, metavar="INDEX", help="What to search.  [default: compare.index]")
@click.option(
    "--each", is_flag=True,
    help="Tell of every document of FILE… (tables, folders, - too) as CSV whether it is new, or which source holds it.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON (schema compare-query/2).")
@fields_option
@color_option
@set_option
def command(paths: tuple[str, ...], indexes: tuple[str, ...], each: bool, color: str, **options: object) -> None:  # noqa: FBT001  # click's
    """Find the documents of an index that share text with FILE, or with what is piped in for `-`.

    The sources come strongest first, each with how much of the one is in the other, both ways, and the passages.

    \b
    compare index build archive/                 once
    compare query draft.md
    pbpaste | compare query - --index archive.index
    compare query --each today.jsonl > today.csv
    """  # noqa: D301
    from compare.jobs.query import query  # noqa: PLC0415
    from compare.terminal.sources import queried_json, queried_text  # noqa: PLC0415  # NumPy, once the words are parsed

    as_json, changes = bool(options["as_json"]), options["changes"]
    changes = changes if isinstance(changes, tuple) else ()
    if each:
        _tell_each(paths, indexes, changes, as_json=as_json)
        return
    if len(paths) > 1:
        raise click.UsageError("name one text, or --each for every document of several paths")
    (file,) = paths
    chosen = configured((file,) if file != "-" else (), changes)
    document = draft(chosen.settings) if file == "-" else _named(file, chosen.settings)
    opened = [Path(index) for index in indexes or (chosen.options.index,)]
    answer = query(document, opened, Path.cwd(), chosen.settings)
    if as_json:
        click.echo(queried_json(answer), nl=False)
        return
    click.echo(queried_text(answer, colored=wants_color(color)), color=True)


def _tell_each(paths: tuple[str, ...], indexes: tuple[str, ...], changes: tuple[str, ...], *, as_json: bool) -> None:
    from compare.jobs.query_each import Each  # noqa: PLC0415  # NumPy, once the words are parsed
    from compare.sources.fields import reading_of  # noqa: PLC0415
    from compare.sources.piped import piped_in  # noqa: PLC0415
    from compare.terminal.duplicates import answer_lines, each_summary, header_line  # noqa: PLC0415

    if as_json:
        raise click.UsageError("--each gives CSV; take --json for one text")
    chosen = configured(paths, changes)
    opened = [Path(index) for index in indexes or (chosen.options.index,)]
    new = held = 0
    with (
        piped_in(paths, reading_of(chosen.settings)) as named,
        progress_bar() as progress,
    ):
        each = Each(named, opened, Path.cwd(), chosen.settings, progress=progress)
        for answered in each.answers():
            if not new + held:
                click.echo(header_line(), nl=False)
            click.echo("".join(answer_lines(answered.names, answered.duplicates)), nl=False)
            held += len(answered.duplicates)
            new += len(answered.names) - len(answered.duplicates)
    click.echo(each_summary(new, held, each.skipped), err=True)  # the list is on stdout


def draft(settings: Settings) -> Document:
    """The text, or the document, on standard input. Raises InputError: it is closed, unreadable, too large, no text."""
    from compare.sources.single import read_bytes  # noqa: PLC0415

    if sys.stdin is None:
        raise InputError("standard input: it is closed; pipe a text in, or name a file")
    try:
        raw = sys.stdin.buffer.read(settings.max_bytes + 1)
    except OSError as error:
        raise InputError(f"standard input: unreadable: {error.strerror or error}") from None
    return replace(read_bytes("standard input", raw, settings), id="(standard input)", sha256="")


def _named(file: str, settings: Settings) -> Document:
    """The document of a file, by its path from here: an index that holds it under that name does not find it again."""
    from compare.sources.named import Names  # noqa: PLC0415
    from compare.sources.single import read_one  # noqa: PLC0415

    return Names(os.curdir).named(read_one(file, settings))
