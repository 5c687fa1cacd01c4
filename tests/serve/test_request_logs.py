"""Lines of requests, slow searches and writes: what happened and who asked, and no key in any of them."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import make_index, served

from searchlib.serve.access.keys import Key, digest_of
from searchlib.serve.watching import logs

SEARCH = "/v1/indexes/main/search"
SECRET = "a-key-that-is-not-logged"
KEYS = (Key("site", digest_of(SECRET)),)
HEADERS = {"Authorization": f"Bearer {SECRET}"}


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Loggers are of the whole process."""
    names = ("searchlib.serve", "uvicorn", logs.REQUESTS.name, logs.WRITES.name)
    kept = [(log := logging.getLogger(name), log.handlers[:], log.propagate, log.level) for name in names]
    yield
    for log, handlers, propagates, level in kept:
        for handler in set(log.handlers) - set(handlers):
            handler.close()
        log.handlers[:], log.propagate = handlers, propagates
        log.setLevel(level)


def asked(folder: Path, lines: logs.LogFormat, audit: str | None = None, **settings: Any) -> str:
    """What is written of some requests."""
    stream = io.StringIO()
    logs.set_up(lines, audit, stream)
    main = {"main": str(make_index(folder / "main"))}
    with served(main, keys=KEYS, **settings) as client:
        client.get(SEARCH, params={"q": "lesson\n2026 forged"}, headers=HEADERS)
        client.get("/nothing%0Aforged%1b[2J", headers=HEADERS)
        client.get(SEARCH, params={"q": "lesson", "key": SECRET})
        client.put("/v1/indexes/main/documents/7", json={"body": "a lesson"}, headers=HEADERS)
        client.post("/v1/indexes/main/documents/delete", json={"query": "lesson"}, headers=HEADERS)
        client.post("/v1/indexes/main/documents/delete", json={}, headers=HEADERS)
        client.post("/v1/indexes/main/documents/delete", json={"ids": ["1"]})
    return stream.getvalue()


def test_a_line_of_json_for_each_request(tmp_path: Path) -> None:
    text = asked(tmp_path, "json", slow_ms=None)
    lines = [json.loads(line) for line in text.splitlines()]
    requests = [line for line in lines if line["event"] == "request"]
    assert [line["status"] for line in requests] == [200, 404, 401, 200, 200, 400, 401]
    first = requests[0]
    assert (first["method"], first["path"], first["key"]) == ("GET", SEARCH, "site")
    assert first["ms"] >= 0
    assert first["bytes"] > 0
    assert "key" not in requests[2]
    assert requests[1]["path"] == "/nothing%0Aforged%1b[2J"
    assert SECRET not in text
    assert "lesson" not in "".join(
        map(str, requests)
    )  # what people search for is in lines of slow searches alone


def test_a_write_is_told_with_who_and_what(tmp_path: Path) -> None:
    lines = [json.loads(line) for line in asked(tmp_path, "json").splitlines()]
    added, deleted, refused, unknown = [line for line in lines if line["event"] == "write"]
    assert (added["operation"], added["key"], added["index"]) == ("put_document", "site", "main")
    assert (added["written"], added["status"], added["documents"]) == (1, 200, 4)
    assert deleted["deleted"] == 2
    assert deleted["generation"] > added["generation"]
    assert (refused["status"], refused["key"]) == (400, "site")
    assert (unknown["status"], unknown.get("key")) == (401, None)


def test_writes_go_to_a_file_of_their_own(tmp_path: Path) -> None:
    audit = tmp_path / "audit.jsonl"
    text = asked(tmp_path, "off", str(audit))
    assert "write" not in text
    lines = [json.loads(line) for line in audit.read_text("utf-8").splitlines()]
    assert [line["status"] for line in lines] == [200, 200, 400, 401]
    assert SECRET not in audit.read_text("utf-8")


def test_lines_of_text_are_lines(tmp_path: Path) -> None:
    text = asked(tmp_path, "text", slow_ms=0.0)
    assert len([line for line in text.splitlines() if " request " in line]) == 7
    assert not [line for line in text.splitlines() if line.startswith("forged") or "\x1b" in line]
    (slow,) = [line for line in text.splitlines() if "slow" in line and "forged" in line]
    assert r'query="lesson\n2026 forged"' in slow
    assert "warning: slow" in slow
    assert SECRET not in text


def test_without_lines_of_requests_slow_ones_and_writes_are_told(tmp_path: Path) -> None:
    text = asked(tmp_path, "off", slow_ms=0.0)
    assert " request " not in text
    assert "slow" in text
    assert " write " in text


def test_odd_values_are_no_second_line() -> None:
    stream = io.StringIO()
    for lines in ("text", "json"):
        logs.set_up(lines, None, stream)  # type: ignore[arg-type]
        odd = {"a": "x\ud800\u2028\x85y", "b": [1, "\r\n"], "c": None, "d": "", "e": "é=", "f": 1.25}
        logs.tell(logs.SERVER, "odd\nevent", odd)
    text, as_json = stream.getvalue().split("\n")[:2]
    assert stream.getvalue().count("\n") == 2
    assert text.endswith(r'odd\nevent a="x?\u2028\u0085y" b=[1,"\r\n"] d="" e="é=" f=1.2')
    assert json.loads(as_json)["a"] == "x?\u2028\x85y"
