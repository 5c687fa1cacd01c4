"""What an index holds: its documents, the terms of its fields, its schema and metadata."""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Any

from ...analyzers import field_analyzers
from ...errors import CursorError, QueryError
from ...query.nodes import Everything
from ...sources.holdings import holdings as holdings_of
from ...wire.documents import document_as_json, fingerprint
from ...wire.standing import num_that_fit
from ..access.tenants import Narrowed
from ..problems import no_document

if TYPE_CHECKING:
    from ...index import Index
    from ...search.searcher import Searcher
    from ..calls import Call
    from ..types import questions as types

MAX_LOOKED_AT = 200_000
"""Documents that one question looks at for those whose ids begin so."""


async def document(call: Call) -> dict[str, Any]:
    """One document."""
    index, wanted = await call.index(), str(call.request.path_params["id"])
    found = await call.ask(lambda: index.get(wanted))
    if found is None:
        raise no_document(wanted)
    return {"id": wanted, "fields": document_as_json(found, index.schema)}


async def documents(call: Call) -> dict[str, Any]:
    """A page of documents, or those of some ids."""
    asked: types.Documents = call.query
    index, max_bytes = await call.index(), call.state.settings.limits.answer_bytes
    return await call.ask(lambda: _page(index, asked, max_bytes))


def _page(index: Index, asked: types.Documents, max_bytes: int) -> dict[str, Any]:
    if asked.id:
        if asked.content or asked.after is not None or asked.prefix:
            raise QueryError(
                "id= asks which documents are there, and goes with nothing else; GET …/documents/{id} has one"
            )
        return {"ids": [name for name in dict.fromkeys(asked.id) if name in index], "cursor": None}
    if isinstance(index, Narrowed):
        return _seen_page(index, asked, max_bytes)
    searcher = index._searcher
    docs = searcher.live_docs(0 if asked.after is None else _behind(asked.after, searcher))
    page = _Page(searcher, asked.content, max_bytes)
    for looked_at, doc in enumerate(docs, 1):
        name = searcher.document_id(doc)
        if name.startswith(asked.prefix) and not page.took(doc, name):
            break
        page.last = doc, name
        if len(page.ids) >= asked.limit or looked_at >= MAX_LOOKED_AT:
            break
    else:
        page.last = None
    out: dict[str, Any] = {"ids": page.ids, "cursor": None if page.last is None else _cursor(*page.last)}
    return {**out, "documents": page.documents} if asked.content else out


def _seen_page(index: Narrowed, asked: types.Documents, max_bytes: int) -> dict[str, Any]:
    """A page of the documents that a key with a filter sees."""
    found = index.search(Everything(), asked.limit, sort="_score", after=asked.after)
    if asked.content and (fitting := num_that_fit(found, max_bytes)) < len(found):
        found = index.search(Everything(), fitting, sort="_score", after=asked.after)
    hits = [hit for hit in found if hit.id.startswith(asked.prefix)]
    out: dict[str, Any] = {"ids": [hit.id for hit in hits], "cursor": found.cursor}
    if not asked.content:
        return out
    return {**out, "documents": [document_as_json(dict(hit), index.schema) for hit in hits]}


class _Page:
    """What is on the page so far. last: the document that was looked at last; None: there are no more."""

    def __init__(self, searcher: Searcher, content: bool, max_bytes: int) -> None:
        self._searcher, self._content, self._left = searcher, content, max_bytes
        self.ids: list[str] = []
        self.documents: list[dict[str, Any]] = []
        self.last: tuple[int, str] | None = None

    def took(self, doc: int, name: str) -> bool:
        """Take a document; False if it is too large for what is left, and not the first."""
        if self._content:
            lines = self._searcher.lines([doc])
            self._left -= lines.num_bytes
            if self._left < 0 and self.ids:
                return False
            stored = self._searcher.decoded(doc, lines.line(0))
            self.documents.append(document_as_json(stored, self._searcher.schema))
        self.ids.append(name)
        return True


def _cursor(doc: int, name: str) -> str:
    text = json.dumps([doc, name], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _behind(cursor: str, searcher: Searcher) -> int:
    """The number behind that of the cursor's document, which may have moved since; CursorError."""
    try:
        doc, name = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, TypeError, RecursionError):
        doc = name = None
    if type(doc) is not int or not isinstance(name, str) or not 0 <= doc < 2**32:
        raise CursorError(
            f"after is the cursor of a page, got {cursor!r:.100}; leave it out for the first one"
        )
    found = searcher.number_of(name, doc)
    found = searcher.find(name) if found is None else found
    if found is None:
        raise CursorError(
            f"the cursor's page ended at {name!r:.100}, which is not in the index any more: begin with the "
            f"first page again"
        )
    return found + 1


async def terms(call: Call) -> dict[str, Any]:
    """A page of the terms of a field."""
    asked: types.Terms = call.query
    index: Index = await call.index()

    def answer() -> dict[str, Any]:
        key = asked.field, asked.prefix, asked.places
        found, after = call.state.walks.page(call.index_name, index, key, asked.after, asked.limit)
        return {"terms": [_term(one) for one in found], "after": after}

    return await call.ask(answer)


def _term(found: Any) -> dict[str, Any]:
    counted = {} if found.num_places is None else {"num_places": found.num_places}
    return {"term": found.term, "num_docs": found.num_docs, **counted}


async def schema(call: Call) -> dict[str, Any]:
    """The fields."""
    index: Index = await call.index()
    found = index.schema
    return {
        "fields": found.to_dict(),
        "fingerprint": fingerprint(found),
        "analyzers": {name: one.fingerprint for name, one in field_analyzers(found).items() if one},
        "generation": index.generation,
        "documents": len(index),
    }


async def holdings(call: Call) -> dict[str, Any]:
    """The folders that the index was made from."""
    index: Index = await call.index()
    return {"holdings": await call.ask(lambda: [one.as_dict() for one in holdings_of(index)])}


async def metadata(call: Call) -> dict[str, Any]:
    """What users keep with the index."""
    index: Index = await call.index()
    return dict(await call.ask(lambda: index.metadata))
