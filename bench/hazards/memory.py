"""Every command under every limit of memory: it works as ever, or says in one line that there is too little.

    python bench/hazards/memory.py [--from 20] [--to 400] [--step 10]

A limit is of addresses (`RLIMIT_AS`, `ulimit -v`). Never a hang, a traceback, another exit code than 2, a library's own
words, or half a result.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from hazards.world import JOBS, Ended, contents, ended, fresh, newsroom, temporaries
from measure import machine, table

LINE = b"compare: out of memory; try a smaller input\n"
SECONDS = 60
"""A limit that is tight makes nothing slow; a shared machine may."""
READING = {
    "--version": ("--version",),
    "diff": ("diff", "articles/001.md", "articles/002.md"),
    "explain": ("explain", "articles/002.md", "articles/003.md", "--in", "articles"),
    "repeats": ("repeats", "articles/001.md"),
    "query": ("query", "articles/001.md", "--index", "built.index"),
    "index verify": ("index", "verify", "--index", "built.index"),
}
COMMANDS = {**{name: job.words for name, job in JOBS.items()}, **READING}


@dataclass(slots=True)
class Tally:
    """How often a command worked, and how often it said that memory is short."""

    worked: int = 0
    refused: int = 0
    least: int = 0
    """MB with which it first worked."""
    problems: list[str] = field(default_factory=list)


def limited(megabytes: int) -> None:
    """Set the limit; for the child, before it becomes Python."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def limits(name: str, template: Path, folder: Path, megabytes: range) -> Tally:
    """A command under each of some limits, against what it says and writes without one."""
    words, writes = COMMANDS[name], JOBS[name].writes if name in JOBS else ()
    place = fresh(template, folder)
    before, right = contents(place, writes), ended(words, place)
    after, tally = contents(place, writes), Tally()
    for limit in megabytes:
        place = fresh(template, folder) if writes else place
        found = ended(words, place, seconds=SECONDS, before=partial(limited, limit))
        left = contents(place, writes)
        if same(found, right):
            tally.worked += 1
            tally.least = tally.least or limit
            wrong = [] if name.startswith("index") or left == after else ["other files"]
        else:
            tally.refused += 1
            wrong = [] if (found.code, found.err) == (2, LINE) else [f"{found.code} {found.err[-300:]!r}"]
            wrong += [] if name.startswith("index") or left == before else ["a result in part"]
        wrong += [f"left {temporaries(place)}"] if [one for one in temporaries(place) if ".compare" in one] else []
        tally.problems += [f"{limit} MB: {one}" for one in wrong]
    return tally


def same(found: Ended, right: Ended) -> bool:
    """Whether a command did and said what it should; the size of an index may differ."""
    return (found.code, found.err) == (right.code, right.err)


def main() -> None:
    """All commands, in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="least", type=int, default=20)
    parser.add_argument("--to", dest="most", type=int, default=400)
    parser.add_argument("--step", type=int, default=10)
    options = parser.parse_args()
    rows: list[list[object]] = []
    problems: list[str] = []
    with tempfile.TemporaryDirectory(prefix="hazards-") as folder:
        template = newsroom(Path(folder) / "template")
        for name in COMMANDS:
            steps = range(options.least, options.most + 1, options.step)
            tally = limits(name, template, Path(folder) / "place", steps)
            rows.append([name, len(steps), tally.worked, tally.refused, tally.least, len(tally.problems)])
            problems += [f"{name}, {problem}" for problem in tally.problems]
    print(f"{options.least} to {options.most} MB. {machine()}\n")
    table(["command", "limits", "as ever", "out of memory, 2", "works from (MB)", "problems"], rows)
    print("\n".join(problems))
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
