"""Documents read by a process of its own, with limits on its memory and its time: a hostile one ends that, not us.

One such process serves many documents. It begins as a copy of this one, and is replaced when it dies.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import warnings
from contextlib import suppress
from select import select
from threading import Lock, current_thread, main_thread
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from compare.documents.extract import extract as extract_here
from compare.documents.extracted import DEFAULTS, BlankError, DocumentError, Extracted, Limits
from compare.ending import as_child
from compare.errors import MissingExtraError

if TYPE_CHECKING:
    from typing import NoReturn

CAN_FORK = sys.platform == "linux"
"""Elsewhere a copy of a process may not use its libraries: documents are read in this one, with the other limits."""
_CLOCK, _LEAST_CLOCK = 10, 10
"""Times the seconds of CPU that a document may take by the clock, and seconds: the machine has other work."""
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_LENGTH = 8
_PAGE = 4096


class _Asked(msgspec.Struct, array_like=True):
    name: str
    size: int
    limits: Limits


class _Answer(msgspec.Struct, array_like=True):
    extracted: Extracted | None = None
    reason: str = ""
    blank: bool = False
    missing: str = ""
    """What needs a package that is not installed."""


class _Child(NamedTuple):
    number: int
    owner: int
    """The process that started it: a copy of that one has its ends too, and must not use them."""
    asking: int
    answers: int


class Reader:
    """The process that reads, started when there is something to be read."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._child: _Child | None = None

    @property
    def process(self) -> int:
        """Its number; 0 where there is none."""
        return self._child.number if self._child else 0

    def extract(self, name: str, raw: bytes, limits: Limits) -> Extracted:
        """As the function below says."""
        with self._lock:
            child = self._ready(limits)
            try:
                _ask(child, name, raw, limits)
                answer = _answer(child, limits)
            except (OSError, EOFError, msgspec.MsgspecError) as error:
                raise DocumentError(self._ended(limits)) from error
            except BaseException:  # an interrupt: what it would answer is nobody's any more
                self.stop()
                raise
        return _given(answer, limits)

    def _ready(self, limits: Limits) -> _Child:
        if self._child and (self._child.owner != os.getpid() or _has_ended(self._child)):
            self._forget()
        if self._child is None:
            self._child = _started(limits)
        return self._child

    def _ended(self, limits: Limits) -> str:
        """Why there is no answer: the process is dead, or is ended now."""
        status = self.stop()
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGALRM}:
            return f"takes more than the limit of {limits.seconds} seconds to read"
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            return f"takes more than the limit of {_clock(limits)} seconds by the clock to read"
        return "damaged: what reads it ended without an answer"

    def stop(self) -> int:
        """End the process; how it ended."""
        status = 0
        if self._child:
            number = self._child.number
            with suppress(OSError):
                done, status = os.waitpid(number, os.WNOHANG)
                if not done:
                    os.kill(number, signal.SIGKILL)
                    status = os.waitpid(number, 0)[1]
        self._forget()
        return status

    def _forget(self) -> None:
        if self._child:
            for end in (self._child.asking, self._child.answers):
                with suppress(OSError):
                    os.close(end)
        self._child = None


_READER = Reader()


def extract(name: str, raw: bytes, limits: Limits = DEFAULTS) -> Extracted:
    """The text of a document by the end of its name, whatever its bytes do. May be called by several threads.

    Raises:
        DocumentError: it cannot be read, or not within the limits; its message is the reason.
        MissingExtraError: an optional package is needed and not installed.
    """
    return _READER.extract(name, raw, limits) if CAN_FORK else extract_here(name, raw, limits)


def _has_ended(child: _Child) -> bool:
    """Whether the process is dead before it was asked: that says nothing of what it is to be asked."""
    try:
        return os.waitpid(child.number, os.WNOHANG)[0] != 0
    except OSError:
        return True


# --- this side -----------------------------------------------------------------------------------------------------


def _ask(child: _Child, name: str, raw: bytes, limits: Limits) -> None:
    head = msgspec.json.encode(_Asked(name.encode("utf-8", "replace").decode(), len(raw), limits))
    try:
        _send(child.asking, len(head).to_bytes(_LENGTH, "little") + head)
        _send(child.asking, raw)
    except BrokenPipeError as error:
        raise EOFError from error


