"""What a document's fields are: their types, how text is analysed, what is stored.

A Schema is made from keyword arguments and kept in the manifest as plain data. It knows nothing of files, of
morphology or of queries.
"""

from __future__ import annotations

from .analysis.languages import DEFAULT_LANGUAGES
from .errors import SchemaError, UnknownFieldError, brief
from .lean import TYPE_CHECKING, Mapping
from .records import Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import Any, ClassVar, NoReturn, TypeAlias
    from uuid import UUID

DocumentId: TypeAlias = "str | int | UUID"
"""An id as a program may give it; the index has strings."""

ID = "id"
"""The reserved name of a document's external key."""


def id_of(value: Any) -> Any:
    """An id as the index has it: the digits of an int, the letters of a UUID; all else as it is."""
    if type(value) is str:
        return value
    if (isinstance(value, int) and not isinstance(value, bool)) or type(value).__name__ == "UUID":
        try:
            return str(value)
        except ValueError:  # more digits than Python writes out: longer than an id may be
            return value
    return value


TITLE_NAMES = (
    "title",
    "headline",
    "heading",
    "subject",
    "заголовок",
    "заглавие",
    "название",
    "наименование",
    "тема",
)
"""What titles are called, the best first; a field is one that is_called so."""

_NAMES = ("name", "имя")
MAX_FIELDS = 256
MAX_NAME = 256
"""Characters of a field's name, at most."""

MAX_BOOST = 1_000_000


def is_called(name: str, names: Collection[str]) -> bool:
    """Whether a field has one of these names, alone, within an object, or of something.

    fields_title is a title; of Russian names the first word says what it is: Название_товара.
    """
    name = name.lower()
    first, _, _ = name.partition("_")
    return name in names or name.rpartition("_")[2] in names or (not first.isascii() and first in names)


def _title_rank(name: str) -> int:
    """How good a title a field is by its name, 0 being the best; -1 if it is none."""
    if (small := name.lower()) in TITLE_NAMES:
        return TITLE_NAMES.index(small)
    if is_called(name, TITLE_NAMES):
        return len(TITLE_NAMES)
    return len(TITLE_NAMES) + 1 + _NAMES.index(small) if small in _NAMES else -1


class Field(Record, kw_only=True):
    """What all fields share: whether the value is stored, to be shown and highlighted."""

    kind: ClassVar[str] = ""
    """The type's name in a manifest, and of the module in kinds/ that knows what to do with its values."""
    searched: ClassVar[bool] = False
    """Whether the core indexes its values, by terms; else they stand in a column."""
    joins_digits: ClassVar[bool] = False
    """Whether spaces between thousands join digits in its values: 1 000."""
    is_json: ClassVar[bool] = True
    """Whether its values are JSON, and stored as they are; else its kind says how."""
    code: ClassVar[str] = ""
    """What its values are in a column: "d", doubles, "q", integers, "B", 0 and 1, "k", strings. A part of the
    format."""
    stored: bool = True

    @property
    def has_column(self) -> bool:
        """Whether its values stand in a column, for filters, sorting and facets."""
        return True

    def __post_init__(self) -> None:
        for name, default in self._defaults.items():
            value = getattr(self, name)
            if isinstance(default, bool) and not isinstance(value, bool):
                raise SchemaError(f"{name} is True or False, got {value!r}")

    def _refuse_values(self, values: tuple[Any, ...]) -> NoReturn:
        name = type(self).__name__
        languages = f", for example {name}(languages=('ru',))" if "languages" in self.field_names() else ""
        raise SchemaError(
            f"what a {name} can do is said by name{languages}; got {', '.join(map(repr, values))} without one"
        )


