"""All thresholds and limits in one frozen record, each with its reason."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from compare.errors import SettingsError

SHARES = frozenset({
    "lsh_threshold", "min_share", "near_containment", "near_kept", "contained", "derived_own", "derived_kept",
    "same_story", "neighbour_cosine", "common_share", "version_kept",
    "ceiling_share", "whole_share", "kept_floor", "near_letters", "contained_kept",
})  # fmt: skip
"""Settings from 0 to 1. All other numbers are whole and begin at 1."""

_MOST = {
    "shingle": 100,  # words in a row: only copies share a hundred; the passages that matter are shorter
    "window": 1000,  # shingles: no passage of a page shares a fingerprint for sure at more
    "permutations": 1024,  # the estimate's error is .016; four times as many take four times as long and add nothing
    "seed": (1 << 32) - 1,  # datasketch's
    "pair_cap": 1000,  # all pairs of so many are 500,000 a fingerprint
    "neighbours": 50,  # a document: each is a pair to be measured
    "neighbour_documents": 20_000,  # the neighbours of all are a product of the collection with itself
    "weak_pairs": 1_000_000,  # .1 ms or more each
    "twin_pairs": 10_000,  # a group: each is a line of the result
    "most_findings": 30_000,  # 3 ms or more each
    "letters_longest": 100_000,  # a pair of such takes 50 ms
    "max_bytes": 1 << 30,  # the kernels take about 30 bytes a byte of text
    "document_pages": 100_000,  # .006 s each
    "document_seconds": 3600,  # an hour: nothing that people write takes it
    "document_memory": 1 << 36,  # 64 GB
    "memory": 1 << 40,  # no machine has more
}
"""The largest values, each with its reason: a folder of a stranger's may bring its own compare.toml, and no value of it
may cost minutes or all memory where the defaults cost seconds. What is not named here is a threshold: it lets pairs in
or leaves them out, and ends at `_ANY`."""
CHOICES = {"aligner": ("learned", "rules"), "engine": ("auto", "memory", "disk", "spark")}
_ANY = (1 << 31) - 1


@dataclass(frozen=True, slots=True)
class Settings:
    """How documents are compared. The defaults are what every printed figure was measured with.

    >>> Settings().shingle
    5
    """

    shingle: int = 5
    """Tokens a shingle. Five is the field's usual choice for prose (Broder 1997; Leskovec et al., ch. 3)."""
    window: int = 8
    """Shingles a winnowing window: any shared run of `window + shingle - 1` = 12 tokens shares a fingerprint."""
    permutations: int = 128
    """Positions of a MinHash signature: with 128 the estimate of `jaccard` has a standard error of .044 at most."""
    seed: int = 1
    """datasketch's own default seed, so that signatures can be carried into its stores."""
    lsh_threshold: float = 0.5
    """Jaccard at which bands propose a pair with even odds: low enough for every `near-duplicate` (both containments
    .65 is a Jaccard of .48 or more); fingerprints carry everything longer than 12 tokens anyway."""

    pair_cap: int = 20
    """Holders of a bucket or fingerprint up to which all pairs are proposed; above it, star edges."""
    ceiling_share: float = 0.01
    """A fingerprint in more than this share of the documents (and in more than `ceiling_least`) proposes no pairs:
    it is boilerplate, and is reported as a repeated passage. Copies of one text are none: see `whole_share`."""
    ceiling_least: int = 1000
    """Documents that a fingerprint may stand in before `ceiling_share` is asked."""
    whole_share: float = 0.25
    """Share of a text's fingerprints above that ceiling from which it is no text with boilerplate, but one of very many
    alike: they are joined by stars, at any number. Copies in which one word in twenty was changed share about half."""
    min_shared: int = 1
    """Fingerprints two documents must share to become a candidate pair."""
    min_share: float = 0.15
    """Share of the smaller document's fingerprints that `min_shared` must be as well, short of `long_shared`."""
    long_shared: int = 6
    """Shared fingerprints that make a candidate pair whatever their share: a verbatim run of 40 tokens has 8 on
    average."""

    near_containment: float = 0.65
    """Share of both texts' shingles that stand in the other, from which the texts are near-duplicates, if
    `derived_own` of both texts' own ones do too, or none has any."""
    near_kept: float = 0.85
    """Share of both texts' tokens kept in order, from which they are near-duplicates too (see `kept_floor`)."""
    contained: float = 0.85
    """Share of one text's shingles, and of its own ones, that stand in the other, from which it is contained in it."""
    near_letters: float = 0.9
    """Share of letters alike (Indel, twice a longest common subsequence over all letters of both) from which two texts
    are near-duplicates whatever their words: scans with up to 10 % of the characters misread, blanks lost. Of
    480 newspaper articles two that are not one reach .68."""
    letters_longest: int = 20_000
    """Characters of a text up to which its letters are compared; time grows with the square."""
    contained_tokens: int = 12
    """Shared tokens that `contained` needs beside the share."""
    contained_kept: float = 0.95
    """Share of one text's tokens kept in order by one at most ten times as long (three times, below `kept_floor`), from
    which it is contained in it, too: page numbers, time stamps and the like stand between the words."""
    contained_kept_tokens: int = 40
    """Tokens that it has at least."""
    derived_own: float = 0.25
    """Share of one text's own shingles (without common ones) in the other, from which a text is derived."""
    derived_tokens: int = 12
    """Own shared tokens that `derived` needs beside the share: what two texts of 20 words share by chance is less."""
    derived_longest: int = 40
    """Own tokens of a verbatim run that make a text derived whatever the share."""
    derived_kept: float = 0.45
    """Share of the shorter text that its matches keep in order, from which alignment promotes a pair to `derived`, or
    to `rewritten` where most of what is reused is so. Chosen on every other ECB+ event and OneStop article; on the
    others it adds .6 % of the pairs that report one event (.4 are 1.3, .5 are .2) and misses no rewrite
    (of 6 that shingles miss; .5 misses one). Being covered by matches, as before, added 12 %: decision 0003."""
    derived_passage: int = 25
    """Tokens that the longest of these matches has at least: a shared sentence makes no text of 50 words derived."""
    kept_floor: float = 0.25
    """Own containment (of either side) below which tokens kept in order are not counted: the longest common
    subsequence of two unlike texts is made of "the" and "of"."""
    same_story: float = 0.5
    """How likely the specific facts that two texts have in common must make it that they report one event: at .5 nine
    of ten such pairs of ECB+ do. Words alone, or a passage in common, never say it (decision 0024)."""
    common_least: int = 10
    """A shingle is common, such as boilerplate, when more texts than this hold it that are otherwise unlike."""
    common_share: float = 0.001
    """Share of all texts that must hold a shingle before it is common, if that is more than `common_least`."""
    version_kept: float = 0.7
    """Share of the longer text's tokens kept in order at which two texts are versions of one, and count once in what is
    common. Half a text of boilerplate, with the small words that any two texts keep in order, stays below it."""

    aligner: str = "learned"
    """`learned`, or `rules` for passages by fixed limits alone: docs/method.md compares the two."""

    neighbours: int = 20
    """TF-IDF neighbours that each document of a run proposes: of ECB+'s events, of 11 texts each, 5 propose .57 of the
    pairs and 20 .96. Those that report no event in common are not aligned."""
    neighbour_cosine: float = 0.1
    """TF-IDF cosine below which neighbours are not proposed."""
    neighbour_documents: int = 5000
    """Collections above this propose no TF-IDF neighbours."""
    weak_pairs: int = 1_000_000
    """Pairs weaker than `derived` that a run looks at, far more than real folders have (5,000 articles: 31,000): a look
    takes .1 ms. Past it those of the highest cosine are looked at, and the others are counted and told. What is told of
    a pair below it hangs on what the pair shows: none is left out because others are likelier."""
    twin_pairs: int = 100
    """Pairs that a group of equal texts is expanded to; past it the representative stands alone, counted."""

    most_findings: int = 250
    """Findings that a check aligns and lists, those that fail first, the strongest first; the others are counted. Each
    takes 3 to 5 ms, which is more than all else where a corpus has thousands."""

    max_bytes: int = 64 * 1024 * 1024
    """A larger file is skipped (tables are read row by row; there the limit is a row's)."""
    document_pages: int = 2000
    """Pages of a PDF; one with more is skipped."""
    document_seconds: int = 60
    """CPU seconds that a document (DOCX, ODT, RTF, HTML, PDF, a mail) may take; a PDF of 600 pages takes 10 to 20."""
    document_memory: int = 512 * 1024 * 1024
    """Bytes that the process which reads documents may have beside those that it begins with."""
    fields: str = ""
    """Which columns of tables (JSON, CSV, Parquet) hold what, as in `text=body, title=head, date=when`; what is not
    named is looked for under the usual names."""
    engine: str = "auto"
    """Where work is done: `memory`, `disk` (in parts that are saved, by several processes), `spark` (by the workers of
    a cluster), or `auto`, which is one of the first two, by its size. Every engine gives the same bytes."""
    memory: int = 512 * 1024 * 1024
    """Bytes that the process is to take, about: what needs more goes to disk."""

    def __post_init__(self) -> None:
        for item in fields(self):
            must = wrong(item.name, getattr(self, item.name))
            if must:
                raise SettingsError(f"{item.name} is {getattr(self, item.name)!r}; it must be {must}")

    @property
    def proposing_run(self) -> int:
        """Tokens in a row that two texts must share to be sure of a fingerprint in common: 12."""
        return self.window + self.shingle - 1

    def as_dict(self) -> dict[str, object]:
        """The settings that a result depends on, by name, in their order here: not `engine` and `memory`."""
        return {name: value for name, value in asdict(self).items() if name not in {"engine", "memory"}}


def bounds(name: str) -> tuple[int, int]:
    """The least and the largest value of a setting that is a number.

    >>> bounds("contained"), bounds("permutations")
    ((0, 1), (1, 1024))
    """
    return (0, 1) if name in SHARES else (1, _MOST.get(name, _ANY))


def wrong(name: str, value: object) -> str:
    """What a setting must be and is not, or nothing.

    >>> wrong("contained", 2), wrong("shingle", 5)
    ('between 0 and 1', '')
    """
    if name == "fields":
        return "" if isinstance(value, str) else "a text such as text=body, title=head"
    if name in CHOICES:
        return "" if value in CHOICES[name] else " or ".join(CHOICES[name])
    if isinstance(value, bool) or not isinstance(value, int | float if name in SHARES else int):
        return "a number" if name in SHARES else "a whole number"
    least, most = bounds(name)
    if least <= value <= most:
        return ""
    if name in SHARES:
        return "between 0 and 1"
    return "1 or more" if value < least else f"{most} or less"
