"""Headers, footers and page numbers, which a document of many pages repeats: each is kept once.

The rule: a line among the two highest or the two lowest of its page, in the outer sixth of it, that stands on
three pages or more in the same place. Where it says the same, it stays on the first of these pages. Where it
is a page's number, which grows as the pages do, and no word but such as go with it, it stays on none. What
else differs from page to page may be text (Invoice 101, Chapter 2), and stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .pdf_lines import Line

_MIN_PAGES = 3
_NUM_LINES = 2  # at each end of a page
_MARGIN = 1 / 6
_MAX_APART = 6.0  # points
_MAX_CHARACTERS = 300
_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"\b[ivxlc]{1,8}\b")
_LETTER = re.compile(r"[^\W\d_]+")
_SHIFT = re.compile("\0(-?\\d+)\0")
_WORDS_OF_NUMBERS = frozenset(
    ("page", "p", "pg", "of", "страница", "стр", "с", "из", "лист", "seite", "von", "página", "de", "sur")
)
_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class _Place(NamedTuple):
    page: int
    line: int
    y: float


def without_repetitions(
    pages: Sequence[Sequence[Line]], ends: Sequence[tuple[float, float]]
) -> list[list[Line]]:
    """The lines of each page, without what a page before has said at its margin.

    ends: where each page begins and ends, for who reads most of it.
    """
    if len(pages) < _MIN_PAGES:
        return [list(page) for page in pages]
    groups: dict[str, list[_Place]] = defaultdict(list)
    for number, (page, (top, bottom)) in enumerate(zip(pages, ends, strict=True)):
        for is_top, index in _edges(page, top, bottom):
            line = page[index]
            for key in _keys(line.text, number):
                groups[f"{is_top}{key}"].append(_Place(number, index, line.middle - top))
    dropped: set[tuple[int, int]] = set()
    numbers: set[str] = set()  # how far the pages' own numbers are from their places
    for key, places in groups.items():
        for run in _in_one_place(places):
            if len({place.page for place in run}) >= _MIN_PAGES:
                first = min(place.page for place in run)
                is_number = _is_number(key)
                numbers.update(_SHIFT.findall(key))
                if is_number:
                    dropped.update((place.page, place.line) for place in run)
                elif "\0" not in key:
                    dropped.update((place.page, place.line) for place in run if place.page > first)
    for key, places in groups.items():
        if _is_number(key) and numbers.issuperset(_SHIFT.findall(key)):
            dropped.update((place.page, place.line) for place in places)  # of a page that has it elsewhere
    return [
        [line for index, line in enumerate(page) if (number, index) not in dropped]
        for number, page in enumerate(pages)
    ]


def _edges(page: Sequence[Line], top: float, bottom: float) -> Iterator[tuple[bool, int]]:
    margin = _MARGIN * (bottom - top)
    order = sorted(range(len(page)), key=lambda index: page[index].middle)
    for is_top, indices in ((True, order), (False, order[::-1])):
        num_rows, last = 0, None
        for index in indices:
            line = page[index]
            is_out = line.bottom < top + margin if is_top else line.top > bottom - margin
            if last is None or abs(line.middle - last) > 0.4 * line.height:
                num_rows += 1
                last = line.middle
            if num_rows > _NUM_LINES or not is_out:
                break
            if len(line.text) <= _MAX_CHARACTERS:
                yield is_top, index


def _keys(text: str, page: int) -> Iterator[str]:
    """The text as it is, and with its first or its last number as far as it grows with the pages."""
    text = " ".join(text.lower().split())
    yield text
    numbers = list(_NUMBER.finditer(text))
    if not numbers and (romans := list(_ROMAN.finditer(text))):
        yield from _shifted(text, romans, [_roman(match.group()) for match in romans], page)
    elif numbers:
        yield from _shifted(text, numbers, [int(match.group()[:9]) for match in numbers], page)


def _shifted(text: str, matches: list[re.Match[str]], values: list[int], page: int) -> Iterator[str]:
    for index in {0, len(matches) - 1}:
        match = matches[index]
        yield f"{text[: match.start()]}\0{values[index] - page}\0{text[match.end() :]}"


def _roman(text: str) -> int:
    values = [_DIGITS[letter] for letter in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _in_one_place(places: list[_Place]) -> Iterator[list[_Place]]:
    """Of lines that say the same, those that are as high on their pages."""
    places = sorted(places, key=lambda place: place.y)
    begin = 0
    for end in range(1, len(places) + 1):
        if end == len(places) or places[end].y - places[end - 1].y > _MAX_APART:
            yield places[begin:end]
            begin = end


def _is_number(key: str) -> bool:
    """Whether a line has a number that grows with the pages, and no word of its own."""
    if "\0" not in key:
        return False
    words = _LETTER.findall(key.partition("True")[2] or key.partition("False")[2])
    return all(word in _WORDS_OF_NUMBERS for word in words)
