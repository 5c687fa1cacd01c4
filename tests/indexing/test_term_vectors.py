"""Term vectors: they say what the stored text says, in any segment; where they cannot, the text is read."""

from __future__ import annotations

import random
import struct
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib import Index, Keyword, Schema, Text, _core
from searchlib.errors import CorruptIndexError, FieldChangeError, SchemaError

LONG = 10_000
"""Characters of a field that have a part."""

WORDS = [
    "лес", "людей", "стали", "МИД", "премьер-министр", "т. д.", "5км", "covid19", "3.14",
    "forces", "US", "re-established", "node.js", "getUserName", "état", "東京", "😀", "Häuser", "the", "и",
]  # fmt: skip
_texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
_values = st.one_of(st.none(), _texts, st.lists(_texts, max_size=3))
_documents = st.lists(st.fixed_dictionaries({"title": _values, "body": _values}), min_size=1, max_size=6)
_LANGUAGES = {"title": ("en", "ru"), "body": ("en", "ru")}


def made(documents: Sequence[dict[str, Any]], cut: int = 0, vectors: bool = True, **options: Any) -> Index:
    """cut: documents of a segment; 0: all."""
    index = Index.in_memory(
        Schema(title=Text(term_vectors=vectors, **options), body=Text(term_vectors=vectors, **options))
    )
    with index.writer() as writer:
        for number, document in enumerate(documents):
            writer.add(
                {"id": str(number), **{key: value for key, value in document.items() if value is not None}}
            )
            if cut and number % cut == cut - 1:
                writer.commit(merge=False)
    index.refresh()
    return index


def counted(index: Index, doc: int, by_vectors: bool) -> dict[str, int] | None:
    """The first lemmas of a document and how often it has them; None: it has no vector."""
    searcher = index._searcher
    analyzer = searcher.analyzers["body"]
    assert analyzer is not None
    counter = _core.LemmaCounter(analyzer.core)
    if by_vectors:
        if _core.Bo1(counter, searcher.core, [0, 1], [0, 1]).unread([doc], 0):
            return None
    else:
        lines = searcher.lines([doc])
        texts = [_core.field_texts(lines, name) for name in ("title", "body")]
        counter.read([doc], texts, [""], LONG, lambda form: analyzer.resolve([form])[0][0])
    return {
        lemma: places
        for lemma, places in counter.common([doc], 1)
        if not any(digit in lemma for digit in "0123456789")
    }


@given(documents=_documents, cut=st.integers(0, 3), languages=st.sampled_from([("en", "ru"), ("de",), ()]))
@settings(deadline=None, max_examples=60)
def test_a_vector_says_what_the_text_says(
    documents: list[dict[str, Any]], cut: int, languages: tuple[str, ...]
) -> None:
    index = made(documents, cut, languages=languages)
    for _ in range(2):
        for doc in range(len(documents)):
            assert counted(index, doc, True) == counted(index, doc, False)
        with index.writer() as writer:
            writer.merge()
        index.refresh()


@pytest.mark.parametrize("values", [1, 3])
def test_of_a_long_text_the_beginning_counts(values: int) -> None:
    chance = random.Random(1)
    for extra in range(20):
        words = chance.choices(WORDS, k=3_000)
        text = "x" * extra + " " + " ".join(words)
        size = len(text) // values + 1
        body = [text[at : at + size] for at in range(0, len(text), size)]
        index = made([{"title": "лес", "body": body if values > 1 else text}])
        assert counted(index, 0, True) == counted(index, 0, False) != {}


