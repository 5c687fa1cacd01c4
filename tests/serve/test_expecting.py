"""A refusal says what there is: names, values and kinds that can stand where another one came."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import make_index, served
from starlette.testclient import TestClient

from searchlib.serve.problems import ProblemError
from searchlib.serve.types.reading import decoded
from searchlib.serve.types.requests import SearchRequest, Several

NAMES = st.sampled_from(["facets", "type", "field", "q", "x.y", "a`[0]"])
BODIES = st.recursive(
    st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner)
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    root = tmp_path_factory.mktemp("expecting")
    make_index(root / "main")
    with served({}, root=str(root)) as client:
        yield client


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"limt": 5}, ["`limt`", "limit", "offset", "boost_by"]),
        ({"ranking": "foo"}, ["'foo'", "default", "rich", "bm25"]),
        ({"facets": [{"field": "tags"}]}, ["`type`", "terms", "range", "histogram", "stats", "distinct"]),
        ({"facets": ["tags", {"type": "foo", "field": "tags"}]}, ["'foo'", "facets[1]", "histogram"]),
        ({"facets": [{"type": "terms", "field": "tags", "size": 3}]}, ["`size`", "min_count", "type"]),
        ({"group_by": {"field": "tags", "size": 3}}, ["`size`", "hits"]),
        ({"boost_by": [{"type": "new", "field": "day"}]}, ["'new'", "recency", "static"]),
    ],
    ids=str,
)
def test_a_refusal_says_what_there_is(client: TestClient, body: dict[str, Any], said: list[str]) -> None:
    one = client.post("/v1/indexes/main/search", json=body)
    assert one.status_code == 400
    assert all(part in one.json()["detail"] for part in said), one.text
    several = client.post("/v1/search", json={"queries": [{"index": "main"}, {"index": "main", **body}]})
    detail = several.json()["detail"]
    assert several.status_code == 400 and all(part in detail for part in [*said[:1], *said[2:]]), detail
    assert "$.queries[1]" in detail


def test_kinds_of_facets_share_no_names_in_a_refusal(client: TestClient) -> None:
    facet = {"type": "stats", "field": "year", "limit": 3}
    detail = client.post("/v1/indexes/main/search", json={"facets": [facet]}).json()["detail"]
    assert "excluding_own" in detail and "min_count" not in detail and "borders" not in detail


@given(BODIES)
def test_any_body_gets_a_refusal_or_is_read(body: Any) -> None:
    with contextlib.suppress(ProblemError):
        decoded(json.dumps({"queries": [body], "boost_by": body}).encode(), Several)
    with contextlib.suppress(ProblemError):
        decoded(json.dumps(body).encode(), SearchRequest)


@pytest.mark.parametrize("path", ["/v1/indexes/new", "/v1/indexes/main/search", "/v1/search"])
def test_an_empty_body_is_said(client: TestClient, path: str) -> None:
    method = "PUT" if path.endswith("new") else "POST"
    answer = client.request(method, path, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400 and "empty" in answer.json()["title"] and "{}" in answer.json()["detail"]


def test_an_index_that_is_there_is_not_made_again(client: TestClient) -> None:
    """What is said is of the server, and names no folder of it."""
    answer = client.put("/v1/indexes/main", json={})
    assert answer.status_code == 409 and answer.json()["type"].endswith(":IndexExistsError")
    assert "'main'" in answer.json()["detail"] and "/main" not in answer.json()["detail"]
