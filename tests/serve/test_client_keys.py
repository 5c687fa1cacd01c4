"""What the client can do with a key that does not allow everything."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import listening, make_index

from searchlib import Client, Index, Integer, Keyword, RemoteIndex, Schema, Text
from searchlib.client.writer import RemoteWriter
from searchlib.errors import AccessDeniedError, QueryTooComplex
from searchlib.serve.access.keys import Key, digest_of, key_of_text

SECRETS = {scopes: f"the-{scopes}-key-0123456789" for scopes in ("write", "write+read", "write+read+search")}


@pytest.fixture
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = make_index(tmp_path_factory.mktemp("scopes") / "main")
    keys = tuple(key_of_text(f"{scopes}={secret}") for scopes, secret in SECRETS.items())
    with listening({"main": str(folder)}, keys=keys) as url:
        yield url


def test_a_key_that_writes_adds_documents(url: str) -> None:
    with Client(url, key=SECRETS["write"])["main"].writer() as writer:
        assert writer.add({"id": "4", "title": "written"}) == "4"
        for ask in (lambda: writer.delete("1"), lambda: writer.update("1", title="x")):
            with pytest.raises(AccessDeniedError, match="the scope read"):
                ask()
        with pytest.raises(AccessDeniedError, match="the scope search"), index_writer(url, "write") as other:
            other.delete_by_query("title:lessons")
    with index_writer(url, "write+read") as writer:
        assert writer.delete("4")
        writer.update("1", title="changed")
    index = Client(url, key=SECRETS["write+read+search"])["main"]
    with index.writer() as writer:
        assert writer.delete_by_query("title:lessons") == 1
    assert [hit.id for hit in index.search("*:*", sort="year")] == ["1", "3"]


def index_writer(url: str, scopes: str) -> RemoteWriter:
    return Client(url, key=SECRETS[scopes])["main"].writer()


# ---- a key with a filter

TENANTS = [
    {"id": "a1", "tenant": "acme", "body": "a report on penguins, лукашенко", "year": 1},
    {"id": "a2", "tenant": "acme", "body": "reports of the zoo: a penguin", "year": 2},
    {"id": "b1", "tenant": "beta", "body": "reporting penguins, lukashenka", "year": 3},
]
OF_ACME = "of-the-tenant-acme-0123456789"


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[RemoteIndex, Index]]:
    """An index as a tenant sees it from afar, and one that has no other documents."""
    schema = Schema(body=Text(), tenant=Keyword(column=True), year=Integer())
    with Index.create(tmp_path / "docs", schema).writer() as writer:
        for document in TENANTS:
            writer.add(document)
    own = Index.in_memory(schema)
    with own.writer() as writer:
        for document in TENANTS[:2]:
            writer.add(document)
    key = Key("acme", digest_of(OF_ACME), frozenset(("search", "read")), filter="tenant:acme")
    with listening({"docs": str(tmp_path / "docs")}, keys=(key,)) as url:
        yield Client(url, key=OF_ACME)["docs"], own


QUERIES = (
    "penguin",
    "rep*",
    "report~2",
    "reporting",
    '"penguins lukashenko"',
    "лукашенко",
    "*:*",
    "zoo -report",
)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("cross_script", [False, True])
def test_a_tenant_finds_what_an_index_of_its_own_would(
    both: tuple[RemoteIndex, Index], query: str, cross_script: bool
) -> None:
    far, own = both
    found = far.search(query, cross_script=cross_script, facets=["tenant"], count=True)
    expected = own.search(query, cross_script=cross_script, facets=["tenant"], count=True)
    assert {hit.id: (dict(hit), hit.highlight("body")) for hit in found} == {
        hit.id: (dict(hit), hit.highlight("body")) for hit in expected
    }
    assert (found.total, found.facets) == (expected.total, expected.facets)
    told = repr([*found._searcher.marks(found.plan, "body"), *(hit.explain() for hit in found)])
    for hidden in {"reporting", "reported", "lukashenka"} - {query}:
        assert hidden not in told
    assert found.explain("b1") is None


def test_a_tenant_reads_its_own_documents(both: tuple[RemoteIndex, Index]) -> None:
    far, own = both
    assert far.schema == own.schema
    assert len(far) == 2
    assert list(far) == list(own)
    assert list(far.ids()) == ["a1", "a2"]
    assert list(far.ids("a2")) == ["a2"]
    assert ("a1" in far, "b1" in far) == (True, False)
    assert far.get("a1") == own.get("a1")
    assert far.get("b1") is None
    assert [hit.id for hit in far.search("*:*", 1, sort="-year")] == ["a2"]
    after = far.search("*:*", 1, sort="-year").cursor
    assert [hit.id for hit in far.search("*:*", 5, sort="-year", after=after)] == ["a1"]
    assert [hit.id for hit in far.more_like("a1")] == [hit.id for hit in own.more_like("a1")]
    assert {hit.id for hit in far.instant("peng")} == {"a1", "a2"}
    several = far.search_many(["zoo", "rep*", "year:[", "лукашенко"])
    assert [{hit.id for hit in one} for one in several] == [{"a2"}, {"a1", "a2"}, set(), {"a1"}]
    assert "reporting" not in repr(several[1]._searcher.marks(several[1].plan, "body"))
    assert far.words_missing("a1", "penguins zoo") == ["zoo"]
    assert far.words_missing("b1", "reporting zoo") == ["reporting", "zoo"]  # as of any that there is not
    for closed in (far.stats, lambda: list(far.terms("body"))):
        with pytest.raises(AccessDeniedError, match="sees a part"):
            closed()


def test_a_pattern_that_means_too_much_is_refused(
    both: tuple[RemoteIndex, Index], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchlib.serve.access.own_marks.MAX_WORDS", 2)
    with pytest.raises(QueryTooComplex, match="patterns of more letters"):
        both[0].search("rep*")
