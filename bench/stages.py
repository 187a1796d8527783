"""`compare run` as it is, and what of its CPU time each stage takes: the figures are written to a file as JSON.

python bench/stages.py FIGURES.json run PATH… [--output FOLDER]
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import compare.cli.run
import compare.report.write
from compare.cli import code_of_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compare.model import Report


class Watch:
    """CPU seconds of the process, by the stage that it was at."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self.stage, self.since = "starting", 0.0

    def at(self, stage: str, _: int = 0) -> None:
        """Hear of a stage, or of a step of the one at hand."""
        if stage:
            now = time.process_time()
            self.spent[self.stage] = self.spent.get(self.stage, 0.0) + now - self.since
            self.stage, self.since = stage, now

    @contextmanager
    def bar(self) -> Iterator[Callable[[str, int], None]]:
        """In the place of the bar on a terminal."""
        yield self.at


def main() -> None:
    """Run, then write the figures."""
    watch, write = Watch(), compare.report.write.write_report

    def written(report: Report, folder: Path) -> list[Path]:
        watch.at("writing")
        paths = write(report, folder)
        watch.at("ending")
        return paths

    compare.cli.run.progress_bar = watch.bar
    compare.report.write.write_report = written
    figures, sys.argv = Path(sys.argv[1]), ["compare", *sys.argv[2:]]
    code = code_of_run()
    watch.at("end")
    figures.write_text(json.dumps(watch.spent), "utf-8")
    sys.exit(code)


if __name__ == "__main__":
    main()