def test_a_word_that_only_the_cut_makes_leaves_a_document_without_a_vector() -> None:
    """What is scanned ends 64 characters behind what counts; a name that goes on there is another word."""
    name = "a" * 70 + "." + "b" * 70
    text = "лес " + "x " * ((LONG - 80) // 2) + name
    assert text.find(name) + 70 <= LONG
    index = made([{"body": text}, {"body": "лес"}])
    assert counted(index, 1, True) == {"лес": 1}
    assert counted(index, 0, True) in (None, counted(index, 0, False))


def test_what_is_searched_is_the_same_without_a_text() -> None:
    chance = random.Random(2)
    documents = [{"title": " ".join(chance.sample(WORDS, 2)), "body": " ".join(chance.choices(WORDS, k=30))}
                 for _ in range(60)]  # fmt: skip
    plain, kept, unstored = made(documents, 20, False), made(documents, 20), made(documents, 20, stored=False)
    for query in ("лес", "forces людей", "node.js", "+лес -стали"):
        found = [index.search(query, expand="bo1") for index in (plain, kept, unstored)]
        assert found[0].expanded and found[0].expanded == found[1].expanded == found[2].expanded
        hits = [[(hit.id, hit.score) for hit in results] for results in found]
        assert hits[0] == hits[1] == hits[2]
    for index in (plain, kept):  # what a delete takes from the statistics, only a stored text says
        with index.writer() as writer:
            writer.delete("7")
        index.refresh()
    found = [index.search("лес", expand="bo1") for index in (plain, kept)]
    assert found[0].expanded == found[1].expanded


def test_a_field_gets_them_later_and_loses_them() -> None:
    documents = [{"title": "лес и дом", "body": "леса людей"}, {"body": "дом"}]
    index = made(documents, 1, vectors=False)
    assert counted(index, 0, True) is None
    change = index.change_fields({"title": Text(term_vectors=True), "body": Text(term_vectors=True)})
    assert change.fields == ("body", "title") or set(change.fields) == {"title", "body"}
    assert [counted(index, doc, True) for doc in (0, 1)] == [counted(index, doc, False) for doc in (0, 1)]
    index.change_field("body", Text())
    assert counted(index, 0, True) is None
    unstored = made(documents, vectors=False, stored=False)
    with pytest.raises(FieldChangeError, match="not stored"):
        unstored.change_field("body", Text(stored=False, term_vectors=True))
    with pytest.raises(SchemaError, match="term_vectors is True or False, got 1"):
        Text(term_vectors=1)  # type: ignore[arg-type]


def test_segments_from_before_a_field_came() -> None:
    index = made([{"title": "лес", "body": "дом"}, {"title": "лес", "body": "дом"}])
    index.add_field("notes", Text(term_vectors=True))
    with index.writer() as writer:
        writer.add({"id": "new", "title": "лес", "body": "дом", "notes": "люди"})
        writer.add({"id": "newer", "title": "лес", "notes": "людей"})
        writer.commit(merge=False)
    index.refresh()
    assert set(index.search("лес", expand="bo1").expanded) == {"лес", "дом", "человек"}
    with index.writer() as writer:
        writer.merge()
    index.refresh()
    assert set(index.search("лес", expand="bo1").expanded) == {"лес", "дом", "человек"}


def test_names_of_files_are_read_without_their_endings() -> None:
    """Which only the text knows: a value may be that name."""
    index = Index.in_memory(Schema(title=Text(term_vectors=True), extension=Keyword()))
    with index.writer() as writer:
        writer.add_many({"id": name, "title": f"forest {name}.pdf", "extension": "pdf"} for name in "ab")
    index.refresh()
    assert set(index.search("forest", expand="bo1").expanded) == {"forest"}


def test_vectors_that_are_damaged_are_told() -> None:
    """Bytes that no checksum guards, for they were changed with it."""
    parts: dict[str, bytearray] = {}
    builder = _core.SegmentBuilder([("body", _core.Analyzer(), 1.2, 0.75, False, True)])
    builder.add(0, ["a", "b"], [["лес и дом"], ["лес"]])

    class Sink:
        def begin(self, part: str) -> None:
            self.part = parts.setdefault(part, bytearray())

        def write(self, data: bytes) -> None:
            self.part += data

    builder.write(Sink())

    def checked(vectors: bytes) -> None:
        content, places = bytearray(), {}
        for name, data in {**parts, "body.vectors": vectors}.items():
            places[name] = (len(content), len(data))
            content += bytes(data) + bytes(8)
            content += bytes(-len(content) % 64)
        sums = struct.pack("<I", _core.crc32c(content))  # it is shorter than a chunk
        buffer = _core.CheckedBuffer(bytes(content), sums, "a file")
        _core.Segment(buffer, places, ["body"], 2).check()

    good = bytes(parts["body.vectors"])
    checked(good)
    refused = 0
    for at in range(len(good)):
        for bit in range(8):
            bad = bytearray(good)
            bad[at] ^= 1 << bit
            try:
                checked(bytes(bad))
            except CorruptIndexError:
                refused += 1
    assert refused > len(good)
    for size in range(len(good)):
        with pytest.raises(CorruptIndexError):
            checked(good[:size])
