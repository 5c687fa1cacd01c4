"""Round trips through CIFF: the same ranking, and what is lost is lost on purpose."""

from __future__ import annotations

import contextlib
import math
import random
from collections import Counter, defaultdict
from pathlib import Path

import pytest

import searchlib
from searchlib import Index, Keyword, Schema, Text
from searchlib.ciff.messages import Reader
from searchlib.errors import IndexExistsError, SchemaError, SourceError, UnknownFieldError

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
    return [(hit.id, hit.score) for hit in index.search(query, None)]


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
    with (tmp_path / "a.ciff").open("rb") as stream:
        reader = Reader(stream, "a.ciff")
        header = reader.header()
        found = [reader.postings_list() for _ in range(header.num_postings_lists)]
        records = [reader.doc_record() for _ in range(header.num_docs)]
        assert stream.read() == b""
    assert {p.term: dict(zip(p.docs, p.frequencies, strict=True)) for p in found} == counts
    assert [p.term for p in found] == sorted(counts, key=str.encode)
    assert [(record.doc, record.id, record.length) for record in records] == [
        (doc, document_id, lengths[doc]) for doc, document_id in enumerate(live)
    ]
    assert header.total_terms == sum(lengths)
    assert math.isclose(header.average_length, sum(lengths) / sum(length > 0 for length in lengths))


def test_lengths_of_a_stored_field_are_those_that_scores_see(tmp_path: Path) -> None:
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        writer.add({"id": "a", "text": "word " * 41})
    index.refresh()
    searchlib.export_ciff(index, tmp_path / "a.ciff")
    with (tmp_path / "a.ciff").open("rb") as stream:
        reader = Reader(stream, "a.ciff")
        reader.header(), reader.postings_list()
        assert reader.doc_record().length == 40


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


def test_an_empty_index(tmp_path: Path) -> None:
    searchlib.export_ciff(Index.in_memory(Schema(text=Text())), tmp_path / "a.ciff")
    assert len(searchlib.import_ciff(tmp_path / "a.ciff")) == 0


def test_what_is_no_ciff_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.ciff"
    searchlib.export_ciff(_index(_texts(5, 30)), path, "text")
    whole = path.read_bytes()
    chance = random.Random(6)
    for cut in [0, 1, *chance.sample(range(len(whole)), 40)]:
        path.write_bytes(whole[:cut])
        with pytest.raises(SourceError):
            searchlib.import_ciff(path)
    for _ in range(200):  # damaged: refused, or read as something else, never anything worse
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        with contextlib.suppress(SourceError):
            searchlib.import_ciff(path)
    path.write_bytes(b"PK\x03\x04 not an index")
    with pytest.raises(SourceError):
        searchlib.import_ciff(path)


def test_an_index_that_is_there_is_left_alone(tmp_path: Path) -> None:
    searchlib.export_ciff(_index(_texts(5, 10)), tmp_path / "a.ciff", "text")
    searchlib.import_ciff(tmp_path / "a.ciff", tmp_path / "back")
    with pytest.raises(IndexExistsError):
        searchlib.import_ciff(tmp_path / "a.ciff", tmp_path / "back")
