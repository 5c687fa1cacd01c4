"""What comes with an answer that found nothing, or has a word that is nowhere: reasons, and what was meant.

Also how much other indexes have. All of it is extra: if its time is over, the answer stands without.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from searchlib.errors import SearchlibError, SearchTimeout

from .asking import how, seconds_left

if TYPE_CHECKING:
    from searchlib import Index, Results

    from .answers import Answer
    from .catalog import Catalog

_MAX_SUGGESTIONS, _MAX_REASONS = 3, 4


def help_on(answer: Answer, index: Index, results: Results, asked: Mapping[str, Any]) -> None:
    """Add suggestions where a word of the query is nowhere, and reasons where nothing was found."""
    query, fields = asked["query"], asked["fields"] or None
    try:
        suggestions = (
            index.suggest(query, _MAX_SUGGESTIONS, fields=fields, timeout=seconds_left(asked))
            if results.has_missing_words
            else []
        )
        answer.help_on(
            "suggestions",
            [{"query": each.query, "reason": each.reason} for each in suggestions],
            _MAX_SUGGESTIONS,
        )
        if not results.total:
            reasons = index.why_nothing(
                query, fields=fields, filter=asked["filter"] or None, timeout=seconds_left(asked)
            )
            answer.help_on("reasons", [str(reason) for reason in reasons], _MAX_REASONS)
    except SearchTimeout:
        answer.help_on("notes", ["there was no time left to look for what may have been meant"], 1)


def elsewhere(catalog: Catalog, name: str, asked: Mapping[str, Any]) -> dict[str, int]:
    """How many documents of the other indexes match, where any do; those that cannot be asked are left
    out."""
    found: dict[str, int] = {}
    for other, served in catalog.items():
        if other != name:
            try:
                index = served.current()
                total = index.search(
                    asked["query"], 0, timeout=seconds_left(asked), strict=True, **how(catalog, asked)
                ).total
            except (SearchlibError, OSError):
                continue
            if total:
                found[other] = total
    return found
