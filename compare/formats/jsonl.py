"""JSON lines: one finding a line, each as it stands among the `findings` of `compare-check/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from compare.formats.json import finding_record

if TYPE_CHECKING:
    from compare.model import Checked


def render(checked: Checked) -> str:
    """The findings, accepted ones too; empty if there are none."""
    lines = [msgspec.json.encode(finding_record(finding, checked)).decode() for finding in checked.findings]
    return "".join(f"{line}\n" for line in lines)
