"""Rows of structured files: what a row is, and those of JSON Lines and JSON.

Lines of text come in, Rows go out, each with its line number and either its raw fields or the reason why it
is refused; a bad row never ends the file. Values stay as they are written. Nothing is known of schemas.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TextIO

from .wrapped import rows_of

MAX_ROW_CHARACTERS = 64 * 1024 * 1024
"""A longer line is refused: one line without an end must not fill the memory."""

SURROGATE = re.compile("[\ud800-\udfff]")
"""What a byte becomes that is no text in the file's encoding."""

UNDECODABLE = "holds bytes that are not text in the file's encoding"
TOO_LONG = f"longer than {MAX_ROW_CHARACTERS // 1024 // 1024} million characters"
_MAX_DIGITS = 4_000
_HALF = "holds half of a surrogate pair (\\ud800 to \\udfff), or bytes that are not text"


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


def read_json(
    stream: TextIO,
    records: str | None = None,
    say: Callable[[str], object] = lambda _: None,
    refuse: Callable[[str], object] = lambda _: None,
) -> Iterator[Row]:
    """A JSON file: an array of objects, an object that wraps one, or one object; it is read whole.

    Its rows are counted, not its lines. records: the dotted path of the array, "." for the object as it is.
    say is given what was chosen, and what lies beside it; refuse, which other rows there are.
    """
    text = stream.read(MAX_ROW_CHARACTERS + 1)
    if len(text) > MAX_ROW_CHARACTERS:
        yield Row(1, None, "too big to be read whole; make it .jsonl: `jq -c '.[]' file.json > file.jsonl`")
        return
    try:
        value = _loads_leniently(text)
    except (ValueError, RecursionError) as error:
        yield Row(getattr(error, "lineno", 1), None, f"not valid JSON: {_explain(error)}")
        return
    try:
        found = rows_of(value, records)
    except ValueError as error:
        yield Row(1, None, str(error))
        return
    if found.notice:
        say(found.notice)
    if found.unread:
        refuse(found.unread)
    doubtful = "\\u" in text or bool(not text.isascii() and SURROGATE.search(text))
    for number, item in enumerate(found.rows, 1):
        yield Row(number, None, _HALF) if doubtful and _has_surrogate(item) else _row(number, item)


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
        yield number, "", TOO_LONG


def _parse(number: int, line: str) -> Row:
    if not line.isascii() and SURROGATE.search(line):
        return Row(number, None, UNDECODABLE)
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


def _loads_leniently(text: str) -> Any:
    """The value, in which a number that is none costs its own row: NaN, or one of too many digits."""
    try:
        return _loads(text)
    except json.JSONDecodeError:
        raise
    except ValueError:
        return json.loads(text, parse_constant=float, parse_int=_integer)


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MAX_DIGITS else float(digits)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _explain(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    if "integer string conversion" in str(error):
        return "it holds a number of thousands of digits"
    return str(error)


def _has_surrogate(value: Any) -> bool:
    stack = [value]  # a value may be nested as deep as Python's own stack
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            if SURROGATE.search(item):
                return True
        elif isinstance(item, dict):
            stack.extend(item)
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
    return False
