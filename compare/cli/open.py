"""`compare open`: a written report in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from compare.ending import interrupt_ends_well
from compare.errors import InputError
from compare.wording.escape import shown


@click.command("open")
@click.argument("folder", default="reports", metavar="[FOLDER]")
@click.option("--browser/--no-browser", default=True, help="Open the browser, or only print the address.")
def command(folder: str, *, browser: bool) -> None:
    """Show a report in the browser, until Ctrl-C.

    FOLDER is what `compare run` wrote, `reports` if not given. Its pages are served to this machine alone (127.0.0.1),
    at a random port under a random word; nothing else of the folder is, and nothing can be changed. The report also
    opens without this, as a file: index.html in FOLDER.
    """
    from compare.files.ours import is_ours  # noqa: PLC0415  # once the words are parsed
    from compare.jobs.serving import ReportServer  # noqa: PLC0415  # http.server, for this command alone

    path = Path(folder)
    if not is_ours(path / "index.html"):
        raise InputError(f"no report in {shown(folder)}: `compare run PATH… --output {shown(folder)}` writes one")
    interrupt_ends_well()
    with ReportServer(path) as server:
        click.echo(f"{server.address}\nCtrl-C ends it.")
        server.serve(browser=browser)
