"""What a match states otherwise than the passage it corresponds to, in seven languages; and what only looks so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from labels import NOW, drifted, labelled
from prose import ENGLISH

from compare.align.align import align
from compare.align.marks.label import marked
from compare.align.prepare import prepare
from compare.model import Fact, Kind

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
    (ENGLISH, "they met at 10:30", "they met at 11:30", ("time", "10:30", "11:30")),
    (ENGLISH, "at −5 degrees it met", "at 5 degrees it met", ("number", "−5", "5")),
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


def test_related_passages_have_no_drift() -> None:
    left, right = prepare(ENGLISH.format("3 men met")), prepare(ENGLISH.format("4 men met"))
    found = [replace(match, kind=Kind.RELATED) for match in align(left, right, NOW)]
    assert [match.drifts for match in marked(found, left, right)] == [()]


def test_a_figure_is_told_by_its_place_though_it_stands_elsewhere_too() -> None:
    text = ENGLISH.format("{} men and {} women met")
    assert drifted(text.format(3, 7), text.format(7, 9)) == [("number", "3", "7"), ("number", "7", "9")]
    assert drifted(text.format(3, 7), text.format(4, 7)) == [("number", "3", "4")]


_BITS = """5 4.2 10:30 May 5. % $ € − ne pas not no three million Mr. Ade 十 年 月 星期 ٤ ½""".split()  # noqa: SIM905


@settings(max_examples=examples(150))
@given(st.lists(st.sampled_from(_BITS), max_size=30))
def test_any_mixture_of_facts_is_read_without_error(words: list[str]) -> None:
    base = "the old harbour quay was closed again before the winter storms"
    a, b = f"{base} {' '.join(words)} {base}", f"{base} {' '.join(words[::-1])} {base}"
    for match in labelled(a, b):
        assert all(0 <= one.a.start <= one.a.stop <= len(a) and one.what in Fact for one in match.drifts)
        assert all(0 <= one.b.start <= one.b.stop <= len(b) for one in match.drifts)
