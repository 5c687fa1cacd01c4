"""What a column becomes by its values and its name, in English and Russian."""

from __future__ import annotations

from typing import Any

import pytest

from searchlib import Boolean, Date, Integer, Number, Schema, Text
from searchlib.sources.file_fields import FILE_FIELDS, file_values, missing, places
from searchlib.sources.files import SourceFile
from searchlib.sources.inference import SchemaSketch
from searchlib.sources.naming import flat

SHORT, LONG = Text(column=True), Text()
TITLE = Text(boost=3.0, column=True)
N, D, B = Number(), Date(), Boolean()

# name, values, and what they are as cells of a table
CELLS: list[tuple[str, list[str], Any]] = [
    ("x", ["1", "2"], N), ("x", ["1", "", "2.5"], N), ("x", ["-1", "+2", "1e3"], N), ("x", ["1", " "], N),
    ("x", ["1", "n/a"], SHORT), ("x", ["1", "2", "около 3"], SHORT), ("x", ["1,5"], SHORT),
    ("x", ["007"], SHORT), ("x", ["0", "10"], N), ("x", ["12345678901234567890"], SHORT),
    ("x", ["2024-05-01"], D), ("x", ["2024-05-01", "01.05.2024"], D), ("x", ["1.5.2024"], D),
    ("x", ["31.12.1999", "01.01.2000 12:30"], D), ("x", ["31.12.1999, 12:30:45"], D),
    ("x", ["31.02.2024"], SHORT), ("x", ["01.05.2024", "весной"], SHORT), ("x", ["05/01/2024"], SHORT),
    ("x", ["2024-05-01T10:00:00Z"], D), ("x", ["2024"], N), ("x", ["2024-05-01", "5"], SHORT),
    ("x", ["1.2"], N), ("x", ["1.2.3"], SHORT), ("x", ["1.2.24"], SHORT), ("x", ["13.13.2024"], SHORT),
    ("x", ["yes", "no"], B), ("x", ["да", "нет", ""], B), ("x", ["да", "не знаю"], SHORT),
    ("x", ["true", "False"], B), ("x", ["0", "1"], N), ("x", ["yes", "1"], SHORT),
    ("x", ["AB-1"], SHORT), ("x", ["https://example.org/a"], SHORT), ("x", ["ru"], SHORT),
    ("x", ["a" * 200], SHORT), ("x", ["a" * 201], LONG), ("x", ["кратко", "слово " * 50], LONG),
    ("x", ["", "  "], None), ("x", [], None), ("автор", ["Николай Гоголь"], SHORT),
    ("title", ["1984"], TITLE), ("title", ["A"], TITLE), ("Заголовок", ["А"], TITLE),
    ("название", ["1984", "Мы"], TITLE), ("Тема", ["Привет"], TITLE), ("Наименование", ["Стол"], TITLE),
    ("Название_товара", ["Стол"], TITLE), ("Тема_письма", ["о"], TITLE), ("fields_title", ["A"], TITLE),
    ("title_page", ["A"], SHORT), ("товар_название", ["Стол"], TITLE), ("subject", ["2024-05-01"], TITLE),
    ("имя", ["7"], N), ("текст", ["слово " * 50], LONG), ("темарий", ["А"], SHORT),
    ("описание", ["А"], SHORT),
    ("title", ["word " * 50], Text(boost=3.0)),
]  # fmt: skip

JSON: list[tuple[list[Any], Any]] = [
    ([1, 2.5], N), ([1, "2"], SHORT), (["2"], SHORT), ([True, False], B), ([True, 1], SHORT), ([None], None),
    ([[1, 2], 3], N), ([["a", "b"], []], SHORT), ([{"a": 1}], None), ([{"a": 1}, "x", "y"], SHORT),
    (["2024-05-01", None, ""], D), ([2**60], Integer()), ([""], None), (["yes"], SHORT),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "expected"), CELLS)
def test_columns_of_tables(name: str, values: list[str], expected: Any) -> None:
    sketch = SchemaSketch()
    for value in values:
        sketch.add({name: value}, cells=True)
    assert sketch.fields().get(name) == expected


