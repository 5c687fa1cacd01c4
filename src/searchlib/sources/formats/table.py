"""Tables as text, CSV and TSV: cells under a line of names, read as a stream in linear time.

A row has its line number and its cells by name, or the reason why it is refused. What separates cells is told
from the first rows. A quote that never closes costs its own row and no other, and what fits the table badly
is said. Nothing is known of schemas.
"""

from __future__ import annotations

import contextlib
import csv
import re
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from ..mixture import mixture
from ..naming import MAX_NAME, field_name
from .contract import MAX_ROW_CHARACTERS, SURROGATE, TOO_LONG, UNDECODABLE, Content, Row
from .decimals import CommaColumn, comma_columns, with_point
from .dialect import SAMPLE_CHARACTERS, SAMPLE_LINES, declared_delimiter, dialect_of
from .table_lines import Lines, OpenQuote, TooLong

_NUMBER = re.compile(r"[+-]?\d+(?:[.,:/-]\d+)*\Z", re.ASCII)
_YEAR = re.compile(r"[12]\d{3}\Z", re.ASCII)
_OPEN_QUOTE = 'a quote (") opens in this row and never closes'


def read(content: Content) -> Iterator[Row]:
    """The rows of a .csv file."""
    return read_csv(content.lines(any_line_end=True), None, content.say)


def read_tsv(content: Content) -> Iterator[Row]:
    """The rows of a .tsv file."""
    return read_csv(content.lines(any_line_end=True), "\t", content.say)


def read_csv(
    stream: TextIO, delimiter: str | None = None, say: Callable[[str], object] = lambda _: None
) -> Iterator[Row]:
    """Rows under a line of names; the delimiter is told from the first rows unless it is given (TSV).

    say is given what cost no row: columns that got a name, rows that are short.
    """
    return _Table(Lines(stream), delimiter, say).rows()


