from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.model import HeadPart, Provenance
from compare.origin.head import read_head

BODY = (
    "The ferry left the old harbour at nine with forty passengers, a lorry of apples and one very tired dog.\n\n"
    "It rained."
)


def parts(text: str) -> list[tuple[str, str]]:
    """The parts of a text that are not its body, by their words."""
    return [(str(part), text[slice(*span)]) for part, span in read_head(text).spans]


@pytest.mark.parametrize(
    ("above", "title", "authors", "day"),
    [
        ("Ferry sinks\n\nBy Ana Roth\nJan. 5, 2020\n\n", "Ferry sinks", ("Ana Roth",), "2020-01-05"),
        ("Ferry sinks\nAna Roth\nMonday, 6 January 2020\n\n", "Ferry sinks", ("Ana Roth",), "2020-01-06"),
        (
            "2020/01/07\n\nFerry sinks\n\nBy Ana Roth and Leo Quist\n\n",
            "Ferry sinks",
            ("Ana Roth", "Leo Quist"),
            "2020-01-07",
        ),
        (
            "FERRY SINKS\nBY ANA ROTH, Staff Writer | CNN | Jan 8, 2020 3:04 PM ET\n\n",
            "FERRY SINKS",
            ("Ana Roth",),
            "2020-01-08T15:04",
        ),
        (
            "The ferry sank. Nobody helped.\nBy Ana Roth\n9 Jan 2020\n",
            "The ferry sank. Nobody helped.",
            ("Ana Roth",),
            "2020-01-09",
        ),
        ("Title: Ferry sinks\nAuthor: Ana Roth\nDate: 2020-01-10\n\n", "Ferry sinks", ("Ana Roth",), "2020-01-10"),
        ("Fähre gesunken\n\nVon Ana Roth\n11. Januar 2020\n\n", "Fähre gesunken", ("Ana Roth",), "2020-01-11"),
        (
            "Le ferry a coulé\n\nPar Léa Martin\nPublié le 12 janvier 2020 à 9h30\n\n",
            "Le ferry a coulé",
            ("Léa Martin",),
            "2020-01-12T09:30",
        ),
        (
            "El ferry se hundió\n\nPor María de la Cruz\n13 de enero de 2020\n\n",
            "El ferry se hundió",
            ("María de la Cruz",),
            "2020-01-13",
        ),
        ("Паром затонул\n\nАвтор: Иван Петров\n14 января 2020\n\n", "Паром затонул", ("Иван Петров",), "2020-01-14"),
        (
            "渡轮沉没事故造成多人受伤\n\n作者：李明\n2020年1月15日\n\n",
            "渡轮沉没事故造成多人受伤",
            ("李明",),
            "2020-01-15",
        ),
    ],
)
def test_title_byline_and_date_line_above_the_body_are_read(
    above: str, title: str, authors: tuple[str, ...], day: str
) -> None:
    head = read_head(above + BODY)
    assert (head.title, head.authors, head.dates[0].value) == (title, authors, day)
    assert read_head(above.replace("\n", "\r\n") + BODY).title == title
    assert not any("ferry left" in words for _, words in parts(above + BODY))


