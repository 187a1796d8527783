"""The command line: parse, settings, one library call, write, exit code. A thin module a command, loaded when it is."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

# NumPy's BLAS would start a thread a processor that spins for work which never comes: nothing here multiplies matrices.
# Where memory is short it would say so in its own words.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import click

from compare.ending import NUMPY, OUT_OF_MEMORY, is_memory, is_memory_most_likely, need, say, take_over
from compare.errors import EXIT_BUG, EXIT_CLEAN, EXIT_INPUT, EXIT_INTERRUPTED, CompareError
from compare.terminal.streams import steady
from compare.version import __version__
from compare.wording.escape import PIPED

if TYPE_CHECKING:
    from typing import Any, NoReturn

COMMANDS = (
    "run", "open", "desk", "evidence", "diff", "text", "redline", "corrections", "explain", "dedup", "leaks", "repeats",
    "check", "accept", "audit", "tune", "index", "query", "config", "completion",
)  # fmt: skip

_SENTENCE = 1000
"""Characters that no first sentence of a command's help has."""


class Whole(click.Group):
    """A group whose help has the first sentence of each command in full, over as many lines as it takes."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.get_short_help_str(_SENTENCE)) for name, command in commands if command])


class Lazy(Whole):
    """A group that imports a command's module only when the command is called or its help is shown."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """The commands, in the order a newcomer meets them."""
        return list(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called, `diff` for two texts; an unknown one is an error that says which may be meant."""
        name = args[0] if args else ""
        if name and name not in COMMANDS:
            if is_text(name) and len(args) > 1 and (args[1] == PIPED or not args[1].startswith("-")):
                return super().resolve_command(ctx, ["diff", *args])
            if not name.startswith("-"):
                ctx.fail(f"No such command {name[:40]!r}.{_hint(name)}")
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # likewise
        """The command of a name, or none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"compare.cli.{cmd_name}").command
        return command


def is_text(name: str) -> bool:
    """Whether an argument names a file, or what is piped in."""
    return name == PIPED or os.path.isfile(name)  # noqa: PTH113  # pathlib raises where a name holds a NUL


def _hint(name: str) -> str:
    """What may have been meant by a command that there is not."""
    from compare.wording.escape import meant  # noqa: PLC0415  # only for a mistake

    if is_text(name):
        return " Name a second text to compare it with, as in `compare a.txt b.txt`."
    likely = meant(name, COMMANDS)
    return f" Did you mean {likely}?" if likely else ""


class Numeric(click.Command):
    """A command that computes: what it is about to load is loaded only where there is room for it."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # click's signature
        """Run it. Raises MemoryError."""
        need(NUMPY)
        return super().invoke(ctx)


class Greedy(Numeric):
    """One with an option that takes all paths up to the next option, as a shell's pattern gives them."""

    def __init__(self, *args: Any, greedy: str, **kwargs: Any) -> None:  # noqa: ANN401  # what click's command takes
        super().__init__(*args, **kwargs)
        self.greedy = greedy

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments, the option's name before each of its paths."""
        try:
            return super().parse_args(ctx, spread(args, self.greedy))
        except click.MissingParameter as error:
            if ctx.params.get(self.greedy.removeprefix("--")) and isinstance(error.param, click.Argument):
                hint = f"{self.greedy} takes all paths up to the next option: put it last."
                raise click.MissingParameter(hint, error.ctx, error.param) from None
            raise


def spread(args: list[str], option: str) -> list[str]:
    """Arguments with the name of an option before each of its values.

    >>> spread(["a", "--test", "b", "c", "--words", "8", "d"], "--test")
    ['a', '--test', 'b', '--test', 'c', '--words', '8', 'd']
    """
    result, inside = list[str](), False
    for place, word in enumerate(args):
        if word.startswith("-"):
            inside = word == option or word.startswith(f"{option}=")
        elif inside and args[place - 1] != option:
            result.append(option)
        result.append(word)
    return result


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="compare")
def main() -> None:
    """Find reused text: what is copied, from where, and what was changed on the way.

    \b
    compare run seeds/                            a folder of articles → side-by-side HTML in reports/
    compare open                                  that report in your browser
    compare evidence reports/ pair-0123456789ab   a pair of it with sources, dates and hashes, as one file to hand on
    compare a.txt b.txt                           two texts, here in the terminal (that is, compare diff)
    compare diff --changes a.txt b.txt            what was changed alone, each with its sentence
    compare corrections old.txt new.txt --against archive/    what was corrected, and who still has the old wording
    compare dedup corpus.jsonl --output clean/    duplicates of a corpus, and the corpus without them
    compare leaks train/ test.jsonl               items of a test set that stand in what a model is trained on
    compare repeats a.txt                         what stands twice in one text
    compare check articles/ --fail-on near        the gate: ends with 1 where reuse is not accepted
    compare index build archive/                  an index of an archive, for the next line
    compare query draft.md                        where a text was used before

    Where ImageMagick's `compare` stands in the way, call `compare-text`, or `python -m compare`.
    """  # noqa: D301  # click's \b keeps the lines


def entry() -> NoReturn:
    """Run the command line and exit with its code, in a program that is not ours; `compare.__main__` is ours."""
    sys.exit(code_of_run())


def code_of_run() -> int:
    """Run the command line; the exit code of `errors.py`. No traceback for what a user can mend."""
    take_over()
    steady()
    sys.unraisablehook = lambda _: None  # what cannot be raised changes no result
    gc.set_threshold(100_000, 50, 100)  # a corpus is many small records and no cycles: 4 % of the time was its search
    try:
        code = invoked()
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001  # told to the user, or to who asks for more
        return _failed(error)
    return code


def _failed(error: BaseException) -> int:
    """The exit code of an error, which is told. Where memory is short, as little as possible is done."""
    try:
        if is_memory(error):
            say(OUT_OF_MEMORY)
            return EXIT_INPUT
        if os.environ.get("COMPARE_DEBUG"):
            import traceback  # noqa: PLC0415  # only for who asks

            traceback.print_exception(error)
        return told(error)
    except MemoryError:
        say(OUT_OF_MEMORY)
        return EXIT_INPUT


def invoked() -> int:
    """Run the command that the arguments name; its exit code."""
    try:
        if "_COMPARE_COMPLETE" in os.environ:  # a shell asks for completions
            main.main(prog_name="compare")
        with main.make_context("compare", sys.argv[1:]) as context:
            main.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except SystemExit as ended:  # after completions
        return EXIT_INPUT if ended.code else EXIT_CLEAN
    return EXIT_CLEAN


def told(error: BaseException) -> int:
    """Say in one line on stderr what went wrong; the exit code that goes with it."""
    if isinstance(error, click.ClickException):
        error.show()
        return EXIT_INPUT
    if isinstance(error, CompareError):
        line, code = str(error), error.exit_code
    elif isinstance(error, click.Abort | KeyboardInterrupt):
        line, code = "interrupted", EXIT_INTERRUPTED
    elif is_memory_most_likely(error):
        line, code = OUT_OF_MEMORY, EXIT_INPUT
    elif isinstance(error, OSError):
        line, code = f"cannot go on: {error.strerror or error}", EXIT_INPUT
    else:
        line, code = f"a bug of ours: {type(error).__name__}: {error} (COMPARE_DEBUG=1 shows where)", EXIT_BUG
    click.echo(f"compare: {line}", err=True)
    if os.environ.get("GITHUB_ACTIONS") == "true" and code in {EXIT_INPUT, EXIT_BUG}:
        click.echo(f"::error title=compare::{line.replace('%', '%25')}", err=True)  # else a step fails without a word
    return code
