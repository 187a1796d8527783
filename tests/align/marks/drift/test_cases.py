"""Small pairs after reports from the field: what is told of them, word for word."""

from __future__ import annotations

import pytest

import compare

FERRY = (
    "The ferry company has cancelled its evening crossings until further notice because two of its three captains are "
    "ill. Passengers with tickets may travel in the morning or ask for their money back at the office on the quay. The "
    "town council will meet the company this week to talk about a bus through the tunnel."
)
BOARD = (
    "The regional transport board met in the old customs house on the quay and discussed the budget for the coming "
    "season. {} Members of the board declined to answer further questions, and the next meeting is planned after the "
    "summer holidays in the town library."
)
WEATHER = (
    "{0} will be mostly cloudy with a high near {1} and a low around {2}. Winds will be from the {3} at {4} to {5} "
    "mph. The chance of rain is {6} percent. Sunrise is at 6:{7} a.m. and sunset at 7:{8} p.m. The air "
    "quality index is {9}."
)
BULLETIN = (
    "The county health office has published its weekly bulletin for the week ending {}. It counted {} new cases of "
    "influenza among residents of all ages, compared with the figures of the previous week. {} people were treated in "
    "hospital, and {} of them needed intensive care."
)


def told(a: str, b: str) -> list[tuple[str, str, str]]:
    """The sure drifts of a pair, with the words of both sides."""
    matches = compare.pair(a, b).matches
    return [(one.what.value, a[slice(*one.a)], b[slice(*one.b)]) for match in matches for one in match.drifts]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (
            f"{FERRY} By Friday evening the number of stranded travellers had risen to 340.",
            f"{FERRY} By Friday evening the number of stranded travellers had risen to 290.",
            [("number", "340", "290")],
        ),
        (
            f"{FERRY} By Friday the number had risen to 340.\n\nA second company is thinking of a service of its own.",
            f"{FERRY} By Friday the number had risen to 290.\n\nNobody from the ministry was ready to talk to us.",
            [("number", "340", "290")],
        ),
        (
            f"OSLO, Tuesday – {FERRY}",
            f"BERGEN, Friday – {FERRY}",
            [("name", "OSLO", "BERGEN"), ("date", "Tuesday", "Friday")],
        ),
        (
            f"{FERRY} Asked whether the pier was safe, the engineer said: it is.",
            f"{FERRY} Asked whether the pier was safe, the engineer said: it is not.",
            [("negation", "", "not")],
        ),
        (
            "Region, cases, deaths\nNorth 1204 31\nSouth 877 12\nEast 455 9\nWest 1933 54",
            "Region, cases, deaths\nNorth 1204 31\nSouth 877 12\nEast 455 9\nWest 1393 54",
            [("number", "1933", "1393")],
        ),
        (
            f"{FERRY} Police said 12 people were killed and 30 were injured in the harbour that night.",
            f"{FERRY} Police said 30 people were killed and 45 were injured in the harbour that night.",
            [("number", "12", "30"), ("number", "30", "45")],
        ),
        (
            WEATHER.format("Tuesday", 61, 45, "west", 10, 15, 30, 52, "04", 42),
            WEATHER.format("Friday", 74, 52, "south", 5, 10, 10, 55, "00", 67),
            [
                ("date", "Tuesday", "Friday"), ("number", "61", "74"), ("number", "45", "52"),
                ("direction", "west", "south"), ("number", "10 to 15", "5 to 10"), ("number", "30", "10"),
                ("time", "6:52 a.m.", "6:55 a.m."), ("time", "7:04 p.m.", "7:00 p.m."), ("number", "42", "67"),
            ],
        ),
        (
            BULLETIN.format("4 January", 391, 62, 9),
            BULLETIN.format("18 February", 744, 85, 17),
            [
                ("date", "4 January", "18 February"), ("number", "391", "744"), ("number", "62", "85"),
                ("number", "9", "17"),
            ],
        ),
    ],
)  # fmt: skip
def test_what_changed_at_the_ends_and_in_templates_is_told(
    a: str, b: str, expected: list[tuple[str, str, str]]
) -> None:
    assert told(a, b) == expected
    assert sorted(told(b, a)) == sorted((what, there, here) for what, here, there in expected)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Traffic rose 3 percent in the spring.", "Traffic fell 3 percent in the spring.", "direction rose fell"),
        ("It said more than 100 people use it.", "It said fewer than 100 people use it.", "direction more fewer"),
        ("The pier may close for the winter.", "The pier must close for the winter.", "modality may must"),
        ("It said that all members will be there.", "It said that some members will be there.", "quantifier all some"),
        ("On Monday he said he would resign.", "On Monday she said he would resign.", "person he she"),
        ("The new rule was legal at the time.", "The new rule was illegal at the time.", "negation legal illegal"),
        ("The ferry is able to sail in storms.", "The ferry is unable to sail in storms.", "negation able unable"),
        ("Officials of the Johnson Group will visit.", "Officials of the Johnston Group will visit.",
         "name Johnson_Group Johnston_Group"),
        ("Officials of the Sudan Mission will visit.", "Officials of the South Sudan Mission will visit.",
         "name Sudan_Mission South_Sudan_Mission"),
        ("It will cost US$5 million in all.", "It will cost A$5 million in all.", "unit US$ A$"),
    ],
)  # fmt: skip
def test_one_word_more_or_another_one_is_told(a: str, b: str, expected: str) -> None:
    facts = [tuple(part.replace("_", " ") for part in expected.split())]
    assert told(BOARD.format(a), BOARD.format(b)) == facts


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Officials of the Ministry of Defence would visit.", "Officials of the Ministry of Defense would visit."),
        ("Officials of the Müller Group from Zürich came.", "Officials of the Mueller Group from Zuerich came."),
        ("Officials of the St. Mary Hospital would visit.", "Officials of the Saint Mary Hospital would visit."),
        ("Officials of the Gaddafi Fund from Kyiv came.", "Officials of the Qaddafi Fund from Kiev came."),
        ("The men of the Islamic State came by night.", "The men of ISIS came by night."),
        ("Many Democrats in the Senate would vote for it.", "Many Dems in the Senate would vote for it."),
        ("It asked the U.S. and others for help.", "It asked the United States and others for help."),
        ("It asked the Lind Port Agency (LPA) first. Then the LPA came.",
         "It asked the Lind Port Agency (LPA) first. Then the Lind Port Agency came."),
        ("It asked Sen. Tove Brandt for help.", "It asked Senator Tove Brandt for help."),
        ("It is not without risk to sail there.", "It is with some risk to sail there."),
        ("They cannot sail in the winter.", "They can not sail in the winter."),
        ("Traffic rose 3 percent in the spring.", "Traffic climbed 3 percent in the spring."),
        ("The last ferry leaves at 3 p.m. on weekdays.", "The last ferry leaves at 15:00 on weekdays."),
    ],
)  # fmt: skip
def test_other_words_for_the_same_are_no_drift(a: str, b: str) -> None:
    assert told(BOARD.format(a), BOARD.format(b)) == []


