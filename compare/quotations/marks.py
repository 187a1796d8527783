"""Which spans of a text are quotations: what stands in quotation marks, block quotations, and speech after a dash.

| form | looks like |
|---|---|
| marks | “…” "…" ‘…’ '…' „…“ ‚…‘ «…» »…« ‹…› 「…」 『…』 ``…'' |
| over paragraphs | each opens anew and the last one closes: one quotation |
| block quotation | a Markdown paragraph whose `>` is muted |
| dialogue | — at the start of a line, where a verb of speech of such a language stands in it |

Not: a word or two that end no sentence (scare quotes), titles in capitals, the text of a link, inches and feet.
Every pass is one regular expression without nested repeats: cost is linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from compare.model import Span
from compare.text.language import LANGUAGES, language, words
from compare.text.sentences import paragraphs
from compare.text.tokens import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_CLOSED_BY = {
    "“": '”"“', "”": "”", "„": '“”"', '"': '"”', "«": "»", "»": "«", "‹": "›", "›": "‹", "‘": "’'", "'": "'’",
    "‚": "‘’", "「": "」", "『": "』", "``": "''",
}  # fmt: skip
_MARK = re.compile(r"[“”„«»‹›\"‘’'‚「」『』`](?:(?<=`)`|(?<=')')?")  # one class first: it is searched fast
SIGNS = frozenset("“”„«»‹›\"‘’'‚「」『』`")
"""Every sign that quotation marks are made of; the apostrophe is one of them."""
_AT_A_WORD = frozenset("\"”»›‘'")
"""Marks that open only at the start of a word: they have other uses as well."""
_AFTER_WORD = frozenset("\"“”’'")
"""Marks that close only at the end of a word."""
APOSTROPHES = frozenset("'’")
_DOUBLE = frozenset('"”')
_SINGLE = frozenset("‘'‚")
_BEFORE_SINGLE = frozenset('([—–-"“«„/:')
_WORD = re.compile(r"[\u3040-\u9fff]|[^\W_][\w'’.-]*")
_FEW, _FEW_SIGNS = 2, 4  # words, and signs where each is one, that are scare quotes and no quotation
_TITLE, _LETTERS = 2, 3  # words of so many letters in capitals that a title holds, its first one aside
_SPOKEN = tuple(",.!?…。，！？।—")  # what ends an utterance inside its marks
_SOURCE = re.compile(r"\n\s*[—–-]{1,2}\s?[^\n]*\Z")
_DASH = re.compile(r"[^\S\n]*[—–―][^\S\n]*(?=\w|[¡¿«…])")
_DASHES = ("—", "–", "―")
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_ASIDE = re.compile(r"(?:[,!?…»]|\.\.\.)[^\S\n]*[—–―]?[^\S\n]*(?=[a-zß-öø-ÿа-яё])|[^\S\n][—–―](?=[a-zß-öø-ÿ])")
_BACK = re.compile(r"[.,!?][^\S\n]*[—–―][^\S\n]*|[—–―][.,][^\S\n]*")
_ASIDE_WORDS = 3  # words of an aside among which its verb stands


class _Open(NamedTuple):
    """A quotation that is not closed yet."""

    mark: str
    start: int


def quotations(text: str, muted: Sequence[Span] = ()) -> list[Span]:
    """Quotations in order, without their marks, never overlapping. Marks inside others are part of those outside.

    One that is never closed ends with its paragraph. `muted` spans hold no marks, but those of block quotations.

    >>> text = "She said: “We won’t go.” He left."
    >>> [text[start:stop] for start, stop in quotations(text)]
    ['We won’t go.']
    """
    seen = readable(text, muted)
    parts = paragraphs(text)
    spans = _blocks(text, seen, parts, sorted(muted))
    for more in (_marked(seen, parts), _spoken(seen, parts)):
        spans = sorted([*spans, *_outside(more, spans)])
    links = {span.start: text[span.start] for span in muted if span.stop > span.start}
    return [span for span in spans if not _is_link(text, span, links)]


def _outside(spans: Iterable[Span], taken: Sequence[Span]) -> Iterator[Span]:
    """Those that overlap none of the others, which are in order."""
    for span in spans:
        place = bisect_right(taken, span.start, key=lambda span_taken: span_taken.stop)
        if place == len(taken) or span.stop <= taken[place].start:
            yield span


def _is_link(text: str, span: Span, muted: dict[int, str]) -> bool:
    """Whether a link begins before the opening mark and its target follows the closing one."""
    return muted.get(span.start - 2) == "[" and muted.get(span.stop + 1) == "]" and text[span.stop + 2 :][:1] in "(["


# --- quotation marks -----------------------------------------------------------------------------------------------


def _marked(text: str, parts: Sequence[Span]) -> Iterator[Span]:
    """What stands between marks. A quotation goes on in the next paragraph if that opens with its mark again."""
    going: _Open | None = None
    end = 0
    for paragraph in parts:
        if going and not text.startswith(going.mark, paragraph.start):
            yield from _unclosed(text, going, end)
            going = None
        closed, going = _between(text, paragraph, going)
        yield from (span for span in closed if _is_quotation(text, span))
        end = paragraph.stop
    if going:
        yield from _unclosed(text, going, end)


def _unclosed(text: str, going: _Open, stop: int) -> Iterator[Span]:
    """A quotation whose end is the paragraph's; single marks that never close are apostrophes."""
    span = _trimmed(text, going.start, stop)
    if going.mark not in _SINGLE and _is_quotation(text, span):
        yield span


