"""Short articles on unlike topics, for tests that put them together."""

from __future__ import annotations

BRIDGE = (
    "The city council voted on Monday to close Harbour Bridge for eleven "
    "months while engineers replace its corroded "
    "steel deck. The work will cost 4.2 million crowns and begins in March. Ferries will carry cyclists and "
    "pedestrians across the estuary every ten minutes until midnight."
)
SCHOOL = (
    "Teachers at Northgate secondary school walked out on Thursday over "
    "plans to merge two science departments. Head "
    "teacher Ilse Marten promised to publish the timetable before the "
    "autumn holidays. Parents gathered at the gates "
    "with home-made banners and a brass band."
)
WHEAT = (
    "Farmers in the southern valleys expect the smallest wheat harvest "
    "since the drought of 1976. Mildew reached the "
    "fields in early June after three weeks of rain. Millers have begun to "
    "import grain from overseas to keep their "
    "contracts with bakeries."
)
FILM = (
    "A silent film thought lost for ninety years was found in the attic of a retired projectionist. Archivists are "
    "cleaning the brittle reels frame by frame. The first public screening, with a live orchestra, is planned for "
    "December."
)
REWRITE = (
    "Engineers will replace the corroded steel deck of Harbour Bridge, "
    "which closes for eleven months after a vote of "
    "the city council on Monday. Beginning in March, the work is to cost "
    "4.2 million crowns. Until midnight, every ten "
    "minutes, ferries are to carry pedestrians and cyclists across the estuary."
)
STORY = (
    "Teachers at Northgate secondary school walked out on Thursday over plans to merge two science departments. "
    "Parents gathered at the gates with home-made banners and a brass band."
)
NOTICE = (
    "This story comes from the Eastshore pool. Papers in the pool may print it with credit to its author; "
    "selling it on, cutting its quotations and advertising with it are forbidden."
)
RIGHTS = "© 2024 Eastshore News. All rights reserved."
ENGLISH = (
    "The owners of the shipyard say that {} with the bank and the union before the strike began at the northern gate."
)
SAID = "We will not close the last ferry line while a single family on the island still depends on it for its living"


def join(*parts: str) -> str:
    return "\n\n".join(parts)
