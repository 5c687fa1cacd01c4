"""Round trips through CIFF: the same ranking, and what is lost is lost on purpose."""

from __future__ import annotations

import gzip
import os
import random
import threading
import tracemalloc
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import slow_ciff

import searchlib
from searchlib import Index, Keyword, Schema, Text
from searchlib.errors import IndexExistsError, SchemaError, UnknownFieldError

WORDS = [
    "река",
    "горы",
    "люди",
    "столица",
    "выборы",
    "тема",
    "steel",
    "us",
    "boss",
    "children",
    "thing",
    "rivers",
    "don't",
    "ёлка",
    "premier-minister",
]
GOLDEN = (
    "350801100318032003280330cc01390000000000005140421d7365617263686c69623b207465726d733a20706c61696e2066"
    "6f726d73150a0364616d100218ca01220210022205080110c8010d0a017810011801220408021001120a08d0b5d0bbd0bad0"
    "b010011801220210010512016118030908011202d19118c8010708021201631801"
)
QUERIES = ["река", "люди steel", "children boss выборы", "столица OR things", "+река ёлка", "nothing else"]


def _texts(seed: int, count: int) -> dict[str, str]:
    chance = random.Random(seed)
    return {
        f"d{number}": " ".join(chance.choices(WORDS, k=chance.choice((0, 3, 9, 60, 200))))
        for number in range(count)
    }


def _index(texts: dict[str, str], stored: bool = False) -> Index:
    """Several segments, and deleted documents in them."""
    index = Index.in_memory(Schema(text=Text(stored=stored), tag=Keyword()))
    with index.writer() as writer:
        for number, (document_id, text) in enumerate(texts.items()):
            writer.add({"id": document_id, "text": text, "tag": f"t{number % 3}"})
            if number % 40 == 39:
                writer.commit(merge=False)
        for number in range(0, len(texts), 7):
            writer.delete(f"d{number}")
    index.refresh()
    return index


def _ranked(index: Index, query: str) -> list[tuple[str, float]]:
    return [(hit.id, hit.score) for hit in index.search(query, None, ranking="bm25")]


@pytest.mark.parametrize("stored", [True, False])
def test_the_ranking_survives_bit_for_bit(tmp_path: Path, stored: bool) -> None:
    index = _index(_texts(1, 150), stored)
    if not stored:  # until then its df count deleted documents
        with index.writer() as writer:
            writer.merge()
        index.refresh()
    header = searchlib.export_ciff(index, tmp_path / "a.ciff", "text")
    back = searchlib.import_ciff(tmp_path / "a.ciff", tmp_path / "back")
    assert header.num_docs == len(back) == len(index)
    for query in QUERIES:
        assert _ranked(back, query) == _ranked(index, query), query
    assert searchlib.check(tmp_path / "back").ok
    # And again: what was imported exports to the same bytes.
    searchlib.export_ciff(back, tmp_path / "b.ciff")
    assert (tmp_path / "a.ciff").read_bytes() == (tmp_path / "b.ciff").read_bytes()


def test_the_file_says_what_a_naive_count_says(tmp_path: Path) -> None:
    texts = _texts(2, 90)
    index = _index(texts)
    searchlib.export_ciff(index, tmp_path / "a.ciff", "text")
    live = [document_id for number, document_id in enumerate(texts) if number % 7]
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    lengths = []
    analyzer = searchlib.Analyzer()
    for doc, document_id in enumerate(live):
        places = defaultdict(set)
        positions = set()
        for token in analyzer.tokens(texts[document_id]):
            positions.update(range(token.position, token.position + token.span))
            for lemma in token.lemmas:
                places[lemma].add(token.position)
        lengths.append(len(positions))
        for lemma, at in places.items():
            counts[lemma][doc] = len(at)
    found = slow_ciff.decode((tmp_path / "a.ciff").read_bytes())
    assert {term: dict(entries) for term, _, _, entries in found.postings} == counts
    assert [term for term, _, _, _ in found.postings] == sorted(counts, key=str.encode)
    for _, df, cf, entries in found.postings:
        assert df == len(entries) and cf == sum(tf for _, tf in entries)
    assert found.docs == [(doc, document_id, lengths[doc]) for doc, document_id in enumerate(live)]
    assert found.header == {
        "version": 1,
        "num_postings_lists": len(counts),
        "num_doc_records": len(live),
        "total_postings_lists": len(counts),
        "total_docs": len(live),
        "total_terms_in_collection": sum(lengths),
        "average_doclength": sum(lengths) / sum(length > 0 for length in lengths),
        "description": "searchlib; terms: lemmas of en+ru",
    }


def test_the_bytes_are_those_of_protobuf(tmp_path: Path) -> None:
    """Written by protobuf's own classes (version 4.25) for the same values."""
    index = Index.in_memory(Schema(text=Text(languages=(), stored=False)))
    with index.writer() as writer:
        writer.add({"id": "a", "text": "dam Ёлка dam"})
        writer.add({"id": "ё", "text": "dam " * 200})
        writer.add({"id": "c", "text": "x"})
    index.refresh()
    searchlib.export_ciff(index, tmp_path / "a.ciff")
    assert (tmp_path / "a.ciff").read_bytes().hex() == GOLDEN
    searchlib.export_ciff(searchlib.import_ciff(tmp_path / "a.ciff", languages=()), tmp_path / "b.ciff")
    assert (tmp_path / "b.ciff").read_bytes().hex() == GOLDEN


