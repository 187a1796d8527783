from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from shares import reused

from compare.align.align import align
from compare.align.marks.boilerplate import boilerplate_of, with_boilerplate
from compare.align.marks.facts import readings
from compare.align.marks.label import marked
from compare.align.marks.notices import notices
from compare.align.prepare import prepare
from compare.model import Document, Fact, Kind, Mark, Match
from compare.pipeline.plan import compare_pair
from compare.settings import Settings
from compare.text.coverage import token_ranges

NOW = Settings()


def labelled(a: str, b: str) -> tuple[Match, ...]:
    left, right = prepare(a), prepare(b)
    return marked(align(left, right, NOW), left, right)


def drifted(a: str, b: str) -> list[tuple[str, str, str]]:
    """What changed, with the words of both sides; the mark stands exactly where something did."""
    found = labelled(a, b)
    assert any(match.kind.is_reuse for match in found)
    assert all((Mark.DRIFT in match.marks) is bool(match.drifts) for match in found)
    return [(one.what.value, a[slice(*one.a)], b[slice(*one.b)]) for match in found for one in match.drifts]


ENGLISH = (
    "The owners of the shipyard say that {} with the bank and the union before the strike began at the northern gate."
)
GERMAN = (
    "Die Hafenverwaltung erklärte, dass {} mit den Arbeitern der Werft über die Kaimauer sprechen und weiter "
    "verhandeln will."
)
RUSSIAN = (
    "Городской совет заявил, что {} начнут ремонт портового моста и завершат работы до наступления зимних холодов."
)
SPANISH = "El ayuntamiento anunció que {} cerrará el puente del puerto durante varios meses y que habrá un ferri."
FRENCH = "Le conseil municipal a annoncé que la mairie {} le pont du port pendant les travaux de la digue du nord."
CHINESE = "市议会星期一投票决定关闭海港大桥十一个月，工程将耗资四百二十万元，{}于三月开工，届时轮渡将运送行人。"
ARABIC = "قرر مجلس المدينة إغلاق جسر الميناء {} وستبدأ الأعمال في الشهر المقبل وتستمر حتى نهاية العام القادم."
HINDI = "नगर परिषद ने बंदरगाह पुल को {} बंद करने का निर्णय लिया और मरम्मत का काम अगले महीने शुरू होगा।"

