"""What a text says of itself in the lines above and below its body: title, byline, dates, dateline, credits.

    first lines ──► title ──► bylines and date lines below it ──► the dateline of the first paragraph
    last lines  ──► credits, tag lines, "Updated …"

The text isn't altered: each part has its span. Nothing in doubt is read; a date counts with its year only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from compare.model import Credit, Dated, Head, HeadPart, Precision, Provenance, Span
from compare.origin.agencies import alone
from compare.origin.bylines import LONGEST, NOBODY, Byline, byline, desk, is_handle, is_staff, leads, people, segments
from compare.origin.credits import credits_in
from compare.origin.datelines import Dateline, dateline
from compare.origin.dates import Written, dates_in, in_name, is_date_alone, rest_of, with_time
from compare.origin.lines import LONG, Line, first_lines, last_lines
from compare.origin.named_days import named_days
from compare.origin.tables import pattern
from compare.origin.titles import bare_title, is_kicker, is_title

if TYPE_CHECKING:
    from collections.abc import Sequence

_ADDRESS = re.compile(r"\s*(?:https?\s?:\s?/\s?/|www\s?\.)\s?\S.*")
_DIGIT = re.compile(r"\d")
_NOTED = re.compile(r"\d|[|·•]|(?i:^\W{0,3}\w{1,12}\W{1,3}\w{2,12}\W)(?!.*[.!?…]$)")
_PARAGRAPHS = 2  # paragraphs after which nothing above the body is looked for
_SENTENCE = re.compile(r"[.!?…。।]['\"”’»)\]]{0,2}$")
_PARAGRAPH = 90  # characters from which a line that ends as a sentence does is a paragraph
_MOST_ABOVE = 6  # title, deck, caption, label, byline, date
_REST = 24  # characters of a line that may be something else beside a labelled date


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    language: str
    title: str = ""
    source: str = ""
    byline: Byline = NOBODY
    place: str = ""
    dates: list[Dated] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    spans: list[tuple[HeadPart, Span]] = field(default_factory=list)


class _Note(NamedTuple):
    """What a line above the body is, if it is a byline, a date line or both."""

    byline: Byline
    dates: tuple[Dated, ...]
    parts: tuple[tuple[HeadPart, Span], ...]


def read_head(text: str, name: str = "", language: str = "") -> Head:
    r"""What a text says of itself; `name` is the name of its file, its address or both. O(1) but for the text's ends.

    >>> head = read_head("Ferry sinks\n\nBy Ana Roth\nJan. 5, 2020\n\nCALDER (Reuters) - The ferry sank on Sunday.")
    >>> head.title, head.authors, head.dates[0].value, head.agencies
    ('Ferry sinks', ('Ana Roth',), '2020-01-05', ('Reuters',))
    >>> [str(part) for part, _ in head.spans]
    ['title', 'byline', 'date', 'dateline']
    """
    lines = first_lines(text)
    reading = _Reading(language)
    body = _above(lines, reading)
    _below(last_lines(text, body), reading)
    if day := in_name(name):
        reading.dates.append(Dated(day, Precision.DAY, Provenance.FILE_NAME))
    return Head(
        title=reading.title,
        authors=reading.byline.names or tuple(source.name for source in reading.byline.sources),
        source=reading.source,
        place=reading.place,
        dates=tuple(sorted(reading.dates, key=lambda dated: _ORDER.index(dated.provenance))),
        credits=tuple(reading.credits),
        spans=tuple(sorted(reading.spans, key=lambda part: part[1])),
    )


_ORDER = (
    Provenance.DATE_LINE, Provenance.BYLINE, Provenance.ADDRESS, Provenance.DATELINE, Provenance.FILE_NAME,
    Provenance.UPDATE,
)  # fmt: skip
"""Where a date of publication is looked for first."""


# --- above the body ------------------------------------------------------------------------------------------------


def _above(lines: Sequence[Line], reading: _Reading) -> int:
    """Read the lines above the body; where the last of them ends."""
    lines = lines[: _body(lines)]
    notes = {at: note for at in range(len(lines)) if (note := _note(lines, at, reading.language))}
    named = {at for at, line in enumerate(lines) if _named(line, reading)}
    _desks(lines, notes)
    _named_days(lines, notes, reading.language)
    first = _first(lines, {*notes, *named})
    _addresses(lines, reading)
    stop = max((lines[at].span.stop for at in named), default=0)
    if (
        not reading.title
        and first < len(lines)
        and is_title(
            lines,
            first,
            is_attested=_is_attested(first, notes),
            is_noted=first - 1 in notes or _is_below_address(lines, first),
        )
    ):
        reading.title = bare_title(lines[first].text)
        reading.spans.append((HeadPart.TITLE, lines[first].span))
        stop = lines[first].span.stop
    for at in sorted(notes):
        reading.dates += notes[at].dates
        reading.spans += notes[at].parts
        reading.byline = reading.byline if reading.byline != NOBODY else notes[at].byline
        stop = lines[at].span.stop
    signed = (note for note in notes.values() if note.byline.sources)
    if note := next(signed, None):
        span = next(span for part, span in note.parts if part is HeadPart.BYLINE)
        reading.credits.append(Credit(span, note.byline.sources, is_whole=True))
    return max(stop, _dateline(lines, reading))


def _first(lines: Sequence[Line], taken: set[int]) -> int:
    """The first line that may be the title: no byline, date line, address, and no section with more below it."""
    free = [at for at, line in enumerate(lines) if at not in taken and not _is_address(line)]
    if len(free) > 1 and is_kicker(lines[free[0]].text) and free[1] == free[0] + 1:
        return free[1]
    return free[0] if free else len(lines)


def _desks(lines: Sequence[Line], notes: dict[int, _Note]) -> None:
    """Add the lines below a byline that say for whom or under which handle somebody writes."""
    for at in sorted(notes):
        below = lines[at + 1] if at + 1 < len(lines) and at + 1 not in notes and notes[at].byline.names else None
        if below and ((sources := desk(below.text)) or is_handle(below.text)):
            notes[at + 1] = _Note(Byline((), sources), (), ((HeadPart.BYLINE, below.span),))


def _named_days(lines: Sequence[Line], notes: dict[int, _Note], language: str) -> None:
    """Add the line that says the day behind a name, where no other says one and no paragraph stands above it."""
    if any(note.dates for note in notes.values()):
        return
    above = next((at for at, line in enumerate(lines) if _is_paragraph(line)), len(lines))
    signed = {at for at, note in notes.items() if note.byline != NOBODY}
    for at, day in named_days(lines, above, signed, language).items():
        dated = _dated(day, lines[at].text, lines[at].span.start)
        notes[at] = _Note(NOBODY, (dated,), ((HeadPart.DATE, lines[at].span),))


def _named(line: Line, reading: _Reading) -> bool:
    """Whether a line gives title or source behind a label: "Title: Ferry sinks"; they are read."""
    for key, part in (("title_label", HeadPart.TITLE), ("source_label", HeadPart.CREDIT)):
        label = pattern(key, r"{}[ \t]?[:：][ \t]*").match(line.text)
        if label and label.end() < len(line.text) <= LONGEST:
            reading.spans.append((part, line.span))
            value = line.text[label.end() :].strip()
            if part is HeadPart.TITLE:
                reading.title = reading.title or value
            else:
                reading.source = reading.source or value
                reading.credits += [Credit(line.span, sources) for sources in (alone(value),) if sources]
            return True
    return False


def _is_address(line: Line) -> bool:
    return bool(_ADDRESS.fullmatch(line.text))


def _is_below_address(lines: Sequence[Line], at: int) -> bool:
    return at > 0 and _is_address(lines[at - 1])


def _addresses(lines: Sequence[Line], reading: _Reading) -> None:
    """The day in an address that stands above the text."""
    for line in lines[:2]:
        if _is_address(line) and (day := in_name(line.text.replace(" ", ""))):
            reading.dates.append(Dated(day, Precision.DAY, Provenance.ADDRESS, line.span))


def _body(lines: Sequence[Line]) -> int:
    """Where the body begins for sure: behind its first paragraphs."""
    paragraphs = 0
    for at, line in enumerate(lines):
        paragraphs += _is_paragraph(line)
        if paragraphs >= _PARAGRAPHS or at > _MOST_ABOVE:
            return at + 1
    return len(lines)


def _is_attested(first: int, notes: dict[int, _Note]) -> bool:
    """Whether a byline or a date line follows within three lines."""
    return any(at in notes for at in range(first + 1, first + 4))


def _is_paragraph(line: Line) -> bool:
    return line.is_long or (len(line.text) >= _PARAGRAPH and bool(_SENTENCE.search(line.text)))


def _note(lines: Sequence[Line], at: int, language: str) -> _Note | None:
    """What a short line says of who wrote the text and when, if it says nothing else."""
    line = lines[at]
    if len(line.text) > LONGEST or (len(line.text) > _PARAGRAPH and not _NOTED.search(line.text)):
        return None
    if leads(line.text):
        return _names_below(lines, at)
    parts: list[tuple[HeadPart, Span]] = []
    dates: list[Dated] = []
    who, is_strange = NOBODY, False
    pieces = segments(line.text)
    for start, stop in pieces:
        piece, place = line.text[start:stop].strip(), line.span.start + start
        span = Span(place, line.span.start + stop)
        stated = _dates(piece, span, language)
        if stated or (_DIGIT.search(piece) and is_date_alone(piece)):
            dates += stated
            parts.append((HeadPart.DATE, span))
        elif (signed := _dated_byline(piece, span, language)) and signed.byline != NOBODY:
            who, dates = signed.byline, dates + list(signed.dates)
            parts.append((HeadPart.BYLINE, span))
        elif is_staff(piece):
            parts.append((HeadPart.BYLINE, span))
        elif (len(pieces) == 1 and not alone(piece)) or not _is_aside(piece, parts):
            is_strange = True
    if not parts and not is_strange:
        return None
    if is_strange or not parts:
        return _nameless(lines, at, language)
    return _Note(who, tuple(dates), tuple(_joined(parts, line.span)))


def _joined(parts: list[tuple[HeadPart, Span]], whole: Span) -> list[tuple[HeadPart, Span]]:
    """The parts of a line that is nothing else: its first to its beginning, the last to its end."""
    parts = [*parts]
    parts[0] = (parts[0][0], Span(whole.start, parts[0][1].stop))
    parts[-1] = (parts[-1][0], Span(parts[-1][1].start, whole.stop))
    return parts


def _names_below(lines: Sequence[Line], at: int) -> _Note | None:
    """A word such as "By" on a line of its own, the names on the next."""
    if at + 1 >= len(lines) or len(lines[at + 1].text) > LONGEST:
        return None
    who = people(lines[at + 1].text, is_led=True)
    span = Span(lines[at].span.start, lines[at + 1].span.stop)
    return _Note(who, (), ((HeadPart.BYLINE, span),)) if who != NOBODY else None


def _dates(piece: str, span: Span, language: str) -> list[Dated]:
    """The dates of a piece that is nothing else, its labels aside."""
    if not _DIGIT.search(piece):
        return []
    written = [*dates_in(piece, language)]
    if not written or len(rest_of(piece, [date.span for date in written])) > 0:
        return []
    return [_dated(date, piece, span.start) for date in written]


def _dated(date: Written, piece: str, offset: int, provenance: Provenance = Provenance.DATE_LINE) -> Dated:
    label = pattern("updated").search(piece, 0, date.span.start)
    later = pattern("published").search(piece, label.end(), date.span.start) if label else None
    if label and not later:
        provenance = Provenance.UPDATE
    exact = with_time(date, piece)
    return Dated(exact.value, exact.precision, provenance, Span(offset + exact.span.start, offset + exact.span.stop))


def _dated_byline(piece: str, span: Span, language: str) -> _Note | None:
    """A byline, perhaps with a date in the same piece: "By Ana Roth, January 5, 2020"."""
    if (who := byline(piece)) != NOBODY:
        return _Note(who, (), ())
    date = next(dates_in(piece, language), None)
    if not date:
        return None
    before = piece[: date.span.start].rstrip(" ,;:–—-(")
    for key in ("published", "updated", "at"):
        before = pattern(key, "{}[ ]*$").sub("", before).rstrip(" ,;:–—-(")
    behind = rest_of(piece[date.span.stop :], [])
    who = byline(before)
    if not before and behind:  # "Posted on January 5, 2020 by Ana Roth"
        who, behind = byline(piece[date.span.stop :].strip(" ,;:–—-)")), ""
    if who == NOBODY or behind:
        return None
    return _Note(who, (_dated(date, piece, span.start, Provenance.BYLINE),), ())


def _is_aside(piece: str, beside: Sequence[tuple[HeadPart, Span]]) -> bool:
    """Whether a piece beside a byline or a date says who they are or who prints it: no part of the body."""
    if alone(piece) or pattern("staff").fullmatch(piece.lower()) or not rest_of(piece, []):
        return True
    is_signed = any(part is HeadPart.BYLINE for part, _ in beside)
    return is_signed and (people(piece) != NOBODY or len(piece) <= _REST)


def _nameless(lines: Sequence[Line], at: int, language: str) -> _Note | None:
    """A name without "By": beside a role or a source, or between the title and a date line."""
    line = lines[at]
    if not at or "/" in line.text or pattern("by").match(line.text):
        return None
    pieces = segments(line.text)
    head, tail = line.text[slice(*pieces[0])], line.text[pieces[0][1] :].strip(" |·•–—-")
    who = people(head)
    if who.names and (who.sources or _has_role(head) or (tail and alone(tail))):
        sources = tuple(dict.fromkeys((*who.sources, *alone(tail))))
        dates = tuple(_dates(tail, Span(line.span.stop - len(tail), line.span.stop), language))
        return _Note(Byline(who.names, sources), dates, ((HeadPart.BYLINE, line.span),))
    who = people(line.text)
    if not who.names or who.sources or at + 1 >= len(lines):
        return None
    below = lines[at + 1]
    if is_handle(below.text) and at + 2 < len(lines):
        below = lines[at + 2]
    is_signed = bool(_dates(below.text, below.span, language)) if len(below.text) <= LONGEST else False
    is_signed = is_signed or bool(pattern("staff").fullmatch(below.text.lower())) or bool(_mixed(below, language))
    return _Note(who, (), ((HeadPart.BYLINE, line.span),)) if is_signed else None


def _mixed(line: Line, language: str) -> bool:
    """Whether every piece of a line is a date."""
    if len(line.text) > LONGEST:
        return False
    pieces = [line.text[start:stop] for start, stop in segments(line.text)]
    stated = [_dates(piece, line.span, language) or not rest_of(piece, []) for piece in pieces]
    return all(stated) and any(isinstance(entry, list) and entry for entry in stated)


def _has_role(text: str) -> bool:
    return "," in text and bool(pattern("staff").search(text, text.index(",")))


def _dateline(lines: Sequence[Line], reading: _Reading) -> int:
    """The dateline of one of the first paragraphs; where it ends, or 0."""
    taken = {span.start for _, span in reading.spans}
    for line in lines[:8]:
        if line.span.start in taken:
            continue
        begins: Dateline | None = dateline(line.text)
        if begins:
            span = Span(line.span.start, line.span.start + begins.stop)
            reading.spans.append((HeadPart.DATELINE, span))
            reading.place = begins.place
            if begins.sources:
                reading.credits.append(Credit(span, begins.sources, is_whole=True))
            if begins.date:
                reading.dates.append(_dated(begins.date, line.text, line.span.start, Provenance.DATELINE))
            return span.stop
    return 0


# --- below the body ------------------------------------------------------------------------------------------------


def _below(lines: Sequence[Line], reading: _Reading) -> None:
    """Read the lines below the body."""
    for at, line in enumerate(lines):
        skipped = max(0, len(line.text) - LONG)
        text = line.text[skipped:] if skipped else line.text
        start = line.span.start + skipped
        for credit in credits_in(text, is_last=at == len(lines) - 1):
            span = Span(start + credit.span.start, start + credit.span.stop)
            reading.credits.append(credit._replace(span=span))
            reading.spans.append((HeadPart.CREDIT, span))
        if not skipped and (stated := _labelled(text, line.span, reading.language)):
            reading.dates += stated
            reading.spans.append((HeadPart.DATE, line.span))


def _labelled(text: str, span: Span, language: str) -> list[Dated]:
    """The dates of a last line that says when the text was published or changed, and nothing else."""
    if len(text) > LONGEST or not (pattern("published").match(text) or pattern("updated").match(text.lstrip("—– -"))):
        return []
    return _dates(text, span, language)
