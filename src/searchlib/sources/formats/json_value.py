"""JSON values as rows, for the formats that hold them: parsed strictly, and refused with a reason."""

from __future__ import annotations

import json
from typing import Any

from .contract import SURROGATE, Row

_MAX_DIGITS = 4_000
HALF = "holds half of a surrogate pair (\\ud800 to \\udfff), or bytes that are not text"


def row_of(number: int, value: Any) -> Row:
    """The row that a value is, or why it is none."""
    if not isinstance(value, dict):
        kinds = {list: "an array", str: "a string", bool: "true or false", type(None): "null"}
        return Row(number, None, f"is {kinds.get(type(value), 'a number')}, not an object {{…}}")
    return Row(number, value)


def parse_leniently(text: str) -> Any:
    """The value; a number that cannot be (NaN, or one of too many digits) costs its own row alone."""
    try:
        return parse(text)
    except json.JSONDecodeError:
        raise
    except ValueError:
        return json.loads(text, parse_constant=float, parse_int=_integer)


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MAX_DIGITS else float(digits)


def parse(text: str) -> Any:
    """The value. Raises ValueError or RecursionError, which explain() explains."""
    return json.loads(text, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def explain(error: Exception) -> str:
    """What is wrong, for people."""
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    if "integer string conversion" in str(error):
        return "it holds a number of thousands of digits"
    return str(error)


def has_surrogate(value: Any) -> bool:
    """Whether some string in it is no text."""
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
