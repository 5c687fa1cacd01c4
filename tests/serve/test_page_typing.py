"""The page in a browser: it answers while one types, with slips and with the wrong layout."""

from __future__ import annotations

import contextlib
from typing import Any

from browsing import Visits
from playwright.sync_api import Error


def test_it_answers_in_russian_while_one_types(visit: Visits) -> None:
    seen = visit(index="demo")
    assert seen.total() == 123
    seen.type("президенты")
    assert "Выборы президента Узбекистана" in seen.titles()
    assert set(map(str.lower, seen.page.locator("mark").all_inner_texts())) >= {"президент", "президента"}
    before = len(seen.titles())
    seen.page.keyboard.press("Backspace")
    seen.page.keyboard.press("Backspace")
    seen.arrives("президен")
    assert len(seen.titles()) >= before > 0


def test_english_finds_all_forms(visit: Visits) -> None:
    seen = visit(index="demo")
    seen.type("police forces")
    assert seen.titles()[0] == "Peace agreement for Tajikistan"
    assert seen.page.locator(".hit mark").all_inner_texts()[:2] == ["police", "forces"]
    assert seen.page.locator(".hit", has_text="line 5").count() == 1
    assert "ms" in seen.page.inner_text("#total")


def test_the_wrong_layout_is_put_right_and_one_may_insist(visit: Visits) -> None:
    seen = visit(index="demo")
    seen.type("ghtpbltyn ")
    assert "Showing results for президент" in seen.page.inner_text(".said")
    assert seen.total() == 7
    seen.after("text=ghtpbltyn")
    assert seen.asked()["exact"] == ["1"]
    assert seen.total() == 0
    assert "ghtpbltyn" in seen.page.inner_text(".blank h2")
    seen.after(".said a")
    assert seen.total() == 7
    assert seen.page.input_value("#q").strip() == "президент"


def test_a_slip_is_read_as_what_was_meant(visit: Visits) -> None:
    seen = visit(index="demo")
    seen.type("tashknt treaty")
    assert "tashkent treaty" in seen.page.inner_text(".said")
    assert any("Tashkent" in title for title in seen.titles())


def test_where_nothing_is_found_it_is_said_why(visit: Visits) -> None:
    seen = visit(index="demo", q="qqqqzzzz", lang="ru")
    assert "Ничего не найдено" in seen.page.inner_text(".blank h2")
    assert "не встречается ни в одном документе" in seen.page.inner_text(".blank")
    seen = visit(index="demo", q="police", f="folder:corpus/nature")
    assert "Without the filters something matches" in seen.page.inner_text(".blank")
    seen.after("text=Search without the filters")
    assert seen.total() > 0


def test_a_paste_that_is_too_long_is_cut_and_it_is_said(visit: Visits) -> None:
    for letters in ("ветер ", "word ", "中", "𝄞"):
        seen = visit(index="demo", lang="en")
        seen.page.click("#q")
        seen.page.keyboard.insert_text(letters * 13_000)
        seen.page.wait_for_selector("text=The search box takes 5,000 characters")
        assert seen.page.evaluate("document.querySelector('#q').value.length") >= 4_999
        assert seen.page.is_hidden("#away")


def test_what_comes_late_is_thrown_away(visit: Visits) -> None:
    """The answer to "space" is held back until that to "police" is shown."""
    seen = visit(index="demo")
    held: list[Any] = []
    seen.page.route(lambda url: "q=space" in url, lambda route: held.append(route))
    with seen.page.expect_request(lambda request: "q=space" in request.url):
        seen.page.click("#q")
        seen.page.keyboard.type("space")
    seen.type("police")
    first = seen.titles()
    with contextlib.suppress(Error):  # the page has given it up
        held[0].fulfill(body="<p id=late>late</p>", content_type="text/html")
    seen.page.wait_for_timeout(150)
    assert seen.titles() == first
    assert seen.page.locator("#late").count() == 0


def test_the_number_of_hits_is_said_aloud(visit: Visits) -> None:
    seen = visit(index="demo")
    assert seen.page.get_attribute("#said", "role") == "status"
    seen.type("police")
    seen.page.wait_for_function("() => document.querySelector('#said').textContent.includes('documents')")


def test_keys_lead_through_the_hits(visit: Visits) -> None:
    seen = visit(index="demo", q="police")
    page, titles = seen.page, seen.titles()
    focused = "document.activeElement.innerText"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == titles[1]
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == titles[0]
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    page.wait_for_function("() => !new URL(location).searchParams.get('q') && document.title === 'searchlib'")
    assert page.input_value("#q") == ""
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.keyboard.press("Escape")
    assert not page.is_visible("#help")
    page.goto(page.url + "&q=police")
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/document" in page.url


def test_keys_lead_on_where_the_answer_comes_late(visit: Visits) -> None:
    """The hit that had the focus is gone: the first of the new ones has it."""
    seen = visit(index="demo", q="police")
    page = seen.page
    held: list[Any] = []
    page.route(lambda url: "q=space" in url, lambda route: held.append(route))
    page.click("#q")
    page.keyboard.press("Control+A")
    with page.expect_request(lambda request: "q=space" in request.url):
        page.keyboard.type("space")
    page.keyboard.press("ArrowDown")
    held[0].continue_()
    seen.arrives("space")
    focused = "document.activeElement.innerText"
    assert page.evaluate(focused) == seen.titles()[0]
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == seen.titles()[1]
    page.evaluate("document.querySelector('#total').focus()")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == seen.titles()[0]


def test_the_way_back_leads_to_the_hit_that_was_opened(visit: Visits) -> None:
    seen = visit(index="demo", q="police")
    second = seen.titles()[1]
    seen.page.evaluate("addEventListener('unload', () => {})")  # such a page is not kept in memory
    seen.page.click("#q")
    seen.page.keyboard.press("ArrowDown")
    seen.page.keyboard.press("ArrowDown")
    with seen.page.expect_navigation():
        seen.page.keyboard.press("Enter")
    seen.page.go_back()
    seen.page.wait_for_function("title => document.activeElement.innerText === title", arg=second)