def _between(text: str, paragraph: Span, going: _Open | None) -> tuple[list[Span], _Open | None]:
    """The quotations that close in a paragraph, and what is open at its end."""
    closed: list[Span] = []
    first = paragraph.start + (len(going.mark) if going else 0)
    for mark in _MARK.finditer(text, first, paragraph.stop):
        sign = mark[0]
        if sign in APOSTROPHES and _is_in_a_word(text, mark):
            continue
        if going and sign in _CLOSED_BY[going.mark] and _closes(text, going, mark, paragraph.stop):
            closed.append(_trimmed(text, going.start, mark.start()))
            going = None
        elif (not going or sign == going.mark) and _opens(text, mark):
            going = _Open(sign, mark.end())
    return closed, going


def _is_in_a_word(text: str, mark: re.Match[str]) -> bool:
    return _is_letter(text[mark.start() - 1 : mark.start()]) and _is_letter(text[mark.end() : mark.end() + 1])


def _is_letter(sign: str) -> bool:
    """Whether a word goes on there: in scripts without blanks, and behind a Korean quotation, a mark touches words."""
    return sign.isalnum() and not ("\u2e80" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7af")


def _opens(text: str, mark: re.Match[str]) -> bool:
    """Whether a quotation begins here: an opening mark, at the start of a word where the mark is ambiguous."""
    sign, before, after = mark[0], text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    if sign not in _CLOSED_BY:
        return False
    if sign in _SINGLE and (not _parted(before) or _is_elision(text, mark.end())):
        return False
    if sign not in _AT_A_WORD:
        return True
    return not _is_letter(before) and before not in tuple(".,!?%=") and not after.isspace() and after != ""


def _parted(before: str) -> bool:
    """Whether a single mark after this sign can open a quotation: an apostrophe stands inside words."""
    return not before or before.isspace() or before in _BEFORE_SINGLE


def _is_elision(text: str, start: int) -> bool:
    """Whether an apostrophe stands for letters that are left out at the start of a word: ’em, ’90s."""
    word = _WORD.match(text, start, start + 12)
    return bool(word) and (word[0][:2].isdigit() or word[0].lower() in words("speech", "elisions"))  # type: ignore[index]


def _closes(text: str, going: _Open, mark: re.Match[str], stop: int) -> bool:
    """Whether a mark that may close does: an apostrophe in a word or after a plural does not."""
    before, after = text[mark.start() - 1], text[mark.end() : mark.end() + 1]
    if mark[0] in _DOUBLE and before in tuple(".!?…") and after.isupper():  # a blank is lost: in ink."The agency
        return True
    parted = before.isspace() and text[mark.start() - 2] not in _AFTER_WORD  # ‘…’ ” has a blank between two marks
    is_apart = mark[0] in _DOUBLE and (not after or after.isspace())  # it can't open either
    if mark[0] in _AFTER_WORD and ((parted and not is_apart) or _is_letter(after)):
        return False
    if going.mark not in _SINGLE or before != "s" or after != " ":
        return True
    return not (text[mark.end() + 1 : mark.end() + 2].islower() and _closes_later(text, going, mark.end(), stop))


def _closes_later(text: str, going: _Open, start: int, stop: int) -> bool:
    """Whether another mark that closes stands before the next one that opens."""
    for mark in _MARK.finditer(text, start, stop):
        if mark[0] in _CLOSED_BY[going.mark] and not text[mark.end() : mark.end() + 1].isalnum():
            return not text[mark.start() - 1].isspace()
        if _opens(text, mark):
            return False
    return False


def _trimmed(text: str, start: int, stop: int) -> Span:
    """The span without white space at its ends; empty if nothing is left."""
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return Span(start, stop)


def _is_quotation(text: str, span: Span) -> bool:
    """Whether it is more than a word or two, or an utterance by its last sign; and no title."""
    part = text[slice(*span)]
    spoken = _WORD.findall(part, 0, 400)
    few = _FEW_SIGNS if spoken and "\u3040" <= spoken[0][0] <= "\u9fff" else _FEW
    if not spoken or (len(spoken) <= few and not part.endswith(_SPOKEN)):
        return False
    return not _is_title(spoken) and not _is_called(text, span)


def _is_title(spoken: Sequence[str]) -> bool:
    """Whether every word has a capital but those that join others: “The Art of the Deal”."""
    capitals = [word for word in spoken[1:] if word[0].isupper() and len(word) >= _LETTERS]
    if len(capitals) < _TITLE or all(word.isupper() for word in spoken):
        return False
    return all(word[0].isupper() or word.lower() in _small() or word[0].isdigit() for word in spoken)


@cache
def _small() -> frozenset[str]:
    """Words that a title writes small."""
    return words("speech", "links") | words("speech", "articles")


def _is_called(text: str, span: Span) -> bool:
    """Whether the word before says that it is a title: headlined “…”."""
    before = re.search(r"([^\W\d_]+),? ?[^\w\s]{1,2}\Z", text[max(0, span.start - 24) : span.start])
    return bool(before) and before[1].lower() in words("speech", "titled")  # type: ignore[index]


# --- block quotations ----------------------------------------------------------------------------------------------


def _blocks(text: str, seen: str, parts: Sequence[Span], muted: Sequence[Span]) -> list[Span]:
    """Block quotations of Markdown, without the line that names the source."""
    spans: list[Span] = []
    for paragraph in parts if muted else ():
        if text[paragraph.start] == ">" and _is_muted(paragraph.start, muted):
            source = _SOURCE.search(seen, *paragraph)
            span = _unmarked(seen, _trimmed(seen, paragraph.start, source.start() if source else paragraph.stop))
            if len(_WORD.findall(seen, *span)) > _FEW:
                spans.append(span)
    return spans


def _is_muted(at: int, muted: Sequence[Span]) -> bool:
    """Whether a sign belongs to the syntax of Markdown."""
    place = bisect_right(muted, at, key=lambda span: span.start) - 1
    return place >= 0 and at < muted[place].stop


def _unmarked(text: str, span: Span) -> Span:
    """The span without marks that enclose it whole."""
    if span.stop - span.start > 1 and text[span.start] in _CLOSED_BY:
        closers = _CLOSED_BY[text[span.start]]
        if text[span.stop - 1] in closers and not any(sign in text[span.start + 1 : span.stop - 1] for sign in closers):
            return Span(span.start + 1, span.stop - 1)
    return span


# --- speech after a dash -------------------------------------------------------------------------------------------


def _spoken(text: str, parts: Sequence[Span]) -> Iterator[Span]:
    """What is said in lines that begin with a dash, in runs of such lines of which one holds a verb of speech."""
    if not (text.startswith(_DASHES) or any(f"\n{dash}" in text for dash in _DASHES)):
        return
    run: list[tuple[Span, re.Match[str] | None]] = []
    for line in (Span(*line.span()) for paragraph in parts for line in _LINE.finditer(text, *paragraph)):
        dash = _DASH.match(text, *line)
        if dash:
            speech = Span(dash.end(), line.stop)
            run.append((speech, _aside(text, *speech)))
        else:
            yield from _said_in(text, run)
            run = []
    yield from _said_in(text, run)


def _said_in(text: str, run: Sequence[tuple[Span, re.Match[str] | None]]) -> Iterator[Span]:
    """What is said in lines that follow each other, without the asides of the narrator; nothing where none has any."""
    if not any(aside for _, aside in run):
        return
    for line, aside in run:
        spans = [_trimmed(text, line.start, aside.start() if aside else line.stop)]
        back = _BACK.search(text, aside.end(), line.stop) if aside else None
        if back:
            spans.append(_trimmed(text, back.end(), line.stop))
        yield from (span for span in spans if len(_WORD.findall(text, *span)) > _FEW)


def _aside(text: str, start: int, stop: int) -> re.Match[str] | None:
    """Where the narrator breaks in: a verb of speech soon after a comma or a dash."""
    for aside in _ASIDE.finditer(text, start, stop):
        following = [word.lower() for word in _WORD.findall(text, aside.end(), min(stop, aside.end() + 40))]
        if not _dash_verbs().isdisjoint(following[:_ASIDE_WORDS]):
            return aside
    return None


@cache
def _dash_verbs() -> frozenset[str]:
    """The verbs of the languages that write speech after a dash."""
    codes = [code for code in LANGUAGES if language(code).get("speech", {}).get("dashes")]
    return frozenset(verb for code in codes for verb in language(code)["speech"]["verbs"].split())
