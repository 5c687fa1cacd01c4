"""The operations of the page: they answer people, in HTML, and are no part of the API's document."""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import Response

from ..operations.operation import Operation
from ..problems import ProblemError
from .address import Asked
from .assets import static
from .elsewhere import elsewhere
from .finding import find
from .framing import frame, speaker_of
from .offering import offer_of
from .reading import find_document, shown_document
from .refusing import refused
from .rendering import page
from .showing import shown_elsewhere, shown_results

if TYPE_CHECKING:
    from ..calls import Call


async def search_page(call: Call) -> Response:
    """The page, or with `partial` what of it changes with each key stroke."""
    asked = _with_index(call, call.query)
    if not asked.index:
        raise ProblemError(404, "IndexNotFoundError", "There is no index", "this server serves no index")
    index, speaker = await call.index(asked.index), speaker_of(call, asked)
    seconds = call.state.settings.limits.search_seconds

    def answer() -> dict[str, Any]:
        offer = offer_of(index, seconds)
        found = find(index, asked, offer, seconds)
        context = shown_results(index, asked, offer, found, speaker)
        others = elsewhere(call.catalogue, asked, found.results)
        context["elsewhere"] = shown_elsewhere(others, asked, speaker)
        context["command"] = _command(call, asked.index)
        return context

    context = await call.ask(answer)
    template = "results.html" if asked.partial else "search.html"
    return page(template, frame(call, asked, speaker) | context)


async def document_page(call: Call) -> Response:
    """A document, opened at a match."""
    asked = _with_index(call, call.query)
    index, speaker = await call.index(asked.index), speaker_of(call, asked)
    seconds = call.state.settings.limits.search_seconds

    def answer() -> dict[str, Any] | None:
        hit = find_document(index, asked, seconds)
        if hit is None:
            return None
        return shown_document(index, hit, asked, offer_of(index, seconds), speaker)

    context = await call.ask(answer)
    if context is None:
        said = speaker.t
        raise ProblemError(404, "DocumentNotFound", said["no_document"], said["no_document_tip"])
    template = "reading.html" if asked.partial else "document.html"
    return page(template, frame(call, asked, speaker) | context)


def _command(call: Call, name: str) -> str:
    """What puts documents into an index. Where it is, is nothing for those who need a key."""
    folder = "DIR"
    if not call.state.settings.keys:
        with contextlib.suppress(ProblemError):
            folder = shlex.quote(call.state.catalogue.folder(name))
    return f"searchlib index ~/Documents --index {folder}"


def _with_index(call: Call, asked: Asked) -> Asked:
    if asked.index:
        return asked
    return msgspec.structs.replace(asked, index=next(iter(call.catalogue), ""))


_HTML: dict[str, Any] = {
    "query": Asked,
    "tag": "page",
    "media_type": "text/html",
    "listed": False,
    "refused": refused,
    "for_tenants": True,
}

PAGE: Sequence[Operation] = (
    Operation("GET", "/", "page", "The page to search with.", "search", search_page, **_HTML),
    Operation(
        "GET", "/document", "document_page", "A document, opened at a match.", "read", document_page, **_HTML
    ),
    Operation(
        "GET",
        "/static/{file}",
        "static",
        "A file of the page.",
        "public",
        static,
        any_parameters=True,
        tag="page",
        listed=False,
    ),
)
