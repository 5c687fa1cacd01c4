"""Case counts in a keyword or it does not: for values and patterns, for what is marked, deleted, merged."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import F, Index, Keyword, Schema, Text, _core, errors
from searchlib.analyzers import field_analyzers, fingerprints, fold_mismatch
from searchlib.query.nodes import Prefix

VALUES = [
    "T100",
    "t100",
    "ISO-9001",
    "iso-9001",
    "Ёлка",
    "елка",
    "ЕЛКА",
    "a b",
    "A B",
    "Straße",
    "STRASSE",
    "été",
]


def filled(fold: bool, *batches: list[str]) -> Index:
    index = Index.in_memory(Schema(k=Keyword(fold=fold), body=Text()))
    with index.writer() as writer:
        for batch in batches or (VALUES[:5], VALUES[5:]):
            writer.add_many({"id": value, "k": value, "body": "x"} for value in batch)
            writer.commit(merge=False)
    index.refresh()
    return index


@pytest.fixture(scope="module", params=[False, True], ids=["as it is", "folded"])
def index(request: pytest.FixtureRequest) -> tuple[bool, Index]:
    return request.param, filled(request.param)


QUERIES = [
    ("k:T100", ["T100"], ["T100", "t100"]),
    ("k:t100", ["t100"], ["T100", "t100"]),
    ("k:t1*", ["t100"], ["T100", "t100"]),
    ("k:T1*", ["T100"], ["T100", "t100"]),
    ("k:?100", ["T100", "t100"], ["T100", "t100"]),
    ("k:T10?", ["T100"], ["T100", "t100"]),
    ("k:t101~", ["t100"], ["T100", "t100"]),
    ("k:t101~2", ["T100", "t100"], ["T100", "t100"]),
    ("k:ISO*", ["ISO-9001"], ["ISO-9001", "iso-9001"]),
    ("k:*so-9*", ["iso-9001"], ["ISO-9001", "iso-9001"]),
    ("k:Iso-9001", [], ["ISO-9001", "iso-9001"]),
    ("k:елка", ["елка"], ["Ёлка", "елка", "ЕЛКА"]),
    ("k:ёлка", [], ["Ёлка", "елка", "ЕЛКА"]),
    ("k:Ёл*", ["Ёлка"], ["Ёлка", "елка", "ЕЛКА"]),
    ("k:ЕЛ*", ["ЕЛКА"], ["Ёлка", "елка", "ЕЛКА"]),
    ('k:"a b"', ["a b"], ["a b", "A B"]),
    ('k:"A B"', ["A B"], ["a b", "A B"]),
    ("k:strasse", [], ["STRASSE", "Straße"]),
    ("k:stra*", [], ["STRASSE", "Straße"]),
    ("k:Stra?e", ["Straße"], []),
    ("k:ÉTÉ", [], ["été"]),
    ("k:ete", [], []),
    ("k:ete*", [], []),
    ("k:E*", [], ["Ёлка", "елка", "ЕЛКА"][:0]),
    ("k:t1* -k:T100", ["t100"], []),
    ("k:nothing", [], []),
    ("k:*", VALUES, VALUES),
]


@pytest.mark.parametrize(("query", "exact", "folded"), QUERIES, ids=[query for query, _, _ in QUERIES])
def test_words_and_patterns_agree(
    index: tuple[bool, Index], query: str, exact: list[str], folded: list[str]
) -> None:
    folds, one = index
    results = one.search(query, None)
    assert sorted(hit.id for hit in results) == sorted(folded if folds else exact)
    if query != "k:*" and " -" not in query:
        for hit in results:
            assert hit.highlight("k", fragments=None) == f"<mark>{hit.id}</mark>"
            hit.explain()
        found = one.explain(query).lemmas
        if results.total and "~" not in query and "*" not in query and "?" not in query:
            assert set(found) == {_core.keyword_key(hit.id) if folds else hit.id for hit in results}


@pytest.mark.parametrize("fold", [False, True])
def test_deleting_and_merging_count_alike(fold: bool) -> None:
    index = filled(fold)
    with index.writer() as writer:
        assert writer.delete_by_query("k:t100") == 1 + fold
        assert writer.delete("ЕЛКА")
    index.refresh()
    left = len(index)
    assert index.search("k:елка").total == 1 + fold
    assert index._searcher.core.df(0, "елка") == 1 + fold
    with index.writer() as writer:
        writer.merge()
    index.refresh()
    assert len(index) == left and index.search("k:T1*").total == 1 - fold
    assert index._searcher.core.df(0, "елка") == 1 + fold


def test_the_schema_keeps_it() -> None:
    schema = Schema(a=Keyword(), b=Keyword(fold=True))
    again = Schema.from_dict(schema.to_dict())
    assert again == schema and again["b"] == Keyword(fold=True) != again["a"]
    assert Schema.from_dict({"a": {"kind": "keyword"}})["a"] == Keyword()
    with pytest.raises(errors.SchemaError, match="fold is True or False, got 1"):
        Keyword(fold=1)  # type: ignore[arg-type]


def test_match_keys_are_part_of_the_fingerprint() -> None:
    schema = Schema(a=Keyword(), b=Keyword(fold=True))
    prints = fingerprints(schema, field_analyzers(schema))
    assert prints == {"b": f"keyword-{_core.UNICODE_TABLES}"}
    assert fold_mismatch(prints, schema) is None
    assert "field 'b'" in (fold_mismatch({"b": "keyword-1.0"}, schema) or "")


_values = st.lists(st.text("aAeЕёЁßẞıİ1", min_size=1, max_size=4), min_size=1, max_size=6)
_spaced = st.lists(st.text("aA ё1\u00a0\u2009", min_size=1, max_size=5), min_size=1, max_size=6)


@given(_spaced)
def test_white_space_is_part_of_a_value(values: list[str]) -> None:
    """«black bird» and «blackbird» are two: in words, filters, patterns, facets and terms."""
    for fold in (False, True):
        index = filled(fold, values := list(dict.fromkeys(values)))
        same = _core.keyword_key if fold else str
        keys = [same(value) for value in values]
        assert {one.term: one.num_docs for one in index.terms("k")} == Counter(keys)
        assert {one.value: one.count for one in index.search("*:*", facets=["k"]).facets["k"]} == Counter(
            keys
        )
        for value in values:
            expected = {other for other in values if same(other) == same(value)}
            assert {hit.id for hit in index.search("*:*", None, filter=F.k == value)} == expected
            if value.strip():
                quoted = index.search(Prefix(value, "k"), None)
                begun = {other for other in values if same(other).startswith(same(value))}
                assert {hit.id for hit in quoted} == begun


@given(_values, st.text("aAeЕёЁßẞıİ1", min_size=1, max_size=3))
def test_a_pattern_means_what_the_word_means(values: list[str], typed: str) -> None:
    for fold in (False, True):
        index = filled(fold, list(dict.fromkeys(values)))
        same = (lambda text: _core.keyword_key(text)) if fold else str
        expected = {value for value in values if same(value) == same(typed)}
        assert {hit.id for hit in index.search(f"k:{typed}", None)} == expected
        begun = {value for value in values if same(value).startswith(same(typed))}
        assert {hit.id for hit in index.search(f"k:{typed}*", None)} == begun


def test_a_phrase_is_one_value_of_keywords_among_texts() -> None:
    index = Index.in_memory(Schema(body=Text(), kind=Keyword(), tag=Keyword()))
    with index.writer() as writer:
        writer.add({"id": "1", "body": "the zebra fish swims", "kind": "note"})
        writer.add({"id": "2", "body": "a fish and a zebra", "kind": "zebra fish"})
        writer.add({"id": "3", "body": "zebrafish", "tag": "zebra fish"})
    for fields in (["body", "kind"], ["kind", "body"]):
        assert {hit.id for hit in index.search('"zebra fish"', fields=fields)} >= {"1", "2"}
        assert {hit.id for hit in index.search("zebrafish", fields=fields)} >= {"1", "3"}
    assert {hit.id for hit in index.search('"zebra fish"', fields=["kind", "tag"])} == {"2", "3"}
    assert {hit.id for hit in index.search('"fish zebra"', fields=["kind", "body"])} == set()
