"""Whether a value of a facet is what somebody begins to type."""

from __future__ import annotations

import re
from collections.abc import Callable

_WORD = re.compile(r"\w+")


def begins_so(typed: str) -> Callable[[str], bool]:
    """Whether each typed word begins a word of the value, in whatever order; е stands for ё.

    Nothing typed: any value.
    """
    wanted = _words(typed)
    if not wanted and typed.strip():
        return lambda value: typed.strip() in value

    def matches(value: str) -> bool:
        words = _words(value)
        return all(any(word.startswith(one) for word in words) for one in wanted)

    return matches


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("ё", "е"))
