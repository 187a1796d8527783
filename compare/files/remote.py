"""Files of an object store, or of HDFS, by their addresses: `s3://bucket/folder/file`. pyarrow reaches them (an extra).

Nothing is asked of any address but those that the user names, and of the endpoint that their environment names
(`AWS_ENDPOINT_URL`, `AWS_REGION`, keys). A file is there as a whole or not at all: an object store shows it when it is
closed, HDFS when it is moved.
"""

from __future__ import annotations

import io
import re
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, cast

from compare.errors import InputError, MissingExtraError
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from typing_extensions import Buffer

SCHEMES = ("s3", "hdfs", "viewfs")
"""What an address may begin with. Of others, `gs` waits for a quarter of an hour where there is no key."""
_ADDRESS = re.compile(rf"({'|'.join(SCHEMES)})://([^/?#]*)(/[^?#]*)?")
_BUFFER = 1 << 20


class Address(str):
    """The address of an input that the user named on the command line; no file, and no setting, can name one."""

    __slots__ = ()


class Status(NamedTuple):
    """What is another when a file has been written to."""

    size: int
    time: int
    """Nanoseconds since 1970; stores tell seconds."""


class Found(NamedTuple):
    """A file below a folder."""

    relative: str
    status: Status


class _Place(NamedTuple):
    system: Any
    path: str


def is_remote(name: str) -> bool:
    """Whether a name is the address of something that is not in this machine's own tree.

    >>> is_remote("s3://bucket/corpus"), is_remote("corpus"), is_remote("https://example.org/")
    (True, False, False)
    """
    return name.partition("://")[0] in SCHEMES and "://" in name


def check_address(name: str) -> None:
    """Refuse an address with a key in it, which would stand in every result, or with options. Raises InputError."""
    parts = _ADDRESS.fullmatch(name)
    if parts is None:
        raise InputError(
            f"{shown(name)}: an address is SCHEME://BUCKET/PATH; options and endpoints stand in the environment"
        )
    if "@" in parts[2] or not parts[2]:
        raise InputError(f"{parts[1]}://…: an address names a bucket, and no key; keys stand in the environment")


def status(address: str) -> Status | None:
    """The size and time of a file, or None where there is none. Raises InputError: it cannot be asked."""
    with _telling(address):
        place = _place(address)
        return _status(place.system.get_file_info(place.path))


def check_bucket(address: str) -> None:
    """Refuse an address in a bucket that is not there. Raises InputError, also where it cannot be asked."""
    with _telling(address):
        system, path = _place(address)
        if system.get_file_info(path.partition("/")[0] or "/").type.name == "NotFound":
            raise InputError(f"{shown(address)}: no such bucket")


def below(folder: str) -> list[Found]:
    """The files below a folder, by their names; none where it is not there. Raises InputError."""
    from pyarrow.fs import FileSelector  # noqa: PLC0415  # an extra

    with _telling(folder):
        place = _place(folder)
        base = place.path.rstrip("/") + "/"
        infos = place.system.get_file_info(FileSelector(base, allow_not_found=True, recursive=True))
        found = [(info.path.lstrip("/").removeprefix(base.lstrip("/")), _status(info)) for info in infos]
    return sorted(Found(name, state) for name, state in found if state)


def names_in(folder: str) -> set[str]:
    """The names of what stands in a folder; none where it is not there. Raises InputError."""
    from pyarrow.fs import FileSelector  # noqa: PLC0415  # an extra

    with _telling(folder):
        place = _place(folder)
        selector = FileSelector(place.path.rstrip("/"), allow_not_found=True)
        return {info.base_name for info in place.system.get_file_info(selector)}


def open_remote(address: str) -> Remote:
    """A file, open to be read anywhere. Raises InputError, and FileNotFoundError where there is none."""
    with _telling(address):
        place = _place(address)
        state = _status(place.system.get_file_info(place.path))
        if state is None:
            raise FileNotFoundError(2, "no such file", address)
        return Remote(address, place.system.open_input_file(place.path), state)


def create_remote(address: str) -> IO[bytes]:
    """A file to be written that matters to nobody before something else says that it is there. Raises InputError."""
    with _telling(address):
        place = _place(address)
        return cast("IO[bytes]", place.system.open_output_stream(place.path, compression=None, buffer_size=_BUFFER))


