"""Refusals as these front ends know them: {message, code, type, link}, where others are RFC 9457's.

The codes are those that Meilisearch documents, so that a program that looks at them goes on working.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from starlette.responses import Response

from ..problems import ProblemError

if TYPE_CHECKING:
    from ..calls import Call

_LINK = "https://docs.meilisearch.com/errors#{code}"
_BY_STATUS = {
    401: ("missing_authorization_header", "auth"),
    403: ("invalid_api_key", "auth"),
    413: ("payload_too_large", "invalid_request"),
    415: ("invalid_content_type", "invalid_request"),
    429: ("too_many_search_requests", "system"),
    503: ("too_many_search_requests", "system"),
}
_BY_KIND = {
    "IndexNotFoundError": "index_not_found",
    "BadJson": "malformed_payload",
    "SearchTimeout": "internal",
}
_PLACE = re.compile(r" - at `\$(?P<around>(?:\.queries\[\d*(?:\.\.\.)?\])?)(?:\.(?P<name>\w+))?")
_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OWN_CODES = frozenset({"facetName", "facetQuery"})


class Refusal(msgspec.Struct):
    """Why a request was refused. code: which kind; type: whose fault; link: what Meilisearch says of it."""

    message: str
    code: str
    type: str
    link: str


class RefusedError(ProblemError):
    """A refusal with a code of its own."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(status, "InstantSearch", "The request cannot be answered", message)
        self.code = code


def refusal_of(error: ProblemError) -> Refusal:
    """Any refusal of the server in this shape."""
    problem = error.problem
    kind = problem.type.rpartition(":")[2]
    code, whose = _BY_STATUS.get(problem.status, ("internal" if problem.status >= 500 else "bad_request", ""))
    if isinstance(error, RefusedError):
        code = error.code
    elif kind == "BadRequest":
        code = _code_of_place(problem.detail)
    else:
        code = _BY_KIND.get(kind, code)
    if not whose or code == "internal":
        whose = "internal" if problem.status >= 500 else "invalid_request"
    return Refusal(problem.detail or problem.title, code, whose, _LINK.format(code=code))


def _code_of_place(detail: str) -> str:
    """The code of the parameter that is wrong, by what msgspec says of its place."""
    place = _PLACE.search(detail)
    if place is None or place["name"] is None:
        return "bad_request"
    return code_of(place["name"])


def code_of(parameter: str) -> str:
    """The code of a wrong value of a parameter: invalid_search_crop_length of cropLength."""
    snake = _WORDS.sub("_", parameter).lower()
    if parameter in _OWN_CODES:
        return f"invalid_facet_search_{snake}"
    if parameter in ("indexUid", "queries", "federation", "federationOptions"):
        return {"indexUid": "invalid_index_uid", "queries": "bad_request"}.get(
            parameter, f"invalid_multi_search_{snake}"
        )
    return f"invalid_search_{snake}"


def respond(call: Call, error: ProblemError) -> Response:
    """The refusal as an answer."""
    return Response(
        msgspec.json.encode(refusal_of(error)),
        error.problem.status,
        headers={**error.headers, "Cache-Control": "no-store"},
        media_type="application/json",
    )
