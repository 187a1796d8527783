"""`compare explain`: why a pair has its verdict, what the gate says of it, and what would change that."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compare.cli import Numeric
from compare.cli.gate import accepted_option, against_option, files_of, gate_of, unread_option
from compare.cli.options import configured, files, set_option
from compare.errors import InputError, SettingsError

if TYPE_CHECKING:
    from compare.jobs.config import Configuration

    Names = tuple[str, str]

_KEY = re.compile(r"[0-9a-f]{4,16}")


@click.command("explain", cls=Numeric)
@click.argument("what", nargs=-1, required=True, metavar="KEY [PATH]…|A B", shell_complete=files)
@click.option("--in", "inside", multiple=True, metavar="PATH", help="Read A and B among these, as a check does.")
@against_option
@click.option("--fail-on", metavar="POLICY", help="The policy to explain by, as in `compare check`.")
@click.option("--warn-on", metavar="POLICY", help="Likewise.")
@accepted_option
@unread_option
@set_option
def command(what: tuple[str, ...], inside: tuple[str, ...], changes: tuple[str, ...], **options: object) -> None:
    """Explain a pair: what matched, every number against its limit, what would silence it and what would catch it.

    A B are two documents, by path or by the names that `compare check` prints. KEY is a key that it printed, or the
    beginning of one. Both are read as a check of PATH… reads them, or of `paths` in compare.toml; two files without
    either are compared alone.

    \b
    compare explain seeds/harbour-daily.md seeds/harbour-wire.md --in seeds/
    compare explain 820e5d1307f65202 seeds/
    """  # noqa: D301
    from compare.jobs.pair import pair_named, pairs_by_key  # noqa: PLC0415  # NumPy, once the words are parsed
    from compare.terminal.explanation import explanation  # noqa: PLC0415

    key, names, paths = understood(what, inside)
    chosen = configured(paths or names or (), changes, **options)
    alone = names if names and not paths and not chosen.options.paths else None
    gate = gate_of(chosen, files_of(alone, chosen) if alone else paths)
    pairs = [pair_named(names, gate, chosen.settings)] if names else pairs_by_key(key, gate, chosen.settings)
    if not pairs:
        raise InputError(f"{key}: no pair of {place_of(chosen, paths)} has a key that begins so")
    if len(pairs) > 1:
        click.echo(f"{len(pairs)} pairs have a key that begins so.\n")
    click.echo("\n\n---\n\n".join(explanation(pair, gate.policies, gate.again, alone=bool(alone)) for pair in pairs))


def place_of(chosen: Configuration, paths: tuple[str, ...]) -> str:
    """The inputs, for a message."""
    from compare.wording.escape import shown  # noqa: PLC0415

    return ", ".join(shown(path) for path in (paths or chosen.options.paths)[:3])


def understood(what: tuple[str, ...], inside: tuple[str, ...]) -> tuple[str, Names | None, tuple[str, ...]]:
    """A key, or two names; and the paths to read. Raises SettingsError.

    >>> understood(("820e5d13", "seeds/"), ())
    ('820e5d13', None, ('seeds/',))
    >>> understood(("a.md", "b.md"), ("seeds/",))
    ('', ('a.md', 'b.md'), ('seeds/',))
    """
    first, *rest = what
    if _KEY.fullmatch(first) and not Path(first).exists():
        return first, None, (*rest, *inside)
    if len(rest) == 1:
        return "", (first, rest[0]), inside
    raise SettingsError(
        "give two documents, as in `compare explain a.md b.md --in articles/`, or a key of 4 to 16 of the digits 0-9a-f"
    )
