"""What the gate's commands share: what is asked, from options and settings, and the day it is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compare.errors import SettingsError
from compare.jobs.day import today

if TYPE_CHECKING:
    from compare.jobs.config import Configuration
    from compare.jobs.gather import Gate

against_option = click.option(
    "--against", multiple=True, metavar="PATH|INDEX",
    help="Also compare with these documents; they are not checked themselves. May be given several times.",
)  # fmt: skip
accepted_option = click.option(
    "--accepted", metavar="FILE", help="The file of accepted reuse.  [default: compare.accepted.toml]"
)
strict_option = click.option(
    "--strict-accepted", is_flag=True, default=None, help="Fail on accepted entries that are stale or expired."
)
unread_option = click.option(
    "--allow-unread", is_flag=True, default=None, help="Leave out articles that cannot be read; else that ends with 2."
)


def again(chosen: Configuration, paths: tuple[str, ...]) -> tuple[str, ...]:
    """Words with which `accept` and `explain` read the same documents; none where settings name them, or for many."""
    from compare.jobs.arguments import again_of  # noqa: PLC0415  # once the words are parsed

    against = chosen.options.against if chosen.origins["against"] == "--against" else ()
    accepted = chosen.options.accepted if chosen.origins["accepted"] == "--accepted" else ""
    words = again_of(paths, against, accepted)
    return (*words, "--allow-unread") if words and chosen.origins["allow_unread"] == "--allow-unread" else words


def is_named(chosen: Configuration) -> bool:
    """Whether somebody said which file of accepted reuse to read: it must then be there."""
    return chosen.origins["accepted"] != "default"


def gate_of(chosen: Configuration, paths: tuple[str, ...], changed_from: str = "") -> Gate:
    """What is asked of the gate: the paths given are compared with those of the settings, too.

    Raises:
        SettingsError: no path, or a policy that is none.
    """
    from compare.gate.policy import read_policy  # noqa: PLC0415
    from compare.jobs.gather import Gate  # noqa: PLC0415  # NumPy and the rest, once the words are parsed

    options = chosen.options
    if not paths and not options.paths:
        raise SettingsError('no path is given; name one, or set paths = ["articles"] in compare.toml')
    return Gate(
        paths=paths or options.paths,
        root=Path(chosen.root),
        accepted=Path(options.accepted),
        against=(*options.against, *options.paths) if paths else options.against,
        changed_from=changed_from,
        fail_on=read_policy(options.fail_on),
        warn_on=read_policy(options.warn_on) if options.warn_on.strip() else None,
        accepted_is_named=is_named(chosen),
        strict=options.strict_accepted,
        allow_unread=options.allow_unread,
        today=today(),
        workers=options.workers,
        again=again(chosen, paths),
    )


def files_of(names: tuple[str, str], chosen: Configuration) -> tuple[str, ...]:
    """The files that hold two documents, given by path or as `compare check` prints them.

    A name of which no file is left out, in case an index knows it; of two such the first is told of when it is read.
    """
    root = Path(chosen.root)
    files = [_file_of(name, root) for name in names]
    return tuple(dict.fromkeys(path for path in files if path)) or names


def _file_of(name: str, root: Path) -> str:
    from compare.sources.named import parted  # noqa: PLC0415

    file = parted(name, lambda path: os.path.lexists(path) or os.path.lexists(root / path))[0]
    return next((str(path) for path in (Path(file), root / file) if os.path.lexists(path)), "")
