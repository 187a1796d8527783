"""What the last page of a pack says: how its figures are to be read, and how it is checked."""

from __future__ import annotations

METHOD = {
    "Word for word": "The same words in the same order. Capitals, punctuation and the ends of lines do not count.",
    "Edited": "Most of the words were kept in their order; what differs is marked.",
    "Reworded": "The same content in other words or in another order.",
    "The same fact in other words": (
        "Both state the same fact; nothing shows that one was made from the other. It never counts as reuse."
    ),
    "What counts": (
        "A share is of the words of one text: those in passages that are word for word, edited or reworded. Passages "
        "that many articles hold, house style, lines of rights and credits, and what both texts quote do not count."
    ),
    "How passages are found": (
        "Texts are compared by the runs of words that they share, which are counted exactly; estimates only propose "
        "what to compare. Passages are then aligned sentence by sentence."
    ),
    "Changes that matter": (
        "A figure, date, name, negation or direction is told as changed only where equal words around it show that it "
        "is the same statement on both sides; a quotation as altered only within quotation marks. What may be "
        "something else is not told, so a change may be missing here."
    ),
    "Dates": (
        "A date is what the file, its record, its address or the text says of itself, and where it was read stands "
        "beside it. Nobody has checked it elsewhere. Of two texts of one day, or of two days that follow each other, "
        "none is called the earlier, unless both say the time with its zone. The earlier one stands on the left."
    ),
    "Limits": (
        "Words that agree do not show who wrote them first, nor whether the use was agreed. Two texts may both come "
        "from a third one that was not compared. Only what was given was read."
    ),
}
CHECK = {
    "Whether a file was changed": "sha256sum -c manifest.sha256 (on macOS: shasum -a 256 -c manifest.sha256)",
    "Whether a printed page is of this pack": (
        "grep -v -e index.html -e manifest.json manifest.sha256 | sha256sum gives the number at the foot of each page"
    ),
    "Whether a document is the one that was compared": (
        "The SHA-256 of its file stands with it; of a row of a table it is that of its text. The texts in this pack "
        "are as they were read, in UTF-8, so they may have hashes of their own."
    ),
    "Where a passage stands": (
        "The tables count characters (code points) of the texts, from 0, up to and without the end."
    ),
}
