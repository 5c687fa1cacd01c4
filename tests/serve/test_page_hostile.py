"""Documents, queries and indexes that would like to act: none does, even without the policy."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from browsing import Server, Visit, Visits

from searchlib import Date, Index, Keyword, Schema, Text

ATTEMPTS = [
    "<script>fired(1)</script>",
    "<img src=x onerror=fired(2)>",
    '"><svg onload=fired(3)>',
    "' onfocus='fired(4)' autofocus='",
    '" onmouseover="fired(5)" x="',
    "</title><script>fired(6)</script>",
    "</textarea></option></select><script>fired(7)</script>",
    "<iframe srcdoc='<script>parent.fired(8)</script>'></iframe>",
    "javascript:fired(9)",
    "{{ 7 * 7 }}{% raw %}<b>lynx</b>{% endraw %}",
    "&lt;script&gt;fired(10)&lt;/script&gt;",
    "<mark>lynx</mark><style>*{display:none}</style>",
    "\u202elynx\u202c \x1b[31m\x00<b>",
    "<a href='data:text/html,<script>fired(11)</script>'>lynx</a>",
]
NAME = "<img src=x onerror=fired(12)>"


@pytest.fixture(scope="module")
def hostile(start: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    folder = tmp_path_factory.mktemp("hostile") / "index"
    schema = Schema(
        title=Text(), body=Text(), author=Text(column=True), tags=Keyword(), url=Keyword(), day=Date()
    )
    with Index.create(folder, schema).writer() as writer:
        for number, attempt in enumerate(ATTEMPTS):
            text = attempt.replace("\x00", "")
            for copy in ("a", "b"):  # shared values are facets
                writer.add(
                    {
                        "id": f"{copy}/{text}",
                        "title": f"{text} lynx {text}",
                        "body": f"A lynx {text} and a lynx.\n\f{text} lynx",
                        "author": f"{text} lynx",
                        "tags": [text, "cat"],
                        "url": text,
                        "day": f"2024-01-{number + 1:02}",
                    }
                )
    return start({NAME: str(folder), "'\"><b>": str(folder)})


@pytest.fixture
def trap(visit: Visits, hostile: Server) -> Iterator[Visit]:
    """A page in which anything that acts is seen; the policy is off, so that escaping alone must do."""
    fired: list[Any] = []
    how = {"bypass_csp": True}
    seen = visit(server=hostile, index=NAME, how=how, expected=("status of 400", "status of 404"))
    seen.page.expose_function("fired", lambda what: fired.append(what))
    yield seen
    assert fired == []


ALIEN = ", ".join(
    (
        "main :is(script, img, iframe, style, b, object, embed, textarea)",
        "main svg[onload]",
        "head script:not([src])",
        "[onerror], [onload], [onclick], [onfocus], [onmouseover]",
        "[href^='javascript:'], [href^='data:text']",
    )
)
"""What no template puts there."""


LOOK = f"""() => [
    document.querySelectorAll({json.dumps(ALIEN)}).length,
    document.querySelectorAll("h1, #total, #help").length,
    document.body.innerText + document.title,
]"""


def holds(seen: Visit) -> None:
    """Nothing acts, and the page is whole."""
    alien, parts, shown = seen.page.evaluate(LOOK)
    assert alien == 0
    assert parts >= 2
    assert "49" not in shown.split()
    assert not set("\u202e\u202c\x1b") & set(shown)  # nor is the direction of writing turned


def test_the_trap_works(trap: Visit) -> None:
    """What this looks for is found where something is wrong."""
    page = trap.page
    page.evaluate("document.querySelector('main').innerHTML += '<img src=x onerror=\"document.title = 1\">'")
    page.wait_for_function("() => document.title === '1'")
    assert page.locator(ALIEN).count() == 1


def test_hits_facets_and_the_index_name_are_text(trap: Visit, hostile: Server) -> None:
    trap.page.goto(hostile.url("/", index=NAME, q="lynx"))
    assert trap.total() == 2 * len(ATTEMPTS)
    holds(trap)
    assert ATTEMPTS[13] in trap.page.inner_text(".hits")
    trap.after('[rel="next"]')
    holds(trap)
    trap.page.click("[data-key='more:Author']")
    trap.page.wait_for_function("() => document.querySelectorAll('.facet li').length > 20")
    holds(trap)
    for link in trap.page.locator(".hit h2 a").all()[:3]:
        link.hover()
        link.focus()
    bidi = ATTEMPTS[12].replace("\x00", "")
    trap.page.goto(hostile.url("/", index=NAME, q="lynx", f=f"tags:{bidi}"))
    assert trap.total() == 2
    holds(trap)
    trap.type("a lynx")  # the form has the filter as it is, though nobody sees all of it
    assert trap.total() == 2
    assert trap.asked()["f"] == [f"tags:{bidi}"]


def test_documents_and_queries_are_text(trap: Visit, hostile: Server) -> None:
    for attempt in ATTEMPTS:
        attempt = attempt.replace("\x00", "")
        trap.page.goto(hostile.url("/document", index=NAME, id=f"a/{attempt}", q=f"lynx nofield:{attempt}"))
        assert trap.page.locator(".text mark").count() >= 2
        holds(trap)
        filters = [f"tags:{attempt}", f"{attempt}:x", attempt]
        asked = {"q": f"nofield:{attempt}", "f": filters, "sort": attempt, "more": attempt}
        trap.page.goto(hostile.url("/", index=NAME, **asked))
        holds(trap)


def test_refusals_are_text(trap: Visit, hostile: Server) -> None:
    for attempt in (ATTEMPTS[0], ATTEMPTS[1], ATTEMPTS[2], ATTEMPTS[5]):
        for asked in ({"index": attempt}, {"from": attempt}, {"page": attempt}, {"lang": attempt}):
            trap.page.goto(hostile.url("/", **({"index": NAME} | asked)))
            holds(trap)


def test_typing_puts_nothing_into_the_page(trap: Visit) -> None:
    for attempt in (ATTEMPTS[1], ATTEMPTS[2]):
        trap.page.fill("#q", attempt)
        trap.arrives(attempt)
        holds(trap)
