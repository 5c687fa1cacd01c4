"""What changes an index: documents, fields, whole indexes. A 200 means that it is durable and visible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...maintenance import drop
from ...schema import Schema
from ..problems import ProblemError
from ..types import requests
from ..types.reading import decoded
from . import jobs
from .schema_changes import LOCK_SECONDS, fields_of, told
from .spool import spooled

if TYPE_CHECKING:
    from ...index import Index
    from ..calls import Call


async def add_documents(call: Call) -> dict[str, Any]:
    """Add or update the documents of an upload."""
    asked: requests.Adding = call.query
    call.check_type()
    queue = call.state.queue(call.index_name)
    upload = await spooled(call.pieces(call.state.settings.limits.upload_bytes))
    return await queue.do(jobs.AddDocuments(upload, asked.mode, asked.on_refused))


async def put_document(call: Call) -> dict[str, Any]:
    """Add one document under the id of the path."""
    document_id = call.request.path_params["id"]
    queue = call.state.queue(call.index_name)
    call.check_type()
    document = decoded(await call.whole_body(), dict[str, Any])
    if document.setdefault("id", document_id) != document_id:
        detail = f"the path has {document_id!r:.100}, and the document {document['id']!r:.100}"
        raise ProblemError(400, "BadRequest", "Two ids for one document", detail)
    return await queue.do(jobs.AddDocuments(jobs.upload_of(document), "replace", "refuse"))


async def delete_document(call: Call) -> dict[str, Any]:
    """Delete one document."""
    return await call.state.queue(call.index_name).do(jobs.DeleteDocuments([call.request.path_params["id"]]))


async def delete_documents(call: Call) -> dict[str, Any]:
    """Delete documents by their ids, or by a query."""
    asked: requests.Deleting = call.body
    queue = call.state.queue(call.index_name)
    if (asked.ids is None) == (asked.query is None):
        raise ProblemError(400, "BadRequest", "What is to be deleted?", "give ids or a query: one of the two")
    if asked.query is not None:
        return await queue.do(jobs.DeleteMatches(asked.query))
    return await queue.do(jobs.DeleteDocuments(asked.ids or []))


async def merge(call: Call) -> dict[str, Any]:
    """Join all segments."""
    return await call.state.queue(call.index_name).do(jobs.Merge())


async def reindex(call: Call) -> dict[str, Any]:
    """Write anew what other dictionaries made."""

    def done(index: Index) -> dict[str, Any]:
        change = index.reindex(timeout=LOCK_SECONDS)
        return {"fields": index.schema.to_dict(), "generation": index.generation, **told(change)}

    return dict(await call.state.queue(call.index_name).alone(done))


async def create_index(call: Call) -> dict[str, Any]:
    """Make an index; without fields, its first documents say what they are."""
    asked: requests.Creating = call.body
    schema = None if asked.fields is None else Schema(**fields_of(asked.fields))
    return await call.ask(lambda: call.state.catalogue.create(call.index_name, schema))


async def drop_index(call: Call) -> dict[str, Any]:
    """Delete an index."""
    catalogue = call.state.catalogue
    name = call.index_name
    folder = catalogue.folder(name)

    def dropped(index: Index) -> dict[str, Any]:
        catalogue.forget(name)
        return {"dropped": name, "left": drop(folder, timeout=LOCK_SECONDS)}

    return dict(await call.state.queue(name).alone(dropped))
