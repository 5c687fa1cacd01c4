"""What a query says of fields that cannot be, as plain text: `price:cheap` is the words price and cheap.

A node as the lexer read it comes in; it goes out as it is, or as the words that it is made of, with a note
that says why. Ranges that were turned round are turned back. It knows the schema and no index.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..analysis.stopwords import bare
from ..errors import QueryError, brief
from ..forks import cached_property
from ..schema import ID, Schema, column_types
from . import grouped
from .nodes import And, Everything, Fuzzy, Node, Or, Phrase, Prefix, Range, Wildcard, Word
from .operands import is_searchable

if TYPE_CHECKING:
    from ..kinds.base import ColumnKind
    from .loose import LooseReader


class PlainText:
    """Of one query. notes: receives the sentences."""

    def __init__(self, text: str, schema: Schema, notes: list[str]) -> None:
        self._text, self._schema, self._notes = text, schema, notes

    def field(self, scope: str | None) -> str | None:
        """The field of plain text in a group of that one: none if it has no words."""
        return scope if scope is not None and self._has_words(scope) else None

    def with_name(self, node: Node, name: Word, is_negative: bool) -> Node:
        """A value behind a name that no field has, as the name and the value."""
        words: list[Node] = [name]
        if isinstance(node, Range):
            words += self._ends(node, name.field)
        elif not isinstance(node, Everything):  # `name:*` is the name
            words.append(_moved(node, name.field))
        return _joined(words, is_negative)

    def understood(self, node: Node, start: int | None, is_negative: bool) -> Node:
        """An operand as its field can have it; as plain text, after its field's name at `start`, if not."""
        field: str | None = getattr(node, "field", None)
        if field is None or isinstance(node, Everything):
            return node
        try:
            return self._readable(node, field)
        except QueryError as error:
            reason = str(error).split(";")[0]
            self._notes.append(f"{reason}: {brief(self._text[node.start : node.end])} was read as text")
        words: list[Node] = []
        if start is not None:
            words.append(Word(field, start=start, end=start + len(field)))
        words += self._ends(node, None) if isinstance(node, Range) else [_moved(node, None)]
        return _joined(words, is_negative)

    def hint_at_value(self, name: str, at: int) -> None:
        """A note, if what stands behind `name:` and a space is a value that the field can have."""
        match = re.compile(rf"\s+({grouped.VALUE}|\S{{1,200}})").match(self._text, at)
        value = bare(match[1]) if match else ""
        try:
            self._kind(name).bounds(value, name)
        except QueryError:
            return
        self._notes.append(
            f"{name}: and a space were read as text; to search the field, write {name}:{value}"
        )

    def _readable(self, node: Node, field: str) -> Node:
        """The node, its ends in order; QueryError if the field cannot have it."""
        if self._has_words(field) and not isinstance(node, Range):
            return node
        if isinstance(node, Range) and field != ID and not self._schema[field].has_column:
            raise QueryError(f"field {field!r} has no ranges, as {column_types()} fields have")
        if isinstance(node, Wildcard) and not set("*?\\").intersection(node.pattern.rstrip("?")):
            # No pattern is in a value, so that this is a question's mark: `year:1991?`
            node = Word(node.pattern.rstrip("?"), field, boost=node.boost, start=node.start, end=node.end)
        if isinstance(node, (Prefix, Wildcard, Fuzzy)) or (field == ID and isinstance(node, Range)):
            raise QueryError(
                f"field {field!r} has values and no words, so that no pattern or range is in them"
            )
        if field == ID:
            return node
        kind = self._kind(field)
        if isinstance(node, (Word, Phrase)):
            return self._value(node, kind, field)
        if isinstance(node, Range):
            low = None if node.low is None else kind.bounds(node.low, field)
            high = None if node.high is None else kind.bounds(node.high, field)
            if low is not None and high is not None and low[0] > high[1]:
                self._notes.append(f"the range from {node.low} to {node.high} was turned round")
                return node.replace(
                    low=node.high,
                    high=node.low,
                    includes_low=node.includes_high,
                    includes_high=node.includes_low,
                )
        return node

    def _value(self, node: Word | Phrase, kind: ColumnKind, field: str) -> Node:
        """The node, without punctuation that clings to its value; QueryError."""
        try:
            kind.bounds(node.text, field)
        except QueryError:
            text = bare(node.text)
            if isinstance(node, Word) and (found := self._loose.divided(node, field)):
                return found
            if text == node.text:
                raise
            kind.bounds(text, field)
            return node.replace(text=text)
        return node

    @cached_property
    def _loose(self) -> LooseReader:
        from .loose import LooseReader

        return LooseReader(self._text, self._schema, self._notes)

    def _kind(self, field: str) -> ColumnKind:
        from ..kinds import column_kind

        return column_kind(self._schema[field].kind)

    def _has_words(self, field: str) -> bool:
        return field != ID and self._schema[field].searched

    def _ends(self, node: Range, field: str | None) -> list[Node]:
        """The ends of a range, as words where they stand."""
        found: list[Node] = []
        at = node.start
        for end in (node.low, node.high):
            if end is None or not is_searchable(end):
                continue
            quoted = self._text.find(f'"{end}"', at, node.end)
            start = quoted if quoted >= 0 else max(self._text.find(end, at, node.end), at)
            kind = Phrase if quoted >= 0 else Word
            at = min(start + len(end) + 2 * (quoted >= 0), node.end)
            found.append(kind(end, field, boost=node.boost, start=start, end=at))
        return found


def _moved(node: Node, field: str | None) -> Node:
    assert not node.children
    return node.replace(field=field)


def _joined(words: list[Node], is_negative: bool) -> Node:
    """The words as one operand: any of them, or, where that is excluded, all."""
    if len(words) == 1:
        return words[0]
    start, end = min(word.start for word in words), max(word.end for word in words)
    return (And if is_negative else Or)(tuple(words), start=start, end=end)
