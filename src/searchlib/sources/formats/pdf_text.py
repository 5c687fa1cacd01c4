"""The text of a page of a PDF, as pdfium finds it: pieces of lines, each with its place on the page.

Coordinates are those of a reader: x grows in the direction of the text and y downwards, whichever way the
page is turned. In which order pieces are read, and which of them are one paragraph, is not known here.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from .pdf_letters import clean, is_right_to_left

MAX_PAGE_CHARACTERS = 2_000_000
"""A page of more is no page; a newspaper's has 60,000."""

GAP = 0.7
"""So many times the height of a line is the least distance between two columns. Words of one line that are
further apart may belong to two."""

_HYPHEN = "\ufffe"
"""What pdfium makes of a hyphen at a line's end, together with that end."""

_WORD = re.compile(f"([^\\s{_HYPHEN}]+)({_HYPHEN}?)(\\s*)")
_NOTE_NUMBER = re.compile(r"(?<=[^\W\d_]|[.,;:!?»”)\]])\d{1,3}$")
_NUMBER_OF_NOTE = re.compile(r"^\d{1,3}(?=[^\W\d_])")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Piece(NamedTuple):
    """Words that stand side by side in a line.

    left, right, top, bottom: its box, in points. first: the width of its first word. size: of its letters,
    which is not the height of its box. divided: it ends inside a word, whose hyphen is not part of the text.
    turned: how many quarters the text is turned against the page's coordinates; -1 if it is aslant.
    num_unnamed: how many of its words are in a font that does not say which letters it has.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    first: float
    size: float
    divided: bool
    turned: int
    num_words: int
    num_unnamed: int

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class PageText:
    """The characters of a page and where they are. raw: pypdfium2.raw; page: a handle of pdfium's."""

    def __init__(self, raw: Any, page: Any) -> None:
        self._raw, self._page = raw, raw.FPDFText_LoadPage(page)
        self.num_characters = max(0, raw.FPDFText_CountChars(self._page)) if self._page else 0
        self._rectangle = raw.FS_RECTF()
        self._reference = ctypes.byref(self._rectangle)
        self._numbers = [ctypes.c_double() for _ in range(4)]
        self._number_references = [ctypes.byref(number) for number in self._numbers]

    def close(self) -> None:
        if self._page:
            self._raw.FPDFText_ClosePage(self._page)
            self._page = None

    def pieces(self) -> list[Piece]:
        """The pieces of all lines in the order of the page's content."""
        found: list[Piece] = []
        line: list[_Word] = []
        for match in _WORD.finditer(self._text()):
            word = self._word(match, line[0] if line else None)
            if line and not _is_beside(line[-1], word):
                found.extend(_piece(line))
                line = []
                word = self._word(match)
            line.append(word)
            if word.divided or "\n" in match[3]:
                found.extend(_piece(line))
                line = []
        found.extend(_piece(line))
        return found

    def _text(self) -> str:
        """A character each of pdfium's list, so that an index says where a character is."""
        if not self.num_characters:
            return ""
        buffer = (ctypes.c_ushort * (2 * self.num_characters + 2))()
        written = self._raw.FPDFText_GetText(self._page, 0, self.num_characters, buffer)
        data = bytes(memoryview(buffer).cast("B")[: 2 * max(0, written - 1)])
        text = data.decode("utf-16-le", "replace")
        if len(text) == len(data) // 2 == self.num_characters:
            return text
        get, is_hyphen = self._raw.FPDFText_GetUnicode, self._raw.FPDFText_IsHyphen
        codes = (get(self._page, index) for index in range(self.num_characters))
        return "".join(
            _HYPHEN
            if code == 2 and is_hyphen(self._page, index) == 1
            else chr(code)
            if 0 < code < 0x110000
            else "\x01"
            for index, code in enumerate(codes)
        )

    def _word(self, match: re.Match[str], same: _Word | None = None) -> _Word:
        """A word and its box. same: the first word of its line, where there is one."""
        raw, page, rectangle = self._raw, self._page, self._rectangle
        first, last = match.start(1), match.end(1) - 1
        text = match[1]
        raw.FPDFText_GetLooseCharBox(page, first, self._reference)
        left, right, bottom, top = rectangle.left, rectangle.right, rectangle.bottom, rectangle.top
        if last > first:
            raw.FPDFText_GetLooseCharBox(page, last, self._reference)
            # A word each: conditions take a third of the time of min and max.
            left = rectangle.left if rectangle.left < left else left
            right = rectangle.right if rectangle.right > right else right
            bottom = rectangle.bottom if rectangle.bottom < bottom else bottom
            top = rectangle.top if rectangle.top > top else top
            if text[0].isdigit() or text[-1].isdigit():
                text = self._with_note_numbers(text, first, last)
        if not (top - bottom > 0.1 and right - left > 0.01 and math.isfinite(left + right + top + bottom)):
            left, right, bottom, top = self._tight_box(first, last)
        is_unnamed = raw.FPDFText_HasUnicodeMapError(page, first) == 1
        turned = self._turned(first) if same is None else same.turned
        size = self._size(first, top - bottom) if same is None else same.size
        left, right, top, bottom = _turn(left, right, bottom, top, turned)
        return _Word(text, left, right, top, bottom, turned, size, bool(match[2]), is_unnamed)

    def _size(self, index: int, height: float) -> float:
        """The size of a letter's font as it is shown; its height where the font says nothing."""
        matrix = self._raw.FS_MATRIX()
        self._raw.FPDFText_GetMatrix(self._page, index, ctypes.byref(matrix))
        size: float = self._raw.FPDFText_GetFontSize(self._page, index) * math.hypot(matrix.c, matrix.d)
        return size if 0.1 < size < 10_000 else height

    def _turned(self, index: int) -> int:
        """In how many quarters against the clock; pdfium says it clockwise."""
        angle = self._raw.FPDFText_GetCharAngle(self._page, index)
        quarters = angle / (math.pi / 2) if math.isfinite(angle) else 0.0
        return -round(quarters) % 4 if abs(quarters - round(quarters)) < 0.1 else -1

    def _tight_box(self, first: int, last: int) -> tuple[float, float, float, float]:
        """Of fonts that say neither how high nor how wide their letters are."""
        boxes = []
        for index in (first, last):
            self._raw.FPDFText_GetCharBox(self._page, index, *self._number_references)
            boxes.append([number.value if math.isfinite(number.value) else 0.0 for number in self._numbers])
        size = abs(self._raw.FPDFText_GetFontSize(self._page, first)) or 1.0
        (left, right, bottom, top), (left2, right2, bottom2, top2) = boxes
        bottom, top = min(bottom, bottom2), max(top, top2)
        if not top - bottom > 0.1:
            top = bottom + (size if math.isfinite(size) else 1.0)
        return min(left, left2), max(right, right2), bottom, top

    def _with_note_numbers(self, text: str, first: int, last: int) -> str:
        """слово¹ for a word with the number of a note at its end, ¹Слово for one at its begin."""
        for pattern, number, letter in ((_NOTE_NUMBER, last, first), (_NUMBER_OF_NOTE, first, last)):
            if pattern.search(text) and self._is_raised(letter, number):
                text = pattern.sub(lambda found: found.group().translate(_RAISED), text)
        return text

    def _is_raised(self, first: int, last: int) -> bool:
        """Whether the last of two characters stands above the line of the first and is smaller."""
        heights, grounds = [], []
        for index in (first, last):
            self._raw.FPDFText_GetLooseCharBox(self._page, index, self._reference)
            heights.append(self._rectangle.top - self._rectangle.bottom)
            self._raw.FPDFText_GetCharOrigin(self._page, index, *self._number_references[:2])
            grounds.append(self._numbers[1].value)
        is_raised: bool = heights[1] < 0.9 * heights[0] and grounds[1] - grounds[0] > 0.15 * heights[0]
        return is_raised


