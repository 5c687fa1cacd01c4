"""Numbers with a decimal comma in a table: 1 234,56, as they are written in Russia and much of Europe.

A column is one of such numbers if all cells that are looked at are, and one of them cannot be anything else:
"1,234" alone may be a thousand. Where commas part the cells, a comma inside one may part a list, and no
column is taken for one. Of a column in which most cells are such numbers, what the others are is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_NUMBER = re.compile(
    "[+\\-\u2212]?(?:0|[1-9]\\d*|[1-9]\\d{0,2}(?:[ \u00a0\u202f]\\d{3})+)(?:,(\\d+))?\\Z", re.ASCII
)
_NO_DIGITS = str.maketrans({" ": "", "\u00a0": "", "\u202f": "", ",": ".", "\u2212": "-"})
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}\Z", re.ASCII)


class CommaColumn(NamedTuple):
    """A column in which most cells are such numbers. example: one that is none, "" where all are."""

    num_numbers: int
    num_others: int
    example: str


def comma_columns(rows: Sequence[Sequence[str]], delimiter: str) -> dict[int, CommaColumn]:
    """Columns of such numbers by their places; rows: the first ones of a table, without the line of names."""
    found: dict[int, CommaColumn] = {}
    if delimiter == ",":
        return found
    for at in range(max(map(len, rows), default=0)):
        cells = [cell for row in rows if at < len(row) and (cell := row[at].strip())]
        matches = [match for cell in cells if (match := _NUMBER.match(cell))]
        num_others = len(cells) - len(matches)
        if num_others < len(matches) and any(
            match[1] and not _THOUSANDS.match(match[0]) for match in matches
        ):
            example = next((cell for cell in cells if not _NUMBER.match(cell)), "")
            found[at] = CommaColumn(len(matches), num_others, example)
    return found


def with_point(cell: str) -> str:
    """Such a number as parse_number reads it; what is none stays as it is."""
    text = cell.strip()
    return text.translate(_NO_DIGITS) if _NUMBER.match(text) else cell
