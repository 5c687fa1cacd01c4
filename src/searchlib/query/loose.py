"""Ranges and comparisons as people write them elsewhere: [2003 to 2008], 2003..2008, year>2003, ≥2020.

Fields with columns alone have them. What is read so is said in a note, which shows how the language writes
it; what cannot be read is text, and never the first of its values. Loaded for such fields only.
"""

from __future__ import annotations

import re

from ..analysis.stopwords import bare
from ..errors import QueryError, brief
from ..kinds import column_kind
from ..schema import Schema
from . import grouped
from .nodes import Node, Or, Word
from .operands import BOUNDARY, is_searchable, ranged
from .tokens import unclosed

_WORDS = r"(?i:(?:^|(?<=\s))(?:to|through|до|по|and|и)(?=\s|$))"
_DOTS = r"\.{2,}|…"
_COMMA = r"[,;]"
_DASH = r"[-\u2010-\u2015\u2212]"
# What divides two ends, whether one may be missing beside it, and whether they must be in order.
_IN_BRACKETS = (
    (_WORDS, True, False),
    (_DOTS, True, False),
    (_COMMA, True, False),
    (_DASH, False, True),
    (r"\s+", False, True),
)
_IN_PARENTHESES = (_IN_BRACKETS[0], _IN_BRACKETS[1], _IN_BRACKETS[3])
_IN_VALUES = (_IN_BRACKETS[1], _IN_BRACKETS[3])
_CONTENT = r"[^\[\]{}()]{1,150}"
_RUN = r'[^\s()\[\]{}"^]{1,100}'
_VALUE = rf"(?:{grouped.VALUE}|{_RUN})"
_SIDE_BY_SIDE = rf"({_VALUE}\s{{1,3}}(?:to|TO|до|по|{_DASH}|\.{{2,3}}|…)\s{{1,3}}{_VALUE})"
_SIGNS = {"≥": ">=", "⩾": ">=", "=>": ">=", "≤": "<=", "⩽": "<=", "=<": "<=", "==": "=", "=": "="}
_SIGN = r"(>=|<=|=>|=<|==?|[<>≥≤⩾⩽])"
_SIGNED = rf"{_SIGN}\s{{0,9}}({_VALUE})"
_UNEQUAL = rf"(!=?|<>|≠)\s{{0,9}}({_VALUE})"
_NOT_EQUAL = rf"([^\W\d]\w{{0,100}})\s{{0,3}}(?!!\w){_UNEQUAL}"
_COMPARED = rf"([^\W\d]\w{{0,100}})\s{{0,3}}{_SIGNED}"