@pytest.mark.parametrize(
    ("above", "title", "authors", "day", "agencies"),
    [
        ("POLITICS\n\nFerry sinks\n\nBy Ana Roth\n5 May 2020", "Ferry sinks", ("Ana Roth",), "2020-05-05", ()),
        ("News\nFerry sinks\n\nAna Roth\n@anaroth\n21.05.2020", "Ferry sinks", ("Ana Roth",), "2020-05-21", ()),
        ("Meinung\n\nFähre gesunken\n\nVon Ana Roth\n5. Mai 2020", "Fähre gesunken", ("Ana Roth",), "2020-05-05", ()),
        ("Opinion | Ferries sink\n\nBy Ana Roth\n5 May 2020", "Ferries sink", ("Ana Roth",), "2020-05-05", ()),
        ("How the ferry sank | Daily Times\n\nBy Ana Roth\n5 May 2020", "How the ferry sank", ("Ana Roth",), "2020-05-05", ()),  # noqa: E501
        ("Ferry sinks\nBy Staff Writer | May 5, 2020", "Ferry sinks", (), "2020-05-05", ()),
        ("FERRY SINKS\nby Staff Writer • May 5, 2020 • 4 min read", "FERRY SINKS", (), "2020-05-05", ()),
        ("Ferry sinks\n\nPosted on May 5, 2020 by Ana Roth", "Ferry sinks", ("Ana Roth",), "2020-05-05", ()),
        ("Ferry sinks\n\nAna Roth in Calder\nTue 5 May 2020 09.12 BST", "Ferry sinks", ("Ana Roth",), "2020-05-05T09:12", ()),  # noqa: E501
        ("Ferry sinks\n\nAna Roth and Leo Quist\n5 May 2020", "Ferry sinks", ("Ana Roth", "Leo Quist"), "2020-05-05", ()),  # noqa: E501
        ("Ferry sinks\nBy Ana Roth, CNN\nUpdated 1911 GMT (0311 HKT) May 5, 2020", "Ferry sinks", ("Ana Roth",), "2020-05-05", ("CNN",)),  # noqa: E501
        ("Ferry sinks\n\nBy ANA ROTH\nAssociated Press\n\nMay 5, 2020", "Ferry sinks", ("Ana Roth",), "2020-05-05", ("Associated Press",)),  # noqa: E501
        ("Ferry sinks\n\nBy Ana Roth\nFor The Associated Press\n5 May 2020", "Ferry sinks", ("Ana Roth",), "2020-05-05", ("Associated Press",)),  # noqa: E501
        ("Ferry sinks\n\nBy Reuters Staff\n5 May 2020", "Ferry sinks", ("Reuters",), "2020-05-05", ("Reuters",)),
    ],
)  # fmt: skip
def test_sections_staff_handles_and_desks_above_the_body_are_known_as_such(
    above: str, title: str, authors: tuple[str, ...], day: str, agencies: tuple[str, ...]
) -> None:
    head = read_head(f"{above}\n\n{BODY}")
    assert (head.title, head.authors, head.dates[0].value) == (title, authors, day)
    assert {source.name for credit in head.credits for source in credit.sources} == {*agencies}


def test_a_title_with_a_section_before_its_colon_is_one_and_a_label_is_none() -> None:
    assert read_head(f"OPINION: My promise on ferries\n\n{BODY}").title == "OPINION: My promise on ferries"
    for line in ("Editor's note: This was changed", "Advertisement: Sail with us"):
        assert read_head(f"{line}\n\n{BODY}").title == ""


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "One line alone",
        "It was the postman who noticed that\nthe plum tree was humming. By the time\nwe came, they were gone.\n",
        "6 years ago\n\n" + BODY,
        "ADVERTISEMENT\n\n" + BODY,
        "Ana Roth\n\n" + BODY,
        "A crowd waits at the quay on Sunday. (Reuters photo: Ana Roth)\n\n" + BODY,
        "LONDON (Reuters) - A ferry sank on Sunday night\n\n" + BODY,
        "We asked him three things:\n\n" + BODY,
        "- a list of things\n- and another one\n\n" + BODY,
    ],
)
def test_a_first_line_that_may_be_something_else_is_no_title(text: str) -> None:
    assert read_head(text).title == ""


def test_every_part_has_its_span_and_the_rest_is_body() -> None:
    text = f"Ferry sinks\n\nBy Ana Roth\nJan. 5, 2020\n\nCALDER, Jan. 5 (Reuters) - {BODY}\n\n© 2020 Reuters\n"
    assert parts(text) == [
        ("title", "Ferry sinks"),
        ("byline", "By Ana Roth"),
        ("date", "Jan. 5, 2020"),
        ("dateline", "CALDER, Jan. 5 (Reuters) - "),
        ("credit", "© 2020 Reuters"),
    ]
    assert read_head(text).agencies == ("Reuters",)
    assert read_head(text).place == "CALDER"


@pytest.mark.parametrize(
    "end",
    [
        "“I have the facts,” Roth told Reuters on Friday.",
        "The Associated Press reported that he had left.",
        "Nobody contributed more than the $300 that AFP had named.",
        "Ana Roth speaks. (Photo: Leo Quist, AP)",
        "Leo Quist/AP",
        "Courtesy of AFP, file photo.",
        "A Reuters/Ipsos poll had him ahead.",
    ],
)
def test_a_sentence_of_the_news_that_names_an_agency_is_no_credit(end: str) -> None:
    assert read_head(f"{BODY}\n\n{end}").agencies == ()


