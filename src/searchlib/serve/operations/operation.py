"""What the server can do: each Operation is a route, what it takes, what it gives, and who may ask for it.

The table of all of them makes the application and its OpenAPI document, so that neither can say other things
than the other.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Literal

from ...records import Record
from ..problems import Problem, response_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..problems import ProblemError

Scope = Literal["public", "search", "read", "write", "admin"]
"""What a key must allow; "public" needs none."""


class Operation(Record):
    """One thing that a client may ask for.

    method, path: where, with {names} of parts of the path. summary: one line of documentation.
    query, body, answer: the types of the query string, of the JSON body, and of what is given.
    any_parameters: whether a query string without a type of it is let through, and not refused.
    tag: the group that it is listed in. cacheable: whether an answer stays true until the next commit.
    upload: its body is read by the handler, as it comes. problems: the statuses of its refusals.
    also: further scopes, each of which is enough.
    for_tenants: whether a key with a filter may ask: its handler sees documents by `call.index` and
    `call.catalogue` alone. handler: is given the Call. refused, refusal: how a refusal is answered, and the
    type of what is said. listed: whether the OpenAPI document has it.
    """

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    name: str
    summary: str
    scope: Scope
    handler: Callable[[Any], Awaitable[Any]]
    answer: Any = None
    query: type | None = None
    body: Any = None
    any_parameters: bool = False
    upload: bool = False
    status: int = 200
    tag: str = "search"
    media_type: str = "application/json"
    body_media_types: tuple[str, ...] = ("application/json",)
    cacheable: bool = False
    also: tuple[Scope, ...] = ()
    for_tenants: bool = False
    problems: tuple[int, ...] = (400,)
    refused: Callable[[Any, ProblemError], Response] = lambda call, error: response_of(error)
    refusal: Any = Problem
    listed: bool = True

    def with_body(self, summary: str, body: Any) -> Operation:
        """The same question by a JSON body."""
        return self.replace(
            method="POST",
            name=f"{self.name}_with_body",
            summary=summary,
            query=None,
            body=body,
            cacheable=False,
            problems=tuple(sorted({*self.problems, 413, 415})),
        )
