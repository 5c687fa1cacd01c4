"""Arguments of public calls, checked where they come in: what was expected, and what came.

A TypeError or ValueError of Python's own kind, with words for the caller. Nothing else is known here.
"""

from __future__ import annotations

from .errors import brief
from .lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TypeVar

    _T = TypeVar("_T")


def _came(value: object) -> str:
    return f"got {type(value).__name__}: {brief(value)}"


def checked_count(name: str, value: object, least: int = 0, or_none: bool = False) -> None:
    """A whole number of at least so many, or None if it may be."""
    if (type(value) is int and value >= least) or (or_none and value is None):
        return
    expected = f"{name} is a whole number, {least} or more{', or None' if or_none else ''}"
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{expected}, {_came(value)}")
    if value < least:
        raise ValueError(f"{expected}, got {brief(value)}")


def checked_number(name: str, value: object) -> None:
    """An int or a float that is a number."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise TypeError(f"{name} is a number, {_came(value)}")


def checked_string(name: str, value: object) -> None:
    """A string."""
    if not isinstance(value, str):
        raise TypeError(f"{name} is a string, {_came(value)}")


def checked_flag(name: str, value: object) -> None:
    """True or False."""
    if not isinstance(value, bool):
        raise TypeError(f"{name} is True or False, {_came(value)}")


def listed(name: str, value: Iterable[_T], what: str) -> list[_T]:
    """The items of an iterable that is no string; what: they are, for the message."""
    given: Any = value
    if isinstance(given, (str, bytes)) or not hasattr(type(given), "__iter__"):
        raise TypeError(f"{name} is {what}, {_came(given)}")
    return list(given)
