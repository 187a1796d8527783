"""Every command with its standard streams closed, full, or without a reader.

    python bench/hazards/streams.py

A result that cannot be printed ends with 2, never with 0, and never with 1 or 3, which mean something else. Where
nobody reads any more (`| head`) a command ends as it would have. What cannot be said on stderr changes nothing.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))
from hazards.world import COMPARE, JOBS, environment, fresh, newsroom
from measure import machine, table

SILENT = ("run", "dedup of files", "dedup of rows", "accept", "index build", "index add", "index remove")
"""Commands whose result is in files: a closed stdout takes nothing from it."""
COMMANDS = {
    **{name: job.words for name, job in JOBS.items()},
    "diff": ("diff", "articles/002.md", "articles/003.md"),
    "explain": ("explain", "articles/002.md", "articles/003.md"),
    "repeats": ("repeats", "articles/001.md"),
    "check, clean": ("check", "articles/001.md"),
    "check, a wrong path": ("check", "/nowhere"),
    "audit": ("audit", "articles", "--accepted", "accepted.toml"),
    "index info": ("index", "info", "--index", "built.index"),
    "index verify": ("index", "verify", "--index", "built.index"),
    "query": ("query", "articles/001.md", "--index", "built.index"),
    "query -": ("query", "-", "--index", "built.index"),
    "config": ("config",),
    "config --schema": ("config", "--schema"),
    "completion": ("completion", "bash"),
    "open, no report": ("open", "nowhere"),
    "--help": ("--help",),
    "run --help": ("run", "--help"),
    "--version": ("--version",),
    "a mistyped one": ("rum",),
}
LOST = (">&-", ">/dev/full", ">/dev/full 2>/dev/full", "<&- >&- 2>&-", ">&- 2>/dev/full")
"""Redirections by which what is printed is lost."""
HEARD = ("", "2>&-", "2>/dev/full", "<&-", "| true", "2>&1 | true")
"""Redirections that change no code; of `query -` a closed stdin does."""


if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(slots=True)
class Tally:
    """How often a command ended as it should."""

    codes: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def redirected(name: str, redirection: str, folder: Path) -> tuple[int, str]:
    """Run a command under a redirection of a shell; its code, and what reached stderr."""
    command = " ".join(map(shlex.quote, [*COMPARE, *COMMANDS[name]]))
    piped = "|" in redirection
    script = f"{{ {command}; echo $? > code; }} {redirection}" if piped else f"exec {command} {redirection}"
    run = subprocess.run(  # noqa: S603
        ["sh", "-c", script],  # noqa: S607  # a shell is what redirects
        cwd=folder, env=environment(), input=b"Some words.", capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    return int((folder / "code").read_text()) if piped else run.returncode, run.stderr.decode(errors="replace")


def matrix(name: str, template: Path, folder: Path, redirections: Sequence[str] = (*HEARD, *LOST)) -> Tally:
    """A command under some redirections; the first is none."""
    tally = Tally()
    for redirection in redirections:
        code, err = redirected(name, redirection, fresh(template, folder))
        tally.codes[redirection] = code
        right = wanted(name, redirection, tally.codes[""])
        plain = code != 2 or "2>" in redirection or err.startswith(("compare: ", "Usage: "))  # noqa: PLR2004
        if code != right or not plain or "Traceback" in err or "rror in" in err or "ignored" in err:
            tally.problems.append(f"{redirection or 'as it is'}: {code}, not {right}: {err[-300:]!r}")
    return tally


def wanted(name: str, redirection: str, usual: int) -> int:
    """The code that a redirection is to give."""
    if name == "query -" and "<&-" in redirection:
        return 2
    if redirection in HEARD or (name in SILENT and ">/dev/full" not in redirection.removesuffix("2>/dev/full")):
        return usual
    return 2


def main() -> None:
    """All commands, in turn."""
    rows: list[list[object]] = []
    problems: list[str] = []
    with tempfile.TemporaryDirectory(prefix="hazards-") as folder:
        template = newsroom(Path(folder) / "template")
        for name in COMMANDS:
            tally = matrix(name, template, Path(folder) / "place")
            rows.append([name, *tally.codes.values()])
            problems += [f"{name}, {problem}" for problem in tally.problems]
    print(machine() + "\n")
    table(["command", *(f"`{one}`" if one else "as it is" for one in (*HEARD, *LOST))], rows)
    print("\n".join(problems))
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
