"""A verb on its way to another machine, without the columns that it knows: these are saved, and found by name."""

# ruff: noqa: PLC0415  # Spark is loaded where it is asked for

from __future__ import annotations

import hashlib
import io
import os
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.files.remote import is_remote, open_remote, status, writing_remote

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.pipeline.engines.base import Verb

SMALL = 4096
"""Bytes up to which a column goes with the verb."""


def packed(verb: Verb, folder: str) -> bytes:
    """A verb as bytes; what it knows in large columns is saved in a folder. Raises OSError.

    Functions go as what they are, what stands in modules by its name.
    """
    from pyspark import cloudpickle

    class Packer(cloudpickle.Pickler):  # type: ignore[misc]  # has no types
        def reducer_override(self, thing: object) -> Any:  # noqa: ANN401  # as the library has it
            if type(thing) is np.ndarray and thing.nbytes > SMALL:
                return _mapped, (_saved(thing, folder), thing.dtype.name, thing.shape)
            return super().reducer_override(thing)

    file = io.BytesIO()
    Packer(file).dump(verb)
    return file.getvalue()


def unpacked(verb: bytes) -> Verb:
    """The verb again, from whoever started this process: never from a file."""
    from pyspark import cloudpickle

    return cloudpickle.loads(verb)  # type: ignore[no-any-return]  # it was one


def _saved(values: NDArray[Any], folder: str) -> str:
    """Where values are saved, under a name made of them: those of two verbs are saved once. Raises OSError."""
    raw = np.ascontiguousarray(values).data
    path = os.path.join(folder, f"{hashlib.sha256(raw).hexdigest()}.{values.dtype.name}")  # noqa: PTH118
    if is_remote(path):
        if status(path) is None:
            with writing_remote(path) as store:
                store.write(raw)
    elif not os.path.exists(path):  # noqa: PTH110
        with open(f"{path}.new", "wb") as file:  # noqa: PTH123
            file.write(raw)
        os.replace(f"{path}.new", path)  # noqa: PTH105
    return path


def _mapped(path: str, type_name: str, shape: tuple[int, ...]) -> NDArray[Any]:
    """Saved values, of which only those are read that are looked at; what is written to them stays here.

    What has an address is read as a whole.
    """
    if is_remote(path):
        values = np.empty(shape, np.dtype(type_name))
        with open_remote(path) as file:
            file.fill(0, values.reshape(-1).view(np.uint8).data)
        return values
    return np.asarray(np.memmap(path, np.dtype(type_name), "c", shape=shape))