@pytest.mark.parametrize(
    ("a", "b", "names"),
    [
        ("Police said 12 people were killed and 30 were hurt.", "Police said 30 people were killed and 12 were hurt.",
         ["12", "30"]),
        ("They said that Daniel Roth had stabbed Peter Lang outside the station after an argument.",
         "They said that Peter Lang had stabbed Daniel Roth outside the station after an argument.",
         ["Daniel Roth", "Peter Lang"]),
        ("They said that Roth had beaten Lang there.", "They said that Lang had beaten Roth there.", ["Roth", "Lang"]),
    ],
)  # fmt: skip
def test_facts_that_changed_places_are_told_as_such(a: str, b: str, names: list[str]) -> None:
    first, second = BOARD.format(a), BOARD.format(b)
    drifts = [drift for match in compare.pair(first, second).matches for drift in match.drifts]
    assert [first[slice(*drift.a)] for drift in drifts] == names
    assert [second[slice(*drift.b)] for drift in drifts] == names[::-1]
    assert all(drift.swapped for drift in drifts)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("They saw Roth and Lang outside the station.", "They saw Lang and Roth outside the station."),
        ("The boy was 12 and the girl was 30 that day.", "The girl was 30 and the boy was 12 that day."),
        ("Roth, who is 12, met Lang, who is 30, there.", "Lang, who is 30, met Roth, who is 12, there."),
    ],
)
def test_what_only_stands_in_another_order_is_not_told(a: str, b: str) -> None:
    assert told(BOARD.format(a), BOARD.format(b)) == []
