"""A 304 where nothing changed: an answer stays true until the index has another commit.

The tag of an answer names the commit, the question, and who asked it, so that no key is given what another
one was answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from ..index import Index
    from .calls import Call

_KNOWN = b"if-none-match"
_64_BITS = (1 << 64) - 1


async def tag_of(call: Call) -> str:
    """The ETag of what a call will be answered, made before the answer: a later commit makes another one.

    Only where the client has an answer already, the disk is asked whether there is a later commit.
    """
    index: Index = await call.index()
    has_answer = _KNOWN in call.headers
    generation = await call.ask(lambda: index.generation) if has_answer else index.shown_generation
    state, scope, key = call.state, call.request.scope, call.key
    asked = (scope["path"], scope["query_string"], key.digest, key.filter)
    question = hash((state.nonce, state.catalogue.serial(call.index_name), generation, asked)) & _64_BITS
    return f'W/"{generation:x}-{state.nonce}-{question:x}"'


def is_known(call: Call, tag: str) -> bool:
    """Whether the client has that answer."""
    given = call.headers.get(_KNOWN)
    if given is None:
        return False
    bare = tag.removeprefix("W/")
    tags = given.decode("latin-1").strip()
    return tags == "*" or bare in (each.strip().removeprefix("W/") for each in tags.split(","))


def mark(call: Call, response: Response, tag: str | None) -> Response:
    """Say for how long an answer holds, and for whom."""
    headers = response.raw_headers
    if any(name == b"cache-control" for name, _ in headers):
        return response  # its handler knows better
    if tag is None or response.status_code not in (200, 304):
        headers.append((b"cache-control", b"no-store"))
        return response
    headers.append((b"etag", tag.encode()))
    if len(call.state.keys):
        headers.append((b"cache-control", b"private, no-cache"))
        response.headers.add_vary_header("Authorization")
        response.headers.add_vary_header("X-API-Key")
    else:
        headers.append((b"cache-control", b"no-cache"))
    return response