CHANGED = [
    (ENGLISH, "4.2 million went", "4.3 million went", ("number", "4.2 million", "4.3 million")),
    (ENGLISH, "4.2 million went", "4.2 billion went", ("unit", "million", "billion")),
    (ENGLISH, "three men met", "four men met", ("number", "three", "four")),
    (ENGLISH, "two hundred and five men met", "204 men met", ("number", "two hundred and five", "204")),
    (ENGLISH, "they met at 10:30", "they met at 11:30", ("number", "10:30", "11:30")),
    (ENGLISH, "at −5 degrees it met", "at 5 degrees it met", ("number", "5", "5")),
    (ENGLISH, "they met on Monday", "they met on Tuesday", ("date", "Monday", "Tuesday")),
    (ENGLISH, "they met on 5 May", "they met on 6 May", ("date", "5 May", "6 May")),
    (ENGLISH, "they met on May 5, 2024", "they met on May 6, 2025", ("date", "May 5, 2024", "May 6, 2025")),
    (ENGLISH, "in 2019 they met", "in 2020 they met", ("date", "2019", "2020")),
    (ENGLISH, "Tove Brandt met", "Ilse Brandt met", ("name", "Tove Brandt", "Ilse Brandt")),
    (ENGLISH, "it spoke in Berlin", "it spoke in Hamburg", ("name", "Berlin", "Hamburg")),
    (ENGLISH, "it paid $5 today", "it paid €5 today", ("unit", "$", "€")),
    (ENGLISH, "it went 5 km", "it went 5 miles", ("unit", "km", "miles")),
    (ENGLISH, "it lost 5 percent", "it lost 5 percentage points", ("unit", "percent", "percentage points")),
    (ENGLISH, "they did agree", "they did not agree", ("negation", "", "not")),
    (ENGLISH, "they never agreed", "they agreed", ("negation", "never", "")),
    (ENGLISH, "it has agreed", "it hasn’t agreed", ("negation", "has", "hasn’t")),
    (ENGLISH, "it works without pay", "it works with pay", ("negation", "without", "with")),
    (GERMAN, "man mit 4,2 Millionen Euro", "man mit 4,3 Millionen Euro", ("number", "4,2 Millionen", "4,3 Millionen")),
    (GERMAN, "man am 5. Mai", "man am 6. Mai", ("date", "5. Mai", "6. Mai")),
    (GERMAN, "man in Hamburg", "man in Bremen", ("name", "Hamburg", "Bremen")),
    (GERMAN, "Frau Weber", "Frau Kramer", ("name", "Weber", "Kramer")),
    (GERMAN, "sie nicht", "sie", ("negation", "nicht", "")),
    (RUSSIAN, "три бригады", "четыре бригады", ("number", "три", "четыре")),
    (RUSSIAN, "5 мая рабочие", "6 мая рабочие", ("date", "5 мая", "6 мая")),
    (RUSSIAN, "за 4,2 млн рублей", "за 4,2 млрд рублей", ("unit", "млн", "млрд")),
    (RUSSIAN, "в Москве", "в Самаре", ("name", "Москве", "Самаре")),
    (RUSSIAN, "рабочие", "рабочие не", ("negation", "", "не")),
    (SPANISH, "el lunes", "el martes", ("date", "lunes", "martes")),
    (SPANISH, "con tres grúas", "con cuatro grúas", ("number", "tres", "cuatro")),
    (SPANISH, "por 4,2 millones de euros", "por 4,2 millones de dólares", ("unit", "euros", "dólares")),
    (FRENCH, "fermera", "ne fermera pas", ("negation", "", "ne")),
    (FRENCH, "fermera trois fois", "fermera quatre fois", ("number", "trois", "quatre")),
    (CHINESE, "星期二", "星期三", ("date", "星期二", "星期三")),
    (CHINESE, "以四百二十万元", "以四百三十万元", ("number", "四百二十万", "四百三十万")),
    (CHINESE, "5公里", "5英里", ("unit", "公里", "英里")),
    (CHINESE, "将", "将不", ("negation", "", "不")),
    (ARABIC, "يوم الاثنين", "يوم الثلاثاء", ("date", "الاثنين", "الثلاثاء")),
    (ARABIC, "لمدة ٤ أشهر", "لمدة ٥ أشهر", ("number", "٤", "٥")),
    (ARABIC, "نهائيا", "ولم يوافق نهائيا", ("negation", "", "ولم")),
    (HINDI, "सोमवार को", "मंगलवार को", ("date", "सोमवार", "मंगलवार")),
    (HINDI, "चार महीने", "पाँच महीने", ("number", "चार", "पाँच")),
    (HINDI, "4 करोड़ रुपये में", "4 लाख रुपये में", ("unit", "करोड़", "लाख")),
]
UNCHANGED = [
    (ENGLISH, "1,000 men met", "1000 men met"),
    (ENGLISH, "4,2 tonnes went", "4.2 tonnes went"),
    (ENGLISH, "three men met", "3 men met"),
    (ENGLISH, "4,200,000 men met", "4.2 million men met"),
    (ENGLISH, "it paid $5 today", "it paid 5 dollars today"),
    (ENGLISH, "it lost 5 % today", "it lost 5 percent today"),
    (ENGLISH, "they met on 5 May 2024", "they met on May 5"),
    (ENGLISH, "in 2019 they met", "in the year 2019 they met"),
    (ENGLISH, "Mr. Ade met", "Ade met"),
    (ENGLISH, "it met Zelensky today", "it met Zelenskyy today"),
    (ENGLISH, "it met the EU", "it met the European Union"),
    (ENGLISH, "they never agreed today", "today they never agreed"),
    (ENGLISH, "they did not agree", "they refused to agree"),
    (ENGLISH, "not only they agreed", "both agreed"),
    (GERMAN, "der Stadtrat", "der Betriebsrat"),
    (GERMAN, "man mit dreiundzwanzig Leuten", "man mit 23 Leuten"),
    (RUSSIAN, "в Москве", "под Москвой"),
    (CHINESE, "以420万元", "以四百二十万元"),
    (CHINESE, "不同路段", "各个路段"),
    (ARABIC, "لمدة ٤ أشهر", "لمدة 4 أشهر"),
]


