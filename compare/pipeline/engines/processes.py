"""Parts of a work in processes of their own: copies of this one, which write what they make and end."""

from __future__ import annotations

import gc
import os
import signal
import sys
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING

from compare.ending import UNDISTURBED, as_child, call_off, on_ending

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Tell = Callable[[int, int], None]
    """Is told of so many more steps, and bytes that were read."""
    Work = Callable[[int, Tell], None]
    """Makes a part, by its number, and tells."""

CAN_FORK = sys.platform == "linux"
"""Elsewhere a copy of a process may not use its libraries."""
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def in_processes(work: Work, shares: Sequence[Sequence[int]], tell: Tell) -> bool:
    """Let each share of the parts be made by a process of its own; comes back when all have ended, well or not.

    Whatever went wrong, its parts are not there: whoever asks sees that. Returns whether one of the processes was
    killed. None of them outlives this one.
    """
    reading, writing = os.pipe()
    children: list[int] = []
    duty = on_ending(lambda: _stop(children))
    try:
        with suppress(OSError):  # the system gives no more of them: the parts of the others are not there
            for share in shares:
                with UNDISTURBED:
                    children.append(_child(work, share, (reading, writing)))
        os.close(writing)
        writing = -1
        _listen(reading, tell)
        killed = False
        while children:
            killed |= os.WIFSIGNALED(os.waitpid(children[0], 0)[1])
            children.pop(0)
        return killed
    finally:
        with UNDISTURBED:
            _stop(children)
            call_off(duty)
            for end in (reading, writing):
                if end >= 0:
                    os.close(end)


def _child(work: Work, share: Sequence[int], ends: tuple[int, int]) -> int:
    """Start a process; its number."""
    parent = os.getpid()
    with warnings.catch_warnings():
        # of threads that hold locks: ours have ended, and a test runner's hold none that a part asks for
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return child
    code = 1
    try:  # nothing of the parent's is to run here, neither its exits nor what it would write
        as_child()
        _end_with(parent)
        os.close(ends[0])
        gc.freeze()
        for part in share:
            work(part, lambda steps, size: _write(ends[1], steps, size))
        code = 0
    finally:
        os._exit(code)


def _end_with(parent: int) -> None:
    """Let the system end this process when its parent has ended."""
    import ctypes  # noqa: PLC0415  # where processes are wanted

    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _write(end: int, steps: int, size: int) -> None:
    os.write(end, b"%d %d\n" % (steps, size))


def _listen(end: int, tell: Tell) -> None:
    """Tell what all of the others tell, until the last has ended."""
    rest = b""
    while block := os.read(end, 1 << 16):
        *lines, rest = (rest + block).split(b"\n")
        for line in lines:
            tell(*map(int, line.split()))


def _stop(children: list[int]) -> None:
    for child in children:
        with suppress(OSError):  # a signal came between its end and our note of that
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    children.clear()
