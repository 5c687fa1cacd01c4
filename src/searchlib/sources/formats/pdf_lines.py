"""Pieces that stand side by side become lines.

Wide gaps make cells. Which lines are one paragraph is not known here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from .flow import CELL, raised
from .pdf_text import GAP, Piece

_CELL_GAP = 1.3  # heights of the line, as those below
_MAX_STRETCHED = 8.0
_HYPHEN_WIDTH = 0.3
_MARKER = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|\w|[ivxIVX]{1,5})[.)\]]{0,2}|[^\w\s]")
_LEADERS = re.compile(r"\s*(?:\.\s?){4,}\s*|\s*…{2,}\s*")
"""The dots of a table of contents, between a title and its page."""

_HYPHEN_AT_END = re.compile("(?<=[^\\W_])[-\u00ad\u2010]$")


class Line(NamedTuple):
    """A line of a page.

    is_row: of several cells. is_stretched: its words are as far apart as cells, but evenly. height: of its
    box; size: of its letters. first: the width of its first word. divided: it ends inside a word, and its
    text has no hyphen there.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    height: float
    size: float
    first: float
    divided: bool
    is_row: bool
    is_stretched: bool
    turned: int

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def lines_of(pieces: Sequence[Piece]) -> list[Line]:
    """Lines, of pieces that follow one another and stand side by side."""
    found: list[Line] = []
    begin = 0
    for end in range(1, len(pieces) + 1):
        if end == len(pieces) or not _is_beside(pieces[end - 1], pieces[end]):
            found.append(_line(pieces[begin:end]))
            begin = end
    return found


def usual_size(lines: Sequence[Line]) -> float:
    """The size of most letters; 0 if there are none."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size, 1)] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def _is_beside(piece: Piece, following: Piece) -> bool:
    height = min(piece.height, following.height)
    overlap = min(piece.bottom, following.bottom) - max(piece.top, following.top)
    if piece.turned != following.turned or following.turned == -1 or overlap <= 0.3 * height:
        return False
    return following.left > piece.right - GAP * height and not piece.divided


def _line(pieces: Sequence[Piece]) -> Line:
    widest = max(pieces, key=lambda piece: piece.right - piece.left)
    parts, gaps = [_shown(pieces[0], widest)], []
    for piece, following in pairwise(pieces):
        gap = following.left - piece.right
        if gap > _CELL_GAP * widest.height:
            parts.append(CELL)
            gaps.append(gap)
        elif gap > 0.15 * widest.height:
            parts.append(" ")
        parts.append(_shown(following, widest))
    text = _LEADERS.sub(CELL, "".join(parts)).strip()
    divided = pieces[-1].divided
    if not divided and _HYPHEN_AT_END.search(text):
        text, divided = text[:-1], True
    return Line(
        text,
        pieces[0].left,
        max(piece.right for piece in pieces) + (_HYPHEN_WIDTH * widest.height if pieces[-1].divided else 0.0),
        widest.top,
        widest.bottom,
        widest.height,
        widest.size,
        pieces[0].first,
        divided,
        CELL in text and not (text.count(CELL) == 1 and _MARKER.fullmatch(text.partition(CELL)[0])),
        max(gaps, default=0.0) < min(_MAX_STRETCHED * widest.height, 1.5 * min(gaps, default=0.0)),
        pieces[-1].turned,
    )


def _shown(piece: Piece, widest: Piece) -> str:
    is_raised = piece.height < 0.9 * widest.height and piece.middle < widest.middle - 0.1 * widest.height
    return raised(piece.text) if is_raised else piece.text
