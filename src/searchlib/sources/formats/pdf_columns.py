"""The order in which the pieces of a page are read.

Mostly that is the order in which the program that made the page wrote them. It is not where two columns were
written line by line across both, or where a piece comes after what stands below it. What stands in columns is
told from a table by its lines: prose fills the width of its column.
"""

from __future__ import annotations

import heapq
from collections import Counter

from .pdf_text import Piece

_MIN_LINES = 3
_MIN_FILL = 0.55
"""Of the width of a column that a line of prose has on the average."""

_MIN_LETTERS = 11
"""Of a line of prose, on the average: two or three words."""

_MIN_AT_EDGE = 0.5
"""Of the lines of a column: the others are indented, or centred."""

_BIN = 2.0  # points
_ROW = 8.0  # points
_MAX_DEPTH = 4
_MAX_CANDIDATES = 4
_MAX_BLOCKS = 150
"""A page of more is a table, a map or a plan, whose order nobody can tell: it stays as it is."""


def in_reading_order(pieces: list[Piece]) -> list[Piece]:
    """All pieces. What is turned otherwise than most of the page comes after the rest."""
    if not pieces:
        return []
    sizes: Counter[int] = Counter()
    for piece in pieces:
        sizes[piece.turned] += len(piece.text)
    found: list[Piece] = []
    for turned, _ in sizes.most_common():
        same = [piece for piece in pieces if piece.turned == turned]
        found.extend(same if turned == -1 else _order(same, _MAX_DEPTH))
    return found


def _order(pieces: list[Piece], depth: int) -> list[Piece]:
    if depth and len(pieces) >= 2 * _MIN_LINES:
        for x in _candidates(pieces):
            if found := _order_around(pieces, x, depth):
                return found
    return _flow(pieces)


def _candidates(pieces: list[Piece]) -> list[float]:
    """Where fewer pieces stand than to the left and to the right: the emptiest such places first."""
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    width = max(_BIN, (right - left) / 1_000)
    if right - left < 20 * width:
        return []
    steps = [0] * (int((right - left) / width) + 2)
    for piece in pieces:
        steps[int((piece.left - left) / width + 0.5)] += 1
        steps[int((piece.right - left) / width + 0.5)] -= 1
    counts, count = [], 0
    for step in steps:
        count += step
        counts.append(count)
    counts = counts[:-2]
    tops = list(counts)  # the most that stand anywhere to the right
    for index in range(len(tops) - 2, -1, -1):
        tops[index] = max(tops[index], tops[index + 1])
    valleys: list[tuple[int, float, float]] = []
    top, begin = 0, 0
    for index in range(1, len(counts)):
        if counts[index] != counts[index - 1]:
            begin = index
        top = max(top, counts[index])
        is_end = index + 1 < len(counts) and counts[index + 1] > counts[index]
        is_deep = min(top, tops[index]) >= counts[index] + _MIN_LINES
        if is_end and is_deep and counts[begin - 1] > counts[index]:
            middle = left + width * (begin + index + 1) / 2
            valleys.append((counts[index], abs(middle - (left + right) / 2), middle))
    return [middle for *_, middle in sorted(valleys)[:_MAX_CANDIDATES]]


def _order_around(pieces: list[Piece], x: float, depth: int) -> list[Piece]:
    """The pieces, if there are columns to the left and to the right of x somewhere; else none."""
    found: list[Piece] = []
    plain: list[Piece] = []  # since the last columns
    band: list[Piece] = []
    num_columns = 0
    places = {id(piece): place for place, piece in enumerate(pieces)}

    def end_band() -> None:
        nonlocal num_columns
        left = [piece for piece in band if piece.right <= x + 1]
        right = [piece for piece in band if piece.right > x + 1]
        if _are_columns(left, right):
            num_columns += 1
            found.extend(_flow(sorted(plain, key=lambda piece: places[id(piece)])))
            plain.clear()
            for side in (left, right):
                found.extend(_order(sorted(side, key=lambda piece: places[id(piece)]), depth - 1))
        else:
            plain.extend(band)
        band.clear()

    across = _across(pieces, x)
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        if id(piece) in across:
            end_band()
            plain.append(piece)
        else:
            band.append(piece)
    end_band()
    found.extend(_flow(sorted(plain, key=lambda piece: places[id(piece)])))
    return found if num_columns else []


