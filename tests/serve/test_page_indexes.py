"""Any index has a page, and so has each of its documents: whatever fields, values and ids there are."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from serving import served

from searchlib import Boolean, Date, Index, Integer, Keyword, Number, Schema, Sources, Text, update_index
from searchlib.serve.access.keys import Key, digest_of

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


def test_words_that_find_nothing_in_any_reading_stay_as_they_are(corpus_folder: Path) -> None:
    with served({"demo": str(corpus_folder)}) as client:
        page = html.unescape(client.get("/", params={"q": "ghbdtn"}).text)
    assert "Nothing found for <bdi>“ghbdtn”" in page
    assert "“ghbdtn” is in no document" in page


def test_what_another_index_has_is_told(corpus_folder: Path, tmp_path: Path) -> None:
    """Those that the key sees, with what it sees of them."""
    for name, documents in (("files", 3), ("secret", 2)):
        with Index.create(tmp_path / name, Schema(body=Text(), tags=Keyword())).writer() as writer:
            for number in range(documents):
                writer.add({"id": str(number), "body": "quixotic", "tags": "csto" if number else "b"})
    folders = {"demo": str(corpus_folder), **{one: str(tmp_path / one) for one in ("files", "secret")}}
    with served(folders) as client:
        page = client.get("/", params={"q": "quixotic", "f": "folder:x"}).text
        told = re.findall(r'<li><a href="([^"]*)" data-go><bdi>(\w+)</bdi></a>: ([^<]*)<', page)
        assert [one[1:] for one in told] == [("files", "3 documents"), ("secret", "2 documents")]
        assert told[0][0] == "/?index=files&amp;q=quixotic"
        assert "Another index" not in client.get("/", params={"q": "tashkent"}).text
        assert "Another index" not in client.get("/", params={"q": "qqqqzzzz"}).text
    key = Key(
        "tenant",
        digest_of("a key for one index"),
        frozenset({"search"}),
        frozenset({"demo", "files"}),
        "tags:csto",
    )
    asking = {"Authorization": "Bearer a key for one index"}
    with served(folders, keys=(key,)) as client:
        page = client.get("/", params={"index": "demo", "q": "quixotic"}, headers=asking).text
        assert re.findall(r"data-go><bdi>(\w+)</bdi></a>: ([^<]*)<", page) == [("files", "2 documents")]


def test_an_empty_index_says_what_fills_it(tmp_path: Path) -> None:
    folder = tmp_path / "an index"
    Index.create(folder, Schema(body=Text())).close()
    with served({"empty": str(folder)}) as client:
        page = html.unescape(client.get("/").text)
    assert f"searchlib index ~/Documents --index '{folder}'" in page
    key = Key("all", digest_of("a key of this test"))
    with served({"empty": str(folder)}, keys=(key,)) as client:
        page = client.get("/", headers={"Authorization": "Bearer a key of this test"}).text
    assert "--index DIR" in page
    assert str(tmp_path) not in page


def test_long_titles_are_cut_with_dots(tmp_path: Path) -> None:
    with Index.create(tmp_path / "titles", Schema(title=Text(), body=Text())).writer() as writer:
        writer.add({"id": "long", "title": "Verbose heading of a report " * 20, "body": "word"})
        writer.add({"id": "short", "title": "Brief", "body": "word"})
    with served({"titles": str(tmp_path / "titles")}) as client:
        titles = re.findall(r"data-hit[^>]*>(.*?)</a></h2>", client.get("/", params={"q": "word"}).text)
        assert sorted(one.endswith("…") for one in titles) == [False, True]
        page = client.get("/document", params={"id": "long"}).text
        assert "…</h1>" in page
        assert re.search("<title>[^<]*… – searchlib</title>", page)


def test_nothing_is_shown_for_words_that_find_nothing(corpus_folder: Path) -> None:
    """What would be read as something else, and finds nothing so either, is suggested and no result."""
    with served({"demo": str(corpus_folder)}) as client:
        asked = {"q": "ghtpbltyn", "f": "folder:none"}
        page = html.unescape(client.get("/", params=asked).text)
        assert "Showing results" not in page
        assert "Did you mean" in page and "президент" in page
        page = html.unescape(client.get("/", params=asked | {"lang": "ru"}).text)
        assert "по запросу <bdi>«ghtpbltyn»" in page


def test_a_text_is_shown_as_what_it_is(tmp_path: Path) -> None:
    """Code has signs of one width, a row's column its name, a snippet not its title again."""
    for name, text in (
        ("code.py", "def quixotic():\n    return 1\n"),
        ("plain.txt", "A quixotic title\n\nBelow it something quixotic stands.\n"),
        ("titled.txt", "The only quixotic line\n"),
        ("table.csv", "city,year\nQuixotic place,2000\n"),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    sources = Sources(*map(str, sorted(tmp_path.iterdir())))
    with Index.create(tmp_path / "index", sources.schema).writer() as writer:
        update_index(sources, writer)
    with served({"kinds": str(tmp_path / "index")}) as client:
        shown = {
            one: client.get("/document", params={"id": one, "q": "quixotic"}).text
            for one in ("code.py", "plain.txt", "table.csv#2")
        }
        page = client.get("/", params={"q": "quixotic"}).text
    assert [one for one, text in shown.items() if 'class="text code"' in text] == ["code.py"]
    assert [one for one, text in shown.items() if '<h2 class="label" dir="auto">city</h2>' in text] == [
        "table.csv#2"
    ]
    texts = [
        re.sub("<[^>]*>", "", one).strip() for one in re.findall('<p class="passage"[^>]*>(.*?)</p>', page)
    ]
    assert len(texts) == 4
    assert any(one.startswith("Below it something quixotic stands.") for one in texts)
    assert not any("A quixotic title" in one for one in texts)
    assert any(one.startswith("The only quixotic line") for one in texts)  # rather that than nothing


def test_of_one_date_there_is_no_picture(tmp_path: Path) -> None:
    for name, days in (("one", ["2024-05-01"] * 3), ("two", ["2024-05-01", "2024-05-02"])):
        with Index.create(tmp_path / name, Schema(body=Text(), published=Date())).writer() as writer:
            for day in days:
                writer.add({"body": "word", "published": day})
        with served({name: str(tmp_path / name)}) as client:
            page = client.get("/").text
            assert ('class="bars"' in page) == (name == "two")
            assert 'name="from"' in page
