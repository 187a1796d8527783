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
from typing import TYPE_CHECKING, NamedTuple

from compare.model import Span
from compare.text.language import values, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_AFTER, _BEFORE = 220, 260  # code points beside a quotation in which its speaker is looked for
_PIECE = re.compile(r"(?:[^\W\d_]\.){2,6}|[^\W\d_]\.(?=[^\S\n])|[^\W_][\w’'&-]*|[,;:—–()\[\]]|\n")
_HIDDEN = {"(": ")", "[": "]"}
_POSSESSIVE = re.compile(r"['’]s?\Z")
_OPENING = " \n\"'“”„«‘`‚‹「『>"  # what stands between a verb and the words that are quoted
_LONGEST = 4  # words of a name, particles left out
_REST = 8  # words that may stand between the verb and the quotation
_LINK = 6  # words between two quotations of one sentence that one speaker says
_STOPS = frozenset(".,;:!?\n")
_PHRASE = 30  # words in which a speaker is named


class Word(NamedTuple):
    """A word of a sentence, where it stands."""

    text: str
    span: Span

    @property
    def lower(self) -> str:
        """In lower case, without a possessive and a last point."""
        return _POSSESSIVE.sub("", self.text).rstrip(".").lower()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


_Said = tuple[bool, Span | None]
"""Whether an attribution stands there, and where it names a speaker."""
_NOT_SAID: _Said = (False, None)


@cache
def _of(key: str) -> frozenset[str]:
    return words("speech", key)


@cache
def _scripts(key: str) -> tuple[re.Pattern[str], ...]:
    """Patterns of the languages whose names have no capitals."""
    return tuple(re.compile(pattern) for value in values("speech", key) for pattern in value)


