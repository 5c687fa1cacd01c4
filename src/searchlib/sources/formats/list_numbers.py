"""The numbers that a browser puts before the items of a list: 1. 2., a. b., iv."""

from __future__ import annotations

from typing import Any

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MAX_ROMAN = 3_999
_MAX_DIGITS = 9


class ListNumbers:
    """The lists that are open, each with its next number."""

    def __init__(self) -> None:
        self._lists: list[list[Any]] = []  # the type, the next number, the step; of <ul> nothing

    def begin(self, tag: str, node: Any) -> None:
        if tag != "ol":
            self._lists.append([])
            return
        attributes = node.attributes
        step, start = 1, _number(attributes.get("start"))
        if "reversed" in attributes:
            step, start = -1, sum(child.tag == "li" for child in node.iter()) if start is None else start
        self._lists.append([attributes.get("type") or "1", 1 if start is None else start, step])

    def next(self, item: Any) -> str:
        """What stands before an item: "" in a list without numbers, or outside of any."""
        if not self._lists or not self._lists[-1]:
            return ""
        kind, number, step = self._lists[-1]
        given = _number(item.attributes.get("value"))
        number = number if given is None else given
        self._lists[-1][1] = number + step
        return f"{_written(number, kind)}."

    def end(self) -> None:
        if self._lists:
            self._lists.pop()


def _number(text: str | None) -> int | None:
    """A whole number as an attribute says it; None for any other text, and for one beyond all lists."""
    text = (text or "").strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= _MAX_DIGITS else None


def _written(number: int, kind: str) -> str:
    if number < 1 or kind not in ("a", "A", "i", "I") or (kind in "iI" and number > _MAX_ROMAN):
        return str(number)
    text = ""
    if kind in "iI":
        for value, letters in _ROMAN:
            text += letters * (number // value)
            number %= value
    while number:  # a … z, aa …
        number, letter = divmod(number - 1, 26)
        text = chr(ord("a") + letter) + text
    return text if kind.islower() else text.upper()
