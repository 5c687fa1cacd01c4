"""Any index has a page, and so has each of its documents: whatever fields, values and ids there are."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from searchlib import Boolean, Date, Index, Integer, Keyword, Number, Schema, Text
from serving import served

ODD: dict[str, tuple[Schema, list[dict[str, Any]]]] = {
    "empty": (Schema(title=Text(), body=Text(), tags=Keyword(), day=Date()), []),
    "no texts": (Schema(code=Keyword(), number=Number()), [{"id": "1", "code": "x", "number": 3}]),
    "nothing stored": (
        Schema(title=Text(stored=False), body=Text(stored=False), day=Date(stored=False), tags=Keyword()),
        [{"id": str(n), "title": "word", "body": "word", "day": "2024-01-01", "tags": "t"} for n in range(3)],
    ),
    "lists": (
        Schema(title=Text(), body=Text(), tags=Keyword(), day=Date(), size=Number()),
        [
            {
                "id": str(n),
                "title": ["word", "two"],
                "body": ["a word", "b"],
                "tags": ["x", "y", ""],
                "day": ["2020-01-01", "2024-05-01T10:00:00Z"],
                "size": [1, 2],
            }
            for n in range(3)
        ],
    ),
    "far dates": (
        Schema(body=Text(), day=Date()),
        [{"id": "1", "body": "word", "day": "0001-01-01"}, {"id": "2", "body": "word", "day": "9999-12-31"}],
    ),
    "odd ids": (
        Schema(body=Text()),
        [
            {"id": one, "body": "word " * 3}
            for one in ("..", "a/../b", "#", "?q=1&x", " ", "й" * 200, "100%", "\n")
        ],
    ),
    "columns named as parameters": (
        Schema(q=Keyword(), index=Boolean(), page=Integer(), body=Text()),
        [{"id": str(n), "q": f"{n % 2}:", "index": n > 2, "page": n % 3, "body": "word"} for n in range(6)],
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_any_index_has_a_page(tmp_path: Path, name: str) -> None:
    """Each link of the page of any index leads to another page of it."""
    schema, documents = ODD[name]
    with Index.create(tmp_path / "odd", schema).writer() as writer:
        for document in documents:
            writer.add(document)
    with served({"odd": str(tmp_path / "odd")}) as client:
        for asked in ({}, {"q": "word"}, {"q": "word", "from": "2020-01-01"}, {"q": "w", "lang": "ru"}):
            page = client.get("/", params=asked)
            assert page.status_code == 200, page.text
            links = {html.unescape(one) for one in re.findall(r'href="(/[^"]*)"', page.text)}
            for link in links:
                assert client.get(link).status_code == 200, link
            hits = [link for link in links if link.startswith("/document")]
            if asked == {"q": "word"} and schema.text_fields:
                assert len({link.partition("#")[0] for link in hits}) >= len(documents)
            for link in hits:
                raw = re.search(r'href="(/v1/[^"]*)"', client.get(link).text)
                if raw:
                    assert client.get(html.unescape(raw[1])).status_code == 200, raw[1]


@pytest.mark.parametrize(
    "query", ["ghtpbltyn", "qqqqzzzz", '"', "title:", "(", "-police", "*", "a" * 300, " "]
)
def test_any_query_has_a_page(corpus_folder: Path, query: str) -> None:
    with served({"demo": str(corpus_folder)}) as client:
        for asked in ({"q": query}, {"q": query, "exact": "1"}, {"q": query, "page": 2}):
            page = client.get("/", params=asked)
            assert page.status_code == 200
            assert 'class="hit"' in page.text or 'class="blank"' in page.text


def test_of_words_that_were_read_as_others_these_are_not_found(corpus_folder: Path) -> None:
    with served({"demo": str(corpus_folder)}) as client:
        page = html.unescape(client.get("/", params={"q": "ghbdtn"}).text)
    assert "Nothing found for <bdi>“привет”" in page
    assert "“привет” is in no document" in page
