"""An object store in this process's memory, under every address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from compare.files import remote

if TYPE_CHECKING:
    from pathlib import Path


def in_memory(monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401  # of an untyped module
    """Let all addresses lead to a new store; its file system as pyarrow has it. Skips where it cannot be had."""
    fsspec = pytest.importorskip("fsspec", reason="the store of these tests is fsspec's")
    fs = pytest.importorskip("pyarrow.fs", reason="addresses are read by pyarrow")
    memory = fsspec.filesystem("memory", skip_instance_cache=True)
    memory.store, memory.pseudo_dirs = {}, [""]
    system = fs.PyFileSystem(fs.FSSpecHandler(memory))
    monkeypatch.setattr(remote, "_system", lambda _scheme, _bucket: system)
    return system


def put(address: str, content: bytes) -> None:
    """Put a file into the store."""
    with remote.writing_remote(address) as file:
        file.write(content)


def put_folder(address: str, folder: Path) -> None:
    """Put all files of a folder there."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        put(f"{address}/{path.relative_to(folder).as_posix()}", path.read_bytes())


def got(address: str) -> dict[str, bytes]:
    """The files below an address, by their names from there."""
    return {found.relative: taken(f"{address}/{found.relative}") for found in remote.below(address)}


def taken(address: str) -> bytes:
    """What a file holds."""
    with remote.open_remote(address) as file:
        return file.readall()
