"""Text as it comes out of a document: words, with lines, cells and pages between them.

What stands between two words is decided when the second one comes, so that borders never pile up. Pages,
slides, sheets and chapters have a form feed between them, in an empty line, where sentences end too;
places.py counts them.
"""

from __future__ import annotations

import re

from ...errors import SourceError
from ..places import PAGE_BORDER
from .contract import MAX_ROW_CHARACTERS, TOO_LONG

CELL = "\t"
_MAX_LINE_PARTS = 10_000
_SPACES = re.compile(r"[ \t\r\n]+")


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """Text that stands above the line: the number of a note, or a power, is no part of the word before it."""
    return text.translate(_RAISED) if text.isascii() and text.strip().isdigit() else text


class Flow:
    """The body of a document in the making."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._border = ""  # what stands before the next word
        self._space = False
        self._size = 0
        self._cells: list[int] = []

    def text(self, data: str) -> None:
        """Text whose white space counts."""
        if not data:
            return
        if self._border:
            if self._parts and self._parts[-1] is not PAGE_BORDER:
                self._parts.append(self._border)
                self._size += len(self._border)
            self._border = ""
        elif self._space and self._parts:
            self._parts.append(" ")
            self._size += 1
        self._space = False
        self._size += len(data)
        if self._size > MAX_ROW_CHARACTERS:
            raise SourceError(f"its text is {TOO_LONG}; split it")
        self._parts.append(data)

    def words(self, data: str) -> None:
        """Text in which any white space is one space, and none at the ends of a line."""
        data = _SPACES.sub(" ", data)
        if data[:1] == " ":
            self._space = self._space or not self._is_at_start
            data = data[1:]
        if not data:
            return
        ends = data[-1] == " "
        self.text(data[:-1] if ends else data)
        self._space = ends

    def line(self) -> None:
        """A line ends, if one has begun."""
        if self._border in ("", CELL):
            self._border = "\n"
        self._space = False

    def blank(self) -> None:
        """An empty line, such as stands around a heading."""
        self._border = "\n\n"
        self._space = False

    def begin_cell(self) -> None:
        self._cells.append(len(self._parts))

    def end_cell(self) -> None:
        """The next cell stands beside this one, also where this one ends in a line."""
        if self._cells and len(self._parts) > self._cells.pop():
            self.cell()

    def cell(self) -> None:
        """What comes is another cell of the row."""
        self._border, self._space = CELL, False

    def page(self) -> None:
        """A page, a slide, a sheet or a chapter ends, and another one begins."""
        self._parts.append(PAGE_BORDER)
        self._border, self._space = "", False
        self._size += len(PAGE_BORDER)

    @property
    def _is_at_start(self) -> bool:
        return bool(self._border) or not self._parts or self._parts[-1] is PAGE_BORDER

    def mark(self) -> int:
        """A place in the text, for since()."""
        return len(self._parts)

    def since(self, mark: int) -> str:
        """The words that came since, in one line; of very many the first: it is asked for titles."""
        parts = self._parts[mark : mark + _MAX_LINE_PARTS]
        return _SPACES.sub(" ", "".join(parts)).replace("\f", " ").strip()

    def body(self) -> str:
        if not self._parts:
            return ""
        return "".join(self._parts) + ("" if self._parts[-1] is PAGE_BORDER else "\n")
