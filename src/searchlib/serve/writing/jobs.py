"""What may be written in one go: documents that come and go. Each job changes all that it says, or nothing.

A job may run several times: where one of a group fails, the others are done again without it.
"""

from __future__ import annotations

import io
import itertools
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import IO, TYPE_CHECKING, Any, ClassVar, Literal

import msgspec

from ...errors import DocumentError
from ...sources.appearing import Appearing, schema_for
from ...sources.inference import SAMPLE_ROWS
from ..problems import Problem, ProblemError
from .spool import Line, documents

if TYPE_CHECKING:
    from ...index import Index
    from ...indexing.writer import IndexWriter

Mode = Literal["replace", "update"]
OnRefused = Literal["refuse", "skip"]

_MAX_NAMED = 100
"""Refused documents that are named in an answer; all are counted."""


class RefusedDocuments(ProblemError):
    """Documents that the index does not take, so that nothing was written."""

    def __init__(self, refused: list[dict[str, Any]], number: int) -> None:
        first = refused[0]
        where = f"the first, in line {first['line']}: {first['detail']}"
        detail = f"nothing was written: {number:,} refused; {where}"
        super().__init__(400, "DocumentError", "Documents do not fit the index", detail)
        self.problem = RefusedProblem(
            **{name: getattr(self.problem, name) for name in Problem.__struct_fields__}, refused=refused
        )


class RefusedProblem(Problem, omit_defaults=True):
    """With the documents that were refused, the first hundred of them."""

    refused: list[dict[str, Any]] = msgspec.field(default_factory=list)


class Job(ABC):
    """One thing to write. commits: whether it does so itself, so that no other shares its commit."""

    commits: ClassVar[bool] = False

    def prepare(self, index: Index) -> None:  # noqa: B027 (most have nothing to do)
        """What comes before a writer is there."""

    @abstractmethod
    def run(self, writer: IndexWriter, index: Index) -> dict[str, Any]:
        """Do it, without a commit; what is answered once that is done."""

    def close(self) -> None:  # noqa: B027 (most hold nothing)
        """Let go of what it holds."""


class AddDocuments(Job):
    """Documents of an upload.

    mode: "replace" takes each as the whole document of its id, "update" changes the fields that it has.
    on_refused: "refuse" writes nothing where one is refused, "skip" leaves those out.
    """

    def __init__(self, upload: IO[bytes], mode: Mode, on_refused: OnRefused) -> None:
        self._upload, self._mode, self._on_refused = upload, mode, on_refused

    def prepare(self, index: Index) -> None:
        """An index that waits for its first documents gets the schema of these."""
        if index.schema_is_open and self._mode == "replace":
            head = itertools.islice(documents(self._upload), SAMPLE_ROWS)
            schema = schema_for(line.document for line in head if line.document is not None)
            if schema is not None and schema != index.schema:
                index.replace_schema(schema, inferred=True)

    def run(self, writer: IndexWriter, index: Index) -> dict[str, Any]:
        """Add them, or change those that are there."""
        lines = documents(self._upload)
        appearing = self._appearing(writer, index)
        if appearing is not None:
            head = list(itertools.islice(lines, SAMPLE_ROWS))
            appearing.meet(line.document for line in head if line.document is not None)
            lines = itertools.chain(head, lines)
        written = num_refused = 0
        refused: list[dict[str, Any]] = []
        ids: list[str] = []
        for line in lines:
            try:
                document_id = self._write(writer, appearing, line)
            except DocumentError as error:
                num_refused += 1
                if len(refused) < _MAX_NAMED:
                    refused.append(_refused(line, error))
                continue
            written += 1
            if line.document is not None and len(ids) < 10_000 and _is_made(document_id, line.document):
                ids.append(document_id)
        if refused and self._on_refused == "refuse":
            raise RefusedDocuments(refused, num_refused)
        answer: dict[str, Any] = {"written": written, "num_refused": num_refused, "refused": refused}
        if ids:
            answer["ids"] = ids
        if appearing is not None:
            answer["new_fields"] = {name: field.kind for name, field in appearing.grown.items()}
            answer["left_out"] = dict(appearing.left_out)
            if appearing.put_elsewhere:
                answer["put_elsewhere"] = dict(appearing.put_elsewhere)
        return answer

    def _appearing(self, writer: IndexWriter, index: Index) -> Appearing | None:
        """Where the schema was inferred, it grows by the fields that come."""
        if self._mode == "update" or not index.schema_is_inferred:
            return None
        return Appearing(writer)

    def _write(self, writer: IndexWriter, appearing: Appearing | None, line: Line) -> str:
        document = line.document
        if document is None:
            raise DocumentError(line.error)
        if self._mode == "replace":
            return writer.add(document) if appearing is None else appearing.add(document)
        fields = {name: value for name, value in document.items() if name != "id"}
        if document.get("id") is None:
            raise DocumentError("an update names the document by its id")
        writer.update(document["id"], **fields)
        return str(document["id"])

    def close(self) -> None:
        """The upload."""
        self._upload.close()


def _is_made(document_id: str, document: Mapping[str, Any]) -> bool:
    """Whether the id was made, and is not one that was given: an empty string and an object are none."""
    given = document.get("id")
    return given is None or str(given) != document_id


def _refused(line: Line, error: DocumentError) -> dict[str, Any]:
    named = (
        {} if line.document is None or "id" not in line.document else {"id": str(line.document["id"])[:200]}
    )
    return {"line": line.number, **named, "detail": str(error)[:1000]}


class DeleteDocuments(Job):
    """Documents by their ids; those that are not there are not missed."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = list(ids)

    def run(self, writer: IndexWriter, index: Index) -> dict[str, Any]:
        """Delete them."""
        return {"deleted": sum(map(writer.delete, self._ids))}


class DeleteMatches(Job):
    """All documents that a query finds."""

    def __init__(self, query: str) -> None:
        self._query = query

    def run(self, writer: IndexWriter, index: Index) -> dict[str, Any]:
        """Delete them."""
        return {"deleted": writer.delete_by_query(self._query)}


class Merge(Job):
    """All segments into one."""

    commits = True

    def run(self, writer: IndexWriter, index: Index) -> dict[str, Any]:
        """Join them; this commits."""
        writer.merge()
        return {}


def upload_of(document: dict[str, Any]) -> IO[bytes]:
    """An upload of one document."""
    return io.BytesIO(msgspec.json.encode(document))
