"""`compare.pair` over many pairs, in processes; results in the order of the jobs, whatever their number."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from time import process_time
from typing import TYPE_CHECKING, Any, TypeVar

import compare

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

Job = TypeVar("Job")
Result = TypeVar("Result")


def warm() -> None:
    """Everything that the first call imports, so that no pair is charged for it."""
    compare.pair("The ferry sailed on Monday.", "On Monday the ferry sailed.")


def each(
    function: Callable[[Job], Result], jobs: Sequence[Job], workers: int, prepared: Callable[[], None] = warm
) -> list[Result]:
    """The function (of a module, or a partial of one) of every job."""
    if workers == 1:
        prepared()
        return list(map(function, jobs))
    with ProcessPoolExecutor(workers, initializer=prepared) as pool:
        return list(pool.map(function, jobs, chunksize=16))


def timed(a: str, b: str, settings: compare.Settings) -> tuple[compare.Comparison, float]:
    """The comparison, and the CPU seconds of this process that the public call took, all threads together."""
    begun = process_time()
    found = compare.pair(a, b, settings)
    return found, process_time() - begun


def settings_of(options: argparse.Namespace) -> compare.Settings:
    """The defaults, or the rule-based aligner where that was asked for."""
    chosen: dict[str, Any] = {"aligner": "rules"} if options.rules else {}
    return compare.Settings(**chosen)


def add_options(parser: argparse.ArgumentParser) -> None:
    """What every suite takes."""
    parser.add_argument("--rules", action="store_true", help="the rule-based aligner instead of the learned one")
    parser.add_argument("--workers", type=int, default=2)
