"""The page where the server refuses, wants a key, or is away: it says so, and goes on by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import Server, Visits

from searchlib.serve.access.keys import Key, digest_of
from searchlib.serve.app import Application
from searchlib.serve.settings import Settings

SECRET, NARROW = "a key of the tests", "a key for some documents"
SEARCHES = "a key for searches alone"


def test_a_refusal_is_a_page_with_its_status(visit: Visits) -> None:
    seen = visit(index="nowhere", expected=("404", "400"))
    assert "There is no such index" in seen.page.inner_text("h1")
    assert "demo" in seen.page.inner_text("#main")
    seen.page.goto(seen.page.url.split("?")[0] + "?index=demo&from=yesterday")
    assert "yesterday" in seen.page.inner_text("#main")
    with seen.page.expect_navigation():
        seen.page.click("#main a")
    assert seen.total() == 123


def test_an_address_that_cannot_be_keeps_the_words_and_the_indexes(visit: Visits) -> None:
    for wrong, said in (
        ({"page": 0}, "page=0"),
        ({"page": "x", "lang": "ru"}, "page=x"),
        ({"at": -1}, "at=-1"),
    ):
        seen = visit(index="second", q="tashkent", expected=("400",), **wrong)
        assert said in seen.page.inner_text("#main")
        assert "int" not in seen.page.inner_text("#main")
        assert seen.page.input_value("#q") == "tashkent"
        assert seen.page.input_value("#index") == "second"
        with seen.page.expect_navigation():
            seen.page.click("#main a")
        assert 0 < seen.total() < 123
    seen = visit(q="tashkent", page=0, expected=("400",))
    with seen.page.expect_navigation():
        seen.page.click("#main a")
    assert seen.page.input_value("#q") == "tashkent"


def test_from_a_document_that_is_gone_the_results_are_a_click_away(visit: Visits) -> None:
    seen = visit("/document", index="demo", id="gone", q="tashkent", expected=("404",))
    with seen.page.expect_navigation():
        seen.page.click("text=Back to the results")
    assert seen.asked()["q"] == ["tashkent"]
    assert seen.titles()


def test_what_is_refused_for_good_is_said_and_not_asked_again(visit: Visits) -> None:
    """The answer to an address that is too long is none of the page's own."""
    seen = visit(index="demo", expected=("414",))
    asked: list[str] = []
    problem = '{"title": "The address is too long", "detail": "at most <b>so</b> many"}'

    def refuse(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(status=414, body=problem, content_type="application/problem+json")

    seen.page.route("**/?*", refuse)
    seen.page.fill("#q", "tashkent")
    seen.page.wait_for_selector("text=at most <b>so</b> many")
    assert "too long" in seen.page.inner_text("#results h2")
    assert seen.page.is_hidden("#away")
    seen.page.wait_for_timeout(1200)
    assert len(asked) == 1


def test_a_server_that_is_away_is_waited_for(visit: Visits) -> None:
    seen = visit(index="demo", expected=("ERR_FAILED", "ERR_CONNECTION"))
    before = seen.titles()
    seen.page.route("**/?*", lambda route: route.abort())
    seen.page.fill("#q", "tashkent")
    seen.page.wait_for_selector("#away:not([hidden])")
    assert seen.titles() == before  # what was there stays
    seen.page.unroute("**/?*")
    seen.arrives("tashkent")  # without another key stroke
    assert seen.page.is_hidden("#away")
    assert seen.titles() != before


def test_a_busy_server_is_asked_again(
    visit: Visits, start: Callable[..., Server], corpus_folder: Path
) -> None:
    app = Application(Settings({"demo": str(corpus_folder)}))
    busy = start(app)
    seen = visit(server=busy, index="demo", expected=("503",))
    app.state.turns.asked += 1_000_000
    seen.page.fill("#q", "tashkent")
    with seen.page.expect_response(lambda answer: answer.status == 503):
        pass
    assert seen.total() == 123
    app.state.turns.asked -= 1_000_000
    seen.arrives("tashkent")
    assert seen.total() < 123
    app.state.turns.asked += 1_000_000
    seen.page.reload()
    assert "The server is busy" in seen.page.inner_text("h1")
    app.state.turns.asked -= 1_000_000
    seen.page.click("[data-again]")
    seen.page.wait_for_selector(".hit")


@pytest.fixture
def guarded(start: Callable[..., Server], corpus_folder: Path) -> Server:
    """A server that answers none but who has a key: one for everything, one for documents of a folder."""
    keys = (
        Key("reader", digest_of(SECRET), frozenset({"search", "read"})),
        Key("tenant", digest_of(NARROW), frozenset({"search", "read"}), filter="folder:corpus/security"),
        Key("searcher", digest_of(SEARCHES), frozenset({"search"})),
    )
    return start({"demo": str(corpus_folder), "second": str(corpus_folder)}, keys=keys)


def test_a_key_is_asked_for_and_kept_in_the_tab_alone(visit: Visits, guarded: Server) -> None:
    keys: list[Any] = []
    seen = visit(server=guarded, index="demo", q="tashkent", how={}, expected=("401",))
    seen.page.on("request", lambda request: keys.append(request.headers.get("authorization")))
    assert "asks for a key" in seen.page.inner_text("h1")
    assert "demo" not in seen.page.inner_text("body")  # nor what there is
    seen.page.fill("#key", "wrong")
    seen.page.click("#key-form button")
    seen.page.wait_for_selector(".wrong")
    seen.page.fill("#key", SECRET)
    seen.page.click("#key-form button")
    seen.page.wait_for_selector(".hit")
    assert seen.page.locator("#index option").count() == 2
    seen.type("police")
    assert seen.titles()[0]
    with seen.page.expect_navigation():
        seen.page.click(".hit a >> nth=0")
    seen.page.wait_for_selector(".text mark")
    seen.page.click("[data-raw]")
    seen.page.wait_for_url("blob:**")
    assert '"fields"' in seen.page.inner_text("pre")
    seen.page.go_back()
    seen.page.wait_for_selector(".text mark")
    with seen.page.expect_navigation():
        seen.page.click("#back")
    seen.page.wait_for_selector(".hit")
    assert f"Bearer {SECRET}" in keys
    kept = seen.page.evaluate("[JSON.stringify(localStorage), document.cookie, location.href]")
    assert not any(SECRET in one for one in kept)
    other = visit(server=guarded, index="demo", how={}, expected=("401",))
    assert "asks for a key" in other.page.inner_text("h1")


def test_a_key_with_a_filter_sees_its_own_documents_alone(visit: Visits, guarded: Server) -> None:
    seen = visit(server=guarded, index="demo", how={}, expected=("401", "404"))
    seen.page.fill("#key", NARROW)
    seen.page.click("#key-form button")
    seen.page.wait_for_selector(".hit")
    assert seen.total() == 12
    assert seen.page.locator('[data-key^="folder:"]').count() <= 1
    seen.type("police forces")
    assert 0 < seen.total() <= 12
    seen.page.goto(guarded.url("/document", index="demo", id="letopis-2016"))
    seen.page.wait_for_function("() => document.querySelector('h1')?.innerText.includes('no such document')")


def test_a_wrong_key_is_said_once_and_forgotten(visit: Visits, guarded: Server) -> None:
    """The page stands in the place of the page, never within it."""
    seen = visit(server=guarded, index="demo", q="tashkent", how={}, expected=("401",))
    for wrong in ("wrong", "wrong again"):
        seen.page.fill("#key", wrong)
        with seen.page.expect_response(lambda answer: answer.status == 401):
            seen.page.press("#key", "Enter")
        seen.page.wait_for_selector(".wrong")
        assert _ids_that_stand_twice(seen.page) == []
        assert seen.page.locator("header").count() == seen.page.locator("#q").count() == 1
        assert seen.page.evaluate("document.activeElement.id") == "key"
    seen.page.reload()
    assert seen.page.locator(".wrong").count() == 0
    assert seen.page.evaluate("JSON.stringify(sessionStorage)") == "{}"


def test_a_key_that_does_not_open_documents_is_told_which_scope_does(visit: Visits, guarded: Server) -> None:
    seen = visit(server=guarded, index="demo", q="tashkent", how={}, expected=("401", "403"))
    seen.page.fill("#key", SEARCHES)
    seen.page.press("#key", "Enter")
    seen.page.wait_for_selector(".hit")
    with seen.page.expect_navigation():
        seen.page.click(".hit a >> nth=0")
    seen.page.wait_for_selector(".wrong")
    assert "the scope “read”" in seen.page.inner_text(".wrong")
    assert _ids_that_stand_twice(seen.page) == []
    with seen.page.expect_navigation():
        seen.page.click("text=Back to the results")  # the key for searches is still there
    seen.page.wait_for_selector(".hit")
    with seen.page.expect_navigation():
        seen.page.click(".hit a >> nth=0")
    seen.page.wait_for_selector(".wrong")
    seen.page.fill("#key", SECRET)
    seen.page.press("#key", "Enter")
    seen.page.wait_for_selector(".reading")


def _ids_that_stand_twice(page: Any) -> list[str]:
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    return sorted({one for one in ids if ids.count(one) > 1})