def _across(pieces: list[Piece], x: float) -> set[int]:
    """The ids of the pieces of lines that go on across x."""
    across = [piece for piece in pieces if piece.left < x - 1 and piece.right > x + 1]
    found = set(map(id, across))
    rows: dict[int, list[Piece]] = {}
    for piece in across:
        for row in _rows(piece):
            rows.setdefault(row, []).append(piece)
    for piece in pieces:
        for other in rows.get(_rows(piece)[0], ()):
            apart = max(other.left - piece.right, piece.left - other.right)
            if abs(other.middle - piece.middle) < 0.4 * piece.height and apart < 2 * piece.height:
                found.add(id(piece))
    return found


def _rows(piece: Piece) -> tuple[int, int, int]:
    row = int(piece.middle / _ROW)
    return row, row - 1, row + 1


def _are_columns(left: list[Piece], right: list[Piece]) -> bool:
    if not (_is_prose(left) and _is_prose(right)):
        return False
    overlap = min(left[-1].bottom, right[-1].bottom) - max(left[0].top, right[0].top)
    shorter = min(left[-1].bottom - left[0].top, right[-1].bottom - right[0].top)
    return overlap > 0.3 * shorter


def _is_prose(pieces: list[Piece]) -> bool:
    """Whether pieces, from top to bottom, are lines that fill a column, most of which begin at its edge."""
    lines: list[list[float]] = []  # middle, left, right of each
    for piece in pieces:
        if lines and piece.middle - lines[-1][0] < 0.4 * piece.height:
            lines[-1][1] = min(lines[-1][1], piece.left)
            lines[-1][2] = max(lines[-1][2], piece.right)
        else:
            lines.append([piece.middle, piece.left, piece.right])
    if len(lines) < _MIN_LINES:
        return False
    left = min(line[1] for line in lines)
    width = max(line[2] for line in lines) - left
    filled = sum(piece.right - piece.left for piece in pieces)
    letters = sum(len(piece.text) for piece in pieces)
    at_edge = sum(line[1] - left < 0.3 * pieces[0].height for line in lines)
    return (
        filled >= _MIN_FILL * width * len(lines)
        and letters >= _MIN_LETTERS * len(lines)
        and at_edge >= _MIN_AT_EDGE * len(lines)
    )


class _Block:
    """Pieces that follow one another downwards, and their box."""

    def __init__(self, piece: Piece) -> None:
        self.pieces = [piece]
        self.left, self.right, self.top, self.bottom = piece.left, piece.right, piece.top, piece.bottom

    def goes_on(self, piece: Piece) -> bool:
        last = self.pieces[-1]
        height = max(last.height, piece.height)
        if min(last.bottom, piece.bottom) - max(last.top, piece.top) > 0.4 * min(last.height, piece.height):
            return piece.left >= last.left
        beside = min(last.right, piece.right) - max(last.left, piece.left) <= 0
        return 0 < piece.top - last.top < 2 * height and not beside

    def add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.left, self.right = min(self.left, piece.left), max(self.right, piece.right)
        self.top, self.bottom = min(self.top, piece.top), max(self.bottom, piece.bottom)

    def is_above(self, other: _Block) -> bool:
        """Whether it must be read first: it stands over the other one."""
        shared = min(self.right, other.right) - max(self.left, other.left)
        if shared <= 0.3 * min(self.right - self.left, other.right - other.left):
            return False
        slack = 0.3 * min(self.pieces[-1].height, other.pieces[0].height)
        return self.top < other.top and self.bottom <= other.top + slack


def _flow(pieces: list[Piece]) -> list[Piece]:
    """Pieces in the order in which they were written, but for what must come earlier: it stands above."""
    blocks: list[_Block] = []
    for piece in pieces:
        if blocks and blocks[-1].goes_on(piece):
            blocks[-1].add(piece)
        else:
            blocks.append(_Block(piece))
    if not 1 < len(blocks) <= _MAX_BLOCKS:
        return pieces
    waits = [0] * len(blocks)
    below: list[list[int]] = [[] for _ in blocks]
    is_wrong = False
    for one in range(len(blocks)):
        for other in range(one + 1, len(blocks)):
            if blocks[other].is_above(blocks[one]):
                is_wrong = True
                waits[one] += 1
                below[other].append(one)
            elif blocks[one].is_above(blocks[other]):
                waits[other] += 1
                below[one].append(other)
    if not is_wrong:
        return pieces
    ready = [number for number, count in enumerate(waits) if not count]
    found: list[Piece] = []
    while ready:
        number = heapq.heappop(ready)
        found.extend(blocks[number].pieces)
        for each in below[number]:
            waits[each] -= 1
            if not waits[each]:
                heapq.heappush(ready, each)
    return found
