"""Which words of a long text are shown: so many, around the matches that stand closest together."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD, _OF_WORD = re.compile(r"\w+"), re.compile(r"\w")
_WORD_CHARACTERS = 12
"""Of a word and what stands around it: the stretch in which matches are together."""


def cropped(text: str, spans: Sequence[tuple[int, int]], words: int) -> tuple[int, int]:
    """The start and the end of at most `words` words of a text, with as many matches as there may be."""
    first, last = _densest(spans, words * _WORD_CHARACTERS)
    start, end = _whole_words(text, *(spans[first][0], spans[last][1]) if spans else (0, 0))
    inside = [match.end() for match in _WORD.finditer(text, start, end)]
    if len(inside) > words:
        return _with_edges(text, start, inside[words - 1])
    left = words - len(inside)
    before = _before(text, start, left)
    after = _after(text, end, left)
    num_before = min(len(before), max(left // 2, left - len(after))) if spans else 0
    num_after = min(len(after), left - num_before)
    if num_before:
        start = before[-num_before]
    if num_after:
        end = after[num_after - 1]
    return _with_edges(text, start, end)


def _densest(spans: Sequence[tuple[int, int]], size: int) -> tuple[int, int]:
    """The first and the last of the most matches within so many characters; the first such."""
    best = (0, 0)
    last = 0
    for first, (start, _) in enumerate(spans):
        last = max(last, first)
        while last + 1 < len(spans) and spans[last + 1][1] - start <= size:
            last += 1
        if last - first > best[1] - best[0]:
            best = (first, last)
    return best


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The same stretch, not beginning or ending within a word."""
    while start > 0 and _OF_WORD.match(text, start - 1) and _OF_WORD.match(text, start):
        start -= 1
    while 0 < end < len(text) and _OF_WORD.match(text, end - 1) and _OF_WORD.match(text, end):
        end += 1
    return start, end


def _before(text: str, start: int, wanted: int) -> list[int]:
    """Where words before a place begin, at most so many, in order."""
    size = _WORD_CHARACTERS * (wanted + 1)
    while True:
        low = max(0, start - size)
        found = [match.start() for match in _WORD.finditer(text, low, start)]
        if low and found and found[0] == low:
            del found[0]  # it may be the end of a word
        if len(found) >= wanted or not low:
            return found[-wanted:] if wanted else []
        size *= 4


def _after(text: str, end: int, wanted: int) -> list[int]:
    """Where words behind a place end, at most so many, in order."""
    found: list[int] = []
    if wanted:
        for match in _WORD.finditer(text, end):
            found.append(match.end())
            if len(found) == wanted:
                break
    return found


def _with_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """With what stands before the first word of the text, and behind its last one."""
    if _WORD.search(text, 0, start) is None:
        start = 0
    if _WORD.search(text, end) is None:
        end = len(text)
    return start, end
