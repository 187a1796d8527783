"""Rights lines, bylines and plugs are boilerplate; news about them is news."""

from __future__ import annotations

import pytest

from compare.align.marks.notices import notices
from compare.align.prepare import prepare


@pytest.mark.parametrize(
    "line",
    [
        "© 2024 Eastshore News. All rights reserved.",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "By Jane Roe, Staff Writer",
        "Ann Lee and John Doe in Oslo contributed to this report.",
        "No part of this article may be reproduced without written permission.",
        "Materials may not be reproduced without the permission of the editors.",
        "Copyright © 2019 The Eastshore Times, LLC. Click here for reprint permission.",
        "Dieser Text darf nicht ohne Genehmigung vervielfältigt werden.",
        "Toute reproduction sans autorisation est interdite.",
        "Esta obra no puede ser reproducida sin permiso.",
        "未经授权，不得转载本文",
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
        "The report must not be published or shown to the defendants before the trial, the court ruled on Friday.",
        "This report must not be published or broadcast, the judge ordered.",
        "The names may not be published, broadcast or printed until the verdict.",
        "The sign said that all rights were reserved, all rights reserved for ever.",
        "Copyright 2019 was the year in which the court took the law apart, she said.",
        "Das Gericht entschied, der Bericht dürfe nicht veröffentlicht werden.",
        "Ce rapport ne peut être publié ou diffusé, a jugé le tribunal.",
        "Este informe no puede ser publicado o difundido, dijo el juez.",
        "Nachdruck verboten stand auf dem Zettel, den die Polizei fand.",
        "He asked readers to sign up for the race.",
        "By noon the sea had risen",
        "She wrote about copyright law in 2019.",
        "Follow the money, the court said.",
        "The senior correspondent left the town.",
        "The label was small. All rights reserved. He laughed at it.",
        "All rights reserved. He laughed at it.",
        "He laughed at it. Read more: the bridge that fell",
    ],
)
def test_news_about_rights_and_plugs_is_news(line: str) -> None:
    assert not notices(prepare(line)).any()
