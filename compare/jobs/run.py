"""`run` with its edges: paths in, a report out. What is computed is said in `pipeline/plan.py`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.model import Document, Report, Skipped
from compare.pipeline import plan
from compare.pipeline.engines.choose import opened
from compare.sources.order import in_order
from compare.sources.read import read
from compare.wording.words import nothing_readable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compare.settings import Settings


def as_list(paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]]) -> list[str | os.PathLike[str]]:
    """One path or several as a list."""
    return [paths] if isinstance(paths, str | os.PathLike) else list(paths)


def run_paths(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    settings: Settings,
    workers: int = 0,
    progress: Callable[[str, int], None] = lambda _stage, _steps: None,
) -> Report:
    """Read everything, then compare every pair that matters. Raises InputError where nothing is readable."""
    if not as_list(paths):
        raise InputError("no path was given")
    progress("reading", 0)
    items = list(read(as_list(paths), settings))
    documents = [item for item in items if isinstance(item, Document)]
    documents = [documents[place] for place in in_order([document.id for document in documents])]
    skipped = [item for item in items if isinstance(item, Skipped)]
    if not documents:
        raise InputError(nothing_readable(as_list(paths), skipped))
    with opened(settings, workers) as engine:
        return plan.compare_documents(documents, skipped, settings, engine, progress)
