"""What the server sends for the page: small files, strict headers, the right language, one HTML for all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import served
from starlette.testclient import TestClient

import searchlib
from searchlib import Boolean, Date, Index, Integer, Keyword, Number, Schema, Text
from searchlib.serve.page import address, assets, rendering
from searchlib.serve.page.address import Asked, document_address, search_address
from searchlib.serve.page.offering import offer_of
from searchlib.serve.page.speaking import Speaker, language_of

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
}  # fmt: skip


@pytest.fixture(scope="module")
def client(corpus_folder: Path) -> Iterator[TestClient]:
    with served({"demo": str(corpus_folder)}) as client:
        yield client


def test_all_of_the_page_is_below_60_kb(client: TestClient) -> None:
    files = [path for folder in (assets.FOLDER, rendering.TEMPLATES) for path in folder.iterdir()]
    assert {path.suffix for path in files} == {".html", ".css", ".js", ".svg"}
    assert sum(path.stat().st_size for path in files) < 60_000
    page = client.get("/", params={"q": "police"}).text
    loaded = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert len(loaded) == 3
    assert len(page.encode()) + sum(len(client.get(name).content) for name in loaded) < 60_000


@pytest.mark.parametrize(
    "path", ["/", "/?partial=1", "/?index=none", "/?page=x", "/document?id=gone", "/document?id=letopis-2016"]
)
def test_every_page_has_the_headers(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert set(answer.headers["content-security-policy"].split("; ")) == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "immutable" not in answer.headers["cache-control"]
    assert not re.search(r"<script(?! src=)|<style|\sstyle=|\son\w+=|https?:", answer.text)


def test_static_files_are_kept_until_they_change(client: TestClient) -> None:
    for name in assets.assets():
        answer = client.get(assets.address_of(name))
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        again = client.get(f"/static/{name}", headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert "immutable" not in again.headers["cache-control"]
    assert client.get("/static/..%2fassets.py").status_code == 404
    assert client.get("/static/none.js").json()["status"] == 404


def test_the_part_is_what_stands_in_the_whole(client: TestClient) -> None:
    def untimed(text: str) -> str:
        return re.sub(r"[\d.]+\s*ms", "ms", text)

    asked = {"q": "police", "f": "folder:corpus/security"}
    whole = untimed(client.get("/", params=asked).text)
    assert untimed(client.get("/", params=asked | {"partial": "1"}).text).strip() in whole


def test_the_counts_of_facets_are_those_of_the_library(client: TestClient, corpus_folder: Path) -> None:
    page = client.get("/", params={"q": "tashkent", "f": "tags:security"}).text
    found = dict(re.findall(r'data-key="tags:([^"]+)".*?"number">(\d+)<', page))
    index = searchlib.open(corpus_folder)
    expected = index.instant("tashkent", 0, facets="tags").facets["tags"].as_dict()
    assert found
    assert all(expected[value] == int(count) for value, count in found.items())


def test_the_page_is_no_part_of_the_api(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert "/v1/indexes/{index}/instant" in paths
    assert not {"/", "/document", "/static/{file}"} & set(paths)


@pytest.mark.parametrize(
    ("chosen", "accepted", "language"),
    [
        ("", "", "en"),
        ("ru", "en", "ru"),
        ("", "ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("", "de, en;q=0.5, ru;q=0.7", "ru"),
        ("", "ru;q=0, en", "en"),
        ("xx", "ru;q=nonsense, fr", "en"),
        ("", "," * 5000, "en"),
    ],
)
def test_the_language_is_the_browsers(client: TestClient, chosen: str, accepted: str, language: str) -> None:
    assert language_of(chosen, accepted) == language
    page = client.get("/", params={"lang": chosen}, headers={"Accept-Language": accepted})
    assert f'<html lang="{language}">' in page.text
    assert "Accept-Language" in page.headers["vary"]


@pytest.mark.parametrize(
    ("number", "russian", "english"),
    [
        (0, "0 документов", "0 documents"),
        (1, "1 документ", "1 document"),
        (2, "2 документа", "2 documents"),
        (5, "5 документов", "5 documents"),
        (11, "11 документов", "11 documents"),
        (12, "12 документов", "12 documents"),
        (21, "21 документ", "21 documents"),
        (22, "22 документа", "22 documents"),
        (111, "111 документов", "111 documents"),
        (1004, "1\u00a0004 документа", "1,004 documents"),
    ],
)
def test_numbers_have_their_nouns(number: int, russian: str, english: str) -> None:
    assert Speaker("ru").count("document", number) == russian
    assert Speaker("en").count("document", number) == english


def test_a_place_has_its_number_as_the_language_writes_it() -> None:
    assert Speaker("ru").place("page 1,234") == "стр. 1\u00a0234"
    assert Speaker("en").place("page 1,234") == "page 1,234"
    assert Speaker("ru").place("") == ""


def test_facets_and_orders_are_chosen_by_the_schema_and_the_values() -> None:
    index = Index.in_memory(
        Schema(
            title=Text(column=True), body=Text(), name=Keyword(), tags=Keyword(), author=Text(column=True),
            hidden=Keyword(column=False), sold=Boolean(), empty=Keyword(), size=Number(), rooms=Integer(),
            modified=Date(), published=Date(),
        )
    )  # fmt: skip
    with index.writer() as writer:
        for number in range(40):
            writer.add(
                {
                    "id": str(number), "title": f"Title {number}", "body": "text", "name": f"n{number}",
                    "tags": ["all", f"tag{number % 5}"], "author": f"A{number % 3}", "sold": number % 2 == 0,
                    "size": number, "rooms": number % 4, "hidden": "x", "modified": "2024-05-01",
                    "published": f"20{number % 20:02}-01-01",
                }
            )  # fmt: skip
    index.refresh()
    offer = offer_of(index)
    assert offer.facets == ("tags", "author", "sold", "rooms")
    assert (offer.date, offer.interval) == ("published", "year")
    assert list(offer.sorts) == ["", "new", "old", "title", "large"]
    assert (offer.body, offer.size) == ("body", "size")
    assert offer_of(index) is offer
    with index.writer() as writer:
        for number in range(40, 80):
            writer.add({"id": str(number), "empty": f"e{number % 2}"})
    index.refresh()
    assert "empty" in offer_of(index).facets


TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
ASKED = st.builds(
    Asked,
    index=TEXTS,
    q=TEXTS,
    f=st.lists(TEXTS.filter(bool), max_size=3),
    since=TEXTS,
    until=TEXTS,
    sort=TEXTS,
    page=st.integers(1, address.MAX_PAGE),
    exact=st.booleans(),
    more=st.lists(TEXTS.filter(bool), max_size=2),
    lang=TEXTS,
)


@given(ASKED, TEXTS.filter(bool), st.integers(0, 10**7))
def test_an_address_says_all_that_was_asked(asked: Asked, document_id: str, at: int) -> None:

    from searchlib.serve.types.reading import query_of

    def read(url: str) -> Asked:
        query = url.partition("?")[2].partition("#")[0]
        return query_of(query.encode(), Asked)  # type: ignore[no-any-return]

    assert read(search_address(asked)) == asked
    changed = msgspec.structs.replace(asked, page=7, exact=False)
    assert read(search_address(asked, page=7, exact=False)) == changed
    opened = read(document_address(asked, document_id, at))
    assert (opened.id, opened.at) == (document_id, at)
    assert read(search_address(opened)) == asked
