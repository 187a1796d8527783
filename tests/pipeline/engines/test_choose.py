"""The one door to an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compare.errors import SettingsError
from compare.pipeline.engines.base import Work
from compare.pipeline.engines.choose import opened, processors
from compare.pipeline.engines.disk import DiskEngine
from compare.pipeline.engines.memory import MemoryEngine
from compare.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "size", "lasts", "kind"),
    [
        ("memory", 1 << 40, False, MemoryEngine), ("disk", 0, False, DiskEngine), ("auto", 0, False, MemoryEngine),
        ("auto", 1 << 20, False, DiskEngine), ("auto", 0, True, DiskEngine),
    ],
)  # fmt: skip
def test_an_engine_opens_by_its_name_or_for_the_size_of_the_work(
    tmp_path: Path,
    name: str,
    size: int,
    lasts: bool,  # noqa: FBT001
    kind: type[MemoryEngine],
) -> None:
    settings = Settings(engine=name, memory=1 << 20)
    with opened(settings, 3, Work(str(tmp_path), size, lasts)) as engine:
        assert list(engine.map(str, range(9))) == list("012345678")
        assert type(engine) is kind
        assert (engine.resources.workers, engine.resources.memory) == (3, 1 << 20)
    with opened(settings, 3, Work(size=size)) as engine:
        assert type(engine) is MemoryEngine


def test_an_engine_that_there_is_not_is_refused_before_anything_is_loaded() -> None:
    with pytest.raises(SettingsError, match="engine is 'os'; it must be auto or memory or disk"):
        Settings(engine="os")


def test_as_many_workers_serve_as_there_are_processors_and_four_at_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    for available, workers in ((1, 1), (4, 4), (64, 4)):
        monkeypatch.setattr("os.sched_getaffinity", lambda _, count=available: set(range(count)))
        assert processors() == workers
        with opened(Settings()) as engine:
            assert engine.resources.workers == workers
