"""`compare check`: the gate. Reuse that a policy names and nobody has accepted ends with 1."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compare.cli import Numeric
from compare.cli.gate import accepted_option, against_option, gate_of, strict_option, unread_option
from compare.cli.options import (
    color_option,
    configured,
    fields_option,
    piped,
    progress_bar,
    set_option,
    wants_color,
    workers_option,
)
from compare.errors import InputError, SettingsError
from compare.formats.choose import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.model import Checked


@click.command("check", cls=Numeric)
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@against_option
@click.option(
    "--changed-from", default="", metavar="REF", help="Check only documents that differ from a git ref, against all."
)
@click.option(
    "--fail-on", metavar="POLICY", help='exact, near, passage, none or an expression: "near or longest >= 60".'
)
@click.option("--warn-on", metavar="POLICY", help="Pairs that are told of and do not fail.")
@accepted_option
@unread_option
@strict_option
@click.option(
    "--report", "reports", multiple=True, metavar="FORMAT=PATH",
    help=f"Also write {', '.join(FORMATS[:-1])} or {FORMATS[-1]}; several times; - for stdout.",
)  # fmt: skip
@color_option
@fields_option
@workers_option
@set_option
def command(paths: tuple[str, ...], changes: tuple[str, ...], reports: tuple[str, ...], **options: object) -> None:
    """Fail if articles reuse each other, or anything in --against, beyond what is accepted.

    PATH… are files, folders, globs and tables as in `compare run`, - for what is piped in; without one, `paths` of
    compare.toml.

    \b
    compare check seeds/
    compare check articles/ --changed-from origin/main
    compare check drafts/ --against archive.index --report sarif=reuse.sarif

    \b
    Exit code: 0 clean · 1 findings · 2 usage or input; also, with all reports
    written, where an article cannot be read or a cap has left out what may be a
    finding · 3 our bug · 130 interrupted
    """  # noqa: D301
    from compare.formats.sentences import exit_code, unseen  # noqa: PLC0415
    from compare.formats.text import render  # noqa: PLC0415
    from compare.jobs.check import check_paths  # noqa: PLC0415  # NumPy and the rest, once the words are parsed

    given = {
        name: options[name]
        for name in ("against", "fail_on", "warn_on", "accepted", "strict_accepted", "allow_unread", "workers")
    }
    asked = [report_of(text) for text in reports]
    chosen = configured(paths, changes, **given)
    files = [report for report in asked if report[1] != "-"]
    with piped(paths, chosen.settings) as named, progress_bar() as progress:
        gate = replace(gate_of(chosen, named, str(options["changed_from"])), written=tuple(path for _, path in files))
        checked = check_paths(gate, chosen.settings, progress)
    write_reports(checked, files)
    printed = [_rendered(name, checked) for name, path in asked if path == "-"]
    annotations = _told_to_github(checked)
    for text in annotations if ("github", "-") not in asked else ():
        click.echo(text, nl=False, err=bool(printed))  # a report on stdout stays whole; GitHub reads stderr too
    for text in printed or [render(checked, colored=wants_color(str(options["color"])))]:
        click.echo(text, nl=False, color=True)
    if printed and not "".join(printed).strip():  # a log without a word looks as if nothing had run
        click.echo(render(checked).partition("\n")[0], err=True)
    if checked.unseen:
        click.echo(f"compare: {unseen(checked)}", err=True)
    raise click.exceptions.Exit(exit_code(checked))


def report_of(text: str) -> tuple[str, str]:
    """Format and path of a `--report`. Raises SettingsError.

    >>> report_of("sarif=out/reuse.sarif")
    ('sarif', 'out/reuse.sarif')
    """
    name, equals, path = text.partition("=")
    if not equals or not path:
        raise SettingsError(f"--report {text!r}: write it as FORMAT=PATH, as in --report json=reuse.json")
    if name not in FORMATS:
        raise SettingsError(f"--report {text!r}: the format must be one of {', '.join(FORMATS)}")
    return name, path


def _rendered(name: str, checked: Checked) -> str:
    from compare.formats.choose import render  # noqa: PLC0415

    return render(name, checked)


def write_reports(checked: Checked, reports: Sequence[tuple[str, str]]) -> None:
    """Write the reports, all rendered and written before the first takes its place. Raises InputError."""
    from compare.files.atomic import write_together  # noqa: PLC0415

    write_together([(Path(path), _rendered(name, checked).encode()) for name, path in reports])


def _told_to_github(checked: Checked) -> list[str]:
    """In a GitHub Action: the step's summary is written, and the annotations come back, to be printed."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return []
    from compare.formats.github import render, step_summary  # noqa: PLC0415

    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        try:
            with Path(summary).open("a", encoding="utf-8") as file:
                file.write(step_summary(checked))
        except OSError as error:
            raise InputError(f"the step summary cannot be written: {error.strerror}") from error
    return [render(checked)]
