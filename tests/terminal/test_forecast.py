"""What is told before a run: what does not fit is said in one line, and only then."""

from __future__ import annotations

import pytest

from compare.pipeline.forecast import LINES, Forecast, Format, Place, Planned, Terms
from compare.terminal.forecast import forecast_text, times


def plan(free: int, memory: int, documents: int = 1_234_567) -> str:
    form = Format(".jsonl", LINES, "", 3, 1_783_148_741, 3, 16_002_252, 8967, 16_002_252, 15_734_256, 2_653_929)
    forecast = Forecast(documents, False, documents * 296, 28.0, 28.0, 651_000_000, 2_700_000_000, 15_000_000)  # noqa: FBT003
    places = Place("/scratch", 1, 2_700_000_000, free), Place("clean", 1, 1_800_000_000, free)
    return forecast_text(Planned((form,), forecast, 651_000_000, Terms(1 << 28), *places, memory))


def test_a_plan_that_fits() -> None:
    assert plan(44_000_000_000, 8_000_000_000).splitlines() == [
        "About 1,200,000 documents of 296 words: 1.8 GB in 3 files (.jsonl).",
        "Read for this: 16 MB of 3 files.",
        "",
        "  CPU time        20 to 40 s",
        "  wall time       20 to 40 s    with 1 worker, if nothing else runs",
        "  memory          about 650 MB",
        "  disk, /scratch  about 2.7 GB  while it works; 44 GB are free",
        "  disk, clean     about 1.8 GB  at the most, for results; 44 GB are free",
        "",
        "Where documents share much of their text with many others, time and memory are more than that.",
        "Nothing was written.",
    ]


def test_what_does_not_fit_is_one_line_each() -> None:
    lines = plan(4_000_000_000, 500_000_000).splitlines()
    start = "Does not fit: "
    assert [line for line in lines if line.startswith(start)] == [
        f"{start}4.5 GB are needed where /scratch is, 4 GB are free; TMPDIR names another place.",
        f"{start}this machine has 500 MB of memory; --memory SIZE takes less of it.",
    ]
    assert not any(line.startswith(start) for line in plan(5_000_000_000, 0).splitlines())


def test_memory_with_another_setting_is_told_beside_the_usual_one() -> None:
    form = Format(".csv", "separated", "", 1, 900, 1, 900, 1, 900, 800, 150)
    forecast, place = Forecast(1, True, 150, 1.0, 1.0, 100_000_000, 0, 15), Place(".", 1, 0, 10**9)  # noqa: FBT003
    text = forecast_text(Planned((form,), forecast, 400_000_000, Terms(1 << 20), place, place, 0))
    assert "  memory        about 100 MB  by default about 400 MB\n" in text
    assert "  disk, output  next to none  at the most" in text


@pytest.mark.parametrize("seconds", [0.9, 1.5, 7, 59, 200, 5000, 20_000, 10**6])
def test_a_time_is_told_with_its_double(seconds: float) -> None:
    low, _, high, unit = times(seconds).split()
    length = {"s": 1, "min": 60, "h": 3600, "days": 86_400}[unit]
    assert int(high) == 2 * int(low)
    assert 0.6 * length * int(low) < seconds < 1.5 * length * int(high)
