"""`Index.terms`: every term of a field, in the order of its bytes, with its live documents and places."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest
from bilingual import IDS, documents
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from twins import Twins

from searchlib import Index, Keyword, Number, Schema, TermStatistics, Text
from searchlib.errors import QueryError, UnknownFieldError

_batches = st.lists(
    st.lists(st.one_of(documents(), documents(), st.sampled_from(IDS)), min_size=1, max_size=8),
    min_size=1,
    max_size=4,
)
PREFIXES = ("", "a", "l", "th", "л", "лес", "п", "1", "С", "\uffff")


def expected(twins: Twins, field: str, prefix: str) -> list[TermStatistics]:
    found: dict[str, list[int]] = {}
    for document in twins.oracle.documents.values():
        for lemma, positions in document.fields[field].positions.items():
            if lemma.startswith(prefix):
                found.setdefault(lemma, []).append(len(positions))
    ordered = sorted(found.items(), key=lambda item: item[0].encode())
    return [TermStatistics(lemma, len(tfs), sum(tfs)) for lemma, tfs in ordered]


@pytest.mark.parametrize("stored", [True, False], ids=["stored", "not-stored"])
@given(batches=_batches)
@settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_terms_are_the_oracles(stored: bool, batches: list[list[Any]]) -> None:
    twins = Twins(stored)
    twins.apply(batches)
    for field in twins.index.schema.searched_fields:
        for prefix in PREFIXES:
            wanted = expected(twins, field, prefix)
            assert list(twins.index.terms(field, prefix, places=True)) == wanted, (field, prefix)
            plain = [TermStatistics(each.term, each.num_docs) for each in wanted]
            assert list(twins.index.terms(field, prefix)) == plain


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory(Schema(body=Text(languages=()), tag=Keyword(), n=Number()))
    with index.writer() as writer:
        for n in range(3000):
            writer.add({"id": str(n), "body": f"common w{n:04} w{n // 10:03}x", "tag": f"t{n % 7}", "n": n})
            if n % 1000 == 999:
                writer.commit(merge=False)
        writer.delete("5")
    index.refresh()
    return index


def test_several_segments_give_each_term_once(index: Index) -> None:
    assert list(index.terms("body", "com")) == [TermStatistics("common", 2999)]
    assert [each.term for each in islice(index.terms("tag"), 3)] == ["t0", "t1", "t2"]
    assert sum(each.num_docs for each in index.terms("tag")) == 2999


def test_what_only_deleted_documents_hold_is_left_out(index: Index) -> None:
    assert [each.term for each in index.terms("body", "w000")] == [
        "w0000", "w0001", "w0002", "w0003", "w0004", "w0006", "w0007", "w0008", "w0009", "w000x",
    ]  # fmt: skip
    assert next(index.terms("body", "w000x")).num_docs == 9


def test_it_goes_on_as_the_index_was(index: Index) -> None:
    later = Index.in_memory(index.schema)
    with later.writer() as writer:
        writer.add_many({"id": str(n), "body": f"a{n:03}"} for n in range(600))
    later.refresh()
    walk = later.terms("body")
    assert next(walk).term == "a000"
    with later.writer() as writer:
        writer.add({"id": "x", "body": "a599z"})
    later.refresh()
    assert len(list(walk)) == 599 and len(list(later.terms("body"))) == 601


@pytest.mark.parametrize("prefix", ["zzz", "commonx", "\udc80", "w9999", "ё" * 5000])
def test_no_term_begins_so(index: Index, prefix: str) -> None:
    assert list(index.terms("body", prefix)) == []


def test_a_field_without_terms_says_so(index: Index) -> None:
    with pytest.raises(QueryError, match="is a number"):
        index.terms("n")
    with pytest.raises(UnknownFieldError):
        index.terms("nowhere")


def test_an_empty_index_has_none() -> None:
    assert list(Index.in_memory(Schema(body=Text())).terms("body")) == []
