"""Schemas of sources: inferred from rows, and the values and names that documents get by them."""

from __future__ import annotations

import json
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from sample_files import collect, lines, write

from searchlib import Boolean, Date, Integer, Keyword, Number, Schema, Text
from searchlib.errors import SourceError
from searchlib.sources.file_fields import FILE_FIELDS
from searchlib.sources.sources import Sources

SHORT = Text(column=True)
TITLE = Text(boost=3.0, column=True)


def test_schema_of_plain_files_is_title_and_body(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "A"})
    assert Sources(tmp_path).schema == Schema(title=Text(boost=3.0), body=Text(), **FILE_FIELDS)


def test_schema_is_inferred_from_rows(tmp_path: Path) -> None:
    rows = [
        {"id": n, "title": "Word", "text": "some words", "lang": "ru", "n": n, "x": 1.5,
         "day": f"2024-05-0{n + 1}",
         "at": "2024-05-01T10:00:00Z", "ok": True, "tags": ["a b", "c"],
         "parts": ["one two three four five six seven"],
         "nothing": None, "nested": {"a": 1}, "First name": "Ann Lee", "2nd": "x"}
        for n in range(3)
    ]  # fmt: skip
    write(tmp_path, {"r.jsonl": lines(*rows)})
    assert dict(Sources(tmp_path).schema) == {
        "title": TITLE, "text": SHORT, "lang": SHORT, "n": Number(), "x": Number(),
        "day": Date(), "at": Date(), "ok": Boolean(), "tags": SHORT, "parts": SHORT,
        "nested_a": Number(), "First_name": SHORT,
        "field_2nd": SHORT,
    }  # fmt: skip


def test_schema_of_csv_reads_what_cells_spell(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "t.csv": "ID,code,n,price,day,ok,note\n1,007,12,-1.5e3,2024-05-01,yes,some words\n"
            "2,012,,2,2024-05-02,no,\n"
        },
    )
    sources = Sources(tmp_path)
    assert dict(sources.schema) == {
        "code": SHORT, "n": Number(), "price": Number(), "day": Date(), "ok": Boolean(), "note": SHORT,
    }  # fmt: skip
    assert list(sources) == [
        {
            "id": "1",
            "code": "007",
            "n": 12,
            "price": -1500.0,
            "day": date(2024, 5, 1),
            "ok": True,
            "note": "some words",
        },
        {"id": "2", "code": "012", "price": 2, "day": date(2024, 5, 2), "ok": False},
    ]


def test_a_stray_object_does_not_cost_the_others_their_field(tmp_path: Path) -> None:
    write(tmp_path, {"r.jsonl": lines({"body": "some text"}, {"body": {"a": 1}}, {"body": "more text"})})
    assert dict(Sources(tmp_path).schema) == {"body": SHORT, "body_a": Number()}
    documents, problems = collect(tmp_path)
    assert [document.get("body") for document in documents] == ["some text", None, "more text"]
    assert (documents[1]["body_a"], problems) == (1, [])
    documents, problems = collect(tmp_path, schema=Schema(body=Text()))
    assert [document["body"] for document in documents] == ["some text", "more text"]
    assert problems == [f"{tmp_path / 'r.jsonl'}:2: field 'body' is a string, got an object"]


def test_plain_files_keep_their_fields_beside_rows_of_objects(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "A text", "r.jsonl": lines({"body": {"a": 1}}, {"body": {"a": 2}})})
    assert dict(Sources(tmp_path).schema) == {
        "body_a": Number(),
        "title": Text(boost=3.0),
        "body": Text(),
        **FILE_FIELDS,
    }


def test_every_string_is_searched(tmp_path: Path) -> None:
    write(tmp_path, {"r.jsonl": lines({"code": "a", "word": "longer"})})
    assert dict(Sources(tmp_path).schema) == {"code": SHORT, "word": SHORT}


