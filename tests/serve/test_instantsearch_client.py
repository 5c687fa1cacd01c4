"""instant-meilisearch and InstantSearch's helper, from npm, ask a server of its own process."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, time, timezone
from pathlib import Path
from typing import Any

import pytest
from books import books, make_shelf
from npm import INSTANTSEARCH, installed, shared
from server_process import serving_process

_CLIENT = Path(__file__).with_name("instantsearch_client.mjs")
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed(INSTANTSEARCH, shared(tmp_path_factory))


@pytest.fixture(scope="module")
def address(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving_process(
        "--index", f"books={make_shelf(tmp_path_factory.mktemp('shelf') / 'books')}"
    ) as found:
        yield found


@pytest.fixture(scope="module")
def ask(packages: Path, address: str) -> Iterator[Ask]:
    script = packages / _CLIENT.name
    script.write_bytes(_CLIENT.read_bytes())
    with subprocess.Popen(
        ["node", str(script), address], cwd=packages, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        stdin, stdout = process.stdin, process.stdout

        def asked(**what: Any) -> Any:
            stdin.write(json.dumps({"index": "books", **what}) + "\n")
            stdin.flush()
            return json.loads(stdout.readline())

        yield asked
        stdin.close()
        process.wait(20)


def test_words_are_found_in_all_their_forms_and_the_last_one_may_go_on(ask: Ask) -> None:
    assert ask(steps=[["setQuery", "мертвых душ"]])["ids"][0] == "13"
    assert ask(steps=[["setQuery", "достоевск"]])["ids"] == ["16", "17"]
    assert ask(steps=[["setQuery", "brothers kar"]])["ids"][0] == "4"
    assert ask(steps=[["setQuery", "ibytkm"]])["ids"] == ["14"]


def test_matches_stand_between_the_tags_of_the_front_end(ask: Ask) -> None:
    hit = ask(steps=[["setQuery", "crime"]])["hits"][0]
    marked = hit["_highlightResult"]
    assert marked["title"]["value"] == "__ais-highlight__Crime__/ais-highlight__ and Punishment"
    assert "<b>novel" in marked["about"]["value"]  # it is the front end that escapes
    assert marked["genre"] == [{"value": "novel"}, {"value": "crime"}]
    assert marked["year"] == {"value": "1866"}


def test_a_snippet_is_cropped_around_the_match(ask: Ask) -> None:
    parameters = {"attributesToSnippet": ["about:4"], "snippetEllipsisText": "[…]"}
    hit = ask(parameters=parameters, steps=[["setQuery", "dickens"]])["hits"][0]
    assert hit["_snippetResult"]["about"]["value"].count("[…]") == 2
    assert "__ais-highlight__Dickens__/ais-highlight__" in hit["_snippetResult"]["about"]["value"]


def test_a_refined_facet_still_counts_what_else_could_be_chosen(ask: Ask) -> None:
    disjunctive = {"disjunctiveFacets": ["genre", "language"]}
    free = ask(parameters=disjunctive, facets=["genre", "language"])
    assert free["total"] == 24
    assert free["facets"]["language"] == {"en": 12, "ru": 12}
    steps = [
        ["addDisjunctiveFacetRefinement", "genre", "crime"],
        ["addDisjunctiveFacetRefinement", "genre", "satire"],
        ["addDisjunctiveFacetRefinement", "language", "en"],
    ]
    refined = ask(parameters=disjunctive, steps=steps, facets=["genre", "language"])
    assert sorted(refined["ids"], key=int) == ["3", "4", "6", "7", "12"]
    assert refined["facets"]["genre"] == {"novel": 10, "crime": 3, "history": 2, "satire": 2, "story": 2}
    assert refined["facets"]["language"] == {"en": 5}


def test_facets_of_one_value_narrow_each_other(ask: Ask) -> None:
    steps = [["addFacetRefinement", "genre", "повесть"], ["addFacetRefinement", "genre", "сатира"]]
    found = ask(parameters={"facets": ["genre"]}, steps=steps, facets=["genre"])
    assert found["ids"] == ["14"]
    assert found["facets"]["genre"] == {"повесть": 1, "сатира": 1}


def test_a_value_is_left_out(ask: Ask) -> None:
    steps = [["setQuery", "толстой"], ["addFacetExclusion", "genre", "история"]]
    assert ask(parameters={"facets": ["genre"]}, steps=steps)["ids"] == []


def test_ranges_of_numbers_and_of_dates(ask: Ask) -> None:
    steps = [["addNumericRefinement", "year", ">=", 1880], ["addNumericRefinement", "year", "<=", 1892]]
    found = ask(parameters={"disjunctiveFacets": ["year"]}, steps=steps, facets=["year"])
    assert sorted(found["ids"], key=int) == ["4", "12", "17", "21", "22"]
    assert found["stats"]["year"] == {"min": 1813, "max": 1899, "avg": 0, "sum": 0}
    dates = ask(parameters={"facets": ["printed"]}, facets=["printed"])["stats"]["printed"]
    midnights = [datetime.combine(book["printed"], time(tzinfo=timezone.utc)) for book in books()]
    seconds = sorted(int(midnight.timestamp()) for midnight in midnights)
    assert (dates["min"], dates["max"]) == (seconds[0], seconds[-1])
    found = ask(steps=[["addNumericRefinement", "printed", ">=", seconds[-4]]])
    assert sorted(found["ids"], key=int) == ["12", "20", "21", "22"]


@pytest.mark.parametrize("finite", [True, False])
def test_pages_together_are_all_hits(ask: Ask, finite: bool) -> None:
    options, parameters = {"finitePagination": finite}, {"hitsPerPage": 5}
    seen: list[str] = []
    for page in range(5):
        found = ask(options=options, parameters=parameters, steps=[["setPage", page]])
        assert (found["page"], found["total"]) == (page, 24)
        seen += found["ids"]
        assert found["pages"] == (5 if finite else min(page + 2, 5))
    assert sorted(seen, key=int) == [str(number) for number in range(1, 25)]


@pytest.mark.parametrize(("order", "first"), [("year:asc", "8"), ("year:desc", "20"), ("author:desc", "16")])
def test_an_index_by_the_name_of_its_order(ask: Ask, order: str, first: str) -> None:
    assert ask(index=f"books:{order}", steps=[["setQuery", ""]])["ids"][0] == first


def test_values_of_a_facet_are_searched(ask: Ask) -> None:
    parameters = {"disjunctiveFacets": ["author"]}
    assert ask(parameters=parameters, values=["author", "тол", 10]) == [["Лев Толстой", 1]]
    assert ask(parameters=parameters, values=["author", "fedor", 10]) == []
    found = ask(parameters=parameters, steps=[["setQuery", "novel"]], values=["author", "do", 10])
    assert found == [["Fyodor Dostoevsky", 3]]


def test_several_indexes_and_queries_are_one_request(ask: Ask) -> None:
    raw = [
        {"indexName": "books", "params": {"query": "emma", "hitsPerPage": 2}},
        {"indexName": "books:year:desc", "query": "", "params": {"hitsPerPage": 1}},
    ]
    results = ask(raw=raw)["results"]
    assert [one["index"] for one in results] == ["books", "books"]
    assert results[1]["hits"][0]["objectID"] == "20"


def test_distinct_and_strategies_come_through_the_parameters_of_the_client(ask: Ask) -> None:
    options = {"meiliSearchParams": {"distinct": "author", "attributesToRetrieve": ["id", "author"]}}
    found = ask(options=options)
    authors = [hit["author"] for hit in found["hits"]]
    assert len(authors) == len(set(authors)) == found["total"] == 12
    options = {"meiliSearchParams": {"matchingStrategy": "all"}}
    assert ask(options=options, steps=[["setQuery", "gogol story "]])["ids"] == ["7"]


def test_a_page_may_begin_empty_and_keep_values_without_hits(ask: Ask) -> None:
    assert ask(options={"placeholderSearch": False})["ids"] == []
    assert ask(options={"placeholderSearch": False}, steps=[["setQuery", "emma"]])["ids"] == ["9"]
    parameters, steps = {"facets": ["language"]}, [["setQuery", "emma"]]
    found = ask(options={"keepZeroFacets": True}, parameters=parameters, steps=steps, facets=["language"])
    assert found["facets"]["language"] == {"en": 1, "ru": 0}


def test_a_filter_of_the_page_goes_with_those_that_are_chosen(ask: Ask) -> None:
    parameters = {"filters": "year > 1850 AND NOT lent = true", "disjunctiveFacets": ["genre", "lent"]}
    chosen = [["addDisjunctiveFacetRefinement", "genre", "crime"]]
    wanted = {b["id"] for b in books() if b["year"] > 1850 and not b["lent"] and "crime" in b["genre"]}
    assert set(ask(parameters=parameters, steps=chosen)["ids"]) == wanted != set()
    toggled = [
        ["addDisjunctiveFacetRefinement", "lent", "true"],
        ["addNumericRefinement", "stars", ">=", 4.5],
    ]
    wanted = {b["id"] for b in books() if b["lent"] and b.get("stars", 0) >= 4.5}
    assert set(ask(parameters={"disjunctiveFacets": ["lent"]}, steps=toggled)["ids"]) == wanted != set()


def test_a_refusal_is_an_error_with_the_message_of_the_server(ask: Ask) -> None:
    said = ask(parameters={"facets": ["prize"]})["error"]
    assert "'prize' cannot be counted" in said
    assert "no index is served as 'films'" in ask(index="films")["error"]
