"""A corpus, a work and results by their addresses: the bytes of the same in folders."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from stores import got, in_memory, put, put_folder, taken

from compare.errors import InputError
from compare.files import remote
from compare.files.remote import Address, names_in, remove_remote
from compare.jobs.cut import cut_paths
from compare.jobs.dedup import Corpus, deduplicate_paths
from compare.jobs.work import Lasting
from compare.pipeline.cut import Cutting
from compare.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

PLACE, RESULT, WORK = "s3://bucket/corpus", "s3://bucket/result", "s3://bucket/work"
SENTENCES = [f"The {one} of the harbour {two} a {one} that nobody {two}." for one in "abcdefgh" for two in "rstuvw"]
ROWS = [{"id": f"{at:02}", "text": " ".join(SENTENCES[at % 17 : at % 17 + 9])} for at in range(19)]
SAVED = Settings(engine="disk", memory=1 << 20)


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401
    return in_memory(monkeypatch)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Documents in a folder and in a store, in every kind of file that is read in a way of its own."""
    folder, lines = tmp_path / "corpus", [json.dumps(row) + "\n" for row in ROWS]
    (folder / "more").mkdir(parents=True)
    (folder / "a.jsonl").write_text("".join(lines[:8]))
    (folder / "more" / "b.jsonl.gz").write_bytes(gzip.compress("".join(lines[8:12]).encode(), mtime=0))
    _columns(folder)
    (folder / "e.md").write_text(ROWS[3]["text"])
    put_folder(PLACE, folder)
    return Corpus((str(folder),), tmp_path / "here", workers=1)


def _columns(folder: Path) -> None:
    import pyarrow as arrow  # noqa: ICN001, PLC0415  # `store` skips where it is not there
    from pyarrow import parquet  # noqa: PLC0415

    parquet.write_table(arrow.Table.from_pylist(ROWS[12:16]), folder / "c.parquet")
    table = arrow.Table.from_pylist(ROWS[16:])
    with arrow.OSFile(str(folder / "d.arrow"), "wb") as file, arrow.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)


def files(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if name != "summary.json"}  # it tells paths


def afar(corpus: Corpus) -> Corpus:
    return replace(corpus, inputs=(Address(PLACE),), address=RESULT)


@pytest.mark.parametrize("lasting", [None, Lasting(WORK)])
def test_a_corpus_by_its_address_gives_the_bytes_of_the_same_in_a_folder(
    corpus: Corpus, lasting: Lasting | None
) -> None:
    summary = deduplicate_paths(corpus, SAVED)
    assert deduplicate_paths(afar(corpus), SAVED, lasting=lasting) == summary
    assert summary.dropped_documents >= 3
    found = got(RESULT)
    assert json.loads(found.pop("summary.json"))["kept"] == summary.kept
    assert found == files(corpus.output)


def test_parts_that_are_there_are_not_made_again_and_what_was_half_made_is_as_if_it_had_never_been(
    corpus: Corpus,
) -> None:
    deduplicate_paths(afar(corpus), SAVED, lasting=Lasting(WORK))
    before, first = got(WORK), got(RESULT)
    stage = "005-measure"
    kept = [name for name in before if not name.startswith(stage)]
    for name in names_in(f"{WORK}/{stage}"):
        if "." not in name:  # what says that a part is there: its columns stay, half made
            remove_remote(f"{WORK}/{stage}/{name}")
    remove_remote(RESULT)
    deduplicate_paths(afar(corpus), SAVED, lasting=Lasting(WORK))
    after = got(WORK)
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert got(RESULT) == first


@pytest.mark.parametrize(
    "said", [b"[]", b"{", b'{"columns": {}, "facts": {}, "inside": "../000-sketch"}', b'{"columns": {}, "facts": {}}']
)
def test_what_nobody_has_saved_so_is_refused(corpus: Corpus, said: bytes) -> None:
    deduplicate_paths(afar(corpus), SAVED, lasting=Lasting(WORK))
    put(f"{WORK}/000-sketch/00000", said)
    remove_remote(RESULT)
    with pytest.raises(InputError, match="is not what was saved there; remove the folder s3://bucket/work"):
        deduplicate_paths(afar(corpus), SAVED, lasting=Lasting(WORK))
    assert got(RESULT) == {}


def test_a_work_of_another_corpus_or_of_none_is_refused(corpus: Corpus) -> None:
    put("s3://bucket/other/a", b"")
    with pytest.raises(InputError, match="is not empty, and holds no work of compare"):
        deduplicate_paths(afar(corpus), SAVED, lasting=Lasting("s3://bucket/other"))
    with pytest.raises(InputError, match="one lies in the other"):
        deduplicate_paths(afar(corpus), SAVED, lasting=Lasting(f"{PLACE}/work"))
    deduplicate_paths(afar(corpus), SAVED, lasting=Lasting(WORK))
    remove_remote(RESULT)
    put(f"{PLACE}/z.jsonl", b'{"id": "z", "text": "More."}\n')
    with pytest.raises(InputError, match="was begun with other inputs: 5 files"):
        deduplicate_paths(afar(corpus), SAVED, lasting=Lasting(WORK))


def test_results_do_not_take_the_place_of_others_nor_of_inputs(corpus: Corpus) -> None:
    deduplicate_paths(afar(corpus), SAVED)
    first = got(RESULT)
    with pytest.raises(InputError, match="holds a result; name another, or remove it"):
        deduplicate_paths(afar(corpus), SAVED)
    with pytest.raises(InputError, match="lies inside the input"):
        deduplicate_paths(replace(afar(corpus), address=f"{PLACE}/result"), SAVED)
    assert got(RESULT) == first


def test_the_summary_is_sent_last(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    sent, writing = list[str](), remote.writing_remote

    def heard(address: str) -> Any:  # noqa: ANN401
        sent.append(address)
        return writing(address)

    monkeypatch.setattr("compare.jobs.landing.writing_remote", heard)
    deduplicate_paths(afar(corpus), SAVED)
    assert [name.rpartition("/")[2] for name in sent[-3:]] == ["pairs.csv", "clusters.csv", "summary.json"]
    assert all("/kept/" in name for name in sent[:-3])


def test_passages_are_cut_by_address_too(corpus: Corpus, tmp_path: Path) -> None:
    here = replace(corpus, inputs=(str(tmp_path / "corpus" / "a.jsonl"),))
    cutting = Cutting(words=8, anywhere=False, keep="first")
    cut_paths(here, cutting, Settings())
    cut_paths(replace(here, inputs=(Address(f"{PLACE}/a.jsonl"),), address=RESULT), cutting, Settings())
    assert taken(f"{RESULT}/cuts.csv") == (corpus.output / "cuts.csv").read_bytes()
    assert taken(f"{RESULT}/kept/a.jsonl") == (corpus.output / "kept" / "a.jsonl").read_bytes()


def test_an_address_in_a_bucket_that_is_not_there_is_refused_before_anything_is_read(corpus: Corpus) -> None:
    with pytest.raises(InputError, match=r"^s3://none/result: no such bucket$"):
        deduplicate_paths(replace(afar(corpus), inputs=("s3://also/none",), address="s3://none/result"), SAVED)
