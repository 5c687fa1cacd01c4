"""A query string → operands, operators and parentheses, in one pass and without recursion.

Fields are settled here: each operand carries the field that its prefix or its group names. What names no
field, or a value that its field cannot have, is plain text unless the reader is strict. What belongs together
is the grammar's question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from .. import _core
from ..errors import QueryError, brief
from ..forks import cached_property
from ..schema import Schema, Text
from . import grouped, operands, writing
from .fields import DOTTED, NAME, FieldNames
from .nodes import Everything, Node, Range, Word
from .tokens import Close, Open, Opener, Operand, Operator, Token, unclosed

if TYPE_CHECKING:
    from .loose import LooseReader
    from .plain_text import PlainText

# Spaces, and punctuation that stands alone («—», «...»): nothing to search for, skipped at the
# speed of a regex.
_SPACE = re.compile(r"(?:\s+|[.,;:!?…—–/|&#@%=~^<>-]+(?=\s|\Z))*")
# In a group of a column's values, a comparison does not.
_SPACE_OF_VALUES = re.compile(r"(?:\s+|[.,;:!?…—–/|&#@%~^-]+(?=\s|\Z))*")
_AS_TEXT = "write a backslash before it where it is text"
_QUOTED = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)


class _Scope(NamedTuple):
    """A group's field, and how many groups its parenthesis closes: two, where `name:(` has no field.

    start: where it opens.
    """

    field: str | None = None
    closes: int = 1
    start: int = 0


class Lexer:
    """Iterate over it once.

    strict: a name that no field has raises. reads_values: a value that its field cannot have is plain text.
    notes: receives a sentence for whatever was not understood.
    """

    def __init__(
        self,
        text: str,
        schema: Schema,
        strict: bool = False,
        reads_values: bool = False,
        notes: list[str] | None = None,
    ) -> None:
        self._text = text
        self._schema = schema
        self._strict = strict
        self._reads_values = reads_values and not strict
        self._notes: list[str] = [] if notes is None else notes
        self._scopes = [_Scope()]
        self._at = 0
        self._may_have_quotes = True
        self._negates = False  # the last token was NOT or ANDNOT

    @cached_property
    def _fields(self) -> FieldNames:
        return FieldNames(self._schema)

    @cached_property
    def _plain_text(self) -> PlainText:
        from .plain_text import PlainText  # most queries name no field

        return PlainText(self._text, self._schema, self._notes)

    @cached_property
    def _loose(self) -> LooseReader:
        from .loose import LooseReader

        return LooseReader(self._text, self._schema, self._notes)

    @cached_property
    def _may_compare(self) -> bool:
        return self._reads_values and re.compile("[<>=≠≥≤⩾⩽]").search(self._text) is not None

    @cached_property
    def _wholes(self) -> dict[int, int]:
        """Where what people write with spaces inside begins and ends: «т. д.», +7 (701) 222-33-44."""
        if not re.compile(r"\d.*\d|\.\s", re.DOTALL).search(self._text):
            return {}
        return dict(_core.spaced_wholes(self._text))

    @cached_property
    def _readings(self) -> dict[int, tuple[str, ...]]:
        """What abbreviations stand for, by the words beside them; by where they begin."""
        if not re.compile(r"[\d.]|\b[A-Z][a-z]+\s+[^\W\d_a-zа-я]").search(self._text):
            return {}
        from .readings import readings  # most queries have none

        return readings(self._text)

    def __iter__(self) -> Iterator[Token]:
        while (start := self._skip_space()) < len(self._text):
            if whole := self._whole(start, self._scopes[-1].field):
                yield Operand(whole)
            elif self._text[start] == "(":
                yield self._open("", start, start + 1, self._scopes[-1].field)
            elif self._text[start] == ")":
                self._at = start + 1
                if len(self._scopes) == 1 and self._strict:
                    raise QueryError(
                        f"a parenthesis is closed that was not opened, at character {start + 1:,} of the "
                        f"query; {_AS_TEXT}",
                        start,
                    )
                if len(self._scopes) > 1:  # else nothing was opened: it is plain text
                    closes = self._scopes.pop().closes
                    boost, self._at = operands.boost_at(self._text, self._at)
                    yield Close(boost)
                    yield from [Close(1.0)] * (closes - 1)
            else:
                last: Token | None = None
                for last in self._operand(start):
                    yield last
                self._negates = isinstance(last, Operator) and last.name in ("NOT", "ANDNOT")
        if len(self._scopes) > 1:
            start = self._scopes[-1].start
            self._unclosed("a parenthesis", start, "it reaches to the end of the query")

    def _unclosed(self, what: Opener, start: int, reading: str) -> None:
        """Say how it is read; QueryError for a strict reader: so it might let more through than was meant."""
        if self._strict:
            raise QueryError(
                f"{what} is not closed: {brief(self._text[start:], 40)}, from character {start + 1:,} of the "
                f"query; close it, or {_AS_TEXT}",
                start,
            )
        self._notes.append(unclosed(what, reading))

    def _whole(self, start: int, field: str | None) -> Node | None:
        """What has spaces inside and begins there: in text alone, if nothing of the language clings to it."""
        end = self._wholes.get(start)
        if end is None or self._text[end : end + 1] in ("*", "?", "~", "^", ":", "\\"):
            return None
        if field is not None and not isinstance(self._schema.get(field), Text):
            return None
        whole = operands.phrase(self._text[start:end], start, end, field, 0)
        self._at = end if whole else self._at
        return whole

    def _skip_space(self) -> int:
        scope = self._scopes[-1].field
        space = _SPACE_OF_VALUES if scope is not None and self._has_column(scope) else _SPACE
        match = space.match(self._text, self._at)
        return match.end() if match else self._at

    def _operand(self, start: int) -> Iterator[Token]:
        sign = self._sign(start)
        start += len(sign)
        if self._may_compare and (node := self._loose.compared(start)):
            self._at = node.end
            yield self._ranged(node, sign)
            return
        field, value_at, unknown = self._field(start)
        scope = field or self._scopes[-1].field
        opens = self._text[value_at] == "("
        token: Token | None = None
        if field or not opens:
            token = self._loosely(value_at, start, scope, sign, unknown)
        if opens and token is None:
            if unknown:
                yield from self._open_plain(sign, unknown, value_at, scope)
            else:
                yield self._open(sign, start, value_at + 1, scope)
            return
        token = token or self._value(value_at, field, scope, sign, unknown)
        if isinstance(token, Operand):
            node, is_negative = token.node, sign == "-" or self._negates
            if unknown:
                node = self._plain_text.with_name(node, unknown, is_negative)
            elif scope is not None and self._reads_values:
                node = self._plain_text.understood(node, start if field else None, is_negative)
            compares = token.compares and isinstance(node, Range)
            token = token._replace(node=node, depth=1 + bool(node.children), compares=compares)
        if token:
            yield token
        elif unknown:
            yield Operand(unknown, sign)
        elif field is not None:
            self._notes.append(f"{brief(self._text[start : self._at])} asks for nothing in field {field}")

    def _loosely(
        self, at: int, start: int, scope: str | None, sign: str, unknown: Word | None
    ) -> Operand | None:
        """A range that is written in another way than the language's, in a field that has ranges."""
        if not self._reads_values or unknown or scope is None or not self._has_column(scope):
            return None
        if operands.range_at(self._text, at, scope, self._has_numbers(scope)):
            return None
        node = self._loose.value(at, scope, start, len(self._scopes) > 1)
        if node is None:
            return None
        self._at = max(node.end, at + 1)
        return self._ranged(node, sign)

    def _ranged(self, node: Node, sign: str) -> Operand:
        boost, self._at = operands.boost_at(self._text, self._at)
        compares = isinstance(node, Range) and (node.low is None or node.high is None)
        return Operand(operands.boosted(node, boost), sign, depth=1 + bool(node.children), compares=compares)

    def _value(
        self, value_at: int, field: str | None, scope: str | None, sign: str, unknown: Word | None
    ) -> Token | None:
        """The operand, or operator, whose text begins there: behind the name of its field if it has one."""
        named = unknown.text if unknown else field
        if self._text[value_at] == '"':
            node, self._at = self._phrase(value_at, scope)
            if node or named is None or self._at > value_at + 1:
                return Operand(node, sign) if node else None
            value_at += 1
        ranged = unknown.text if unknown else scope
        of_numbers = not unknown and self._has_numbers(scope)
        if ranged is not None and (node := operands.range_at(self._text, value_at, ranged, of_numbers)):
            if self._text[value_at] in "[{" and self._text[node.end - 1] not in "]}":
                self._unclosed("a range", value_at, "it reaches to the end of the query")
            elif self._text[value_at + 1] in " \u00a0" and operands.is_divided_sign(self._text, value_at):
                sign_there = self._text[value_at]
                self._notes.append(f"{sign_there} and = with a space between them were read as {sign_there}=")
            boost, self._at = operands.boost_at(self._text, node.end)
            return Operand(operands.boosted(node, boost), sign, compares=self._text[value_at] in "<>")
        if whole := self._whole(value_at, scope):
            return Operand(whole, sign)
        return self._run(value_at, named, scope, sign)

    def _open(self, sign: str, start: int, after: int, scope: str | None, closes: int = 1) -> Open:
        self._at = after
        self._scopes.append(_Scope(scope, closes, after - 1))
        return Open(sign, start)

    def _open_plain(self, sign: str, unknown: Word, at: int, scope: str | None) -> Iterator[Token]:
        """`name:(`, of which no field has the name: a group of the name and what follows."""
        yield Open(sign, unknown.start)
        yield Operand(unknown)
        if sign == "-" or self._negates:
            yield Operator("AND", Word("AND"))
        yield self._open("", at, at + 1, scope, 2)

    def _sign(self, start: int) -> str:
        # A minus excludes only between a space and a word: `a-b`, `a - b`, `--help` have none.
        text = self._text
        if text[start] not in "+-" or not (start == 0 or text[start - 1].isspace() or text[start - 1] == "("):
            return ""
        following = text[start + 1 : start + 2]
        return text[start] if following and not following.isspace() and following not in "+-)" else ""

    def _field(self, start: int) -> tuple[str | None, int, Word | None]:
        """The field that is named there, where its value begins, and a name that is meant for one."""
        match = NAME.match(self._text, start)
        if match:
            name, value_at = match[1], match.end()
        else:
            path = DOTTED.match(self._text, start)
            found = self._fields.of_path(path[1]) if path else None
            if path is None or found is None:
                return None, start, None
            name, value_at = found, path.end()
        following = self._text[value_at : value_at + 2]
        if name not in self._fields:
            if not self._fields.is_meant(name, self._text, value_at):
                return None, start, None
            if self._strict:
                raise self._fields.error(name, start)
            self._notes.append(self._fields.note(name))
            scope = self._plain_text.field(self._scopes[-1].field)
            return None, value_at, Word(name, scope, start=start, end=value_at - 1)
        if not following or following[0] == ")" or following == "//":
            return None, start, None
        if following[0].isspace():
            if not self._has_column(name):
                return None, start, None
            compared_at = operands.comparison_after(self._text, value_at)
            if compared_at is None and self._reads_values:
                self._plain_text.hint_at_value(name, value_at)
            return (None, start, None) if compared_at is None else (name, compared_at, None)
        return name, value_at, None

    def _has_column(self, name: str) -> bool:
        return name in self._schema and not self._schema[name].searched

    def _has_numbers(self, name: str | None) -> bool:
        return name is not None and self._has_column(name) and self._schema[name].joins_digits

    def _phrase(self, start: int, field: str | None) -> tuple[Node | None, int]:
        # A quote that clings to a word (27") opens nothing; one that is never closed is no quote at all.
        opens = start == 0 or not self._text[start - 1].isalnum()
        match = _QUOTED.match(self._text, start) if opens and self._may_have_quotes else None
        if not match:
            if opens and self._may_have_quotes:
                self._unclosed("a quotation mark", start, "what follows it was read as words")
            self._may_have_quotes = self._may_have_quotes and not opens
            return None, start + 1
        slop, end = operands.slop_at(self._text, match.end())
        boost, after = operands.boost_at(self._text, end)
        node = operands.phrase(match.group()[1:-1], start, end, field, slop)
        return node and operands.boosted(node, boost), after

    def _run(self, start: int, field: str | None, scope: str | None, sign: str) -> Token | None:
        of_value = field is not None and scope is not None
        match = (grouped.RUN_OF_FIELD if of_value else grouped.RUN).match(self._text, start)
        if not match:
            self._at = start + 1
            return None
        end = match.end()
        if self._text[end - 1].isdecimal() and end + 3 < len(self._text) and self._may_have_groups(scope):
            end = grouped.end_of_groups(self._text, start, end)
        self._at = end
        raw = self._text[start:end]
        if raw in writing.OPERATORS and not sign and field is None:
            in_field = self._plain_text.field(scope) if scope and self._reads_values else scope
            return Operator(raw, Word(raw, in_field, start=start, end=end))
        node = operands.word(raw, start, scope)
        if node is None and field is None and "*" in raw:
            self._notes.append(f"{brief(raw)} asks for nothing; * alone stands for all documents")
        if isinstance(node, Word) and (words := self._readings.get(start)):
            node = node.replace(stands_for=words)
        is_bare = isinstance(node, Everything) and field is None and ":" not in raw
        return Operand(node, sign, is_bare) if node else None

    def _may_have_groups(self, scope: str | None) -> bool:
        """Whether spaces join digits there: in text and in numbers; any other value ends at its space."""
        return scope is None or (scope in self._schema and self._schema[scope].joins_digits)
