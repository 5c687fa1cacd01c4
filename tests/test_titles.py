"""Which field says what a document is called: hits, lists, notebooks and the audit go by the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import searchlib
from searchlib import Field, Index, Keyword, Number, Schema, Text
from searchlib.search.notebook import page
from searchlib.sources.inference import SchemaSketch

TITLES = [
    "title", "headline", "heading", "subject", "заголовок", "заглавие", "название", "наименование",
    "тема", "Title", "HEADLINE", "Subject", "Тема", "НАЗВАНИЕ", "fields_title", "meta_headline",
    "a_b_subject", "issue_Title", "книга_название", "fields_тема", "Название_товара",
    "наименование_организации", "Заголовок_статьи", "тема_письма", "заглавие_книги",
]  # fmt: skip
LAST = [
    "name", "Name", "имя", "ИМЯ",
]  # fmt: skip
OTHERS = [
    "body", "text", "titles", "subtitle", "title_page", "headlines", "subjects", "subject_id",
    "headline_color", "heading_2", "titled", "темы", "заголовки", "названия", "книга_названия",
    "code", "author_name", "user_имя", "полное_имя", "names", "id2", "товар", "описание",
    "имя_автора", "тематика", "nametag", "path", "folder",
]  # fmt: skip


@pytest.mark.parametrize("name", TITLES + LAST)
def test_what_is_a_title(name: str) -> None:
    schema = Schema(**{"body": Text(), name: Text(), "text": Text()})
    assert schema.title_fields == (name,)
    assert Schema(**{"body": Text(), name: Keyword()}).title_fields == ()


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_none(name: str) -> None:
    assert Schema(**{name: Text()}).title_fields == ()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("name title", "title name"),
        ("headline title", "title headline"),
        ("subject heading headline title", "title headline heading subject"),
        ("fields_title subject", "subject fields_title"),
        ("name fields_title body", "fields_title name"),
        ("имя название_книги тема", "тема название_книги имя"),
        ("b_title a_title", "b_title a_title"),
        ("body path", ""),
    ],
)
def test_the_best_comes_first(names: str, expected: str) -> None:
    fields: dict[str, Field] = {name: Text() for name in names.split()}
    assert Schema(**fields, year=Number()).title_fields == tuple(expected.split())


@pytest.mark.parametrize("name", TITLES)
def test_what_is_inferred_as_a_title_is_one(name: str) -> None:
    sketch = SchemaSketch()
    sketch.add({name: "Нос", "other": "текст"})
    schema = sketch.schema()
    assert schema is not None and schema.title_fields == (name,)
    assert getattr(schema[name], "boost", 1.0) == 3.0 and getattr(schema["other"], "boost", 0) == 1.0


@pytest.mark.parametrize("name", ["название", "fields_title", "Название_товара", "headline", "name"])
def test_all_who_show_titles_go_by_it(name: str) -> None:
    index = Index.in_memory(Schema(**{"body": Text(), name: Text(default=False)}))
    with index.writer() as writer:
        writer.add({"id": "1", "body": "слово", name: "Редкость"})
    index.refresh()
    assert "<b>Редкость</b>" in page(list(index.search("слово")), [], index.schema)
    found = [finding for finding in searchlib.audit(index) if finding.kind == "title"]
    assert [f"words of its {name}:" in finding.text for finding in found] == [True]


def test_hits_and_lists_of_russian_tables(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from searchlib.cli import application

    rows = [{"id": "1", "Название товара": "Лампа", "текст": "светит ярко"}]
    (tmp_path / "r.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    def run(*arguments: str) -> str:
        return CliRunner().invoke(application, [*arguments, "--index", str(tmp_path / "ix")]).stdout

    run("index", str(tmp_path / "r.jsonl"))
    assert run("query", "светить").splitlines()[0].startswith("  1 Лампа  ")
    assert "1  Лампа" in run("list")
