"""What every page is given: the indexes, the languages, the words, and the way back."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from .address import MAX_TYPED, Asked, search_address
from .messages import LANGUAGES
from .speaking import Speaker, language_of

if TYPE_CHECKING:
    from ..calls import Call


def speaker_of(call: Call, asked: Asked) -> Speaker:
    """Who says things in the language of a request."""
    return Speaker(language_of(asked.lang, call.request.headers.get("accept-language", "")))


def frame(call: Call, asked: Asked, speaker: Speaker, names: list[str] | None = None) -> dict[str, Any]:
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
