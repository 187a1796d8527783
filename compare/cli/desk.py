"""`compare desk`: a window in which drafts are held against an archive, and decided on."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from compare.cli import Greedy
from compare.cli.accept import who
from compare.cli.options import configured, files, progress_bar, set_option
from compare.errors import MissingExtraError


@click.command("desk", cls=Greedy, greedy="--archive")
@click.argument("paths", nargs=-1, metavar="[PATH]…", shell_complete=files)
@click.option("--archive", "archives", multiple=True, metavar="INDEX…", help="What `compare index build` made.")
@click.option("--accepted", metavar="FILE", help="Where decisions stand.  [default: as `compare check`]")
@click.option("--watch", default="", metavar="FOLDER", help="Take files as they come in, and list what is to look at.")
@click.option("--add", is_flag=True, help="Add what comes in to the (first) archive without being asked.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="[default: one that is free]")
@click.option("--behind", default="", metavar="NAME", help="The Host that a reverse proxy on this machine sends.")
@click.option("--by", default="", metavar="NAME", help="Who decides.  [default: $COMPARE_BY, or the login]")
@click.option("--browser/--no-browser", default=True, help="Open the browser, or only print the address.")
@set_option
def command(paths: tuple[str, ...], archives: tuple[str, ...], changes: tuple[str, ...], **options: object) -> None:
    """Open a desk in the browser: paste or drop a draft, and see what was used before, and what is new.

    Drafts are held against archives and the articles in PATH…; two texts against each other. What is decided is kept
    in compare.accepted.toml. It is served to this machine alone (127.0.0.1), under a random word, until Ctrl-C.

    \b
    compare desk --archive archive.index
    compare desk articles/ --watch incoming/
    """  # noqa: D301
    try:
        from compare.desk.server import serve  # noqa: PLC0415  # for this command alone
    except ImportError as error:
        if error.name in {"starlette", "uvicorn", "anyio", "h11"}:
            raise MissingExtraError("compare desk", "desk") from None
        raise
    from compare.desk.opened import Opening, opened  # noqa: PLC0415

    chosen = configured(paths, changes, accepted=options["accepted"])
    opening = Opening(
        paths, tuple(map(Path, archives)), Path(chosen.root), Path(chosen.options.accepted), who(str(options["by"])),
        Path(str(options["watch"])) if options["watch"] else None, at_once=bool(options["add"]),
    )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="compare-desk-") as folder:
        with progress_bar() as progress:
            desk, inbox = opened(opening, Path(folder), chosen.settings, progress)
        serve(desk, inbox, int(str(options["port"])), str(options["behind"]), browser=bool(options["browser"]))
