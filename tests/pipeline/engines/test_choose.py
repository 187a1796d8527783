"""The one door to an engine."""

from __future__ import annotations

import pytest

from compare.errors import SettingsError
from compare.pipeline.engines.choose import opened, processors
from compare.pipeline.engines.memory import MemoryEngine
from compare.settings import CHOICES, Settings


@pytest.mark.parametrize("name", CHOICES["engine"])
def test_an_engine_opens_by_its_name_with_the_memory_of_the_settings(name: str) -> None:
    with opened(Settings(engine=name, memory=1 << 20), workers=3) as engine:
        assert list(engine.map(str, range(9))) == list("012345678")
        assert isinstance(engine, MemoryEngine)
        assert (engine.resources.workers, engine.resources.memory) == (3, 1 << 20)


def test_an_engine_that_there_is_not_is_refused_before_anything_is_loaded() -> None:
    with pytest.raises(SettingsError, match="engine is 'os'; it must be auto or memory or disk"):
        Settings(engine="os")


def test_as_many_workers_serve_as_there_are_processors_and_four_at_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    for available, workers in ((1, 1), (4, 4), (64, 4)):
        monkeypatch.setattr("os.sched_getaffinity", lambda _, count=available: set(range(count)))
        assert processors() == workers
        with opened(Settings()) as engine:
            assert isinstance(engine, MemoryEngine)
            assert engine.resources.workers == workers
