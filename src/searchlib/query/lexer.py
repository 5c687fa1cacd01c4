"""A query string → operands, operators and parentheses, in one pass and without recursion.

Fields are settled here: an operand goes out with the field that its prefix or its group names. What belongs
together is the grammar's question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from ..forks import cached_property
from ..schema import Schema, Text
from . import operands, writing
from .fields import NAME, FieldNames
from .nodes import Everything, Node, Word


class Operand(NamedTuple):
    """A node with its sign (`+`, `-` or none).

    is_bare: a `*` on its own, which may be a stray star of plain text. depth: the levels of its tree.
    """

    node: Node
    sign: str = ""
    is_bare: bool = False
    is_negated: bool = False
    depth: int = 1


class Operator(NamedTuple):
    """One of writing.OPERATORS; `word` is what it is where it can be no operator."""

    name: writing.Operator
    word: Word


class Open(NamedTuple):
    sign: str
    start: int


class Close(NamedTuple):
    boost: float


Token: TypeAlias = Operand | Operator | Open | Close

# Spaces, and punctuation that stands alone («—», «...»): nothing to search for, skipped at the
# speed of a regex.
_SPACE = re.compile(r"(?:\s+|[.,;:!?…—–/|&#@%=~^<>-]+(?=\s|\Z))*")
# A run ends at a space, a parenthesis or a quote that no backslash makes plain. Nothing follows the loop, so
# it never backtracks.
_RUN = re.compile(r"(?:[^\s()\"\\]+|\\[()\"\\]?)+")
# As in texts (core/text/scanner.hpp), one space joins groups of three digits. Compiled where they are used.
_GROUP_SPACE = "[ \u00a0\u2007\u2009\u202f](?=\\d\\d\\d(?![^\\W_]))"
_NUMBER = "[\\W_]*\\d{1,3}"
_AFTER_HYPHEN = "[-\u058a\u05be\u2010-\u2013\u2212\ufe63\uff0d]\\d{1,3}\\Z"
_QUOTED = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)


class Lexer:
    """Iterate over it once."""

    def __init__(self, text: str, schema: Schema) -> None:
        self._text = text
        self._schema = schema
        self._scopes: list[str | None] = [None]
        self._at = 0
        self._may_have_quotes = True

    @cached_property
    def _fields(self) -> FieldNames:
        return FieldNames(self._schema)

    def __iter__(self) -> Iterator[Token]:
        while (start := self._skip_space()) < len(self._text):
            if self._text[start] == "(":
                yield self._open("", start, start + 1, self._scopes[-1])
            elif self._text[start] == ")":
                self._at = start + 1
                if len(self._scopes) > 1:  # else nothing was opened: it is plain text
                    self._scopes.pop()
                    boost, self._at = operands.boost_at(self._text, self._at)
                    yield Close(boost)
            elif token := self._operand(start):
                yield token

    def _skip_space(self) -> int:
        match = _SPACE.match(self._text, self._at)
        return match.end() if match else self._at

    def _operand(self, start: int) -> Token | None:
        sign = self._sign(start)
        start += len(sign)
        field, value_at = self._field(start)
        scope = field or self._scopes[-1]
        if self._text[value_at] == "(":
            return self._open(sign, start, value_at + 1, scope)
        if self._text[value_at] == '"':
            node, self._at = self._phrase(value_at, scope)
            if node or field is None or self._at > value_at + 1:
                return Operand(node, sign) if node else None
            value_at += 1
        if scope is not None and (node := operands.range_at(self._text, value_at, scope)):
            boost, self._at = operands.boost_at(self._text, node.end)
            return Operand(operands.boosted(node, boost), sign)
        return self._run(value_at, field, scope, sign)

    def _open(self, sign: str, start: int, after: int, scope: str | None) -> Open:
        self._at = after
        self._scopes.append(scope)
        return Open(sign, start)

    def _sign(self, start: int) -> str:
        # A minus excludes only between a space and a word: `a-b`, `a - b`, `--help` have none.
        text = self._text
        if text[start] not in "+-" or not (start == 0 or text[start - 1].isspace() or text[start - 1] == "("):
            return ""
        following = text[start + 1 : start + 2]
        return text[start] if following and not following.isspace() and following not in "+-)" else ""

    def _field(self, start: int) -> tuple[str | None, int]:
        match = NAME.match(self._text, start)
        if not match:
            return None, start
        name, value_at = match[1], match.end()
        following = self._text[value_at : value_at + 2]
        if name not in self._fields:
            self._fields.check(name, self._text, start, value_at)
            return None, start
        if not following or following[0].isspace() or following[0] == ")" or following == "//":
            return None, start
        return name, value_at

    def _phrase(self, start: int, field: str | None) -> tuple[Node | None, int]:
        # A quote that clings to a word (27") opens nothing; one that is never closed is no quote at all.
        opens = start == 0 or not self._text[start - 1].isalnum()
        match = _QUOTED.match(self._text, start) if opens and self._may_have_quotes else None
        if not match:
            self._may_have_quotes = self._may_have_quotes and not opens
            return None, start + 1
        slop, end = operands.slop_at(self._text, match.end())
        boost, after = operands.boost_at(self._text, end)
        node = operands.phrase(match.group()[1:-1], start, end, field, slop)
        return node and operands.boosted(node, boost), after

    def _run(self, start: int, field: str | None, scope: str | None, sign: str) -> Token | None:
        match = _RUN.match(self._text, start)
        if not match:
            self._at = start + 1
            return None
        end = match.end()
        if self._text[end - 1].isdecimal() and end + 3 < len(self._text):
            end = self._with_groups(start, end, scope)
        self._at = end
        raw = self._text[start:end]
        if raw in writing.OPERATORS and not sign and field is None:
            word = Word(raw, scope, start=start, end=end)
            return Operator(raw, word)
        node = operands.word(raw, start, scope)
        is_bare = isinstance(node, Everything) and field is None and ":" not in raw
        return Operand(node, sign, is_bare) if node else None

    def _with_groups(self, start: int, end: int, scope: str | None) -> int:
        """Where a run ends with the digits that spaces join to it: 1 000 000 is one number.

        In text alone: a value of another field ends at its space.
        """
        text, part = self._text, start
        if scope is not None and not isinstance(self._schema.get(scope), Text):
            return end
        while space := re.compile(_GROUP_SPACE).match(text, end):
            is_number = re.compile(_NUMBER).fullmatch(text, part, end)
            if not is_number and not re.compile(_AFTER_HYPHEN).search(text, max(part, end - 4), end):
                return end
            run = _RUN.match(text, space.end())
            assert run is not None  # three digits
            part, end = run.span()
        return end
