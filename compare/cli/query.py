"""`compare query`: has this text been used before? One text against an index."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compare.cli import Numeric
from compare.cli.options import color_option, configured, files, set_option, wants_color
from compare.errors import InputError

if TYPE_CHECKING:
    from compare.model import Document
    from compare.settings import Settings


@click.command("query", cls=Numeric)
@click.argument("file", metavar="FILE|-", shell_complete=files)
@click.option("--index", "indexes", multiple=True, metavar="INDEX", help="What to search.  [default: compare.index]")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON (schema compare-query/2).")
@color_option
@set_option
def command(file: str, indexes: tuple[str, ...], as_json: bool, color: str, changes: tuple[str, ...]) -> None:  # noqa: FBT001  # click's
    """Find the documents of an index that share text with FILE, or with what is piped in for `-`.

    The sources come strongest first, each with how much of the one is in the other, both ways, and the passages.

    \b
    compare index build archive/                 once
    compare query draft.md
    pbpaste | compare query - --index archive.index
    """  # noqa: D301
    from compare.jobs.query import query  # noqa: PLC0415
    from compare.terminal.sources import queried_json, queried_text  # noqa: PLC0415  # NumPy, once the words are parsed

    chosen = configured((file,) if file != "-" else (), changes)
    document = draft(chosen.settings) if file == "-" else _named(file, chosen.settings)
    opened = [Path(index) for index in indexes or (chosen.options.index,)]
    answer = query(document, opened, Path.cwd(), chosen.settings)
    if as_json:
        click.echo(queried_json(answer), nl=False)
        return
    click.echo(queried_text(answer, colored=wants_color(color)), color=True)


def draft(settings: Settings) -> Document:
    """The text on standard input. Raises InputError: it is closed, unreadable, too large, or not text."""
    from compare.model import Document  # noqa: PLC0415
    from compare.sources.damage import mended  # noqa: PLC0415
    from compare.sources.decode import NotTextError, decode  # noqa: PLC0415

    if sys.stdin is None:
        raise InputError("standard input: it is closed; pipe a text in, or name a file")
    try:
        raw = sys.stdin.buffer.read(settings.max_bytes + 1)
    except OSError as error:
        raise InputError(f"standard input: unreadable: {error.strerror or error}") from None
    if len(raw) > settings.max_bytes:
        raise InputError(f"standard input: more than the limit of {settings.max_bytes} bytes")
    try:
        read = decode(raw)
        return mended(Document("(standard input)", read.text, decoding=read.decoding))
    except NotTextError as error:
        raise InputError(f"standard input: {error}") from None


def _named(file: str, settings: Settings) -> Document:
    """The document of a file, by its path from here: an index that holds it under that name does not find it again."""
    from compare.sources.named import Names  # noqa: PLC0415
    from compare.sources.single import read_one  # noqa: PLC0415

    return Names(os.curdir).named(read_one(file, settings))
