"""Front matter and what pages say of themselves: fields, and text that only looks like them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sample_files import content, write

from searchlib.sources.formats.front_matter import split
from searchlib.sources.formats.html import read_html
from searchlib.sources.sources import Sources

BLOCKS: list[tuple[str, dict[str, Any]]] = [
    ("---\na: b\n---\nx", {"a": "b"}),
    ("---\na: b\n...\nx", {"a": "b"}),
    ("---\ntitle: 'It: works'\n---\nx", {"title": "It: works"}),
    ("---\ntags: [a, 'b c']\n---\nx", {"tags": ["a", "b c"]}),
    ("---\ntags:\n- a\n- b\n---\nx", {"tags": ["a", "b"]}),
    ("---\ntags:\n  - a\n---\nx", {"tags": ["a"]}),
    ("---\nauthor:\n  name: Ann\n  mail: a@b.c\n---\nx", {"author": {"name": "Ann", "mail": "a@b.c"}}),
    ("---\nlang: no\nat: 12:30\n---\nx", {"lang": "no", "at": "12:30"}),
    ("---\ndate: 2024-05-01\nn: 007\n---\nx", {"date": "2024-05-01", "n": "007"}),
    ("---\na: ~\nb: null\nc:\n---\nx", {"a": None, "b": None, "c": ""}),
    ("---\nsummary: >\n  two\n  lines\n---\nx", {"summary": "two lines"}),
    ("---\nназвание: Снег\nтеги: [лес]\n---\nx", {"название": "Снег", "теги": ["лес"]}),
    ("---\n# a comment\na: b\n---\nx", {"a": "b"}),
    ("---\nid: mine\nbody: b\n---\nx", {"own_id": "mine", "front_body": "b"}),
    ("---\nseo title: T\n---\nx", {"seo title": "T"}),
    ("---  \na: b\n---  \nx", {"a": "b"}),
    ("+++\na = 'b'\nn = 5\nok = true\n+++\nx", {"a": "b", "n": 5, "ok": True}),
    ("+++\nat = 2024-05-01\n+++\nx", {"at": "2024-05-01"}),
    ("+++\nat = 2024-05-01T10:00:00Z\n+++\nx", {"at": "2024-05-01T10:00:00+00:00"}),
    ("+++\n[author]\nname = 'Ann'\n+++\nx", {"author": {"name": "Ann"}}),
    ("+++\ntags = ['a', 'b']\n+++\nx", {"tags": ["a", "b"]}),
    ('{\n  "a": "b",\n  "n": 5\n}\nx', {"a": "b", "n": 5}),
    ('{"a": ["b"]}\nx', {"a": ["b"]}),
]  # fmt: skip

NONE = [
    "---\n\na: b\n---\nx", "---\nprose here\n---\nx", "---\na: b\nx", "--- \n", "---", "", "x",
    "----\na: b\n----\n",
    "---\n- a\n- b\n---\nx", "a: b\n---\nx", "\n---\na: b\n---\n", "+++\nprose\n+++\nx", "+++\na: b\n+++\nx",
    "{curly} text\nx", '{"a": 1} and more\nx', '{"a": 1}', '{"a": \nx', "{}\nx", "{ prose }\nx",
    "---\nhttps://example.org\n---\nx", "***\na: b\n***\n",
]  # fmt: skip

BROKEN = [
    ("---\ntitle: T\nb: [a\n---\nx", {"title": "T"}),
    ("---\ntitle: T\na: &x [1]\nb: *x\n---\nx", {"title": "T"}),
    ("---\ntitle: \"T\"\nc: 'it's'\n---\nx", {"title": "T"}),
    ("+++\ntitle = 'T'\nb = \n+++\nx", {"title": "T"}),
    ("---\na: " + "[" * 5_000 + "\n---\nx", {}),
    ("---\na: " + "[" * 500_000 + "\n---\nx", {}),
    ("---\nb: @x\n---\nx", {}),
]


@pytest.mark.parametrize(("text", "fields"), BLOCKS)
def test_a_block_is_fields(text: str, fields: dict[str, Any]) -> None:
    said: list[str] = []
    assert split(text, said.append) == (fields, "x")
    assert said == []


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_block_is_text(text: str) -> None:
    said: list[str] = []
    assert split(text, said.append) == ({}, text)
    assert said == []


@pytest.mark.parametrize(("text", "fields"), BROKEN)
def test_a_broken_block_gives_its_title_and_is_named(text: str, fields: dict[str, Any]) -> None:
    said: list[str] = []
    assert split(text, said.append) == (fields, "x")
    assert len(said) == 1 and said[0].startswith("its front matter cannot be read: ")


PAGES: list[tuple[str, dict[str, Any]]] = [
    ('<meta name="description" content="About  it">', {"description": "About it"}),
    ('<meta name="Author" content="Ann">', {"author": "Ann"}),
    ('<meta name="keywords" content="лес, wood ,,x">', {"keywords": ["лес", "wood", "x"]}),
    ('<meta property="article:published_time" content="2024-05-01">', {"date": "2024-05-01"}),
    (
        '<meta property="og:description" content="b"><meta name="description" content="a">',
        {"description": "a"},
    ),
    ('<meta name="dc.creator" content="Ann &amp; Bob">', {"author": "Ann & Bob"}),
    ('<meta name="viewport" content="width=1"><meta charset="utf-8">', {}),
    ('<meta name="author" content=" ">', {}),
    ('<meta name="author">', {}),
]


@pytest.mark.parametrize(("head", "fields"), PAGES)
def test_what_a_page_says_of_itself(head: str, fields: dict[str, Any]) -> None:
    found = read_html(f"<html><head><title>T</title>{head}</head><body>words</body>", "a.html")
    assert found == {"title": "T", "body": "words\n", **fields}


def test_their_types_are_told_as_in_tables(tmp_path: Path) -> None:
    own = "date: 01.05.2024\nn: 5\ndraft: false\nname: Own\nmodified: 2020-01-01"
    page = '---\nlayout: post\n---\n<meta name="author" content="Ann Lee"><p>x'
    write(tmp_path, {"a.md": f"---\n{own}\n---\nx", "b.html": page})
    sources = Sources(tmp_path)
    kinds = {name: field.kind for name, field in sources.schema.items()}
    assert kinds == {
        "title": "text", "body": "text", "date": "date", "n": "number", "draft": "boolean", "name": "text",
        "modified": "date", "author": "text", "layout": "text", "path": "text", "folder": "text",
        "extension": "keyword", "size": "number",
    }  # fmt: skip
    first, second = sources
    assert (first["n"], first["draft"], first["name"]) == (5, False, ["Own", "a.md"])
    assert first["modified"].year == 2020 and second["modified"].year > 2020
    assert content([second])[0] == {
        "id": "b.html", "title": "b.html", "body": "x\n", "author": "Ann Lee", "layout": "post"
    }  # fmt: skip
