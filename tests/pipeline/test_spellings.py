"""One text in two ways of writing: found, told apart from the same text, and each side shown as it stands."""

from __future__ import annotations

import re
import unicodedata

import pytest

import compare
from compare.model import Document, Kind, Verdict
from compare.terminal.passages import Paint, letters, marked_words

OTHERWISE = {
    "Arabic with vowel signs": (
        "قالت البلدية إن الجسر القديم سيغلق أمام السيارات يوم الخميس وإن العمال سيصلحون الطريق قبل نهاية الشهر",
        ("قَالَتِ الْبَلَدِيَّةُ إِنَّ الْجِسْرَ الْقَدِيمَ سَيُغْلَقُ أَمَامَ السَّيَّارَاتِ يَوْمَ الْخَمِيسِ "
        "وَإِنَّ الْعُمَّالَ سَيُصْلِحُونَ الطَّرِيقَ قَبْلَ نِهَايَةِ الشَّهْرِ"),
    ),
    "Arabic without hamza": (
        "أعلن الرئيس أن آخر اجتماع للمسؤولين في القاهرة انتهى إلى اتفاق على أجور العمال",
        "اعلن الرئيس ان اخر اجتماع للمسؤولين فى القاهره انتهى الى اتفاق على اجور العمال",
    ),
    "Persian on an Arabic keyboard": (
        "شهرداری اعلام کرد که پل قدیمی شهر برای یک ماه بسته است و کارگران جاده را تعمیر می کنند",
        "شهرداري اعلام كرد كه پل قديمي شهر براي يك ماه بسته است و كارگران جاده را تعمير مي كنند",
    ),
    "Hebrew with points": (
        "העירייה הודיעה כי הגשר הישן ייסגר ביום חמישי לחודש אחד והפועלים יתקנו את הכביש",
        "הָעִירִיָּיה הוֹדִיעָה כִּי הַגֶּשֶׁר הַיָּשָׁן יִיסָּגֵר בְּיוֹם חֲמִישִׁי לְחוֹדֶשׁ אֶחָד וְהַפּוֹעֲלִים יְתַקְּנוּ אֶת הַכְּבִישׁ",
    ),
    "Hindi without nukta": (
        "नगर पालिका ने कहा कि पुराना पुल सड़क की मरम्मत के लिए गुरुवार से बंद रहेगा और गाड़ियाँ ज़िला मार्ग से जाएँगी",
        "नगर पालिका ने कहा कि पुराना पुल सडक की मरम्मत के लिए गुरुवार से बंद रहेगा और गाडियाँ जिला मार्ग से जाएँगी",
    ),
    "Korean with other spacing": (
        "시청은 오래된 다리를 목요일부터 한 달 동안 닫을 것이라고 밝혔고 차들은 다른 길로 갈 수 있다고 했다.",
        "시청은 오래된다리를 목요일부터 한달동안 닫을것이라고 밝혔고 차들은 다른길로 갈수 있다고 했다.",
    ),
    "Turkish in capitals": (
        "Belediye eski köprünün perşembe günü kapanacağını ve ağır kamyonların kıyı yolundan geçeceğini açıkladı",
        "BELEDİYE ESKİ KÖPRÜNÜN PERŞEMBE GÜNÜ KAPANACAĞINI VE AĞIR KAMYONLARIN KIYI YOLUNDAN GEÇECEĞİNİ AÇIKLADI",
    ),
    "Chinese in traditional characters": (
        "市政府说，旧桥将从星期四起关闭一个月，工人会修理道路，车辆须经另一条路进入市区。",
        "市政府說，舊橋將從星期四起關閉一個月，工人會修理道路，車輛須經另一條路進入市區。",
    ),
    "German with umlauts spelled out": (
        ("Die Stadt schließt die alte Brücke von Donnerstag an für einen Monat; Wagen müssen den Umweg über die Höhe"
        " nehmen."),
        ("Die Stadt schliesst die alte Bruecke von Donnerstag an fuer einen Monat; Wagen muessen den Umweg ueber die"
        " Hoehe nehmen."),
    ),
    "Russian without ё": (
        "Её сын ещё учится, а отец везёт мёд на рынок и берёт с собой всё, что растёт в саду.",
        "Ее сын еще учится, а отец везет мед на рынок и берет с собой все, что растет в саду.",
    ),
    "Vietnamese without tones": (
        "Thành phố nói cây cầu cũ sẽ đóng cửa từ thứ năm và xe tải phải đi đường khác trong một tháng.",
        "Thanh phố nói cây câu cũ se đóng cưa tư thứ năm va xe tai phai đi đương khác trong một thang.",
    ),
}  # fmt: skip
SAME = {
    "Korean, decomposed": ("다리는 닫힌다고 밝혔다", unicodedata.normalize("NFD", "다리는 닫힌다고 밝혔다")),
    "Japanese in halfwidth": ("新しいバスとエレベーターは来月から無料だ", "新しいﾊﾞｽとｴﾚﾍﾞｰﾀｰは来月から無料だ"),
    "quotation marks of another kind": ("He said “no one knew”, and left", "He said 'no one knew,' and left"),
    "German and French marks": ("Er sagte: „Nein danke“ und ging", "Er sagte: « Nein danke » und ging"),
}  # fmt: skip
APART = {
    "tones": ("người dân không phải bán vé", "người dân không phải bạn vẽ"),
    "a power": ("The cable weighs 10⁵ kilos", "The cable weighs 105 kilos"),
    "a footnote mark": ("It rose to 3¹ percent", "It rose to 31 percent"),
    "primes": ("The pipe is 12″ long", "The pipe is 12′ long"),
    "a prime left out": ("The pipe is 12' long", "The pipe is 12 long"),
    "quotation marks left out": ("She called it “a fraud on us” in court", "She called it a fraud on us in court"),
    "single marks left out": ("She called it 'a fraud on us' in court", "She called it a fraud on us in court"),
    "a tilde": ("Hace un año que vive aquí", "Hace un ano que vive aquí"),
    "vowel points": ("הוא סֵפֶר לנו", "הוא סַפָּר לנו"),
}