@pytest.mark.parametrize(
    ("end", "agency"),
    [
        ("The Associated Press contributed to this report.", "Associated Press"),
        ("Information from Reuters was used in this report.", "Reuters"),
        ("Copyright 2013 The Associated Press. All rights reserved.", "Associated Press"),
        ("(dpa)", "dpa"),
        ("Er sagte das am Montag. (dpa)", "dpa"),
        ("Mit Material von dpa", "dpa"),
        ("Avec AFP", "AFP"),
        ("Con información de EFE", "EFE"),
        ("По материалам ТАСС", "TASS"),
        ("来源：新华社", "Xinhua"),
        ("This article was originally published on ProPublica.", "ProPublica"),
    ],
)
def test_a_credit_below_the_body_is_read(end: str, agency: str) -> None:
    assert read_head(f"{BODY}\n\n{end}").agencies == (agency,)


def test_a_date_without_a_year_or_in_either_order_is_no_date_but_marks_its_line() -> None:
    for line in ("Posted 2/3/2009 11:11 PM", "Mar. 8, 5:46 PM EST"):
        head = read_head(f"Ferry sinks\n{line}\n{BODY}")
        assert (head.title, head.dates, head.spans[1][0]) == ("Ferry sinks", (), HeadPart.DATE)
    assert read_head(f"Ferry sinks\n13/04/2009\n{BODY}").dates[0].value == "2009-04-13"
    assert read_head(f"Ferry sinks\n03/04/2009\n{BODY}", language="fr").dates[0].value == "2009-04-03"
    assert read_head(f"Ferry sinks\n03/04/2009\n{BODY}", language="en-US").dates[0].value == "2009-03-04"


def test_the_time_does_not_grow_with_the_length_of_a_line() -> None:
    lines = ["x" * 10**7, "By " + "Ana Roth and " * 10**6, "(" * 10**7, "1/" * 5 * 10**6, " \n" * 5 * 10**6 + "Ferry"]
    read_head(BODY)
    before = time.process_time()
    for line in lines:
        read_head(line)
        read_head(f"Ferry sinks\n\n{line}\n\n{BODY}\n\n{line}")
    assert time.process_time() - before < 5  # seconds; far below 1 when all is well


@settings(max_examples=60)
@given(st.text(st.sampled_from("By Ana Roth,.|–-()\n\r:/0129年月日©Reuters\u2060 "), max_size=200))
def test_parts_stand_in_the_text_in_order_and_apart(text: str) -> None:
    spans = [span for _, span in read_head(text).spans]
    assert all(0 <= start < stop <= len(text) for start, stop in spans)
    assert spans == sorted(spans)


NAMED_DAYS = (
    "{}, 3 March 2024", "{} | 3 March 2024", "{} - 3 March 2024", "{}, Sunday, March 3, 2024", "{}, 3. März 2024",
    "{}, le 3 mars 2024", "{} – 3 de marzo de 2024",
)  # fmt: skip


@pytest.mark.parametrize("line", NAMED_DAYS)
def test_a_day_behind_the_name_of_a_paper_or_beside_a_byline_is_the_articles(line: str) -> None:
    for name, above in [("Calder Herald", ""), ("Calder", "By Ana Roth\n"), ("Calder Herald", "By Ana Roth\n")]:
        text = f"Ferry sinks off the coast\n\n{above}{line.format(name)}\n\n{BODY}"
        head = read_head(text)
        assert [(dated.value, dated.provenance) for dated in head.dates] == [("2024-03-03", Provenance.DATE_LINE)]
        assert (HeadPart.DATE, line.format(name)) in parts(text)
        assert head.title == "Ferry sinks off the coast"


@pytest.mark.parametrize(
    "line",
    [
        "Dallas, 22 November 1963", "Calder v Skarrow, 3 March 2024", "Calder Herald, updated 3 March 2024",
        "Born in Calder, 3 March 2024", "Photo: Calder Herald, 3 March 2024", "Calder Herald, March 2024",
        "Calder Herald, 3 March 2024, page 4",
        "Calder Herald, 2 March 2024\nSkarrow Post, 3 March 2024", "Calder Herald, 3 March 2024\n4 March 2024",
        "The mayor told the Calder Herald, 3 March 2024",
    ],
)  # fmt: skip
def test_a_day_that_may_be_of_something_else_is_not_read_behind_a_name(line: str) -> None:
    dates = [dated.value for dated in read_head(f"Ferry sinks off the coast\n\n{line}\n\n{BODY}").dates]
    assert dates in ([], ["2024-03-04"])