class LooseReader:
    """Of one query. notes: receives how what was read is written."""

    def __init__(self, text: str, schema: Schema, notes: list[str]) -> None:
        self._text, self._schema, self._notes = text, schema, notes

    def compared(self, start: int) -> Node | None:
        """`year > 2003`, `price=100`, where a column's field has that name and the value is one of it."""
        if unequal := re.compile(_NOT_EQUAL).match(self._text, start):
            self._hint_at_excluding(unequal[1], unequal[3], *unequal.span())
            return None
        match = re.compile(_COMPARED).match(self._text, start)
        if not match or not self._has_column(match[1]):
            return None
        return self._signed(match[2], match[3], match[1], start, match.end())

    def value(self, at: int, field: str, start: int, is_open: bool) -> Node | None:
        """What stands behind `field:` where no range of the language does.

        start: of the field's name. is_open: whether a parenthesis is, which may end there.
        """
        if self._text[at] in "[{(":
            return self._in_brackets(at, field, start, is_open)
        if unequal := re.compile(_UNEQUAL).match(self._text, at):
            self._hint_at_excluding(field, unequal[2], start, unequal.end())
            return None
        if match := re.compile(_SIGNED).match(self._text, at):
            return self._signed(match[1], match[2], field, at, match.end())
        match = re.compile(_SIDE_BY_SIDE + BOUNDARY).match(self._text, at)
        found = match and self._divided(match[1], field, ((_WORDS, False, True), *_IN_VALUES))
        return self._read(ranged(field, *found, True, True, match.span(1))) if match and found else None

    def divided(self, node: Word, field: str) -> Node | None:
        """`2020..2021` and `2020-2021`, as one run."""
        found = self._divided(bare(node.text), field, _IN_VALUES)
        if found is None:
            return None
        read = self._read(ranged(field, *found, True, True, (node.start, node.end)))
        return read.replace(boost=node.boost)

    def _in_brackets(self, at: int, field: str, start: int, is_open: bool) -> Node | None:
        opening = self._text[at]
        match = re.compile(rf"({_CONTENT})([\]}})]?)").match(self._text, at + 1)
        if not match:
            return None
        content, closing, end = match[1], match[2], match.end()
        if opening == "(" and not closing and end < len(self._text):
            return None  # a group with others inside
        if (closing == ")" and is_open and opening != "(") or (not closing and end < len(self._text)):
            said = unclosed("a range", f"{self._written(at, end)}; {self._hint(field)}")
            self._notes.append(said)
            return None
        ways = _IN_PARENTHESES if opening == "(" and closing != "]" else _IN_BRACKETS
        source = at, end
        if found := self._divided(content, field, ways):
            # (2003 to 2008) is a group, and has its ends; [2003, 2008) is written as in mathematics.
            is_group = opening == "(" and closing in (")", "")
            return self._read(
                ranged(
                    field, *found, opening == "[" or is_group, closing not in ("}", ")") or is_group, source
                )
            )
        if opening == "(":
            return None
        parts = [part for part in re.split(r"[,;\s]+", content) if part]
        if len(parts) > 2 and all(self._bounds(part, field) for part in parts):
            values = tuple(Word(part, field, start=at, end=end) for part in parts)
            return self._read(Or(values, start=at, end=end))
        if self._bounds(content.strip(), field):
            value = content.strip()
            return ranged(field, value, value, True, True, source) if re.search(r"\s", value) else None
        if len(parts) < 2:
            return None  # one run, which is no value: it has a note of its own
        self._notes.append(
            f"field {field!r} has no such range: {self._written(at, end)} was read as text; "
            f"{self._hint(field)}"
        )
        words = [Word(field, start=start, end=start + len(field))] if start < at else []
        for run in re.finditer(r"\S+", content):
            if is_searchable(run[0]):
                words.append(Word(run[0], start=at + 1 + run.start(), end=at + 1 + run.end()))
        return Or(tuple(words), start=words[0].start, end=end) if len(words) > 1 else None

    def _signed(self, sign: str, raw: str, field: str, start: int, end: int) -> Node | None:
        value = raw if self._bounds(raw, field) else bare(raw)
        if not self._bounds(value, field):
            return None
        sign = _SIGNS.get(sign, sign)
        if sign == "=":
            return self._read(Word(value, field, start=start, end=end))
        low, high = (value, None) if sign[0] == ">" else (None, value)
        with_low, with_high = sign != ">", sign != "<"
        node = ranged(field, low, high, with_low, with_high, (start, end))
        self._say(start, end, f"{field}:{sign}{value}")
        return node

    def _hint_at_excluding(self, field: str, raw: str, start: int, end: int) -> None:
        """Nothing is excluded by `year != 2003`, which may be a sentence's: what would do it is said."""
        if not self._has_column(field):
            return
        value = raw if self._bounds(raw, field) else bare(raw)
        if self._bounds(value, field):
            but = f"all but {value[:40]} is -{field[:40]}:{value[:40]}"
            self._notes.append(f"{self._written(start, end)} excludes nothing; {but}")

    def _divided(
        self, content: str, field: str, ways: tuple[tuple[str, bool, bool], ...]
    ) -> tuple[str | None, str | None] | None:
        """The two ends, if there is one way to divide them."""
        if self._bounds(content.strip(), field) and ways == _IN_VALUES:
            return None
        for divider, may_be_open, in_order in ways:
            found = []
            for match in re.compile(divider).finditer(content):
                low, high = _end(content[: match.start()]), _end(content[match.end() :])
                if (low is None or high is None) and (not may_be_open or low is high):
                    continue
                if self._are_ends(low, high, field, in_order):
                    found.append((low, high))
            if len(found) == 1 and not (divider == _DASH and self._bounds(content.strip(), field)):
                return found[0]
        return None

    def _are_ends(self, low: str | None, high: str | None, field: str, in_order: bool) -> bool:
        first = None if low is None else self._bounds(low, field)
        last = None if high is None else self._bounds(high, field)
        if (low is not None and first is None) or (high is not None and last is None):
            return False
        return not in_order or (first is not None and last is not None and first[0] <= last[1])

    def _bounds(self, value: str, field: str) -> tuple[float, float] | None:
        try:
            return column_kind(self._schema[field].kind).bounds(value, field)
        except QueryError:
            return None

    def _has_column(self, name: str) -> bool:
        return name in self._schema and not self._schema[name].searched

    def _read(self, node: Node) -> Node:
        self._say(node.start, node.end, node.to_text())
        return node

    def _say(self, start: int, end: int, written: str) -> None:
        self._notes.append(f"{self._written(start, end)} was read as {written[:150]}")

    def _written(self, start: int, end: int) -> str:
        return brief(self._text[start:end], 80)

    @staticmethod
    def _hint(field: str) -> str:
        return f"a range is written {field[:40]}:[low TO high]"


def _end(text: str) -> str | None:
    """An end of a range, as typed: None if it is open."""
    text = text.strip()
    text = text[1:-1] if len(text) > 2 and text[0] == text[-1] == '"' else text
    return None if text in ("", "*") else text
