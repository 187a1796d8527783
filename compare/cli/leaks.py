"""`compare leaks`: which items of a test set stand in what a model is trained on."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compare.cli import Greedy
from compare.cli.dedup import joined_fields
from compare.cli.options import configured, files, progress_bar, set_option, workers_option
from compare.errors import EXIT_CLEAN, EXIT_FINDINGS, InputError, SettingsError
from compare.terminal.streams import tell
from compare.wording.escape import PIPED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.jobs.leaks import Sets
    from compare.settings import Settings

_TEXTS = ("text_fields", "test_fields")


@click.command("leaks", cls=Greedy, greedy="--test")
@click.argument("paths", nargs=-1, required=True, metavar="TRAIN… TEST", shell_complete=files)
@click.option(
    "--test", multiple=True, metavar="PATH…", shell_complete=files,
    help="The test set: all paths up to the next option. All others are trained on then.",
)  # fmt: skip
@click.option(
    "--words", type=click.IntRange(1, 1000), default=13, show_default=True, metavar="N",
    help="Words in a row that contaminate an item.",
)  # fmt: skip
@click.option(
    "--share", type=click.FloatRange(0, 1), default=0, metavar="SHARE",
    help="Share of an item's words in such passages, from which it is contaminated.  [default: any]",
)  # fmt: skip
@click.option("--output", metavar="FILE", help="Write all contaminated items to a .csv or a .json file.")
@click.option(
    "--id", "id_field", default="id", show_default=True, metavar="FIELD",
    help="The field with the id; '' names rows by file and line.",
)  # fmt: skip
@click.option(
    "--text", "text_fields", default=["text"], show_default="text", multiple=True, metavar="FIELD",
    help="Its text's field, or a path; several are one text, in their order.",
)  # fmt: skip
@click.option(
    "--test-text", "test_fields", multiple=True, metavar="FIELD",
    help="The same of a test item.  [default: as --text]",
)  # fmt: skip
@click.option(
    "--allow-unread", is_flag=True, default=None, help="Go by what could be read, where something could not.",
)  # fmt: skip
@workers_option
@set_option
def command(paths: tuple[str, ...], test: tuple[str, ...], words: int, output: str | None, **options: object) -> None:
    """Tell which items of a test set stand in what a model is trained on, word for word.

    The last path is the test set, or what --test names; the others are trained on: tables (JSON lines or an array, CSV,
    tab-separated, Parquet, Arrow), files or folders, - for what is piped in. An item is contaminated if 13 words in a
    row of it (--words) stand in a document of the train set, or all of an item of 8 to 12 words.

    Each comes with the share of its words in such passages, the longest of them, and where that stands. Ends with 1 if
    an item is contaminated, with 2 if something could not be read.

    \b
    compare leaks train/ test.jsonl
    compare leaks train/*.jsonl --test mmlu.csv arc.jsonl --output leaks.csv
    """  # noqa: D301
    from compare.jobs.leaks import check_output, leaks_of, write_leaks  # noqa: PLC0415  # NumPy, once the words are parsed
    from compare.jobs.memory import keep_freed_memory  # noqa: PLC0415  # ctypes
    from compare.terminal.leaks import leaks_text, unread_items  # noqa: PLC0415

    changes = options["changes"]
    given = {name: options[name] for name in ("workers", "allow_unread")}
    chosen = configured(paths, changes if isinstance(changes, tuple) else (), **given)
    sets = _sets(paths, test, words, options, chosen.options.workers)
    keep_freed_memory()
    with _piped(sets, chosen.settings) as named, progress_bar() as progress:
        if output:
            check_output(Path(output), named)
        leaks = leaks_of(named, chosen.settings, progress)
    if output:
        write_leaks(leaks, Path(output))
    tell(leaks_text(leaks, output or ""))
    if (unread := unread_items(leaks)) and not chosen.options.allow_unread:
        raise InputError(unread)
    raise click.exceptions.Exit(EXIT_FINDINGS if leaks.leaked else EXIT_CLEAN)


@contextmanager
def _piped(sets: Sets, settings: Settings) -> Iterator[Sets]:
    """The sets, with what is piped in for `-` on either side. Raises InputError."""
    from compare.sources.fields import Reading  # noqa: PLC0415
    from compare.sources.piped import piped_in  # noqa: PLC0415

    fields, count = sets.test_fields if PIPED in sets.test else sets.train_fields, len(sets.train)
    with piped_in((*sets.train, *sets.test), Reading(settings, fields, digest=False)) as paths:
        yield replace(sets, train=paths[:count], test=paths[count:])


def _sets(paths: tuple[str, ...], test: tuple[str, ...], words: int, options: dict[str, object], workers: int) -> Sets:
    """What is trained on and what is tested with. Raises SettingsError where only one of the two is named."""
    from compare.jobs.leaks import Sets  # noqa: PLC0415

    train = paths if test else paths[:-1]
    if not train:
        raise SettingsError("one path is not enough: name what is trained on, then the test set")
    share, id_ = float(str(options["share"])), str(options["id_field"])
    texts, tested = ((*map(str, given),) if isinstance(given := options[name], tuple) else () for name in _TEXTS)
    of_train, of_test = joined_fields(id_, texts, ""), joined_fields(id_, tested or texts, "")
    fields = of_train, replace(of_test, option="--test-text ") if tested else of_test
    return Sets(train, test or paths[-1:], words, share, *fields, workers)
