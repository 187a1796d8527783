from __future__ import annotations

import json
import random
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from examples import examples, length
from hypothesis import given, settings
from hypothesis import strategies as st
from prose import BRIDGE, FILM, NOTICE, REWRITE, SAID, SCHOOL, WHEAT, join
from shares import reused

from compare.align.align import align
from compare.align.judge import EDITED
from compare.align.prepare import prepare
from compare.align.related import PARTNERS
from compare.model import Kind, Mark, Match
from compare.settings import Settings
from compare.text.coverage import token_ranges

SHARED = Path(__file__).parents[2] / "../shared"


def matches(a: str, b: str) -> tuple[Match, ...]:
    return align(prepare(a), prepare(b), Settings())


def only(a: str, b: str) -> Match:
    found = [match for match in matches(a, b) if match.kind.is_reuse]
    assert len(found) == 1
    return found[0]


def test_identical_texts_are_one_verbatim_match_over_everything() -> None:
    match = only(join(BRIDGE, SCHOOL), join(BRIDGE, SCHOOL))
    assert (match.kind, match.similarity, match.marks) == (Kind.VERBATIM, 1.0, ())
    assert match.a == match.b == (0, len(join(BRIDGE, SCHOOL)) - 1)


def test_a_copy_that_is_wrapped_and_quoted_anew_is_verbatim() -> None:
    words = f"“{BRIDGE}”".split()
    wrapped = "\n".join(" ".join(words[at : at + 7]) for at in range(0, len(words), 7))
    assert [(match.kind, match.similarity) for match in matches(BRIDGE, wrapped)] == [(Kind.VERBATIM, 1.0)]


def test_a_lifted_paragraph_is_verbatim_with_exact_ends() -> None:
    a, b = join(SCHOOL, BRIDGE, FILM), join(WHEAT, BRIDGE)
    match = only(a, b)
    assert match.kind is Kind.VERBATIM
    assert a[slice(*match.a)] == b[slice(*match.b)] == BRIDGE[:-1]


def test_half_a_sentence_is_found_wherever_sentences_end() -> None:
    half = "engineers replace its corroded steel deck. The work will cost 4.2 million crowns and begins in March"
    a, b = join(SCHOOL, BRIDGE), join(WHEAT, f"It was said that {half} of next year, if all goes well.")
    match = only(a, b)
    assert (match.kind, a[slice(*match.a)]) == (Kind.VERBATIM, half)


def test_light_changes_are_edited_and_the_operations_name_them() -> None:
    changed = BRIDGE.replace("eleven months", "a year").replace("every ten minutes ", "")
    match = only(join(FILM, BRIDGE), join(changed, WHEAT))
    assert match.kind is Kind.EDITED
    assert 0.8 < match.similarity < 1
    a, b = join(FILM, BRIDGE), join(changed, WHEAT)
    steps = [(step.kind, a[slice(*step.a)], b[slice(*step.b)]) for step in match.operations if step.kind != "equal"]
    assert steps == [("replace", "eleven months", "a year"), ("delete", "every ten minutes", "")]


def test_the_same_content_in_another_order_is_rewritten() -> None:
    match = only(join(BRIDGE, FILM), join(SCHOOL, REWRITE))
    assert match.kind is Kind.REWRITTEN
    assert 0.3 < match.similarity < EDITED


def test_two_reports_that_agree_in_one_sentence_are_related() -> None:
    a = join(
        "Harbour Bridge in Lindhaven will close in March, the city council "
        "decided. Shopkeepers on the eastern bank "
        "fear for their trade.",
        "The engineer Tove Brandt told reporters that rust had eaten into the deck.",
    )
    b = join(
        "Lindhaven faces a year of ferries. On Monday councillors decided that the Harbour Bridge must close from "
        "March.",
        "Anyone who commutes should expect delays, according to the transport office.",
    )
    found = matches(a, b)
    assert found
    assert {match.kind for match in found} == {Kind.RELATED}


