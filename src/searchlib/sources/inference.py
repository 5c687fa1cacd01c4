"""A schema from the first rows of the sources.

Strings become Text where they are running text and Keyword where they are codes, beside numbers, dates and
booleans. It is decided from the rows that were shown and from a few usual names; a user who knows better
gives a schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..kinds import guessed_kind, kind_of
from ..schema import FIELD_TYPES, ID, MAX_FIELDS, Field, Keyword, Schema, Text

SAMPLE_ROWS = 1_000
_MAX_NAMES = 20_000
"""So many fields are looked at; an object with more is a table of its own, or made to fill the memory."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLE_WEIGHT = 3.0
"""How many places of the body one in a title counts as: docs/ranking.md has what was measured."""

_TEXT_NAMES = _words(
    "title name headline subject heading text body content abstract summary description message comment"
    " question answer caption review article"
)
_TITLE_NAMES = frozenset({"title", "headline", "heading", "subject"})
_MAX_KEYWORD = 100


def document_schema() -> Schema:
    """The schema of plain files: a title and a body."""
    return Schema(title=Text(boost=TITLE_WEIGHT), body=Text())


class SchemaSketch:
    """What was seen of each field so far; `schema()` is the answer."""

    def __init__(self) -> None:
        self._seen: dict[str, _Seen] = {}

    def add(self, row: Mapping[str, Any], *, cells: bool = False) -> None:
        """Look at one row; cells: its values are cells of a table."""
        for name, value in row.items():
            if name != ID and (name in self._seen or len(self._seen) < _MAX_NAMES):
                seen = self._seen.setdefault(name, _Seen(name))
                for item in value if isinstance(value, list) else (value,):
                    seen.add(item, cells, in_list=isinstance(value, list))

    def add_plain(self, row: Mapping[str, Any]) -> None:
        """The fields of plain files: they are there, whatever rows hold under the same names."""
        self.add(row)
        for name in row:
            self._seen[name].num_objects = 0

    def schema(self) -> Schema | None:
        """None if no field was seen that an index could keep.

        Of more fields than a schema has, those of text and then those of most rows; documents are taken
        without the others, which their reader says.
        """
        fields = {name: field for name, seen in self._seen.items() if (field := seen.field())}
        if len(fields) > MAX_FIELDS:
            best = sorted(fields, key=lambda name: self._seen[name].worth(fields[name]), reverse=True)
            chosen = set(best[:MAX_FIELDS])
            fields = {name: field for name, field in fields.items() if name in chosen}
        strings = [name for name, field in fields.items() if isinstance(field, Keyword)]
        if strings and not any(isinstance(field, Text) for field in fields.values()):
            longest = max(strings, key=lambda name: self._seen[name].total_length)
            fields[longest] = Text()  # without a Text field, a plain query would have nothing to search
        return Schema(**fields) if fields else None


class _Seen:
    """The values of one field, counted by what they could be."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.kinds: set[str] = set()
        self.takers: set[str] | None = None  # the kinds that take every value, whatever it looks like
        self.num_values = self.num_objects = 0
        self.running_text = False
        self.total_length = 0

    def add(self, value: Any, cells: bool, *, in_list: bool) -> None:
        kind = _kind(value, cells)
        self.num_values += kind != ""
        if kind == "object":
            self.num_objects += 1
        elif kind:
            self.kinds.add(kind)
            asked = FIELD_TYPES if self.takers is None else self.takers
            self.takers = {name for name in asked if kind_of(name).takes(value, cells)}
        if isinstance(value, str):
            self.total_length += len(value)
            # A list's items are tags unless they are sentences; a lone string of several words is text.
            spaces = value.count(" ") > 4 if in_list else len(value.split(None, 1)) > 1
            self.running_text |= (spaces and kind == "string") or len(value) > _MAX_KEYWORD

    def worth(self, field: Field) -> tuple[bool, bool, int, int]:
        """What to go by where a schema has no room for all."""
        is_usual = _is_called(self.name, _TEXT_NAMES)
        return is_usual, isinstance(field, Text), self.num_values, self.total_length

    def field(self) -> Field | None:
        # One stray object must not cost all other documents the field; where objects prevail, it is none.
        if not self.kinds or self.num_objects * 2 > self.num_values:
            return None
        joint = self.kinds if len(self.kinds) == 1 else self.kinds & (self.takers or set())
        kind = next(iter(joint), "")
        if kind in FIELD_TYPES:
            return FIELD_TYPES[kind]()
        if _is_called(self.name, _TEXT_NAMES) or self.running_text:
            return Text(boost=TITLE_WEIGHT) if _is_called(self.name, _TITLE_NAMES) else Text()
        return Keyword()


def _is_called(name: str, names: frozenset[str]) -> bool:
    """Whether a field has one of these names, alone or within an object: title, fields_title."""
    name = name.lower()
    return name in names or name.rpartition("_")[2] in names


def _kind(value: Any, cells: bool) -> str:
    """The kind that a value looks like; else "string", "object", or "" for nothing."""
    if value is None or value == "":
        return ""
    return guessed_kind(value, cells) or ("string" if isinstance(value, str | int) else "object")