@pytest.mark.parametrize(("text", "old", "new", "change"), CHANGED)
def test_a_changed_fact_is_a_drift_with_its_words(text: str, old: str, new: str, change: tuple[str, str, str]) -> None:
    assert drifted(text.format(old), text.format(new)) == [change]
    what, here, there = change
    assert drifted(text.format(new), text.format(old)) == [(what, there, here)]


@pytest.mark.parametrize(("text", "old", "new"), UNCHANGED)
def test_what_only_looks_changed_is_no_drift(text: str, old: str, new: str) -> None:
    assert drifted(text.format(old), text.format(new)) == []


def test_an_empty_side_stands_where_the_word_would() -> None:
    a, b = ENGLISH.format("they did agree"), ENGLISH.format("they did not agree")
    ((match,), at) = labelled(a, b), a.index(" agree")
    assert match.drifts[0].a == (at, at)
    assert match.drifts[0].exchanged().b == (at, at)


def test_a_match_seen_from_the_other_side_is_what_the_other_side_finds() -> None:
    a, b = ENGLISH.format("they did agree on 4.2 tonnes"), ENGLISH.format("they did not agree on 4.3 tonnes")
    ((here,), (there,)) = labelled(a, b), labelled(b, a)
    assert len(here.drifts) == 2
    assert here.exchanged() == there
    assert there.exchanged() == here


def test_a_name_at_the_start_of_a_sentence_or_in_a_headline_is_left_alone() -> None:
    rest = "the harbour board that the old quay must close before the winter storms come back"
    assert drifted(f"Yesterday told {rest}.", f"Somebody told {rest}.") == []
    line = "Harbour Board {} Old Quay Before Winter Storms Come Back Again This Year"
    assert drifted(line.format("Closes"), line.format("Shuts")) == []


def test_figures_that_only_changed_places_and_related_passages_have_no_drift() -> None:
    text = ENGLISH.format("{} men and {} women met")
    assert drifted(text.format(7, 9), text.format(9, 7)) == []
    left, right = prepare(ENGLISH.format("3 men met")), prepare(ENGLISH.format("4 men met"))
    found = [replace(match, kind=Kind.RELATED) for match in align(left, right, NOW)]
    assert [match.drifts for match in marked(found, left, right)] == [()]


@given(st.integers(0, 10**9))
def test_a_figure_is_read_alike_in_every_locale(value: int) -> None:
    spellings = [f"{value}", f"{value:,}", f"{value:,}".replace(",", "."), f"{value:,}".replace(",", "'")]
    assert all(readings(one) & readings(other) for one, other in pairwise(spellings))