class _Table:
    def __init__(self, lines: Lines, delimiter: str | None, say: Callable[[str], object]) -> None:
        self._lines, self._say = lines, say
        self._doubtful = lines.doubtful
        self._names: list[str] | None = None
        self._num_short = self._first_short = 0
        self._unnamed: set[int] = set()
        sample = lines.peek()
        declared = declared_delimiter(sample)
        if declared:
            next(lines)
            del sample[0]
        self._options: dict[str, Any] = dialect_of(sample, declared or delimiter)
        found = self._comma_columns(sample)
        self._with_comma = frozenset(at for at, column in found.items() if not column.num_others)
        self._mixed = {at: column for at, column in found.items() if column.num_others}
        # The limit is the csv module's, for the process.
        csv.field_size_limit(max(csv.field_size_limit(), 2 * MAX_ROW_CHARACTERS))

    def _comma_columns(self, sample: list[str]) -> dict[int, CommaColumn]:
        """The columns of numbers with a decimal comma; the last line may be cut off, and is not asked."""
        whole = len(sample) < SAMPLE_LINES and sum(map(len, sample)) < SAMPLE_CHARACTERS
        rows: list[list[str]] = []
        with contextlib.suppress(csv.Error):
            rows += (row for row in csv.reader(sample, **self._options) if any(row))
        return comma_columns(rows[1:] if whole else rows[1:-1], self._options["delimiter"])

    def rows(self) -> Iterator[Row]:
        reader = csv.reader(self._lines, **self._options)
        while True:
            self._lines.start_record()
            line = self._lines.number + 1
            try:
                cells = next(reader)
                is_open = self._lines.ended  # it asked for one more line, to close a quote
            except StopIteration:
                break
            except OpenQuote:
                is_open = True
            except TooLong:
                if self._names is not None and self._lines.record:
                    yield from self._read_anew(line, list(self._lines.record))
                yield Row(self._lines.number, None, TOO_LONG)
                continue
            except csv.Error as error:
                yield Row(line, None, f"not valid CSV: {error}")
                continue
            if not is_open:
                if len(self._lines.record) > 1 and self._names is not None and self._are_rows_apart():
                    for number, text in enumerate(list(self._lines.record), line):
                        yield from self._row(number, self._apart(text))
                else:
                    yield from self._row(line, cells)
            elif self._names is None:
                yield Row(line, None, f"{_OPEN_QUOTE}; without the names of columns the rest is not read")
                return
            else:
                yield from self._read_anew(line, list(self._lines.record))
        if self._num_short:
            rows = "1 row has" if self._num_short == 1 else f"{self._num_short:,} rows have"
            self._say(f"{rows} fewer cells than the first line names (line {self._first_short} is the first)")

    def _are_rows_apart(self) -> bool:
        """Whether lines that a quote joins are rows: it closes out of place, and each line has all cells."""
        assert self._names is not None
        num = len(self._names)
        if num < 2 or len(self._apart(self._lines.record[0])) != num:
            return False
        try:
            next(csv.reader(self._lines.record, strict=True, **self._options))
            return False
        except csv.Error:
            return all(len(self._apart(text)) == num for text in self._lines.record)

    def _apart(self, text: str) -> list[str]:
        """The cells of a line in which quotes are characters."""
        return next(csv.reader([text], **{**self._options, "quoting": csv.QUOTE_NONE}), [])

    def _read_anew(self, start: int, lines: list[str]) -> Iterator[Row]:
        """Lines that an open quote swallowed, each for itself: so none is read more than a few times.

        Here a row of another width is refused: it may be a part of a text in quotes.
        """
        assert self._names is not None
        for line, text in enumerate(lines, start):
            try:
                cells = next(csv.reader([text], strict=True, **self._options), [])
            except csv.Error:
                reason = (
                    "cannot be read after an open quote above it; if it is in a text in quotes, mend that"
                )
                yield Row(line, None, _OPEN_QUOTE if line == start else reason)
                continue
            if cells and len(cells) < len(self._names):
                yield Row(line, None, f"has {self._width(cells)}, and an open quote is above it")
            else:
                yield from self._row(line, cells)

    def _row(self, line: int, cells: list[str]) -> Iterator[Row]:
        if not any(cells):
            return  # a blank line, or what a spreadsheet makes of one
        if self._names is None:
            self._names = self._named(cells)
            return
        names = self._names
        if len(cells) > len(names) and any(cells[len(names) :]):
            yield Row(line, None, f"has {self._width(cells)}")
            return
        if len(cells) < len(names):
            self._num_short += 1
            self._first_short = self._first_short or line
        fields: dict[str, str] = {}
        for at, (name, cell) in enumerate(zip(names, cells, strict=False)):
            if not cell:
                continue
            if self._doubtful and not cell.isascii() and SURROGATE.search(cell):
                yield Row(line, None, UNDECODABLE)
                return
            if "\0" in cell:
                yield Row(line, None, "holds a NUL byte, which is no text")
                return
            if at in self._unnamed:
                self._unnamed.discard(at)
                self._say(f"column {at + 1} has no name and is read as {name!r}")
            fields[name] = with_point(cell) if at in self._with_comma else cell
        yield Row(line, fields)

    def _width(self, cells: list[str]) -> str:
        assert self._names is not None
        hint = "; if that is a title, delete it" if len(self._names) == 1 else ""
        return f"{len(cells)} cells, but the first line names {len(self._names)}{hint}"

    def _named(self, cells: list[str]) -> list[str]:
        """A name for each column, no two of which would become one field."""
        names: list[str] = []
        given = {field_name(cell.strip()) for cell in cells}
        taken: set[str] = set()
        count: dict[str, int] = {}
        values = [cell for cell in map(str.strip, cells) if _NUMBER.match(cell) and not _YEAR.match(cell)]
        if values:
            self._say(
                f"its first line is taken for the names of columns, also {values[0]!r}; "
                f"if it is a row, write a line of names above it"
            )
        for at, cell in enumerate(cells):
            base = cell.strip()[: MAX_NAME // 2] or f"column_{at + 1}"
            if not cell.strip():
                self._unnamed.add(at)
            name = base
            while field_name(name) in taken or (name != cell.strip() and field_name(name) in given):
                count[base] = count.get(base, 1) + 1
                name = f"{base}_{count[base]}"
            if "\0" in name or SURROGATE.search(name):
                self._say(f"the name of column {at + 1} holds bytes that are no text")
            if name != base and cell.strip():
                self._say(f"column {at + 1} is named {base!r} as another is; it is read as {name!r}")
            if column := self._mixed.get(at):
                self._say(mixture(name, "numbers with a decimal comma", *column))
            names.append(name)
            taken.add(field_name(name))
        return names
