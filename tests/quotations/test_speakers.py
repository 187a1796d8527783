"""Who is quoted, where it is plain; and who is not, where it is not."""

from __future__ import annotations

import pytest

from compare.align.prepare import prepare
from compare.quotations.names import same_person

SAID = "We knew in March that the sluices would not hold"
WORDS = "Wir schließen die letzte Fähre nicht"


def speaker(text: str, number: int = 0) -> str:
    ready = prepare(text)
    span = ready.speakers.of(number)
    return text[slice(*span)] if span else ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"“{SAID},” said Ilse Marten on Monday.", "Ilse Marten"),
        (f"“{SAID},” said the head of the board, Ilse Marten.", "Ilse Marten"),
        (f"“{SAID},” said the mayor of Paris, Anne Roux.", "Anne Roux"),
        (f"“{SAID},” said U.S. President Ilse Marten.", "Ilse Marten"),
        (f"“{SAID},” said Ursula von der Marten.", "Ursula von der Marten"),
        (f"“{SAID},” said county engineer Mara Finch.", "Mara Finch"),
        (f"“{SAID},” said Human Rights Campaign President Chad Griffin.", "Chad Griffin"),
        (f"“{SAID},” said Sen. Ilse Marten (D-Calif.), who was late.", "Ilse Marten"),
        (f"“{SAID},” Ilse Marten, the mayor, said.", "Ilse Marten"),
        (f"“{SAID},” Ilse Marten, a spokeswoman for the port, told Reuters.", "Ilse Marten"),
        (f"“{SAID},” Ilse Marten (D-Calif.) told the radio.", "Ilse Marten"),
        (f"“{SAID},” sighed Ilse Marten.", "Ilse Marten"),
        (f"“{SAID},” Ilse Marten tweeted on Monday.", "Ilse Marten"),
        (f"“{SAID},” according to Ilse Marten.", "Ilse Marten"),
        (f"‘{SAID}’, said Ilse Marten.", "Ilse Marten"),
        (f"“{SAID}?” Ilse Marten asked.", "Ilse Marten"),
        (f'Ilse Marten said: "{SAID}."', "Ilse Marten"),
        (f"On Monday, Ilse Marten told reporters that “{SAID}.”", "Ilse Marten"),
        (f"The town answered through its engineer, Ilse Marten, who said: “{SAID}.”", "Ilse Marten"),
        (f"Ilse Marten called the plan “{SAID}.”", "Ilse Marten"),
        (f"According to Ilse Marten, “{SAID}.”", "Ilse Marten"),
        (f"Ilse Marten was late. “{SAID},” said Marten.", "Marten"),
        (f"“{SAID},” said Mrs. Marten.", "Marten"),
        (f"„{WORDS}“, sagte Bürgermeisterin Ilse Marten.", "Ilse Marten"),
        (f"»{WORDS}«, sagte Ilse Marten.", "Ilse Marten"),
        (f"„{WORDS}“, sagte der Sprecher der Polizei, Hans Meier.", "Hans Meier"),
        (f"« {SAID} », a déclaré Ilse Marten.", "Ilse Marten"),
        ("— Nous ne partirons pas d'ici, dit Ilse Marten.", "Ilse Marten"),
        (f"«{SAID}», dijo el alcalde de París, Ana Ruiz.", "Ana Ruiz"),
        (f"«{SAID}», — заявил Иван Петров.", "Иван Петров"),
        (f"«{SAID}», — заявил президент Иван Петров.", "Иван Петров"),
        ("王芳说：“只要岛上还有一个家庭靠它生活，我们就不会关闭最后一条轮渡航线。”", "王芳"),
        ("“我种了四十年茶，从没见过。”七十一岁的茶农沈阿福说。他走了。", "沈阿福"),
        ("قال وزير الخارجية علي حسن: «لن نغلق آخر خط للعبارات ما دامت عائلة واحدة هنا».", "علي حسن"),
        ("قال علي حسن: «لن نغلق آخر خط للعبارات ما دامت عائلة واحدة في الجزيرة تعتمد عليه».", "علي حسن"),
        ("सीमा राव ने कहा, “जब तक द्वीप पर एक भी परिवार इस नौका पर निर्भर है, हम इसे बंद नहीं करेंगे।”", "सीमा राव"),
    ],
)
def test_who_is_quoted_is_named_where_it_is_plain(text: str, name: str) -> None:
    assert speaker(text) == name


