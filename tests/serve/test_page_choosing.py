"""The page in a browser: facets, dates, orders and pages, all of which stand in the address."""

from __future__ import annotations

from browsing import Visits


def value(key: str) -> str:
    """The link of a facet's value."""
    return f'[data-key="{key}"]'


def test_a_facet_narrows_and_a_chip_widens_again(visit: Visits) -> None:
    seen = visit(index="demo", q="tashkent")
    before = seen.total()
    count = int(seen.page.inner_text(f"{value('tags:security')} .number"))
    seen.after(value("tags:security"))
    assert seen.asked()["f"] == ["tags:security"]
    assert seen.total() == count < before
    others = seen.page.locator(".facet", has_text="Tags").locator("li").count()
    assert others > 1  # what else could be chosen
    assert seen.page.get_attribute(value("tags:security"), "aria-current") == "true"
    assert seen.page.evaluate("document.activeElement.dataset.key") == "tags:security"
    seen.after(".chips a")
    assert seen.total() == before
    seen = visit(index="demo", q="tashkent", f=["tags:security", "tags:csto"])
    assert seen.total() >= count  # any of the values
    seen.after(".chips .all")
    assert seen.total() == before


def test_a_facet_is_shown_at_length(visit: Visits) -> None:
    seen = visit(index="demo")
    tags = seen.page.locator(".facet", has_text="Tags").locator("li")
    assert tags.count() == 8
    seen.after(value("more:Tags"))
    assert tags.count() > 30
    seen.after(value("more:Tags"))
    assert tags.count() == 8


def test_dates_are_chosen_by_a_bar_and_by_their_ends(visit: Visits) -> None:
    seen = visit(index="demo")
    bar = seen.page.locator(".bars a").last
    label = bar.locator("title").text_content() or ""
    seen.page.evaluate("document.querySelector('#results').firstElementChild.dataset.old = 'yes'")
    bar.locator("rect").last.click()
    seen.page.wait_for_function("() => !document.querySelector('#results').firstElementChild.dataset.old")
    assert f"{seen.total()} document" in label
    assert seen.asked()["from"][0].endswith("-01-01")
    seen.page.fill('[name="from"]', "1991-01-01")
    seen.page.fill('[name="to"]', "1992-12-31")
    seen.page.wait_for_function("() => new URL(location).searchParams.get('to') === '1992-12-31'")
    seen.page.wait_for_function("() => document.querySelector('.chips').innerText.includes('1992')")
    years = [fact[-4:] for fact in seen.page.locator(".facts .dot").all_inner_texts()]
    assert set(years) == {"1991", "1992"}


def test_dates_the_wrong_way_round_are_turned_and_it_is_said(visit: Visits) -> None:
    right = visit(index="demo", **{"from": "1991-01-01", "to": "1992-12-31"})
    seen = visit(index="demo", **{"from": "1992-12-31", "to": "1991-01-01"})
    assert seen.titles() == right.titles() != []
    assert "wrong way round" in seen.page.inner_text(".found")
    assert "wrong way round" not in right.page.inner_text(".found")
    assert seen.page.inner_text(".chips li >> nth=0") == right.page.inner_text(".chips li >> nth=0")
    assert seen.page.locator(".bars a:not(.out)").count() == right.page.locator(".bars a:not(.out)").count()


def test_another_order(visit: Visits) -> None:
    seen = visit(index="demo", q="space")
    seen.page.select_option("#sort", "old")
    seen.page.wait_for_function("() => new URL(location).searchParams.get('sort') === 'old'")
    seen.page.reload()
    years = [
        int(fact[-4:]) for fact in seen.page.locator(".facts .dot").all_inner_texts() if fact[-4:].isdigit()
    ]
    assert years == sorted(years)
    assert len(years) > 1
    assert seen.page.input_value("#sort") == "old"


def test_pages_go_on_and_back(visit: Visits) -> None:
    seen = visit(index="demo")
    first = seen.titles()
    assert "Page 1 of 13" in seen.page.inner_text(".pages")
    seen.after('[rel="next"]')
    second = seen.titles()
    assert len(second) == 10
    assert not set(first) & set(second)
    assert seen.page.evaluate("document.activeElement.id") == "total"
    seen.after('[rel="prev"]')
    assert seen.titles() == first
    seen = visit(index="demo", page=13)
    assert len(seen.titles()) == 3
    assert seen.page.locator('[rel="next"]').count() == 0
    seen = visit(index="demo", page=99)
    assert "There is no page 99" in seen.page.inner_text(".blank")
    assert "of 13" not in seen.page.inner_text("#main")
    seen.after('[rel="prev"]')
    assert "Page 13 of 13" in seen.page.inner_text(".pages")


def test_an_address_is_the_whole_state_and_the_browser_goes_back(visit: Visits) -> None:
    seen = visit(index="demo")
    everything = seen.titles()
    seen.type("tashkent")
    seen.after(value("tags:csto"))
    narrowed, address = seen.titles(), seen.page.url
    seen.page.go_back()
    seen.page.wait_for_function("() => !document.querySelector('.chips')")
    assert seen.page.input_value("#q") == "tashkent"
    seen.page.go_back()
    seen.page.wait_for_function("() => document.querySelector('#q').value === ''")
    seen.page.wait_for_function("() => document.querySelector('#total strong').innerText.startsWith('123')")
    assert seen.titles() == everything
    seen.page.go_forward()
    seen.page.go_forward()
    seen.page.wait_for_function("() => document.querySelector('.chips')")
    assert seen.titles() == narrowed
    other = visit(address[len(visit.root) :])
    assert other.titles() == narrowed
    assert other.page.input_value("#q") == "tashkent"


def test_another_index_keeps_the_words_and_drops_the_filters(visit: Visits) -> None:
    seen = visit(index="demo", q="tashkent", f="tags:csto", lang="ru")
    seen.page.select_option("#index", "second")
    seen.page.wait_for_function("() => new URL(location).searchParams.get('index') === 'second'")
    seen.page.wait_for_function("() => !document.querySelector('.chips')")
    assert seen.asked() == {"index": ["second"], "q": ["tashkent"], "lang": ["ru"]}
    seen = visit(index="second", q="tashkent", f="colour:red")
    assert "no field “colour”" in seen.page.inner_text(".found")
    assert seen.total() > 0


def test_back_to_an_address_without_an_index_chooses_the_first_again(visit: Visits) -> None:
    seen = visit()
    seen.page.select_option("#index", "second")
    seen.page.wait_for_function("() => new URL(location).searchParams.get('index') === 'second'")
    seen.page.go_back()
    seen.page.wait_for_function("() => document.querySelector('#index').value === 'demo'")
    seen.type("tashkent")
    assert seen.asked()["index"] == ["demo"]


def test_the_language_is_chosen_and_remembered(visit: Visits) -> None:
    seen = visit(index="demo", q="tashkent", how={})
    assert seen.page.get_attribute("html", "lang") == "en"
    seen.page.click('[data-lang="ru"]')
    assert "документ" in seen.page.inner_text("#total")
    seen.page.goto(visit.root + "/?index=demo")
    seen.page.wait_for_url("**lang=ru*")
    assert "Всего" not in seen.page.inner_text("#total")
    assert "123 документа" in seen.page.inner_text("#total")
