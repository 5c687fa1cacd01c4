"""Changes of several kinds in one commit: documents that come, change and go, in their order."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from ...errors import DocumentError, QueryError
from .jobs import Job, RefusedDocuments
from .spool import Line, documents, spooled

if TYPE_CHECKING:
    from ...index import Index
    from ...indexing.writer import IndexWriter
    from ..calls import Call

_KINDS = "add, update, delete, delete_by_query"


async def change_documents(call: Call) -> dict[str, Any]:
    """Do what the lines of an upload say, or nothing of it."""
    call.check_type()
    queue = call.state.queue(call.index_name)
    upload = await spooled(call.pieces(call.state.settings.limits.upload_bytes))
    return await queue.do(Changes(upload))


class Changes(Job):
    """An object a line: {"add": document}, {"update": fields}, {"delete": id}, {"delete_by_query": query}."""

    def __init__(self, upload: IO[bytes]) -> None:
        self._upload = upload

    def run(self, writer: IndexWriter, index: Index) -> dict[str, Any]:
        """Do all of it; the first line that cannot be done is a DocumentError or QueryError that names it."""
        counts = {"added": 0, "updated": 0, "deleted": 0}
        for line in documents(self._upload):
            try:
                self._do(writer, line, counts)
            except QueryError as error:
                raise type(error)(f"line {line.number}: {error}", error.position) from None
            except DocumentError as error:
                refused = {"line": line.number, "detail": str(error)[:1000]}
                raise RefusedDocuments([refused], 1) from None
        return counts

    def _do(self, writer: IndexWriter, line: Line, counts: dict[str, int]) -> None:
        if line.document is None:
            raise DocumentError(line.error)
        if len(line.document) != 1:
            raise DocumentError(f"a change is an object of one of {_KINDS}, got {len(line.document)} names")
        ((kind, what),) = line.document.items()
        if kind == "add" and isinstance(what, dict):
            writer.add(what)
            counts["added"] += 1
        elif kind == "update" and isinstance(what, dict) and what.get("id") is not None:
            writer.update(what["id"], **{name: value for name, value in what.items() if name != "id"})
            counts["updated"] += 1
        elif kind == "delete" and isinstance(what, str):
            counts["deleted"] += writer.delete(what)
        elif kind == "delete_by_query" and isinstance(what, str):
            counts["deleted"] += writer.delete_by_query(what)
        else:
            raise DocumentError(
                f'a change is {{"add": {{…}}}}, {{"update": {{"id": …}}}}, {{"delete": "id"}} or '
                f'{{"delete_by_query": "…"}}; got {kind!r:.100}'
            )

    def close(self) -> None:
        """The upload."""
        self._upload.close()
