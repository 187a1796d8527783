"""The line that says what a job is at: rewritten on a terminal, and silent elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.cli.progress import _Line, stage_line

if TYPE_CHECKING:
    import pytest


class Bar:
    """What was shown last."""

    def __init__(self) -> None:
        self.shown: dict[str, Any] = {}

    def add_task(self, description: str, **fields: object) -> int:
        self.shown = {"description": description, "completed": 0, **fields}
        return 0

    def reset(self, _task: int, **fields: object) -> None:
        self.shown |= {"completed": 0, **fields}

    def update(self, _task: int, advance: int = 0, **fields: object) -> None:
        self.shown |= fields | {"completed": self.shown["completed"] + advance}


def line(total: int, monkeypatch: pytest.MonkeyPatch) -> tuple[_Line, Bar]:
    seconds = iter(range(100))
    monkeypatch.setattr("compare.cli.progress.time.monotonic", lambda: float(next(seconds)))
    bar: Any = Bar()
    return _Line(bar, total), bar


def test_reading_tells_how_fast_and_how_long_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    shows, bar = line(10_000_000, monkeypatch)
    for _ in range(2):
        shows.show("reading", 1000, 2_000_000)
    assert bar.shown == {
        "description": "reading",
        "completed": 4_000_000,
        "total": 10_000_000,
        "words": "2,000 documents · 1,000 a second · 2 MB/s · 0:03 left",
    }


def test_where_bytes_are_not_known_no_bar_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    shows, bar = line(10_000_000, monkeypatch)
    shows.show("reading", 1000, 0)
    assert bar.shown["total"] is None
    assert bar.shown["words"] == "1,000 documents · 1,000 a second"


def test_later_stages_name_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    shows, bar = line(10_000_000, monkeypatch)
    shows.show("reading", 1000, 10_000_000)
    shows.show("measuring", 89_383, 0)
    assert (bar.shown["description"], bar.shown["words"]) == ("measuring", "89,383 pairs")
    shows.show("writing", 0, 0)
    assert bar.shown == {"description": "writing", "completed": 0, "total": None, "words": ""}


def test_elsewhere_it_is_silent_and_asks_for_no_total(capfd: pytest.CaptureFixture[str]) -> None:
    def total() -> int:
        raise AssertionError

    with stage_line(total) as show:
        show("reading", 1, 1)
    assert capfd.readouterr() == ("", "")
