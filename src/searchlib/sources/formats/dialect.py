"""How a table's text is cut into cells: what separates them, and how a quote within quotes is written.

The first lines are tried with each separator, and the one that reads most rows as the line of names has cells
is right; quotes are heeded. The answer is csv.reader's options. Nothing is known of files.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from typing import Any

SAMPLE_LINES = 200
SAMPLE_CHARACTERS = 1 << 16
_DELIMITERS = ",;\t|"
_NO_DELIMITER = "\x1f"  # the unit separator of ASCII, which no text has
_MIN_ROWS = 3
_SEPARATOR = re.compile(r'"?sep=([^\w\s"]|\t)"?\r?\n?\Z', re.IGNORECASE)  # what Excel writes, and understands


def declared_delimiter(lines: Sequence[str]) -> str | None:
    """The delimiter that a first line such as sep=; declares; that line is no row of the table."""
    match = _SEPARATOR.match(lines[0]) if lines else None
    return match.group(1) if match else None


def dialect_of(lines: Sequence[str], delimiter: str | None = None) -> dict[str, Any]:
    """The options for csv.reader. delimiter: what it is if any of the lines has it."""
    if delimiter is None or not any(delimiter in line for line in lines):
        delimiter = _delimiter_of(lines)
    options: dict[str, Any] = {"delimiter": delimiter}
    num_fit = _num_fit(lines, options)
    spaced = f'{delimiter} "'
    if any(spaced in line for line in lines):
        num = _num_fit(lines, {**options, "skipinitialspace": True})
        if num > num_fit or (num == num_fit and spaced in lines[0]):
            options["skipinitialspace"], num_fit = True, num
    if any('\\"' in line for line in lines) and _num_fit(lines, {**options, "escapechar": "\\"}) > num_fit:
        options["escapechar"] = "\\"
    return options


def _num_fit(lines: Sequence[str], options: dict[str, Any]) -> int:
    """How many rows have the cells of the first, up to the first quote that is out of place."""
    num_fit, width = 0, -1
    try:
        for cells in csv.reader(lines, strict=True, **options):
            width = len(cells) if width < 0 else width
            num_fit += len(cells) == width
    except csv.Error:
        pass
    return num_fit


def _delimiter_of(lines: Sequence[str]) -> str:
    """The delimiter by which most of the first rows have as many cells as the line of names.

    Cells are counted by csv.reader: a delimiter in quotes is none. Without rows, the names decide. One column
    has no delimiter; but where rows are many cells under one name, it is the names that are wrong.
    """
    whole = len(lines) < SAMPLE_LINES and sum(map(len, lines)) < SAMPLE_CHARACTERS

    def fit(delimiter: str) -> tuple[float, int]:
        widths: list[int] = []
        try:
            widths += (_num_cells(cells) for cells in csv.reader(lines, delimiter=delimiter) if cells)
        except csv.Error:
            return -1.0, 0
        rows = widths[1:] if whole or len(widths) < 3 else widths[1:-1]  # the last may be cut
        if not widths:
            return -1.0, 0
        if widths[0] < 2:
            num_wide = sum(width == rows[0] > 1 for width in rows)
            return (-0.5 if len(rows) >= _MIN_ROWS and num_wide == len(rows) else -1.0), num_wide
        return sum(width == widths[0] for width in rows) / (len(rows) or 1), widths[0]

    best = max(_DELIMITERS, key=fit)
    return best if fit(best)[0] > -1 else _NO_DELIMITER


def _num_cells(cells: list[str]) -> int:
    """How many cells there are; a delimiter too many at the end makes none, nor does an empty last cell."""
    return len(cells) - (len(cells) > 1 and not cells[-1])
