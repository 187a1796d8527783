"""A line a finding, as compilers write: `path:line: error: message`, for reviewdog, problem matchers and editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.formats.places import where
from compare.formats.sentences import allow_it, clipped, entry_troubles, message, opened, unseen
from compare.wording.escape import log_safe
from compare.wording.words import doubt_lines

if TYPE_CHECKING:
    from compare.formats.places import Place
    from compare.model import Checked, Finding

LONGEST = 3000
OURSELVES = "compare"


def render(checked: Checked) -> str:
    """What fails is an error, what is told a warning, what was read with a doubt a note."""
    lines = [
        *([_line(OURSELVES, "error", unseen(checked))] if checked.unseen else []),
        *(_finding(finding, checked) for finding in opened(checked)),
        *(_line(_file(checked.accepted_file), "error", text) for text in entry_troubles(checked) if checked.strict),
        *(_line(OURSELVES, "note", f"read with a doubt: {log_safe(text)}") for text in doubt_lines(checked.doubts)),
    ]
    return "".join(f"{line}\n" for line in lines)


def _finding(finding: Finding, checked: Checked) -> str:
    spot, _ = where(finding, checked)
    text = message(finding, checked) + allow_it(finding, checked)
    return _line(_place(spot), "error" if finding.fails else "warning", text)


def _place(spot: Place) -> str:
    """A file, with a line where it is the file's own: what `#id` stands in is not looked up again."""
    return f"{_file(spot.path)}:{spot.region.line}" if spot.region else _file(spot.path)


def _file(path: str) -> str:
    """A path that begins with no sign which a CI system obeys."""
    named = log_safe(path) or OURSELVES
    return f"./{named}" if named[0] in ":# " else named


def _line(place: str, level: str, text: str) -> str:
    return f"{place}: {level}: {clipped(text, LONGEST)}"
