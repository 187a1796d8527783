"""`compare run`: a folder of articles → scores, aligned passages, side-by-side HTML."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from compare.cli import Numeric
from compare.cli.gate import accepted_option, again, is_named
from compare.cli.options import (
    all_drifts_option,
    configured,
    fields_option,
    files,
    piped,
    progress_bar,
    set_option,
    workers_option,
)
from compare.jobs.day import today
from compare.terminal.streams import tell


@click.command("run", cls=Numeric)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", shell_complete=files)
@click.option(
    "--output",
    metavar="FOLDER",
    shell_complete=files,
    help="Where the report goes: reports, if no setting says otherwise.",
)
@accepted_option
@all_drifts_option
@fields_option
@workers_option
@set_option
def command(paths: tuple[str, ...], changes: tuple[str, ...], *, all_drifts: bool, **options: object) -> None:
    """Compare articles with each other and write a side-by-side report.

    PATH… are texts (.txt, .md), documents (.docx, .odt, .rtf, .pdf, .html, .eml), folders, globs and tables (JSON,
    CSV, tab-separated, Parquet), mixed; - for what is piped in.

    \b
    compare run seeds/
    compare run ours.txt theirs.txt wire.jsonl --output reports/monday
    """  # noqa: D301
    from compare.jobs.check import with_accepted  # noqa: PLC0415  # as below
    from compare.jobs.run import check_output, run_paths  # noqa: PLC0415
    from compare.report.write import VOUCHING, write_report  # noqa: PLC0415
    from compare.terminal.summary import run_summary  # noqa: PLC0415  # NumPy and the rest, once the words are parsed

    chosen = configured(paths, changes, **options)
    folder, accepted = Path(chosen.options.output), Path(chosen.options.accepted)
    with piped(paths, chosen.settings) as named, progress_bar() as progress:
        check_output(folder, VOUCHING, named)
        report = run_paths(named, chosen.settings, chosen.options.workers, progress)
        report = replace(report, again=again(chosen, paths), all_drifts=all_drifts)
        report = with_accepted(report, accepted, Path(chosen.root), today(), needed=is_named(chosen))
        written = write_report(report, folder)
    tell(run_summary(report, folder, len(written)))
