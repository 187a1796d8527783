from __future__ import annotations

import pytest

from compare.origin.datelines import dateline


@pytest.mark.parametrize(
    ("line", "place", "agency"),
    [
        ("LONDON, March 11 (Reuters) – The ferry sank on Sunday.", "LONDON", "Reuters"),
        ("LOS ANGELES/CHARLESTON, S.C. (Reuters) - The ferry sank.", "LOS ANGELES/CHARLESTON, S.C", "Reuters"),
        ("Berlin/Paris (dpa/lby) - Die Fähre ist gesunken.", "Berlin/Paris", "dpa"),
        ("(CNN) The ferry sank on Sunday.", "", "CNN"),
        ("МОСКВА, 11 мар — РИА Новости. Паром затонул в воскресенье.", "МОСКВА", "RIA Novosti"),
        ("МОСКВА, 11 марта. /ТАСС/. Паром затонул в воскресенье.", "МОСКВА", "TASS"),
        ("新华社北京6月26日电 一艘渡轮周日在港口外沉没了", "北京", "Xinhua"),
        ("واشنطن (رويترز) - غرقت العبارة يوم الأحد", "واشنطن", "Reuters"),
        ("Madrid, 11 mar (EFE).- El ferry se hundió el domingo.", "Madrid", "EFE"),
        ("NEW YORK, April 3 /PRNewswire/ -- Acme today announced", "NEW YORK", "PR Newswire"),
    ],
)
def test_place_and_agency_of_a_dateline_are_read(line: str, place: str, agency: str) -> None:
    begins = dateline(line)
    assert begins
    assert (begins.place, [source.name for source in begins.sources]) == (place, [agency])


@pytest.mark.parametrize(
    "line",
    [
        "President Trump (R) - The man who would be king",
        "Donald Trump told Reuters (AP) that he would not do it",
        "Editor's note - The text was changed in May",
        "A crowd waits at the quay. (Reuters)",
        "The agency (Reuters) - which he named - said no",
    ],
)
def test_other_brackets_and_dashes_begin_no_dateline(line: str) -> None:
    assert dateline(line) is None
