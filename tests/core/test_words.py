"""The dictionary of words and the table of keys: front-coded strings, inlined terms, references."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_bindings import Parts

from searchlib import Index, Keyword, Schema, Text, _core

DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))
_settings = settings(deadline=None, max_examples=40 * DEPTH, suppress_health_check=list(HealthCheck))
PLAIN = Schema(body=Text(languages=()), tag=Keyword())

# Around what fits into half a byte, and a whole one.
_latin = st.builds(
    str.__add__,
    st.sampled_from(["", "a", *("x" * n for n in (14, 15, 16, 127, 300))]),
    st.text("ab", max_size=20),
).filter(bool)
_cyrillic = st.builds(
    str.__add__, st.sampled_from(["", "сто", *("я" * n for n in (7, 8, 63, 64))]), st.text("яб", max_size=9)
).filter(bool)
_strings = _latin | _cyrillic


def index_of(documents: list[dict[str, Any]], schema: Schema = PLAIN) -> Index:
    index = Index.in_memory(schema)
    with index.writer() as writer:
        writer.add_many(documents)
    index.refresh()
    return index


def core_of(index: Index) -> _core.Segment:
    (segment,) = index._searcher.segments
    return segment.core


def part_bytes(index: Index, part: str) -> int:
    (segment,) = index._searcher.segments
    return segment.file.parts[part][1]


# ---- keys


@given(st.lists(_strings, min_size=1, max_size=100, unique=True), _strings)
@_settings
def test_keys_are_found_and_given_back(keys: list[str], other: str) -> None:
    core = core_of(index_of([{"id": key, "body": "x"} for key in keys]))
    assert [core.id_of(doc) for doc in range(len(keys))] == keys
    assert core.find_ids(keys) == list(range(len(keys)))
    assert core.find_id(other) == (keys.index(other) if other in keys else None)
    core.check()


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=90))
@_settings
def test_of_documents_with_one_key_the_latest_is_found(keys: list[str]) -> None:
    """They fill several blocks, with one key or two between them."""
    builder = _core.SegmentBuilder([])
    builder.add(0, keys, [[] for _ in keys])
    parts = Parts()
    builder.write(parts)
    core = parts.segment(len(keys), [])
    core.check()
    assert [core.id_of(doc) for doc in range(len(keys))] == keys
    for key in "abc":
        latest = max((number for number, other in enumerate(keys) if other == key), default=None)
        assert core.find_id(key) == latest


def test_keys_in_order_take_no_numbers() -> None:
    ascending = [f"{number:06}" for number in range(4096)]
    shuffled = [ascending[number * 1111 % 4096] for number in range(4096)]
    in_order, mixed = (
        part_bytes(index_of([{"id": key, "body": "x"} for key in keys]), "keys")
        for keys in (ascending, shuffled)
    )
    assert mixed - in_order == 2 * 4096 * 12 // 8
    assert in_order < 4 * 4096


# ---- words


@given(st.lists(st.lists(_strings, max_size=12), min_size=1, max_size=30))
@_settings
def test_words_are_found_with_their_documents(documents: list[list[str]]) -> None:
    index = index_of([{"id": str(n), "body": " ".join(words)} for n, words in enumerate(documents)])
    core = core_of(index)
    core.check()
    holding: dict[str, set[str]] = {}
    for number, words in enumerate(documents):
        for word in words:
            holding.setdefault(word, set()).add(str(number))
    assert core.forms(0) == sorted(((word, len(docs)) for word, docs in holding.items()), key=_by_bytes)
    assert core.field_stats(0)[2:] == (len(holding), len(holding))
    for word, docs in holding.items():
        assert {hit.id for hit in index.search(f'"{word}"', None)} == docs


def _by_bytes(form: tuple[str, int]) -> bytes:
    return form[0].encode()


@pytest.mark.parametrize("count", [1, 2, 7, 8, 9, 20, 200])
def test_a_word_of_one_document_has_its_places_wherever_they_are_kept(count: int) -> None:
    bodies = ["rare other " * count, "another"]
    index = index_of([{"id": str(n), "body": body, "tag": f"t{n}"} for n, body in enumerate(bodies)])
    assert [hit.id for hit in index.search("rare")] == ["0"]
    assert [hit.id for hit in index.search('"rare other"')] == ["0"]
    assert [hit.id for hit in index.search('"other rare"')] == (["0"] if count > 1 else [])
    assert [hit.id for hit in index.search("tag:t1 OR tag:t2")] == ["1"]
    (hit,) = index.search("rare")
    assert len(list(hit.spans("body"))) == count
    for part in ("body.postings", "body.positions"):
        assert (part_bytes(index, part) == 0) == (count <= 8)
    assert part_bytes(index, "tag.postings") == 0


def test_the_forms_of_a_word_of_one_document_stay_apart() -> None:
    schema = Schema(body=Text())
    index = index_of([{"id": "1", "body": "стали человек людей"}, {"id": "2", "body": "leaves"}], schema)
    for query, ids in {
        "люди": ["1"], "люд*": ["1"], "челов*": ["1"], "сталь": ["1"], "стать": ["1"], "сталь*": [],
        "leaf": ["2"], "leave": ["2"], "leaf*": [],
        '"стали люди"': ["1"], '"люди люди"': ["1"], '"люди стали"': [],
    }.items():  # fmt: skip
        assert [hit.id for hit in index.search(query)] == ids, query
    assert [form for form, _ in core_of(index).forms(0)] == ["leaves", "людей", "стали", "человек"]


def test_a_form_that_is_its_lemma_is_kept_once() -> None:
    """A word of one document: a letter or two of key, its document, its position, and no more."""
    words = list(_many_words())
    index = index_of([{"id": f"{n:06}", "body": word} for n, word in enumerate(words)])
    assert part_bytes(index, "body.words") < 8 * len(words)
    assert part_bytes(index, "body.postings") == part_bytes(index, "body.positions") == 0


def _many_words() -> Iterator[str]:
    for first in "abcdefgh":
        for second in "klmnopqr":
            for last in "stuvwxyz":
                yield f"{first}oin{second}ed{last}"
