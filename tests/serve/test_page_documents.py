"""The view of a document: it opens at the match, long texts come in parts, and the way back is there."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Server, Visits

from searchlib import Index, Integer, Schema, Text
from searchlib.serve.page.reading import PART

PEACE = "security/csto-peacekeepers-kazakhstan.txt"


@pytest.fixture(scope="module")
def long_texts(start: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A book of 3 MB with a word in three places, a PDF's text of three pages, a document without a text."""
    folder = tmp_path_factory.mktemp("long") / "books"
    line = "Ветер гнал по степи сухую траву, и стадо шло к реке.\n"
    book = line * 20_000 + "Вот рысь.\n" + line * 20_000 + "Снова рысь, и ещё рысь.\n" + line * 20_000
    pages = "The first page.\n\fThe second one has a lynx.\n\fThe third one has another lynx."
    with Index.create(folder, Schema(title=Text(), body=Text(), number=Integer())).writer() as writer:
        writer.add({"id": "book", "title": "Книга о рыси", "body": book, "number": 7})
        writer.add({"id": "report.pdf", "body": pages})
        writer.add({"id": "bare", "title": "A lynx, and nothing else"})
    return start({"books": str(folder)})


def in_view(seen: object, selector: str) -> bool:
    box = seen.page.locator(selector).bounding_box()  # type: ignore[attr-defined]
    return box is not None and 70 < box["y"] < 780


def test_it_opens_at_the_match_and_goes_from_match_to_match(visit: Visits) -> None:
    seen = visit(index="demo", q="police forces", f="folder:corpus/security")
    with seen.page.expect_navigation():
        seen.page.click("text=line 7")
    assert seen.page.inner_text("h1") == "CSTO peacekeepers in Kazakhstan, January 2022"
    assert "Match 2 of 3" in seen.page.inner_text(".matches")
    assert "line 7" in seen.page.inner_text(".matches")
    assert in_view(seen, "#match")
    assert seen.page.inner_text("#match") == "police"
    seen.page.keyboard.press("n")
    assert seen.page.inner_text("#match") == "force"
    assert "Match 3 of 3" in seen.page.inner_text(".matches")
    seen.page.keyboard.press("p")
    seen.page.keyboard.press("p")
    assert "line 5" in seen.page.inner_text("#match-place")
    assert seen.page.locator(".now").count() == 1
    seen.page.click("#next-match")
    assert "Match 2 of 3" in seen.page.inner_text(".matches")
    with seen.page.expect_navigation():
        seen.page.click("#back")
    assert seen.asked() == {"index": ["demo"], "q": ["police forces"], "f": ["folder:corpus/security"]}


def test_a_document_opens_with_its_title_unless_the_match_is_far_below(
    visit: Visits, long_texts: Server
) -> None:
    below = (
        "document.querySelector('h1').getBoundingClientRect().top"
        " >= document.querySelector('.way').getBoundingClientRect().bottom"
    )
    seen = visit(index="demo", q="tashkent")
    for link in [one.get_attribute("href") for one in seen.page.locator("[data-hit]").all()][:5]:
        seen.page.goto(visit.root + link)
        if seen.page.evaluate("scrollY") == 0:
            assert seen.page.evaluate(below)
        else:
            assert seen.page.evaluate("document.querySelector('#match').offsetTop > 0.55 * innerHeight")
        assert in_view(seen, "#back")
    short = visit("/document", server=long_texts, id="report.pdf", q="lynx", at=20)
    assert short.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    far = visit("/document", server=long_texts, id="book", q="рысь", at=1_080_000)
    assert in_view(far, "#back")


def test_beyond_the_last_match_there_is_none(visit: Visits) -> None:
    seen = visit("/document", index="demo", id=PEACE, q="police forces")
    ends = "[...document.querySelectorAll('.step')].map((one) => one.ariaDisabled === 'true')"
    assert "Match 1 of 3" in seen.page.inner_text(".matches")
    assert seen.page.evaluate(ends) == [True, False]
    seen.page.keyboard.press("n")
    assert seen.page.evaluate(ends) == [False, False]
    seen.page.keyboard.press("n")
    assert seen.page.evaluate(ends) == [False, True]


