"""`compare index`: a persistent index of articles, which `query` and `check` ask."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from compare.cli import Numeric, Whole
from compare.cli.options import configured, fields_option, files, progress_bar, set_option, workers_option
from compare.errors import InputError
from compare.terminal.streams import tell
from compare.wording.explain import plural

if TYPE_CHECKING:
    from compare.index.build import IndexChange

index_option = click.option(
    "--index", "file", metavar="FILE", shell_complete=files,
    help="The file of the index: compare.index, if no setting says otherwise.",
)  # fmt: skip
paths_argument = click.argument("paths", nargs=-1, required=True, metavar="PATH…", shell_complete=files)
SHOWN_SKIPPED = 5


@click.group("index", cls=Whole)
def command() -> None:
    """Keep an index of articles, so that one text is compared with all of them at once.

    \b
    compare index build archive/         a new index in compare.index
    compare index add archive/ new.txt   what is new or has changed
    compare index remove archive/2019    files, folders, or rows as table.jsonl#ID
    """  # noqa: D301


@command.command("build", cls=Numeric)
@paths_argument
@index_option
@fields_option
@workers_option
@set_option
def build(paths: tuple[str, ...], file: str | None, workers: int | None, changes: tuple[str, ...]) -> None:
    """Index all articles of PATH… in a new file, in place of an older index."""
    from compare.index.build import create  # noqa: PLC0415  # NumPy and the rest, once the words are parsed
    from compare.jobs.memory import keep_freed_memory  # noqa: PLC0415  # ctypes

    keep_freed_memory()
    chosen = configured(paths, changes, index=file, workers=workers)
    target = Path(chosen.options.index)
    with progress_bar() as progress:
        change = create(paths, target, chosen.settings, chosen.options.workers or 1, progress)
    tell(_summary(f"{plural(change.added, 'document')} of {plural(change.files, 'file')} indexed.", change, target))


@command.command("add", cls=Numeric)
@paths_argument
@index_option
@click.option(
    "--new-only", is_flag=True,
    help="Leave out what the index, or a document before it, holds: identical, nearly, or as a part. List it as CSV.",
)  # fmt: skip
@fields_option
@workers_option
@set_option
def add(
    paths: tuple[str, ...], file: str | None, workers: int | None, changes: tuple[str, ...], **options: object
) -> None:
    """Add what is new in PATH…, and replace what has changed; other files are not read.

    What is gone from the disk stays in the index until it is removed.
    """
    from compare.index.update import Work, extend  # noqa: PLC0415  # as above
    from compare.terminal.duplicates import duplicate_lines, header_line  # noqa: PLC0415

    chosen = configured(paths, changes, index=file, workers=workers)
    target, new_only = Path(chosen.options.index), bool(options["new_only"])
    with progress_bar() as progress:
        if new_only:
            click.echo(header_line(), nl=False)
        work = Work(
            chosen.options.workers or 1, progress=progress, new_only=new_only,
            left_out=lambda duplicates: click.echo("".join(duplicate_lines(duplicates)), nl=False),
        )  # fmt: skip
        change = extend(paths, target, chosen.settings, work)
    counts = (
        f"{plural(change.added, 'document')} added",
        f"{change.replaced:,} replaced",
        f"{change.removed:,} removed",
        *([f"{plural(change.duplicates, 'duplicate')} left out"] if new_only else []),
    )
    same = f"; {plural(change.same, 'file')} unchanged." if change.same else "."
    summary = _summary(", ".join(counts) + same, change, target)
    if new_only:
        click.echo(summary, err=True)  # the list is on stdout
    else:
        tell(summary)


@command.command("remove", cls=Numeric)
@paths_argument
@index_option
@set_option
def remove(paths: tuple[str, ...], file: str | None, changes: tuple[str, ...]) -> None:
    """Take files, folders or rows (`table.jsonl#ID`) out of the index; they need not be on the disk any more."""
    from compare.index.update import take_out  # noqa: PLC0415  # as above

    chosen = configured((), changes, index=file)
    target = Path(chosen.options.index)
    change = take_out(paths, target, chosen.settings)
    tell(_summary(f"{plural(change.removed, 'document')} removed.", change, target))


@command.command("info", cls=Numeric)
@index_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def info(file: str | None, *, as_json: bool) -> None:
    """Say what the index holds and what it was built with."""
    import msgspec  # noqa: PLC0415

    from compare.index.info import info as read_info  # noqa: PLC0415  # as above
    from compare.wording.escape import shown  # noqa: PLC0415

    target = Path(configured(index=file).options.index)
    about = read_info(target)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(about), indent=1).decode())
        return
    holds = f"{plural(about.documents, 'document')} of {plural(about.files, 'file')}, {about.bytes:,} bytes"
    lines = [
        f"{shown(target)}: {holds}.",
        "Built with " + ", ".join(f"{name} {shown(value)}" for name, value in about.header.items()) + ".",
        *(f"Not all of {shown(name)} is in it: run `compare index add` on it." for name in about.unfinished),
    ]
    click.echo("\n".join(lines))


@command.command("verify", cls=Numeric)
@index_option
@set_option
def verify(file: str | None, changes: tuple[str, ...]) -> None:
    """Prove the index sound: derive everything from the stored texts again. Ends with 2 where something is wrong."""
    from compare.index.verify import verify as check  # noqa: PLC0415  # as above
    from compare.wording.escape import shown  # noqa: PLC0415

    chosen = configured((), changes, index=file)
    target = Path(chosen.options.index)
    with progress_bar() as progress:
        verified = check(target, chosen.settings, progress)
    if verified.problems:
        for problem in verified.problems:
            click.echo(problem)
        raise InputError(
            f"{shown(target)}: the index is damaged; delete it and build it again with `compare index build`"
        )
    click.echo(
        f"{shown(target)}: sound. {plural(verified.documents, 'document')}, {verified.postings:,} postings checked."
    )


def _summary(first: str, change: IndexChange, target: Path) -> str:
    """What was done, what was skipped, and what the index holds now."""
    from compare.formats.sentences import some  # noqa: PLC0415
    from compare.wording.escape import shown  # noqa: PLC0415  # with the rest
    from compare.wording.words import doubt_lines, skipped_lines  # noqa: PLC0415

    skipped = some((f"Skipped {line}" for line in skipped_lines(change.skipped)), SHOWN_SKIPPED)
    doubts = some((f"Read with a doubt: {line}" for line in doubt_lines(change.doubts)), SHOWN_SKIPPED)
    last = f"{shown(target)} holds {plural(change.documents, 'document')} in {change.bytes:,} bytes."
    return "\n".join([first, *skipped, *doubts, last])