@pytest.mark.parametrize("way", OTHERWISE)
def test_a_text_written_otherwise_is_a_near_duplicate_whose_words_are_kept(way: str) -> None:
    found = compare.pair(*OTHERWISE[way])
    assert found.verdict is Verdict.NEAR_DUPLICATE
    assert (found.kept_a, found.kept_b) == (1, 1)
    assert not any(match.drifts for match in found.matches)


@pytest.mark.parametrize("way", OTHERWISE)
def test_the_difference_shows_the_words_of_each_side_as_they_stand(way: str) -> None:
    a, b = (Document(side, text) for side, text in zip("ab", OTHERWISE[way], strict=True))
    (match,) = compare.pair(a, b).matches
    shown = " ".join(marked_words(match.operations, (a.text, b.text), Paint(colored=False)))
    for document, theirs in ((a, r"\{\+.*?\+\}"), (b, r"\[-.*?-\]")):
        assert "".join(letters(re.sub(theirs, "", shown))) == "".join(letters(document.text))
    assert "{+" in shown


@pytest.mark.parametrize("way", SAME)
def test_these_are_the_same_text_to_a_reader(way: str) -> None:
    assert compare.pair(*SAME[way]).verdict is Verdict.IDENTICAL


@pytest.mark.parametrize("way", APART)
def test_these_are_not_identical(way: str) -> None:
    assert compare.pair(*APART[way]).verdict is not Verdict.IDENTICAL


def test_words_that_differ_in_tone_are_replaced_and_no_verbatim_copy() -> None:
    a = "Ông chủ tịch nói rằng cây cầu mới sẽ mở cửa vào tháng sau và người dân được đi miễn phí, không phải bán vé."
    b = a.replace("bán vé", "bạn vẽ")
    (match,) = compare.pair(a, b).matches
    changed = [(a[slice(*step.a)], b[slice(*step.b)]) for step in match.operations if step.kind != "equal"]
    assert changed == [("bán vé", "bạn vẽ")]
    assert match.kind is Kind.EDITED
    assert match.similarity < 1


@pytest.mark.parametrize("english", ["The poet does value blue shoes", "A true queue of due issues, said Michael"])
def test_english_and_umlauts_as_they_are_stay(english: str) -> None:
    assert compare.pair(english, english.replace("ue", "u").replace("oe", "o")).kept_a < 1


def test_two_korean_reports_of_two_things_are_distinct() -> None:
    parking = (
        "시는 오는 15일부터 한강공원 주차장 요금을 인상한다고 12일 밝혔다. 시 관계자는 주차 수요를 줄이고 대중교통 "
        "이용을 늘리기 위한 조치라고 설명했다. 시민단체는 부담이 커질 것이라며 반발하고 있다."
    )
    rates = (
        "중앙은행은 위원회를 열고 기준금리를 연 3.5%로 동결했다고 11일 밝혔다. 총재는 기자회견에서 물가가 목표 "
        "수준으로 내려왔다고 확신하기 어렵다고 말했다. 시장에서는 하반기 금리 인하 가능성이 거론되고 있다."
    )
    assert compare.pair(parking, rates).verdict is Verdict.DISTINCT
