"""A Fixed filter is never gone round: neither by a facet without its own filter, nor by reasons."""

from collections.abc import Iterator

import pytest

from searchlib import F, Index, Keyword, Schema, Terms, Text
from searchlib.errors import UnknownFieldError
from searchlib.query.conditions import Filter, Fixed

TENANTS = ["ours", "theirs"]


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    index = Index.in_memory(Schema(body=Text(), tenant=Keyword(column=True), notes=Text(default=False)))
    with index.writer() as writer:
        writer.add({"id": "1", "body": "the lake is calm, boats wait", "tenant": "ours"})
        writer.add(
            {
                "id": "2",
                "body": "a lake, boats and a secret",
                "tenant": "theirs",
                "notes": "a hidden word",
            }
        )
        writer.add({"id": "3", "body": "boats by the lake", "tenant": "ours"})
    yield index
    index.close()


@pytest.mark.parametrize("part", ["tenant:ours", F.tenant == "ours"])
def test_it_lets_through_what_its_part_does(index: Index, part: Filter | str) -> None:
    assert {hit.id for hit in index.search("lake", filter=Fixed(part))} == {"1", "3"}
    assert {hit.id for hit in index.search("lake", filter=[Fixed(part), "calm"])} == {"1"}
    assert {hit.id for hit in index.search("lake", filter=Fixed(part) & (F.tenant == "theirs"))} == set()
    assert len(index.search("lake", filter=Fixed(""))) == 0


@pytest.mark.parametrize("part", ["tenant:ours", F.tenant == "ours"])
def test_no_facet_leaves_it_out(index: Index, part: Filter | str) -> None:
    asked = Terms("tenant", excluding_own=True)
    lifted = index.search("lake", filter=part, facets=asked).facets["tenant"]
    kept = index.search("lake", filter=[Fixed(part), "tenant:ours"], facets=asked).facets["tenant"]
    assert {bucket.value for bucket in lifted} == set(TENANTS)
    assert [(bucket.value, bucket.count) for bucket in kept] == [("ours", 2)]


def test_reasons_tell_of_nothing_behind_it(index: Index) -> None:
    fixed = Fixed("tenant:ours")
    for query in ("secret", "hidden"):
        assert not any(reason.kind == "nowhere" for reason in index.why_nothing(query))
        assert [reason.kind for reason in index.why_nothing(query, filter=fixed)] == ["nowhere"]
    (reason,) = index.why_nothing("lake", filter=[fixed, "tenant:theirs"])
    assert (reason.kind, reason.num_docs) == ("filter", 2)
    (reason,) = index.why_nothing("lake", filter=[fixed, "tenant:their"])
    assert "contain" not in str(reason) and "contain" in str(
        index.why_nothing("lake", filter="tenant:their")[0]
    )
    (reason,) = index.why_nothing("lake", filter=[fixed, "tenant:our"])
    assert 'tenant:"ours" (2)' in str(reason)


def test_what_is_like_a_document_passes_a_filter(index: Index) -> None:
    assert [hit.id for hit in index.more_like("1", filter=Fixed("tenant:ours"), count=True)] == ["3"]
    assert {hit.id for hit in index.more_like("1")} == {"2", "3"}
    assert index.more_like(text="boats", filter="tenant:theirs", count=True).total == 1
    with pytest.raises(UnknownFieldError):
        index.more_like("1", filter="nothing:x")
