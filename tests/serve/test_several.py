"""Several indexes in one request. One list of them is what a slow twin makes of the lists of each."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest
from books import books, make_shelf
from hypothesis import given
from hypothesis import strategies as st
from serving import make_index, served
from starlette.testclient import TestClient

from searchlib.serve.fusion import WINDOW, depth_of, fused
from searchlib.serve.types.responses import SeveralOut
from searchlib.storage.files import MANIFEST


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("several")
    english = [book for book in books() if book["language"] == "en"]
    folders = {
        "en": str(make_shelf(folder / "en", english)),
        "ru": str(make_shelf(folder / "ru", [book for book in books() if book["language"] == "ru"])),
        "news": str(make_index(folder / "news")),
    }
    with served(folders) as client:
        yield client


def search(client: TestClient, *queries: dict[str, Any], **asked: Any) -> dict[str, Any]:
    answer = client.post("/v1/search", json={"queries": queries, **asked})
    assert answer.status_code == 200, answer.text
    msgspec.json.decode(answer.content, type=SeveralOut)
    return dict(answer.json())


def test_each_index_has_the_answer_that_it_has_alone(client: TestClient) -> None:
    queries = [
        {"index": "en", "q": "novel", "limit": 2},
        {"index": "news", "q": "выборы", "facets": ["tags"]},
    ]
    found = search(client, *queries)["results"]
    assert [one.pop("index") for one in found] == ["en", "news"]
    for query, one in zip(queries, found, strict=True):
        name = query.pop("index")
        alone = client.post(f"/v1/indexes/{name}/search", json=query).json()
        one.pop("elapsed_ms"), alone.pop("elapsed_ms")
        assert one == alone


# ---- one list


def twin(
    lists: list[list[Any]], weights: list[Fraction], k: Fraction
) -> tuple[list[Any], dict[Any, Fraction]]:
    """Each key's sum over all lists, looked up anew; exact."""
    keys = dict.fromkeys(key for one in lists for key in one)
    sums = {
        key: sum(
            (w / (k + one.index(key) + 1) for one, w in zip(lists, weights, strict=True) if key in one),
            Fraction(),
        )
        for key in keys
    }
    return sorted(keys, key=lambda key: -sums[key]), sums


LISTS = st.lists(st.lists(st.integers(0, 12), unique=True, max_size=10), min_size=1, max_size=4)


@given(LISTS, st.data())
def test_the_order_is_that_of_the_twin(lists: list[list[int]], data: st.DataObject) -> None:
    count = len(lists)
    weights = data.draw(st.lists(st.sampled_from([0.0, 0.5, 1.0, 3.0]), min_size=count, max_size=count))
    k = data.draw(st.sampled_from([1.0, 60.0, 1000.0]))
    found = fused(lists, weights, k)
    _, sums = twin(lists, [Fraction(w) for w in weights], Fraction(k))
    assert {one.key for one in found} == set(sums)
    for one in found:
        assert one.score == pytest.approx(float(sums[one.key]), rel=1e-12)
        assert one.score <= sum(weights) / (k + 1) * (1 + 1e-12)
    exact = [sums[one.key] for one in found]
    for first, second in itertools.pairwise(exact):
        assert first >= second or float(first) == pytest.approx(float(second), rel=1e-12)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=4), st.integers(0, 40), st.data())
def test_the_first_hits_of_each_index_are_enough(sizes: list[int], wanted: int, data: st.DataObject) -> None:
    lists = [[(number, place) for place in range(size)] for number, size in enumerate(sizes)]
    count = len(lists)
    weights = data.draw(st.lists(st.sampled_from([0.0, 0.5, 1.0, 3.0]), min_size=count, max_size=count))
    depth = depth_of([str(number) for number in range(count)], wanted)
    whole = [one.key for one in fused(lists, weights)][:wanted]
    assert [one.key for one in fused([one[:depth] for one in lists], weights)][:wanted] == whole
    assert depth_of(["same", "same"], wanted) == WINDOW


def test_one_list_is_what_the_twin_makes_of_the_lists(client: TestClient) -> None:
    queries = [
        {"index": "en", "q": "gogol OR crime", "weight": 2},
        {"index": "ru", "q": "гоголь OR роман"},
        {"index": "en", "q": "souls OR novel", "weight": 0.5},
    ]
    lists, weights = [], []
    for query in queries:
        body = {name: value for name, value in query.items() if name not in ("index", "weight")}
        alone = client.post(f"/v1/indexes/{query['index']}/search", json={**body, "limit": 1000}).json()
        lists.append([(query["index"], hit["id"]) for hit in alone["hits"]])
        weights.append(Fraction(query.get("weight", 1)))
    order, sums = twin(lists, weights, Fraction(60))
    found = search(client, *queries, merge=True, limit=100)
    keys = [(hit["index"], hit["id"]) for hit in found["hits"]]
    assert sorted(keys) == sorted(order)
    assert [float(sums[key]) for key in keys] == pytest.approx(
        sorted(map(float, sums.values()), reverse=True)
    )
    assert [hit["fused"] for hit in found["hits"]] == pytest.approx([float(sums[key]) for key in keys])
    assert (found["total"], found["total_is"]) == (sum(map(len, lists)), "at most")
    for hit in found["hits"]:
        its = {
            str(n + 1): one.index((hit["index"], hit["id"])) + 1
            for n, one in enumerate(lists)
            if (hit["index"], hit["id"]) in one
        }
        assert hit["places"] == its
    pages = [
        search(client, *queries, merge=True, limit=3, offset=offset)["hits"] for offset in range(0, 21, 3)
    ]
    assert [hit for page in pages for hit in page] == found["hits"][:21]