SAID = "We will not close the last ferry line while a single family on the island still depends on it for its living"
WORDS = "Wir schließen die letzte Fähre nicht, solange eine einzige Familie auf der Insel auf sie angewiesen ist"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"“{SAID},” said Ilse Marten on Monday.", "Ilse Marten"),
        (f"“{SAID},” said the head of the board, Ilse Marten.", "Ilse Marten"),
        (f"“{SAID},” Ilse Marten, the mayor, said.", "Ilse Marten"),
        (f'Ilse Marten said: "{SAID}."', "Ilse Marten"),
        (f"According to Ilse Marten, “{SAID}.”", "Ilse Marten"),
        (f"“{SAID},” said the mayor.", ""),
        (f"“{SAID},” she said.", ""),
        (f"The board met. “{SAID}.” The sea was calm.", ""),
        (f"„{WORDS}“, sagte Bürgermeisterin Ilse Marten.", "Bürgermeisterin Ilse Marten"),
        (f"»{WORDS}«, sagte Ilse Marten.", "Ilse Marten"),
        (f"« {SAID} », a déclaré Ilse Marten.", "Ilse Marten"),
        (f"«{SAID}», dijo Ilse Marten.", "Ilse Marten"),
        (f"«{SAID}», — заявил Иван Петров.", "Иван Петров"),
        ("王芳说：“只要岛上还有一个家庭靠它生活，我们就不会关闭最后一条轮渡航线，也不会减少班次。”", "王芳"),
        ("قال علي حسن: «لن نغلق آخر خط للعبارات ما دامت عائلة واحدة في الجزيرة تعتمد عليه في رزقها».", "علي حسن"),
        ("सीमा राव ने कहा, “जब तक द्वीप पर एक भी परिवार इस नौका पर निर्भर है, हम इसे बंद नहीं करेंगे।”", "सीमा राव"),
    ],
)
def test_who_is_quoted_is_named_where_it_is_plain(text: str, speaker: str) -> None:
    quotes = [match for match in labelled(text, text) if match.kind.is_reuse]
    inside = prepare(text).quoted
    part = replace(quotes[0], operations=_only(quotes[0], inside))
    (found,) = marked([part], prepare(text), prepare(text))
    assert (found.marks, found.speaker) == ((Mark.QUOTE,), speaker)


def _only(match: Match, inside: np.ndarray) -> tuple:  # type: ignore[type-arg]
    """The first operation cut to the quoted tokens."""
    start, stop = np.flatnonzero(inside)[[0, -1]].tolist()
    step = match.operations[0]
    return (replace(step, tokens_a=type(step.a)(start, stop + 1), tokens_b=type(step.b)(start, stop + 1)),)


@pytest.mark.parametrize("marks", ["“”", "„“", "«»", "»«", '""', "「」", "‘’"])
def test_every_kind_of_quotation_mark_is_seen_kept_and_lost(marks: str) -> None:
    text = f"The board met. {marks[0]}{SAID}{marks[1]}, said Ilse Marten."
    (kept,) = labelled(text, f"Nothing was new. {marks[0]}{SAID}{marks[1]}, said the board.")
    assert (kept.marks, kept.speaker) == ((Mark.QUOTE,), "Ilse Marten")
    (lost,) = labelled(text, f"Nothing was new. {SAID}, it was announced at noon.")
    assert (lost.marks, lost.speaker) == ((Mark.UNQUOTED,), "Ilse Marten")


def test_the_same_words_in_another_mouth_are_a_name_drift() -> None:
    a, b = f"All was calm. “{SAID},” said Ilse Marten.", f"Rain fell. “{SAID},” said Tove Brandt."
    assert drifted(a, b) == [("name", "Ilse Marten", "Tove Brandt")]
    assert drifted(a, f"Rain fell. “{SAID},” said Mayor Marten.") == []


@pytest.mark.parametrize(
    "line",
    [
        "© 2024 Eastshore News. All rights reserved.",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "By Jane Roe, Staff Writer",
        "Sign up for our newsletter to get the news of the day.",
        "Read more: The bridge that fell",
        "Follow us on Mastodon",
        "(Reporting by Jane Roe in Oslo; Editing by Ann Lee)",
        "Alle Rechte vorbehalten.",
        "Abonnieren Sie unseren Newsletter",
        "Lire aussi : le pont fermé",
        "Todos los derechos reservados.",
        "Читайте также: мост закрыт",
        "版权所有，未经授权不得转载。",
        "جميع الحقوق محفوظة",
        "सर्वाधिकार सुरक्षित",
    ],
)
def test_a_notice_is_boilerplate_and_the_story_beside_it_is_not(line: str) -> None:
    story = prepare(f"The sea rose by night.\n\n{line}\n\nThe quay was closed.")
    inside = (story.tokens.starts >= 24) & (story.tokens.starts < 24 + len(line))
    assert notices(story).tolist() == inside.tolist()


