"""`compare audit`: go through what is accepted."""

from __future__ import annotations

import click

from compare.cli import Numeric
from compare.cli.gate import accepted_option, against_option, gate_of, strict_option, unread_option
from compare.cli.options import configured, files, set_option, workers_option
from compare.errors import EXIT_CLEAN, EXIT_FINDINGS, InputError
from compare.wording.explain import plural


@click.command("audit", cls=Numeric)
@click.argument("paths", nargs=-1, metavar="[PATH]…", shell_complete=files)
@against_option
@accepted_option
@unread_option
@strict_option
@click.option("--prune", "pruned", is_flag=True, help="Take stale and expired entries out of the file.")
@click.option("--fail-on", metavar="POLICY", help="The policy that entries are needed for, as in `compare check`.")
@click.option("--warn-on", metavar="POLICY", help="Likewise.")
@workers_option
@set_option
def command(paths: tuple[str, ...], changes: tuple[str, ...], pruned: bool, **options: object) -> None:  # noqa: FBT001  # click's
    """List every accepted entry with what has become of it.

    In use, edited, grown, drifted, expired; stale: nothing needs it any more; not seen: its documents are there, but
    PATH… does not hold them. Reads as `compare check` does, and writes nothing without --prune. With --strict-accepted
    stale and expired entries end with 1.
    """
    from compare.jobs.accepted_file import remove_entries  # noqa: PLC0415
    from compare.jobs.check import check_paths  # noqa: PLC0415  # NumPy, once the words are parsed
    from compare.terminal.accepted import audit_text  # noqa: PLC0415
    from compare.wording.words import unseen_line  # noqa: PLC0415

    chosen = configured(paths, changes, **options)
    gate = gate_of(chosen, paths)
    checked = check_paths(gate, chosen.settings)
    click.echo(audit_text(checked))
    if checked.unseen:
        raise InputError(unseen_line(checked.unseen))
    over = {*checked.stale, *checked.expired}
    if pruned and over:
        remove_entries(over, gate.accepted)
        click.echo(f"\nTaken out: {plural(len(over), 'entry', 'entries')}.")
        return
    raise click.exceptions.Exit(EXIT_FINDINGS if checked.strict and (checked.stale or checked.expired) else EXIT_CLEAN)
