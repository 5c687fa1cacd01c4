"""Rows of structured files: JSON Lines, JSON, CSV and TSV, read as a stream.

Lines of text come in, Rows go out, each with its line number and either its raw fields or the reason why it
is refused; a bad row never ends the file. Values stay as they are written: a CSV cell is a string. Nothing is
known of schemas.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TextIO

MAX_ROW_CHARACTERS = 64 * 1024 * 1024
"""A longer line is refused: one line without an end must not fill the memory."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class Row(NamedTuple):
    """One row: its line (1 is the first), and its fields or else the reason why it has none."""

    line: int
    fields: dict[str, Any] | None
    reason: str = ""


def read_jsonl(stream: TextIO) -> Iterator[Row]:
    """One JSON object a line; blank lines are passed over."""
    for number, line, reason in _lines(stream):
        if reason:
            yield Row(number, None, reason)
        elif line and not line.isspace():
            yield _parse(number, line)


def read_json(stream: TextIO) -> Iterator[Row]:
    """A JSON file: one object, or an array of them; it is read whole. Its rows are counted, not its lines."""
    text = stream.read(MAX_ROW_CHARACTERS + 1)
    if len(text) > MAX_ROW_CHARACTERS:
        yield Row(1, None, "too big to be read whole; make it .jsonl: `jq -c '.[]' file.json > file.jsonl`")
        return
    try:
        value = _loads(text)
    except (ValueError, RecursionError) as error:
        yield Row(getattr(error, "lineno", 1), None, f"not valid JSON: {_explain(error)}")
        return
    for number, item in enumerate(value if isinstance(value, list) else [value], 1):
        yield _row(number, item)


def read_csv(stream: TextIO, delimiter: str | None = None) -> Iterator[Row]:
    """Rows under a line of names; the delimiter is taken from that line unless it is given (TSV)."""
    counted = _QuoteCounter(stream)
    if delimiter is None:
        first = counted.peek()
        delimiter = max(",;\t|", key=first.count)
    csv.field_size_limit(max(csv.field_size_limit(), MAX_ROW_CHARACTERS))  # the csv module's, for the process
    reader = csv.reader(counted, delimiter=delimiter)
    names: list[str] | None = None
    while True:
        line = reader.line_num + 1
        counted.num_quotes = 0
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(line, None, f"not valid CSV: {error}")
            continue
        if counted.ended and counted.num_quotes % 2:
            yield Row(
                line,
                None,
                'a quote (") opens in this row and never closes; the rest of the file is lost in it',
            )
        elif names is None:
            names = [cell.strip() for cell in cells]
        elif cells:
            yield _csv_row(line, names, cells)


class _QuoteCounter:
    """Lines for csv.reader, which swallows the rest of a file after a stray quote and says nothing."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._peeked: str | None = None
        self.num_quotes = 0
        self.ended = False

    def peek(self) -> str:
        self._peeked = self._stream.readline(MAX_ROW_CHARACTERS)
        return self._peeked

    def __iter__(self) -> _QuoteCounter:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(MAX_ROW_CHARACTERS) if self._peeked is None else self._peeked
        self._peeked = None
        if not line:
            self.ended = True
            raise StopIteration
        self.num_quotes += line.count('"')
        return line


def _csv_row(line: int, names: list[str], cells: list[str]) -> Row:
    if len(cells) > len(names):
        if any(cell for cell in cells[len(names) :]):
            return Row(line, None, f"has {len(cells)} cells, but the first line names {len(names)}")
        cells = cells[: len(names)]
    if any(_SURROGATE.search(cell) for cell in cells):
        return Row(line, None, "holds bytes that are not text in the file's encoding")
    return Row(line, {name: cell for name, cell in zip(names, cells, strict=False) if name and cell})


def _lines(stream: TextIO) -> Iterator[tuple[int, str, str]]:
    """(number, line, reason); a line past the limit is read to its end and dropped."""
    number = 0
    while line := stream.readline(MAX_ROW_CHARACTERS):
        number += 1
        if len(line) < MAX_ROW_CHARACTERS or line.endswith("\n"):
            yield number, line, ""
            continue
        while (more := stream.readline(MAX_ROW_CHARACTERS)) and not more.endswith("\n"):
            pass
        yield number, "", f"longer than {MAX_ROW_CHARACTERS // 1024 // 1024} million characters"


def _parse(number: int, line: str) -> Row:
    if not line.isascii() and _SURROGATE.search(line):
        return Row(number, None, "holds bytes that are not text in the file's encoding")
    try:
        value = _loads(line)
    except (ValueError, RecursionError) as error:
        return Row(number, None, f"not valid JSON: {_explain(error)}")
    if "\\u" in line and _has_surrogate(value):
        return Row(number, None, "holds half of a surrogate pair (\\ud800 to \\udfff)")
    return _row(number, value)


def _row(number: int, value: Any) -> Row:
    if not isinstance(value, dict):
        kinds = {list: "an array", str: "a string", bool: "true or false", type(None): "null"}
        return Row(number, None, f"is {kinds.get(type(value), 'a number')}, not an object {{…}}")
    return Row(number, value)


def _loads(text: str) -> Any:
    return json.loads(text, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _explain(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return str(error)


def _has_surrogate(value: Any) -> bool:
    if isinstance(value, str):
        return bool(_SURROGATE.search(value))
    if isinstance(value, dict):
        return any(_has_surrogate(key) or _has_surrogate(item) for key, item in value.items())
    return isinstance(value, list) and any(map(_has_surrogate, value))
