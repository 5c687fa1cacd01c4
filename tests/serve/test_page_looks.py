"""How the page looks and how it is to be used by everybody: sizes, schemes, axe, print. Screenshots are made.

SEARCHLIB_SCREENSHOTS names a folder that keeps them; docs/page.png is one of them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from browsing import Visit, Visits

PICTURES = os.environ.get("SEARCHLIB_SCREENSHOTS")
PLACES: dict[str, tuple[str, dict[str, Any]]] = {
    "start": ("/", {"index": "demo"}),
    "hits": ("/", {"index": "demo", "q": "police forces", "f": "folder:corpus/security"}),
    "russian": ("/", {"index": "demo", "q": "президент", "lang": "ru", "page": 1}),
    "nothing": ("/", {"index": "demo", "q": "qqqqzzzz"}),
    "document": (
        "/document",
        {"index": "demo", "id": "security/csto-peacekeepers-kazakhstan.txt", "q": "police forces"},
    ),
    "refusal": ("/", {"index": "nowhere"}),
}


AXES = [(320, "light"), (1280, "dark")]
"""Both layouts, both schemes: the rules of axe see no more in the others."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(PICTURES) if PICTURES else tmp_path_factory.mktemp("pictures")


def violations(seen: Visit) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(seen.page).response["violations"]
    return [f"{one['id']}: {one['help']}: {[node['html'] for node in one['nodes']][:3]}" for one in found]


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (768, "dark"), (1280, "light"), (1280, "dark")]
)
def test_it_fits_and_anybody_can_use_it(visit: Visits, folder: Path, width: int, scheme: str) -> None:
    how = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme, "bypass_csp": True}
    seen = visit(how=how, expected=("404",))
    grounds = set()
    for name, (path, asked) in PLACES.items():
        seen.page.goto(visit.url(path, **asked))
        seen.page.screenshot(path=folder / f"{name}-{width}-{scheme}.png")
        assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        grounds.add(seen.page.evaluate("getComputedStyle(document.body).backgroundColor"))
        if (width, scheme) in AXES:
            assert violations(seen) == [], name
    assert len(grounds) == 1
    seen.page.goto(visit.url(**PLACES["hits"][1]))
    if width < 900:
        assert not seen.page.is_visible(".facets")
        seen.page.click("#filters > summary")
    assert seen.page.is_visible(".facets")
    seen.page.keyboard.press("Escape")
    seen.page.click("[popovertarget=help] >> nth=0")
    assert (width, scheme) not in AXES or violations(seen) == []
    seen.page.screenshot(path=folder / f"help-{width}-{scheme}.png")


def test_nothing_jumps_while_one_types(visit: Visits) -> None:
    """Where the search box and the first hit stand is the same for each answer."""
    seen = visit(index="demo")

    def places() -> list[Any]:
        return [seen.page.locator(one).bounding_box() for one in ("#search", "#total")]

    before = places()
    for query in ("police", "police f", "ghtpbltyn"):
        seen.type(query)
        assert [(box["x"], box["y"]) for box in places()] == [(box["x"], box["y"]) for box in before]


def test_what_has_the_focus_shows_it(visit: Visits) -> None:
    seen = visit(index="demo", q="police")
    page = seen.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        ring = page.evaluate(
            "() => { const one = document.activeElement, box = one.closest('#search') || one;"
            "const style = getComputedStyle(one), around = getComputedStyle(box);"
            "return style.outlineStyle !== 'none' || around.boxShadow !== 'none'"
            " || style.backgroundColor !== 'rgba(0, 0, 0, 0)' }"
        )
        assert ring, page.evaluate("document.activeElement.outerHTML")
        reached.add(page.evaluate("document.activeElement.tagName"))
    assert {"A", "INPUT", "SELECT", "BUTTON"} <= reached


def test_print_has_the_hits_alone(visit: Visits) -> None:
    seen = visit(index="demo", q="police")
    seen.page.emulate_media(media="print")
    assert seen.page.is_visible(".hits")
    assert not seen.page.is_visible(".top")
    assert not seen.page.is_visible(".facets")


@pytest.mark.skipif(not PICTURES, reason="no folder for screenshots: SEARCHLIB_SCREENSHOTS")
def test_the_picture_of_the_documentation(visit: Visits, folder: Path) -> None:
    how = {"viewport": {"width": 1120, "height": 700}, "color_scheme": "light"}
    seen = visit(how=how, index="demo", q="police forces")
    picture = folder / "page.png"
    seen.page.screenshot(path=picture)
    assert picture.stat().st_size < 150_000