def _answer(child: _Child, limits: Limits) -> _Answer:
    """What it answers. Raises EOFError where it ended, or took too long."""
    if not select([child.answers], [], [], _clock(limits))[0]:
        raise EOFError
    return msgspec.json.decode(_received(child.answers, _length(child.answers)), type=_Answer)


def _clock(limits: Limits) -> int:
    return limits.seconds * _CLOCK + _LEAST_CLOCK


def _given(answer: _Answer, limits: Limits) -> Extracted:
    """What was extracted, or the error that stands for it."""
    if answer.missing:
        raise MissingExtraError(answer.missing, "documents")
    if answer.extracted is None:
        reason = answer.reason or f"takes more than the limit of {limits.memory >> 20} MB of memory to read"
        raise (BlankError if answer.blank else DocumentError)(reason)
    return answer.extracted


def _started(limits: Limits) -> _Child:
    asking, answers = os.pipe(), os.pipe()
    parent, is_main = os.getpid(), current_thread() is main_thread()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads: the copy asks for nothing that they lock
        number = os.fork()
    if not number:
        os.close(asking[1])
        os.close(answers[0])
        _serve((asking[0], answers[1]), parent, limits, is_main=is_main)
    os.close(asking[0])
    os.close(answers[1])
    return _Child(number, parent, asking[1], answers[0])


# --- the other side ------------------------------------------------------------------------------------------------


def _serve(ends: tuple[int, int], parent: int, limits: Limits, *, is_main: bool) -> NoReturn:
    """Read documents until nobody asks any more, or, of the main thread of a process, until that has ended."""
    asking, answers = ends
    try:
        as_child()
        if is_main:
            _end_with(parent)
        _close_others(asking, answers)
        gc.freeze()
        _limit_memory(limits)
        while True:
            asked = msgspec.json.decode(_received(asking, _length(asking)), type=_Asked)
            raw = _received(asking, asked.size)
            _limit_time(asked.limits)
            answer = msgspec.json.encode(_read(asked, raw))
            _send(answers, len(answer).to_bytes(_LENGTH, "little") + answer)
            del raw, answer
    finally:
        os._exit(0)


def _close_others(*ends: int) -> None:
    """Close what the other process has open: the connections of a server, say, which end when both have closed them."""
    first, last = sorted(ends)
    os.closerange(3, first)
    os.closerange(first + 1, last)
    os.closerange(last + 1, os.sysconf("SC_OPEN_MAX"))


def _read(asked: _Asked, raw: bytes) -> _Answer:
    """The answer to one request. Whatever a library raises is a reason, too."""
    try:
        return _Answer(extract_here(asked.name, raw, asked.limits))
    except DocumentError as error:
        return _Answer(reason=str(error), blank=isinstance(error, BlankError))
    except MissingExtraError as error:
        return _Answer(missing=str(error).partition(" needs ")[0])
    except MemoryError:
        return _Answer()
    except Exception as error:  # noqa: BLE001  # a parser met what its makers did not think of
        return _Answer(reason=f"damaged: it cannot be read ({type(error).__name__})")


def _limit_memory(limits: Limits) -> None:
    """Let the process have so much more memory than it has now."""
    import resource  # noqa: PLC0415  # where there are processes

    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123  # not a path of a user's
        now = int(file.read().split()[0]) * _PAGE
    resource.setrlimit(resource.RLIMIT_AS, (now + limits.memory, now + limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(limits: Limits) -> None:
    """Let it have so much more CPU time than it has had."""
    import resource  # noqa: PLC0415  # as above

    used = resource.getrusage(resource.RUSAGE_SELF)
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + limits.seconds, most))


def _end_with(parent: int) -> None:
    """Let the system end this process when its parent has ended."""
    import ctypes  # noqa: PLC0415  # as above

    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


# --- pipes ---------------------------------------------------------------------------------------------------------


def _send(end: int, raw: bytes) -> None:
    view = memoryview(raw)
    while view:
        view = view[os.write(end, view) :]


def _length(end: int) -> int:
    return int.from_bytes(_received(end, _LENGTH), "little")


def _received(end: int, size: int) -> bytes:
    """So many bytes. Raises EOFError where the other end is closed before."""
    raw = bytearray()
    while len(raw) < size:
        block = os.read(end, min(size - len(raw), 1 << 20))
        if not block:
            raise EOFError
        raw += block
    return bytes(raw)
