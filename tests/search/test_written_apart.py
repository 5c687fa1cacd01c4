"""Words that are written together or apart: each way finds the other, in quotes or not, and is marked."""

from __future__ import annotations

import pytest

from searchlib import Index, Schema, Text

TOGETHER_AND_APART = """
healthcare: health care; policymakers: policy makers; policymaker: policy maker; website: web site
websites: web sites; smartphone: smart phone; lifestyle: life style; cybersecurity: cyber security
workforce: work force; workflows: work flows; voicemail: voice mail; childcare: child care
icecream: ice cream
rainforest: rain forest; playlists: play lists; daycare: day care; whistleblower: whistle blower
touchscreen: touch screen; bookfair: book fair; newsreader: news reader; webpage: web page
bloodstream: blood stream; carmaker: car maker; facelift: face lift; hairstyle: hair style
marketplace: market place; shipbuilding: ship building; chatbots: chat bots; deepfakes: deep fakes
crowdfunding: crowd funding; hashtags: hash tags; powerbank: power bank
filmmaker: film maker; datasets: data sets; codebase: code base; paywall: pay wall
"""
APART_ALONE = """
law makers: lawmakers; news paper: newspaper; data base: database; note book: notebook; birth day: birthday
sales person: salesperson; key board: keyboard; water fall: waterfall; hand book: handbook
work shop: workshop
"""
NEITHER = """
care health: healthcare; health and care: healthcare; make policy: policymaker; pet car: carpet
car pet: carpet
her self: herself; in put: input; to day: today; the ory: theory; web: website; site: website; website: web
healthcare: care; healthcare: care health; policymakers: policy and makers; website: site web
forget: for get
together: to get her; health: healthcare; workforce: force work
"""
"""Of a query and a text that it does not find."""


def pairs(table: str) -> list[tuple[str, str]]:
    cells = (cell.strip() for line in table.strip().splitlines() for cell in line.split(";"))
    return [(one, other) for one, _, other in (cell.partition(": ") for cell in cells)]


def index_of(*texts: str) -> Index:
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        writer.add_many({"id": str(number), "text": text} for number, text in enumerate(texts))
    index.refresh()
    return index


def finds(query: str, text: str) -> bool:
    # Another document has the single words, as those of any index do.
    index = index_of(text, "nothing", "; ".join(reversed(text.split())))
    return any(hit.id == "0" for hit in index.search(query, limit=None, ranking="bm25"))


@pytest.mark.parametrize(("together", "apart"), pairs(TOGETHER_AND_APART))
def test_each_finds_the_other(together: str, apart: str) -> None:
    for one, other in ((together, apart), (apart, together)):
        assert finds(one, f"the {other} of today")
        assert finds(f'"{one}"', f"the {other} of today")
        assert finds(f'"good {one}"', f"so good {other} it is")
        assert finds(f"+{one}" if " " not in one else one, other)


@pytest.mark.parametrize(("apart", "together"), pairs(APART_ALONE))
def test_what_a_dictionary_has_together_is_found_by_its_pieces(apart: str, together: str) -> None:
    assert finds(f'"{apart}"', together)
    assert finds(apart, together)


@pytest.mark.parametrize(("query", "text"), pairs(NEITHER))
def test_what_only_looks_like_it_is_not_found(query: str, text: str) -> None:
    assert not finds(f'"{query}"', text)


def test_the_table_is_long() -> None:
    assert 2 * len(pairs(TOGETHER_AND_APART)) + len(pairs(APART_ALONE)) >= 50
    assert len(pairs(NEITHER)) >= 15


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("healthcare", "on health care here", ["health care"]),
        ("health care", "on healthcare here", ["healthcare"]),
        ('"health care law"', "a healthcare law", ["healthcare law"]),
        ("policymakers", "the policy makers", ["policy makers"]),
    ],
)
def test_what_was_found_is_marked(query: str, text: str, marked: list[str]) -> None:
    hit = index_of(text).search(query)[0]
    assert [hit["text"][span.start : span.end] for span in hit.spans("text")] == marked


def test_explain_says_which_way_it_was() -> None:
    assert "written apart" in str(index_of("health care", "healthcare").explain("healthcare"))
    assert "written together" in str(index_of("health care", "healthcare").explain("health care"))


@pytest.mark.parametrize("ranking", ["bm25", "default", "rich"])
@pytest.mark.parametrize(
    "query", ["healthcare", "the healthcare law", '"healthcare" law', "websites healthcare", "law healthcare"]
)
def test_words_alone_are_planned_once_as_parser_and_planner_would(query: str, ranking: str) -> None:
    searcher = index_of("health care law", "healthcare laws", "web sites", "websites")._searcher
    expected = searcher.planner(None, ranking).plan(searcher.tree(query, None, False, None))
    assert "written apart" in str(expected.core)
    for _ in range(2):  # words made, words kept
        assert searcher._plain_planner(ranking).plan(query) == expected


@pytest.mark.parametrize(
    "excluded",
    ["healthcare", '"healthcare"', '"health care"', "health-care", "(healthcare)", "(nothing OR Healthcare)"],
)
def test_an_exclusion_excludes_what_the_word_would_find(excluded: str) -> None:
    index = index_of(
        "good health care", "good healthcare", "good health-care", "good health", "good care of health"
    )
    every = {"0", "1", "2", "3", "4"}
    found = {hit.id for hit in index.search(f"+{excluded}", ranking="bm25")}
    assert found >= {"0", "1", "2"}
    for query in (f"good -{excluded}", f"-{excluded}", f"good NOT {excluded}", f"good AND NOT {excluded}"):
        assert {hit.id for hit in index.search(query)} == every - found, query
    assert {hit.id for hit in index.search(f"good ANDNOT {excluded}")} == every - found


@pytest.mark.parametrize(("together", "apart"), pairs(TOGETHER_AND_APART))
def test_each_excludes_the_other(together: str, apart: str) -> None:
    index = index_of(f"the {together} of today", f"the {apart} of today", "of today")
    for one in (f'"{together}"', f'"{apart}"', together):
        assert [hit.id for hit in index.search(f"today -{one}")] == ["2"], one


def test_a_field_without_english_words_has_no_pairs() -> None:
    index = Index.in_memory(Schema(text=Text(languages=["ru"]), name=Text(languages=["ru"])))
    with index.writer() as writer:
        writer.add({"id": "1", "text": "health care"})
    index.refresh()
    assert not index.search('"healthcare"')


def test_long_queries_are_read_as_they_stand() -> None:
    index = index_of("healthcare")
    words = "one two three four five six seven health care"
    assert not index.search(words, ranking="bm25")
    assert index.search("seven health care", ranking="bm25")
