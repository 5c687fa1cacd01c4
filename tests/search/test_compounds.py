"""Compounds, numbers and ordinals in quotes mean what they mean outside, first, in the middle and last.

A table of what finds what; a slow matcher over the graphs of a text and of a phrase; and the oracle, over
small vocabularies in which wholes, parts and joined words meet.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from twins import Twins

from searchlib import Analyzer, Index, Schema, Text, _core
from searchlib.plan import Boost, Maybe, Or, Phrase, PhraseField, PlanNode, Word, WordField
from searchlib.search.ranking import RICH

DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))
_settings = settings(
    deadline=None,
    max_examples=60 * DEPTH,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def index_of(texts: list[str], **fields: Any) -> Index:
    index = Index.in_memory(Schema(**(fields or {"body": Text()})))
    with index.writer() as writer:
        writer.add_many({"id": str(number), "body": text} for number, text in enumerate(texts, 1))
    index.refresh()
    return index


def found(index: Index, query: str, **more: Any) -> list[int]:
    return sorted(int(hit.id) for hit in index.search(query, None, **more))


COOP = ["a co-op shop", "a coop shop", "the new co-op", "the new coop", "co op", "a shop"]
MAIL = ["send e-mail today", "send email today", "send e mail today", "e-mails today", "today"]
PRICE = ["за 12 500 тенге", "за 12,500 тенге", "за 12500 тенге", "за 12\u00a0500 тенге", "за 12 50 тенге"]
BIG = ["бюджет 3 000 000 сомов", "бюджет 3000000 сомов", "бюджет 3,000,000 сомов", "3 000 сомов"]
DECADES = ["в 1970-х годах", "1970-е годы прошли", "в 1970 году", "70-е годы", "1970-м годам"]
FLOORS = ["на 9-м этаже", "9-й этаж", "9 этаж", "этаж 9-й", "с 9-го этажа дома"]
TITLES = ["премьер-министр страны", "с премьер-министром страны", "премьер и министр", "вице-премьер страны"]
CHAIN = ["a state-of-the-art lab", "state of the art lab", "stateoftheart lab", "the art lab"]
ENDINGS = [
    "сбор 7-ми сёл",
    "сбор 7ми сёл",
    "сбор 7 сёл",
    "сбор 70-ти сёл",
    "на 21-м км",
    "в XIX-м веке",
    "V-й съезд",
]
LETTERS = ["7-этажный дом", "30-летие сёл", "7-b сёл", "7a сёл"]
GAPS = ["wi-fi network", "wi-fi big network", "wifi is big, network", "a wifi big network"]
TABLE: list[tuple[list[str], str, list[int]]] = [
    (COOP, '"co-op shop"', [1, 2]),
    (COOP, '"coop shop"', [1, 2]),
    (COOP, '"a co-op"', [1, 2]),
    (COOP, '"a coop shop"', [1, 2]),
    (COOP, '"a co-op shop"', [1, 2]),
    (COOP, '"new co-op"', [3, 4]),
    (COOP, '"the new coop"', [3, 4]),
    (COOP, '"co-op"', [1, 2, 3, 4, 5]),
    (COOP, '"coop"', [1, 2, 3, 4]),
    (COOP, '"co op"', [1, 3, 5]),
    (COOP, '"a shop"', [6]),  # nothing is skipped
    (COOP, '"a op shop"', []),  # a whole is no half
    (COOP, '"co shop"', []),
    (COOP, '"op shop"', [1]),
    (COOP, '"coop op"', []),  # a whole is not followed by its own part
    (COOP, '"co coop"', []),
    (COOP, '"a co-op"~1', [1, 2]),
    (COOP, '"a shop"~1', [2, 6]),
    (COOP, '"a shop"~2', [1, 2, 6]),
    (MAIL, '"send email"', [1, 2]),
    (MAIL, '"send e-mail"', [1, 2, 3]),
    (MAIL, '"e-mail today"', [1, 2, 3, 4]),
    (MAIL, '"emails today"', [1, 2, 4]),
    (MAIL, '"send e-mails today"', [1, 2, 3]),
    (MAIL, '"send today"', []),
    (MAIL, '"send today"~1', [2]),
    (MAIL, '"mail today"', [1, 3, 4]),
    (PRICE, '"12500 тенге"', [1, 2, 3, 4]),
    (PRICE, '"12 500 тенге"', [1, 2, 3, 4]),
    (PRICE, '"12\u202f500 тенге"', [1, 2, 3, 4]),
    (PRICE, '"12,500 тенге"', [1, 2, 3, 4]),
    (PRICE, '"за 12500"', [1, 2, 3, 4]),
    (PRICE, '"за 12 500"', [1, 2, 3, 4]),
    (PRICE, '"за 12500 тенге"', [1, 2, 3, 4]),
    (PRICE, '"12 50 тенге"', [5]),
    (PRICE, '"1250 тенге"', []),
    (PRICE, "12 500", [1, 2, 3, 4]),
    (PRICE, "12\u00a0500", [1, 2, 3, 4]),
    (PRICE, "12500", [1, 2, 3, 4]),
    (PRICE, "12 AND 50", [5]),
    (PRICE, '"500 тенге"', [1, 4]),
    (BIG, '"3000000 сомов"', [1, 2, 3]),
    (BIG, '"3 000 000 сомов"', [1, 2, 3]),
    (BIG, '"бюджет 3 000 000"', [1, 2, 3]),
    (BIG, '"бюджет 3,000,000 сомов"', [1, 2, 3]),
    (BIG, '"3000 сомов"', [4]),
    (BIG, "+3 000 000 сомов", [1, 2, 3]),
    (BIG, "3 000 000 AND бюджет", [1, 2, 3]),
    (BIG, '"3 000"', [1, 4]),
    (DECADES, "1970-е", [1, 2, 5]),
    (DECADES, '"1970-е"', [1, 2, 5]),
    (DECADES, '"1970-х годов"', [1, 2, 5]),
    (DECADES, '"1970-е годы"', [1, 2, 5]),
    (DECADES, '"в 1970-е годы"', [1]),
    (DECADES, '"в 1970 году"', [1, 3]),
    (DECADES, '"1970 год"', [1, 2, 3, 5]),
    (DECADES, '"в 1970 годы прошли"', []),
    (DECADES, '"70-е годы"', [4]),
    (FLOORS, '"9-й этаж"', [1, 2, 5]),
    (FLOORS, '"9-м этажом"', [1, 2, 5]),
    (FLOORS, '"этаж 9-м"', [4]),
    (FLOORS, '"с 9-й этаж дом"', [5]),
    (FLOORS, '"9 этаж"', [1, 2, 3, 5]),
    (FLOORS, '"этаж 9"', [4]),
    (FLOORS, '"с 9 этажа"', [5]),
    (FLOORS, '"на 9 этаж"', [1]),
    (TITLES, '"премьер-министру страны"', [1, 2]),
    (TITLES, '"премьер-министр"', [1, 2]),
    (TITLES, '"министр страны"', [1, 2]),
    (TITLES, '"премьер страны"', [4]),
    (CHAIN, '"state-of-the-art lab"', [1, 2, 3]),
    (CHAIN, '"state of the art lab"', [1, 2]),
    (CHAIN, '"the art lab"', [1, 2, 4]),
    (CHAIN, '"a state-of-the-art lab"', [1]),
    (ENDINGS, '"7 сёл"', [1, 2, 3]),
    (ENDINGS, '"7 сел"', [1, 2, 3]),
    (ENDINGS, '"сбор 7 сёл"', [1, 2, 3]),
    (ENDINGS, '"сбор 7"', [1, 2, 3]),
    (ENDINGS, "+7 +сёл", [1, 2, 3]),
    (ENDINGS, '"7-ми сёл"', [1, 2]),
    (ENDINGS, '"7ми сёл"', [1, 2]),
    (ENDINGS, '"70 сёл"', [4]),
    (ENDINGS, '"21 км"', [5]),
    (ENDINGS, '"на 21"', [5]),
    (ENDINGS, '"XIX век"', [6]),
    (ENDINGS, '"в XIX веке"', [6]),
    (ENDINGS, '"V съезд"', [7]),
    (ENDINGS, '"V-й съезд"', [7]),
    (ENDINGS, '"7 сбор"', []),
    (ENDINGS, '"ми сёл"', [1]),
    (ENDINGS, '"2 км"', []),
    (LETTERS, '"7 дом"', []),
    (LETTERS, '"30 сёл"', []),
    (LETTERS, '"7 сёл"', []),
    (GAPS, '"wifi network"', [1]),
    (GAPS, '"wifi network"~1', [1, 2, 4]),
    (GAPS, '"wi-fi network"~1', [1, 2, 4]),
    (GAPS, '"wifi network"~2', [1, 2, 3, 4]),
    (GAPS, '"big network"', [2, 3, 4]),
    (GAPS, '"network wifi"~9', []),
]


@pytest.mark.parametrize(("texts", "query", "expected"), TABLE, ids=[row[1] for row in TABLE])
def test_what_is_found(texts: list[str], query: str, expected: list[int]) -> None:
    assert found(index_of(texts), query) == expected


def test_the_table_is_of_some_size() -> None:
    assert len(TABLE) >= 50 and sum(not expected for *_, expected in TABLE) >= 5


@pytest.mark.parametrize("query", ['"2020 2021"', "2020 2021", "9 30", '"9 30"', "12 5000", "1234 567"])
def test_what_is_no_grouped_number_stays_apart(query: str) -> None:
    joined = query.strip('"').replace(" ", "")
    assert found(index_of([f"в {joined} году"]), query) == []


@pytest.mark.parametrize("query", ["1250*", "12500*", "12?00", "12501~", "12 500*"])
def test_patterns_pass_over_the_spaces_of_a_number(query: str) -> None:
    assert 1 in found(index_of(["за 12 500 тенге", "за 12 тенге"]), query)


def test_words_of_a_pasted_text_find_the_text() -> None:
    """However many compounds it has: beyond a few, each is whole, or each is in parts."""
    text = " ".join(f"left{n}-right{n} and x{n}" for n in range(40))
    index = index_of([text, text.replace("-", " "), text.replace("left7-", "left7 ")])
    assert found(index, f'"{text}"') == [1, 2, 3]
    joined = text.replace("-", "")
    assert found(index_of([text, joined]), f'"{text}"') == [1]  # left1right1 is no word that is known


def test_a_compound_beyond_the_limit_of_forms_is_found_by_its_parts() -> None:
    """Its form is cut at 1,024 bytes, and so is what the whole spans."""
    compound = "-".join(["длинноеслово" * 4] * 15)
    index = index_of([f"начало {compound} конец", "начало конец"])
    assert found(index, f'"{compound} конец"') == [1]
    assert found(index, f'"начало {compound} конец"') == [1]
    assert found(index, '"начало конец"') == [2]


# ---- highlights, explanations


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("the co-op shop is here", '"coop shop"', "the <mark>co-op shop</mark> is here"),
        ("the coop shop is here", '"co-op shop"', "the <mark>coop shop</mark> is here"),
        ("at the co-op, at last", '"the coop"', "at <mark>the co-op</mark>, at last"),
        ("за 12 500 тенге и 500", '"12500 тенге"', "за <mark>12 500 тенге</mark> и 500"),
        ("за 12 500 тенге и 500", "12 500", "за <mark>12 500</mark> тенге и 500"),
        ("в 1970-х годах", '"1970-е годы"', "в <mark>1970-х годах</mark>"),
        ("co op, co-op", '"co-op"', "<mark>co op</mark>, <mark>co-op</mark>"),
        ("op shop and co-op", '"coop shop"~9', ""),
    ],
)
def test_marks_are_of_what_matched(text: str, query: str, marked: str) -> None:
    hits = index_of([text]).search(query)
    assert "".join(hit.highlight("body", fragments=None) for hit in hits) == marked


def test_explain_says_which_reading_it_was() -> None:
    index = index_of(["free wifi here", "free wi-fi here", "free wi fi here"])
    explained = {hit.id: str(hit.explain()) for hit in index.search('"free wi-fi"', None)}
    whole, parts = 'phrase "free wi-fi|wifi" in', 'phrase "free wi fi" in'
    assert explained.keys() == {"1", "2", "3"}
    for text in explained.values():
        assert text.splitlines()[0].endswith("the best of")
    assert whole in explained["1"] and f"no match: {parts[7:-3]}" in explained["1"]
    assert whole in explained["2"] and parts in explained["2"]
    assert parts in explained["3"] and f"no match: {whole[7:-3]}" in explained["3"]


# ---- a slow matcher: the graph of a text against that of a phrase

WORDS = [
    "a",
    "b",
    "c",
    "a-b",
    "ab",
    "b-a",
    "a-b-c",
    "abc",
    "c-ab",
    "1",
    "000",
    "1 000",
    "1000",
    "1-й",
    "1-го",
]
texts = st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join)
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


def matches(analyzer: Analyzer, text: str, phrase: str, slop: int) -> bool:
    """Whether a way through the phrase's tokens is a way through the text's, with so much skipped at most."""
    of_text, of_phrase = analyzer.tokens(text), analyzer.asked(phrase)
    if not of_phrase:
        return False
    end = max(token.position + token.span for token in of_phrase)

    @cache
    def goes_on(asked: int, at: int, left: int) -> bool:
        if asked == end:
            return True
        return any(
            set(token.lemmas) & set(word.lemmas)
            and 0 <= token.position - at <= left
            and goes_on(asked + word.span, token.position + token.span, left - (token.position - at))
            for word in of_phrase
            if word.position == asked
            for token in of_text
        )

    return any(goes_on(0, token.position, slop) for token in of_text)


@pytest.mark.parametrize("languages", [("en", "ru"), ()], ids=str)
@given(documents=st.lists(texts, min_size=1, max_size=8), phrase=phrases, slop=st.integers(0, 3))
@_settings
def test_a_phrase_finds_what_its_graph_matches(
    languages: tuple[str, ...], documents: list[str], phrase: str, slop: int
) -> None:
    index = index_of(documents, body=Text(languages=languages))
    analyzer = Analyzer.for_languages(languages)
    expected = [n for n, text in enumerate(documents, 1) if matches(analyzer, text, phrase, slop)]
    assert found(index, f'"{phrase}"~{slop}') == expected
    if slop == 0:
        marked = [n for n, text in enumerate(documents, 1) if _is_marked(index, f'"{phrase}"', n)]
        assert marked == expected


def _is_marked(index: Index, query: str, number: int) -> bool:
    return any(int(hit.id) == number and hit.spans("body") for hit in index.search(query, None))


# ---- the oracle: scores, several fields, deletes, merges

_fields = st.sampled_from(["", "", "title:", "plain:"])
_queries = st.one_of(
    st.builds('{}"{}"{}'.format, _fields, phrases, st.sampled_from(["", "", "~1", "~2", "~3"])),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join),
    st.builds('+"{}" "{}"~1 {}'.format, phrases, phrases, st.sampled_from(WORDS)),
)
_values = st.one_of(st.none(), texts, st.lists(texts, max_size=2))
_documents = st.fixed_dictionaries(
    {"id": st.sampled_from("1234567"), "title": _values, "body": _values, "plain": _values}
)
_batches = st.lists(
    st.lists(st.one_of(_documents, _documents, st.sampled_from("1234567")), min_size=1, max_size=5),
    min_size=1,
    max_size=4,
)


@given(batches=_batches, asked=st.lists(_queries, min_size=3, max_size=8))
@_settings
def test_scores_equal_the_oracle(batches: list[list[Any]], asked: list[str]) -> None:
    twins = Twins(True)
    twins.apply(batches)
    for query in asked:
        twins.check(query)
        twins.check(query, RICH)
    twins.merge()
    for query in asked:
        twins.check(query)
        twins.check(query, RICH)


# ---- pruning

PAIRS = [("ab", "a-b"), ("cd", "c-d"), ("bc", "b-c"), ("1000", "1 000"), ("2500", "2,500")]
SINGLES = ["e", "f", "g", "h", "a", "b", "c", "d"]


def _sample(rng: random.Random, size: int) -> str:
    words = (
        rng.choice(rng.choice(PAIRS)) if rng.random() < 0.4 else rng.choice(SINGLES) for _ in range(size)
    )
    return " ".join(words)


@pytest.fixture(scope="module", params=[1, 4], ids=["one segment", "four segments"])
def large(request: pytest.FixtureRequest) -> Index:
    rng = random.Random(11)
    index = Index.in_memory(Schema(body=Text()))
    documents = [{"id": str(n), "body": _sample(rng, rng.choice([2, 5, 20, 60]))} for n in range(3000)]
    with index.writer() as writer:
        for at in range(0, 3000, 3000 // request.param):
            writer.add_many(documents[at : at + 3000 // request.param])
            writer.commit(merge=False)
        for n in range(0, 3000, 17):
            writer.delete(str(n))
        writer.commit(merge=False)
    index.refresh()
    return index


def _check_pruned(index: Index, plan: PlanNode, name: object) -> int:
    core = index._searcher.core
    prepared = _core.Plan(plan)
    everything = core.search(prepared, 200, exhaustive=True)
    for limit in (1, 10, 100):
        assert core.search(prepared, limit) == everything[:limit], (name, limit)
    return len(everything)


@pytest.mark.parametrize("ranking", ["bm25", "rich"])
def test_the_best_are_the_first_of_all(large: Index, ranking: str) -> None:
    rng = random.Random(f"{ranking} 5")
    for _ in range(120):
        words = _sample(rng, rng.choice([2, 2, 3, 4]))
        query = rng.choice(
            [f'"{words}"', f'"{words}"~{rng.randint(1, 3)}', words, f'"{words}" {_sample(rng, 1)}']
        )
        _check_pruned(large, large._searcher.plan(query, ranking=ranking).core, query)


def _sharing() -> Iterator[PlanNode]:
    """Plans of a first word whose lemmas end at the same place from several starts: «c-d», and «d» in it."""
    for first, second, third in [(("cd", "d"), ("e",), ()), (("cd", "d", "1000", "000"), ("e", "f"), ("g",))]:
        words = [list(lemmas) for lemmas in (first, second, third) if lemmas]
        for slop in (0, 2):
            yield Phrase([PhraseField(0, 1.0, tuple(range(len(words))), words)], slop)
        parts = [Word([WordField(0, 1.0, lemmas)]) for lemmas in words]
        phrase = Phrase([PhraseField(0, 1.0, [0, 1], words[:2])])
        yield Maybe(Or(parts), Boost(5.0, phrase))
        yield Or([phrase, parts[0]])


@pytest.mark.parametrize("plan", list(_sharing()))
def test_several_starts_may_share_a_place(large: Index, plan: PlanNode) -> None:
    assert _check_pruned(large, plan, plan) > 100


def test_neighbours_may_match_more_often_than_the_second_word_stands_there() -> None:
    """Both «c-d» and «d» end before «e»: two matches, though «e» has one place."""
    texts = [*["c-d y z"] * 500, *["d e x e"] * 40, "c-d e x"]
    first, second = ["cd", "d"], ["e"]
    phrase = Phrase([PhraseField(0, 1.0, (0, 1), [first, second])])
    words = [Word([WordField(0, 1.0, lemmas)]) for lemmas in (first, second)]
    core = index_of(texts)._searcher.core
    for plan in (Maybe(Or(words), Boost(5.0, phrase)), phrase, Or([phrase, words[1]])):
        best = core.search(plan, 1)
        assert [doc for _, doc in best] == [540]
        assert best == core.search(plan, 1, exhaustive=True)