@pytest.mark.parametrize(
    "text",
    [
        f"“{SAID},” said the mayor.",
        "市长说：“只要岛上还有一个家庭靠它生活，我们就不会关闭。”",
        "قال مسؤول في الوزارة: «لن نغلق آخر خط للعبارات ما دامت عائلة واحدة هنا».",
        "قال الرئيس: «لن نغلق آخر خط للعبارات ما دامت عائلة واحدة هنا».",
        "पुलिस अधिकारी ने कहा, “जब तक द्वीप पर एक भी परिवार निर्भर है, हम इसे बंद नहीं करेंगे।”",
        f"“{SAID},” said Monday’s report.",
        f"“{SAID},” said the mayor of Paris.",
        f"“{SAID},” she said.",
        f"“{SAID},” said Reuters.",
        f"“{SAID},” the Foreign Ministry said.",
        f"“{SAID},” the White House told Reuters.",
        f"“{SAID},” said a spokesman for Ilse Marten.",
        f"“{SAID},” said the Marten campaign.",
        f"“{SAID},” Marten aides said.",
        f"“{SAID},” said Eastshore.",
        f"“{SAID}.” Bob Rowe said he would not comment.",
        f"“{SAID}!” Bob Rowe said he would not comment.",
        f"“{SAID}.”\n\nIlse Marten said nothing.",
        f"She was late. She said: “{SAID}.”",
        f"Er kam spät. Er sagte: „{WORDS}.“",
        f"Mayor of the town. Mayor said: “{SAID}.”",
        f"The board met. “{SAID}.” The sea was calm.",
        f"Ilse Marten was angry. “{SAID}.”",
        f"Ilse Marten was told: “{SAID}.”",
        f"Ilse Marten, in a letter quoted by Bob Rowe, wrote of a memo accusing her of “{SAID}.”",
    ],
)
def test_in_doubt_nobody_is_named(text: str) -> None:
    assert speaker(text) == ""


def test_what_goes_on_after_its_attribution_has_the_same_speaker() -> None:
    assert speaker(f"“{SAID},” said Ilse Marten. “{SAID}.”", 1) == "Ilse Marten"
    assert speaker(f"“{SAID},” said Ilse Marten. She left. “{SAID}.”", 1) == ""
    assert speaker(f"“{SAID},” said Ilse Marten.\n\n“{SAID}.”", 1) == ""
    assert speaker(f"“{SAID},” said Ilse Marten. “{SAID},” he said.", 1) == ""
    assert speaker(f"“{SAID},” said Ilse Marten. “{SAID},” Bob Rowe replied.", 1) == "Bob Rowe"


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Ilse Marten", "Ilse Brandt", False), ("Ilse Marten", "Marten", True), ("Ilse Marten", "Mayor Marten", True),
        ("Ilse Marten", "Bob Marten", True), ("Tove Brandt", "Marten", False), ("Иван Петров", "Петрова", True),
        ("Juliá Castro", "Julián Castro", True), ("Anna Smith", "Anna Smith-Jones", True),
        ("Ali Muhammad", "Ali Mohammed", True), ("Yuri Marten", "Yury Marten", True), ("Yuri", "Yury", True),
        ("Olena Zelensky", "Olena Zelenskiy", True), ("Nora Kuzmin-Lvov", "Nora Lviv", True),
        ("Aisha Rasheed", "Aisha Rashid", True), ("Yuri Dahl", "Yuri Dorn", False), ("Ali Omar", "Ali Amir", False),
    ],
)  # fmt: skip
def test_two_names_are_one_persons_by_the_last_words(first: str, second: str, same: bool) -> None:  # noqa: FBT001
    assert same_person(first, second) is same