class Speakers:
    """Who speaks in the quotations of a text. Each is looked for once, when it is first asked for."""

    def __init__(self, text: str, quotations: Sequence[Span], sentences: Sequence[Span]) -> None:
        self._text = text
        self._quotations = quotations
        self._sentences = sentences
        self._starts = [span.start for span in sentences]
        self._named: dict[int, Span | None] = {}
        self._somebody: dict[str, bool] = {}

    def of(self, index: int) -> Span | None:
        """Where the name of the speaker of a quotation stands; None where nobody is named plainly."""
        for place in range(self._first_asked(index), index + 1):
            if place not in self._named:
                self._named[place] = self._looked_for(place)
        return self._named[index]

    def _looked_for(self, index: int) -> Span | None:
        """The speaker by what follows, by what stands before, or by the quotation before."""
        for speaks, speaker in (self._after(index), self._before(index)):
            if speaks:
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
        for pattern in _scripts("after"):
            if by_script := pattern.match(self._text, window.start, window.stop):
                return True, Span(*by_script.span("name"))
        segments = list(_segments(self._text, self._attribution(index, window)))
        if not segments:
            return _NOT_SAID
        if segments[0][0].lower in _of("according"):
            return True, self._person(_without_first(segments))
        before, after = _parted(segments)
        if after is None or (before and before[0][0].lower in _of("links")):
            return _NOT_SAID
        return True, self._person(before or after)

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
        words_after = _PIECE.search(self._text, window.start, window.stop)
        while words_after and not words_after[0][0].isalnum():
            words_after = _PIECE.search(self._text, words_after.end(), window.stop)
        if not words_after:
            return Span(window.start, window.start)
        sentence = self._sentence(words_after.start())
        stop = min(window.stop, sentence.stop)
        if sentence.start < self._quotations[index].stop:
            return Span(window.start, stop)
        return Span(window.start, stop if self._asks(index, Span(words_after.start(), stop)) else window.start)

    def _asks(self, index: int, sentence: Span) -> bool:
        """Whether the sentence after a question says who asked it, and no more: “Why?” Marten asked."""
        if self._text[self._quotations[index].stop - 1] not in "?!？！":
            return False
        segments = list(_segments(self._text, sentence))
        _, after = _parted(segments)
        return after is not None and not any(after)

    def _before(self, index: int) -> _Said:
        window = self._preceding(index)
        for pattern in _scripts("before"):
            if by_script := _last(pattern.finditer(self._text, window.start, window.stop)):
                return True, Span(*by_script.span("name"))
        segments = list(_segments(self._text, window))
        if not segments:
            return _NOT_SAID
        if segments[0][0].lower in _of("according"):
            return True, self._person(_without_first(segments)) if len(segments) < 3 else None  # noqa: PLR2004
        opening = self._text[window.start : window.stop].rstrip(_OPENING).rstrip()
        before, rest = _parted_last(segments)
        if rest is None:
            named = opening.endswith(":") and len(segments) == 1
            return named, self._person(segments) if named else None
        if not before and index and window.start == self._quotations[index - 1].stop:
            return _NOT_SAID
        return True, self._subject(before) if _leads(rest, opening) else None

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
        between = list(_segments(self._text, Span(end, start)))
        if not between:
            return speaker
        if end <= speaker.start < start:
            first, last = between[0][0].span.start, between[-1][-1].span.start
            return speaker if self._sentence(first) == self._sentence(last) else None
        same = self._sentence(end - 1) == self._sentence(start)
        links = [word for part in between for word in part]
        others = any(_speaks(word) or word.lower in _of("others") for word in links)
        return speaker if same and len(links) <= _LINK and not others else None

    # -- the name

    def _person(self, segments: Sequence[Sequence[Word]]) -> Span | None:
        """The name in a phrase for a person, or None."""
        if not segments or not segments[0]:
            return None
        head = _head(segments[0])
        if not head or any(word.lower in _of("pronouns") for word in head):
            return None
        before, run = _last_run(head)
        if not run:
            return self._apposed(segments)
        return self._plain(before, run)

    def _subject(self, before: Sequence[list[Word]]) -> Span | None:
        """The person who is the subject of a verb at the end of a phrase; nobody where the verb is passive."""
        if not before or before[-1][-1].lower in _of("passive"):
            return None
        clause = _last_clause(_without_auxiliaries(before))
        if clause and all(word.is_capital or word.lower in _of("particles") for word in clause[-1]):
            return self._person(clause[-1:]) or self._person(clause)
        return self._person(clause)

    def _apposed(self, segments: Sequence[Sequence[Word]]) -> Span | None:
        """The name that stands alone after a role: the mayor of Paris, Ilse Marten."""
        if len(segments) == 1 or not segments[1]:
            return None
        before, run = _last_run(segments[1])
        return None if before else self._plain(before, run)

    def _plain(self, before: Sequence[Word], run: Sequence[Word]) -> Span | None:
        """Where a name stands in capitalised words, without the titles before it, if it is a person's."""
        roles = [place for place, word in enumerate(run) if word.lower in _of("roles") or _is_owner(word)]
        name = list(run[roles[-1] + 1 :]) if roles else list(run)
        titled = bool(roles) or bool(before and before[-1].lower in _of("roles"))
        if not roles and before and before[-1].lower in _of("articles"):
            return None
        while name and name[0].lower in _of("particles") and not name[0].is_capital:
            name = name[1:]
        if not _may_name(name) or (len(name) == 1 and not titled and not self._is_introduced(name[0].text)):
            return None
        return Span(name[0].span.start, name[-1].span.stop)

    def _is_introduced(self, name: str) -> bool:
        """Whether a lone word stands elsewhere behind a first name or a title, and nowhere behind an article."""
        if name not in self._somebody:
            self._somebody[name] = self._looked_up(name)
        return self._somebody[name]

    def _looked_up(self, name: str) -> bool:
        introduced = False
        at = self._text.find(name)
        while at >= 0:
            end = at + len(name)
            if not self._text[end : end + 1].isalnum():
                before = self._word_before(at)
                if before.lower() in _of("articles") and self._text[end : end + 1] in _STOPS:
                    return False
                introduced = introduced or self._is_first_name(before)
            at = self._text.find(name, end)
        return introduced

    def _word_before(self, at: int) -> str:
        before = self._text[max(0, at - 24) : at]
        if not before.endswith((" ", "\u00a0", "-")):
            return ""
        return before[:-1].rpartition(" ")[2].rpartition("\n")[2].lstrip("\"“„«‘'([")

    def _is_first_name(self, word: str) -> bool:
        lower = word.rstrip(".").lower()
        if lower in _of("roles") or (lower in _of("first_names") and word[0].isupper()):
            return True
        plain = word[:1].isupper() and word.replace("-", "").replace(".", "").isalpha() and len(lower) > 1
        known = lower in _of("links") or lower in _of("articles") or lower in _of("organisations")
        return plain and not known and not _is_written(self._text, lower)


def _is_written(text: str, lower: str) -> bool:
    """Whether a word stands in lower case, so that a capital says nothing of it."""
    return f" {lower} " in text


def _segments(text: str, window: Span) -> Iterator[list[Word]]:
    """The words of a window in parts between commas, without brackets; parts without words are left out."""
    part: list[Word] = []
    closing = ""
    for piece in _PIECE.finditer(text, *window):
        sign = piece[0]
        if closing or not (sign[0].isalnum() or sign in _HIDDEN):
            if not closing and part:
                yield part
                part = []
            closing = "" if sign == closing else closing
        elif sign in _HIDDEN:
            closing = _HIDDEN[sign]
        else:
            part.append(Word(sign, Span(*piece.span())))
    if part:
        yield part


def _speaks(word: Word) -> bool:
    return word.text.lower() in _of("verbs")


def _parted(segments: Sequence[list[Word]]) -> tuple[list[list[Word]], list[list[Word]] | None]:
    """What stands before the first verb of speech, and after it; None for what follows where there is none."""
    before: list[list[Word]] = []
    for place, part in enumerate(segments[:_PHRASE]):
        for at, word in enumerate(part):
            if _speaks(word):
                rest = [part[at + 1 :], *segments[place + 1 :]] if part[at + 1 :] else list(segments[place + 1 :])
                return _without_auxiliaries([*before, part[:at]]), rest
        before.append(part)
    return before, None


