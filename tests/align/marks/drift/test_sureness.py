"""How sure a drift is: told in a frame of equal words, else kept for whoever asks."""

from __future__ import annotations

import pytest
from labels import labelled

import compare

TOWN = "The council of the old harbour town met on the quay and talked about the ferries of the coming season."
LAST = "Nobody from the ministry was ready to answer our questions about it before the end of the week."


def stated(a: str, b: str) -> tuple[list[str], list[str]]:
    """The words of a that are told, and those that are kept, in a text with others around."""
    first, second = f"{TOWN} {a} {LAST}", f"{TOWN} {b} {LAST}"
    matches = labelled(first, second)
    sure = [first[slice(*drift.a)] for match in matches for drift in match.drifts]
    return sure, [first[slice(*drift.a)] for match in matches for drift in match.unsure]


@pytest.mark.parametrize(
    ("a", "b", "sure", "unsure"),
    [
        ("It said that 30 men were hurt there.", "It said that 45 men were hurt there.", ["30"], []),
        (
            "They asked Brandt for help and the board paid Holm.",
            "They asked Holm to wait and the board sent Brandt off.",
            [],
            [],
        ),
        ("It said that 30 men were hurt there.", "Later 45 boats sank.", [], ["30"]),
        ("He denied that they are late.", "He said that they are not late.", [], []),
        ("Experts say that it is unlikely that prices will rise.", "Many fear that prices could rise.", [], ["will"]),
        ("He came from Park Street to see us.", "He came from Parker Street to see us.", [], ["Park Street"]),
        ("It asked Washington for some help then.", "It asked America for some help then.", [], ["Washington"]),
        ("Some call it a non-violent protest of the young.", "Some call it a nonviolent protest of the young.", [], []),
        ("They say rates rose for most of them.", "We think rates fell for most of us.", ["rose"], []),
        ("Members of the crew did agree to come.", "A few of the crew did not agree to go.", [""], []),
        ("He knew that not everyone will be there.", "They think that everyone will be there.", [], ["not"]),
        ("He could not stop reading the stories.", "He said he read the stories.", [], []),
        (
            "Hillary Brandt left. Later Brandt forgot it.",
            "Hillary Brandt left. Later Hillary forgot it.",
            [],
            ["Brandt"],
        ),
        (
            "He shared the MVP Award with the others.",
            "He shared the Most Valuable Player Award with the others.",
            [],
            [],
        ),
        ("It has an Opteron chip in the box.", "It has an Opteron™ chip in the box.", [], []),
        ("It was worth £88m in all, they said.", "It was worth €103m in all, they said.", [], ["£", "88m"]),
        ("They drove at more than 100 mph there.", "They drove at up to 120 mph there.", [], []),
        ("In 2014, 76 percent of them left us.", "In 2014, 55 percent of them left us.", ["76"], []),
        ("It led in Florida and Ohio; Ohio was glad.", "It led in Florida and Utah; Ohio was glad.", ["Ohio"], []),
        ("They say that Guinea held talks there.", "They say that Guinea-Bissau held talks there.", ["Guinea"], []),
        (
            "The party chose Mike Pence, and Pence was glad of it.",
            "The party chose Mike Pence, and Holm was glad of it.",
            ["Pence"],
            [],
        ),
        ("It fell to minus 3 degrees at night.", "It fell to plus 3 degrees at night.", ["3"], []),
        ("Growth was minus 0.3 percent there.", "Growth was 0.3 percent there.", ["0.3"], []),
        ("Its floor has 15 , 800 seats for us.", "Its floor has 15 , 900 seats for us.", [], ["800"]),
        ("Holm, who plays the doctor Clara, spoke first.", "The doctor Holm spoke first.", [], ["Clara"]),
        ("\n\nOctober 11, 2011\n\n", "\n\nOctober 10, 2011\n\n", [], ["October 11, 2011"]),
        ("They won the Keystone State last year.", "They won Pennsylvania last year.", [], ["Keystone State"]),
        (
            "It was sold in Europe, the Americas and Asia.",
            "It was sold in Europe, North and South America and Asia.",
            [],
            ["Americas"],
        ),
        (
            "It stood before Holm came to the town.",
            "It stood before the Norwegian painter came to the town.",
            [],
            ["Holm"],
        ),
        (
            "We met at the old hotel in Mayfair in May. London slept.",
            "We met at a hotel in London in May. London slept.",
            [],
            ["Mayfair"],
        ),
        ("The board received a long letter.", "A letter was what the board sent.", [], []),
        (
            "The words must match the terms of it exactly.",
            "It fails if the words do not match the terms of it exactly.",
            [],
            [],
        ),
    ],
)
def test_a_change_is_told_in_a_frame_alone(a: str, b: str, sure: list[str], unsure: list[str]) -> None:
    assert stated(a, b) == (sure, unsure)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Net income was $340 million in 2025 and $415 million in 2024.",
         "Net income was $415 million in 2024 and $340 million in 2025."),
        ("The party won 34 seats in 2021 and 12 in 2025.", "The party won 12 seats in 2025 and 34 in 2021."),
        ("Inflation was 2.1 percent in May, after 2.4 percent in April.",
         "In April inflation was 2.4 percent, in May it was 2.1 percent."),
        ("The church lies north of the river, the castle south of it.",
         "South of the river lies the castle, north of it the church."),
        ("The euro rose 0.3 percent against the dollar.", "The dollar fell 0.3 percent against the euro."),
        ("It cut its rate by half a point to 4.25 percent.", "It cut its rate by 50 basis points to 4.25 percent."),
        ("Guests may not smoke in the old hall.", "Guests must not smoke in the old hall."),
        ("It sailed without a pilot that day.", "It sailed with no pilot that day."),
        ("It fell to minus 3 degrees at night.", "It fell to three degrees below zero at night."),
        ("They met at 10 a.m. ET at the quay.", "They met at 3 p.m. BST at the quay."),
        ("Water boils at 100 degrees Celsius here.", "Water boils at 212 degrees Fahrenheit here."),
        ("The sea has risen by 2 degrees Celsius there.", "The sea has risen by 3.6 degrees Fahrenheit there."),
    ],
)  # fmt: skip
def test_the_same_in_another_order_or_in_other_words_is_no_change(a: str, b: str) -> None:
    assert (stated(a, b)[0], stated(b, a)[0]) == ([], [])


