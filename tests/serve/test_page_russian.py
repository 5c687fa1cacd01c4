"""The Russian page says everything in Russian, but for data, names, and what is marked as English."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from serving import make_index, served
from starlette.testclient import TestClient

from searchlib import Boolean, Date, Index, Integer, Keyword, Schema, Text
from searchlib.serve.access.keys import Key, digest_of

_LATIN = re.compile(r"[A-Za-z]+")
_PLACE = re.compile(r"\{\w+\}|\([np]\)$")
"""Where the script puts a number in; a key of the keyboard."""

_SAID_BY = ("title", "aria-label", "placeholder", "alt", "label", "data-said")
_NAMES = {"searchlib", "JSON", "JavaScript", "UTC"}
_APART = "script, style, code, kbd, bdi, select#index, [data-lang], body [lang=en], input[type=hidden], #q"
"""What is told to nobody or typed as it stands, data, and what is another language, which says so."""


def english(page: str) -> set[str]:
    """The Latin words that a page says in a language that is not marked as English."""
    tree = LexborHTMLParser(page)
    for node in tree.css(_APART):
        node.decompose()
    found = set(_LATIN.findall(tree.root.text(separator=" ")))  # type: ignore[union-attr]
    for node in tree.css("*"):
        for name in _SAID_BY:
            said = _PLACE.sub("", node.attributes.get(name) or "")
            found |= set(_LATIN.findall(said))
    return found - _NAMES


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("russian")
    schema = Schema(
        title=Text(column=True), body=Text(), type=Keyword(), folder=Keyword(), tags=Keyword(),
        author=Keyword(), language=Keyword(), size=Integer(), published=Date(), новое=Boolean(),
    )  # fmt: skip
    index = Index.create(folder / "главный", schema)
    with index.writer() as writer:
        for number in range(40):
            writer.add(
                {
                    "id": f"{number}", "title": f"Река {number}", "body": "Вода в реке поднялась. " * 40,
                    "type": "письмо", "folder": f"папка {number % 3}", "tags": [f"метка {number % 12}"],
                    "author": f"автор {number % 2}", "language": "русский", "size": number * 1000,
                    "published": date(2000 + number % 9, 1 + number % 12, 1), "новое": number % 2 == 0,
                }
            )  # fmt: skip
    index.close()
    Index.create(folder / "пустой", schema).close()
    folders = {name: str(folder / name) for name in ("главный", "пустой")}
    with served(folders) as client:
        yield client


@pytest.mark.parametrize(
    ("status", "path", "asked"),
    [
        (200, "/", {}),
        (200, "/", {"q": "река"}),
        (200, "/", {"q": "река", "page": 2, "sort": "new"}),
        (200, "/", {"q": "река", "page": 900}),
        (200, "/", {"q": "рекаа"}),
        (200, "/", {"q": "htrf"}),
        (200, "/", {"q": "рекаа", "exact": 1}),
        (200, "/", {"q": "щщщщщ ъъъ"}),
        (200, "/", {"q": '"река вода поднялась"'}),
        (200, "/", {"q": "река", "f": ["tags:метка 1", "новое:true", "нет:1"], "from": "2001-01-01"}),
        (200, "/", {"q": "река", "f": "tags:нет", "from": "2005-01-01", "to": "2001-01-01"}),
        (200, "/", {"q": "река", "more": "tags"}),
        (200, "/", {"q": "река " * 2000}),
        (200, "/", {"index": "пустой"}),
        (200, "/", {"index": "пустой", "q": "река"}),
        (200, "/document", {"id": "3", "q": "река"}),
        (200, "/document", {"id": "3", "q": "небо"}),
        (404, "/document", {"id": "нет"}),
        (404, "/", {"index": "нет"}),
        (400, "/", {"page": 0}),
        (400, "/", {"q": "река", "from": "вчера"}),
        (400, "/", {"q": "река", "f": "size:много"}),
    ],
)
def test_all_of_it_is_russian(client: TestClient, status: int, path: str, asked: dict[str, Any]) -> None:
    for partial in ({}, {"partial": 1}):
        answer = client.get(path, params={"index": "главный", "lang": "ru", **asked, **partial})
        assert answer.status_code == status, answer.text
        assert english(answer.text) <= set(_LATIN.findall(str(asked)))  # it says what was asked for
        assert english(client.get(path, params={"index": "главный", "lang": "en", **asked, **partial}).text)


def test_a_server_with_keys_asks_in_russian(tmp_path: Path) -> None:
    folders = {"main": str(make_index(tmp_path / "main"))}
    narrow = Key("узкий", digest_of("a-narrow-one-0123456"), frozenset(("search",)))
    with served(folders, keys=(narrow,)) as client:
        for given in ({}, {"X-API-Key": "an-unknown-one-01234"}, {"X-API-Key": "a-narrow-one-0123456"}):
            answer = client.get("/document", params={"id": "1", "lang": "ru"}, headers=given)
            assert answer.status_code in (401, 403)
            assert english(answer.text) <= {"read"}  # the scope's name