def test_unlike_texts_have_no_matches_and_bylines_never_match() -> None:
    byline = "By Jane Roe\n\nMay 3, 2024, 8:20 am"
    assert matches(join(byline, BRIDGE), join(byline, SCHOOL)) == ()
    assert matches(BRIDGE, WHEAT) == matches("", BRIDGE) == matches("", "") == ()


def test_a_paragraph_that_changed_places_is_moved() -> None:
    found = matches(join(BRIDGE, SCHOOL, WHEAT, FILM), join(FILM, BRIDGE, SCHOOL, WHEAT))
    assert [match.kind for match in found] == [Kind.VERBATIM, Kind.VERBATIM]
    assert [match.marks for match in found] == [(), (Mark.MOVED,)]


def test_neighbours_that_changed_places_are_told_apart() -> None:
    found = matches(join(BRIDGE, SCHOOL), join(SCHOOL, BRIDGE))
    assert [match.kind for match in found] == [Kind.VERBATIM, Kind.VERBATIM]
    assert sum(Mark.MOVED in match.marks for match in found) == 1


def test_what_stands_twice_on_one_side_is_two_matches_and_counts_once() -> None:
    a, b = prepare(join(BRIDGE, SCHOOL)), prepare(join(BRIDGE, WHEAT, FILM, WHEAT[:90], BRIDGE))
    found = [match for match in align(a, b, Settings()) if match.kind is Kind.VERBATIM]
    assert len(found) == 2
    assert found[0].a == found[1].a
    assert reused(found, a.tokens, b.tokens)[0] < 0.6


def test_a_quotation_kept_is_a_quote_and_one_that_lost_its_marks_is_unquoted() -> None:
    quoted = join(SCHOOL, f"“{SAID},” said the mayor.")
    assert only(quoted, join(WHEAT, f'The mayor promised: "{SAID}."')).marks == (Mark.QUOTE,)
    assert only(quoted, join(WHEAT, f"{SAID}, said the mayor.")).marks == (Mark.UNQUOTED,)
    assert only(quoted, join(WHEAT, f"{SAID}, it was announced.")).marks == ()
    assert only(join(SCHOOL, SAID), join(WHEAT, SAID)).marks == ()


@pytest.mark.parametrize(
    ("old", "new", "drifts"),
    [
        ("4.2 million", "4.3 million", True),
        ("4 million", "4.3 million", True),
        ("did agree", "did not agree", True),
        ("did agree", "didn’t agree", True),
        ("did agree", "gladly did agree", False),
        ("in 2019", "in the year 2019", False),
    ],
)
def test_a_changed_number_or_negation_is_drift(old: str, new: str, drifts: bool) -> None:  # noqa: FBT001
    text = (
        "The owners of the shipyard say that they {} with the bank and the union on the loan before the strike began."
    )
    match = only(join(text.format(old), FILM), join(WHEAT, text.format(new)))
    assert match.kind is Kind.EDITED
    assert (Mark.DRIFT in match.marks) is drifts


def test_what_stands_between_two_copies_is_in_neither() -> None:
    a, b = join(BRIDGE, SCHOOL, NOTICE), join(BRIDGE, WHEAT, NOTICE)
    assert [(match.kind, a[slice(*match.a)], b[slice(*match.b)]) for match in matches(a, b)] == [
        (Kind.VERBATIM, BRIDGE[:-1], BRIDGE[:-1]),
        (Kind.VERBATIM, NOTICE[:-1], NOTICE[:-1]),
    ]


def test_a_paragraph_put_into_a_copy_parts_the_match_and_a_short_one_does_not() -> None:
    assert [match.kind for match in matches(join(BRIDGE, FILM), join(BRIDGE, WHEAT, FILM))] == [Kind.VERBATIM] * 2
    assert only(join(BRIDGE, FILM), join(BRIDGE, "Millers import grain from overseas.", FILM)).kind is Kind.EDITED


