"""What every field type keeps, whichever it is: a value's way from a source to a query and back."""

from __future__ import annotations

import ast
import pkgutil
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

import searchlib
from searchlib import Index, Schema, kinds
from searchlib.errors import DocumentError, QueryError
from searchlib.kinds import column_kind, guessed_kind, kind_of
from searchlib.kinds.base import ColumnKind
from searchlib.schema import FIELD_TYPES, column_types

SOURCES = Path(searchlib.__file__).parent
COLUMNS = [name for name, cls in FIELD_TYPES.items() if not cls.searched]

SAMPLES: dict[str, tuple[Any, Any, str]] = {
    "text": ("A line.", "A line.", "line"),
    "keyword": (1991, "1991", "1991"),
    "number": (1.5, 1.5, "1.5"),
    "integer": (2**62 + 1, 2**62 + 1, str(2**62 + 1)),
    "date": ("1991-09-01", date(1991, 9, 1), "1991-09"),
    "boolean": (True, True, "да"),
}
"""Of each type: what a source has, the value, and a word of a query that finds it."""


def test_every_type_has_a_module_and_every_module_a_type() -> None:
    modules = {module.name for module in pkgutil.iter_modules(kinds.__path__)} - {"base"}
    assert modules == set(FIELD_TYPES) == set(SAMPLES)
    assert all(isinstance(kind_of(name), ColumnKind) and cls.code for name, cls in FIELD_TYPES.items())
    assert all(column_kind(name).strings == (cls.code == "k") for name, cls in FIELD_TYPES.items())
    assert all(FIELD_TYPES[name].__name__ in column_types() for name in COLUMNS)
    with pytest.raises(KeyError):
        kind_of("colour")


@pytest.mark.parametrize("name", FIELD_TYPES)
def test_a_value_goes_from_a_source_into_an_index_and_is_found(name: str) -> None:
    raw, value, word = SAMPLES[name]
    assert kind_of(name).read(raw, False) == value
    index = Index.in_memory(Schema(it=FIELD_TYPES[name]()))
    with index.writer() as writer:
        writer.add({"id": "1", "it": value})
        writer.add({"id": "2", "it": [value, value]})
        writer.add({"id": "3"})
    index.refresh()
    assert {hit.id for hit in index.search(f"it:{word}")} == {"1", "2"}
    assert {hit.id for hit in index.search("it:*")} == {"1", "2"}
    assert index.get("1")["it"] == value
    assert index.get("2")["it"] == [value, value]


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_gives_back_what_it_holds(name: str) -> None:
    kind, (_, value, word) = column_kind(name), SAMPLES[name]
    number = kind.to_column(value, "it")
    assert kind.key(number) == kind.key(kind.to_column(kind.from_column(number), "it"))
    assert kind.span(value, "it")[0] == number
    low, high = kind.bounds(word, "it")
    assert low <= number <= high
    assert kind.span(kind.spelt(word), "it") == (low, high)
    assert kind.to_column(kind.from_column(number), "it") == number
    with pytest.raises(DocumentError, match="'it'"):
        kind.to_column(object(), "it")
    with pytest.raises(QueryError, match="'it'"):
        kind.bounds("neither", "it")
    with pytest.raises(ValueError, match=r"holds .*, got 'neither'"):
        kind.spelt("neither")
    with pytest.raises(ValueError, match="got an object"):
        kind.read({}, False)


@pytest.mark.parametrize("name", [name for name, cls in FIELD_TYPES.items() if not cls.is_json])
def test_what_is_no_json_is_encoded_and_comes_back(name: str) -> None:
    kind, value = kind_of(name), SAMPLES[name][1]
    stored = kind.to_stored(value, "it")
    assert isinstance(stored, str | int | float)
    assert kind.from_stored(stored) == value
    with pytest.raises(DocumentError):
        kind.to_stored(object(), "it")
    with pytest.raises(ValueError):
        kind.from_stored({})


RAW = [
    True,
    0,
    1.5,
    2**53,
    2**53 + 1,
    -(2**63),
    2**63,
    "9007199254740993",
    "09007199254740993",
    "0",
    "1",
    "007",
    "true",
    "да",
    "1991",
    "1991-09-01",
    "a b",
    "x",
    {},
    [],
]


@pytest.mark.parametrize("cells", [False, True])
@pytest.mark.parametrize("raw", RAW)
def test_no_two_types_take_a_value_for_their_own(raw: Any, cells: bool) -> None:
    claims = [name for name in FIELD_TYPES if kind_of(name).looks_like(raw, cells)]
    assert claims in ([], [guessed_kind(raw, cells)])


def test_a_moment_that_a_date_cannot_be_is_said() -> None:
    kind = column_kind("date")
    assert kind.from_column(0) == datetime(1970, 1, 1, tzinfo=timezone.utc)
    with pytest.raises(ValueError, match="years 1 to 9999"):
        kind.from_column(timedelta.max // timedelta(microseconds=1))


# ---- nobody else asks which type it is

ALLOWED = {"schema.py", *(f"kinds/{name}.py" for name in FIELD_TYPES)}
# In sources/formats/ "date" is what pages, letters and documents call one.
MEANS_ELSE = {
    "agents/answer_schemas.py": {"boolean", "integer", "number"},  # types of JSON Schema
    "agents/argument_schemas.py": {"boolean", "integer", "number"},
    "agents/schema_parts.py": {"integer"},
    "agents/tools.py": {"integer"},
    "cluster/ordinals.py": {"Integer"},  # a schema, as a user writes one
    "serve/types/expecting.py": {"number"},  # of JSON
    "serve/writing/spool.py": {"number"},  # of a line
    "wire/documents.py": {"number"},  # what JSON cannot say, by what it is: not a field's type
    "wire/scalars.py": {"date", "number"},
    "serve/page/messages.py": {"date"},  # what fields are called
    "serve/page/offering.py": {"date"},
    "evaluation/trec.py": {"number"},  # what a TREC topic's <num> is called
    "sources/file_fields.py": {"Number", "Date"},  # a file's size and time: a schema, as a user writes one
    "sources/formats/ods.py": {"boolean", "date"},  # kinds of cells
    "sources/formats/sqlite_values.py": {"boolean", "date"},  # what columns are declared as
}
COLUMN_CLASSES = {FIELD_TYPES[name].__name__ for name in COLUMNS}


def spelt_out(path: Path) -> list[str]:
    """Where a module compares a kind with a string, spells a column's kind, or takes a column's class."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in [*COLUMNS, "keyword"]:
            found.append((node.lineno, str(node.value)))
        elif isinstance(node, ast.Compare) and "kind" in ast.unparse(node):
            constants = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
            found += [(node.lineno, str(value)) for value in constants if value in FIELD_TYPES]
        elif isinstance(node, ast.Name) and node.id in COLUMN_CLASSES:
            found.append((node.lineno, node.id))
    return [f"line {line}: {what}" for line, what in found]


def test_kinds_are_spelt_nowhere_else() -> None:
    elsewhere = {}
    for path in sorted(SOURCES.rglob("*.py")):
        name = path.relative_to(SOURCES).as_posix()
        means_else = MEANS_ELSE.get(name, {"date"} if name.startswith("sources/formats/") else set())
        said = [line for line in spelt_out(path) if line.split(": ")[1] not in means_else]
        if name not in ALLOWED and said:
            elsewhere[name] = said
    assert elsewhere == {}, "what depends on a field's type belongs to its module in kinds/"
