"""Refusals, as RFC 9457 has them: application/problem+json with type, title, status and detail.

An error of the library keeps its name: `type` is urn:searchlib:problem:QueryError, so that a client can raise
the same one.
"""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.responses import Response

from .. import errors

MEDIA_TYPE = "application/problem+json"
_PREFIX = "urn:searchlib:problem:"

_STATUS: tuple[tuple[type[Exception], int, str], ...] = (
    (errors.IndexNotFoundError, 404, "There is no such index"),
    (errors.IndexExistsError, 409, "There is such an index already"),
    (errors.LockError, 409, "Another writer holds the index"),
    (errors.SearchTimeout, 503, "The search took too long"),
    (errors.CursorError, 400, "The cursor is no place in this order"),
    (errors.UnknownFieldError, 400, "The index has no such field"),
    (errors.QueryTooComplex, 400, "The query is too large"),
    (errors.QueryError, 400, "The query cannot be answered"),
    (errors.FieldChangeError, 409, "The documents do not fit the change"),
    (errors.SchemaError, 400, "The schema cannot be"),
    (errors.DocumentError, 400, "A document does not fit the schema"),
    (errors.SourceError, 400, "The documents cannot be read"),
    (errors.AnalyzerMismatchError, 409, "The index was made with other dictionaries"),
    (errors.ShardUnavailableError, 503, "A shard of the collection does not answer"),
    (errors.ClusterError, 400, "A collection of several shards cannot do that"),
    (errors.SearchlibError, 500, "The index cannot be used"),
)


class Problem(msgspec.Struct, omit_defaults=True):
    """Why a request was refused. type: its kind; title: the kind in words; detail: what happened here.

    position: the code point of a query where it shows. field: which one it is about, where that is one.
    """

    type: str
    title: str
    status: int
    detail: str = ""
    position: int | None = None
    field: str | None = None


class ProblemError(Exception):
    """A refusal of the server's own."""

    def __init__(
        self,
        status: int,
        kind: str,
        title: str,
        detail: str,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.problem = Problem(_PREFIX + kind, title, status, detail, **more)
        self.headers = headers or {}


def no_document(document_id: str) -> ProblemError:
    """The refusal of what is asked of a document that there is not."""
    detail = f"no document has the id {document_id!r:.200}"
    return ProblemError(404, "DocumentNotFound", "There is no such document", detail)


def problem_of(error: Exception) -> ProblemError:
    """What a client is told of an error. One that is no refusal says nothing of the inside."""
    if isinstance(error, ProblemError):
        return error
    for kind, status, title in _STATUS:
        if isinstance(error, kind):
            position = getattr(error, "position", None)
            headers = {"Retry-After": "1"} if status in (409, 503) and not _is_for_good(error) else {}
            name = type(error).__name__
            return ProblemError(status, name, title, str(error), headers, position=position)
    if isinstance(error, ValueError):
        return ProblemError(400, "BadArgument", "A value cannot be", str(error))
    return ProblemError(500, "Failure", "The server failed", "an error that nobody foresaw; the log has it")


def within(place: str, error: Exception) -> Exception:
    """The same refusal, saying in which part of a request it was; what failed here is left as it is."""
    problem = problem_of(error)
    if problem.problem.status == 500:
        return error
    problem.problem.detail = f"{place}: {problem.problem.detail}"
    return problem


def _is_for_good(error: Exception) -> bool:
    """Whether asking again later cannot help."""
    return not isinstance(error, (errors.LockError, errors.SearchTimeout))


def response_of(error: ProblemError) -> Response:
    """The refusal as an answer."""
    return Response(
        msgspec.json.encode(error.problem),
        error.problem.status,
        headers={**error.headers, "Cache-Control": "no-store"},
        media_type=MEDIA_TYPE,
    )