@pytest.mark.parametrize(("values", "expected"), JSON)
def test_values_of_json(values: list[Any], expected: Any) -> None:
    sketch = SchemaSketch()
    for value in values:
        sketch.add({"x": value})
    assert sketch.fields().get("x") == expected


def test_a_column_is_told_by_all_its_rows() -> None:
    sketch = SchemaSketch()
    for n in range(5_000):
        sketch.add({"n": str(n), "s": "word", "late": "word"}, cells=True)
    sketch.add({"n": "нет данных", "s": "1", "late": "w" * 300}, cells=True)
    assert dict(sketch.fields()) == {"n": SHORT, "s": SHORT, "late": LONG}
    assert list(sketch.mixed()) == [
        (
            "n",
            "1 value is none of the 5,000 numbers of the field 'n', such as 'нет данных': it is read as text",
        )
    ]


PIECES: list[tuple[Any, dict[str, Any]]] = [
    (["a", {"type": "link", "text": "b"}], {"t": "ab"}),
    (["see ", {"type": "text_link", "text": "this", "href": "u"}, "."], {"t": "see this.", "t.href": ["u"]}),
    ([{"type": "plain", "text": "a "}, {"type": "bold", "text": "b"}], {"t": "a b"}),
    (
        [{"type": "note", "text": "a"}, {"type": "x", "text": "b"}],
        {"t.type": ["note", "x"], "t.text": ["a", "b"]},
    ),
    (["a", "b"], {"t": ["a", "b"]}),
    (["a", {"text": "b"}], {"t": ["a"], "t.text": ["b"]}),
    (["a", {"type": "link", "text": 5}], {"t": ["a"], "t.type": ["link"], "t.text": [5]}),
    (["a", 5, {"type": "link", "text": "b"}], {"t": ["a", 5], "t.type": ["link"], "t.text": ["b"]}),
    ([], {}),
]  # fmt: skip


@pytest.mark.parametrize(("value", "expected"), PIECES)
def test_text_in_pieces_is_joined(value: Any, expected: dict[str, Any]) -> None:
    assert flat({"t": value}) == expected


def test_text_that_stands_beside_itself_in_pieces_is_there_once() -> None:
    whole = [{"type": "plain", "text": "hello "}, {"type": "bold", "text": "you"}]
    assert flat({"text": "hello you", "text_entities": whole}) == {"text": "hello you"}
    messages = [{"text": ["a", {"type": "bold", "text": "b"}]}, {"text": "c"}]
    assert flat({"messages": messages}) == {"messages.text": ["ab", "c"]}


@pytest.mark.parametrize(
    ("root", "name", "expected"),
    [
        ("/a/notes", "b/Отчёт.PDF.md", ("Отчёт.PDF.md", "notes/b/Отчёт.PDF.md", "notes/b", "md")),
        ("/a/notes", "x.TXT", ("x.TXT", "notes/x.TXT", "notes", "txt")),
        ("/a/notes", "Makefile", ("Makefile", "notes/Makefile", "notes", None)),
        ("/a/notes", ".env", (".env", "notes/.env", "notes", None)),
        ("/", "x.txt", ("x.txt", "x.txt", None, "txt")),
    ],
)
def test_fields_of_files(root: str, name: str, expected: tuple[str | None, ...]) -> None:
    values = file_values(SourceFile(name, f"{root}/{name}", root, "text", 5, 1_700_000_000 * 10**9))
    assert tuple(values.get(key) for key in ("name", "path", "folder", "extension")) == expected
    assert (values["size"], values["modified"].isoformat()) == (5, "2023-11-14T22:13:20+00:00")


def test_columns_of_rows_keep_their_names() -> None:
    own = {"size": Text(column=True), "name": Text()}
    more = missing(own, own)
    assert sorted(more) == ["extension", "file_name", "file_size", "folder", "modified", "path"]
    schema = Schema(**own, **more)
    assert places(schema)["size"] == "file_size" and places(schema)["name"] == "file_name"
    assert places(Schema(**FILE_FIELDS)) == {name: name for name in FILE_FIELDS}
    assert places(Schema(size=Text(), body=Text())) == {}
