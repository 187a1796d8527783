"""JSON lines: one finding a line, each as it stands among the `findings` of `compare-check/2`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from compare.formats.json import finding_record
from compare.formats.sentences import unseen

if TYPE_CHECKING:
    from compare.model import Checked


def render(checked: Checked) -> str:
    """The findings, accepted ones too; empty if there are none. Where not all was seen, a last line says so.

    That line is an object with `unseen`, the counts by the cap, and `message`: it has no `verdict`.
    """
    lines = [msgspec.json.encode(finding_record(finding, checked)).decode() for finding in checked.findings]
    if checked.unseen:
        lines.append(msgspec.json.encode({"unseen": checked.unseen, "message": unseen(checked)}).decode())
    return "".join(f"{line}\n" for line in lines)
