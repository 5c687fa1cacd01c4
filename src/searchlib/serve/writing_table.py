"""The operations that change indexes, and the one that copies them."""

from __future__ import annotations

from collections.abc import Sequence

from . import snapshots, writing
from .operations import Operation
from .requests import Adding, Creating, Deleting, Fields
from .responses import AddedOut, CommitOut, DeletedOut, DroppedOut, FieldsOut, IndexOut

_INDEX = "/v1/indexes/{index}"
_DOCUMENT = f"{_INDEX}/documents/{{id:path}}"
_LINES = ("application/x-ndjson", "application/jsonl", "application/json")

WRITES: Sequence[Operation] = (
    Operation(
        "POST",
        f"{_INDEX}/documents",
        "add_documents",
        "Add or update documents: a JSON object a line, an array or one object.",
        "write",
        writing.add_documents,
        AddedOut,
        query=Adding,
        upload=True,
        body_media_types=_LINES,
        tag="documents",
        problems=(400, 404, 408, 409, 413, 415, 503),
    ),
    Operation(
        "POST",
        f"{_INDEX}/documents/delete",
        "delete_documents",
        "Delete documents by their ids, or by a query.",
        "write",
        writing.delete_documents,
        DeletedOut,
        body=Deleting,
        tag="documents",
        problems=(400, 404, 409, 413, 415, 503),
    ),
    Operation(
        "PUT",
        _DOCUMENT,
        "put_document",
        "Add a document under this id, in place of the one that has it.",
        "write",
        writing.put_document,
        AddedOut,
        upload=True,
        tag="documents",
        problems=(400, 404, 408, 409, 413, 415, 503),
    ),
    Operation(
        "DELETE",
        _DOCUMENT,
        "delete_document",
        "Delete a document.",
        "write",
        writing.delete_document,
        DeletedOut,
        tag="documents",
        problems=(400, 404, 409, 503),
    ),
    Operation(
        "PUT",
        _INDEX,
        "create_index",
        "Make an index.",
        "admin",
        writing.create_index,
        IndexOut,
        body=Creating,
        status=201,
        tag="indexes",
        problems=(400, 403, 409, 413, 415),
    ),
    Operation(
        "DELETE",
        _INDEX,
        "drop_index",
        "Delete an index.",
        "admin",
        writing.drop_index,
        DroppedOut,
        tag="indexes",
        problems=(404, 409),
    ),
    Operation(
        "PATCH",
        f"{_INDEX}/fields",
        "change_fields",
        "Add, change and remove fields; readers see the old ones until all is done.",
        "admin",
        writing.change_fields,
        FieldsOut,
        body=Fields,
        tag="indexes",
        problems=(400, 404, 409, 413, 415),
    ),
    Operation(
        "POST",
        f"{_INDEX}/reindex",
        "reindex",
        "Write anew what other dictionaries made than those of today.",
        "admin",
        writing.reindex,
        FieldsOut,
        tag="indexes",
        problems=(400, 404, 409),
    ),
    Operation(
        "POST",
        f"{_INDEX}/merge",
        "merge",
        "Join all segments into one.",
        "admin",
        writing.merge,
        CommitOut,
        tag="indexes",
        problems=(404, 409, 503),
    ),
    Operation(
        "GET",
        f"{_INDEX}/snapshot",
        "get_snapshot",
        "Copy the index as of its last commit, as a tar that unpacks into an index.",
        "read",
        snapshots.snapshot,
        media_type=snapshots.MEDIA_TYPE,
        tag="indexes",
        problems=(404,),
    ),
)
