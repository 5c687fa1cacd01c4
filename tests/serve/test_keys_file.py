"""Keys of a file come and go while the server runs; what the file cannot be, changes nothing."""

import io
import json
import logging
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import make_index, served
from starlette.testclient import TestClient

from searchlib.serve.access import keys_followed
from searchlib.serve.access.key_file import KeyFile
from searchlib.serve.access.keys import key_of_text
from searchlib.serve.watching import logs

FIXED, FIRST, SECOND = "given-on-the-line-01", "of-the-first-one-0001", "of-the-second-one-001"
SEARCH = "/v1/indexes/main/search?q=lesson"


def key(name: str, secret: str, scopes: str = '["search"]', more: str = "") -> str:
    return f'[[keys]]\nname = "{name}"\nkey = "{secret}"\nscopes = {scopes}\n{more}\n'


def put(path: Path, text: str) -> None:
    """In one step, as a file that others read is replaced."""
    beside = path.with_suffix(".new")
    beside.write_text(text)
    beside.chmod(0o600)
    beside.replace(path)


def until(is_so: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come to be so"
        time.sleep(0.02)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "keys.toml"
    put(path, key("first", FIRST))
    return path


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """The server's lines, of JSON; its file is looked at often."""
    monkeypatch.setattr(keys_followed, "_SECONDS", 0.02)
    lines: list[dict[str, Any]] = []

    class Stream(io.StringIO):
        def write(self, text: str) -> int:
            lines.extend(map(json.loads, text.split("\n")[:-1]))
            return len(text)

    names = ("searchlib.serve", "uvicorn", logs.REQUESTS.name, logs.WRITES.name)
    before = [(log, log.handlers[:], log.propagate, log.level) for log in map(logging.getLogger, names)]
    logs.set_up("json", None, Stream())
    logs.REQUESTS.setLevel(logging.WARNING)
    yield lines
    for log, handlers, propagates, level in before:
        log.handlers[:], log.propagate = handlers, propagates
        log.setLevel(level)


@pytest.fixture
def client(path: Path, said: list[dict[str, Any]], tmp_path: Path) -> Iterator[TestClient]:
    file = KeyFile(str(path), [key_of_text(f"search={FIXED}")])
    folders = {"main": str(make_index(tmp_path / "main"))}
    with served(folders, keys=file.keys, keys_file=file) as client:
        yield client


def status(client: TestClient, secret: str) -> int:
    return client.get(SEARCH, headers={"X-API-Key": secret}).status_code


def test_keys_come_go_and_change(client: TestClient, path: Path, said: list[dict[str, Any]]) -> None:
    assert [status(client, secret) for secret in (FIXED, FIRST, SECOND)] == [200, 200, 401]
    put(path, key("first", FIRST) + key("second", SECOND))
    until(lambda: status(client, SECOND) == 200)
    put(path, key("second", SECOND, '["read"]'))
    until(lambda: status(client, FIRST) == 401)
    assert [status(client, secret) for secret in (FIXED, SECOND)] == [200, 403]
    until(lambda: len(said) >= 2)
    told = [(line["event"], line["added"], line["removed"], line["changed"]) for line in said]
    assert told == [("keys", ["second"], [], []), ("keys", [], ["first"], ["second"])]
    assert {line["file"] for line in said} == {str(path)}
    assert not any(secret in json.dumps(said) for secret in (FIXED, FIRST, SECOND))


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("", "keys"),
        ("keys = []", "no key"),
        ("not toml", "keys.toml"),
        (key("first", "short"), "16 characters"),
        (key("first", FIRST, more='filter = "nothing:x"'), "filter of the key 'first'"),
        (None, "No such file"),
    ],
)
def test_what_cannot_be_read_changes_nothing(
    client: TestClient, path: Path, said: list[dict[str, Any]], text: str | None, detail: str
) -> None:
    if text is None:
        path.unlink()
    else:
        put(path, text)
    until(lambda: bool(said))
    assert (said[0]["event"], said[0]["level"]) == ("keys not read", "warning")
    assert detail in said[0]["detail"]
    assert [status(client, secret) for secret in (FIXED, FIRST, "")] == [200, 200, 401]
    put(path, key("second", SECOND))  # mended
    until(lambda: status(client, SECOND) == 200)
    assert [line["event"] for line in said] == ["keys not read", "keys"]  # each said once


def test_a_key_that_is_odd_is_warned_of(client: TestClient, path: Path, said: list[dict[str, Any]]) -> None:
    path.write_text(key("first", FIRST, more='indexes = ["nowhere"]'))
    path.chmod(0o644)
    until(lambda: len(said) == 3 and said[-1]["event"] == "keys")
    details = " ".join(line["detail"] for line in said[:2])
    assert "'nowhere', which is not served" in details
    assert f"others may read {path}" in details


@pytest.mark.skipif(os.name != "posix", reason="SIGHUP is POSIX's")
def test_a_hangup_has_it_read_at_once_and_audited(path: Path, tmp_path: Path) -> None:
    make_index(tmp_path / "main")
    audit = tmp_path / "audit.jsonl"
    command = [sys.executable, "-m", "searchlib", "serve", "--index", f"main={tmp_path / 'main'}"]
    command += ["--port", "0", "--keys", str(path), "--audit", str(audit)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stderr is not None
            said = next(line for line in process.stderr if " at http" in line)
            address = said.split(" at ")[1].split(";")[0].rstrip("/")
            stamp = path.stat()
            path.write_text(key("first", SECOND))  # as long as before
            os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
            process.send_signal(signal.SIGHUP)
            until(lambda: audit.exists() and audit.read_text().endswith("\n"))
            (line,) = map(json.loads, audit.read_text().splitlines())
            assert (line["event"], line["changed"]) == ("keys", ["first"])
            assert [_status(address, secret) for secret in (FIRST, SECOND)] == [401, 200]
        finally:
            process.terminate()
        assert process.wait(20) == 0


def _status(address: str, secret: str) -> int:
    request = urllib.request.Request(address + SEARCH, headers={"X-API-Key": secret})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return int(error.code)