def test_a_long_insertion_in_mid_sentence_parts_the_match() -> None:
    start, stop = BRIDGE.split("while engineers")
    inserted = f"{start}as {WHEAT.replace('. ', ' and ').lower()[:-1]} while engineers{stop}"
    found = matches(join(SCHOOL, BRIDGE), join(inserted, FILM))
    assert [match.kind for match in found] == [Kind.VERBATIM, Kind.VERBATIM]


LANGUAGES = {
    "German": (
        (
            "Der Stadtrat hat am Montag beschlossen, die Hafenbrücke für elf "
            "Monate zu sperren. Die Arbeiten kosten rund "
            "4,2 Millionen Euro und beginnen im März."
        ),
        "Wegen anhaltender Trockenheit rechnen die Bauern im Süden mit einer schlechten Weizenernte.",
        "Die Lehrer der Nordschule legten aus Protest gegen den neuen Stundenplan die Arbeit nieder.",
    ),
    "Russian": (
        (
            "Городской совет в понедельник решил закрыть портовый мост на "
            "одиннадцать месяцев. Работы обойдутся в четыре "
            "миллиона рублей и начнутся в марте."
        ),
        "Фермеры южных районов ожидают самого плохого урожая пшеницы за много лет.",
        "Учителя северной школы объявили забастовку против нового расписания уроков.",
    ),
    "Spanish": (
        (
            "El ayuntamiento decidió el lunes cerrar el puente del puerto durante "
            "once meses. Las obras costarán cuatro "
            "millones de euros y empezarán en marzo."
        ),
        "Los agricultores del sur esperan la peor cosecha de trigo desde hace décadas.",
        "Los profesores del instituto protestaron contra el nuevo horario de clases.",
    ),
    "Chinese": (
        "市议会星期一投票决定关闭海港大桥十一个月。工程将耗资四百二十万元,于三月开工。",
        "南部农民预计今年小麦收成将是多年来最差的一次。",
        "北门中学的教师因为新课程表举行了罢工抗议活动。",
    ),
    "Arabic": (
        (
            "قرر مجلس المدينة يوم الاثنين إغلاق جسر الميناء لمدة أحد عشر شهرا. "
            "ستكلف الأعمال أربعة ملايين دينار وتبدأ في شهر "
            "مارس المقبل."
        ),
        "يتوقع المزارعون في الجنوب أسوأ محصول للقمح منذ عقود طويلة.",
        "أضرب معلمو المدرسة الشمالية احتجاجا على الجدول الدراسي الجديد.",
    ),
    "Hindi": (
        (
            "नगर परिषद ने सोमवार को बंदरगाह पुल को ग्यारह महीने के लिए बंद करने का "
            "निर्णय लिया। मरम्मत पर चार करोड़ रुपये "
            "खर्च होंगे और काम मार्च में शुरू होगा।"
        ),
        "दक्षिण के किसानों को इस साल गेहूं की सबसे खराब फसल की आशंका है।",
        "उत्तरी विद्यालय के शिक्षकों ने नई समय सारणी के विरोध में हड़ताल की।",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lifted_passage_is_found_in_every_script(language: str) -> None:
    lifted, one, other = LANGUAGES[language]
    a, b = join(one, lifted), join(lifted, other)
    match = only(a, b)
    assert match.kind is Kind.VERBATIM
    assert len(a[slice(*match.a)]) >= len(lifted) - 1


_PARTS = (BRIDGE + " " + SCHOOL + " " + WHEAT + " " + FILM + " " + REWRITE).split(". ")
_SENTENCES = st.lists(st.sampled_from(_PARTS), max_size=8).map(". ".join)


@settings(max_examples=examples(80))
@given(_SENTENCES, _SENTENCES, st.randoms(use_true_random=False))
def test_matches_are_well_formed_and_the_same_from_both_sides(a: str, b: str, chance: random.Random) -> None:
    b = " ".join(word for word in b.split(" ") if chance.random() < 0.95)
    left, right = prepare(a), prepare(b)
    found = align(left, right, Settings())
    for match in found:
        assert 0 <= match.a.start < match.a.stop <= len(a)
        assert 0 <= match.b.start < match.b.stop <= len(b)
        ranges = token_ranges(match)
        assert (match.operations[0].a.start, match.operations[-1].a.stop) == match.a or match.kind is not Kind.VERBATIM
        at = [ranges[0].start, ranges[1].start]
        equal = True
        for step in match.operations:
            assert [step.tokens_a.start, step.tokens_b.start] == at
            at = [step.tokens_a.stop, step.tokens_b.stop]
            same = list(left.tokens.hashes[slice(*step.tokens_a)]) == list(right.tokens.hashes[slice(*step.tokens_b)])
            assert same or step.kind != "equal"
            equal &= step.kind == "equal"
        assert at == [ranges[0].stop, ranges[1].stop]
        assert (match.kind is Kind.VERBATIM) == (match.similarity == 1) == equal
    back = align(right, left, Settings())
    assert sorted((m.a, m.b, m.kind, m.similarity, m.marks) for m in found) == sorted(
        (m.b, m.a, m.kind, m.similarity, m.marks) for m in back
    )
    assert all(0 <= share <= 1 for share in reused(found, left.tokens, right.tokens))


@settings(max_examples=examples(100))
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_are_aligned_without_error(a: str, b: str) -> None:
    assert all(0 <= match.similarity <= 1 for match in matches(a, b))


def _seconds(a: str, b: str) -> float:
    begin = time.process_time()
    matches(a, b)
    return time.process_time() - begin


_LETTERS = str.maketrans("0123456789", "bcdfghklmn")  # a word with digits may be a code, which is read at length
VOTED = "The harbour board of Port Skarrow voted on Monday night to spend four million crowns on it. "
AGREED = "The harbour council of Port Skarrow agreed on Tuesday evening to pay five million crowns. "
_LONG = [f"w{number}".translate(_LETTERS) for number in random.Random(1).choices(range(3000), k=length(40_000))]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("a " * length(100_000), "a " * length(90_000)),
        (f"{SAID}. " * length(10_000), f"{SAID}. " * length(9_000) + f"{FILM} "),
        ("a b " * length(50_000), "b a " * length(40_000)),
        (" ".join(_LONG), " ".join(_LONG[::-1])),
        (" ".join(_LONG), " ".join(word for word in _LONG if word[-1] != "l")),
        (BRIDGE.replace(" ", "") * length(2000), BRIDGE.replace(" ", "") * length(1999)),
        (VOTED * length(400), AGREED * length(400)),
        ("e.g. " * length(100_000), "e.g. " * length(100_000) + "x"),
    ],
)
def test_degenerate_texts_end_in_seconds(a: str, b: str) -> None:
    assert _seconds(a, b) < 20


