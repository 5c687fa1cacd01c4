"""Lines that stand below one another: which of them are one paragraph?

A line's end is a space where the next line goes on. It is a newline behind a short line, before an item, an
indented line and a row of a table, and an empty line where the distance is more than usual.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .flow import CELL
from .pdf_lines import Line

_MIN_PROSE = 25
"""Characters of a full line of prose, in the narrowest column."""

_MIN_RAGGED = 35
"""Characters of a usual line of prose whose lines end where they may; shorter ones are verse or code."""

_SAME_SIZE = 1.04
_NUM_FEW = 3
"""Lines that do not say by themselves how wide their column is."""

_ITEM = re.compile(
    r"(?:[•▪▫·○●■□◦‣➢✓*–—-]|\(?\d{1,3}(?:\.\d{1,3})*[.)]?|\(?[A-Za-zА-Яа-я][.)])(?=\s)|\[\d+\]"
)
NOTE = re.compile(r"(?:\d{1,3}|[¹²³⁰⁴-⁹]{1,3}|[*†‡]{1,3})[).]?\s?\S")
ENDS_SENTENCE = re.compile("[.!?:;…][»”\"')\\]]?$")


class Stack:
    """Lines that stand below one another, in letters of one size."""

    def __init__(self, lines: Sequence[Line], page: Sequence[Line]) -> None:
        """page: its lines: those that begin as far left say how wide a short stack may be."""
        self.is_notes = False
        self.left = left = min(line.left for line in lines)
        self.right = right = max(line.right for line in lines)
        pitches = sorted(below.top - line.top for line, below in pairwise(lines))
        self._pitch = pitches[len(pitches) // 4] if pitches else 0.0
        full = [_is_full(line, left, right) for line in lines]
        has_prose = any(
            is_full and not line.is_row and len(line.text) >= _MIN_PROSE
            for line, is_full in zip(lines, full, strict=True)
        )
        self.lines = [
            line._replace(text=line.text.replace(CELL, " "), is_row=False)
            if has_prose and is_full and line.is_stretched
            else line
            for line, is_full in zip(lines, full, strict=True)
        ]
        is_justified = len(lines) > 2 and 5 * sum(full) >= 2 * len(lines)
        if len(lines) <= _NUM_FEW and not is_justified:
            self.right = max(line.right for line in page if abs(line.left - left) < 3 * line.height)
        lengths = sorted(len(line.text) for line in lines)
        self._is_prose = is_justified or lengths[len(lengths) // 2] >= _MIN_RAGGED

    def border(self, number: int) -> str:
        """What stands before a line."""
        line, following = self.lines[number - 1], self.lines[number]
        height = following.height
        if line.divided and following.text[:1].isalnum():
            return " "
        if following.top - line.top > 1.2 * self._pitch + 0.1 * height:
            return "\n\n"
        if line.is_row or following.is_row or (self.is_notes and NOTE.match(following.text)):
            return "\n"
        room = self.right - line.right
        is_short = not self._is_prose or room > following.first + 0.3 * height
        if is_short or (_ITEM.match(following.text) and (ENDS_SENTENCE.search(line.text) or room > height)):
            return "\n"
        return "\n" if self._is_indented(number) else " "

    def _is_indented(self, number: int) -> bool:
        """Whether a line begins further right than those around it, or ends what hung below an item."""
        line, following = self.lines[number - 1], self.lines[number]
        indent, height = following.left - line.left, following.height
        if indent > 0.8 * height and following.left - self.left > 0.8 * height:
            if number + 1 < len(self.lines):
                return self.lines[number + 1].left < following.left - 0.5 * height
            return ENDS_SENTENCE.search(line.text) is not None
        return (
            indent < -0.8 * height
            and number > 1
            and abs(self.lines[number - 2].left - line.left) < 0.3 * height
        )


def stacks_of(lines: Sequence[Line]) -> list[Stack]:
    found: list[list[Line]] = []
    for line in lines:
        if found and _is_below(found[-1][-1], line):
            found[-1].append(line)
        else:
            found.append([line])
    return [Stack(stack, lines) for stack in found]


def _is_below(line: Line, following: Line) -> bool:
    larger, smaller = max(line.height, following.height), min(line.height, following.height)
    if line.turned != following.turned or line.turned == -1 or not _is_as_large(line, following):
        return False
    pitch = following.middle - line.middle
    beside = min(line.right, following.right) - max(line.left, following.left) <= 0
    return 0.3 * smaller < pitch < 1.8 * larger and not beside


def border_of_stacks(stack: Stack, following: Line) -> str:
    """What stands before the first line of the next stack: a paragraph may go on at the top of a column."""
    line = stack.lines[-1]
    if following.text[:1].islower() and line.turned == following.turned and not line.is_row:
        is_next_column = following.top < line.top and _is_as_large(line, following)
        is_below = 0 < following.top - line.top < 2 * line.height
        if line.divided and (is_next_column or is_below):
            return " "
        is_full = line.right > stack.right - 2 * line.height
        if is_next_column and is_full and not ENDS_SENTENCE.search(line.text):
            return " "
    overlap = min(line.bottom, following.bottom) - max(line.top, following.top)
    return "\n" if overlap > 0 else "\n\n"


def _is_full(line: Line, left: float, right: float) -> bool:
    """Whether a line, which may be the first of a paragraph, takes the whole width."""
    return line.left < left + 3 * line.height and line.right > right - 0.35 * line.height


def _is_as_large(line: Line, other: Line) -> bool:
    return max(line.size, other.size) <= _SAME_SIZE * min(line.size, other.size)
