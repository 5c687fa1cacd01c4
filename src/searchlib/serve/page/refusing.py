"""Refusals as pages: what cannot be and why, a key that is asked for, and a way on that keeps the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from starlette.responses import Response

from ..problems import Problem, ProblemError
from .address import Asked, search_address
from .framing import frame, speaker_of
from .messages import OF_THE_LIBRARY
from .rendering import page
from .speaking import Speaker

if TYPE_CHECKING:
    from ..calls import Call


def refused(call: Call, error: ProblemError) -> Response:
    """A refusal as a page of its own; with status and headers as the API has them."""
    asked, wrong = (call.query, []) if isinstance(call.query, Asked) else _what_can_be_read(call)
    problem, speaker = error.problem, speaker_of(call, asked)
    titles = {401: "key_needed", 403: "key_needed", 503: "busy", 429: "busy"}
    title = "bad_address" if wrong else titles.get(problem.status)
    is_told_by_page = problem.title in speaker.t.values()
    names = [asked.index]
    if problem.status in (400, 404):
        names = list(call.catalogue)
    elif problem.status in (401, 403):
        names = []
    context = frame(call, asked, speaker, names) | {
        "title": speaker.t[title] if title else _title(problem, speaker),
        "detail": _detail(title, wrong, problem.detail, speaker),
        "language_of_detail": speaker.language if title or is_told_by_page else OF_THE_LIBRARY,
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


def _title(problem: Problem, speaker: Speaker) -> str:
    """What went wrong, in the language of the page: in English as the API has it, which says more."""
    if speaker.language == OF_THE_LIBRARY or problem.title in speaker.t.values():
        return problem.title
    return speaker.t.get(f"wrong_{problem.status}", speaker.t["wrong"])


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
