"""The colours of the pages: told apart by who sees them, and read on what they stand on."""

from __future__ import annotations

import math
import re
from importlib.resources import files

import pytest

CSS = "".join(
    files("compare.report").joinpath("templates", name).read_text("utf-8")
    for name in ("style.css", "app.css", "front.css", "pair.css")
)
LEAST = 0.08
"""Distance in OKLab from which two colours beside each other are told apart at a glance."""
READ = 4.5
"""Contrast of small text, WCAG 2 AA."""


def _colours(name: str) -> list[str]:
    """A variable's values: in light, in dark."""
    return re.findall(rf"--{name}: (#[0-9a-f]{{6}});", CSS)


def _sources(scheme: int) -> list[str]:
    found = re.findall(r"\.src-(\d) \{ --hue: (#[0-9a-f]{6}); \}", CSS)
    half = len(found) // 2
    assert [number for number, _ in found] == [str(number) for number in range(1, half + 1)] * 2
    return [colour for _, colour in found[scheme * half :][:half]]


def _linear(colour: str) -> list[float]:
    values = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values]


def _oklab(colour: str) -> tuple[float, float, float]:
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _contrast(one: str, other: str) -> float:
    lights = sorted(0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in map(_linear, (one, other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_the_colour_of_a_source_is_none_of_a_kind_nor_of_what_is_new_and_its_number_is_read(scheme: int) -> None:
    sources = _sources(scheme)
    others = [_colours(name)[scheme] for name in ("verbatim", "edited", "rewritten", "ins")]
    assert len(sources) == 8
    for at, source in enumerate(sources):
        for other in (*others, *sources[:at]):
            assert math.dist(_oklab(source), _oklab(other)) >= LEAST, (source, other)
        assert _contrast(source, ("#ffffff", "#16181a")[scheme]) >= READ


def test_between_light_dark_and_forced_colours_nothing_differs_but_paint() -> None:
    packed = files("compare.evidence").joinpath("templates", "pack.css").read_text("utf-8")
    blocks = re.findall(r"@media \((?:prefers-color-scheme|forced-colors)[^{]*\{((?:[^{}]*\{[^{}]*\})*)", CSS + packed)
    named = {name for block in blocks for name in re.findall(r"[{;]\s*([-\w]+):", block)}
    paint = {
        "background", "border", "border-bottom", "border-bottom-color", "box-shadow", "color", "fill",
        "forced-color-adjust", "opacity", "outline", "stroke", "text-decoration",
    }  # fmt: skip
    assert {name for name in named if not name.startswith("--")} <= paint
    assert len(blocks) == 9
