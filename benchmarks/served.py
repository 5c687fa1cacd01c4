"""The server that `python -m benchmarks over_http` asks: searchlib's own, and three operations of comparison.

/bare?size=N answers a JSON object of N bytes, one string. /kept?q=… answers what a search of the index found
when it was first asked for: an object of hits, fields and fragments that stays in memory, and is encoded anew
each time. /tantivy?q=… searches an index of tantivy for the same page of hits, with snippets. All are
operations in the server's table, as its own ones are: their requests are read, checked, counted and answered
on the same way, and tantivy is asked in the same threads. What bare and kept answers lack: no index is asked,
they are made in the event loop and go to no thread, and they have no tag that stands for a commit.
"""

from __future__ import annotations

import argparse
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
import uvicorn
from starlette.responses import Response

from searchlib.serve.app import Application
from searchlib.serve.asking import search as searching
from searchlib.serve.calls import Call
from searchlib.serve.json_response import JsonResponse
from searchlib.serve.operations.operation import Operation
from searchlib.serve.operations.table import OPERATIONS
from searchlib.serve.running import config_of, tune_interpreter
from searchlib.serve.settings import Settings
from searchlib.serve.types.requests import Searching


class _Bare(msgspec.Struct, forbid_unknown_fields=True):
    size: int


class _Query(msgspec.Struct, forbid_unknown_fields=True):
    q: str


def main() -> None:
    """`python -m benchmarks.served --index FOLDER --port N [--tantivy FOLDER]`"""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.served", description=__doc__)
    parser.add_argument("--index", required=True)
    parser.add_argument("--port", required=True, type=int)
    parser.add_argument("--tantivy", type=Path)
    options = parser.parse_args()
    settings = Settings({"main": options.index}, port=options.port)
    operations = [
        *OPERATIONS,
        Operation("GET", "/bare", "bare", "", "search", _bare, query=_Bare),
        Operation("GET", "/kept", "kept", "", "search", _kept(), query=_Query),
    ]
    if options.tantivy is not None:
        asks = _tantivy(options.tantivy)
        operations.append(Operation("GET", "/tantivy", "tantivy", "", "search", asks, query=_Query))
    _Tuned(config_of(Application(settings, operations), settings)).run()


class _Tuned(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        tune_interpreter()


async def _bare(call: Call) -> dict[str, str]:
    return {"text": "x" * (call.query.size - len('{"text":""}'))}


def _kept() -> Callable[[Call], Awaitable[Any]]:
    known: dict[str, Any] = {}

    async def answer(call: Call) -> Any:
        text = call.query.q
        if text not in known:
            index = await call.index("main")
            found = searching.answer(index, Searching(q=text), call.state.settings)
            known[text] = msgspec.json.decode(msgspec.json.encode(found))
        return known[text]

    return answer


def build_tantivy(folder: Path, documents: Any) -> None:
    """An index of tantivy: title and body, stored, with positions."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in ("id", "title", "body"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw" if name == "id" else "default")
    folder.mkdir(parents=True)
    writer = tantivy.Index(builder.build(), path=str(folder)).writer(heap_size=512 << 20, num_threads=2)
    for document in documents:
        writer.add_document(tantivy.Document(**{name: document[name] for name in ("id", "title", "body")}))
    writer.commit()
    writer.wait_merging_threads()


def _tantivy(folder: Path) -> Callable[[Call], Awaitable[Response]]:
    import tantivy

    index = tantivy.Index.open(str(folder))
    searcher = index.searcher()

    def page(text: str) -> dict[str, Any]:
        query, _ = index.parse_query_lenient(text, ["title", "body"], field_boosts={"title": 3.0})
        snippets = tantivy.SnippetGenerator.create(searcher, query, index.schema, "body")
        found = searcher.search(query, 10, count=True)
        hits = []
        for score, address in found.hits:
            document = searcher.doc(address)
            html = snippets.snippet_from_doc(document).to_html()
            hits.append({"score": score, "fields": document.to_dict(), "html": html})
        return {"hits": hits, "total": found.count}

    async def answer(call: Call) -> Response:
        return await call.ask(lambda: JsonResponse(page(call.query.q)))

    return answer


if __name__ == "__main__":
    main()