def test_lengths_of_a_stored_field_are_those_that_scores_see(tmp_path: Path) -> None:
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        writer.add({"id": "a", "text": "word " * 41})
    index.refresh()
    searchlib.export_ciff(index, tmp_path / "a.ciff")
    assert slow_ciff.decode((tmp_path / "a.ciff").read_bytes()).docs == [(0, "a", 40)]


def test_phrases_are_lost_and_never_invented(tmp_path: Path) -> None:
    index = _index({"d1": "red river", "d2": "river red"})
    assert [hit.id for hit in index.search('"red river"')] == ["d1"]
    searchlib.export_ciff(index, tmp_path / "a.ciff", "text")
    back = searchlib.import_ciff(tmp_path / "a.ciff")
    assert list(back.search('"red river"')) == [] == list(back.search('"red river"~50'))
    assert len(back.search("red river")) == 2


def test_an_imported_index_takes_documents_and_deletes(tmp_path: Path) -> None:
    searchlib.export_ciff(_index(_texts(3, 60)), tmp_path / "a.ciff", "text")
    back = searchlib.import_ciff(tmp_path / "a.ciff", tmp_path / "back")
    with back.writer() as writer:
        writer.add({"id": "d1", "text": "столица"})
        assert writer.delete("d2")
        writer.merge()
    back.refresh()
    assert len(back) == 60 - 9 - 1  # every seventh was deleted before, d1 was replaced
    assert back.get("d2") is None and "d1" in {hit.id for hit in back.search("столица", None)}


def test_keywords_and_fields(tmp_path: Path) -> None:
    index = _index(_texts(4, 20))
    assert searchlib.export_ciff(index, tmp_path / "a.ciff", "tag").num_postings_lists == 3
    with pytest.raises(UnknownFieldError):
        searchlib.export_ciff(index, tmp_path / "a.ciff", "body")
    two = Index.in_memory(Schema(title=Text(), body=Text()))
    with pytest.raises(SchemaError, match="title, body"):
        searchlib.export_ciff(two, tmp_path / "a.ciff")


def test_packed_by_gzip(tmp_path: Path) -> None:
    index = _index(_texts(4, 50), stored=True)
    searchlib.export_ciff(index, tmp_path / "a.ciff", "text")
    searchlib.export_ciff(index, tmp_path / "a.ciff.gz", "text")
    packed = (tmp_path / "a.ciff.gz").read_bytes()
    assert gzip.decompress(packed) == (tmp_path / "a.ciff").read_bytes()
    searchlib.export_ciff(index, tmp_path / "b.ciff.gz", "text")
    assert (tmp_path / "b.ciff.gz").read_bytes() == packed  # no time of day, no name in it
    assert _ranked(searchlib.import_ciff(tmp_path / "a.ciff.gz"), "река") == _ranked(index, "река")


def test_a_file_that_is_there_stays_until_the_new_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.ciff"
    path.write_bytes(b"before")
    index = _index(_texts(4, 50))

    def full(record: object) -> bytes:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="No space"):
        patched.setattr("searchlib.ciff.transfer.encode_doc_record", full)
        searchlib.export_ciff(index, path, "text")
    assert path.read_bytes() == b"before" and [found.name for found in tmp_path.iterdir()] == ["a.ciff"]
    searchlib.export_ciff(index, path, "text")
    assert slow_ciff.decode(path.read_bytes()).header["version"] == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_through_a_pipe(tmp_path: Path) -> None:
    index = _index(_texts(4, 50), stored=True)
    os.mkfifo(tmp_path / "pipe")
    sender = threading.Thread(target=searchlib.export_ciff, args=(index, tmp_path / "pipe", "text"))
    sender.start()
    back = searchlib.import_ciff(tmp_path / "pipe")
    sender.join()
    assert _ranked(back, "река") == _ranked(index, "река")


@pytest.mark.unsanitized(reason="measures memory")
def test_terms_stream_in_both_directions(tmp_path: Path) -> None:
    """300,000 postings would be 4.8 MB in Python's lists, their small integers not counted."""
    index = Index.in_memory(Schema(text=Text(languages=(), stored=False)))
    with index.writer() as writer:
        for number in range(20):
            writer.add({"id": f"d{number}", "text": " ".join(f"w{word}" for word in range(15_000))})
    index.refresh()
    tracemalloc.start()
    assert searchlib.export_ciff(index, tmp_path / "a.ciff").num_postings_lists == 15_000
    exported = tracemalloc.get_traced_memory()[1]
    searchlib.import_ciff(tmp_path / "a.ciff", tmp_path / "back", languages=())
    imported = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert exported < 1_000_000 and imported < 3_000_000, (exported, imported)


def test_an_empty_index(tmp_path: Path) -> None:
    searchlib.export_ciff(Index.in_memory(Schema(text=Text())), tmp_path / "a.ciff")
    assert len(searchlib.import_ciff(tmp_path / "a.ciff")) == 0


def test_an_index_that_is_there_is_left_alone(tmp_path: Path) -> None:
    searchlib.export_ciff(_index(_texts(5, 10)), tmp_path / "a.ciff", "text")
    searchlib.import_ciff(tmp_path / "a.ciff", tmp_path / "back")
    with pytest.raises(IndexExistsError):
        searchlib.import_ciff(tmp_path / "a.ciff", tmp_path / "back")
