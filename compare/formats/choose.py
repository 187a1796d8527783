"""The formats by name. A format's module is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compare.model import Checked

FORMATS = ("text", "json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown", "lines", "csv")
"""The names, each of a module of this package with `render(checked) -> str`."""


def render(name: str, checked: Checked) -> str:
    """What was found, in a format: the same bytes for the same findings. Every line ends with a line feed.

    Raises:
        ValueError: there is no such format.
    """
    if name not in FORMATS:
        raise ValueError(f"{name!r} is no format; there are {', '.join(FORMATS)}")
    return str(import_module(f"compare.formats.{name}").render(checked))
