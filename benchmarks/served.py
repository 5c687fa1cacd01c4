"""The server that `python -m benchmarks over_http` asks: searchlib's own, and two routes of comparison.

/bare/N answers N bytes of JSON and does nothing else. /tantivy?q=… searches an index of tantivy for the same
page of hits, with snippets, behind the same Starlette and uvicorn.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio.to_thread
import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from searchlib.serve.app import json_response, make_app
from searchlib.serve.running import config_of
from searchlib.serve.settings import Settings


def main() -> None:
    """`python -m benchmarks.served --index FOLDER --port N [--tantivy FOLDER]`"""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.served", description=__doc__)
    parser.add_argument("--index", required=True)
    parser.add_argument("--port", required=True, type=int)
    parser.add_argument("--tantivy", type=Path)
    options = parser.parse_args()
    settings = Settings({"main": options.index}, port=options.port)
    app = make_app(settings)
    app.routes.append(Route("/bare/{size:int}", _bare))
    if options.tantivy is not None:
        app.routes.append(Route("/tantivy", _tantivy(options.tantivy)))
    uvicorn.Server(config_of(app, settings)).run()


async def _bare(request: Request) -> Response:
    size: int = request.path_params["size"]
    return Response(b'"' + b"x" * (size - 2) + b'"', media_type="application/json")


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


def _tantivy(folder: Path) -> Callable[[Request], Any]:
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

    async def endpoint(request: Request) -> Response:
        text = request.query_params["q"]
        return json_response(await anyio.to_thread.run_sync(page, text))

    return endpoint


if __name__ == "__main__":
    main()
