"""The page of docs/instantsearch.md, in Chromium: InstantSearch's widgets over a real server."""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from books import books, make_shelf
from npm import INSTANTSEARCH, installed, shared
from server_process import serving_process

_EXAMPLE = "http://127.0.0.1:7700"
_PAGE = Path(__file__).parents[2] / "docs" / "instantsearch.md"
_PLAIN: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":")}
_CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not _CHROMIUM.exists():
        pytest.skip("no Chromium: Debian's chromium")
    return installed(INSTANTSEARCH, shared(tmp_path_factory))


@pytest.fixture(scope="module")
def address(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    documents = books()
    documents[5]["title"] = "Dead Souls <img src=x onerror=window.fired=1>"
    folder = make_shelf(tmp_path_factory.mktemp("shelf") / "books", documents)
    with serving_process("--index", f"books={folder}") as found:
        yield found


@pytest.fixture(scope="module")
def browser(packages: Path) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(_CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


def example() -> str:
    """The page of the documentation."""
    found = re.search(r"^```html\n(<!doctype html>.*?)^```$", _PAGE.read_text("utf-8"), re.M | re.S)
    assert found is not None
    return found[1]


@contextlib.contextmanager
def opened(browser: Any, packages: Path, html: str | None, origin: str, *others: str) -> Iterator[Any]:
    """A page beside node_modules at that origin. html: the page; None: the origin has it, and node_modules.

    others: who else may be asked.
    """
    context = browser.new_context()
    asked: list[str] = []

    def answer(route: Any) -> None:
        path = urlsplit(route.request.url).path
        asked.append(route.request.url)
        if path == "/favicon.ico":
            route.fulfill(body=b"", content_type="image/x-icon")
        elif html is None:
            route.continue_()
        elif path == "/shelf.html":
            route.fulfill(body=html, content_type="text/html")
        elif path.startswith("/node_modules/"):
            route.fulfill(body=(packages / path[1:]).read_bytes(), content_type="text/javascript")
        else:
            route.continue_()

    context.route("**/*", answer)
    page = context.new_page()
    page.set_default_timeout(15_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{origin}/shelf.html")
    page.wait_for_selector("#hits li")
    yield page
    context.close()
    assert errors == []
    assert all(url.startswith((origin, *others)) for url in asked)


@pytest.fixture
def page(browser: Any, address: str, packages: Path) -> Iterator[Any]:
    with opened(browser, packages, example().replace(_EXAMPLE, address), address) as page:
        yield page


_TITLES = "[...document.querySelectorAll('#hits li b')].map(one => one.textContent.trim())"


def expect_titles(page: Any, *titles: str) -> None:
    """These hits, as soon as the page has them."""
    page.wait_for_function(
        f"wanted => JSON.stringify({_TITLES}) === wanted", arg=json.dumps(titles, **_PLAIN)
    )


def expect_stats(page: Any, text: str) -> None:
    page.wait_for_function(f"document.querySelector('#stats').textContent.includes({text!r})")


def test_typing_finds_and_marks(page: Any) -> None:
    expect_stats(page, "24 results")
    page.locator("#box input").fill("карамаз")
    expect_titles(page, "Братья Карамазовы")
    expect_stats(page, "1 result")
    assert page.locator("#hits li b mark").all_inner_texts() == ["Карамазовы"]
    page.locator("#box input").fill("sherlok")
    expect_titles(page, "The Adventures of Sherlock Holmes")


def test_markup_in_a_document_stays_text(page: Any) -> None:
    page.locator("#box input").fill("dead souls")
    expect_titles(page, "Dead Souls <img src=x onerror=window.fired=1>")
    assert page.evaluate("window.fired") is None


def test_facets_are_chosen_shown_and_cleared(page: Any) -> None:
    genres = page.locator("#genre li")
    assert "novel10" in ["".join(text.split()) for text in genres.all_inner_texts()]
    page.locator("#genre label", has_text="satire").click()
    expect_stats(page, "2 results")
    page.locator("#genre label", has_text="crime").click()
    expect_stats(page, "5 results")
    assert genres.count() == 10  # the others can still be chosen
    assert "satire" in page.locator("#chosen").inner_text()
    page.locator("#clear button").click()
    expect_stats(page, "24 results")


def test_values_of_a_facet_are_searched(page: Any) -> None:
    page.locator("#author input[type=search]").fill("пуш")
    page.locator("#author label", has_text="Александр Пушкин").wait_for()
    page.wait_for_function("document.querySelectorAll('#author li').length === 1")
    page.locator("#author label").click()
    expect_titles(page, "Капитанская дочка", "Пиковая дама")


def test_a_range_of_numbers(page: Any) -> None:
    low, high = page.locator("#years input").all()
    assert (low.get_attribute("placeholder"), high.get_attribute("placeholder")) == ("1813", "1899")
    low.fill("1890")
    page.locator("#years button").click()
    expect_stats(page, "3 results")
    page.locator("#slider .rheostat-handle").first.press("Home")
    assert page.locator("#slider .rheostat-handle").count() == 2


def test_pages_and_orders(page: Any) -> None:
    ordered = [book["title"] for book in sorted(books(), key=lambda book: int(book["year"]))]
    ordered[ordered.index("Dead Souls")] += " <img src=x onerror=window.fired=1>"
    page.locator("#order select").select_option("books:year:asc")
    expect_titles(page, *ordered[:5])
    page.locator("#pages a", has_text=re.compile("^3$")).click()
    expect_titles(page, *ordered[10:15])
    page.locator("#pages a[aria-label='Last Page'], #pages .ais-Pagination-item--lastPage a").first.click()
    expect_titles(page, *ordered[20:])
    page.locator("#order select").select_option("books:year:desc")
    page.wait_for_function(f"{_TITLES}[0] === 'Дама с собачкой'")


@contextlib.contextmanager
def shown_by_another_server(folder: Path) -> Iterator[str]:
    """The address of a server that shows the files of a folder, and knows nothing of searches."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on stderr."""


def test_a_page_of_another_address_asks_with_a_key(browser: Any, packages: Path, tmp_path: Path) -> None:
    key = "a-key-for-searches-0123456789"
    with shown_by_another_server(packages) as origin:
        options = ("--cors", origin, "--key", f"search={key}")
        with serving_process("--index", f"books={make_shelf(tmp_path / 'books')}", *options) as address:
            html = example().replace(f"'{_EXAMPLE}', ''", f"'{address}', '{key}'")
            (packages / "shelf.html").write_text(html, "utf-8")
            with opened(browser, packages, None, origin, address) as page:
                page.locator("#box input").fill("карамаз")
                expect_titles(page, "Братья Карамазовы")
