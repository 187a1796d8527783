"""How the program ends before its work is done: interrupted, terminated, or out of memory.

    SIGINT            one line, 130        at any moment, in an import or in another library's wait too
    SIGTERM, SIGHUP   no word, the signal's own death

What is temporary goes first, and a block that puts results in place is let come to its end. Nothing is raised for a
signal, since an exception may be lost on its way. This module imports next to nothing, and stands before all others.
"""

from __future__ import annotations

import os
import signal

from compare.errors import EXIT_INTERRUPTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import NoReturn

OUT_OF_MEMORY = "out of memory; try a smaller input"
NUMPY = 96 << 20
"""Bytes of addresses that NumPy is loaded into (84 MB): its OpenBLAS ends the process with 1 where they are missing."""
SCIPY = 160 << 20
"""Likewise SciPy and scikit-learn (176 MB): a second OpenBLAS, which comes early in that and tries for ever."""
_TIGHT = 48 << 20
"""Bytes without which an error that nobody foresaw is taken for one of memory."""
_SIGNS = (
    "cannot allocate memory", "cannot map", "can't start new thread", "failed to map segment", "out of memory",
    "unable to allocate", "static tls",
)  # fmt: skip
"""What the loader, threads and libraries say where memory is short, in lower case."""
_ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))

_duties: dict[int, Callable[[], None]] = {}
_quiet = False


def take_over() -> None:
    """Answer signals as the head of this module says, but for those that whoever started us wants ignored."""
    for number in _ENDING:
        if signal.getsignal(number) not in {signal.SIG_IGN, None}:
            signal.signal(number, _end)


def interrupt_ends_well() -> None:
    """From now on SIGINT is how the command is meant to end: with 0, and without a word."""
    global _quiet  # noqa: PLW0603  # a process ends once
    _quiet = True


def on_ending(duty: Callable[[], None]) -> int:
    """Something to be done should the process end early; the number by which it is called off."""
    number = max(_duties, default=0) + 1
    _duties[number] = duty
    return number


def call_off(number: int) -> None:
    """The duty of this number is done, or no longer needed."""
    _duties.pop(number, None)


def as_child() -> None:
    """From now on this process is a copy of another, which answers for all that is temporary, and for the signals."""
    _duties.clear()
    UNDISTURBED.depth = 0
    for number in _ENDING:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to both: the other one ends both


class Undisturbed:
    """A block that is not cut short by a signal: what comes meanwhile is answered at its end. Blocks may nest.

    >>> with UNDISTURBED:
    ...     pass
    """

    __slots__ = ("depth", "waiting")

    def __init__(self) -> None:
        self.depth, self.waiting = 0, 0

    def __enter__(self) -> None:
        self.depth += 1

    def __exit__(self, *_: object) -> None:
        self.depth -= 1
        if self.waiting and not self.depth:
            _end(self.waiting, None)


UNDISTURBED = Undisturbed()


def _end(number: int, _frame: object) -> None:
    if UNDISTURBED.depth:
        UNDISTURBED.waiting = UNDISTURBED.waiting or number
        return
    for stop_signal in _ENDING:
        signal.signal(stop_signal, signal.SIG_IGN)  # a second one changes nothing
    _do_duties()
    if number != signal.SIGINT:
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        leave(128 + number)  # the first process of a container does not die of it
    if not _quiet:
        say("interrupted")
    leave(0 if _quiet else EXIT_INTERRUPTED)


def _do_duties() -> None:
    """The last first: a process that writes into a temporary folder ends before that is removed."""
    for duty in reversed(list(_duties.values())):
        try:  # noqa: SIM105  # no module is imported that early
            duty()
        except Exception:  # noqa: BLE001, S110  # the next one is to be done all the same
            pass


def say(line: str) -> None:
    """A line on stderr, whatever has become of Python's own streams. Where nobody can hear it, nothing happens."""
    say_raw(f"compare: {line}\n".encode("utf-8", "backslashreplace"))


def say_raw(raw: bytes) -> None:
    """Likewise, as it is."""
    try:  # noqa: SIM105  # no module is imported that early
        os.write(2, raw)
    except OSError:
        pass


def leave(code: int) -> NoReturn:
    """End with a code now: the interpreter's own way out would flush streams again, and might change the code."""
    _do_duties()
    os._exit(code)


# --- memory --------------------------------------------------------------------------------------------------------


def room_for(size: int) -> bool:
    """Whether so many bytes can still be had. They are asked for and given back; no page of them is touched."""
    try:
        import mmap  # noqa: PLC0415  # a library of its own, which may not be had either

        if hasattr(mmap, "MAP_PRIVATE"):
            mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).close()
    except (ImportError, OSError, MemoryError):
        return False
    return True


def need(size: int) -> None:
    """Raises MemoryError where so many bytes cannot be had: before a library that would hang, or end the process."""
    if not room_for(size):
        raise MemoryError


def is_memory(error: BaseException) -> bool:
    """Whether an error, or one that it came from, is of memory.

    >>> is_memory(ImportError("libopenblas.so: failed to map segment from shared object"))
    True
    >>> is_memory(ImportError("No module named 'duckdb'"))
    False
    """
    return any(_is_memory(cause) for cause in _chain(error))


def is_memory_most_likely(error: BaseException) -> bool:
    """Likewise, where nobody foresaw the error: libraries that get no memory say many things, or nothing."""
    return is_memory(error) or not room_for(_TIGHT)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen = 0
    while error is not None and seen < 100:  # noqa: PLR2004  # a chain may be a ring
        yield error
        error, seen = error.__cause__ or error.__context__, seen + 1


def _is_memory(error: BaseException) -> bool:
    if isinstance(error, MemoryError):
        return True
    if isinstance(error, OSError) and error.errno == 12:  # noqa: PLR2004  # ENOMEM
        return True
    kinds = (ImportError, OSError, RuntimeError)
    return isinstance(error, kinds) and any(sign in str(error).lower() for sign in _SIGNS)