def test_schema_of_a_mixed_folder(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "A", "r.jsonl": lines({"title": "T", "year": 1991})})
    assert dict(Sources(tmp_path).schema) == {
        "title": Text(boost=3.0), "year": Number(), "body": Text(), **FILE_FIELDS
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (Number(), "12", ValueError), (Number(), True, ValueError), (Number(), 10**400, ValueError),
        (Number(), 12, 12),
        (Date(), "2024-02-30", ValueError), (Date(), "yesterday", ValueError), (Date(), 5, ValueError),
        (Date(), "2024-05-01", date(2024, 5, 1)),
        (Date(), "2024-05-01T10:00:00", datetime(2024, 5, 1, 10, tzinfo=timezone.utc)),
        (Date(), "2024-05-01T10:00:00.5+05:00", datetime(2024, 5, 1, 5, 0, 0, 500_000, tzinfo=timezone.utc)),
        (Date(), "2024-05-01 10:00Z", datetime(2024, 5, 1, 10, tzinfo=timezone.utc)),
        (Boolean(), "true", ValueError), (Boolean(), 1, ValueError), (Boolean(), False, False),
        (Keyword(), 5, "5"), (Keyword(), 1.5, ValueError), (Keyword(), ["a", 5], ["a", "5"]),
        (Keyword(), [["a"]], ["a"]),
        (Text(), {"a": 1}, ValueError), (Text(), ["a", None, "", "b"], ["a", "b"]),
        (Text(), 5, "5"), (Text(), True, "true"), (Text(), [1.5, "a"], ["1.5", "a"]),
        (Date(), "31.05.2024", date(2024, 5, 31)), (Date(), "31.02.2024", ValueError),
        (Date(), "05/31/2024", ValueError),
        (Date(), "1.5.2024 9:30", datetime(2024, 5, 1, 9, 30, tzinfo=timezone.utc)),
    ],
)  # fmt: skip
def test_values_become_the_kinds_of_the_schema(tmp_path: Path, field: Any, value: Any, expected: Any) -> None:
    write(tmp_path, {"r.jsonl": lines({"v": value})})
    documents, problems = collect(tmp_path, schema=Schema(v=field))
    if expected is ValueError:
        assert documents == []
        assert problems[0].startswith(f"{tmp_path / 'r.jsonl'}:1: field 'v' is ")
    else:
        assert (documents[0]["v"], problems) == (expected, [])


def test_renaming(tmp_path: Path) -> None:
    write(
        tmp_path, {"r.jsonl": lines({"_id": "k", "text": "some words", "meta": {"by": "Ann", "tags": ["x"]}})}
    )
    sources = Sources(
        tmp_path, rename={"text": "body", "meta.by": "author", "_id": "id", "meta.tags": "tags"}
    )
    assert list(sources) == [{"id": "k", "body": "some words", "author": "Ann", "tags": ["x"]}]
    with pytest.raises(SourceError, match=r"'author'.* is not in the schema, which has: body"):
        Sources(tmp_path, schema=Schema(body=Text()), rename={"meta.by": "author"})
    with pytest.raises(SourceError, match="text=body"):
        Sources(tmp_path, rename={"text": "1 bad name"})


def test_fields_outside_the_schema_are_counted(tmp_path: Path) -> None:
    write(tmp_path, {"r.jsonl": lines({"body": "a", "x": 1}, {"body": "b", "x": 2, "y": 3})})
    sources = Sources(tmp_path, schema=Schema(body=Text()))
    assert [document["body"] for document in sources] == ["a", "b"]
    assert sources.left_out == {"x": 2, "y": 1}


def test_of_too_many_fields_the_schema_has_those_of_text_and_of_most_rows(tmp_path: Path) -> None:
    wide = {f"f{n}": "x" for n in range(300)}
    rows = [*({"kept": "y"} for _ in range(3)), {**wide, "body": "some words", "kept": "y"}]
    write(tmp_path, {"r.jsonl": lines(*rows)})
    documents, problems = collect(tmp_path)
    assert (len(documents), problems) == (4, [])
    assert len(documents[3]) == 257 and {"body", "kept"} < documents[3].keys()
    sources = Sources(tmp_path)
    assert len(sources.schema) == 256
    assert len(list(sources)) == 4 and sum(sources.left_out.values()) == 300 - 254