def test_two_figures_that_alone_changed_places_are_told() -> None:
    first, second = "They say 12 men died and 30 were hurt.", "They say 30 men died and 12 were hurt."
    assert stated(first, second) == (["12", "30"], [])


def test_lines_that_are_no_part_of_the_story_are_not_told() -> None:
    a, b = (f"{TOWN}\n\nUpdated at {hour}:04 on the old quay\n\n{LAST}" for hour in (3, 5))
    matches = labelled(a, b)
    assert [drift for match in matches for drift in match.drifts] == []
    assert [a[slice(*drift.a)] for match in matches for drift in match.unsure] == ["3:04"]


def test_a_drift_has_the_sentences_of_both_sides() -> None:
    a, b = f"{TOWN} It cost 5 crowns then. {LAST}", f"{TOWN} It cost 6 crowns then. {LAST}"
    (match,) = labelled(a, b)
    (drift,) = match.drifts
    assert (a[slice(*drift.frame_a)], b[slice(*drift.frame_b)]) == ("It cost 5 crowns then", "It cost 6 crowns then")
    (opposite,) = labelled(b, a)
    assert opposite.drifts == (drift.exchanged(),)


@pytest.mark.parametrize("head", ["Hide Caption {n} of {m} Photos: The {which} debate ", "Photos: The {which} debate "])
def test_captions_of_a_page_s_pictures_are_no_statements(head: str) -> None:
    story = (
        "The candidates met in the hall of the old town for an hour and a half, and nobody in the audience left early. "
    )
    caption = head + "The senator greets her opponent before the start of the debate in the hall."
    pair = compare.pair(
        story + caption.format(n=3, m=22, which="first"), story + caption.format(n=4, m=25, which="second")
    )
    assert not any(match.drifts for match in pair.matches)
