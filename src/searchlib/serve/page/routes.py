"""The operations of the page: they answer people, in HTML, and are no part of the API's document."""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec
from starlette.responses import Response

from ..operations import Operation
from ..problems import ProblemError
from .address import MAX_TYPED, Asked, search_address
from .assets import static
from .elsewhere import elsewhere
from .finding import find
from .messages import LANGUAGES
from .offering import offer_of
from .reading import find_document, shown_document
from .rendering import page
from .showing import shown_elsewhere, shown_results
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
        found = find(index, asked, offer, seconds)
        context = shown_results(index, asked, offer, found, speaker)
        others = elsewhere(call.catalogue, asked, found.results)
        context["elsewhere"] = shown_elsewhere(others, asked, speaker)
        context["command"] = _command(call, asked.index)
        return context

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
    asked, wrong = (call.query, []) if isinstance(call.query, Asked) else _what_can_be_read(call)
    problem, speaker = error.problem, _speaker(call, asked)
    titles = {401: "key_needed", 403: "key_needed", 503: "busy", 429: "busy"}
    title = "bad_address" if wrong else titles.get(problem.status)
    names = [asked.index]
    if problem.status in (400, 404):
        names = list(call.catalogue)
    elif problem.status in (401, 403):
        names = []
    context = _frame(call, asked, speaker, names) | {
        "title": speaker.t[title] if title else problem.title,
        "detail": _detail(title, wrong, problem.detail, speaker),
        "asks_for_key": problem.status in (401, 403),
        "key_was_wrong": problem.status == 401 and "authorization" in call.request.headers,
        "scope_wanted": call.operation.scope if problem.status == 403 else "",
        "status": problem.status,
        "home": search_address(Asked(index=asked.index if asked.index in names else "", lang=asked.lang)),
        "has_results": asked.index in ("", *names)
        and bool(asked.q or asked.is_narrowed)
        and not _is_to_blame(error),
    }
    template = "refusal.html" if asked.partial else "refused.html"
    return page(template, context, problem.status, **(error.headers | {"Cache-Control": "no-store"}))


def _detail(title: str | None, wrong: list[str], detail: str, speaker: Speaker) -> str:
    if title == "bad_address":
        return speaker.t["bad_address_tip"].replace("{said}", ", ".join(one[:100] for one in wrong))
    return speaker.t["busy_tip"] if title == "busy" else "" if title else detail


def _is_to_blame(error: ProblemError) -> bool:
    """Whether the search itself cannot be, so that its results are no place to go back to."""
    return error.problem.status == 400 and not error.problem.type.endswith("BadRequest")


def _what_can_be_read(call: Call) -> tuple[Asked, list[str]]:
    """Of an address that is not as it must be: what is, and what is not, as it stands there."""
    given = call.request.query_params
    wrong, good = [], {}
    for name, field in {one.encode_name: one for one in msgspec.structs.fields(Asked)}.items():
        values = given.getlist(name)
        if not values:
            continue
        is_list = isinstance(field.default_factory, type)
        try:
            good[field.name] = msgspec.convert(values if is_list else values[-1], field.type, strict=False)
        except msgspec.ValidationError:
            wrong += [f"{name}={value}" for value in values]
    return Asked(**good), wrong


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
        "most": MAX_TYPED,
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
        tag="page",
        listed=False,
    ),
)