def test_objects_are_taken_apart(tmp_path: Path) -> None:
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [69.2, 41.3]},
        "properties": {"title": "Tashkent", "names": [{"lang": "ru", "text": "Ташкент"}, {"lang": "uz"}]},
    }
    write(tmp_path, {"r.jsonl": lines(feature)})
    sources = Sources(tmp_path)
    assert sources.schema["properties_title"] == TITLE
    (document,) = sources
    assert document == {
        "id": "r.jsonl#1",
        "type": "Feature",
        "geometry_type": "Point",
        "geometry_coordinates": [69.2, 41.3],
        "properties_title": "Tashkent",
        "properties_names_lang": ["ru", "uz"],
        "properties_names_text": ["Ташкент"],
    }


def test_deep_nesting_is_left_out_and_counted(tmp_path: Path) -> None:
    deep: Any = "end"
    for _ in range(50):
        deep = {"in": deep}
    write(tmp_path, {"r.jsonl": lines({"body": "some words", "deep": deep})})
    sources = Sources(tmp_path)
    assert [document["body"] for document in sources] == ["some words"]
    assert list(sources.left_out.values()) == [1]


def test_names_that_would_become_one_stay_two(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"r.jsonl": lines({"a b": "first", "a-b": "second", "ID": "x", "id": "y", "t": "o k"}, {"a-b": "2"})},
    )
    said: list[str] = []
    sources = Sources(tmp_path, on_notice=lambda problem: said.append(problem.reason))
    documents = list(sources)
    assert [document.get("a_b_2") for document in documents] == ["second", "2"]
    assert (documents[0]["a_b"], documents[0]["id"], documents[0]["id_2"]) == ("first", "x", "y")
    assert said == [
        "the field 'a-b' is read as 'a_b_2', for another is 'a_b'",
        "the field 'id' is read as 'id_2', for another is 'id'",
    ]


def test_maps_of_objects_inside_rows_are_lists_of_their_values(tmp_path: Path) -> None:
    def chat(*texts: str) -> dict[str, Any]:
        nodes = {f"{text[:4]}-{at}": {"id": at, "message": {"text": text}} for at, text in enumerate(texts)}
        return {"title": "A chat", "mapping": nodes}

    rows = [chat("only one node"), chat("first words", "second words"), chat("third", "fourth", "fifth")]
    write(tmp_path, {"r.json": lines(*rows[1:]).replace("\n", ",\n").rstrip(",\n").join("[]")})
    sources = Sources(tmp_path)
    assert list(sources.schema) == ["title", "mapping_key", "mapping_id", "mapping_message_text"]
    write(tmp_path, {"r.json": lines(rows[0]).strip().join("[]")})  # by the schema this is a map, too
    later = Sources(tmp_path, schema=sources.schema)
    assert list(later) == [
        {"id": "r.json#1", "title": "A chat", "mapping_key": ["only-0"], "mapping_id": [0],
         "mapping_message_text": ["only one node"]}
    ]  # fmt: skip
    assert not later.left_out


def test_lists_in_lists_and_names_that_meet_lose_no_value(tmp_path: Path) -> None:
    rows = [
        {"text": "some words", "at": [[1, 2], [[3], []]], "a.b": "one", "a": {"b": "two"}, "none": []},
        {"text": "more words", "at": 5, "a": [{"b": "x"}, {"b": ["y", "z"]}], "none": [[], None]},
    ]
    write(tmp_path, {"r.jsonl": lines(*rows)})
    sources = Sources(tmp_path)
    assert [{**found, "id": ""} for found in list(sources)] == [
        {"id": "", "text": "some words", "at": [1, 2, 3], "a_b": ["one", "two"]},
        {"id": "", "text": "more words", "at": 5, "a_b": ["x", "y", "z"]},
    ]
    assert not sources.left_out