def test_all_fields_are_shown_and_the_raw_document_is_a_link(visit: Visits) -> None:
    seen = visit("/document", index="demo", id=PEACE, q="kazakhstan", expected=("404",))  # no favicon there
    assert "corpus/security" in seen.page.inner_text(".about")
    assert "Kazakhstan" in seen.page.locator(".about mark").all_inner_texts()
    with seen.page.expect_navigation():
        seen.page.click("text=Raw JSON")
    shown = json.loads(seen.page.inner_text("pre"))
    assert "corpus/security" in str(shown)


def test_a_begun_word_is_marked_in_the_document_too(visit: Visits) -> None:
    seen = visit("/document", index="demo", id=PEACE, q="peacek")
    assert seen.page.locator(".about mark").count()
    seen = visit("/document", index="demo", id=PEACE, q="зебра")
    assert "does not match" in seen.page.inner_text(".reading")


def test_a_long_text_comes_in_parts(visit: Visits, long_texts: Server) -> None:
    seen = visit(server=long_texts, q="рысь")
    size = 0
    with seen.page.expect_navigation():
        seen.page.click("text=Книга о рыси")
    assert "Match 1 of 3" in seen.page.inner_text(".matches")
    assert in_view(seen, "#match")
    size = len(seen.page.inner_text(".text"))
    assert PART // 2 < size <= PART
    assert "of 3,1" in seen.page.inner_text(".reading")
    with seen.page.expect_navigation():
        seen.page.keyboard.press("n")
    assert "Match 2 of 3" in seen.page.inner_text(".matches")
    assert in_view(seen, "#match")
    seen.page.keyboard.press("n")
    assert "Match 3 of 3" in seen.page.inner_text(".matches")
    seen.page.keyboard.press("p")
    with seen.page.expect_navigation():
        seen.page.keyboard.press("p")
    assert "Match 1 of 3" in seen.page.inner_text(".matches")
    with seen.page.expect_navigation():
        seen.page.click("text=Earlier part")
    assert "Match" not in seen.page.inner_text("h1")
    with seen.page.expect_navigation():
        seen.page.click("text=Later part")


def test_pages_of_a_pdf_are_named(visit: Visits, long_texts: Server) -> None:
    seen = visit("/document", server=long_texts, id="report.pdf", q="lynx")
    assert "page 2" in seen.page.inner_text("#match-place")
    assert [line.strip() for line in seen.page.locator(".border").all_inner_texts()] == ["page 2", "page 3"]
    seen.page.keyboard.press("n")
    assert "page 3" in seen.page.inner_text("#match-place")


def test_a_document_without_a_text_and_one_that_is_gone(visit: Visits, long_texts: Server) -> None:
    seen = visit("/document", server=long_texts, id="bare", q="lynx")
    assert "lynx" in seen.page.locator("h1 mark").all_inner_texts()
    seen = visit("/document", server=long_texts, id="gone", expected=("404",))
    assert "no such document" in seen.page.inner_text("h1")


def test_parts_cover_the_whole_text(tmp_path: Path) -> None:
    """From part to part by their links nothing is left out, and each match is in its part."""
    from searchlib.serve.page.reading import part_of
    from searchlib.serve.page.speaking import Speaker

    index = Index.in_memory(Schema(body=Text()))
    text = ("word " * 50 + "lynx\n") * 2_000
    with index.writer() as writer:
        writer.add({"id": "1", "body": text})
    hit, speaker = index.search("lynx")[0], Speaker("en")
    at, shown, ends = 0, 0, []
    while True:
        part = part_of(hit, "body", at, speaker)
        assert part.start <= at <= part.end
        shown = max(shown, part.end)
        ends.append((part.start, part.end))
        marks = [piece for piece in part.pieces if piece.number]
        assert all(piece.text == "lynx" for piece in marks)
        if part.behind is None:
            break
        at = part.behind
    assert shown == len(text)
    assert all(later[0] <= earlier[1] for earlier, later in itertools.pairwise(ends))
