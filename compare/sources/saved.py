"""Folders that Hugging Face's `save_to_disk` wrote: `state.json` names the Arrow files that are the rows.

Other Arrow files there are caches of what was computed from the rows, found again by the fingerprint in `state.json`.
So what is kept has a fingerprint of its own, and no caches.
"""

from __future__ import annotations

import hashlib
import os.path
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from compare.files.regular import UnreadableError, read_regular

if TYPE_CHECKING:
    from compare.sources.walk import File

STATE = "state.json"
_LARGEST = 1 << 24
"""Bytes of a state: a hundred thousand shards take 6 MB."""
_DIGITS = 16


def is_cache(file: File) -> bool:
    """Whether a folder's file stands beside the rows of a saved data set, and is none of them."""
    if file.named:
        return False
    folder, name = os.path.split(file.path)
    shards = _shards(_state(os.path.join(folder, STATE)))  # noqa: PTH118  # names stay strings, as in walk.py
    return bool(shards) and name not in shards


def restate(file: File, staged: Path) -> None:
    """Give a copied state another fingerprint if the rows beside it are others; the same rows give the same one."""
    from filecmp import cmp  # noqa: PLC0415  # few folders are such

    state, source = _state(file.path), Path(file.path).parent
    shards, old = _shards(state), state.get("_fingerprint")
    pairs = [(source / name, staged.parent / name) for name in shards if (staged.parent / name).is_file()]
    if not (pairs and isinstance(old, str) and old) or all(cmp(*pair, shallow=False) for pair in pairs):
        return
    digest = hashlib.sha256(old.encode())
    for _, kept in pairs:
        with kept.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    new = digest.hexdigest()[:_DIGITS]
    staged.write_bytes(staged.read_bytes().replace(f'"{old}"'.encode(), f'"{new}"'.encode()))


def _state(path: str) -> dict[str, Any]:
    """What a state says; nothing where there is none."""
    try:
        state = msgspec.json.decode(read_regular(path, _LARGEST, follow=False))
    except (UnreadableError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}
    return state if isinstance(state, dict) else {}


def _shards(state: dict[str, Any]) -> list[str]:
    """The names of the files with rows: those of the folder alone."""
    entries = state.get("_data_files")
    names = [entry.get("filename") for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return [name for name in names if isinstance(name, str) and name == os.path.basename(name) and name]  # noqa: PTH119
