"""A value of a field as one of another type, where the field becomes one of that type.

Strings are read as cells of a table are, and other values become strings as they are written. What cannot be
is refused, never guessed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from .. import _core
from ..errors import DocumentError
from ..kinds import column_kind
from ..schema import Keyword, Schema
from ..storage.documents import encode_line
from .documents import MAX_KEYWORD_BYTES


class Unsuited(NamedTuple):
    """A value that is none of the new type, and why: a text that completes "field 'x' …"."""

    field: str
    value: Any
    reason: str


class Conversion:
    """What documents of one schema are in another.

    fields: those that are of another type there. gone: those that are not stored there.
    """

    def __init__(self, before: Schema, after: Schema, fields: frozenset[str], gone: frozenset[str]) -> None:
        self._before, self._after = before, after
        self._fields = tuple(name for name in after if name in fields)
        self._gone = gone

    def converted(
        self, document: Mapping[str, Any], refuse: Callable[[Unsuited], object] = lambda unsuited: None
    ) -> dict[str, Any]:
        """The document's values there; what does not suit is left out, and `refuse` is told."""
        values = dict(document)
        for name in self._fields:
            value = values.pop(name, None)
            if value is None:
                continue
            if isinstance(value, (list, tuple)):
                kept = [self._one(name, each, refuse) for each in value]
                kept = [each for each in kept if each is not None]
                if kept:
                    values[name] = kept
            elif (one := self._one(name, value, refuse)) is not None:
                values[name] = one
        return values

    def _one(self, name: str, value: Any, refuse: Callable[[Unsuited], object]) -> Any:
        """The value there, or None."""
        if value is None or value == "":  # an empty string is no value
            return None
        new = self._after[name]
        try:
            if new.searched:
                text = string_of(value)
                if isinstance(new, Keyword) and (size := _core.utf8_length(text)) > MAX_KEYWORD_BYTES:
                    raise ValueError(
                        f"is a keyword of {MAX_KEYWORD_BYTES} bytes at most, this one has {size}"
                    )
                return text
            kind = column_kind(new.kind)
            if not isinstance(value, str) or value.strip():
                read = kind.read(string_of(value).strip(), True)
                kind.to_column(read, name)
                return read
            return None
        except ValueError as error:  # a DocumentError, too, which names the field itself
            reason = str(error)
            if isinstance(error, DocumentError):
                reason = reason.removeprefix(f"field {name!r}").lstrip(": ")
            refuse(Unsuited(name, value, reason))
            return None

    @property
    def rewrites(self) -> bool:
        """Whether what is stored becomes another."""
        return bool(self._fields or self._gone)

    def rewritten(self, line: bytes) -> bytes:
        """A stored document as it is stored there."""
        values = json.loads(line.decode("utf-8", "surrogatepass"))
        for name in self._fields:
            if name in values:
                values[name] = _each(column_kind(self._before[name].kind).from_stored, values[name])
        values = self.converted(values)
        for name in self._fields:
            if name in values:
                to_stored = column_kind(self._after[name].kind).to_stored
                values[name] = _each(partial(_stored, to_stored, name), values[name])
        for name in self._gone:
            values.pop(name, None)
        return encode_line(values)


def string_of(value: Any) -> str:
    """A value as it is written: a date as ISO 8601, a number and a truth value as JSON."""
    if isinstance(value, str):
        return value
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def _stored(to_stored: Callable[[Any, str], Any], name: str, value: Any) -> Any:
    return to_stored(value, name)


def _each(function: Callable[[Any], Any], value: Any) -> Any:
    if isinstance(value, list):
        return [None if one is None else function(one) for one in value]
    return None if value is None else function(value)