def _parted_last(segments: Sequence[list[Word]]) -> tuple[list[list[Word]], list[list[Word]] | None]:
    """The same for the last verb of speech."""
    for place in range(len(segments) - 1, -1, -1):
        part = segments[place]
        for at in range(len(part) - 1, -1, -1):
            if _speaks(part[at]) or part[at].lower in _of("callers"):
                return _filled([*segments[:place], part[:at]]), _filled([part[at + 1 :], *segments[place + 1 :]])
    return [*segments], None


def _filled(segments: Sequence[list[Word]]) -> list[list[Word]]:
    return [part for part in segments if part]


def _without_auxiliaries(segments: Sequence[list[Word]]) -> list[list[Word]]:
    """Without the auxiliary at either end of the phrase, and without parts that are empty then."""
    while segments and segments[-1] and segments[-1][-1].lower in _of("auxiliaries"):
        segments = [*segments[:-1], segments[-1][:-1]]
    while segments and segments[0] and segments[0][0].lower in _of("auxiliaries"):
        segments = [segments[0][1:], *segments[1:]]
    return [part for part in segments if part]


def _without_first(segments: Sequence[list[Word]]) -> list[list[Word]]:
    """What follows “according to”."""
    part = segments[0][1:]
    part = part[1:] if part and part[0].lower in _of("links") else part
    return [part, *segments[1:]]


def _last_clause(segments: Sequence[list[Word]]) -> list[list[Word]]:
    """The subject before a verb: after another verb of speech, after an adverbial that opens the sentence, before who."""
    clause: list[list[Word]] = []
    for part in segments:
        spoken = [at for at, word in enumerate(part) if _speaks(word)]
        clause = _filled([part[spoken[-1] + 1 :]]) if spoken else [*clause, part]
    if len(clause) > 1 and [word.lower for word in clause[-1]] == ["who"]:
        return clause[-2:-1]
    if len(clause) > 1 and clause[0][0].lower in _of("links"):
        return clause[-1:]
    return clause


def _leads(rest: Sequence[Sequence[Word]], opening: str) -> bool:
    """Whether what stands between a verb and a quotation leads to it, and nobody else is quoted in between."""
    between = [word for part in rest for word in part]
    if any(word.lower in _of("others") for word in between):
        return False
    return opening.endswith((":", "：")) or (len(rest) <= 1 and len(between) <= _REST)


def _head(part: Sequence[Word]) -> list[Word]:
    """The words up to the first one that begins something else: of, in, on Monday. “Von der” in a name does not."""
    head: list[Word] = []
    for word in part:
        goes_on = bool(head) and word.lower in _of("particles") and not word.is_capital
        if word.lower in _of("links") and not (goes_on and (head[-1].is_capital or head[-1].lower in _of("particles"))):
            break
        head.append(word)
    while head and head[-1].lower in _of("particles") and not head[-1].is_capital:
        head.pop()
    return head


def _last_run(head: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """The capitalised words with which a phrase ends, particles among them, and what stands before."""
    start = len(head)
    while start and (head[start - 1].is_capital or (start < len(head) and head[start - 1].lower in _of("particles"))):
        start -= 1
    return head[:start], head[start:]


def _is_owner(word: Word) -> bool:
    """Whether it is a possessive: CNN's."""
    return len(word.text) > 2 and bool(re.search(r"['’]s\Z", word.text))  # noqa: PLR2004


def _may_name(name: Sequence[Word]) -> bool:
    """Whether the words may be a person's name: not too many, no organisation, no day, no acronym."""
    names = [word for word in name if word.lower not in _of("particles")]
    if not 0 < len(names) <= _LONGEST or not name[-1].is_capital:
        return False
    no_names = (_of("organisations"), _of("nobody"), _of("pronouns"), _of("roles"))
    if any(word.lower in table for word in names for table in no_names):
        return False
    return not any(_is_acronym(word.text) for word in names) and len(names[-1].lower) > 1


def _is_acronym(word: str) -> bool:
    return len(word) > 2 and word.isupper() and "." not in word  # noqa: PLR2004


def _last(matches: Iterable[re.Match[str]]) -> re.Match[str] | None:
    return max(matches, key=lambda match: match.start(), default=None)


# --- two speakers --------------------------------------------------------------------------------------------------


def same_person(first: str, second: str) -> bool:
    """Whether two names may be one person's: by their last words, or by one word that is all of a name.

    >>> same_person("Ilse Marten", "Marten"), same_person("Ilse Marten", "Ilse Brandt")
    (True, False)
    """
    a, b = _bare(first), _bare(second)
    if not a or not b:
        return True
    if len(a) == 1 or len(b) == 1:
        return any(_alike(x, y) for x in a for y in b)
    return _alike(a[-1], b[-1]) or bool(_alike(a[0], b[0]) and {*a[1:]} & {*b[1:]})


def _bare(name: str) -> list[str]:
    """The words of a name in lower case, without titles and particles."""
    parts = [word.strip(".").casefold() for word in re.split(r"[\s-]+", name)]
    left_out = _of("roles") | _of("particles") | _of("suffixes")
    return [word for word in parts if word and word not in left_out]


def _alike(first: str, second: str) -> bool:
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415  # not every command aligns

    return first == second or float(ratio(first, second)) >= 85.0  # noqa: PLR2004
