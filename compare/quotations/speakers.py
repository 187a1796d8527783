"""Who is quoted, where the text says so plainly, beside the quotation.

| plain is | as in |
|---|---|
| a verb of speech and a name, in the sentence that the quotation ends | “…,” said the mayor of Paris, Ilse Marten |
| a name and a verb of speech there | “…,” Ilse Marten, a spokeswoman for the port, told Reuters |
| the same before the quotation | Ilse Marten said: “…” · According to Ilse Marten, “…” |
| the next part of what is quoted | “…,” said Ilse Marten. “…” |

A role, a pronoun, an agency or a ministry is nobody. A lone word is a name only where the text introduces it elsewhere,
with a first name or a title. In doubt nobody speaks. Weak: verbs that are not listed, names that are a firm's as well.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from compare.model import Span
from compare.quotations.names import Names
from compare.quotations.phrases import follows, known_as, leads, parted, parted_last, phrases, speaks, without_first
from compare.text.language import values

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_AFTER, _BEFORE = 220, 260  # code points beside a quotation in which its speaker is looked for
_SCRIPT = re.compile("[\u0600-\u06ff\u0900-\u097f\u4e00-\u9fff]")  # letters of languages without capitals
_WORD = re.compile(r"[^\W_]")
_OPENING = " \n\"'“”„«‘`‚‹「『>"  # what stands between a verb and the words that are quoted
_WORDS = 2  # words of a name where nothing else shows that it is one
_LINK = 6  # words between two quotations of one sentence that one speaker says


_Said = tuple[bool, Span | None]
"""Whether an attribution stands there, and where it names a speaker."""
_NOT_SAID: _Said = (False, None)


@cache
def _scripts(key: str) -> tuple[re.Pattern[str], ...]:
    """Patterns of the languages whose names have no capitals."""
    return tuple(re.compile(pattern) for value in values("speech", key) for pattern in value)


class Speakers:
    """Who speaks in the quotations of a text. Each is looked for once, when it is first asked for."""

    def __init__(
        self, text: str, quotations: Sequence[Span], sentences: Sequence[Span], *, loosely: bool = False
    ) -> None:
        self._text = text
        self._quotations = quotations
        self._sentences = sentences
        self._starts = [span.start for span in sentences]
        self._named: dict[int, Span | None] = {}
        self._has_scripts = bool(_SCRIPT.search(text))
        self._names = Names(text, loosely=loosely)
        self._loose: Speakers | None = None

    def of(self, index: int) -> Span | None:
        """Where the name of the speaker of a quotation stands; None where nobody is named plainly."""
        for place in range(self._first_asked(index), index + 1):
            if place not in self._named:
                self._named[place] = self._looked_for(place)
        return self._named[index]

    def perhaps(self, index: int) -> Span | None:
        """The same, where a lone name may be one that the text does not introduce."""
        if self._loose is None:
            self._loose = Speakers(self._text, self._quotations, self._sentences, loosely=True)
        return self._loose.of(index)

    def _looked_for(self, index: int) -> Span | None:
        """The speaker by what follows, by what stands before, or by the quotation before."""
        for look in (self._after, self._before):
            attributed, speaker = look(index)
            if attributed:
                return speaker
        return self._continued(index)

    def _first_asked(self, index: int) -> int:
        """The first of the quotations in the same paragraph: what they say of the speaker may go on to this one."""
        first = index
        while first and "\n" not in self._text[self._quotations[first - 1].stop : self._quotations[first].start]:
            first -= 1
        return first

    def _sentence(self, at: int) -> Span:
        """The sentence at or before a place; empty before the first."""
        place = bisect_right(self._starts, at) - 1
        return self._sentences[place] if place >= 0 else Span(0, 0)

    # -- the words after and before

    def _after(self, index: int) -> _Said:
        window = self._following(index)
        for pattern in _scripts("after") if self._has_scripts else ():
            if by_script := pattern.match(self._text, window.start, window.stop):
                return True, _scripted(by_script)
        segments = list(phrases(self._text, self._attribution(index, window)))
        if not segments:
            return _NOT_SAID
        if follows(segments):
            return True, self._names.person(without_first(segments))
        before, after = parted(segments)
        if after is None or (before and before[0][0].lower in known_as("links")):
            return _NOT_SAID
        return True, self._names.person(before or after)

    def _following(self, index: int) -> Span:
        """What follows a quotation up to the next one and the end of its paragraph."""
        start = min(len(self._text), self._quotations[index].stop)
        stop = min(len(self._text), start + _AFTER)
        if index + 1 < len(self._quotations):
            stop = min(stop, self._quotations[index + 1].start)
        line = self._text.find("\n", start, stop)
        return Span(start, stop if line < 0 else line)

    def _attribution(self, index: int, window: Span) -> Span:
        """The part of the window that belongs to the sentence in which the quotation ends."""
        first = _WORD.search(self._text, *window)
        if not first:
            return Span(window.start, window.start)
        sentence = self._sentence(first.start())
        stop = min(window.stop, sentence.stop)
        if sentence.start < self._quotations[index].stop:
            return Span(window.start, stop)
        return Span(window.start, stop if self._asks(index, Span(first.start(), stop)) else window.start)

    def _asks(self, index: int, sentence: Span) -> bool:
        """Whether the sentence after a question says who asked it, and no more: “Why?” Marten asked."""
        if self._text[self._quotations[index].stop - 1] not in "?!？！":
            return False
        segments = list(phrases(self._text, sentence))
        _, after = parted(segments)
        return after is not None and not any(after)

    def _before(self, index: int) -> _Said:
        window = self._preceding(index)
        for pattern in _scripts("before") if self._has_scripts else ():
            if by_script := _last(pattern.finditer(self._text, window.start, window.stop)):
                return True, _scripted(by_script)
        segments = list(phrases(self._text, window))
        if not segments:
            return _NOT_SAID
        if follows(segments):
            return True, self._names.person(without_first(segments)) if len(segments) < 3 else None  # noqa: PLR2004
        opening = self._text[window.start : window.stop].rstrip(_OPENING).rstrip()
        before, rest = parted_last(segments)
        if rest is None:
            named = opening.endswith(":") and len(segments) == 1 and all(word.is_capital for word in segments[0])
            return named, self._names.person(segments) if named else None
        if not before and index and window.start == self._quotations[index - 1].stop:
            return _NOT_SAID
        return True, self._names.subject(before) if leads(rest, opening) else None

    def _preceding(self, index: int) -> Span:
        """What stands before a quotation in its sentence, back to the one before."""
        stop = self._quotations[index].start
        start = max(self._sentence(stop).start, stop - _BEFORE)
        if index:
            start = max(start, self._quotations[index - 1].stop)
        return Span(min(start, stop), stop)

    def _continued(self, index: int) -> Span | None:
        """The speaker of the quotation before, where no more than who said it stands between the two."""
        if not index:
            return None
        speaker = self._named.get(index - 1)
        end, start = self._quotations[index - 1].stop, self._quotations[index].start
        if speaker is None or "\n" in self._text[end:start]:
            return None
        between = list(phrases(self._text, Span(end, start)))
        if not between:
            return speaker
        if end <= speaker.start < start:
            first, last = between[0][0].start, between[-1][-1].start
            return speaker if self._sentence(first) == self._sentence(last) else None
        same = self._sentence(end - 1) == self._sentence(start)
        links = [word for part in between for word in part]
        others = any(speaks(word) or word.lower in known_as("others") for word in links)
        return speaker if same and len(links) <= _LINK and not others else None


def _scripted(attribution: re.Match[str]) -> Span | None:
    """The name in a phrase of a language without capitals, without roles before it; two words if blanks part them."""
    start, stop = attribution.span("name")
    parts = attribution["name"].split()
    if "\u4e00" <= parts[0][0] <= "\u9fff":
        return Span(start, stop)
    while parts and (parts[0] in known_as("roles") or parts[0].startswith(tuple(known_as("definite")))):
        start += len(parts.pop(0)) + 1
    no_names = (known_as("links"), known_as("pronouns"), known_as("organisations"), known_as("roles"))
    if len(parts) < _WORDS or any(word in table for word in parts for table in no_names):
        return None
    return Span(start, stop)


def _last(matches: Iterable[re.Match[str]]) -> re.Match[str] | None:
    return max(matches, key=lambda match: match.start(), default=None)
