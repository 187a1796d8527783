"""Function words, which say nothing about what a sentence states.

Two documents are too little text to learn that "what is going on" is common; a short list knows it. Languages
without a list do without: their function words are held down by the sentence frequency alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from compare.kernels.columns import among
from compare.text.tokens import vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORDS = """
a about above according add added adds after again against all almost along already also although am among an and
another any are aren't around as at away back be became because become been before began being below best between both
but by came can can't cannot come could couldn't did didn't do does doesn't doing don't done down during each either
else even ever every few for from further gave get gets getting give given go goes going gone got had hadn't has
hasn't have haven't having he he's her here here's hers herself him himself his how however i i'm if in including
instead into is isn't it it's its itself just keep kept know known least less let like likely made make makes making
many may maybe me might more most much must my near need needs neither never no nor not nothing now of off often on
once one only onto or other others our out over own per perhaps put quite rather really recently s said same say says
see seem seems seen several shall she should shouldn't since so some something soon still such t take taken than that
that's the their them then there there's these they they're thing things think this those though through to together
told too took toward towards under until up upon us used very want wants was wasn't way we we're well went were weren't
what what's when where whether which while who who's whom whose why will with within without won't would wouldn't yet
you you're your
aber alle als also am an auch auf aus bei bis da damit dann das dass dem den denn der des die dies diese dieser doch
durch ein eine einem einen einer eines er es etwas für haben hat hatte hier ihr im in ins ist ja kann kein keine können
man mehr mit nach nicht noch nun nur ob oder ohne sagte schon sei sein seine sich sie sind so soll über um und uns
unter vom von vor war waren wenn werden wie wieder will wird wir wurde wurden zu zum zur
al ante aunque como con cuando de del desde donde dos el ella ellos en entre era es esa ese eso esta este esto fue ha
han hasta hay la las le les lo los más me mi muy ni no o para pero por porque que se según ser si sin sobre son su sus
también tras un una uno y ya
au aussi aux avec ce ces cette comme dans des du elle elles est et été être eux il ils je l'a leur leurs lui mais même
ne nous on ont ou où par pas plus pour qu'il que qui sa sans ses son sont sur un une vous
а без бы был была были было быть в во вот все всё вы для до его ее её если есть еще ещё же за и из или им их к как
когда кто ли мы на не него нее нет но о об он она они от по под при с со так там тем то того тоже только у уже что
чтобы эта это этот я
"""


CALENDAR = """
january february march april may june july august september october november december jan feb mar apr jun jul aug sep
sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun am pm gmt est edt
pst pdt cet cest bst utc et updated published posted first last
januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag uhr
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles jueves
viernes sábado domingo janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi
mercredi jeudi vendredi samedi dimanche
"""
"""Words that date lines are made of."""


@lru_cache(maxsize=2)
def _hashes(words: str) -> NDArray[np.uint64]:
    """The folded hashes of the words, sorted: uint64[n]."""
    return vocabulary(words.split())


def is_stopword(tokens: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which token hashes belong to function words."""
    return among(tokens, _hashes(WORDS))


def is_calendar(tokens: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which token hashes belong to the words of dates and times."""
    return among(tokens, _hashes(CALENDAR))