class Text(Field, kw_only=True):
    """Running text, searched by lemmas and scored by BM25.

    languages: ("en", "ru") by default; further ones ("de", "fr", …) are stemmed by Snowball; () means plain
        case-folded forms, no morphology.
    boost: how many places of a field without one a place in this field counts as, above 0 (docs/ranking.md).
    default: whether a query that names no field searches this one.
    k1, b: BM25's saturation (≥ 0) and length normalisation (0 to 1). A schema has one k1,
        since its fields are added up before they saturate; each has its own b.
    parts: whether what dots, underscores, slashes, @ and the capitals of identifiers join is found by its
        parts, too: node.js by "node", the_new_era.pdf by "era", getUserName by "user". It costs a few percent
        of the index in running text. What hyphens join is always found by its parts.
    column: whether whole values stand in a column, too, to be sorted and filtered by; it keeps each of them
        in memory while a segment is built.
    term_vectors: whether the terms of each document stand together, too, so that `expand` need not read its
        text: a forward index, about 9% of an index of short articles (docs/query-language.md).
    analyzer: a function that gives a word's lemmas in place of the dictionaries: it gets a word in small
        letters, Latin, Russian or Arabic ones, and returns one string or several; none of them: the word
        itself. It is asked once for each form, and must give the same whenever it is asked. The index keeps
        its name (module:function) and a fingerprint of what it does; raise its attribute `version` where that
        changes. A program that opens the index makes this field, or one like it, before.
    stopwords: what a query leaves out unless it is in quotes; None: the function words of the languages.
    """

    kind: ClassVar[str] = "text"
    searched: ClassVar[bool] = True
    joins_digits: ClassVar[bool] = True
    code: ClassVar[str] = "k"
    languages: tuple[str, ...] = DEFAULT_LANGUAGES
    boost: float = 1.0
    default: bool = True
    k1: float = 1.2
    b: float = 0.75
    parts: bool = True
    column: bool = False
    term_vectors: bool = False
    analyzer: Any = None
    stopwords: tuple[str, ...] | None = None

    @property
    def has_column(self) -> bool:
        """Whether its whole values stand in a column: as `column` says."""
        return self.column

    def __post_init__(self) -> None:
        super().__post_init__()
        if isinstance(self.languages, str):
            raise SchemaError(
                f"languages is a tuple of language codes, got the string {self.languages!r}; "
                f"write ({self.languages!r},)"
            )
        vars(self)["languages"] = _strings("languages", self.languages, '("en", "ru")')
        if self.analyzer is not None:
            from .analysis.custom import named

            vars(self)["analyzer"] = named(self.analyzer)
        if self.stopwords is not None:
            vars(self)["stopwords"] = _strings("stopwords", self.stopwords, '("the", "и")')
        for name in ("boost", "k1", "b"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise SchemaError(f"{name} is a number, got {type(value).__name__}: {brief(value)}")
        if not 0 < self.boost <= MAX_BOOST:
            raise SchemaError(f"boost is a number above 0, {MAX_BOOST:,} at most, got {self.boost!r}")
        if not self.k1 >= 0 or not 0 <= self.b <= 1:
            raise SchemaError(f"k1 is at least 0 and b from 0 to 1, got k1={self.k1!r}, b={self.b!r}")


def _strings(name: str, values: Any, example: str) -> tuple[str, ...]:
    """Strings as a schema keeps them; sets in their order."""
    if isinstance(values, (set, frozenset)):
        values = sorted(values, key=str)
    if not isinstance(values, (tuple, list)) or not all(isinstance(one, str) for one in values):
        raise SchemaError(f"{name} is a tuple of strings, like {example}, got {brief(values)}")
    return tuple(values)


class Keyword(Field, kw_only=True):
    """An exact string or several (tags, codes, paths): matched whole.

    fold: whether capitals and small letters are the same, and е and ё; by default they are not. It holds for
        words and for patterns, and for what stands in the column.
    column: whether its values stand in a column, too, to be sorted by, counted as facets and filtered by
        ranges; not needed for words and patterns.
    """

    kind: ClassVar[str] = "keyword"
    searched: ClassVar[bool] = True
    code: ClassVar[str] = "k"
    fold: bool = False
    column: bool = True

    @property
    def has_column(self) -> bool:
        """Whether its whole values stand in a column: as `column` says."""
        return self.column


class Number(Field):
    """An int or float, kept as a double: exact for integers up to 2**53."""

    kind: ClassVar[str] = "number"
    code: ClassVar[str] = "d"
    joins_digits: ClassVar[bool] = True


class Integer(Field):
    """A whole number of 64 bits, exact: ids, counts, sums of money in the smallest coin."""

    kind: ClassVar[str] = "integer"
    code: ClassVar[str] = "q"
    joins_digits: ClassVar[bool] = True


class Date(Field):
    """A date or an aware datetime, kept in UTC to the microsecond."""

    kind: ClassVar[str] = "date"
    code: ClassVar[str] = "q"
    is_json: ClassVar[bool] = False


class Boolean(Field):
    """True or False."""

    kind: ClassVar[str] = "boolean"
    code: ClassVar[str] = "B"


FIELD_TYPES: dict[str, type[Field]] = {
    cls.kind: cls for cls in (Text, Keyword, Number, Integer, Date, Boolean)
}
"""All types of fields by their kinds: one line here, and a module in kinds/, make a new one."""


def column_types() -> str:
    """The types that have values and no words, for messages: "Number, Integer, Date and Boolean"."""
    names = [cls.__name__ for cls in FIELD_TYPES.values() if not cls.searched]
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _is_name(name: str) -> bool:
    return name.replace("_", "a").isalnum() and not name[0].isdecimal()


class Schema(Mapping[str, Field]):
    """The fields of an index, in order: `Schema(title=Text(boost=2.0), body=Text(), published=Date())`.

    A mapping from name to field. The name `id` is reserved for the document's key.

    Raises SchemaError for a name that is not an identifier, a value that is not a field, or no field at all.
    """

    def __init__(self, **schema_fields: Field) -> None:
        if not schema_fields:
            raise SchemaError("a schema has at least one field, got none; for example Schema(body=Text())")
        if len(schema_fields) > MAX_FIELDS:
            raise SchemaError(f"a schema has at most {MAX_FIELDS} fields, got {len(schema_fields)}")
        for name, field in schema_fields.items():
            if len(name) > MAX_NAME:
                raise SchemaError(
                    f"a field's name has at most {MAX_NAME} characters, got {len(name):,}: {brief(name, 40)}…"
                )
            if name == ID or not _is_name(name):
                raise SchemaError(
                    f"a field's name is a word of letters, digits and _ that does not start with a digit and "
                    f"is not 'id' (every document has its id anyway), got {name!r}"
                )
            if not isinstance(field, Field) or field.kind not in FIELD_TYPES:
                types = ", ".join(f"{cls.__name__}()" for cls in FIELD_TYPES.values())
                raise SchemaError(f"field {name!r} is one of {types}, got {field!r}")
        self._fields = dict(schema_fields)
        given = {name: field.k1 for name, field in schema_fields.items() if isinstance(field, Text)}
        if len(set(given.values())) > 1:
            raise SchemaError(
                f"the Text fields of a schema have one k1, for they are added up before they saturate; got "
                f"{', '.join(f'{k1:g} for {name}' for name, k1 in given.items())}; give them the same k1 "
                f"(each may have its own b)"
            )
        self._k1 = next(iter(given.values()), 1.2)

    def bm25(self, name: str) -> tuple[float, float]:
        """k1 and b of a searched field. The length of a Keyword does not matter."""
        field = self._fields[name]
        return self._k1, field.b if isinstance(field, Text) else 0.0

    def __getitem__(self, name: str) -> Field:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __repr__(self) -> str:
        return f"Schema({', '.join(f'{name}={field!r}' for name, field in self._fields.items())})"

    def field(self, name: str) -> Field:
        """The field of that name; UnknownFieldError, which lists the fields, if there is none."""
        try:
            return self._fields[name]
        except (KeyError, TypeError):  # not there, or nothing that could name one
            raise UnknownFieldError(
                f"there is no field {brief(name)}; this index has: id, {', '.join(self._fields)}"
            ) from None

    @property
    def text_fields(self) -> tuple[str, ...]:
        """The names of the Text fields, in order."""
        return tuple(name for name, field in self._fields.items() if isinstance(field, Text))

    @property
    def title_fields(self) -> tuple[str, ...]:
        """The names of the Text fields that say what a document is called, the best one first."""
        ranked = [(rank, name) for name in self.text_fields if (rank := _title_rank(name)) >= 0]
        return tuple(name for _, name in sorted(ranked, key=lambda pair: pair[0]))

    @property
    def default_fields(self) -> tuple[str, ...]:
        """The fields that a query searches when it names none."""
        return tuple(
            name for name, field in self._fields.items() if isinstance(field, Text) and field.default
        )

    @property
    def searched_fields(self) -> tuple[str, ...]:
        """The fields that the core indexes (Text and Keyword), in the order of plans and segments."""
        return tuple(name for name, field in self._fields.items() if field.searched)

    @property
    def field_numbers(self) -> dict[str, int]:
        """The core's number of each searched field."""
        return {name: number for number, name in enumerate(self.searched_fields)}

    @property
    def column_kinds(self) -> dict[str, str]:
        """The fields that have a column, with their kinds, in the order of plans and segments."""
        return {name: field.kind for name, field in self._fields.items() if field.has_column}

    @property
    def column_codes(self) -> list[tuple[str, str]]:
        """The same with what their values are there, as the core takes them."""
        return [(name, field.code) for name, field in self._fields.items() if field.has_column]

    @property
    def column_numbers(self) -> dict[str, int]:
        """The core's number of each column."""
        return {name: number for number, name in enumerate(self.column_kinds)}

    @property
    def folded_columns(self) -> frozenset[str]:
        """The columns that hold folded keys."""
        return frozenset(name for name in self.column_kinds if getattr(self._fields[name], "fold", False))

    @property
    def encoded_kinds(self) -> dict[str, str]:
        """The fields whose values are stored as their kind encodes them (Date), with their kinds."""
        return {name: field.kind for name, field in self._fields.items() if not field.is_json}

    def to_dict(self) -> dict[str, dict[str, Any]]:
        """Plain data, for JSON: {name: {"kind": …, option: value, …}}."""
        return {name: {"kind": field.kind, **vars(field)} for name, field in self._fields.items()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Schema:
        """The inverse of to_dict; SchemaError names what it does not know."""
        if not isinstance(data, Mapping):
            raise SchemaError(f"a schema is an object of fields, got {type(data).__name__}: {brief(data)}")
        result: dict[str, Field] = {}
        for name, options in data.items():
            kind = options.get("kind") if isinstance(options, Mapping) else None
            if not isinstance(kind, str) or kind not in FIELD_TYPES:
                raise SchemaError(
                    f'field {name!r} is an object like {{"kind": "text"}}, with a kind of '
                    f"{', '.join(FIELD_TYPES)}, got {options!r}"
                )
            field_class = FIELD_TYPES[kind]
            values = {key: value for key, value in options.items() if key != "kind"}
            unknown = values.keys() - set(field_class.field_names())
            if unknown:
                raise SchemaError(f"field {name!r} has unknown options: {', '.join(sorted(unknown))}")
            result[name] = field_class(**values)
        return cls(**result)
