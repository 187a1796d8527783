"""`compare dedup`: the duplicates of a corpus, and the corpus without them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from compare.cli import Greedy
from compare.cli.options import Fraction, configured, files, memory_change, memory_option, set_option, workers_option
from compare.errors import InputError, SettingsError
from compare.files.remote import Address, is_remote
from compare.model import Verdict
from compare.settings import CHOICES
from compare.terminal.streams import tell
from compare.vocabulary import STEPS
from compare.wording.escape import PIPED, meant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.jobs.dedup import Corpus
    from compare.jobs.stages import Stages
    from compare.jobs.work import Lasting
    from compare.settings import Settings
    from compare.sources.fields import Fields


@click.command("dedup", cls=Greedy, greedy="--against")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…", shell_complete=files)
@click.option(
    "--output",
    metavar="FOLDER",
    help="Where pairs, clusters and kept documents go.  [required, but for --plan and --step]",
)
@click.option(
    "--plan", is_flag=True,
    help="Write nothing: read a sample, and print about how many documents there are, and what time, memory and disk a "
    "run takes.",
)  # fmt: skip
@click.option(
    "--keep", default="first", show_default=True, metavar="first|longest|newest|input|FIELD",
    help="Which document of a cluster stays: the earliest dated, longest, newest, first of the input, or highest value "
    "of a field. With input the result hangs on the order of INPUT… and of rows (files of a folder go by name).",
)  # fmt: skip
@click.option(
    "--drop", default="identical,near-duplicate,contained", show_default=True, metavar="VERDICT,…",
    help="What falls: any of identical, near-duplicate, contained; with --against, contains; none: all is listed only.",
)  # fmt: skip
@click.option(
    "--against", multiple=True, metavar="PATH…", shell_complete=files,
    help="Drop what stands in these, too, which are neither dropped nor written: all paths up to the next option.",
)  # fmt: skip
@click.option(
    "--id", "id_field", default="id", show_default=True, metavar="FIELD",
    help="The field with the id, or the path to it (meta.id); '' names rows by file and line.",
)  # fmt: skip
@click.option(
    "--ids", "ids_hold", type=click.Choice(["corpus", "file"]), default="corpus", show_default=True,
    help="Where an id names one row: in all of the corpus, or, if ids restart, in its file; it is then path#id.",
)  # fmt: skip
@click.option(
    "--text", "text_fields", default=("text",), show_default=True, metavar="FIELD", multiple=True,
    help="The field with the text, or the path to it (meta.doc.text). Given several times (--text title --text body), "
    "the texts of all these fields are one, with blank lines between them.",
)  # fmt: skip
@click.option(
    "--pairs", type=click.Choice(["falling", "all"]), default="falling", show_default=True,
    help="What pairs.csv lists: pairs of which one falls, or would, or also `derived` ones that drop nothing.",
)  # fmt: skip
@click.option(
    "--allow-unread", is_flag=True, default=None,
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
@click.option(
    "--timings", metavar="FILE", help="Write what each stage took (seconds, memory) to a .json file, once all is done.",
)  # fmt: skip
@click.option(
    "--cut", type=click.Choice(["passages"]),
    help="Drop no documents, but cut passages that stand a second time out of them: cuts.csv, kept/. Of JSON only.",
)  # fmt: skip
@click.option(
    "--passage-words", type=click.IntRange(8, 1000), default=50, show_default=True, metavar="N",
    help="Words in a row that make such a passage.",
)  # fmt: skip
@click.option("--cut-anywhere", is_flag=True, help="Cut inside sentences too.")
@click.option(
    "--work", metavar="FOLDER",
    help="Keep what is done there: the same command, given again, goes on. It is refused for another corpus.",
)  # fmt: skip
@click.option(
    "--step", type=click.Choice(STEPS), metavar="STEP",
    help="With --work and --part, for a scheduler: make some parts of one step and end. In this order: "
    f"{', '.join(STEPS)}; then the command without --step.",
)  # fmt: skip
@click.option("--part", type=Fraction(), metavar="I/N", help="With --step: every Nth of its parts, from the Ith.")
@click.option(
    "--engine", type=click.Choice(CHOICES["engine"]),
    help="Where it is done: spark is a cluster, whose workers share INPUT… and --work FOLDER. The result is the same.",
)  # fmt: skip
@click.option(
    "--master", metavar="URL",
    help="With --engine spark: the cluster, such as spark://host:7077, yarn or local[4]; under spark-submit its own.",
)  # fmt: skip
@memory_option
@workers_option
@set_option
def command(inputs: tuple[str, ...], output: str | None, keep: str, drop: str, **options: object) -> None:
    """Find exact, near and partial duplicates, and write the corpus without them.

    INPUT… are tables (JSON lines or an array, CSV, tab-separated, Parquet, Arrow) with the fields `id` and `text`,
    files or folders, compressed (gzip, bzip2, xz, Zstandard) or not, or - for a table that is piped in. Whatever is no
    duplicate stays as it was, whether it could be compared or not.

    \b
    Written to FOLDER:
      pairs.csv      every pair of duplicates, or with --pairs all every pair
                     that shares text: verdict and exact scores
      clusters.csv   which document stays, which ones fall for it, and why
      against.csv    with --against: which document is in which of those, and where
      cuts.csv       with --cut passages, instead of those three: what was cut
      kept/          what stays, in the input's own format, compression and files
      summary.json   counts, settings, what was skipped and what caps left out
    """  # noqa: D301
    from compare.jobs.dedup import Corpus  # noqa: PLC0415  # NumPy and the rest, once the words are parsed
    from compare.pipeline.deduplicate import Keeping  # noqa: PLC0415
    from compare.pipeline.policy import POLICIES  # noqa: PLC0415

    if not options["cut"]:
        _refuse_without_cut()
    extra = "" if keep in POLICIES else keep
    changes = options["changes"]
    changes = (*changes, *memory_change(options["memory"])) if isinstance(changes, tuple) else ()
    changes += (f"engine={options['engine']}",) if options["engine"] else ()
    inputs, against = _addressed(inputs), _addressed(options["against"])
    near = () if isinstance(inputs[0], Address) else inputs
    chosen = configured(near, changes, workers=options["workers"], allow_unread=options["allow_unread"])
    master = _master(options, chosen.settings)
    fields = _fields(options, extra, chosen.settings)
    different_stay = bool(options["keep_different_facts"])
    verdicts, contains = falling(drop, against=bool(against))
    keeping = Keeping(
        keep, verdicts, derived=options["pairs"] == "all", facts=bool(options["facts"]) or different_stay,
        different_stay=different_stay, contains=contains,
    )  # fmt: skip
    place, address = _place(output or "")
    corpus = Corpus(inputs, place, fields, keeping, chosen.options.workers, against, master, address)
    if options["plan"]:
        _plan(corpus, chosen.settings, options)
        return
    lasting = _lasting(corpus, options)
    if output is None and not (lasting and lasting.portion):
        context = click.get_current_context()
        raise click.MissingParameter(None, context, _option(context, "output"))
    _clean(corpus, chosen.settings, {**options, "lasting": lasting, "allow_unread": chosen.options.allow_unread})


def _addressed(names: object) -> tuple[str, ...]:
    """The names of inputs, addresses among them as such: only who types a command names them."""
    return tuple(Address(name.rstrip("/")) if is_remote(name) else name for name in cast("tuple[str, ...]", names))


def _place(name: str) -> tuple[Path, str]:
    """A folder, or an address, which ends in no slash."""
    return (Path(), name.rstrip("/")) if is_remote(name) else (Path(name), "")


def _master(options: dict[str, object], settings: Settings) -> str:
    """The cluster that is named. Raises SettingsError where it is asked for nothing, or for what it does not do."""
    said = "--engine spark" if options["engine"] else "engine=spark"
    for name in ("cut", "plan") if settings.engine == "spark" else ():
        if options[name]:
            raise SettingsError(f"{said} goes with documents that fall; ask for that without --{name}")
    if options["master"] is not None and settings.engine != "spark":
        raise SettingsError("--master goes with --engine spark")
    return str(options["master"] or "")


def _fields(options: dict[str, object], extra: str, settings: Settings) -> Fields:
    """The fields that are read: those of the command line, else of the setting. Raises SettingsError."""
    from compare.sources.fields import TEXT, fields_of  # noqa: PLC0415  # once the words are parsed

    texts = options["text_fields"]
    names = tuple(map(str, texts)) if isinstance(texts, tuple) else ()
    fields = joined_fields(str(options["id_field"]), names, extra)
    if names == (TEXT,) and settings.fields:
        said = fields_of(settings.fields)
        fields = replace(
            said, id=fields.id if fields.id != "id" else said.id, extra=extra, option="--text ", markup=False
        )
    return replace(fields, by_file=options["ids_hold"] == "file")


def _lasting(corpus: Corpus, options: dict[str, object]) -> Lasting | None:
    """Where the work is kept, and what of it is asked. Raises SettingsError for what does not go with that."""
    from compare.jobs.work import Lasting  # noqa: PLC0415  # where it is asked for
    from compare.pipeline.engines.base import Portion  # noqa: PLC0415

    work, step, part = options["work"], options["step"], options["part"]
    folder, address = _place(str(work or ""))
    place = address or folder
    if (step is None) != (part is None):
        raise SettingsError("--step and --part go together: --step sketch --part 1/16")
    if work is None:
        if step is not None:
            raise SettingsError("--step goes with --work FOLDER, which all parts share")
        return None
    if options["cut"]:
        raise SettingsError("--work goes with documents that fall; --cut passages keeps nothing")
    if PIPED in corpus.inputs or PIPED in corpus.against:
        raise SettingsError("--work reads its inputs again; what is piped in (-) cannot be")
    if step is None or not isinstance(part, tuple):
        return Lasting(place)
    later = frozenset(STEPS[STEPS.index(str(step)) + 1 :])
    return Lasting(place, Portion(str(step), part[0], part[1], later))


def _option(context: click.Context, name: str) -> click.Parameter:
    return next(parameter for parameter in context.command.params if parameter.name == name)


def _plan(corpus: Corpus, settings: Settings, options: dict[str, object]) -> None:
    """Tell what a run would take. Raises SettingsError for what there is no plan of."""
    from compare.jobs.dedup import check_output  # noqa: PLC0415  # as above
    from compare.jobs.forecast import planned  # noqa: PLC0415  # where it is asked for
    from compare.terminal.forecast import forecast_text  # noqa: PLC0415

    if wrong := [name for name in ("cut", "timings", "work", "step") if options[name] is not None]:
        raise SettingsError(f"--plan is of documents that fall, and writes nothing; ask for it without --{wrong[0]}")
    if corpus.goes_to != str(Path()):
        check_output(corpus)
    tell(forecast_text(planned(corpus, settings)))


def _refuse_without_cut() -> None:
    """Refuse options that say how passages are cut where none are. Raises SettingsError."""
    given = click.get_current_context().get_parameter_source
    for name in ("passage_words", "cut_anywhere"):
        if given(name) is click.core.ParameterSource.COMMANDLINE:
            raise SettingsError(f"--{name.replace('_', '-')} goes with --cut passages")


def _clean(corpus: Corpus, settings: Settings, options: dict[str, object]) -> None:
    """Do it with all that is named, what is piped in included, and tell. An output that cannot be is refused first."""
    from compare.jobs.asked_fields import check_keep  # noqa: PLC0415  # as above
    from compare.jobs.dedup import check_output, results_in  # noqa: PLC0415
    from compare.jobs.memory import keep_freed_memory  # noqa: PLC0415  # ctypes
    from compare.jobs.stages import check_timings  # noqa: PLC0415
    from compare.sources.fields import Reading  # noqa: PLC0415
    from compare.sources.piped import piped_in  # noqa: PLC0415

    if not corpus.keeping.keep:
        raise SettingsError("--keep is empty; name first, longest, newest, input or a field")
    keep_freed_memory()
    if corpus.goes_to != str(Path()) or not options["step"]:
        check_output(corpus)
    if options["timings"] is not None:
        place, inputs = Path(str(options["timings"])), (*corpus.inputs, *corpus.against)
        check_timings(place, inputs, results_in(corpus.output))
    count = len(corpus.inputs)
    with piped_in((*corpus.inputs, *corpus.against), Reading(settings, corpus.fields, digest=False)) as paths:
        named = replace(corpus, inputs=paths[:count], against=paths[count:])
        check_keep(named, settings)
        (_cut if options["cut"] else _drop)(named, settings, options)


def _drop(corpus: Corpus, settings: Settings, options: dict[str, object]) -> None:
    """Drop the duplicates."""
    from compare.jobs.dedup import deduplicate_paths  # noqa: PLC0415  # as above
    from compare.pipeline.engines.disk import PortionDone  # noqa: PLC0415
    from compare.terminal.summary import dedup_summary, portion_line, unread_sentence  # noqa: PLC0415

    lasting = cast("Lasting | None", options["lasting"])
    try:
        with _stages(corpus, options["timings"]) as stages:
            summary = deduplicate_paths(corpus, settings, stages, lasting)
    except PortionDone as done:
        tell(portion_line(done))
        return
    tell(dedup_summary(summary, corpus.goes_to))
    if summary.unread and not options["allow_unread"]:
        raise InputError(unread_sentence(summary))


def _cut(corpus: Corpus, settings: Settings, options: dict[str, object]) -> None:
    """Cut passages instead of dropping documents. Raises SettingsError for what goes with documents that fall."""
    from compare.jobs.cut import cut_paths  # noqa: PLC0415  # where it is asked for
    from compare.pipeline.cut import Cutting  # noqa: PLC0415
    from compare.pipeline.policy import DUPLICATES  # noqa: PLC0415
    from compare.terminal.summary import cut_summary, unread_sentence  # noqa: PLC0415

    keeping = corpus.keeping
    given = {
        "--against": corpus.against, "--keep-different-facts": keeping.different_stay, "--facts": keeping.facts,
        "--drop": keeping.drop != DUPLICATES, "--pairs": keeping.derived,
    }  # fmt: skip
    if wrong := [name for name, value in given.items() if value]:
        raise SettingsError(f"{wrong[0]} goes with documents that fall, and --cut passages drops none")
    cutting = Cutting(int(str(options["passage_words"])), bool(options["cut_anywhere"]), keeping.keep)
    with _stages(corpus, options["timings"]) as stages:
        summary = cut_paths(corpus, cutting, settings, stages)
    tell(cut_summary(summary, corpus.goes_to))
    if summary.unread and not options["allow_unread"]:
        raise InputError(unread_sentence(summary))


@contextmanager
def _stages(corpus: Corpus, timings: object) -> Iterator[Stages]:
    """What a job tells of its stages: they are shown on a terminal, and written to a file at the end if one is named.

    How long reading takes yet is told where the inputs are all that is read.
    """
    from compare.cli.progress import stage_line  # noqa: PLC0415  # where a job runs
    from compare.jobs.stages import Stages, write_timings  # noqa: PLC0415
    from compare.sources.spans import size_of  # noqa: PLC0415
    from compare.sources.walk import plan  # noqa: PLC0415

    with stage_line(lambda: 0 if corpus.against else size_of(plan(corpus.inputs))) as show:
        stages = Stages(show)
        yield stages
    if timings is not None:
        write_timings(Path(str(timings)), stages.timings())


def joined_fields(id_: str, texts: tuple[str, ...], extra: str) -> Fields:
    """The fields that are read, one or several for the text. Raises SettingsError as below, or for two alike."""
    first, *more = [single_fields(id_, text, extra) for text in texts]
    if len(set(texts)) < len(texts):
        raise SettingsError(f"--text names a field twice: {', '.join(texts)}")
    return replace(first, joined=tuple(fields.text for fields in more))


def single_fields(id_: str, text: str, extra: str) -> Fields:
    """The fields that are read. Raises SettingsError where two of them are one, or the text has none."""
    from compare.sources.fields import Fields  # noqa: PLC0415  # once the words are parsed

    if not text:
        raise SettingsError("--text is empty; name the field with the text")
    if id_ == text:
        raise SettingsError(f"--id and --text are both {id_!r}; --id '' names rows by file and line")
    return Fields(id=id_, text=text, extra=extra, option="--text ")


def falling(drop: str, *, against: bool) -> tuple[frozenset[Verdict], bool]:
    """The verdicts of a comma-separated list, and whether `contains` is among them; `none` stands alone.

    Raises SettingsError for what does not make duplicates, and for `contains` without `--against`.
    """
    allowed = [verdict.value for verdict in Verdict if verdict.is_duplicate]
    names = [name.strip() for name in drop.split(",") if name.strip()]
    choices = ", ".join([*allowed, *["contains"] * against, "none"])
    for name in names if names != ["none"] else ():
        if name == "contains" and not against:
            raise SettingsError("--drop 'contains' is of documents that hold one of --against; name these")
        if name not in {*allowed, "contains"}:
            best = meant(name, [*allowed, *["contains"] * against])
            alone = "; none stands alone" if name == "none" else f"; did you mean {best}?" if best else ""
            raise SettingsError(f"--drop {name!r}: it must be one of {choices}{alone}")
    if not names:
        raise SettingsError(f"--drop is empty; name some of {choices}")
    return frozenset(Verdict(name) for name in names if name in allowed), "contains" in names
