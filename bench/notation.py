"""Other notation of the same facts, all over a copy of a real article: whoever tells a change here is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planting import people, put_in, renamed
from planting_words import MONTHS, SPELLED_OTHERWISE, WEEKDAYS, pairs

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Rewriting = Callable[[str, Random], str]

_MONTHS = {name: number for number, name in enumerate(MONTHS.split(), 1)}
_SHORT = {"Jan.": 1, "Feb.": 2, "Aug.": 8, "Sept.": 9, "Oct.": 10, "Nov.": 11, "Dec.": 12}
_ANY_MONTH = "(?P<month>" + "|".join(map(re.escape, (*_MONTHS, *_SHORT))) + ")"
_DATE = re.compile(rf"\b{_ANY_MONTH}\s(?P<day>\d{{1,2}})(?:,\s(?P<year>\d{{4}}))?(?![\d\w])")
_FULL_DATE = re.compile(rf"\b{_ANY_MONTH}\s(?P<day>\d{{1,2}}),\s(?P<year>\d{{4}})(?!\d)")
_CLOCK = re.compile(r"(?<![\w.:])(?P<hour>1?\d)(?::(?P<minute>\d\d))?\s?(?P<half>[ap])(?:\.m\.|m\b)")
_NO_SENTENCE = "(?:[ECMP][DS]?T|GMT|Eastern|" + "|".join((*WEEKDAYS.split(), *_MONTHS, *map(re.escape, _SHORT))) + ")"
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905  # as they are said
_ORDINALS = {"third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th", "tenth": "10th"}
_BRITISH_NAMES = """
Defense Defence; Labor Labour; Center Centre; Organization Organisation; Organizations Organisations; Harbor Harbour;
Theater Theatre; Program Programme; Globalization Globalisation; Modernization Modernisation; Honor Honour;
Authorization Authorisation; Stabilization Stabilisation; Mobilization Mobilisation; Fiber Fibre; Color Colour;
"""
_BRITISH = """
color colour; honor honour; labor labour; favor favour; favorite favourite; neighbor neighbour; behavior behaviour;
center centre; theater theatre; defense defence; offense offence; program programme; traveled travelled;
canceled cancelled; organized organised; organization organisation; realize realise; recognized recognised;
recognize recognise; criticized criticised; apologize apologise; emphasized emphasised; percent per-cent; gray grey;
analyze analyse; license licence; skeptical sceptical; fulfill fulfil; judgment judgement; toward towards;
"""
_ALIASES = """
ISIS Islamic-State; ISIS ISIL; U.S. US; United-States U.S.; United-Nations U.N.; U.N. UN; European-Union EU;
Sen. Senator; Rep. Representative; Gov. Governor; Gen. General; Lt.-Gov. Lieutenant-Governor; GOP Republican-Party;
Democrats Dems; F.B.I. FBI; FBI F.B.I.; C.I.A. CIA; D.C. DC; Washington,-D.C. Washington,-DC; EST ET; EDT ET; NATO Nato;
Fox-News FoxNews; St.-Louis Saint-Louis; Britain UK; United-Kingdom Britain; Mt. Mount; Dr. Doctor; vs. versus;
"""
_STATES = """
Pennsylvania Pa.; Florida Fla.; Texas Tex.; Arizona Ariz.; Wisconsin Wis.; Michigan Mich.; Virginia Va.; Georgia Ga.;
"""
_SAID_OTHERWISE = """
The crowd was put at 4,187.|The crowd was put at about 4,200.
The share was 26.4 percent in May.|The share was more than 26 percent in May.
It will cost half a million dollars.|It will cost $500,000.
One in four of them stayed away.|Of them 25 percent stayed away.
The ban held in the season 2019-20.|The ban held in the season 2019/2020.
It took 2½ hours in all.|It took two and a half hours in all.
The road is 5 miles (8 km) long.|The road is 8 km (5 miles) long.
He spoke for ninety-one minutes.|He spoke for 91 minutes.
The hall was built in the 1990s.|The hall was built in the '90s.
A dozen members voted for it.|Some 12 members voted for it.
The F-16 landed at night.|The F16 landed at night.
It opens at noon on Sundays.|It opens at 12:00 on Sundays.
Ages 10 to 15 pay less.|Ages 10–15 pay less.
The price was $1.5 million at first.|The price was $1.5m at first.
Two thirds of the seats were empty.|2/3 of the seats were empty.
"""


def day_first(text: str, _: Random) -> str:
    """Nov. 8, 2016 as 8 November 2016.

    >>> day_first("It was on Nov. 8, 2016 that", None)
    'It was on 8 November 2016 that'
    """

    def turned(date: re.Match[str]) -> str:
        year = f" {date['year']}" if date["year"] else ""
        return f"{int(date['day'])} {MONTHS.split()[_number(date) - 1]}{year}"

    return _DATE.sub(turned, text)


def slash_dates(text: str, _: Random) -> str:
    """Nov. 8, 2016 as 11/08/2016."""
    return _FULL_DATE.sub(lambda date: f"{_number(date):02}/{int(date['day']):02}/{date['year']}", text)


def iso_dates(text: str, _: Random) -> str:
    """Nov. 8, 2016 as 2016-11-08."""
    return _FULL_DATE.sub(lambda date: f"{date['year']}-{_number(date):02}-{int(date['day']):02}", text)


def month_names(text: str, _: Random) -> str:
    """Nov. 8 as November 8."""
    return _DATE.sub(lambda date: date[0].replace(date["month"], MONTHS.split()[_number(date) - 1]), text)


def _number(date: re.Match[str]) -> int:
    return _MONTHS.get(date["month"]) or _SHORT[date["month"]]


def day_clock(text: str, _: Random) -> str:
    """3:30 p.m. as 15:30.

    >>> day_clock("at 3 p.m. on Monday, at 12:05 am", None)
    'at 15:00 on Monday, at 00:05'
    """

    def turned(time: re.Match[str]) -> str:
        ended = time[0].endswith(".") and re.match(rf"\s*\Z|\s+(?!{_NO_SENTENCE})[“\"A-Z]", text[time.end() :])
        stop = "." if ended else ""
        return f"{int(time['hour']) % 12 + 12 * (time['half'] == 'p'):02}:{time['minute'] or '00'}{stop}"

    return _CLOCK.sub(turned, text)


def plain_clock(text: str, _: Random) -> str:
    """3:00 p.m. as 3pm."""
    return re.sub(r"(?<=\d)(?::00)?\s([ap])\.m\.(?=\s[a-z])", r"\1m", text)


def number_words(text: str, _: Random) -> str:
    """Five cats as 5 cats, and 5 dogs as five dogs.

    >>> number_words("five cats, 7 dogs and 3 percent in the third week", None)
    '5 cats, seven dogs and three percent in the 3rd week'
    """
    text = re.sub(
        r"(?<![\w.,$€£/:–-])(\d|1[0-2])(?=\s[a-z]{3,})(?!\s(?:million|billion|trillion|in\b))(?<!Nov\. \d)",
        lambda figure: f"\0{_WORDS[int(figure[0])]}" if not _dated(text, figure.start()) else figure[0], text,
    )  # fmt: skip
    word = "|".join(_WORDS[2:])
    text = re.sub(rf"(?<![\0\w-])({word})(?=\s[a-z]{{3,}}s\b)", lambda found: str(_WORDS.index(found[0])), text)
    text = re.sub(rf"(?<![\w-])({'|'.join(_ORDINALS)})(?=\s[a-z]{{3,}})", lambda found: _ORDINALS[found[0]], text)
    return text.replace("\0", "")


def _dated(text: str, at: int) -> bool:
    """Whether a month or the like stands before a figure."""
    return bool(re.search(r"(?:\b[A-Z]\w*\.?)\s$", text[max(0, at - 12) : at]))


def _substituted(listed: str, before: str = r"(?<![\w@#./-])", after: str = r"(?![\w/@-])(?!\.\w)") -> Rewriting:
    """All words of a list by their pairs."""
    table = dict(pairs(listed))
    words = "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))
    pattern = re.compile(f"{before}(?:{words}){after}")
    return lambda text, _: pattern.sub(lambda word: table[word[0]], text)


def _aliases(text: str, chance: Random) -> str:
    """One alias of the list that the article holds, everywhere in it."""
    choices = [pair for pair in pairs(_ALIASES) if pair[0] in text and pair[1] not in text]
    if not choices:
        return text
    old, new = chance.choice(choices)
    return re.sub(rf"(?<![\w@#./-]){re.escape(old)}(?![\w/@-])(?!\.\w)", new, text)


def percent_signs(text: str, _: Random) -> str:
    """5 percent as 5%, and 5% as 5 percent."""
    pattern = re.compile(r"(?<=\d)(?:\s(?P<word>percent|per\scent)\b|%(?!\w))")
    return pattern.sub(lambda found: "%" if found["word"] else " percent", text)


def short_scales(text: str, _: Random) -> str:
    """$5 million as $5m, $2 billion as $2bn."""
    short = {"million": "m", "billion": "bn", "trillion": "tn"}
    return re.sub(
        r"(?<=\$)(\d[\d.,]*)[\s-](million|billion|trillion)\b", lambda found: found[1] + short[found[2]], text
    )


def written_out(text: str, _: Random) -> str:
    """$1.5 million as $1,500,000."""

    def out(found: re.Match[str]) -> str:
        return f"{round(float(found[1]) * 10**6):,}"

    return re.sub(r"(?<=\$)(\d{1,3}(?:\.\d)?)\smillion\b(?!-)", out, text)


def without_commas(text: str, _: Random) -> str:
    """10,000 as 10000."""
    return re.sub(r"(?<![\d.,])(\d{1,3}),(\d{3})(?![\d,]|\.\d)", r"\1\2", text)


def titles(text: str, _: Random) -> str:
    """President Obama as Obama, Mr. Trump as Trump."""
    return re.sub(r"(?<=[a-z]\s)(?:President|Mr\.|Mrs\.|Ms\.|Sen\.|Rep\.|Gov\.)\s(?=[A-Z][a-z])", "", text)


def first_names(text: str, _: Random) -> str:
    """Hillary Clinton as Clinton, where she was named before."""
    names = people(text)
    if not names:
        return text
    first = re.compile(rf"(?<=[a-z]\s)[A-Z][a-z]+\s({'|'.join(names)})(?=\s[a-z])")
    return first.sub(r"\1", text)


def transliterated(text: str, chance: Random) -> tuple[str, str]:
    """A surname of the text replaced by a foreign name, and its other spelling in the copy."""
    names = people(text)
    if not names:
        return text, text
    own, old = chance.choice(names), chance.choice(pairs(SPELLED_OTHERWISE))
    return renamed(text, own, old[0]), renamed(text, own, old[1])


def said_otherwise(text: str, chance: Random) -> tuple[str, str]:
    """A sentence put into both copies, its figure in two notations."""
    original, other = chance.choice([line.split("|") for line in _SAID_OTHERWISE.strip().splitlines()])
    plant = put_in(text, chance, original, other)
    return (plant.a, plant.b) if plant else (text, text)


ONE_SIDED: dict[str, Rewriting] = {
    "British names": _substituted(_BRITISH_NAMES),
    "British spelling": _substituted(_BRITISH),
    "slash dates": slash_dates,
    "ISO dates": iso_dates,
    "day before month": day_first,
    "months in full": month_names,
    "24-hour clock": day_clock,
    "3pm": plain_clock,
    "number words": number_words,
    "aliases": _aliases,
    "states in short": _substituted(_STATES, before=r"(?<=[a-z],\s)", after=r"(?=[\s,])(?!\s[A-Z])"),
    "%, percent": percent_signs,
    "million, m": short_scales,
    "1.5 million, 1,500,000": written_out,
    "10,000, 10000": without_commas,
    "titles left out": titles,
    "first names left out": first_names,
}
"""What is rewritten in the copy alone."""
TWO_SIDED: dict[str, Callable[[str, Random], tuple[str, str]]] = {
    "transliteration": transliterated,
    "said otherwise": said_otherwise,
}
"""What is put into both copies."""
BARRED = ("British names", "slash dates", "24-hour clock", "number words", "aliases")
"""What has a bar."""
