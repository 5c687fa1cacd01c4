"""The tool `search`: hits with what matches in them, as many as a budget has room for, and a cursor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .answers import Answer
from .asking import fields_to_show, how, seconds_left, sort_of
from .budget import TOKEN, price_of_json
from .cursors import Page, page_cursor, read_page
from .helping import elsewhere, help_on
from .hits import hits_of

if TYPE_CHECKING:
    from searchlib import Index, Results

    from .catalog import Catalog

_FOR_CURSOR = 100 * TOKEN
_SHORT = 60
_OF_THE_SEARCH = ("query", "fields", "filter", "sort", "cross_script")
"""What has to be the same on each page."""
_DISPENSABLE = ("suggestions", "elsewhere", "reasons", "notes")
_CHANGED = (
    "the index has changed since the page before, and that state is gone: hits near the border of the two "
    "pages may repeat or be left out"
)


def search(catalog: Catalog, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The answer. asked: the arguments, checked, all of them there."""
    served = catalog.chosen(asked["index"])
    key = [served.name, *(asked[name] for name in _OF_THE_SEARCH)]
    notes: list[str] = []
    if asked["cursor"] is None:
        after = None
        index = served.current()
    else:
        page = read_page(asked["cursor"], key)
        after = page.after
        index = served.as_of(page.generation)
        if index.generation != page.generation:
            notes.append(_CHANGED)
    pages = _Pages(catalog, index, asked, after)
    results = pages.found(asked["limit"] + 1)  # one more tells whether there is a next page
    answer = Answer(asked["budget"], index=served.name, total=results.total, hits=[])
    answer.help_on("notes", [*notes, *results.notes], 4)
    if after is None:
        help_on(answer, index, results, asked)
        answer.add("elsewhere", elsewhere(catalog, served.name, asked))
    pages.fill(answer, results)
    if len(answer.value["hits"]) < len(results):
        pages.add_cursor(answer, key)
        served.keep(index)
    return answer.checked()


class _Pages:
    """The hits of one search behind a place."""

    def __init__(self, catalog: Catalog, index: Index, asked: Mapping[str, Any], after: str | None) -> None:
        self._catalog, self._index, self._asked, self._after = catalog, index, asked, after
        self._shown = fields_to_show(index, asked)

    def found(self, limit: int) -> Results:
        """The first ones; each time the same ones, for the index is a snapshot."""
        return self._index.search(
            self._asked["query"],
            limit,
            after=self._after,
            sort=sort_of(self._asked["sort"]),
            timeout=seconds_left(self._asked),
            **how(self._catalog, self._asked),
        )

    def fill(self, answer: Answer, results: Results) -> None:
        """Put in the hits that there is room for: the first one in any case, with less of it if need be."""
        if not len(results):
            return
        hits = list(hits_of(self._index, results, self._shown, self._asked))[: self._asked["limit"]]
        if answer.fill("hits", hits, _FOR_CURSOR):
            return
        bare: dict[str, Any] = {"id": hits[0]["id"], "shortened": True}
        short: dict[str, Any] = {name: hits[0][name] for name in ("id", "title", "score") if name in hits[0]}
        short["shortened"] = True
        snippets = min(self._asked["snippets"], 1)
        fewer: dict[str, Any] = {**self._asked, "snippets": snippets, "snippet_length": _SHORT}
        one = {**short, "snippets": next(hits_of(self._index, results, (), fewer)).get("snippets", [])}
        room = answer.room - _FOR_CURSOR
        fits = next((each for each in (one, short) if price_of_json(each) <= room), bare)
        answer.value["hits"].append(fits)

    def add_cursor(self, answer: Answer, key: list[Any]) -> None:
        """The cursor behind the last hit; where the answer is too long with it, something else goes."""
        hits = answer.value["hits"]
        while True:
            after = self.found(len(hits)).cursor
            assert after is not None
            answer.value["cursor"] = page_cursor(Page(self._index.generation, after), key)
            if answer.is_kept:
                return
            if len(hits) > 1:
                hits.pop()
            elif not answer.drop(_DISPENSABLE):
                hits[0] = {"id": hits[0]["id"], "shortened": True}
                return
