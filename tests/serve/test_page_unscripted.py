"""The page without JavaScript: the same search, facets, orders, pages and documents, by links and a form."""

from __future__ import annotations

from typing import Any

from browsing import Visits

UNSCRIPTED: dict[str, Any] = {"java_script_enabled": False}


def test_one_searches_chooses_and_reads_without_javascript(visit: Visits) -> None:
    seen = visit(index="demo", how=UNSCRIPTED)
    seen.page.fill("#q", "президентом")
    with seen.page.expect_navigation():
        seen.page.click("#search button")
    assert seen.asked()["q"] == ["президентом"]
    assert "Выборы президента Узбекистана" in seen.titles()
    with seen.page.expect_navigation():
        seen.page.click('[data-key="tags:выборы"]')
    assert seen.total() == 2
    seen.page.select_option("#sort", "old")
    with seen.page.expect_navigation():
        seen.page.click(".sort button")
    assert seen.asked()["f"] == ["tags:выборы"]
    assert seen.asked()["sort"] == ["old"]
    assert seen.titles() == ["Выборы президента Узбекистана", "Выборы президента Казахстана"]
    seen.page.fill("#q", "президент")  # the filters stay with other words
    with seen.page.expect_navigation():
        seen.page.press("#q", "Enter")
    assert seen.asked()["f"] == ["tags:выборы"]
    with seen.page.expect_navigation():
        seen.page.click(".hit h2 a >> nth=0")
    assert "Match 1" in seen.page.inner_text(".matches")
    assert seen.page.locator("mark.now").count() == 1
    with seen.page.expect_navigation():
        seen.page.click("#back")
    assert seen.total() == 2


def test_pages_dates_languages_and_help_need_no_javascript(visit: Visits) -> None:
    seen = visit(index="demo", how=UNSCRIPTED)
    first = seen.titles()
    with seen.page.expect_navigation():
        seen.page.click('[rel="next"]')
    assert not set(first) & set(seen.titles())
    seen.page.fill('[name="from"]', "1960-01-01")
    seen.page.fill('[name="to"]', "1970-12-31")
    with seen.page.expect_navigation():
        seen.page.click(".range button")
    assert 0 < seen.total() < 123
    with seen.page.expect_navigation():
        seen.page.click('[data-lang="ru"]')
    assert "документ" in seen.page.inner_text("#total")
    seen.page.click("[popovertarget=help] >> nth=0")
    assert seen.page.is_visible("#help")
    assert not seen.page.locator("#help .scripted").is_visible()  # keys need it