def test_sentences_that_repeat_themselves_are_related_to_a_few_and_not_to_all() -> None:
    found = matches(VOTED * 60, AGREED * 60)
    assert {match.kind for match in found} == {Kind.RELATED}
    assert max(Counter(match.a for match in found).values()) <= PARTNERS
    assert max(Counter(match.b for match in found).values()) <= PARTNERS


def test_long_edited_texts_are_aligned_between_exact_runs() -> None:
    words = [*_LONG[:6000]]
    changed = [word for place, word in enumerate(words) if place % 40]
    match = only(" ".join(words), " ".join(changed))
    assert match.kind is Kind.EDITED
    assert match.similarity == pytest.approx(2 * 5850 / 11850, abs=0.001)


def test_the_two_real_articles_are_paired_as_a_person_would() -> None:
    if not SHARED.exists():
        pytest.skip("../shared is absent: the two real articles are not shipped")
    a, b = (path.read_text(encoding="utf-8") for path in sorted((SHARED / "seeds").glob("*.txt")))
    found = [(a[slice(*m.a)], b[slice(*m.b)], m.kind) for m in matches(a, b)]
    assert {kind for *_, kind in found} == {Kind.RELATED}
    pairs = [(one[:24], other[:24]) for one, other, _ in found]
    assert pairs.count(("Last week, North Korean ", "Russia and North Korea s")) == 2
    assert ("Last week, North Korean ", "Last week, Russian Presi") in pairs
    assert ("The mutual defense treat", "Although the text of the") in pairs
    assert ("In exchange, North Korea", "It is reported that Nort") in pairs
    assert ("Putin's rare visit to No", "Russia and North Korea s") in pairs
    never = ("Comments", "Get Swarajya", "Ujjwal", "Staff Writer", "across his border", "what’s going on between")
    assert not [pair for pair in found for word in never if word in pair[0] or word in pair[1]]


