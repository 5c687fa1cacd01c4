"""searchlib reindex: fields added, removed and changed from the shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import Run

import searchlib
from searchlib import Index, Schema, Text


@pytest.fixture
def books(run: Run, tmp_path: Path) -> Run:
    with Index.create("indexes/default", Schema(title=Text(boost=2.0), price=Text())).writer() as writer:
        writer.add({"id": "1", "title": "Мёртвые души", "price": "120"})
        writer.add({"id": "2", "title": "Вий", "price": "дорого"})
    return run


def test_a_field_is_added_changed_and_removed(books: Run) -> None:
    done = books("reindex", "--add", "author=text,column,languages=en+ru+de", "--add", "pages=number")
    assert (done.code, done.err) == (0, "")
    assert done.lines[-1] == "fields: title (text), price (text), author (text), pages (number)"
    field = searchlib.open("indexes/default").schema["author"]
    assert isinstance(field, Text) and field.column and field.languages == ("en", "ru", "de")
    assert books("reindex", "--change", "author=text,boost=3").code == 0
    field = searchlib.open("indexes/default").schema["author"]
    assert isinstance(field, Text) and (field.column, field.boost) == (True, 3.0)  # what is not named stays
    done = books("reindex", "--remove", "pages", "--remove", "author")
    assert done.lines[-1] == "fields: title (text), price (text)"


def test_a_value_that_does_not_suit(books: Run) -> None:
    done = books("reindex", "--change", "price=number")
    assert done.code == 2 and "'2' with 'дорого'" in done.err
    assert searchlib.open("indexes/default").schema["price"].kind == "text"
    done = books("reindex", "--change", "price=number", "--drop-unsuited")
    assert done.code == 0
    assert done.lines[:3] == [
        "price: 2 documents in 1 segment made anew",
        "1 document lost a value that does not suit; the first ones:",
        "  2: price: 'дорого'",
    ]
    assert books("query", "price:<200", "--count").out == "1\n"


def test_json_and_nothing_to_do(books: Run) -> None:
    said = json.loads(books("reindex", "--json").out)
    assert said["num_segments"] == 0 and list(said["schema"]) == ["title", "price"]
    assert books("reindex").lines[0].startswith("no document has to be made anew")
    said = json.loads(books("reindex", "--all", "--json").out)
    assert said["fields"] == ["title", "price"] and said["num_docs"] == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--add", "author"), "NAME=TYPE"),
        (("--add", "author="), "NAME=TYPE"),
        (("--add", "author=poem"), "a kind of text, keyword"),
        (("--add", "author=text,bost=2"), "unknown options: bost"),
        (("--add", "author=text,boost=high"), "is a number, got 'high'"),
        (("--add", "author=text,column=maybe"), "is true or false, got 'maybe'"),
        (("--add", "title=text"), "there is a field 'title' already"),
        (("--add", "two words=text"), "a word of letters"),
        (("--remove", "author"), "there is no field 'author'"),
        (("--remove", "title", "--remove", "price"), "is the last field"),
        (("--change", "author=number"), "there is no field 'author'"),
        (("--change", "title=text,k1=9"), "one k1"),
        (("--all", "--change", "title=number"), "two things"),
    ],
)
def test_what_cannot_be_changes_nothing(books: Run, arguments: tuple[str, ...], message: str) -> None:
    done = books("reindex", *arguments)
    assert done.code == 2 and message in done.err
    assert list(searchlib.open("indexes/default").schema) == ["title", "price"]


@pytest.mark.filterwarnings("ignore::searchlib.errors.AnalyzerMismatchWarning")
def test_an_index_of_other_rules_is_made_anew(books: Run) -> None:
    from searchlib.storage.disk import DiskDirectory
    from searchlib.storage.manifest import read_manifest

    directory = DiskDirectory(Path("indexes/default"))
    manifest = read_manifest(directory)
    directory.replace_manifest(manifest.replace(analyzer={"title": "old", "price": "old"}).to_bytes())
    done = books("delete", "1", "--yes")
    assert done.code == 2 and "searchlib reindex" in done.err
    assert "title, price: 2 documents in 1 segment made anew" in books("reindex").lines
    done = books("delete", "1", "--yes")
    assert (done.code, done.err) == (0, "")


def test_quiet_prints_nothing(indexed: Run) -> None:
    for more in ([], ["--add", "author=text"], ["--all"], ["--remove", "author"]):
        assert indexed("reindex", "-q", *more).out == "", more
    assert indexed("reindex", "-q", "--json").out.startswith("{")
    done = indexed("reindex", "--quiet", "--change", "title=number", "--drop-unsuited")
    assert (done.code, done.out) == (0, "")
    assert done.err.endswith(" lost a value that does not suit\n") and done.err.count("\n") == 1