@contextmanager
def writing_remote(address: str) -> Iterator[BinaryIO]:
    """A file to be written, which is there once the block has ended well. Raises InputError."""
    with _telling(address):
        place = _place(address)
        beside = place.path if place.system.type_name not in _RENAMING else f"{place.path}.new"
        stream = place.system.open_output_stream(beside, compression=None, buffer_size=_BUFFER)
    try:
        yield stream
    except BaseException:
        _give_up(place, beside, stream)
        raise
    with _telling(address):
        stream.close()
        if beside != place.path:
            place.system.move(beside, place.path)


def remove_remote(address: str) -> None:
    """Remove a file, or a folder with all that is in it. What is not there, or cannot be removed, stays."""
    with suppress(InputError, OSError):
        place = _place(address)
        if place.system.get_file_info(place.path).is_file:
            place.system.delete_file(place.path)
        else:
            place.system.delete_dir(place.path)


class Remote(io.RawIOBase):
    """A file that is read from afar."""

    def __init__(self, address: str, stream: Any, state: Status) -> None:  # noqa: ANN401  # of an untyped module
        self.address, self.state = address, state
        self._stream, self._at = stream, 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Where it is read next."""
        return self._at

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        """Go on somewhere else."""
        self._at = place + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.state.size}[whence]
        return self._at

    def readinto(self, out: Buffer, /) -> int:
        """Fill a buffer, as far as there is something. Raises OSError."""
        view = memoryview(out).cast("B")
        part = self.read_at(self._at, len(view))
        view[: len(part)] = part
        self._at += len(part)
        return len(part)

    def read_at(self, place: int, size: int) -> bytes:
        """At most so many bytes from a place. Raises OSError."""
        size = min(size, self.state.size - place)
        return bytes(self._stream.read_at(size, place)) if size > 0 else b""

    def fill(self, place: int, out: memoryview) -> None:
        """Fill a buffer from a place. Raises InputError: the file ends before it is full, or cannot be reached."""
        with _telling(self.address):
            part = self.read_at(place, len(out))
            if len(part) < len(out):
                raise OSError("ends too soon")
            out[:] = part

    def close(self) -> None:
        """Let it go."""
        if not self.closed:
            self._stream.close()
        super().close()


_RENAMING = frozenset({"hdfs"})
"""Systems that show a file while it is written."""


def _give_up(place: _Place, beside: str, stream: IO[bytes]) -> None:
    """Leave nothing of a file that was begun: pyarrow calls no upload off, it ends it at the latest as it goes."""
    with suppress(OSError):
        stream.close()
    with suppress(OSError):
        place.system.delete_file(beside)


def _status(info: Any) -> Status | None:  # noqa: ANN401  # of an untyped module
    return Status(info.size, info.mtime_ns or 0) if info.is_file else None


def _place(address: str) -> _Place:
    """Where an address leads. Raises InputError, MissingExtraError and OSError."""
    check_address(address)
    scheme, _, rest = address.partition("://")
    bucket, _, inside = rest.partition("/")
    system = _system(scheme, bucket)
    return _Place(system, f"/{inside}" if scheme in {"hdfs", "viewfs"} else f"{bucket}/{inside}".rstrip("/"))


@lru_cache(maxsize=16)
def _system(scheme: str, bucket: str) -> Any:  # noqa: ANN401  # of an untyped module
    try:
        from pyarrow.fs import FileSystem  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise MissingExtraError(f"{scheme}://", "arrow") from error
    return FileSystem.from_uri(f"{scheme}://{bucket}/")[0]


@contextmanager
def _telling(address: str) -> Iterator[None]:
    """Say in a line what is wrong with an address. Raises InputError for all but a file that is not there."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (OSError, ValueError, NotImplementedError) as error:
        raise InputError(f"{shown(address)}: {shown(_reason(str(error)))}") from error


def _reason(message: str) -> str:
    r"""What of a library's message says what went wrong.

    >>> _reason("When getting information for key 'a': AWS Error ACCESS_DENIED during HeadObject operation: No\n")
    'AWS Error ACCESS_DENIED during HeadObject operation: No'
    """
    line = next(iter(message.splitlines()), "") or "cannot be reached"
    return line[max(line.find("AWS Error"), 0) :].partition("; Details")[0]
