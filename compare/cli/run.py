"""`compare run`: a folder of articles → scores, aligned passages, side-by-side HTML."""

from __future__ import annotations

from pathlib import Path

import click

from compare.cli.options import progress_bar, set_option, settings_of, workers_option
from compare.errors import InputError


@click.command("run")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--output", default="reports", show_default=True, metavar="FOLDER", help="Where the report goes.")
@workers_option
@set_option
def command(paths: tuple[str, ...], output: str, workers: int | None, changes: tuple[str, ...]) -> None:
    """Compare articles with each other and write a side-by-side report.

    PATH… are files (.txt, .md), folders, globs and tables (.jsonl, .csv, .parquet), mixed.

    \b
    compare run seeds/
    compare run ours.txt theirs.txt wire.jsonl --output reports/monday
    """  # noqa: D301
    from compare.cli.summary import run_summary  # noqa: PLC0415  # NumPy and the rest, once the words are parsed
    from compare.jobs import run_paths  # noqa: PLC0415
    from compare.report.write import write_report  # noqa: PLC0415

    if not output.strip():
        raise InputError("--output is empty; name a folder")
    with progress_bar() as progress:
        report = run_paths(paths, settings_of(changes), workers or 0, progress)
        written = write_report(report, Path(output))
    click.echo(run_summary(report, Path(output), len(written)))
