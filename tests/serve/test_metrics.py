"""/metrics is what Prometheus reads, and counts what happened."""

from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families
from serving import make_index, served
from starlette.testclient import TestClient

SEARCH = "/v1/indexes/main/search"


def samples(client: TestClient) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = list(text_string_to_metric_families(answer.text))
    assert len({family.name for family in families}) == len(families)
    assert all(family.documentation and family.type != "unknown" for family in families)
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }


def test_it_counts_what_happened(tmp_path: Path) -> None:
    odd = 'od"d\\name'
    folders = {"main": str(make_index(tmp_path / "main")), odd: str(make_index(tmp_path / "odd"))}
    with served(folders) as client:
        before = samples(client)
        assert not [name for name, _ in before if name.startswith("searchlib_index_")]
        assert client.get(SEARCH, params={"q": "lesson"}).status_code == 200
        assert client.get(SEARCH, params={"q": "lesson", "limit": "-1"}).status_code == 400
        assert client.get("/nowhere").status_code == 404
        assert client.get(f"/v1/indexes/{odd}").status_code == 200
        found = samples(client)

    def value(name: str, **labels: str) -> float:
        return found[f"searchlib_{name}", frozenset(labels.items())]

    assert value("requests_total", operation="search", status="200") == 1
    assert value("requests_total", operation="search", status="400") == 1
    assert value("requests_total", operation="none", status="404") == 1
    assert value("requests_total", operation="metrics", status="200") == 1
    assert value("request_seconds_count", operation="search") == 2
    assert value("request_seconds_bucket", operation="search", le="+Inf") == 2
    assert 0 < value("request_seconds_sum", operation="search") < 100
    assert value("response_bytes_total", operation="search") > 100
    assert value("requests_in_flight") == 1
    assert value("searches_running") == value("searches_waiting") == 0
    assert value("index_documents", index="main") == value("index_documents", index=odd) == 3
    assert value("index_bytes", index="main") > 0
    assert value("index_generation", index="main") >= 1
    assert found["process_resident_memory_bytes", frozenset()] > 1 << 20
