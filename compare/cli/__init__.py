"""The command line: parse, settings, one library call, write, exit code. A thin module a command, loaded when it is."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import NoReturn, TextIO

# NumPy's BLAS would start a thread a processor that spins for work which never comes: nothing here multiplies matrices.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import click

from compare.errors import EXIT_BUG, EXIT_CLEAN, EXIT_INPUT, EXIT_INTERRUPTED, CompareError
from compare.version import __version__

COMMANDS = (
    "run", "open", "diff", "explain", "dedup", "repeats",
    "check", "accept", "audit", "index", "query", "config", "completion",
)  # fmt: skip


class Lazy(click.Group):
    """A group that imports a command's module only when the command is called or its help is shown."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """The commands, in the order a newcomer meets them."""
        return list(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; an unknown one is an error that says which may be meant."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            from compare.names import meant  # noqa: PLC0415  # only for a mistake

            hint = meant(name, COMMANDS)
            ctx.fail(f"No such command {name[:40]!r}." + (f" Did you mean {hint}?" if hint else ""))
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # likewise
        """The command of a name, or none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"compare.cli.{cmd_name}").command
        return command


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="compare")
def main() -> None:
    """Find reused text: what is copied, from where, and what was changed on the way.

    \b
    compare run seeds/                            a folder of articles → side-by-side HTML in reports/
    compare open                                  that report in your browser
    compare diff a.txt b.txt                      two texts, here in the terminal
    compare dedup corpus.jsonl --output clean/    duplicates of a corpus, and the corpus without them
    compare repeats a.txt                         what stands twice in one text
    compare check articles/ --fail-on near        the gate: ends with 1 where reuse is not accepted
    compare index build archive/                  an index of an archive, for the next line
    compare query draft.md                        where a text was used before

    Where ImageMagick's `compare` stands in the way, call `compare-text`, or `python -m compare`.
    """  # noqa: D301  # click's \b keeps the lines


def entry() -> NoReturn:
    """Run the command line and leave with the exit code of `errors.py`; no traceback for what a user can mend."""
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()  # none where they were closed
    gc.set_threshold(100_000, 50, 100)  # a corpus is many small records and no cycles: 4 % of the time was its search
    code = EXIT_CLEAN
    try:
        code = invoked()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has enough: no fault, and a gate that has decided keeps its code
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except Exception as error:
        if os.environ.get("COMPARE_DEBUG"):
            raise
        code = told(error)
    except KeyboardInterrupt:
        code = told(click.Abort())
    sys.exit(code)


def _nowhere() -> TextIO:
    """A stream that what is said goes into and is gone."""
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123  # it stays open as long as the process


def invoked() -> int:
    """Run the command that the arguments name; its exit code."""
    if "_COMPARE_COMPLETE" in os.environ:  # a shell asks for completions
        main.main(prog_name="compare")
    try:
        with main.make_context("compare", sys.argv[1:]) as context:
            main.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    return EXIT_CLEAN


def told(error: Exception) -> int:
    """Say in one line on stderr what went wrong; the exit code that goes with it."""
    if isinstance(error, click.ClickException):
        error.show()
        return EXIT_INPUT
    if isinstance(error, CompareError):
        line, code = str(error), error.exit_code
    elif isinstance(error, click.Abort):
        line, code = "interrupted", EXIT_INTERRUPTED
    elif isinstance(error, MemoryError):
        line, code = "out of memory; try a smaller input", EXIT_INPUT
    elif isinstance(error, OSError):
        line, code = f"cannot go on: {error.strerror or error}", EXIT_INPUT
    else:
        line, code = f"a bug of ours: {type(error).__name__}: {error} (COMPARE_DEBUG=1 shows where)", EXIT_BUG
    click.echo(f"compare: {line}", err=True)
    if os.environ.get("GITHUB_ACTIONS") == "true" and code in {EXIT_INPUT, EXIT_BUG}:
        click.echo(f"::error title=compare::{line.replace('%', '%25')}", err=True)  # else a step fails without a word
    return code
