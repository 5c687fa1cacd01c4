"""JSON Lines: an object a line, read as a stream."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TextIO

from .contract import SURROGATE, UNDECODABLE, Content, Row
from .json_value import HALF, explain, has_surrogate, parse, row_of
from .long_lines import numbered_lines


def read(content: Content) -> Iterator[Row]:
    """The rows of a .jsonl file."""
    return read_jsonl(content.lines())


def other_than_named(start: str, complete: bool) -> str | None:
    """ "json" for a file called .jsonl that is an array of objects."""
    if start[:1] != "[":
        return None
    if not complete:
        return "json" if start.partition("\n")[0].strip() in ("[", "[{") else None
    try:
        return "json" if any(isinstance(item, dict) for item in json.loads(start)) else None
    except (ValueError, RecursionError):
        return None


def is_jsonl(start: str) -> bool:
    """Whether a text begins with a line that is an object, and has more."""
    first, _, more = start.partition("\n")
    try:
        return start[:1] == "{" and bool(more.strip()) and isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def read_jsonl(stream: TextIO) -> Iterator[Row]:
    """One JSON object a line; blank lines are passed over."""
    doubtful = stream.errors != "strict"
    for number, line, reason in numbered_lines(stream):
        if reason:
            yield Row(number, None, reason)
        elif line and not line.isspace():
            yield _parsed(number, line, doubtful)


def _parsed(number: int, line: str, doubtful: bool) -> Row:
    if doubtful and not line.isascii() and SURROGATE.search(line):
        return Row(number, None, UNDECODABLE)
    try:
        value = parse(line)
    except (ValueError, RecursionError) as error:
        return Row(number, None, f"not valid JSON: {explain(error)}")
    if "\\u" in line and has_surrogate(value):
        return Row(number, None, HALF)
    return row_of(number, value)
