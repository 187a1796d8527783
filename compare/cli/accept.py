"""`compare accept`: remember that a person has allowed the reuse between two documents."""

from __future__ import annotations

import getpass
import os
from typing import TYPE_CHECKING

import click

from compare.cli import Numeric
from compare.cli.gate import accepted_option, against_option, files_of, gate_of, unread_option
from compare.cli.options import configured, files, set_option
from compare.errors import SettingsError
from compare.jobs.day import last_day, today
from compare.model import Reason
from compare.terminal.streams import tell
from compare.wording.explain import plural

if TYPE_CHECKING:
    from compare.jobs.accept import Acceptance


@click.command("accept", cls=Numeric)
@click.argument("what", nargs=-1, metavar="A B|--all [PATH]…", shell_complete=files)
@click.option(
    "--reason", type=click.Choice([reason.value for reason in Reason]), required=True, help="Why it is allowed."
)
@click.option("--note", default="", help="What else is to be known: the licence, the agreement.")
@click.option("--by", default="", help="Who allows it.  [default: COMPARE_BY, or your login name]")
@click.option("--expires", default="", metavar="DATE", help="The last day on which it is allowed, as 2027-03-31.")
@click.option("--passage", "passages", multiple=True, metavar="KEY", help="Only this passage; several times.")
@click.option("--in", "inside", multiple=True, metavar="PATH", help="Read A and B among these, as a check does.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Accept all that a check of PATH… fails for and that was never accepted: to begin with.",
)
@against_option
@click.option("--fail-on", metavar="POLICY", help="With --all: the policy to check by.")
@accepted_option
@unread_option
@set_option
def command(
    what: tuple[str, ...],
    changes: tuple[str, ...],
    inside: tuple[str, ...],
    passages: tuple[str, ...],
    **options: object,
) -> None:
    """Allow the reuse between two documents, or some passages of it, in compare.accepted.toml.

    A and B are paths, or names as `compare check` prints them. What is allowed stays so after a typo is mended or a
    file is renamed; it is reported again when more is reused, or when a fact comes to differ.

    \b
    compare accept ours/ferry.md wire/ferry.md --reason wire --note "AP, licensed"
    compare explain ours/ferry.md wire/ferry.md     the keys of its passages
    compare accept --all articles/ --reason other --note "before the gate"
    """  # noqa: D301
    from compare.gate.reuse import Decision  # noqa: PLC0415
    from compare.jobs.accept import accept_findings, accept_pair  # noqa: PLC0415  # NumPy, once the words are parsed

    paths = (*what, *inside) if options["everything"] else inside
    given = {name: options[name] for name in ("against", "accepted", "fail_on", "allow_unread")}
    chosen = configured(paths or what, changes, **given)
    reason, by = Reason(str(options["reason"])), who(str(options["by"]))
    decision = Decision(
        reason, by, today(), str(options["note"]).strip(), last_day(str(options["expires"]), "--expires")
    )
    if options["everything"]:
        acceptance = accept_findings(decision, gate_of(chosen, paths), chosen.settings)
    else:
        names = two_of(what)
        gate = gate_of(chosen, inside or chosen.options.paths or files_of(names, chosen))
        acceptance = accept_pair(names, decision, passages, gate, chosen.settings)
    tell(done_text(acceptance, chosen.options.accepted))


def two_of(what: tuple[str, ...]) -> tuple[str, str]:
    """Two names. Raises SettingsError if they are fewer or more."""
    if len(what) != 2:  # noqa: PLR2004
        raise SettingsError("name two documents, as in `compare accept a.md b.md --reason wire`, or give --all")
    return what[0], what[1]


def done_text(acceptance: Acceptance, file: str) -> str:
    """What was written, a line an entry; and what it took the place of."""
    from compare.formats.sentences import entry_and_note, entry_line  # noqa: PLC0415
    from compare.wording.escape import shown  # noqa: PLC0415

    place = shown(os.path.relpath(file))
    lines = [f"Accepted: {entry_line(entry)}, in {place}." for entry in acceptance.entries]
    lines += [f"In place of: {entry_and_note(entry)}." for entry in acceptance.replaced]
    if acceptance.open_again:
        lines.append(
            f"Left: {plural(acceptance.open_again, 'finding')} accepted before and open again; look at each by itself."
        )
    return "\n".join(lines) or "A check fails for nothing: there is nothing to accept."


def who(given: str) -> str:
    """Who allows it. Raises SettingsError: nobody is named, and the login has no name."""
    name = given.strip() or os.environ.get("COMPARE_BY", "").strip()
    try:
        return name or getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise SettingsError("--by: say who allows it") from None
