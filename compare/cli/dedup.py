"""`compare dedup`: the duplicates of a corpus, and the corpus without them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from compare.cli import Numeric
from compare.cli.options import configured, files, progress_bar, set_option, workers_option
from compare.errors import InputError, SettingsError
from compare.model import Verdict
from compare.terminal.streams import tell

if TYPE_CHECKING:
    from compare.sources.fields import Fields


@click.command("dedup", cls=Numeric)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…", shell_complete=files)
@click.option("--output", required=True, metavar="FOLDER", help="Where pairs, clusters and kept documents go.")
@click.option(
    "--keep", default="first", show_default=True, metavar="first|longest|newest|FIELD",
    help="Which document of a cluster stays: the earliest dated, longest, newest, or highest value of a field.",
)  # fmt: skip
@click.option(
    "--drop", default="identical,near-duplicate,contained", show_default=True, metavar="VERDICT,…",
    help="What falls: any of identical, near-duplicate, contained.",
)  # fmt: skip
@click.option(
    "--id", "id_field", default="id", show_default=True, metavar="FIELD",
    help="The field with the id; '' names rows by file and line.",
)  # fmt: skip
@click.option("--text", "text_field", default="text", show_default=True, metavar="FIELD", help="Its text's field.")
@click.option(
    "--pairs", type=click.Choice(["falling", "all"]), default="falling", show_default=True,
    help="What pairs.csv lists: pairs of which one falls, or would, or also `derived` ones that drop nothing.",
)  # fmt: skip
@click.option(
    "--allow-unread", is_flag=True,
    help="End with 0 though rows or files could not be read; they are in kept/ as they were.",
)  # fmt: skip
@click.option(
    "--facts", is_flag=True,
    help="Tell of what falls how many facts differ from what stays: columns in pairs.csv and clusters.csv.",
)  # fmt: skip
@click.option(
    "--keep-different-facts", is_flag=True,
    help="Keep documents in which a fact differs from the one that they would fall to. Implies --facts.",
)  # fmt: skip
@workers_option
@set_option
def command(inputs: tuple[str, ...], output: str, keep: str, drop: str, **options: object) -> None:
    """Find exact, near and partial duplicates, and write the corpus without them.

    INPUT… are tables (JSON lines or an array, CSV, tab-separated, Parquet) with the fields `id` and `text`, files or
    folders. Whatever is no duplicate stays byte for byte, whether it could be compared or not.

    \b
    Written to FOLDER:
      pairs.csv      every pair of duplicates, or with --pairs all every pair
                     that shares text: verdict and exact scores
      clusters.csv   which document stays, which ones fall for it, and why
      kept/          what stays, in the input's own format
      summary.json   counts, settings, what was skipped and what caps left out
    """  # noqa: D301
    from compare.jobs.dedup import Corpus, deduplicate_paths  # noqa: PLC0415  # NumPy and the rest, once the words are parsed
    from compare.jobs.memory import keep_freed_memory  # noqa: PLC0415  # ctypes
    from compare.pipeline.deduplicate import Keeping  # noqa: PLC0415
    from compare.terminal.summary import dedup_summary, unread_sentence  # noqa: PLC0415  # as the next one

    extra = "" if keep in {"first", "longest", "newest"} else keep
    fields = fields_of(str(options["id_field"]), str(options["text_field"]), extra)
    changes = options["changes"]
    chosen = configured(inputs, changes if isinstance(changes, tuple) else (), workers=options["workers"])
    different_stay = bool(options["keep_different_facts"])
    facts, derived = bool(options["facts"]) or different_stay, options["pairs"] == "all"
    keeping = Keeping(keep, verdicts_of(drop), derived=derived, facts=facts, different_stay=different_stay)
    corpus = Corpus(inputs, Path(output), fields, keeping, chosen.options.workers)
    keep_freed_memory()
    with progress_bar() as progress:
        summary = deduplicate_paths(corpus, chosen.settings, progress)
    tell(dedup_summary(summary, corpus.output))
    if summary.unread and not options["allow_unread"]:
        raise InputError(unread_sentence(summary))


def fields_of(id_: str, text: str, extra: str) -> Fields:
    """The fields that are read. Raises SettingsError where two of them are one, or the text has none."""
    from compare.sources.fields import Fields  # noqa: PLC0415  # once the words are parsed

    if not text:
        raise SettingsError("--text is empty; name the field with the text")
    if id_ == text:
        raise SettingsError(f"--id and --text are both {id_!r}; --id '' names rows by file and line")
    return Fields(id=id_, text=text, extra=extra)


def verdicts_of(drop: str) -> frozenset[Verdict]:
    """The verdicts of a comma-separated list. Raises SettingsError for one that does not make duplicates."""
    allowed = [verdict.value for verdict in Verdict if verdict.is_duplicate]
    names = [name.strip() for name in drop.split(",") if name.strip()]
    for name in names:
        if name not in allowed:
            raise SettingsError(f"--drop {name!r}: it must be one of {', '.join(allowed)}")
    if not names:
        raise SettingsError(f"--drop is empty; name some of {', '.join(allowed)}")
    return frozenset(Verdict(name) for name in names)
