"""Stored values as an agent gets them: clean, and cut where a reader would cut.

What a document says is data. Control characters, reversals of direction and the invisible letters of
Unicode's tags, in which instructions can be hidden from people, are taken out here.
"""

from __future__ import annotations

import re
from typing import Any

from searchlib.highlight import printable

from .budget import fitting
from .refusals import shortened

_TAGS = re.compile("[\U000e0000-\U000e007f]")
_END_OF_LINE = re.compile(r"\n+")
_END_OF_SENTENCE = re.compile(r"[.!?…][»”\"')\]]*\s+")
_END_OF_WORD = re.compile(r"\s+")
_MIDNIGHT = "T00:00:00+00:00"
_MIN_SHARE = 0.6
"""So much of what there is room for is kept, where it ends at a line's, a sentence's or a word's end."""


def clean(text: str) -> str:
    """The text without what people do not see and programs may act on."""
    text = printable(text)
    return text if text.isascii() else _TAGS.sub("", text)


def text_of(value: Any) -> str:
    """A field's text as its offsets count: a list's values joined by line breaks."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "\n".join(map(str, value))
    return str(value)


def plain(value: Any, length: int) -> Any:
    """A value as JSON has it, its texts clean and no longer than that."""
    if isinstance(value, dict):
        return {name: plain(one, length) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        kept: list[Any] = []
        for one in value:
            length -= len(str(one))
            if length < 0:
                return [*kept, "…"]
            kept.append(plain(one, len(str(one))))
        return kept
    if isinstance(value, (bool, int, float)) or value is None:
        return value
    text = value.isoformat().removesuffix(_MIDNIGHT) if hasattr(value, "isoformat") else str(value)
    return shortened(clean(text), max(length, 1))


def passage(text: str, start: int, room: int) -> int:
    """Where a passage ends that begins there and costs no more than that, in hundredths of a token.

    At the end of a line, of a sentence or of a word, where one is near; after one character at least, if
    there is any.
    """
    end = fitting(text, start, room)
    if end >= len(text):
        return len(text)
    if end <= start:
        return min(start + 1, len(text))
    least = start + int((end - start) * _MIN_SHARE)
    for border in (_END_OF_LINE, _END_OF_SENTENCE, _END_OF_WORD):
        ends = [found.end() for found in border.finditer(text, least, end) if found.end() > start]
        if ends:
            return ends[-1]
    return end


def beginning_near(text: str, offset: int, context: int) -> int:
    """Where to begin, so that what stands at the offset has that many characters before it, or a line's or
    sentence's beginning."""
    least = max(offset - context, 0)
    if least == 0:
        return 0
    for border in (_END_OF_LINE, _END_OF_SENTENCE, _END_OF_WORD):
        if found := border.search(text, least, offset):
            return found.end()
    return least