def test_an_object_in_a_row_may_hold_a_long_list(tmp_path: Path) -> None:
    messages = [{"n": n, "text": f"word{n} and more"} for n in range(30_000)]
    write(tmp_path, {"r.jsonl": lines({"name": "Chat", "messages": messages})})
    (found,) = list(Sources(tmp_path))
    assert len(found["messages_text"]) == 30_000


def test_rows_of_other_lists_are_refused_by_name(tmp_path: Path) -> None:
    write(tmp_path, {"db.json": '{"users": [{"name": "Ann Lee"}], "posts": [{"text": "some longer words"}]}'})
    problems: list[str] = []
    found = list(Sources(tmp_path, on_error=lambda problem: problems.append(problem.reason)))
    assert [document["text"] for document in found] == ["some longer words"]
    assert problems == [
        "1 row in other lists not read: users (1 row); choose one: --records users, or posts, "
        "which is read now, or . for all as one document"
    ]
    assert len(list(Sources(tmp_path, records="posts"))) == 1


def test_numbers_beyond_exactness_are_integers(tmp_path: Path) -> None:
    rows = [{"text": f"some words {n}", "user": 1234567890123456789 + n, "n": n} for n in range(3)]
    write(tmp_path, {"r.jsonl": lines(*rows), "c.csv": "text,user\nmore words,1234567890123456789\n"})
    assert Sources(tmp_path / "c.csv").schema["user"] == Integer()
    documents, problems = collect(tmp_path)
    assert not problems
    assert [document["user"] for document in documents[1:]] == [row["user"] for row in rows]
    write(tmp_path, {"n.json": '[{"n": 1, "text": "some words"}, {"n": NaN}, {"n": 1e999}]'})
    documents, problems = collect(tmp_path / "n.json")
    assert len(documents) == 1
    assert [problem.rpartition(": ")[2] for problem in problems] == [
        "field 'n' is a number, got NaN", "field 'n' is a number that a double can hold, got one beyond it"
    ]  # fmt: skip


def test_fields_of_a_usual_name_are_kept_of_too_many(tmp_path: Path) -> None:
    wide = {f"k{n}": f"a longer value of number {n}" for n in range(300)}
    write(tmp_path, {"r.jsonl": lines({"text": "some words"}, wide)})
    sources = Sources(tmp_path, on_error="raise")
    assert "text" in sources.schema
    assert len(list(sources)) == 2
    few = Sources(tmp_path, schema=Schema(**{f"f{n}": Text() for n in range(20)}), on_error="raise")
    with pytest.raises(SourceError, match=r"schema \(f0, f1, .*, f7 and 12 more\); it has: text; rename"):
        list(few)


def test_json_lines_and_arrays_are_told_by_content(tmp_path: Path) -> None:
    rows = [{"text": "some words"}, {"text": "more words"}]
    array = json.dumps(rows, indent=1)
    write(tmp_path, {"a.json": lines(*rows), "b.jsonl": array, "c.json": array, "d.jsonl": lines(*rows)})
    notices: list[str] = []
    found = list(Sources(tmp_path, on_notice=lambda problem: notices.append(problem.reason)))
    assert [document["text"] for document in found] == ["some words", "more words"] * 4
    assert notices == [
        "read as JSON Lines, one object a line, whatever its name says",
        "read as a JSON array, whatever its name says",
    ]
    write(tmp_path / "bad", {"x.jsonl": '[1,\n{"text": "some words"}\n'})  # a bad line costs itself
    documents, problems = collect(tmp_path / "bad")
    assert len(documents) == len(problems) == 1


def test_an_id_is_one_however_rows_spell_it(tmp_path: Path) -> None:
    write(
        tmp_path, {"a.jsonl": lines({"ID": "x", "t": "some words"}), "b.jsonl": lines({"id": "y", "t": "z"})}
    )
    write(tmp_path, {"c.jsonl": lines({"Id": "v", "id": "w", "t": "more words"})})
    notices: list[str] = []
    sources = Sources(tmp_path, on_notice=lambda problem: notices.append(problem.reason))
    assert [document["id"] for document in sources] == ["x", "y", "v"]
    assert notices == ["the field 'id' is read as 'id_2', for another is 'id'"]
