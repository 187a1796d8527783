"""`compare tune`: a policy for the gate from pairs that people marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from compare.cli.gate import gate_of
from compare.cli.options import configured, files, progress_bar, set_option, workers_option
from compare.terminal.streams import tell

if TYPE_CHECKING:
    from compare.gate.tuning import Tuned
    from compare.jobs.config import Configuration
    from compare.jobs.tune import Labels


@click.command("tune")
@click.argument("labels", metavar="LABELS.csv", shell_complete=files)
@click.argument("paths", nargs=-1, metavar="[PATH]…", shell_complete=files)
@click.option(
    "--precision", type=click.FloatRange(0, 1), default=0, metavar="SHARE",
    help="Find as much as can be found at this precision.  [default: the best F1]",
)  # fmt: skip
@click.option("--next", "next_file", metavar="FILE.csv", help="Write the pairs to mark next, with an empty label.")
@workers_option
@set_option
def command(
    labels: str, paths: tuple[str, ...], precision: float, next_file: str | None, changes: tuple[str, ...],
    **options: object,
) -> None:  # fmt: skip
    """Choose a policy for `compare check` by pairs that people marked, and tell how good it is.

    LABELS.csv has the columns a, b, label: two documents, by path, id or the name that `compare check` prints, and
    reuse or not (empty: not looked at yet). PATH… are the documents, as in `compare check`; without one, the files that
    LABELS.csv names. Or it has the columns text_a, text_b, label, and no documents.

    Precision and recall are those on pairs held back, with intervals.

    \b
    compare tune labels.csv articles/
    compare tune labels.csv articles/ --precision 0.95 --next next.csv
    """  # noqa: D301
    from compare.jobs.tune import read_labels, write_next  # noqa: PLC0415  # NumPy, once the words are parsed
    from compare.terminal.tune import tuned_text  # noqa: PLC0415

    table = read_labels(labels)
    chosen = configured(
        paths or ((labels,) if table.are_texts else table.names[:1]), changes, workers=options["workers"]
    )
    found = _tuned(table, chosen, paths, precision)
    if next_file:
        write_next(found, Path(next_file))
    tell(tuned_text(found, next_file or ""))


def _tuned(table: Labels, chosen: Configuration, paths: tuple[str, ...], precision: float) -> Tuned:
    from compare.jobs.tune import tune_documents, tune_texts  # noqa: PLC0415  # as above

    if table.are_texts:
        return tune_texts(table, chosen.settings, precision)
    gate = gate_of(chosen, paths or chosen.options.paths or table.names)
    with progress_bar() as progress:
        return tune_documents(table, gate, chosen.settings, precision, progress)
