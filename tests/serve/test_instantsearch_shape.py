"""Requests and answers in the shape of InstantSearch front ends: what comes is what the library finds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from books import books, make_shelf
from serving import make_index, served
from starlette.testclient import TestClient

import searchlib
from searchlib.serve.instantsearch.answers import (
    FoundBySeveral,
    FoundFacetHits,
    FoundHits,
    IndexNumbers,
    Version,
)
from searchlib.serve.instantsearch.refusals import Refusal

ALL = [book["id"] for book in books()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_shelf(tmp_path_factory.mktemp("shelf") / "books")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with served({"books": str(folder), "news": str(make_index(folder.parent / "news"))}) as client:
        yield client


def checked(answer: Any, kind: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    msgspec.json.decode(answer.content, type=kind)
    return dict(answer.json())


def search(client: TestClient, **asked: Any) -> dict[str, Any]:
    return checked(client.post("/indexes/books/search", json=asked), FoundHits)


def ids(found: dict[str, Any]) -> list[str]:
    return [hit["id"] for hit in found["hits"]]


def test_it_finds_what_the_library_finds(client: TestClient, folder: Path) -> None:
    index = searchlib.open(folder)
    for text in (
        "dost",
        "мертвых душ",
        "novel crime",
        '"war and peace"',
        "novel -crime",
        "title:идиот OR emma",
    ):
        found = search(client, q=text, limit=100)
        expected = index.instant(text, 100, count=True)
        assert ids(found) == [hit.id for hit in expected]
        assert found["estimatedTotalHits"] == expected.total
        assert found["query"] == text
    book = {name: value for name, value in books()[7].items() if name != "printed"}
    hit = search(client, q="prejudice")["hits"][0]
    assert hit.pop("printed") == books()[7]["printed"].isoformat()
    assert hit == book


def test_without_words_all_documents_come_in_their_order(client: TestClient) -> None:
    assert ids(search(client, limit=100)) == ids(search(client, q=" ", limit=100)) == ALL
    assert search(client)["limit"] == 20


def test_null_is_as_good_as_nothing(client: TestClient) -> None:
    names = ("q", "filter", "facets", "sort", "distinct", "limit", "page", "vector", "attributesToRetrieve")
    assert ids(search(client, **dict.fromkeys(names))) == ALL[:20]


def test_pages_by_number_and_by_offset(client: TestClient) -> None:
    by_number = search(client, page=3, hitsPerPage=5)
    assert ids(by_number) == ALL[10:15]
    assert {name: by_number[name] for name in ("page", "hitsPerPage", "totalPages", "totalHits")} == {
        "page": 3,
        "hitsPerPage": 5,
        "totalPages": 5,
        "totalHits": 24,
    }
    assert "estimatedTotalHits" not in by_number
    assert ids(search(client, offset=10, limit=5)) == ALL[10:15]
    assert ids(search(client, page=1)) == ALL[:20]
    assert (search(client, page=0)["hits"], search(client, hitsPerPage=0)["totalPages"]) == ([], 0)
    assert search(client, page=99)["hits"] == []
    assert search(client, limit=5000)["notes"] == ["5000 hits were asked for; at most 1000 are given"]


def test_a_query_string_says_the_same_as_a_body(client: TestClient) -> None:
    said = {
        "q": "роман",
        "limit": 3,
        "sort": "year:desc,stars:asc",
        "facets": "genre,year",
        "filter": 'language = ru AND genre IN ["роман"]',
        "attributesToRetrieve": "id,title",
        "attributesToHighlight": "about",
        "highlightPreTag": "__a__",
        "showMatchesPosition": "true",
    }
    lists = ("sort", "facets", "attributesToRetrieve", "attributesToHighlight")
    body = {name: value.split(",") if name in lists else value for name, value in said.items()}
    body["showMatchesPosition"] = True
    by_string = checked(client.get("/indexes/books/search", params=said), FoundHits)
    by_body = search(client, **body)
    by_string.pop("processingTimeMs"), by_body.pop("processingTimeMs")
    assert by_string == by_body
    assert ids(by_body) == ["17", "15", "16"]
    array = {"filter": json.dumps([["language = ru", "year = 1815"], "year < 1840"])}
    assert ids(checked(client.get("/indexes/books/search", params=array), FoundHits)) == ["9", "18", "19"]


def test_facets_are_counted_over_all_hits(client: TestClient) -> None:
    found = search(client, q="", limit=1, filter="language = en", facets=["*"])
    english = [book for book in books() if book["language"] == "en"]
    counts = found["facetDistribution"]
    assert list(counts) == ["author", "genre", "language", "year", "stars", "printed", "lent"]
    assert counts["language"] == {"en": 12}
    assert counts["lent"] == {"false": 8, "true": 4}
    assert counts["stars"]["4.5"] == sum(book["stars"] == 4.5 for book in english)
    assert counts["stars"]["5"] == 2
    assert next(iter(counts["genre"].items())) == ("novel", 10)
    assert found["facetStats"]["year"] == {"min": 1813, "max": 1892}
    assert found["facetStats"]["stars"] == {"min": 3, "max": 5}
    key = next(iter(counts["printed"]))
    refined = search(client, filter=[f'"printed"="{key}"'])
    assert refined["estimatedTotalHits"] == counts["printed"][key] == 1
    assert "facetDistribution" not in search(client)
    assert search(client, facets=[])["facetDistribution"] == {}


def test_any_number_of_facets_is_counted(tmp_path: Path) -> None:
    """Those of a wide table are more than one search takes."""
    schema = searchlib.Schema(title=searchlib.Text(), **{f"n{at}": searchlib.Number() for at in range(120)})
    index = searchlib.Index.create(tmp_path / "wide", schema)
    with index.writer() as writer:
        for number in range(3):
            writer.add({"title": "row", **{f"n{at}": at + number for at in range(120)}})
    for more in ({}, {"distinct": "n0"}):
        with served({"wide": str(tmp_path / "wide")}) as client:
            found = client.post("/indexes/wide/search", json={"q": "row", "facets": ["*"], **more}).json()
        assert len(found["facetDistribution"]) == len(found["facetStats"]) == 120
        assert found["facetStats"]["n119"] == {"min": 119, "max": 121}


def test_the_order_is_that_of_the_fields(client: TestClient) -> None:
    years = [hit["year"] for hit in search(client, sort=["year:desc"], limit=100)["hits"]]
    assert years == sorted((book["year"] for book in books()), reverse=True)
    stars = [hit.get("stars") for hit in search(client, sort=["stars:asc"], limit=100)["hits"]]
    assert stars[-1] is None


def test_strategies_say_which_words_a_hit_has(client: TestClient) -> None:
    some = search(client, q="gogol novel emma ")
    assert search(client, q="gogol novel emma ", matchingStrategy="frequency")["hits"] == some["hits"]
    assert some["estimatedTotalHits"] == 11
    assert ids(search(client, q="gogol novel ", matchingStrategy="all")) == ["6"]
    assert ids(search(client, q="gogol nov", matchingStrategy="all")) == ["6"]
    assert ids(search(client, q="novel crime -idiot -karamazov", matchingStrategy="all")) == ["3"]
    assert ids(search(client, q='"dead souls" satire', matchingStrategy="all")) == ["6"]


def test_words_are_searched_where_it_is_said(client: TestClient) -> None:
    assert ids(search(client, q="austen", attributesToSearchOn=["title"])) == []
    assert ids(search(client, q="austen", attributesToSearchOn=["author"])) == ["8", "9"]
    assert len(ids(search(client, q="austen", attributesToSearchOn=["*"]))) == 2


def test_one_hit_of_each_value(client: TestClient) -> None:
    found = search(client, q="nov", distinct="author", limit=100)
    authors = [hit["author"] for hit in found["hits"]]
    assert sorted(authors) == sorted({b["author"] for b in books() if "novel" in b["genre"]})
    assert found["estimatedTotalHits"] == len(authors)
    assert len(ids(search(client, distinct="genre"))) == len(set(ids(search(client, distinct="genre"))))


def test_a_ranking_score_is_between_0_and_1_and_falls(client: TestClient) -> None:
    found = search(client, q="novel crime ", showRankingScore=True, showRankingScoreDetails=True)["hits"]
    scores = [hit["_rankingScore"] for hit in found]
    assert all(0 < score < 1 for score in scores)
    assert len(set(scores)) > 1
    for hit in found:
        bm25 = hit["_rankingScoreDetails"]["bm25f"]["bm25f"]
        assert hit["_rankingScore"] == pytest.approx(bm25 / (bm25 + 10))
    assert search(client, showRankingScore=True)["hits"][0]["_rankingScore"] == 1


def test_what_is_passed_over_or_read_in_another_way_is_said(client: TestClient) -> None:
    assert "locales" in search(client, q="роман", locales=["rus"])["notes"][0]
    assert "«idiot»" in search(client, q="idiott")["notes"][0]
    assert "notes" not in search(client, q="idiot")


def test_values_of_a_facet(client: TestClient) -> None:
    def values(**asked: Any) -> list[tuple[str, int]]:
        found = checked(client.post("/indexes/books/facet-search", json=asked), FoundFacetHits)
        return [(hit["value"], hit["count"]) for hit in found["facetHits"]]

    assert values(facetName="author", facetQuery="д") == [("Фёдор Достоевский", 2)]
    assert values(facetName="genre", facetQuery="s") == [("satire", 2), ("story", 2)]
    assert values(facetName="genre", facetQuery="s", q="sherlock") == [("story", 1)]
    late = [("crime", 1), ("story", 1), ("повесть", 1), ("рассказ", 1)]
    assert values(facetName="genre", filter="year > 1890") == late
    assert sum(count for _, count in values(facetName="language")) == 24
    assert values(facetName="year", facetQuery="189") == [("1892", 2), ("1899", 1)]


def test_a_front_end_can_look_at_an_index(client: TestClient) -> None:
    assert checked(client.get("/version"), Version)["pkgVersion"] == searchlib.__version__
    assert client.get("/health").json()["status"] == "available"
    numbers = checked(client.get("/indexes/books/stats"), IndexNumbers)
    assert (numbers["numberOfDocuments"], numbers["fieldDistribution"]["genre"]) == (24, 24)
    settings = client.get("/indexes/books/settings").json()
    assert settings["searchableAttributes"] == ["title", "author", "about", "genre", "language"]
    assert "stars" in settings["sortableAttributes"] and "title" not in settings["filterableAttributes"]
    document = client.get("/indexes/books/documents/24", params={"fields": "id,title,stars"}).json()
    assert document == {"id": "24", "title": "Записки охотника"}


# ---- several at once


def several(client: TestClient, *queries: dict[str, Any], **more: Any) -> dict[str, Any]:
    return checked(client.post("/multi-search", json={"queries": queries, **more}), FoundBySeveral)


def test_several_searches_have_the_answers_that_each_has_alone(client: TestClient) -> None:
    queries = [{"q": "novel", "facets": ["genre"]}, {"q": "gogol", "page": 1, "hitsPerPage": 1}]
    found = several(client, *({"indexUid": "books", **query} for query in queries))["results"]
    for query, one in zip(queries, found, strict=True):
        alone = search(client, **query)
        assert one.pop("indexUid") == "books"
        one.pop("processingTimeMs"), alone.pop("processingTimeMs")
        assert one == alone
    assert several(client)["results"] == []


def test_one_list_goes_by_places(client: TestClient) -> None:
    federation = {"limit": 5, "facetsByIndex": {"books": ["genre"], "news": ["tags"]}}
    queries = [
        {"indexUid": "books", "q": "история", "attributesToRetrieve": ["id"]},
        {"indexUid": "news", "q": "выборы OR переговоры", "federationOptions": {"weight": 1.5}},
    ]
    found = several(client, *queries, federation=federation)
    news = client.post("/indexes/news/search", json={"q": queries[1]["q"]}).json()
    lists = [ids(search(client, q="история")), ids(news)]
    places = [(1.0, "books", *each) for each in enumerate(lists[0], 1)]
    places += [(1.5, "news", *each) for each in enumerate(lists[1], 1)]
    sums = [(weight * 61 / (60 + place), uid, one) for weight, uid, place, one in places]
    expected = sorted(sums, key=lambda line: -line[0])[:5]
    shown = [
        (hit["_federation"]["weightedRankingScore"], hit["_federation"]["indexUid"], hit["id"])
        for hit in found["hits"]
    ]
    assert [line[1:] for line in shown] == [line[1:] for line in expected]
    assert [line[0] for line in shown] == pytest.approx([line[0] for line in expected])
    assert found["estimatedTotalHits"] == len(lists[0]) + len(lists[1])
    by_index = found["facetsByIndex"]
    assert by_index["books"]["distribution"] == {"genre": {"история": 2, "повесть": 1, "роман": 1}}
    assert by_index["news"]["distribution"]["tags"]["politics"] == 2
    paged = several(client, *queries, federation={"page": 2, "hitsPerPage": 2})
    assert paged["hits"] == found["hits"][2:4]
    total = found["estimatedTotalHits"]
    assert (paged["totalHits"], paged["totalPages"]) == (total, (total + 1) // 2)


def test_facets_of_one_list_are_added_up(client: TestClient) -> None:
    federation = {
        "facetsByIndex": {"books": ["year"], "news": ["year"]},
        "mergeFacets": {"maxValuesPerFacet": 2},
    }
    found = several(client, {"indexUid": "books"}, {"indexUid": "news"}, federation=federation)
    assert found["facetDistribution"] == {"year": {"1842": 4, "1869": 3}}
    assert found["facetStats"] == {"year": {"min": 21, "max": 1899}}


def test_a_hit_of_two_queries_comes_once(client: TestClient) -> None:
    found = several(
        client,
        {"indexUid": "books", "q": "gogol"},
        {"indexUid": "books", "q": "souls"},
        federation={"limit": 20},
    )
    assert len(ids(found)) == len(set(ids(found)))
    assert ids(found)[0] == "6"


# ---- refusals


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        ({"filter": "prize = 1"}, "invalid_search_filter", "'prize'"),
        ({"filter": {"a": 1}}, "invalid_search_filter", "Expected"),
        ({"sort": ["prize:asc"]}, "invalid_search_sort", "year"),
        ({"sort": ["year"]}, "invalid_search_sort", "FIELD:asc"),
        ({"sort": ["_geoPoint(1, 2):asc"]}, "invalid_search_sort", "_geoPoint"),
        ({"facets": ["title"]}, "invalid_search_facets", "no column"),
        ({"distinct": "title"}, "invalid_search_distinct", "title"),
        ({"attributesToSearchOn": ["year"]}, "invalid_search_attributes_to_search_on", "year"),
        ({"limit": -1}, "invalid_search_limit", ">= 0"),
        ({"hitsPerPage": "many"}, "invalid_search_hits_per_page", "int"),
        ({"matchingStrategy": "first"}, "invalid_search_matching_strategy", "first"),
        ({"attributesToCrop": [1]}, "invalid_search_attributes_to_crop", "str"),
        ({"rankingScoreThreshold": 0.5}, "invalid_search_ranking_score_threshold", "threshold"),
        ({"hybrid": {"embedder": "x"}}, "invalid_search_hybrid", "vectors"),
        ({"retrieveVectors": True}, "invalid_search_retrieve_vectors", "vectors"),
        ({"sort": ["year:asc"] * 9}, "invalid_search_sort", "at most 8"),
        ({"q": "a " * 12_000, "matchingStrategy": "all"}, "invalid_search_q", "10,000 words"),
        ({"filter": [["genre = a", ["genre = b"]]]}, "invalid_search_filter", "strings alone"),
        ({"nothing": 1}, "bad_request", "nothing"),
    ],
)
def test_a_refusal_has_the_code_of_its_parameter(
    client: TestClient, asked: Any, code: str, said: str
) -> None:
    alone = client.post("/indexes/books/search", json=asked)
    among = client.post(
        "/multi-search", json={"queries": [{"indexUid": "books"}, {"indexUid": "books", **asked}]}
    )
    for answer in (alone, among):
        assert answer.status_code == 400
        assert answer.headers["content-type"] == "application/json"
        refusal = msgspec.json.decode(answer.content, type=Refusal)
        assert (refusal.code, refusal.type) == (code, "invalid_request")
        assert refusal.link.endswith(f"#{code}")
        assert said in refusal.message
    assert "queries[1]" in among.json()["message"]


@pytest.mark.parametrize(
    ("method", "path", "more", "status", "code"),
    [
        ("POST", "/indexes/films/search", {"json": {}}, 404, "index_not_found"),
        ("POST", "/multi-search", {"json": {"queries": [{"indexUid": "films"}]}}, 404, "index_not_found"),
        ("POST", "/multi-search", {"json": {"queries": [{"q": "a"}]}}, 400, "bad_request"),
        ("GET", "/indexes/books/documents/99", {}, 404, "document_not_found"),
        ("GET", "/indexes/books/search", {"params": {"limit": "a"}}, 400, "invalid_search_limit"),
        (
            "POST",
            "/indexes/books/search",
            {"content": b"{", "headers": {"Content-Type": "application/json"}},
            400,
            "malformed_payload",
        ),
        (
            "POST",
            "/indexes/books/search",
            {"content": b"{}", "headers": {"Content-Type": "text/plain"}},
            415,
            "invalid_content_type",
        ),
        (
            "POST",
            "/indexes/books/search",
            {"content": b" " * (1 << 21), "headers": {"Content-Type": "application/json"}},
            413,
            "payload_too_large",
        ),
        (
            "POST",
            "/indexes/books/facet-search",
            {"json": {"facetName": "title"}},
            400,
            "invalid_facet_search_facet_name",
        ),
        (
            "POST",
            "/indexes/books/facet-search",
            {"json": {"facetName": 1}},
            400,
            "invalid_facet_search_facet_name",
        ),
        (
            "POST",
            "/indexes/books/facet-search",
            {"json": {"facetName": "genre", "filter": "a"}},
            400,
            "invalid_search_filter",
        ),
        (
            "POST",
            "/multi-search",
            {"json": {"queries": [{"indexUid": "books", "federationOptions": {}}]}},
            400,
            "invalid_multi_search_federation_options",
        ),
        (
            "POST",
            "/multi-search",
            {"json": {"federation": {}, "queries": [{"indexUid": "books", "limit": 1}]}},
            400,
            "invalid_multi_search_query_pagination",
        ),
        (
            "POST",
            "/multi-search",
            {"json": {"federation": {}, "queries": [{"indexUid": "books", "facets": []}]}},
            400,
            "invalid_multi_search_query_facets",
        ),
        (
            "POST",
            "/multi-search",
            {"json": {"federation": {"limit": 600, "offset": 600}, "queries": []}},
            400,
            "bad_request",
        ),
    ],
)
def test_a_refusal_has_its_status_and_code(
    client: TestClient, method: str, path: str, more: Any, status: int, code: str
) -> None:
    answer = client.request(method, path, **more)
    refusal = msgspec.json.decode(answer.content, type=Refusal)
    assert (answer.status_code, refusal.code) == (status, code)
    assert refusal.message
