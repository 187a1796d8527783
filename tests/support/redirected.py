"""What a shell's redirections leave of the standard streams, in a process that runs already.

What is closed when Python starts is None to a program, and its number goes to the next file that is opened.
"""

from __future__ import annotations

import os
import re
import runpy
import sys
from pathlib import Path

NAMES = ("stdin", "stdout", "stderr")
CODE = "import sys; sys.path.insert(0, {folder!r}); import redirected; del sys.path[0]; redirected.begin({words!r})"


def program(words: str) -> str:
    """A program that runs `compare` with its streams redirected, as in `2>&1 | true` or `<draft >&-`."""
    return CODE.format(folder=str(Path(__file__).parent), words=words)


def begin(words: str) -> None:
    """Redirect the streams of this process, and run `compare` in it."""
    flows, _, reader = words.partition("|")
    if reader:
        leave(1)
    for flow in flows.split():
        redirect(flow)
    runpy.run_module("compare", run_name="__main__", alter_sys=True)


def leave(number: int) -> None:
    """Let a stream go to a pipe that nobody reads any more."""
    reading, writing = os.pipe()
    os.dup2(writing, number)
    os.close(writing)
    os.close(reading)


def redirect(flow: str) -> None:
    """Close a stream, or let it go to another or to a file."""
    number, direction, target = re.fullmatch(r"(\d?)([<>])(.+)", flow).groups()
    stream = int(number or direction == ">")
    if target == "&-":
        close(stream)
    elif target.startswith("&"):
        os.dup2(int(target[1:]), stream)
    else:
        put(os.open(target, os.O_RDONLY if direction == "<" else os.O_WRONLY), stream)


def close(stream: int) -> None:
    """Close a stream, as if it had been so from the start."""
    os.close(stream)
    setattr(sys, NAMES[stream], None)
    setattr(sys, f"__{NAMES[stream]}__", None)


def put(descriptor: int, stream: int) -> None:
    """Let a stream be a file that is open."""
    os.dup2(descriptor, stream)
    os.close(descriptor)
