"""The operations of the page: they answer people, in HTML, and are no part of the API's document."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec
from starlette.responses import Response

from ..operations import Operation
from ..problems import ProblemError
from .address import Asked, search_address
from .assets import static
from .finding import find
from .messages import LANGUAGES
from .offering import offer_of
from .reading import find_document, shown_document
from .rendering import page
from .showing import shown_results
from .speaking import Speaker, language_of

if TYPE_CHECKING:
    from ..calls import Call


async def search_page(call: Call) -> Response:
    """The page, or with `partial` what of it changes with each key stroke."""
    asked = _with_index(call, call.query)
    if not asked.index:
        raise ProblemError(404, "IndexNotFoundError", "There is no index", "this server serves no index")
    index, speaker = await call.index(asked.index), _speaker(call, asked)
    seconds = call.state.settings.limits.search_seconds

    def answer() -> dict[str, Any]:
        offer = offer_of(index, seconds)
        return shown_results(index, asked, offer, find(index, asked, offer, seconds), speaker)

    context = await call.ask(answer)
    template = "results.html" if asked.partial else "search.html"
    return page(template, _frame(call, asked, speaker) | context)


async def document_page(call: Call) -> Response:
    """A document, opened at a match."""
    asked = _with_index(call, call.query)
    index, speaker = await call.index(asked.index), _speaker(call, asked)
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
    return page(template, _frame(call, asked, speaker) | context)


def refused(call: Call, error: ProblemError) -> Response:
    """A refusal as a page of its own; with status and headers as the API has them."""
    asked = call.query if isinstance(call.query, Asked) else _what_can_be_read(call)
    problem, speaker = error.problem, _speaker(call, asked)
    titles = {401: "key_needed", 403: "key_needed", 503: "busy", 429: "busy"}
    title = titles.get(problem.status)
    names = [] if problem.status in (401, 403) else [asked.index]
    context = _frame(call, asked, speaker, names) | {
        "title": speaker.t[title] if title else problem.title,
        "detail": speaker.t["busy_tip"] if title == "busy" else "" if title else problem.detail,
        "asks_for_key": problem.status in (401, 403),
        "key_was_wrong": "authorization" in call.request.headers,
        "status": problem.status,
        "home": search_address(Asked(lang=asked.lang)),
    }
    template = "refusal.html" if asked.partial else "refused.html"
    return page(template, context, problem.status, **(error.headers | {"Cache-Control": "no-store"}))


def _what_can_be_read(call: Call) -> Asked:
    """Of an address that is not as it must be: the language, and whether it is a part of a page."""
    given = call.request.query_params
    return Asked(lang=given.get("lang", ""), partial=given.get("partial") == "1")


def _with_index(call: Call, asked: Asked) -> Asked:
    if asked.index:
        return asked
    return msgspec.structs.replace(asked, index=next(iter(call.catalogue), ""))


def _speaker(call: Call, asked: Asked) -> Speaker:
    return Speaker(language_of(asked.lang, call.request.headers.get("accept-language", "")))


def _frame(call: Call, asked: Asked, speaker: Speaker, names: list[str] | None = None) -> dict[str, Any]:
    """What every page is given."""
    others = [code for code in LANGUAGES if code != speaker.language]
    here = call.request.url.path
    parameters = [
        (name, value) for name, value in call.request.query_params.multi_items() if name != "partial"
    ]
    return {
        "asked": asked,
        "t": SimpleNamespace(**speaker.t),
        "lang": speaker.language,
        "indexes": list(call.catalogue) if names is None else names,
        "languages": [(code, LANGUAGES[code], _in_language(here, parameters, code)) for code in others],
        "back": search_address(asked),
        "start": search_address(Asked(index=asked.index, lang=asked.lang)),
        "kept": [("lang", asked.lang)] if asked.lang else [],
    }


def _in_language(path: str, parameters: list[tuple[str, str]], code: str) -> str:
    kept = [(name, value) for name, value in parameters if name != "lang"]
    return f"{path}?{urlencode([*kept, ('lang', code)], errors='replace')}"


PAGE: Sequence[Operation] = (
    Operation(
        "GET",
        "/",
        "page",
        "The page to search with.",
        "search",
        search_page,
        query=Asked,
        tag="page",
        media_type="text/html",
        listed=False,
        refused=refused,
        for_tenants=True,
    ),
    Operation(
        "GET",
        "/document",
        "document_page",
        "A document, opened at a match.",
        "read",
        document_page,
        query=Asked,
        tag="page",
        media_type="text/html",
        listed=False,
        refused=refused,
        for_tenants=True,
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
