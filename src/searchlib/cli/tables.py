"""Hits as a table, for people and for other programs: aligned columns, CSV, Markdown."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from .hits import value_text
from .output import Style, one_line, printable, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchlib import Hit, Index

_MAX_CELL = 40
_SCORE = "score"


def print_table(index: Index, hits: Sequence[Hit], output: str, columns: Sequence[str] | None) -> None:
    """A header and a row for each hit: its id, its score and its fields; or these fields alone.

    output: "table", whose cells are cut to a width that fits; "csv" and "md" have whole values.
    """
    names = ["id", _SCORE, *index.schema] if columns is None else list(columns)
    rows = [[_cell(hit, name, output) for name in names] for hit in hits]
    if output == "csv":
        import csv

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows([names, *rows])
        sys.stdout.flush()
    elif output == "md":
        for row in [names, ["---"] * len(names), *rows]:
            write(f"| {' | '.join(row)} |")
    else:
        _print_aligned(names, rows)


def _cell(hit: Hit, name: str, output: str) -> str:
    if name == _SCORE and name not in hit.fields:
        return f"{hit.score:.4f}" if output == "csv" else f"{hit.score:.2f}"
    value = hit[name]
    text = "" if value is None else value_text(value)
    if output == "csv":
        return printable(text)
    text = one_line(text)
    return text.replace("\\", "\\\\").replace("|", "\\|") if output == "md" else text


def _print_aligned(names: list[str], rows: list[list[str]]) -> None:
    style = Style()
    widths = [
        min(max(map(len, column)), max(_MAX_CELL, len(column[0])))
        for column in zip(names, *rows, strict=True)
    ]
    if style.is_terminal:
        widths = _fitted(widths, style.width - 2 * (len(widths) - 1))
    write(style.bold(_line(names, widths)))
    for row in rows:
        write(_line(row, widths))


def _fitted(widths: list[int], room: int) -> list[int]:
    """The widest columns give way until all fit, down to four letters."""
    widths = list(widths)
    while sum(widths) > room and max(widths) > 4:
        widths[widths.index(max(widths))] -= 1
    return widths


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    cut = (
        cell if len(cell) <= width else cell[: width - 1].rstrip() + "…"
        for cell, width in zip(cells, widths, strict=True)
    )
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(cut, widths, strict=True)).rstrip()
