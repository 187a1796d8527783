"""What a person is told of a run before it: what there is, how long it takes, what must be there for it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.pipeline.forecast import missing, within
from compare.wording.escape import safe
from compare.wording.explain import plural
from compare.wording.words import number

if TYPE_CHECKING:
    from compare.pipeline.forecast import Format, Place, Planned

_UNITS = ((86_400, "days"), (3600, "h"), (60, "min"), (1, "s"))
_SHORT = 2
"""From how many of a unit on a time is told in it: 90 s are not 1.5 min."""
_SIZES = ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"))
_LEAST = 100_000
"""Bytes below which a size is told as one that is next to nothing."""
SHOWN = 6
"""Formats that are named."""


def forecast_text(planned: Planned) -> str:
    """What a run will take, what does not fit in one line each, and that nothing was written."""
    forecast, terms = planned.forecast, planned.terms
    with_workers = f"with {plural(terms.workers, 'worker')}, if nothing else runs"
    usual = "" if forecast.memory == planned.usual else f"by default {about(planned.usual)}"
    rows = [
        ("CPU time", times(forecast.cpu), _all_pairs(planned)),
        ("wall time", times(forecast.wall), with_workers),
        ("memory", about(forecast.memory), usual),
        *(
            _row(*pair)
            for pair in ((planned.temporary, "while it works"), (planned.output, "at the most, for results"))
        ),
    ]
    parts = [
        [_documents(planned), _seen(planned)],
        _table(rows),
        _warnings(planned),
        [*_unknown(planned), "Nothing was written."],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _documents(planned: Planned) -> str:
    """What there is, in one line."""
    forecast = planned.forecast
    read = [part for part in planned.formats if part.documents]
    documents = forecast.documents if forecast.is_whole else rounded(forecast.documents)
    words = round(forecast.words / max(forecast.documents, 1))
    size, files = sum(part.size for part in read), sum(part.files for part in read)
    many = "" if forecast.is_whole else "About "
    what = f"{many}{plural(documents, 'document')} of {plural(words, 'word')}"
    return f"{what}: {bytes_of(size)} in {plural(files, 'file')} ({_formats(read)})."


def _formats(read: list[Format]) -> str:
    """How the files are called, with their numbers where they are not all called so."""
    if len(read) == 1:
        return safe(read[0].name) or "without an ending"
    named = ", ".join(f"{number(part.files)} {safe(part.name) or 'without an ending'}" for part in read[:SHOWN])
    return f"{named} …" if len(read) > SHOWN else named


def _seen(planned: Planned) -> str:
    """What this goes by."""
    read = [part for part in planned.formats if part.documents]
    looked, seen = sum(part.looked for part in read), sum(part.seen for part in read)
    unread = sum(part.files for part in planned.formats if not part.documents)
    passed = f" In {plural(unread, 'other file')} no document was seen." if unread else ""
    if planned.forecast.is_whole:
        return f"All of it was read for this.{passed}"
    return f"Read for this: {bytes_of(seen)} of {plural(looked, 'file')}.{passed}"


def _row(place: Place, what: str) -> tuple[str, str, str]:
    folder = "output" if place.folder == "." else safe(place.folder)
    return f"disk, {folder}", about(place.needed), f"{what}; {bytes_of(place.free)} are free"


def _table(rows: list[tuple[str, str, str]]) -> list[str]:
    """Rows of three columns, one under the other."""
    wide = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return [f"  {row[0]:{wide[0]}}  {row[1]:{wide[1]}}  {row[2]}".rstrip() for row in rows]


def _all_pairs(planned: Planned) -> str:
    return "with --pairs all" if planned.terms.derived else ""


def _warnings(planned: Planned) -> list[str]:
    """What does not fit, a line each."""
    lines = [
        f"Does not fit: {bytes_of(needed)} are needed where {safe(place.folder)} is, {bytes_of(place.free)} are free; "
        f"{'TMPDIR' if place == planned.temporary else '--output'} names another place."
        for place, needed in missing([planned.temporary, planned.output])
    ]
    if 0 < planned.memory < planned.forecast.memory:
        lines.append(
            f"Does not fit: this machine has {bytes_of(planned.memory)} of memory; --memory SIZE takes less of it."
        )
    return lines


def _unknown(planned: Planned) -> list[str]:
    """What a plan cannot know, in a line each."""
    facts = ["--facts adds about 8 ms for each document that falls."] if planned.facts else []
    return ["Where documents share much of their text with many others, time and memory are more than that.", *facts]


def times(seconds: float) -> str:
    """A time as a range, the upper end twice the lower one.

    >>> times(0.3), times(28), times(100), times(4000), times(10_000), times(400_000)
    ('under 1 s', '20 to 40 s', '71 to 142 s', '47 to 94 min', '2 to 4 h', '3 to 6 days')
    """
    low, high = within(seconds)
    if high < 1:
        return "under 1 s"
    size, unit = next((size, unit) for size, unit in _UNITS if round(low / size) >= _SHORT or size == 1)
    least = rounded(max(round(low / size), 1))
    return f"{number(least)} to {number(2 * least)} {unit}"


def about(size: int) -> str:
    """A size that is estimated.

    >>> about(651_234_567), about(0)
    ('about 650 MB', 'next to none')
    """
    return f"about {bytes_of(size)}" if size >= _LEAST else "next to none"


def bytes_of(size: int) -> str:
    """A size, to two figures.

    >>> bytes_of(1_783_148_741), bytes_of(16_000_000), bytes_of(999), bytes_of(651_234_567)
    ('1.8 GB', '16 MB', '999 bytes', '650 MB')
    """
    unit, name = next(((unit, name) for unit, name in _SIZES if size >= unit), (1, "bytes"))
    value = float(f"{size / unit:.2g}")
    return f"{value:g} {name}" if unit > 1 else plural(size, "byte")


def rounded(count: int) -> int:
    """A count to two figures.

    >>> rounded(999_203), rounded(26), rounded(12_512)
    (1000000, 26, 13000)
    """
    return int(float(f"{count:.2g}"))