@pytest.mark.parametrize(
    "line",
    [
        "The report may not be published before May.",
        "He asked readers to sign up for the race.",
        "By noon the sea had risen",
        "She wrote about copyright law in 2019.",
        "Follow the money, the court said.",
        "The senior correspondent left the town.",
    ],
)
def test_news_about_rights_and_plugs_is_news(line: str) -> None:
    assert not notices(prepare(line)).any()


STORY = (
    "Teachers at Northgate secondary school walked out on Thursday over plans to merge two science departments. "
    "Parents gathered at the gates with home-made banners and a brass band."
)
RIGHTS = "© 2024 Eastshore News. All rights reserved."


def test_a_pair_alone_knows_a_notice_and_does_not_count_it() -> None:
    other = "The wheat harvest was small. Millers import grain from overseas.\n\n"
    found = compare_pair(Document("a", f"{STORY}\n\n{RIGHTS}"), Document("b", other + RIGHTS), NOW)
    assert [match.marks for match in found.matches] in ([], [(Mark.BOILERPLATE,)])
    assert found.reused_a == found.reused_b == 0


def test_a_short_notice_is_cut_from_a_copy_which_stays_a_whole_copy() -> None:
    text = f"{STORY}\n\n{RIGHTS}"
    left = right = prepare(text)
    sides = boilerplate_of(left), boilerplate_of(right)
    found = with_boilerplate(align(left, right, NOW), (left, right), sides)
    assert [(text[slice(*match.a)], match.marks) for match in found] == [
        (STORY[:-1], ()),
        ("2024 Eastshore News. All rights reserved", (Mark.BOILERPLATE,)),
    ]
    assert reused(found, left.tokens, right.tokens) == (1.0, 1.0)


_PARTS = [ENGLISH.format("they met on {}"), STORY, RIGHTS, f"“{SAID},” said Ilse Marten.", GERMAN.format("man")]
_PART = st.sampled_from(_PARTS).flatmap(lambda part: st.sampled_from([part, part.replace("the", "a"), part[:60]]))
_TEXT = st.lists(_PART, max_size=5).map(" ".join).map(lambda text: text.replace("{}", "5 May"))


@settings(max_examples=examples(60))
@given(_TEXT, _TEXT)
def test_operations_tile_a_match_and_marks_follow_their_data(a: str, b: str) -> None:
    found = compare_pair(Document("a", a), Document("b", b), NOW)
    hashes = prepare(a).tokens.hashes, prepare(b).tokens.hashes
    for match in found.matches:
        at = [span.start for span in token_ranges(match)]
        assert all(one.kind != other.kind for one, other in pairwise(match.operations))
        assert all("equal" in {one.kind, other.kind} for one, other in pairwise(match.operations))
        for step in match.operations:
            assert [step.tokens_a.start, step.tokens_b.start] == at
            at = [step.tokens_a.stop, step.tokens_b.stop]
            same = np.array_equal(hashes[0][slice(*step.tokens_a)], hashes[1][slice(*step.tokens_b)])
            assert same or step.kind != "equal"
        assert at == [span.stop for span in token_ranges(match)]
        assert (Mark.DRIFT in match.marks) is bool(match.drifts)
        assert not match.speaker or {Mark.QUOTE, Mark.UNQUOTED} & {*match.marks}


_BITS = """5 4.2 10:30 May 5. % $ € − ne pas not no three million Mr. Ade 十 年 月 星期 ٤ ½""".split()  # noqa: SIM905


@settings(max_examples=examples(150))
@given(st.lists(st.sampled_from(_BITS), max_size=30))
def test_any_mixture_of_facts_is_read_without_error(words: list[str]) -> None:
    base = "the old harbour quay was closed again before the winter storms"
    a, b = f"{base} {' '.join(words)} {base}", f"{base} {' '.join(words[::-1])} {base}"
    for match in labelled(a, b):
        assert all(0 <= one.a.start <= one.a.stop <= len(a) and one.what in Fact for one in match.drifts)
        assert all(0 <= one.b.start <= one.b.stop <= len(b) for one in match.drifts)
