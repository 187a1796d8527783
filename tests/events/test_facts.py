from __future__ import annotations

import pytest

from compare.align.prepare import prepare
from compare.events.against import count_otherwise, is_date_line
from compare.events.facts import facts_in_common
from compare.events.features import shared
from compare.events.profile import profile
from compare.events.rarity import ALONE
from compare.events.same import Side
from compare.events.weighed import weighed
from compare.model import Span


def side(text: str) -> Side:
    ready = prepare(text)
    return Side(ready, weighed(profile(ready), ALONE))


def both_report(a: str, b: str) -> set[str]:
    """What two texts have in common, in the words of the first."""
    sides = side(a), side(b)
    common = shared(*(one.weighed.profile for one in sides))
    facts = facts_in_common(sides, common)
    assert len(facts) <= 5
    return {a[slice(*fact.a)] for fact in facts}


@pytest.mark.parametrize(
    ("a", "b", "fact"),
    [
        ("They met Todd Brannigan in town.", "It was Todd Brannigan, he knew.", "Todd Brannigan"),
        ("They met Todd Brannigan in town.", "They saw that Brannigan had left.", "Brannigan"),
        ("They met Rep. Adam Brannigan in town.", "They saw that Adam Brannigan had left.", "Adam Brannigan"),
        ("They heard Brannigan’s plan.", "The plan that Brannigan's friends have.", "Brannigan"),
        (
            "The state sent 151,400 doses to the city.",
            "There were 151,400 doses in the state, the city told us.",
            "151,400 doses",
        ),
        ("They spent $5.93 billion on it.", "It cost 5.93 billion dollars.", "$5.93 billion"),
        ("A quake of magnitude 6.1 was felt.", "The quake had a magnitude 6.1 there.", "magnitude 6.1"),
        ("They saw the Statue of Liberty there.", "He likes the Statue of Liberty well.", "Statue of Liberty"),
        (
            "The mayor of the city said that it was a ramshackle lighthouse.",
            "The ramshackle lighthouse fell down, and the city called police.",
            "ramshackle lighthouse",
        ),
    ],
)
def test_a_fact_in_common_is_whole(a: str, b: str, fact: str) -> None:
    assert fact in both_report(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("He threw a Hail Meriwether pass.", "He met Sen. Meriwether Landrieu there."),
        ("He met Todd Brannigan there.", "He met Chuck Todd there."),
        ("He met Joe Brannigan and Lou Brannigan there.", "He knew Brannigan well."),
        ("He met Rep. Adam Brannigan there.", "He met Rep. Adam Kowalczyk there."),
        ("He paid $400 for it.", "It rose by 400 percent then."),
        ("He was 347 then.", "The clip of 347 was seen."),
        ("It fell by 151,400 pounds there.", "It cost €151,400 there."),
        ("They saw it on Wednesday’s show.", "They will on Wednesday’s show."),
        ("They met (D-Calif.) there.", "He came (R-Calif.) with her."),
        ("The premium to $449 went.", "The premium, to $4490, went."),
        ("A ramshackle, lighthouse keeper came.", "The ramshackle lighthouse fell."),
        ("A 17-year-old Brobdingnag fan, then.", "The old Brobdingnag-based fan."),
        ("See https://t.co/Brannigan there.", "He follows @Brannigan there."),
        ("The law starts on October 1 there.", "He came on October 1 too."),
    ],
)
def test_what_is_but_spelled_alike_is_no_fact_in_common(a: str, b: str) -> None:
    assert not both_report(a, b)


def test_what_both_quote_counts_once_and_not_alone() -> None:
    quotation = "“A ramshackle lighthouse near Brannigan was flattened by 151,400 tons of molasses.”"
    a, b = f"She wrote in May: {quotation} All laughed.", f"He quoted her words: {quotation} He agreed."
    assert not both_report(a, b)
    assert len(both_report(f"{a} They met Kowalczyk too.", f"{b} He saw how Kowalczyk sang.")) == 2


def test_furniture_is_no_fact_in_common() -> None:
    text = "They met Kowalczyk too.\n\nPhoto: Meriwether Brannigan/AP\n"
    ready = prepare(text)
    aside = ready.tokens.starts >= text.index("Photo")
    sides = Side(ready, weighed(profile(ready, aside), ALONE)), side("Meriwether Brannigan met Kowalczyk in town.")
    common = shared(*(one.weighed.profile for one in sides))
    assert [text[slice(*fact.a)] for fact in facts_in_common(sides, common)] == ["Kowalczyk"]


def test_counts_of_one_thing_speak_against_one_fact() -> None:
    def otherwise(a: str, b: str) -> bool:
        texts = prepare(a), prepare(b)
        return count_otherwise(*texts, (Span(0, len(texts[0].tokens)), Span(0, len(texts[1].tokens))))

    assert otherwise("Six AK-47 rifles and 12 magazines were seized.", "They took 14 AK-47 rifles and 31 magazines.")
    assert otherwise("Six people died.", "It killed 14 people.")
    assert not otherwise("Six people died in 12 houses.", "It killed 6 people in a street.")


def test_a_time_stamp_is_a_date_line() -> None:
    def is_line(text: str) -> bool:
        ready = prepare(text)
        return is_date_line(ready, Span(0, len(ready.tokens)))

    assert is_line("Saturday, 28 September 2013")
    assert is_line("07:40 GMT, 7 July 2012 / UPDATED: 22:07 GMT, 7 July 2012")
    assert not is_line("They escaped on May 6, when one of the women broke part of a door")