def test_hits_of_one_list_are_marked_as_those_of_their_index(client: TestClient) -> None:
    queries = [{"index": "en", "q": "gogol"}, {"index": "ru", "q": "гоголя", "show": ["author"]}]
    found = search(client, *queries, merge=True)
    assert [(hit["index"], hit["places"]) for hit in found["hits"][:2]] == [
        ("en", {"1": 1}),
        ("ru", {"2": 1}),
    ]
    assert found["hits"][1]["fields"] == {"author": "Николай Гоголь"}
    assert found["hits"][1]["fragments"][0]["spans"] == [[8, 14]]
    assert (found["total"], found["total_is"]) == (4, "exact")


def test_facets_are_those_of_one_index_with_all_documents(client: TestClient, tmp_path: Path) -> None:
    facets: list[Any] = [
        "genre",
        {"type": "terms", "field": "year", "limit": 3},
        {"type": "range", "field": "stars", "name": "rated", "borders": [None, 4, 5, None]},
        {"type": "histogram", "field": "printed", "interval": "year"},
        {"type": "stats", "field": "stars", "name": "stars:stats"},
        {"type": "stats", "field": "year"},
        {"type": "stats", "field": "printed"},
    ]
    asked = {"q": "*:*", "facets": facets}
    found = search(client, {"index": "en", **asked}, {"index": "ru", **asked}, merge=True, limit=0)
    with served({"all": str(make_shelf(tmp_path / "all"))}) as one:
        whole = one.post("/v1/indexes/all/search", json={**asked, "limit": 0}).json()
    years = whole["facets"]["printed"]["buckets"]
    assert len(years) > 80
    assert found["facets"] == whole["facets"]
    assert found["total"] == whole["total"] == 24


def test_steps_between_two_indexes_are_there(client: TestClient) -> None:
    facet = {"type": "histogram", "field": "year", "interval": 100}
    queries = [{"index": name, "q": "*:*", "facets": [facet]} for name in ("en", "news")]
    buckets = search(client, *queries, merge=True, limit=0)["facets"]["year"]["buckets"]
    counts = [0] * 19
    counts[0], counts[18] = 2, 12
    assert buckets == [
        {"value": 100 * n, "end": 100 * n + 100, "count": count} for n, count in enumerate(counts)
    ]


@pytest.mark.parametrize(
    ("queries", "more", "said"),
    [
        ([{"index": "en"}, {"index": "fr"}], {}, "queries[1]: no index is served as 'fr'"),
        ([{"index": "en", "filter": ["prize:1"]}], {}, "queries[0]: "),
        ([{"index": "en", "offset": 1}], {"merge": True}, "queries[0]: offset is none"),
        ([{"index": "en", "group_by": "genre"}], {"merge": True}, "group_by is none"),
        ([{"index": "en"}], {"merge": True, "limit": 600, "offset": 600}, "1,000 hits at most"),
        ([{"index": "en", "facets": ["genre:distinct"]}], {"merge": True}, "cannot be added up"),
        (
            [
                {"index": "en", "facets": ["genre"]},
                {"index": "ru", "facets": [{"type": "terms", "field": "year", "name": "genre"}]},
            ],
            {"merge": True},
            "name it",
        ),
        (
            [
                {
                    "index": "en",
                    "facets": [{"type": "histogram", "field": "year", "interval": 10, "name": "h"}],
                },
                {
                    "index": "news",
                    "facets": [{"type": "histogram", "field": "year", "interval": 20, "name": "h"}],
                },
            ],
            {"merge": True},
            "name it",
        ),
        ([], {}, "queries"),
        ([{"index": "en", "weight": -1}], {"merge": True}, "weight"),
    ],
)
def test_a_refusal_says_which_query_it_is(
    client: TestClient, queries: list[Any], more: dict[str, Any], said: str
) -> None:
    answer = client.post("/v1/search", json={"queries": queries, **more})
    assert answer.status_code in (400, 404)
    assert said in answer.json()["detail"]


def test_a_failure_in_one_of_several_is_in_the_log_as_any(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = make_index(tmp_path / "news")
    (folder / MANIFEST).write_bytes(b"none")
    with served({"news": str(folder)}) as client:
        for path, query in (("/v1/search", {"index": "news"}), ("/multi-search", {"indexUid": "news"})):
            caplog.clear()
            assert client.post(path, json={"queries": [query]}).status_code == 500
            assert f"POST {path} failed" in caplog.text
            assert "CorruptIndexError" in caplog.text
