"""A schema from the first rows of the sources, and fields for what later rows have besides.

Every string is Text, so that a plain query finds it in all its forms; where the values are short they stand
in a column, too, to be filtered by, sorted and counted as they are. Beside them are numbers, dates and
booleans, where all values are such. It is decided from the rows that were shown and from a few usual names,
English and Russian; a user who knows better gives a schema.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ..kinds import guessed_kind, kind_of
from ..schema import FIELD_TYPES, ID, MAX_FIELDS, TITLE_NAMES, Field, Schema, Text, is_called
from .mixture import mixture
from .word_sets import words_of

SAMPLE_ROWS = 10_000
_MAX_NAMES = 20_000
"""So many fields are looked at; an object with more is a table of its own, or made to fill the memory."""


TITLE_WEIGHT = 3.0
"""How many places of the body one in a title counts as: docs/ranking.md has what was measured."""

_TEXT_NAMES = frozenset(TITLE_NAMES) | words_of(
    "name text body content abstract summary description message comment question answer caption review"
    " article author имя текст описание содержание содержимое аннотация сообщение комментарий примечание"
    " вопрос ответ подпись отзыв рецензия статья резюме автор"
)
_MAX_SHORT = 200
"""Characters that a value of a column has at most: names, titles and tags, and no paragraphs."""

_SURE = 200
"""After so many strings in a field that has nothing else it is a field of strings."""


def document_schema() -> Schema:
    """The schema of plain texts: a title and a body."""
    return Schema(title=Text(boost=TITLE_WEIGHT), body=Text())


def fitting(schema: Schema, fields: Mapping[str, Field]) -> dict[str, Field]:
    """Those of new fields for which a schema has room, with the k1 that its Text fields share."""
    k1 = next((field.k1 for field in schema.values() if isinstance(field, Text)), 1.2)
    room = list(fields.items())[: MAX_FIELDS - len(schema)]
    return {name: field.replace(k1=k1) if isinstance(field, Text) else field for name, field in room}


class SchemaSketch:
    """What was seen of each field so far; `schema()` is the answer."""

    def __init__(self) -> None:
        self._seen: dict[str, _Seen] = {}

    def add(self, row: Mapping[str, Any], *, cells: bool = False) -> None:
        """Look at one row; cells: its values are cells of a table."""
        for name, value in row.items():
            seen = self._seen.get(name)
            if seen is None:
                if name == ID or len(self._seen) >= _MAX_NAMES:
                    continue
                seen = self._seen[name] = _Seen(name)
            for item in value if isinstance(value, list) else (value,):
                seen.add(item, cells)

    def add_plain(self, row: Mapping[str, Any]) -> None:
        """The fields of plain files: running text, whatever rows hold under the same names."""
        self.add(row)
        for name in row:
            self._seen[name].num_objects = 0
            self._seen[name].longest = _MAX_SHORT + 1

    def fields(self) -> dict[str, Field]:
        """The fields that an index could keep, in the order in which they were seen."""
        return {name: field for name, seen in self._seen.items() if (field := seen.field())}

    def schema(self) -> Schema | None:
        """None if no field was seen that an index could keep.

        Of more fields than a schema has, those of text and then those of most rows; documents are taken
        without the others, which their reader says.
        """
        fields = self.fields()
        if len(fields) > MAX_FIELDS:
            best = sorted(fields, key=lambda name: self._seen[name].worth(fields[name]), reverse=True)
            chosen = set(best[:MAX_FIELDS])
            fields = {name: field for name, field in fields.items() if name in chosen}
        return Schema(**fields) if fields else None

    def mixed(self) -> Iterator[tuple[str, str]]:
        """Fields that a few strings made text, and what is to be said of each."""
        for name, seen in self._seen.items():
            if said := seen.mixture():
                yield name, said


def text_field(name: str, *values: str) -> Text:
    """The field of strings such as these."""
    sketch = SchemaSketch()
    for value in values:
        sketch.add({name: value})
    field = sketch.fields().get(name)
    return field if isinstance(field, Text) else Text(column=True)


class _Seen:
    """The values of one field, counted by what they could be."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.kinds: Counter[str] = Counter()
        self.num_values = self.num_objects = self.longest = self.total_length = 0
        self.takers: set[str] | None = None  # the kinds that take every value, whatever it looks like
        self.example = ""  # a string that is none of the other kinds

    def add(self, value: Any, cells: bool) -> None:
        if isinstance(value, str):
            self.total_length += len(value)
            self.longest = max(self.longest, len(value))
            if self.num_values == self.kinds["string"] > _SURE:
                self.num_values += 1
                self.kinds["string"] += 1
                return
        kind = _kind(value, cells)
        if not kind:
            return
        self.num_values += 1
        if kind == "object":
            self.num_objects += 1
            return
        self.kinds[kind] += 1
        asked = FIELD_TYPES if self.takers is None else self.takers
        self.takers = {name for name in asked if kind_of(name).takes(value, cells)}
        if kind == "string" and not self.example:
            self.example = str(value)

    def worth(self, field: Field) -> tuple[bool, bool, int, int]:
        """What to go by where a schema has no room for all."""
        is_usual = is_called(self.name, _TEXT_NAMES)
        return is_usual, isinstance(field, Text), self.num_values, self.total_length

    def field(self) -> Field | None:
        # One stray object must not cost all other documents the field; where objects prevail, it is none.
        if self.num_objects * 2 > self.num_values or not self.kinds:
            return None
        is_title = is_called(self.name, TITLE_NAMES)
        joint = set(self.kinds) if len(self.kinds) == 1 else self.kinds.keys() & (self.takers or set())
        kind = next(iter(joint), "")
        if kind in FIELD_TYPES and not is_title:  # a title may be a year: 1984
            return FIELD_TYPES[kind]()
        return Text(boost=TITLE_WEIGHT if is_title else 1.0, column=self.longest <= _MAX_SHORT)

    def mixture(self) -> str:
        """What is to be said of a field that is mostly of another kind than text; "" of others."""
        kind, num = self.kinds.most_common(1)[0] if self.kinds else ("string", 0)
        others = self.kinds.total() - num
        if kind == "string" or not others or is_called(self.name, TITLE_NAMES):
            return ""
        return mixture(self.name, f"{kind}s", num, others, self.example)


def _kind(value: Any, cells: bool) -> str:
    """The kind that a value looks like; else "string", "object", or "" for nothing."""
    if value is None or (isinstance(value, str) and (not value or value.isspace())):
        return ""
    return guessed_kind(value, cells) or ("string" if isinstance(value, str | int) else "object")