_Box = tuple[float, float, float, float]


class _Word(NamedTuple):
    text: str
    left: float
    right: float
    top: float
    bottom: float
    turned: int
    size: float
    divided: bool
    is_unnamed: bool


def _piece(words: list[_Word]) -> Iterator[Piece]:
    """The words of a line, as one piece; none if nothing of them can be shown."""
    text = clean(" ".join(word.text for word in words))
    if not text:
        return
    left, right = min(word.left for word in words), max(word.right for word in words)
    if is_right_to_left(text):
        left, right = -right, -left
    yield Piece(
        text,
        left,
        right,
        min(word.top for word in words),
        max(word.bottom for word in words),
        words[0].right - words[0].left,
        words[0].size,
        words[-1].divided,
        words[0].turned,
        len(words),
        sum(word.is_unnamed for word in words),
    )


def _is_beside(word: _Word, following: _Word) -> bool:
    """Whether two words that follow one another in the page's content stand in one piece of a line."""
    height = min(word.bottom - word.top, following.bottom - following.top)
    apart = max(following.left - word.right, word.left - following.right)
    overlap = min(word.bottom, following.bottom) - max(word.top, following.top)
    return overlap > 0.4 * height and apart < GAP * height


def _turn(
    left: float, right: float, bottom: float, top: float, turned: int
) -> tuple[float, float, float, float]:
    """The left, right, top and bottom for who turns the page until the text is upright."""
    if turned == 1:
        return bottom, top, left, right
    if turned == 2:
        return -right, -left, bottom, top
    if turned == 3:
        return -top, -bottom, -right, -left
    return left, right, -top, -bottom
