"""A verb on its way to another machine, without the columns that it knows: these are saved, and found by name."""

from __future__ import annotations

import hashlib
import io
import os
from typing import TYPE_CHECKING, Any

import numpy as np
from pyspark import cloudpickle

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Verb

SMALL = 4096
"""Bytes up to which a column goes with the verb."""


class _Packer(cloudpickle.Pickler):  # type: ignore[misc]  # has no types
    """Writes functions by what they are, classes of modules by name, and large columns by where they are saved."""

    def __init__(self, file: io.BytesIO, folder: str) -> None:
        super().__init__(file)
        self._folder = folder

    def reducer_override(self, thing: object) -> Any:  # noqa: ANN401  # as the library has it
        """How something is written."""
        if type(thing) is np.ndarray and thing.nbytes > SMALL:
            return _mapped, (_saved(thing, self._folder), thing.dtype.name, thing.shape)
        return super().reducer_override(thing)


def packed(verb: Verb, folder: str) -> bytes:
    """A verb as bytes; what it knows in large columns is saved in a folder. Raises OSError."""
    file = io.BytesIO()
    _Packer(file, folder).dump(verb)
    return file.getvalue()


def unpacked(verb: bytes) -> Verb:
    """The verb again, from whoever started this process: never from a file."""
    return cloudpickle.loads(verb)  # type: ignore[no-any-return]  # it was one


def _saved(values: NDArray[Any], folder: str) -> str:
    """Where values are saved, under a name made of them: those of two verbs are saved once. Raises OSError."""
    raw = np.ascontiguousarray(values).data
    path = os.path.join(folder, f"{hashlib.sha256(raw).hexdigest()}.{values.dtype.name}")  # noqa: PTH118
    if not os.path.exists(path):  # noqa: PTH110
        with open(f"{path}.new", "wb") as file:  # noqa: PTH123
            file.write(raw)
        os.replace(f"{path}.new", path)  # noqa: PTH105
    return path


def _mapped(path: str, type_name: str, shape: tuple[int, ...]) -> NDArray[Any]:
    """Saved values, of which only those are read that are looked at; what is written to them stays here."""
    return np.asarray(np.memmap(path, np.dtype(type_name), "c", shape=shape))
