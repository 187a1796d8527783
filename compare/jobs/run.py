"""`run` with its edges: paths in, a report out. What is computed is said in `pipeline/plan.py`."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.files.ours import refuse_others
from compare.jobs.arguments import again_of, paths_of
from compare.model import Document, Report, Skipped
from compare.pipeline import plan
from compare.pipeline.engines.choose import opened
from compare.sources.order import in_order
from compare.sources.read import read
from compare.wording.escape import shown
from compare.wording.words import nothing_readable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from compare.jobs.arguments import Paths
    from compare.settings import Settings


def run_paths(
    paths: Paths,
    settings: Settings,
    workers: int = 0,
    progress: Callable[[str, int], None] = lambda _stage, _steps: None,
) -> Report:
    """Read everything, then compare every pair that matters. Raises InputError where nothing is readable."""
    names = paths_of(paths)
    progress("reading", 0)
    items = list(read(names, settings))
    documents = [item for item in items if isinstance(item, Document)]
    documents = [documents[place] for place in in_order([document.id for document in documents])]
    skipped = [item for item in items if isinstance(item, Skipped)]
    if not documents:
        raise InputError(nothing_readable(names, skipped))
    with opened(settings, workers) as engine:
        report = plan.compare_documents(documents, skipped, settings, engine, progress)
    return replace(report, again=again_of(names))


def check_output(folder: Path, names: Sequence[str], paths: Sequence[str]) -> None:
    """Refuse to write files of these names over an input, or over files of others. Raises InputError."""
    for name in paths:
        if os.path.realpath(name) == os.path.realpath(folder):
            raise InputError(f"--output {shown(folder)} is the input {shown(name)}; name another")
    refuse_others(folder, names)
