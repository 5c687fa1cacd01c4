"""A server of the tests' own: the application, asked without a network."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from searchlib import Date, Index, Integer, Keyword, Schema, Text
from searchlib.serve.app import Application
from searchlib.serve.connections.listening import listen
from searchlib.serve.operations.operation import Operation
from searchlib.serve.running import Server
from searchlib.serve.settings import Settings

DOCUMENTS: list[dict[str, Any]] = [
    {
        "id": "1",
        "title": "Выборы",
        "body": "Люди шли на выборы президента.",
        "tags": ["politics"],
        "year": 21,
    },
    {"id": "2", "title": "Lessons", "body": "They learned their lessons & went home.", "year": 22},
    {"id": "3", "title": "Ташкент", "body": "В Ташкенте прошли переговоры.", "tags": ["politics", "city"]},
]


def schema() -> Schema:
    return Schema(title=Text(boost=3.0), body=Text(), tags=Keyword(column=True), year=Integer(), day=Date())


def make_index(folder: Path, documents: list[dict[str, Any]] = DOCUMENTS) -> Path:
    index = Index.create(folder, schema())
    with index.writer() as writer:
        for document in documents:
            writer.add(document)
    return folder


@contextlib.contextmanager
def served(folders: dict[str, str], **settings: Any) -> Iterator[TestClient]:
    app = Application(Settings(folders, **settings))
    with TestClient(app, "http://localhost", raise_server_exceptions=False) as client:
        yield client


@contextlib.contextmanager
def listening(folders: dict[str, str], **settings: Any) -> Iterator[str]:
    """A server on a port of its own; its address."""
    given = Settings(folders, port=0, **settings)
    server, sockets = Server(given), listen(given)
    thread = threading.Thread(target=server.run, args=(sockets,), daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    port = sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def path_of(operation: Operation, index: str, document_id: str) -> str:
    """The path of an operation, filled in."""
    path = operation.path
    for name, value in (("index", index), ("id", document_id), ("file", "page.css")):
        path = re.sub(rf"{{{name}(:\w+)?}}", value, path)
    assert "{" not in path, f"{path}: a part of a path that the checks of keys do not know"
    return path