def test_different_news_and_levels_of_one_article_are_told_apart() -> None:
    if not SHARED.exists():
        pytest.skip("../shared is absent: OneStop is not shipped")
    lines = (SHARED / "data" / "onestop-dev.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {(row["article"], row["level"]): prepare(row["text"]) for row in map(json.loads, lines[:90])}
    advanced = sorted(article for article, level in texts if level == "Advanced")[:12]
    for here, there in pairwise(advanced):
        a, b = texts[here, "Advanced"], texts[here, "Intermediate"]
        assert min(reused(align(a, b, Settings()), a.tokens, b.tokens)) > 0.5
        assert not [m for m in align(a, texts[there, "Advanced"], Settings()) if m.kind.is_reuse]


OWN = (
    "Honey from the uplands is dark and tastes of resin, and few colonies give more than a jar in a summer. "
    "Keepers there still carry their hives to the meadow on foot, as their grandparents did before the road came, "
    "and sell what they can spare at the gate."
)


def test_a_paragraph_of_ones_own_inside_a_copy_is_not_reused_whatever_it_is_about() -> None:
    copied = f"{BRIDGE} {FILM} {SCHOOL}"
    a, b = prepare(copied), prepare(f"{BRIDGE} {FILM}\n\n{OWN}\n\n{SCHOOL}")
    found = align(a, b, Settings())
    assert [match.kind for match in found] == [Kind.VERBATIM, Kind.VERBATIM]
    assert reused(found, a.tokens, b.tokens)[0] == 1
    assert reused(found, a.tokens, b.tokens)[1] == pytest.approx(len(a.tokens) / len(b.tokens))


def test_a_sentence_that_changed_ends_is_a_match_of_its_own_and_moved() -> None:
    first = "The club hopes to open the southern stand by Christmas this year."
    found = matches(f"{first} {BRIDGE} {SCHOOL} {FILM}", f"{BRIDGE} {SCHOOL} {FILM} {first}")
    assert [(match.kind, Mark.MOVED in match.marks) for match in found] == [
        (Kind.VERBATIM, True),
        (Kind.VERBATIM, False),
    ]
    assert [match.a.start for match in found] == [0, len(first) + 1]


def test_one_exact_run_is_one_match_and_keeps_its_first_word() -> None:
    one, other = join(BRIDGE, SCHOOL, WHEAT, FILM), join(WHEAT, FILM, BRIDGE, SCHOOL)
    found = matches(one, other)
    assert [one[slice(*match.a)] for match in found] == [join(BRIDGE, SCHOOL)[:-1], join(WHEAT, FILM)[:-1]]


def test_a_caption_printed_again_is_found_each_time() -> None:
    caption = "A crowd of 4,200 people waits for the reopened ferry at Calder quay on Monday morning."
    a, b = prepare(join(BRIDGE, caption, SCHOOL)), prepare("\n\n".join([caption] * 4))
    found = align(a, b, Settings())
    assert len(found) == 4
    assert {match.kind for match in found} == {Kind.VERBATIM}
    assert reused(found, a.tokens, b.tokens)[1] == 1
