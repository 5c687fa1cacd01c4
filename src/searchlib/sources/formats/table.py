"""Tables as text, CSV and TSV: cells under a line of names, read as a stream in linear time.

Lines come in, Rows go out, each with its line number and its cells by name, or why it is refused. What
separates cells is told from the first rows. A quote that never closes costs its own row and no other, and
what fits the table badly is said. Nothing is known of schemas.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from typing import TextIO

from ..naming import field_name
from .contract import MAX_ROW_CHARACTERS, SURROGATE, TOO_LONG, UNDECODABLE, Content, Row

_DELIMITERS = ",;\t|"
_NO_DELIMITER = "\x1f"  # the unit separator of ASCII, which no text has
_MIN_ROWS = 3
_SAMPLE_LINES = 200
_SAMPLE_CHARACTERS = 1 << 16
_SEPARATOR = re.compile(r'"?sep=([^\w\s"]|\t)"?\r?\n?\Z', re.IGNORECASE)  # what Excel writes, and understands
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
    return _Table(_Lines(stream), delimiter, say).rows()


class _OpenQuote(Exception):
    """A record has grown past the limit: some quote in it will not close."""


class _TooLong(Exception):
    """A line is past the limit; it was read to its end and dropped."""


class _Lines:
    """The lines that csv.reader asks for, and those of the record it is in, so that they can be read anew."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._ahead: list[str] = []
        self._num_characters = 0
        self.record: list[str] = []
        self.number = 0  # of the last line
        self.ended = False

    def peek(self) -> list[str]:
        """The first lines, which are still to come."""
        room = _SAMPLE_CHARACTERS
        while room > 0 and len(self._ahead) < _SAMPLE_LINES:
            line = self._stream.readline(MAX_ROW_CHARACTERS)
            if not line:
                break
            self._ahead.append(line)
            room -= len(line)
            if len(line) >= MAX_ROW_CHARACTERS:
                break  # the rest of it is still in the stream
        self._ahead.reverse()
        return self._ahead[::-1]

    def start_record(self) -> None:
        self.record.clear()
        self._num_characters = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._ahead.pop() if self._ahead else self._stream.readline(MAX_ROW_CHARACTERS)
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        if len(line) >= MAX_ROW_CHARACTERS and not line.endswith(("\n", "\r")):
            while (more := self._stream.readline(MAX_ROW_CHARACTERS)) and not more.endswith(("\n", "\r")):
                pass
            raise _TooLong
        self.record.append(line)
        self._num_characters += len(line)
        if self._num_characters > MAX_ROW_CHARACTERS and len(self.record) > 1:
            raise _OpenQuote
        return line


class _Table:
    def __init__(self, lines: _Lines, delimiter: str | None, say: Callable[[str], object]) -> None:
        self._lines, self._say = lines, say
        self._names: list[str] | None = None
        self._num_short = self._first_short = 0
        self._unnamed: set[int] = set()
        sample = lines.peek()
        declared = _SEPARATOR.match(sample[0]) if sample else None
        if declared:
            next(lines)
            delimiter = declared.group(1)
        self._delimiter = delimiter or _delimiter_of(sample)
        # The limit is the csv module's, for the process.
        csv.field_size_limit(max(csv.field_size_limit(), 2 * MAX_ROW_CHARACTERS))

    def rows(self) -> Iterator[Row]:
        reader = csv.reader(self._lines, delimiter=self._delimiter)
        while True:
            self._lines.start_record()
            line = self._lines.number + 1
            try:
                cells = next(reader)
                is_open = self._lines.ended  # it asked for one more line, to close a quote
            except StopIteration:
                break
            except _OpenQuote:
                is_open = True
            except _TooLong:
                if self._names is not None and self._lines.record:
                    yield from self._read_anew(line, list(self._lines.record))
                yield Row(self._lines.number, None, TOO_LONG)
                continue
            except csv.Error as error:
                yield Row(line, None, f"not valid CSV: {error}")
                continue
            if not is_open:
                yield from self._row(line, cells)
            elif self._names is None:
                yield Row(line, None, f"{_OPEN_QUOTE}; without the names of columns the rest is not read")
                return
            else:
                yield from self._read_anew(line, list(self._lines.record))
        if self._num_short:
            rows = "1 row has" if self._num_short == 1 else f"{self._num_short:,} rows have"
            self._say(f"{rows} fewer cells than the first line names (line {self._first_short} is the first)")

    def _read_anew(self, start: int, lines: list[str]) -> Iterator[Row]:
        """Lines that an open quote swallowed, each for itself: so all are read twice at most.

        Here a row of another width is refused: it may be a part of a text in quotes.
        """
        assert self._names is not None
        for line, text in enumerate(lines, start):
            try:
                cells = next(csv.reader([text], delimiter=self._delimiter, strict=True), [])
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
        if not cells:
            return  # a blank line
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
            if not cell.isascii() and SURROGATE.search(cell):
                yield Row(line, None, UNDECODABLE)
                return
            if "\0" in cell:
                yield Row(line, None, "holds a NUL byte, which is no text")
                return
            if at in self._unnamed:
                self._unnamed.discard(at)
                self._say(f"column {at + 1} has no name and is read as {name!r}")
            fields[name] = cell
        yield Row(line, fields)

    def _width(self, cells: list[str]) -> str:
        assert self._names is not None
        return f"{len(cells)} cells, but the first line names {len(self._names)}"

    def _named(self, cells: list[str]) -> list[str]:
        """A name for each column, no two of which would become one field."""
        names: list[str] = []
        given = {field_name(cell.strip()) for cell in cells}
        taken: set[str] = set()
        count: dict[str, int] = {}
        for at, cell in enumerate(cells):
            base = cell.strip() or f"column_{at + 1}"
            if not cell.strip():
                self._unnamed.add(at)
            name = base
            while field_name(name) in taken or (name != cell.strip() and field_name(name) in given):
                count[base] = count.get(base, 1) + 1
                name = f"{base}_{count[base]}"
            if name != base and cell.strip():
                self._say(f"column {at + 1} is named {base!r} as another is; it is read as {name!r}")
            names.append(name)
            taken.add(field_name(name))
        return names


def _delimiter_of(lines: list[str]) -> str:
    """The delimiter by which most of the first rows have as many cells as the line of names.

    Cells are counted by csv.reader: a delimiter in quotes is none. Without rows, the names decide. One column
    has no delimiter; but where rows are many cells under one name, it is the names that are wrong.
    """
    whole = len(lines) < _SAMPLE_LINES and sum(map(len, lines)) < _SAMPLE_CHARACTERS

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
